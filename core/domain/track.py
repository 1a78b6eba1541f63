"""A track: what a detector measured, one row a frame or block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.domain.time import Span


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Metrics of one detector on one stream.

    Row i covers `[pts[i], pts[i + 1])`, the last row `[pts[-1], end)`.

    Attributes:
        detector: Detector id.
        stream: Container index of the stream that was measured.
        base: Seconds per PTS unit.
        pts: int64, shape (n,), strictly increasing.
        end: First PTS after the last row; of a track without rows, up to where it was measured,
            or 0.
        metrics: float32 arrays of shape (n,) by metric name; never NaN.
        maps: uint8, shape (n, rows, columns): where in the picture, as `core.domain.heat` says;
            None when the detector makes none, they were not asked for, or there are no rows.
        begins: The title begins with it; False for a stretch of a stream that was there before.
        ends: The title ends with it; False while a stream goes on.
    """

    detector: str
    stream: int
    base: Fraction
    pts: NDArray[np.int64]
    end: int
    metrics: Mapping[str, NDArray[np.float32]]
    maps: NDArray[np.uint8] | None = None
    begins: bool = True
    ends: bool = True
    # Rules ask for seconds once a claim; anew each time, a long track costs seconds of work.
    _starts_s: NDArray[np.float64] | None = field(default=None, init=False, repr=False)
    _ends_s: NDArray[np.float64] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.pts.ndim != 1 or self.pts.dtype != np.int64:
            raise ValueError("pts must be a flat int64 array")
        if len(self.pts) and (np.any(np.diff(self.pts) <= 0) or self.end <= self.pts[-1]):
            raise ValueError(f"track of {self.detector}: pts must increase and lie before the end")
        for name, values in self.metrics.items():
            if values.shape != self.pts.shape:
                raise ValueError(f"metric {name} has {values.shape}, pts {self.pts.shape}")
        maps = self.maps
        if maps is not None and (
            maps.ndim != 3 or maps.dtype != np.uint8 or len(maps) != len(self.pts)
        ):
            raise ValueError(f"maps are {maps.dtype} {maps.shape}, pts {self.pts.shape}")

    def __len__(self) -> int:
        return len(self.pts)

    @property
    def starts_s(self) -> NDArray[np.float64]:
        """Start of each row in seconds, for display and rules; not to be written to."""
        if self._starts_s is None:
            object.__setattr__(self, "_starts_s", _seconds(self.pts, self.base))
        assert self._starts_s is not None
        return self._starts_s

    @property
    def ends_s(self) -> NDArray[np.float64]:
        """End of each row in seconds; not to be written to."""
        if self._ends_s is None:
            pts = np.append(self.pts[1:], self.end) if len(self.pts) else self.pts
            object.__setattr__(self, "_ends_s", _seconds(pts, self.base))
        assert self._ends_s is not None
        return self._ends_s

    def piece(self, first: int, stop: int, end: int | None = None) -> Track:
        """Rows `first` to `stop` (exclusive) as a track that shares their memory.

        Args:
            first: Index of the first row, 0..n.
            stop: Index after the last one.
            end: End of the piece; None is where its last row ends, or 0 without rows.
        """
        if end is None:
            end = self.span(first, stop - 1).end if first < stop else 0
        return Track(
            self.detector,
            self.stream,
            self.base,
            self.pts[first:stop],
            end,
            {name: values[first:stop] for name, values in self.metrics.items()},
            None if self.maps is None else self.maps[first:stop],
        )

    def span(self, first: int, last: int) -> Span:
        """The stretch that rows `first` to `last` (inclusive) cover."""
        stop = int(self.pts[last + 1]) if last + 1 < len(self.pts) else self.end
        return Span(int(self.pts[first]), stop, self.base)


def _seconds(pts: NDArray[np.int64], base: Fraction) -> NDArray[np.float64]:
    seconds = pts.astype(np.float64) * float(base)
    seconds.flags.writeable = False
    return seconds


def empty_track(
    detector: str, stream: int, base: Fraction, metrics: Sequence[str], end: int = 0
) -> Track:
    """A track without rows."""
    none = np.zeros(0, np.float32)
    return Track(detector, stream, base, np.zeros(0, np.int64), end, dict.fromkeys(metrics, none))


def join_tracks(parts: Sequence[Track]) -> Track:
    """Join tracks of consecutive pieces of one title into one.

    Rows that an earlier piece already holds are dropped from the later one. A piece without rows
    says how far its detector came, which looks only now and then, and needs no maps.

    Raises:
        ValueError: No parts, or parts of different detectors, streams, bases, metrics or maps.
    """
    if not parts:
        raise ValueError("nothing to join")
    first = parts[0]
    keys = {(p.detector, p.stream, p.base, tuple(p.metrics)) for p in parts}
    if len(keys) > 1:
        raise ValueError(f"tracks do not belong together: {sorted(map(str, keys))}")
    shapes = {None if p.maps is None else p.maps.shape[1:] for p in parts if len(p)}
    if len(shapes) > 1:
        raise ValueError(f"maps do not belong together: {sorted(map(str, shapes))}")
    kept: list[tuple[Track, int]] = []
    last = None
    for part in sorted((p for p in parts if len(p)), key=lambda p: int(p.pts[0])):
        begin = 0 if last is None else int(np.searchsorted(part.pts, last, side="right"))
        if begin < len(part):
            kept.append((part, begin))
            last = int(part.pts[-1])
    end = max(part.end for part in parts)
    if not kept:
        return empty_track(first.detector, first.stream, first.base, tuple(first.metrics), end)
    return Track(
        first.detector,
        first.stream,
        first.base,
        np.concatenate([part.pts[begin:] for part, begin in kept]),
        end,
        {
            name: np.concatenate([part.metrics[name][begin:] for part, begin in kept])
            for name in first.metrics
        },
        _joined_maps(kept),
    )


def _joined_maps(kept: Sequence[tuple[Track, int]]) -> NDArray[np.uint8] | None:
    maps = [part.maps[begin:] for part, begin in kept if part.maps is not None]
    return np.concatenate(maps) if maps else None
