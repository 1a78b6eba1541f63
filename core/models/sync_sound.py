"""The sound of lip sync: log mel bands, 100 times a second, told from their own loudness.

Speech of any level gives the same bands, because each is held against the loud moments of the eight
seconds around it; what lies 50 dB below those is as good as silent.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft
import scipy.ndimage
import scipy.signal
from numpy.typing import NDArray

from core.models.mel_front import resampled

SOUND_RATE = 16_000
"""Samples a second that are listened to."""

FRAMES_A_PICTURE = 4
"""Frames of 10 ms in the 40 ms of a picture."""

BANDS = 24
"""Mel bands from 60 to 7,600 Hz."""

Floats = NDArray[np.float32]

_WINDOW, _HOP, _FFT = 400, 160, 512
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 7600.0
_FLOOR = 1e-5
_AROUND_S = 8
_LOUD_PERCENT = 95
_QUIETEST = 1e-3


def sync_bands(samples: Floats, rate: int) -> Floats:
    """Log mel bands of a sound.

    Args:
        samples: One channel, full scale ±1, shape (n,).
        rate: Samples a second.

    Returns:
        Shape (4 * pictures, 24), where pictures is n * 25 // rate: the 40 ms of picture i are rows
        4 i to 4 i + 3. In bels above the floor, 0 to about 6.
    """
    pictures = len(samples) * 25 // rate
    rows = pictures * FRAMES_A_PICTURE
    if not rows:
        return np.empty((0, BANDS), np.float32)
    sound = resampled(samples[None], rate, SOUND_RATE)[0]
    around = np.pad(sound, ((_WINDOW - _HOP) // 2, _WINDOW + _HOP))
    frames = np.lib.stride_tricks.sliding_window_view(around, _WINDOW)[::_HOP][:rows]
    spectrum = scipy.fft.rfft(frames * _hann(), _FFT, axis=1)
    mel = (spectrum.real**2 + spectrum.imag**2) @ _triangles()
    floor = _loud(mel)[:, None] * _FLOOR
    found: Floats = np.log10((mel + floor) / floor).astype(np.float32)
    return found


def _loud(mel: NDArray[np.floating]) -> NDArray[np.floating]:
    """What counts as loud around each frame, of a mean band; looked at every 40 ms."""
    power = mel.reshape(-1, FRAMES_A_PICTURE, BANDS).mean(axis=(1, 2))
    size = min(_AROUND_S * 25, 2 * len(power) + 1)
    loud = scipy.ndimage.percentile_filter(power, _LOUD_PERCENT, size=size, mode="nearest")
    return np.repeat(np.maximum(loud, _QUIETEST), FRAMES_A_PICTURE)


@lru_cache(maxsize=1)
def _hann() -> Floats:
    return scipy.signal.get_window("hann", _WINDOW, fftbins=False).astype(np.float32)


@lru_cache(maxsize=1)
def _triangles() -> Floats:
    """Shape (257, 24); slopes straight in hertz, middles evenly on HTK's mel scale."""
    lowest, highest = (2595 * np.log10(1 + hz / 700) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    edges = 700 * (10 ** (np.linspace(lowest, highest, BANDS + 2) / 2595) - 1)
    hz = np.linspace(0, SOUND_RATE / 2, _FFT // 2 + 1)[:, None]
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    slopes = np.minimum((hz - low) / (middle - low), (high - hz) / (high - middle))
    return np.maximum(slopes, 0).astype(np.float32)
