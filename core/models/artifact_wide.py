"""What the network of audio artifacts hears of a second besides, since its second revision.

Lines of the mains stand in the pauses, too, where the programme does not cover them: so the low
end is told by how quiet it gets. Buzz goes far beyond the sixteenth harmonic: so higher ones are
heard together. And what is cut off on one side only is half a plateau: so heights are told by side.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from core.models.mel_front import YAMNET_RATE

WIDE: dict[str, tuple[int, ...]] = {
    "hush": (4, 192),
    "combs": (8, 161),
    "sides": (2, 3, 64),
}
"""Shape of each feature of a second, by name."""

LINE_HZ = np.arange(46, 66.0625, 0.125)
"""Pitches of the mains that harmonics are looked for at, 161 of them."""

HUSH_RATE, COMB_RATE = 4_000, YAMNET_RATE
"""Samples a second of what `hush` and `combs` are asked about."""

Floats = NDArray[np.float32]

_FRAME, _HOP, _HUSH_FFT = 1000, 125, 1024
_QUANTILES = (0.05, 0.25, 0.5, 0.9)
_COMB_FFT = 32_768
_FIRST, _BAND, _BANDS = 17, 16, 4
_FINER = 5
_NEAR_HZ, _STEP_HZ = 160.0, 80.0
_FLAT = 1e-4
_SMALLEST = np.float32(1e-9)


def hush(slower: Floats) -> Floats:
    """How strong the low end is in the quietest and the loudest quarters of a second.

    Log power of frames of .25 s, every 3.9 Hz up to 750 Hz: of all frames the lowest twentieth, the
    lowest quarter, the middle and the highest tenth.

    Args:
        slower: At `HUSH_RATE`, of RMS 1, shape (n, samples).

    Returns:
        Shape (n, 4, 192), in units of 15 dB.
    """
    frames = np.lib.stride_tricks.sliding_window_view(slower, _FRAME, axis=1)[:, ::_HOP]
    window = np.hanning(_FRAME + 2)[1:-1].astype(np.float32)
    spectrum = scipy.fft.rfft(frames * window, _HUSH_FFT, axis=2)[:, :, : WIDE["hush"][1]]
    power = (spectrum.real**2 + spectrum.imag**2) / np.float32(_FRAME * _FRAME * 0.0625)
    ordered = np.sort(power, axis=1)
    at = [round(share * (ordered.shape[1] - 1)) for share in _QUANTILES]
    found: Floats = np.clip((np.log10(ordered[:, at] + _SMALLEST) + 4) / 1.5, -4, 4)
    return found


def combs(slow: Floats) -> Floats:
    """How far the harmonics of each pitch from the 17th to the 80th stand out, eight at a time.

    Log power at the harmonics over the median around them. Sixteen harmonics are a band, told as
    the mean of its odd and of its even ones; of five pitches side by side the best counts, because
    so high up lines lie far apart.

    Args:
        slow: At `COMB_RATE`, of RMS 1, shape (n, samples).

    Returns:
        Shape (n, 8, 161): bands from low to high, odd before even.
    """
    window = np.hanning(slow.shape[1] + 2)[1:-1].astype(np.float32)
    spectrum = scipy.fft.rfft(slow * window, _COMB_FFT, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2) / (slow.shape[1] * np.float32(0.375))
    logs = np.log10(power + _SMALLEST)
    at, near, near_at = _comb_places()
    logs_over = logs[:, at] - np.median(logs[:, near], axis=2)[:, near_at]
    means = logs_over.mean(axis=2)
    best = means.reshape(*means.shape[:2], -1, _FINER).max(axis=3)
    found: Floats = np.clip(best, -2, 6)
    return found


@lru_cache(maxsize=1)
def _comb_places() -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Bins at harmonics, shape (8 rows, 8 harmonics, 805 pitches), of their neighbourhoods, and
    which neighbourhood each is in."""
    bin_hz = COMB_RATE / _COMB_FFT
    step = (LINE_HZ[1] - LINE_HZ[0]) / _FINER
    pitches = (LINE_HZ[:, None] + (np.arange(_FINER) - _FINER // 2) * step).ravel()
    numbers = np.arange(_FIRST, _FIRST + _BAND * _BANDS).reshape(_BANDS, _BAND // 2, 2)
    rows = numbers.transpose(0, 2, 1).reshape(2 * _BANDS, _BAND // 2)
    hz = rows[:, :, None] * pitches
    middle = np.arange(_FIRST * LINE_HZ[0] - _STEP_HZ, hz.max() + 2 * _STEP_HZ, _STEP_HZ)[:, None]
    near = np.rint((middle + np.arange(-_NEAR_HZ, _NEAR_HZ, 2 * bin_hz)) / bin_hz).astype(np.intp)
    near_at = np.rint((hz - middle[0]) / _STEP_HZ).astype(np.intp)
    return np.rint(hz / bin_hz).astype(np.intp), near, near_at


def sides(seconds: Floats, floor: float) -> Floats:
    """How often each height is reached, above zero and below it, as shares of that side's peak.

    Args:
        seconds: Shape (n, samples).
        floor: Smallest peak that is a whole one.

    Returns:
        Shape (n, 2, 3, 64): by side the log share of all samples, of local extremes, and of samples
        as high as the one before.
    """
    bins = WIDE["sides"][2]
    count = len(seconds)
    step = np.diff(seconds, axis=1)
    peaks = np.maximum(np.stack([seconds.max(axis=1), -seconds.min(axis=1)]), floor)[:, :, None]
    below = seconds < 0
    scale = np.where(below, -bins / peaks[1], bins / peaks[0])
    at = np.minimum((seconds * scale).astype(np.int32), bins - 1)
    at += bins * (below + 2 * np.arange(count, dtype=np.int32)[:, None])
    tops = at[:, 1:-1][step[:, :-1] * step[:, 1:] <= 0]
    flat = at[:, 1:][np.abs(step) <= _FLAT * peaks.min(axis=0)]
    counts = np.stack(
        [np.bincount(which, minlength=2 * bins * count) for which in (at.ravel(), tops, flat)]
    ).reshape(3, count, 2, bins)
    whole = np.maximum(counts.sum(axis=3, keepdims=True), 1)
    # Of the flat ones the share of all samples: how many there are tells, too.
    whole[2] = whole[0]
    found: Floats = np.log10(counts / whole + 1e-5).astype(np.float32) + np.float32(2.5)
    return found.transpose(1, 2, 0, 3)
