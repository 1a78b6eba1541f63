"""A bounded store of pictures around the playhead, shared between threads."""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from core.domain.time import Span


class Sized(Protocol):
    """Anything that says how many bytes it holds: an array, a `VideoFrame`."""

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        ...


T = TypeVar("T", bound=Sized)


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    end: int
    item: T


class FrameCache(Generic[T]):
    """Keeps pictures by PTS, at most `max_bytes` of them; may be used from any thread.

    When it is full the picture farthest from the focus goes first. Pictures behind the focus
    count as `behind_weight` times as far, so that a share of the room stays for stepping back
    (read-behind) and the rest for what comes next.

    Args:
        max_bytes: Limit; a single larger picture is not kept.
        base: Seconds per PTS unit, for `cached_spans`.
        behind_weight: How much farther pictures behind the focus count.
    """

    def __init__(
        self, max_bytes: int, base: Fraction = Fraction(1), behind_weight: int = 2
    ) -> None:
        self.max_bytes = max_bytes
        self.base = base
        self._behind_weight = behind_weight
        self._lock = threading.Lock()
        self._entries: dict[int, _Entry[T]] = {}
        self._order: list[int] = []
        self._bytes = 0
        self._focus = 0

    def __len__(self) -> int:
        with self._lock:
            return len(self._order)

    @property
    def nbytes(self) -> int:
        """Bytes held now; never above `max_bytes`."""
        with self._lock:
            return self._bytes

    def set_focus(self, pts: int) -> None:
        """Say where the playhead is."""
        with self._lock:
            self._focus = pts

    def put(self, pts: int, end_pts: int, item: T) -> bool:
        """Keep a picture that shows in `[pts, end_pts)`.

        Returns:
            Whether it was kept; False when everything held is nearer to the focus.
        """
        size = item.nbytes
        with self._lock:
            if size > self.max_bytes:
                return False
            self._drop(pts)
            self._entries[pts] = _Entry(end_pts, item)
            insort(self._order, pts)
            self._bytes += size
            while self._bytes > self.max_bytes:
                self._drop(self._farthest())
            return pts in self._entries

    def get(self, pts: int) -> T | None:
        """The picture whose PTS is exactly `pts`, or None."""
        with self._lock:
            entry = self._entries.get(pts)
            return entry.item if entry else None

    def at(self, pts: int) -> T | None:
        """The picture on screen at `pts`, or None when it is not held."""
        with self._lock:
            place = bisect_right(self._order, pts) - 1
            if place < 0:
                return None
            entry = self._entries[self._order[place]]
            return entry.item if pts < entry.end else None

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._entries.clear()
            self._order.clear()
            self._bytes = 0

    def cached_spans(self) -> tuple[Span, ...]:
        """What is held, in order, touching pictures joined; for drawing."""
        with self._lock:
            ranges = [(pts, self._entries[pts].end) for pts in self._order]
        spans: list[Span] = []
        for start, end in ranges:
            if spans and start <= spans[-1].end:
                spans[-1] = Span(spans[-1].start, max(end, spans[-1].end), self.base)
            else:
                spans.append(Span(start, max(end, start), self.base))
        return tuple(spans)

    def _farthest(self) -> int:
        first, last = self._order[0], self._order[-1]
        behind = (self._focus - first) * self._behind_weight
        return first if behind > last - self._focus else last

    def _drop(self, pts: int) -> None:
        entry = self._entries.pop(pts, None)
        if entry is not None:
            self._bytes -= entry.item.nbytes
            del self._order[bisect_left(self._order, pts)]
