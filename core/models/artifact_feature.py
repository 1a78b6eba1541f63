"""What the network of audio artifacts hears of a second of one channel.

A mel spectrum for the network that knows sounds, and beside it what that cannot hear: the lines of
the mains below 125 Hz, the floor up to 24 kHz, steps and plateaus of single samples, and how often
each height is reached. The samples of the last two are never resampled: a filter bends the plateau
of clipping and smears a click of one sample.

Everything is relative to the second's own level, which is one of the `figures`. Every number is
finite and within about ±8, whatever comes in, so that float16 holds it.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from core.domain.errors import BugError
from core.models.artifact_wide import HUSH_RATE, LINE_HZ, WIDE, combs, hush, sides
from core.models.mel_front import (
    BANDS,
    PANNS_FRAMES,
    PANNS_RATE,
    YAMNET_FRAMES,
    YAMNET_RATE,
    panns_mel,
    resampled,
    yamnet_mel,
)

CLASSES = ("none", "hum", "hiss", "distortion", "clicks")
"""What a second is, in the order of the network's exclusive answer."""

ARTIFACTS = CLASSES[1:]
"""What may be in it, several at once, in the order of the network's other answer."""

FEATURES: dict[str, tuple[int, ...]] = {
    "mel": (YAMNET_FRAMES, BANDS),
    "lines": (16, 161),
    "floor": (4, 96),
    "instants": (6, 500),
    "heights": (2, 64),
    "figures": (8,),
    **WIDE,
}
"""Shape of each feature of a second, by name."""

PANNS_MEL = "panns_mel"
"""Name of PANNs' mel spectrum, which stands in for `mel` where one of their bodies is heard by."""

SLOW = "slow"
"""Name of the slow part of a second's middle, of RMS 1 in the whole of it, at `SLOW_RATE`: seconds
half a second apart make one wave of them."""

SLOW_RATE = 2_000

SHAPES = {**FEATURES, PANNS_MEL: (PANNS_FRAMES, BANDS), SLOW: (SLOW_RATE // 2,)}
"""The same with these two."""

LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000
"""Samples a second that can be heard."""

MEL_RMS = 0.1
"""Level that the second is brought to before its mel spectrum."""

QUIET_RMS = 3e-5
"""Level, full scale 1, below which a second is not raised any more: dither is not hiss."""

BAND_HZ = 250.0
"""Width of a band of `floor`."""

Floats = NDArray[np.float32]

_LOUDEST = 1e3
_AT_A_TIME = 8
_LINE_FFT = 16_384
_NEAR_HZ, _STEP_HZ = 40.0, 8.0
_FLOOR_WINDOW_S = 2048 / 48_000
_QUANTILES = (0.05, 0.25, 0.5, 0.95)
_SMALLEST_SHARE = 1e-12
_EDGE_SHARE = 1e-9
_ORDER = 16
_PEAK_FLOOR = 3e-3
_FLAT = 1e-4
_LEVELS = 512
_TOP = 0.999


def features_of(
    seconds: Floats, rate: int, names: Collection[str] = tuple(FEATURES)
) -> dict[str, NDArray[np.float16]]:
    """What the network hears.

    Args:
        seconds: A channel's samples at the stream's own rate, full scale ±1, shape (n, samples). A
            second or less; a shorter one goes on with zeros. No number is counted as zero.
        rate: Samples a second, 8,000 to 192,000.
        names: Which of `SHAPES`.

    Returns:
        Each of them, shape (n, *its own).
    """
    if seconds.ndim != 2 or not LOWEST_RATE <= rate <= HIGHEST_RATE or seconds.shape[1] > rate:
        raise BugError(f"this is no second at {rate} a second: shape {seconds.shape}")
    found: dict[str, NDArray[np.float16]] = {
        name: np.empty((len(seconds), *SHAPES[name]), np.float16) for name in names
    }
    for start in range(0, len(seconds), _AT_A_TIME):
        few = slice(start, start + _AT_A_TIME)
        for name, values in _features(_whole(seconds[few], rate), rate, names).items():
            found[name][few] = values
    return found


def _whole(seconds: Floats, rate: int) -> Floats:
    """Of a second's length, finite, around zero."""
    whole = np.zeros((len(seconds), rate), np.float32)
    given = np.clip(np.nan_to_num(seconds), -_LOUDEST, _LOUDEST)
    if given.shape[1]:
        # What was filled up stays at zero.
        given = given - given.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)
    whole[:, : given.shape[1]] = given
    return whole


def _features(seconds: Floats, rate: int, names: Collection[str]) -> dict[str, Floats]:
    rms = np.sqrt(np.einsum("ij,ij->i", seconds, seconds) / rate)
    level = (seconds / np.maximum(rms, QUIET_RMS)[:, None]).astype(np.float32)
    slow = resampled(level, rate, YAMNET_RATE)
    slower = resampled(slow, YAMNET_RATE, HUSH_RATE)
    floor, power = _floor(level, rate)
    peak = np.maximum(np.abs(seconds).max(axis=1), _PEAK_FLOOR)[:, None]
    shape = seconds / peak
    height = np.abs(shape)
    flat = _flat(shape, height)
    plateau = _on_plateau(shape, flat)
    found = {
        "mel": np.clip(yamnet_mel(slow * np.float32(MEL_RMS)), -8, 8),
        "lines": _lines(slower),
        "floor": floor,
        "instants": _instants(level, plateau, rate),
        "heights": _heights(height),
        "figures": _figures(rms, height, flat, floor, power),
    }
    # What few networks ask for, and costs, is made for those alone.
    if "hush" in names:
        found["hush"] = hush(slower)
    if "combs" in names:
        found["combs"] = combs(slow)
    if "sides" in names:
        found["sides"] = sides(seconds, _PEAK_FLOOR)
    if SLOW in names:
        middle = slice(SLOW_RATE // 4, SLOW_RATE - SLOW_RATE // 4)
        found[SLOW] = np.clip(resampled(slower, HUSH_RATE, SLOW_RATE)[:, middle], -64, 64)
    if PANNS_MEL in names:
        at_level = resampled(level, rate, PANNS_RATE)[:, :PANNS_RATE] * np.float32(MEL_RMS)
        found[PANNS_MEL] = panns_mel(at_level)
    return {name: found[name] for name in names}


def _lines(slower: Floats) -> Floats:
    """Log power at the harmonics of each pitch over that of their neighbourhood."""
    window = np.hanning(slower.shape[1] + 2)[1:-1].astype(np.float32)
    spectrum = scipy.fft.rfft(slower * window, _LINE_FFT, axis=1)
    # To the Hann window's own power, so that what is added is 120 dB below the second's.
    power = (spectrum.real**2 + spectrum.imag**2) / (slower.shape[1] * np.float32(0.375))
    logs = np.log10(power + np.float32(1e-9))
    at, share, near, near_at, near_share = _line_places()
    lines = logs[:, at] * (1 - share) + logs[:, at + 1] * share
    middle = np.median(logs[:, near], axis=2)
    around = middle[:, near_at] * (1 - near_share) + middle[:, near_at + 1] * near_share
    found: Floats = np.clip(lines - around, -2, 6)
    return found


@lru_cache(maxsize=1)
def _line_places() -> tuple[NDArray[np.intp], Floats, NDArray[np.intp], NDArray[np.intp], Floats]:
    """Bins at the harmonics, with the next one's share, and of their neighbourhoods."""
    bin_hz = HUSH_RATE / _LINE_FFT
    hz = np.arange(1, 17)[:, None] * LINE_HZ
    at = (hz / bin_hz).astype(np.intp)
    share = (hz / bin_hz - at).astype(np.float32)
    middle = np.arange(LINE_HZ[0], hz.max() + 2 * _STEP_HZ, _STEP_HZ)[:, None]
    near = ((middle + np.arange(-_NEAR_HZ, _NEAR_HZ, 2 * bin_hz)) / bin_hz).astype(np.intp)
    step = (hz - LINE_HZ[0]) / _STEP_HZ
    near_at = step.astype(np.intp)
    return at, share, near, near_at, (step - near_at).astype(np.float32)


def _floor(level: Floats, rate: int) -> tuple[Floats, Floats]:
    """The feature, and the mean power of each band as a share of the total."""
    size = round(_FLOOR_WINDOW_S * rate)
    frames = np.lib.stride_tricks.sliding_window_view(level, size, axis=1)[:, :: size // 2]
    window = np.hanning(size + 2)[1:-1].astype(np.float32)
    fft = scipy.fft.next_fast_len(size, real=True)
    spectrum = scipy.fft.rfft(frames * window, fft, axis=2)
    starts = _band_starts(fft, rate)
    known = len(starts) - 1
    power = spectrum.real**2 + spectrum.imag**2
    total = power.sum(axis=2).mean(axis=1)
    bands = np.add.reduceat(power[:, :, : starts[-1]], starts[:-1], axis=2)
    # Bands have one bin more or fewer.
    bands *= (BAND_HZ * fft / rate / np.diff(starts)).astype(np.float32)
    bands /= np.maximum(total, 1e-9)[:, None, None]
    ordered = np.sort(bands, axis=1)
    at = [round(share * (ordered.shape[1] - 1)) for share in _QUANTILES]
    floor = np.full((len(level), *FEATURES["floor"]), -3, np.float32)
    logs = np.log10(ordered[:, at] + np.float32(_SMALLEST_SHARE))
    floor[:, :, :known] = np.clip((logs + 6) / 2, -3, 3)
    mean = np.zeros((len(level), FEATURES["floor"][1]), np.float32)
    mean[:, :known] = bands.mean(axis=1)
    return floor, mean


@lru_cache(maxsize=8)
def _band_starts(fft: int, rate: int) -> NDArray[np.intp]:
    """First bin of each band that lies below half the rate as a whole, and the end of the last."""
    known = min(FEATURES["floor"][1], int(rate / 2 / BAND_HZ))
    return np.ceil(np.arange(known + 1) * BAND_HZ * fft / rate).astype(np.intp)


def _instants(level: Floats, plateau: NDArray[np.bool_], rate: int) -> Floats:
    starts = _cell_starts(rate)
    sizes = np.diff(np.append(starts, rate)).astype(np.float32)
    bend = np.zeros_like(level)
    bend[:, 1:-1] = level[:, 2:] - 2 * level[:, 1:-1] + level[:, :-2]
    error = _prediction_error(level)

    def largest(values: Floats) -> Floats:
        return np.maximum.reduceat(np.abs(values), starts, axis=1)

    def effective(values: Floats) -> Floats:
        return np.sqrt(np.add.reduceat(values * values, starts, axis=1) / sizes)

    usual = np.median(effective(error), axis=1, keepdims=True)
    whole = np.sqrt(np.mean(error * error, axis=1, keepdims=True))
    usual = np.maximum(np.maximum(usual, whole / 100), 1e-7)
    counted = np.add.reduceat(plateau, starts, axis=1, dtype=np.float32)
    rows = [
        np.log10(largest(level) + 1e-4) + 1,
        np.log10(effective(level) + 1e-4) + 1,
        np.log10(largest(bend) + 1e-6) + 2,
        np.log10(effective(bend) + 1e-6) + 2,
        2 * np.log10(largest(error) / usual + 1e-2),
        np.log2(1 + counted) * 0.6,
    ]
    found: Floats = np.clip(np.stack(rows, axis=1), -4, 4)
    return found


@lru_cache(maxsize=8)
def _cell_starts(rate: int) -> NDArray[np.intp]:
    cells = FEATURES["instants"][1]
    return np.arange(cells) * rate // cells


def _prediction_error(level: Floats) -> Floats:
    """What a linear predictor that is fitted to the whole second does not foresee."""
    error = np.zeros_like(level)
    window = np.hanning(level.shape[1])
    for row, values in enumerate(level.astype(np.float64)):
        shown = values * window
        lags = np.array([shown[: len(shown) - lag] @ shown[lag:] for lag in range(_ORDER + 1)])
        # White noise 90 dB below keeps the equations solvable, for silence too.
        lags[0] = lags[0] * (1 + 1e-9) + 1e-9
        places = np.abs(np.subtract.outer(np.arange(_ORDER), np.arange(_ORDER)))
        weights = np.linalg.solve(lags[places], lags[1:])
        error[row, _ORDER:] = np.convolve(values, np.append(1, -weights), "valid")
    return error


def _flat(shape: Floats, height: Floats) -> NDArray[np.bool_]:
    """Samples as high as the one before, in the upper half of the heights."""
    flat = np.zeros(shape.shape, np.bool_)
    flat[:, 1:] = (np.abs(np.diff(shape, axis=1)) <= _FLAT) & (height[:, 1:] > 0.5)
    return flat


def _on_plateau(shape: Floats, flat: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Samples at the height, of either sign, where the second is flat most often."""
    found = np.zeros(shape.shape, np.bool_)
    for row in np.flatnonzero(flat.any(axis=1)):
        heights = shape[row, flat[row]]
        for side in (heights[heights > 0], heights[heights < 0]):
            if not side.size:
                continue
            bins = (np.abs(side) * _LEVELS).astype(np.intp)
            ceiling = np.median(side[bins == np.bincount(bins).argmax()])
            found[row] |= np.abs(shape[row] - ceiling) <= _FLAT
    return found


def _heights(height: Floats) -> Floats:
    bins = FEATURES["heights"][1]
    at = np.minimum((height * bins).astype(np.int32), bins - 1)
    at += np.arange(len(height), dtype=np.int32)[:, None] * bins
    inner = height[:, 1:-1]
    tops = (inner >= height[:, :-2]) & (inner >= height[:, 2:])
    counts = [
        np.bincount(which, minlength=len(height) * bins)
        for which in (at.ravel(), at[:, 1:-1][tops])
    ]
    shares = np.stack(counts).reshape(2, len(height), bins).swapaxes(0, 1).astype(np.float32)
    shares /= np.maximum(shares.sum(axis=2, keepdims=True), 1)
    found: Floats = np.log10(shares + np.float32(1e-5)) + np.float32(2.5)
    return found


def _figures(
    rms: Floats, height: Floats, flat: NDArray[np.bool_], floor: Floats, power: Floats
) -> Floats:
    peak = height.max(axis=1)
    effective = np.sqrt(np.einsum("ij,ij->i", height, height) / height.shape[1])
    top = (height >= _TOP).mean(axis=1)
    longest = np.array([_longest_run(row) for row in flat])
    above = [power[:, int(hz / BAND_HZ) :].sum(axis=1) for hz in (8_000, 12_000, 16_000)]
    middle = floor[:, 2] > (np.log10(_EDGE_SHARE) + 6) / 2
    edge = np.where(middle.any(axis=1), middle.shape[1] - middle[:, ::-1].argmax(axis=1), 0)
    columns = [
        np.log10(rms + 1e-6) + 2,
        4 * np.log10(np.maximum(peak, 1e-3) / np.maximum(effective, 1e-4)) - 3,
        np.log10(top + 1e-5) + 3,
        np.log2(1 + longest) / 2 - 1,
        *(np.log10(share + 1e-8) / 1.5 + 8 / 3 for share in above),
        edge / middle.shape[1] * 4 - 2,
    ]
    found: Floats = np.clip(np.stack(columns, axis=1), -4, 4)
    return found


def _longest_run(flat: NDArray[np.bool_]) -> int:
    """Most samples in a row that are flat."""
    at = np.flatnonzero(flat)
    if not at.size:
        return 0
    breaks = np.flatnonzero(np.diff(at) > 1)
    ends = np.append(breaks, at.size - 1)
    return int(np.diff(np.concatenate([[-1], ends])).max())
