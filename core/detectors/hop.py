"""Cutting sound blocks of any size into windows of one size, each with its PTS."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Row, Sample

FLOOR_DB = -120.0
_TOLERANCE_S = Fraction(1, 200)
_LOUDEST = 1e3


def to_db(amplitude: NDArray[Any]) -> NDArray[np.float64]:
    """Amplitude in dBFS, no lower than -120."""
    quietest = 10.0 ** (FLOOR_DB / 20)
    return np.asarray(20.0 * np.log10(np.maximum(amplitude.astype(np.float64), quietest)))


class Window:
    """Some consecutive samples.

    Attributes:
        samples: float32, shape (channels, n).
        hops: Index of the first sample of each hop.
        hop: Samples in a whole hop.
        start: Samples between where counting began and the first one here.
        rate: Samples a second.
    """

    __slots__ = ("_anchor", "_base", "hop", "hops", "rate", "samples", "start")

    def __init__(
        self,
        start: int,
        samples: NDArray[np.float32],
        hop: int,
        anchor: int,
        base: Fraction,
        rate: int,
    ) -> None:
        self.samples = samples
        self.hop = hop
        self.hops = np.arange(0, samples.shape[1], hop)
        self.start = start
        self.rate = rate
        self._anchor = anchor
        self._base = base

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Samples in each hop; the last may be shorter."""
        return np.diff(np.append(self.hops, self.samples.shape[1])).astype(np.int64)

    def pts(self, offset: int) -> int:
        """PTS of the sample `offset` inside, rounded half up."""
        seconds = Fraction(self.start + offset, self.rate)
        return self._anchor + floor(seconds / self._base + Fraction(1, 2))


class Hopper:
    """Collects blocks and gives windows of a fixed number of samples.

    Windows are counted from the first block, so the way in which sound is cut into blocks does
    not matter. Where the PTS jumps by more than 5 ms, or the format changes, the rest is given as
    a shorter window and counting starts again.

    Args:
        window_s: Length of a window; a whole number of hops.
        hop_s: Length of a hop.
    """

    def __init__(self, window_s: float, hop_s: float) -> None:
        self._hops = max(round(window_s / hop_s), 1)
        self._hop_s = hop_s
        self._parts: list[NDArray[np.float32]] = []
        self._held = 0
        self._given = 0
        self._anchor = 0
        self._base = Fraction(1)
        self._rate = 0
        self._channels = 0
        self._newest: int | None = None

    def take(self, sample: Sample) -> list[Window]:
        """Add a block; the windows that are complete now."""
        assert sample.data is not None
        data = _finite(np.asarray(sample.data, np.float32))
        windows: list[Window] = []
        if data.size == 0 or sample.rate <= 0:
            return windows
        if self._breaks(sample, data.shape[0]):
            windows = self.flush()
            self._anchor, self._given = sample.pts, 0
            self._base, self._rate = sample.base, sample.rate
            self._channels = data.shape[0]
        self._parts.append(data)
        self._held += data.shape[1]
        size = self._hop * self._hops
        if self._held >= size:
            joined = np.concatenate(self._parts, axis=1)
            whole = self._held - self._held % size
            windows += [self._window(joined[:, i : i + size]) for i in range(0, whole, size)]
            self._parts, self._held = [joined[:, whole:].copy()], self._held - whole
        return windows

    def flush(self) -> list[Window]:
        """The samples that fill no window, as a shorter one."""
        if not self._held:
            return []
        rest = np.concatenate(self._parts, axis=1)
        self._parts, self._held = [], 0
        return [self._window(rest)]

    def forward(self, rows: list[Row]) -> list[Row]:
        """Those rows that go on in time: where PTS jump back, what was measured first stays."""
        kept: list[Row] = []
        for row in rows:
            if self._newest is None or row.pts > self._newest:
                kept.append(row)
                self._newest = row.pts
        return kept

    @property
    def _hop(self) -> int:
        return max(round(self._rate * self._hop_s), 1)

    def _window(self, samples: NDArray[np.float32]) -> Window:
        window = Window(self._given, samples, self._hop, self._anchor, self._base, self._rate)
        self._given += samples.shape[1]
        return window

    def _breaks(self, sample: Sample, channels: int) -> bool:
        if (sample.rate, sample.base, channels) != (self._rate, self._base, self._channels):
            return True
        # In whole numbers: fractions cost more than the rest, and blocks are many.
        ticks, second = (sample.pts - self._anchor) * self._base.numerator, self._base.denominator
        off = ticks * self._rate - (self._given + self._held) * second
        return abs(off) * _TOLERANCE_S.denominator > second * self._rate * _TOLERANCE_S.numerator


def _finite(data: NDArray[np.float32]) -> NDArray[np.float32]:
    """Floating-point files may hold NaN and infinities; they count as silence and as very loud."""
    if np.isfinite(data.sum(dtype=np.float64)):
        return data
    return np.clip(np.nan_to_num(data, nan=0.0), -_LOUDEST, _LOUDEST)
