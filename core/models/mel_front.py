"""Mel spectra as the published networks of sound were taught them, number for number.

A network that was trained on AudioSet knows only the front end that it was trained with: another
window, another mel formula or power in place of magnitude, and it hears something else.
"""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import Any

import numpy as np
import scipy.fft
import scipy.signal
from numpy.typing import NDArray

Floats = NDArray[np.float32]

YAMNET_RATE = 16_000
"""Samples a second that YAMNet hears."""

YAMNET_FRAMES, BANDS = 96, 64
"""Frames, 10 ms apart, and mel bands of one of YAMNet's patches."""

PANNS_RATE = 32_000
"""Samples a second that PANNs hear."""

PANNS_FRAMES = 100
"""Frames, 10 ms apart, of a second of theirs."""

PANNS_UNIT_DB = 20.0
"""Decibels that 1 stands for in their mel spectrum here, so that it stays within ±8."""

_WINDOW, _HOP, _FFT = 400, 160, 512
_PATCH_SAMPLES = _WINDOW + (YAMNET_FRAMES - 1) * _HOP
_LOWEST_HZ, _HIGHEST_HZ = 125.0, 7500.0
_LOG_OFFSET = 0.001
_PANNS_FFT, _PANNS_HOP = 1024, 320
_PANNS_LOWEST_HZ, _PANNS_HIGHEST_HZ = 50.0, 14_000.0
_SLANEY_LINEAR_HZ, _SLANEY_BEND_HZ, _SLANEY_LOG_STEP = 200 / 3, 1000.0, np.log(6.4) / 27
_KAISER_BETA = 5.0
_HALF_LENGTH = 10


def yamnet_mel(samples: Floats) -> Floats:
    """YAMNet's log mel spectrum of the middle of each second.

    As TensorFlow computes it: periodic Hann window of 25 ms every 10 ms, zero-padded to 512,
    magnitude, 64 triangles on the mel scale of HTK from 125 to 7,500 Hz, log(mel + 0.001)
    (`features.py` of `tensorflow/models/research/audioset/yamnet`).

    Args:
        samples: 16 kHz, full scale ±1, shape (n, samples), .975 s or more.

    Returns:
        Shape (n, 96, 64).
    """
    start = (samples.shape[1] - _PATCH_SAMPLES) // 2
    patch = samples[:, start : start + _PATCH_SAMPLES]
    frames = np.lib.stride_tricks.sliding_window_view(patch, _WINDOW, axis=1)[:, ::_HOP]
    spectrum = np.abs(scipy.fft.rfft(frames * _hann(_WINDOW), _FFT, axis=2))
    mel: Floats = spectrum @ _htk_triangles()
    logs: Floats = np.log(mel + np.float32(_LOG_OFFSET))
    return logs


def panns_mel(samples: Floats) -> Floats:
    """PANNs' log mel spectrum of each second, in units of 20 dB.

    As torchlibrosa computes it: periodic Hann window of 1024 every 320, mirrored at both ends,
    power, 64 triangles of equal area on Slaney's mel scale from 50 to 14,000 Hz, never below
    -100 dB.

    Args:
        samples: 32 kHz, full scale ±1, shape (n, 32000).

    Returns:
        Shape (n, 100, 64).
    """
    around = np.pad(samples, ((0, 0), (_PANNS_FFT // 2, _PANNS_FFT // 2)), mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(around, _PANNS_FFT, axis=1)
    frames = frames[:, ::_PANNS_HOP][:, :PANNS_FRAMES]
    spectrum = scipy.fft.rfft(frames * _hann(_PANNS_FFT), axis=2)
    mel = (spectrum.real**2 + spectrum.imag**2) @ _slaney_triangles()
    found: Floats = np.log10(np.maximum(mel, np.float32(1e-10))) * np.float32(10 / PANNS_UNIT_DB)
    return found


def resampled(samples: Floats, rate: int, wanted: int) -> Floats:
    """Sound at another rate, by a polyphase filter.

    Args:
        samples: Shape (n, samples).
        rate: Theirs.
        wanted: The rate to give.

    Returns:
        Shape (n, ceil(samples * wanted / rate)).
    """
    if rate == wanted:
        return samples
    common = gcd(rate, wanted)
    up, down = wanted // common, rate // common
    filtered: Any = _low_pass(up, down)
    found: Floats = scipy.signal.resample_poly(samples, up, down, axis=1, window=filtered)
    return found


@lru_cache(maxsize=8)
def _low_pass(up: int, down: int) -> Floats:
    """`resample_poly`'s own filter, made once."""
    widest = max(up, down)
    taps = 2 * _HALF_LENGTH * widest + 1
    return scipy.signal.firwin(taps, 1 / widest, window=("kaiser", _KAISER_BETA)).astype(np.float32)


@lru_cache(maxsize=8)
def _hann(size: int) -> Floats:
    return scipy.signal.get_window("hann", size, fftbins=True).astype(np.float32)


@lru_cache(maxsize=1)
def _htk_triangles() -> Floats:
    """Shape (257, 64); `tf.signal.linear_to_mel_weight_matrix`, slopes straight in mel."""
    mel_of_bin = _htk_mel(np.linspace(0, YAMNET_RATE / 2, _FFT // 2 + 1))[:, None]
    edges = np.linspace(_htk_mel(_LOWEST_HZ), _htk_mel(_HIGHEST_HZ), BANDS + 2)
    low, peak, high = edges[:-2], edges[1:-1], edges[2:]
    slopes = np.minimum((mel_of_bin - low) / (peak - low), (high - mel_of_bin) / (high - peak))
    slopes[0] = -1
    return np.maximum(slopes, 0).astype(np.float32)


def _htk_mel(hz: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return 1127.0 * np.log1p(np.asarray(hz) / 700.0)


@lru_cache(maxsize=1)
def _slaney_triangles() -> Floats:
    """Shape (513, 64); `librosa.filters.mel`, slopes straight in hertz."""
    hz = np.linspace(0, PANNS_RATE / 2, _PANNS_FFT // 2 + 1)[:, None]
    lowest, highest = slaney_mel(np.array([_PANNS_LOWEST_HZ, _PANNS_HIGHEST_HZ]))
    edges = _slaney_hz(np.linspace(lowest, highest, BANDS + 2))
    low, peak, high = edges[:-2], edges[1:-1], edges[2:]
    slopes = np.minimum((hz - low) / (peak - low), (high - hz) / (high - peak))
    return (np.maximum(slopes, 0) * 2 / (high - low)).astype(np.float32)


def slaney_mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Slaney's mel of frequencies: straight up to 1 kHz, logarithmic above."""
    bend = _SLANEY_BEND_HZ / _SLANEY_LINEAR_HZ
    above = bend + np.log(np.maximum(hz, _SLANEY_BEND_HZ) / _SLANEY_BEND_HZ) / _SLANEY_LOG_STEP
    return np.where(hz < _SLANEY_BEND_HZ, hz / _SLANEY_LINEAR_HZ, above)


def _slaney_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    bend = _SLANEY_BEND_HZ / _SLANEY_LINEAR_HZ
    above = _SLANEY_BEND_HZ * np.exp(_SLANEY_LOG_STEP * (mel - bend))
    return np.where(mel < bend, mel * _SLANEY_LINEAR_HZ, above)
