"""Hum: lines in the spectrum at the frequency of the mains and its multiples."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from core.detectors.base import Row
from core.detectors.batch import Batch, BatchDetector
from core.detectors.hop import FLOOR_DB

MAINS_HZ = (50.0, 60.0)
HARMONICS = 8

_HOP_S = 0.25
_BATCH_S = 4.0
_MARGIN_S = 0.5
_FRAME_S = 1.0
_LOW_RATE = 2400
_TAPS_A_STEP = 6
_GROUP = 100
_BIN_HZ = 0.25
_SWING = 0.01
_SLACK_HZ = 0.5
_FIT_HZ = 0.6
_LOBE_HZ = 3.0
_FLOOR_HZ = 10.0
_LINE_DB = 12.0
_MOST_DB = 80.0
_MOST_CHANNELS = 24

Reals = NDArray[np.float32]


class HumDetector(BatchDetector):
    """Measures the lines at 50 or 60 Hz and their multiples every 250 ms, a channel.

    The sound is brought down to about 2,400 samples a second; in spectra of one second (Hann)
    peaks are looked for within 1 % of the first eight multiples of the mains frequency. A line's
    prominence is its power over the median power beside it. Lines count where they fit the
    stronger of the first two; a row tells of the channel and mains whose lines stand out most.
    """

    id = "hum"
    lengths_s = (_BATCH_S, _HOP_S, _MARGIN_S)

    def listen(self, batch: Batch) -> list[Row]:
        """The rows of one batch."""
        return _rows_of(batch)


class _Lines(NamedTuple):
    """What the multiples of one mains frequency come to; arrays of shape (channels, hops).

    Attributes:
        hz: Frequency after the line of the first two that stands out more.
        prominence_db: How far that line stands out.
        support: How much all lines stand out together.
        level_db: Level of all lines that stand out, in dBFS.
        lines: How many those are.
    """

    hz: NDArray[np.float64]
    prominence_db: NDArray[np.float64]
    support: NDArray[np.float64]
    level_db: NDArray[np.float64]
    lines: NDArray[np.float64]


def _rows_of(batch: Batch) -> list[Row]:
    power = _spectra(batch)
    found = [_lines(power, mains) for mains in MAINS_HZ]
    support = np.stack([lines.support for lines in found])
    mains, channel = np.divmod(
        support.reshape(-1, support.shape[2]).argmax(axis=0), support.shape[1]
    )
    at = (mains, channel, np.arange(support.shape[2]))
    columns = [np.stack(values)[at] for values in zip(*found, strict=True)]
    hz, prominence, _, level, count = columns
    standing = np.stack([lines.prominence_db for lines in found])[mains, :, at[2]] >= _LINE_DB
    bits = 2.0 ** np.arange(min(standing.shape[1], _MOST_CHANNELS))
    masks = standing[:, : len(bits)] @ bits
    values = np.stack((prominence, level, hz, count, masks), axis=1).tolist()
    return [
        Row(batch.pts(int(start)), tuple(row))
        for start, row in zip(batch.hops, values, strict=True)
    ]


def _spectra(batch: Batch) -> NDArray[np.float64]:
    """Power of sines by frequency, shape (channels, hops, bins of .25 Hz); a sine's own power."""
    factor = max(batch.rate // _LOW_RATE, 1)
    low = _decimated(batch.samples, factor)
    rate = batch.rate / factor
    size = round(_FRAME_S * rate)
    if low.shape[1] < size:
        low = np.pad(low, ((0, 0), (0, size - low.shape[1])))
    hop = _HOP_S * rate
    firsts = np.rint(batch.hops / factor + (hop - size) / 2).astype(np.int64)
    firsts = np.clip(firsts, 0, low.shape[1] - size)
    frames = low[:, firsts[:, None] + np.arange(size)]
    window = np.hanning(size + 1)[:-1].astype(np.float32)
    spectrum = scipy.fft.rfft(frames * window, round(rate / _BIN_HZ))
    spectrum = spectrum[..., : round((HARMONICS + 1) * MAINS_HZ[-1] / _BIN_HZ)]
    power = np.square(np.abs(spectrum), dtype=np.float64)
    return np.asarray(power * (2.0 / window.sum(dtype=np.float64) ** 2))


def _decimated(samples: Reals, factor: int) -> Reals:
    """Every `factor`-th sample after a low pass, as products of matrices (polyphase)."""
    if factor == 1:
        return samples
    count = -(-samples.shape[1] // factor)
    groups = -(-count // _GROUP)
    padded = np.pad(samples, ((0, 0), (0, groups * _GROUP * factor - samples.shape[1])))
    time = np.arange(_TAPS_A_STEP * factor) - (_TAPS_A_STEP * factor - 1) / 2
    taps = np.sinc(time / factor * 0.6) * np.hanning(len(time) + 2)[1:-1]
    kernel = (taps / taps.sum()).astype(np.float32).reshape(_TAPS_A_STEP, factor).T
    # Small products stay on this thread; one large one would wake a thread a core.
    parts = padded.reshape(len(samples), groups, _GROUP, factor) @ kernel
    parts = parts.reshape(len(samples), -1, _TAPS_A_STEP)[:, :count]
    low = np.zeros((len(samples), count + _TAPS_A_STEP - 1), np.float32)
    for tap in range(_TAPS_A_STEP):
        late = _TAPS_A_STEP - 1 - tap
        low[:, late : late + count] += parts[..., tap]
    return low[:, _TAPS_A_STEP // 2 - 1 : _TAPS_A_STEP // 2 - 1 + count]


def _lines(power: NDArray[np.float64], mains: float) -> _Lines:
    peaks = [_peak(power, mains, harmonic) for harmonic in range(1, HARMONICS + 1)]
    hertz, lines, above = (np.stack(values, axis=-1) for values in zip(*peaks, strict=True))
    first = above[..., :2].argmax(axis=-1)[..., None]
    pitch = np.take_along_axis(hertz / np.arange(1, HARMONICS + 1), first, axis=-1)
    off = np.abs(hertz - pitch * np.arange(1, HARMONICS + 1))
    stands = (above >= _LINE_DB) & (off <= _FIT_HZ)
    level = np.where(stands, lines, 0.0).sum(axis=-1)
    return _Lines(
        pitch[..., 0],
        np.take_along_axis(above, first, axis=-1)[..., 0],
        np.where(stands, above, 0.0).sum(axis=-1),
        10.0 * np.log10(np.maximum(level, 10.0 ** (FLOOR_DB / 10))),
        stands.sum(axis=-1).astype(np.float64),
    )


def _peak(
    power: NDArray[np.float64], mains: float, harmonic: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Frequency, power and prominence of the peak near one multiple; no peak, no prominence."""
    swing = _SWING * mains * harmonic + _SLACK_HZ
    low, high = (round((mains * harmonic + side * swing) / _BIN_HZ) for side in (-1, 1))
    near = power[..., low : high + 1]
    best = near.argmax(axis=-1)[..., None]
    inner = (best > 0) & (best < high - low)
    around = np.clip(best + np.array([-1, 0, 1]), 0, high - low)
    left, top, right = np.moveaxis(np.log(np.take_along_axis(near, around, axis=-1) + 1e-20), -1, 0)
    bend = left - 2.0 * top + right
    shift = np.where(bend < 0, 0.5 * (left - right) / np.minimum(bend, -1e-9), 0.0)
    reach = round(_FLOOR_HZ / _BIN_HZ)
    gap = round(_LOBE_HZ / _BIN_HZ)
    below, beyond = low - gap - reach, high + gap + reach
    beside = (power[..., below : low - gap], power[..., high + gap : beyond])
    floor = np.maximum(np.median(np.concatenate(beside, axis=-1), axis=-1), 1e-16)
    strength = np.exp(top)
    above = np.clip(10.0 * np.log10(np.maximum(strength / floor, 1.0)), 0.0, _MOST_DB)
    hertz = (low + best[..., 0] + np.clip(shift, -0.5, 0.5)) * _BIN_HZ
    return hertz, strength, np.where(inner[..., 0], above, 0.0)
