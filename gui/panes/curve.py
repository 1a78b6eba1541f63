"""A metric's curve reduced to what the screen can show: the lowest and highest value a column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.track import Track

_BLOCK = 64
_DENSE_ROWS = 4 * _BLOCK
_TOLD = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Lowest and highest value for each column of pixels.

    Attributes:
        low: float32, shape (columns,).
        high: float32, shape (columns,).
        valid: bool, shape (columns,); False where nothing was measured.
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    valid: NDArray[np.bool_]


class Curve:
    """One metric of one track, ready to be drawn at any zoom.

    Long curves are reduced through a table of block extremes, so that drawing a whole title
    touches some 1/64 of its rows.

    Args:
        track: What was measured.
        metric: Which of its columns.
        unless: Name of a column that is 0 where the metric says something; empty where it always
            does.
    """

    def __init__(self, track: Track, metric: str, unless: str = "") -> None:
        self.values = track.metrics[metric]
        self._told = track.metrics[unless] < _TOLD if unless else None
        # What says nothing is neither the lowest nor the highest of anything.
        self._low = self.values if self._told is None else _told(self.values, self._told, np.inf)
        self._high = self.values if self._told is None else _told(self.values, self._told, -np.inf)
        self._starts = track.starts_s
        ends = track.ends_s
        self._end = float(ends[-1]) if len(ends) else 0.0
        self._extent = (
            (float(self._low.min()), float(self._high.max()))
            if len(self.values) and (self._told is None or self._told.any())
            else None
        )
        whole = len(self.values) // _BLOCK * _BLOCK
        lows, highs = (v[:whole].reshape(-1, _BLOCK) for v in (self._low, self._high))
        self._block_low = lows.min(axis=1) if whole else self.values[:0]
        self._block_high = highs.max(axis=1) if whole else self.values[:0]

    def __len__(self) -> int:
        return len(self.values)

    def value_at(self, seconds: float) -> float | None:
        """The value that holds at an instant; None outside of what was measured."""
        row = int(np.searchsorted(self._starts, seconds, side="right")) - 1
        if row < 0 or seconds >= self._end or (self._told is not None and not self._told[row]):
            return None
        return float(self.values[row])

    def extent(self) -> tuple[float, float] | None:
        """Lowest and highest value; None for an empty curve."""
        return self._extent

    def rows_between(self, start_s: float, end_s: float) -> tuple[int, int]:
        """First row and the one after the last that show between two instants."""
        first = max(int(np.searchsorted(self._starts, start_s, side="right")) - 1, 0)
        return first, int(np.searchsorted(self._starts, end_s, side="left"))

    def steps(self, first: int, stop: int) -> list[tuple[float, float, float]]:
        """Start, end and value of the rows from `first` to before `stop` that say something."""
        starts = self._starts[first : stop + 1].tolist()
        if stop >= len(self.values):
            starts.append(self._end)
        values = self.values[first:stop].tolist()
        steps = list(zip(starts[:-1], starts[1:], values, strict=True))
        if self._told is None:
            return steps
        told = self._told[first:stop].tolist()
        return [step for step, says in zip(steps, told, strict=True) if says]

    def columns(self, start_s: float, end_s: float, count: int) -> Columns:
        """Reduce what lies between two instants to `count` columns.

        Each column takes in every row that it touches, so no peak is lost.
        """
        low = np.zeros(count, np.float32)
        high = np.zeros(count, np.float32)
        edges = np.linspace(start_s, end_s, count + 1)
        first = np.searchsorted(self._starts, edges[:-1], side="right") - 1
        stop = np.searchsorted(self._starts, edges[1:], side="left")
        if not len(self.values):
            return Columns(low, high, np.zeros(count, np.bool_))
        valid = (stop > 0) & (edges[:-1] < self._end)
        first = np.clip(first, 0, len(self.values) - 1)
        stop = np.maximum(stop, first + 1)
        if valid.any():
            begin, end = first[valid], stop[valid]
            low[valid] = self._reduce(np.minimum, self._low, self._block_low, begin, end)
            high[valid] = self._reduce(np.maximum, self._high, self._block_high, begin, end)
            valid &= low <= high
        return Columns(low, high, valid)

    def _reduce(
        self,
        take: np.ufunc,
        values: NDArray[np.float32],
        blocks: NDArray[np.float32],
        begin: NDArray[np.int64],
        end: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        if int(end[-1] - begin[0]) < _DENSE_ROWS * len(begin):
            return _ranges(take, values, begin, end)
        inner_first, inner_stop = -(-begin // _BLOCK), end // _BLOCK
        result: NDArray[np.float32] = _ranges(take, blocks, inner_first, inner_stop)
        head = _ranges(take, values, begin, np.minimum(inner_first * _BLOCK, end))
        tail = _ranges(take, values, np.maximum(inner_stop * _BLOCK, begin), end)
        return np.asarray(take(take(result, head), tail), np.float32)


def _told(
    values: NDArray[np.float32], told: NDArray[np.bool_], neutral: float
) -> NDArray[np.float32]:
    return np.where(told, values, np.float32(neutral)).astype(np.float32)


def _ranges(
    take: np.ufunc,
    values: NDArray[np.float32],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Reduce `values[begin[i]:end[i]]` for each i; empty ranges give the neutral infinity."""
    neutral = np.float32(np.inf if take is np.minimum else -np.inf)
    padded = np.append(values, neutral)
    pairs = np.empty(2 * len(begin), np.int64)
    pairs[0::2] = np.minimum(begin, len(values))
    pairs[1::2] = np.minimum(np.maximum(end, begin), len(values))
    reduced = take.reduceat(padded, pairs)[0::2]
    return np.where(pairs[0::2] < pairs[1::2], reduced, neutral).astype(np.float32)
