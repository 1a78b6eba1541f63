"""Mel-frequency cepstral coefficients as SyncNet and Light-ASD were taught them.

Number for number what `python_speech_features.mfcc` gives with its defaults at 16 kHz (James Lyons,
MIT licence): pre-emphasis .97, rectangular windows of 25 ms every 10 ms, 26 triangles from 0 to
8 kHz over bins, logarithm, orthonormal cosine transform, lifter 22, and the frame's energy in place
of the first coefficient.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from core.models.mel_front import resampled

MFCC_RATE = 16_000
"""Samples a second."""

COEFFICIENTS = 13

Floats = NDArray[np.float32]

_WINDOW, _HOP, _FFT = 400, 160, 512
_TRIANGLES = 26
_EMPHASIS = 0.97
_LIFTER = 22
_SIXTEEN_BITS = 32768.0


def mfcc(samples: Floats, rate: int) -> Floats:
    """Coefficients of a sound.

    Args:
        samples: One channel, full scale ±1, shape (n,); they are taken as numbers of 16 bits, as
            the networks were.
        rate: Samples a second.

    Returns:
        Shape (frames, 13), a frame every 10 ms, the last one with silence behind.
    """
    sound = resampled(samples[None], rate, MFCC_RATE)[0].astype(np.float64) * _SIXTEEN_BITS
    if not len(sound):
        return np.empty((0, COEFFICIENTS), np.float32)
    sound = np.append(sound[0], sound[1:] - _EMPHASIS * sound[:-1])
    count = 1 + max(0, -(-(len(sound) - _WINDOW) // _HOP))
    padded = np.pad(sound, (0, max(0, (count - 1) * _HOP + _WINDOW - len(sound))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:count]
    power = np.square(np.abs(scipy.fft.rfft(frames, _FFT, axis=1))) / _FFT
    tiny = np.finfo(np.float64).eps
    energy = power.sum(axis=1)
    bands = power @ _triangles()
    logs = np.log(np.where(bands == 0, tiny, bands))
    found = scipy.fft.dct(logs, type=2, axis=1, norm="ortho")[:, :COEFFICIENTS]
    found *= 1 + _LIFTER / 2 * np.sin(np.pi * np.arange(COEFFICIENTS) / _LIFTER)
    found[:, 0] = np.log(np.where(energy == 0, tiny, energy))
    return np.asarray(found, np.float32)


@lru_cache(maxsize=1)
def _triangles() -> NDArray[np.float64]:
    """Shape (257, 26); slopes over bins, as that package draws them."""
    highest = 2595 * np.log10(1 + MFCC_RATE / 2 / 700)
    hz = 700 * (10 ** (np.linspace(0, highest, _TRIANGLES + 2) / 2595) - 1)
    edges = np.floor((_FFT + 1) * hz / MFCC_RATE)
    place = np.arange(_FFT // 2 + 1)[:, None]
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    rising = (place - low) / (middle - low)
    falling = (high - place) / (high - middle)
    inside = (place >= low) & (place < high)
    return np.where(inside, np.where(place < middle, rising, falling), 0.0)
