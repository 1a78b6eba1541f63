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

_WINDOW, _HOP, _FFT = 400, 160, 512
_PATCH_SAMPLES = _WINDOW + (YAMNET_FRAMES - 1) * _HOP
_LOWEST_HZ, _HIGHEST_HZ = 125.0, 7500.0
_LOG_OFFSET = 0.001
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
