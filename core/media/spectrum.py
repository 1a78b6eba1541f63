"""Spectra in decibels, and how frequencies become rows of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log2

import numpy as np
import scipy
from numpy.typing import NDArray

from core.jobs.progress import CancelToken

FLOOR_DB = -120.0
LOWEST_HZ = 40.0
_BATCH = 256
_STRIP = 64


def window_length(rate: int) -> int:
    """Samples in the window at this sample rate: a power of two, about 21 ms."""
    return int(2 ** min(max(round(log2(rate * 1024 / 48000)), 6), 13))


@lru_cache(maxsize=8)
def _window(length: int) -> NDArray[np.float32]:
    """A periodic Hann window, scaled so that a sine at full scale has power 1."""
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)
    return np.asarray(hann * (2 / hann.sum()), np.float32)


def decibels(frames: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Spectra of frames of samples.

    Args:
        frames: float32, shape (..., window); may be a strided view.

    Returns:
        uint8 of shape (..., window // 2), lowest frequency first: 0 is −120 dB or less, 255 is
        0 dB, a sine at full scale. The bin at half the sample rate is left out.
    """
    length = frames.shape[-1]
    spectrum = scipy.fft.rfft(frames * _window(length), axis=-1)[..., : length // 2]
    power = spectrum.real**2 + spectrum.imag**2
    np.maximum(power, 10 ** (FLOOR_DB / 10), out=power)
    np.log10(power, out=power)
    power *= -10 * 255 / FLOOR_DB
    power += 255.5
    result: NDArray[np.uint8] = np.minimum(power, 255, out=power).astype(np.uint8)
    return result


def spectra_of(samples: NDArray[np.float32], length: int, hop: int) -> NDArray[np.uint8]:
    """Spectra of overlapping frames.

    Args:
        samples: float32, shape (channels, n).
        length: Samples in the window.
        hop: Samples from one frame to the next.

    Returns:
        uint8, shape (channels, frames, length // 2), only of frames that lie wholly inside.
    """
    parts = [np.zeros((samples.shape[0], 0, length // 2), np.uint8)]
    count = max((samples.shape[1] - length) // hop + 1, 0)
    # In batches, because spectra in floating point take sixteen times what is kept of them.
    for start in range(0, count, _BATCH):
        stop = min(start + _BATCH, count)
        part = samples[:, start * hop : (stop - 1) * hop + length]
        frames = np.lib.stride_tricks.sliding_window_view(part, length, axis=1)
        parts.append(decibels(frames[:, ::hop]))
    return np.concatenate(parts, axis=1)


def pooled(columns: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """The strongest of each `factor` columns.

    Args:
        columns: uint8, shape (channels, n, bins), n a multiple of `factor`.
        factor: How many make one.

    Returns:
        uint8, shape (channels, n // factor, bins).
    """
    channels, count, rows = columns.shape
    result: NDArray[np.uint8] = columns.reshape(channels, count // factor, factor, rows).max(axis=2)
    return result


def strongest(
    columns: NDArray[np.uint8], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """The strongest of several ranges of columns, which may overlap.

    Args:
        columns: uint8, shape (n, bins).
        first: First column of each range, shape (ranges,).
        last: One past its last; greater than `first`.

    Returns:
        uint8, shape (ranges, bins).
    """
    # Ranges are short and of nearly one length: a few gathers beat `reduceat` by a factor of 80.
    result = columns.take(first, axis=0)
    for step in range(1, int((last - first).max(initial=1))):
        np.maximum(result, columns.take(np.minimum(first + step, last - 1), axis=0), out=result)
    return result


@dataclass(frozen=True, slots=True)
class RowScale:
    """How rows of a picture stand for frequencies; row 0 is the highest.

    Attributes:
        rows: Number of rows.
        rate: Samples a second.
        logarithmic: Equal steps in pitch from 40 Hz up, else equal steps in Hz from 0.
    """

    rows: int
    rate: int
    logarithmic: bool = False

    @property
    def low_hz(self) -> float:
        """Frequency at the lower edge."""
        return min(LOWEST_HZ, self.high_hz / 2) if self.logarithmic else 0.0

    @property
    def high_hz(self) -> float:
        """Frequency at the upper edge: half the sample rate."""
        return self.rate / 2

    def frequency(self, row: float) -> float:
        """Frequency in Hz at a row; 0 is the upper edge, `rows` the lower."""
        share = 1 - row / self.rows
        if self.logarithmic:
            return float(self.low_hz * (self.high_hz / self.low_hz) ** share)
        return self.high_hz * share

    def row(self, frequency_hz: float) -> float:
        """The row at a frequency; the inverse of `frequency`."""
        if self.logarithmic:
            share = log2(max(frequency_hz, 1e-3) / self.low_hz) / log2(self.high_hz / self.low_hz)
        else:
            share = frequency_hz / self.high_hz
        return self.rows * (1 - share)


def scale_rows(spectra: NDArray[np.uint8], scale: RowScale) -> NDArray[np.uint8]:
    """Turn spectra into the rows of a picture.

    A row that spans several bins shows the strongest, one that is narrower than a bin the value
    between the nearest two.

    Args:
        spectra: uint8, shape (columns, bins), lowest frequency first.
        scale: The rows wanted.

    Returns:
        uint8, shape (rows, columns), highest frequency first.
    """
    columns, bins = spectra.shape
    lying = np.empty((bins, columns), np.uint8)
    for start in range(0, columns, _STRIP):
        # In strips that fit the cache; turned in one go it takes twice as long.
        lying[:, start : start + _STRIP] = spectra[start : start + _STRIP].T
    wide, narrow, below, weight = _row_bins(scale, bins)
    result = np.empty((scale.rows, columns), np.uint8)
    for row, first, last in wide:
        np.maximum.reduce(lying[first:last], axis=0, out=result[row])
    if narrow.size:
        low = lying[below].astype(np.uint16)
        high = lying[np.minimum(below + 1, bins - 1)]
        result[narrow] = (low * (256 - weight) + high * weight) >> 8
    return result


@lru_cache(maxsize=16)
def _row_bins(
    scale: RowScale, bins: int
) -> tuple[
    tuple[tuple[int, int, int], ...], NDArray[np.int64], NDArray[np.int64], NDArray[np.uint16]
]:
    """Wide rows as (row, first bin, last); narrow ones with the bin below and the weight above."""
    per_bin = scale.high_hz / bins
    edges = np.array([scale.frequency(row) for row in range(scale.rows + 1)]) / per_bin + 0.5
    first = np.clip(np.floor(edges[1:]).astype(np.int64), 0, bins - 1)
    last = np.clip(np.ceil(edges[:-1]).astype(np.int64), first + 1, bins)
    narrow = np.flatnonzero(edges[:-1] - edges[1:] < 1)
    middle = np.clip((edges[:-1] + edges[1:])[narrow] / 2 - 0.5, 0, bins - 1)
    below = np.floor(middle).astype(np.int64)
    weight = np.round((middle - below) * 256).astype(np.uint16)[:, None]
    thin = set(narrow.tolist())
    ranges = zip(first.tolist(), last.tolist(), strict=True)
    wide = tuple((row, *span) for row, span in enumerate(ranges) if row not in thin)
    return wide, narrow, below, weight


def sample_margin(rate: int) -> int:
    """Samples that `sample_columns` wants before and after the view."""
    return window_length(rate) // 2


def sample_columns(
    samples: NDArray[np.float32], rate: int, columns: int, cancel: CancelToken | None = None
) -> NDArray[np.uint8]:
    """Spectra at equal steps straight from samples, for views closer than the tiles.

    Args:
        samples: float32, shape (n,): the view with `sample_margin(rate)` samples more on either
            side.
        rate: Samples a second.
        columns: How many spectra, positive.
        cancel: Looked at often.

    Returns:
        uint8, shape (columns, window // 2); `scale_rows` makes a picture of it. Columns wider
        than half a window show the strongest of the frames they hold.
    """
    token = cancel or CancelToken()
    length = window_length(rate)
    view = max(samples.shape[0] - length, 0)
    each = max(-(-view // (columns * (length // 2))), 1)
    centres = (np.arange(columns * each) + 0.5) * (view / (columns * each))
    starts = np.clip(centres.astype(np.int64), 0, view)
    frames = np.lib.stride_tricks.sliding_window_view(
        np.pad(samples, (0, max(length - samples.shape[0], 0))), length
    )
    spectra = np.empty((len(starts), length // 2), np.uint8)
    for begin in range(0, len(starts), _BATCH):
        token.check()
        spectra[begin : begin + _BATCH] = decibels(frames[starts[begin : begin + _BATCH]])
    result: NDArray[np.uint8] = pooled(spectra[None], each)[0]
    return result
