"""Decodes both files of a comparison ahead of the screen, in a thread of its own."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from core.compare.difference import fitted
from core.compare.quality import Lock, lock_of
from core.domain.errors import KnownError
from core.domain.title import Title
from core.jobs.progress import CancelToken
from core.media.frame import VideoFrame
from core.media.reader import VideoReader
from gui.bridge import GuiLane, explain
from gui.language import tr

Pixels = NDArray[np.uint8]

AHEAD = 10
"""So many pairs after the one on screen are made ready."""

_BEHIND = 3
_MOST_BYTES = 320 << 20
_READER_BYTES = 64 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """What both files show at one instant.

    Attributes:
        number: Of the first file's frame, from 0.
        seconds: When it shows, on the first file's time line.
        first: BGRA pixels.
        second: BGRA pixels of the same size; None where the second file shows nothing.
        second_s: When the second file's frame shows, on its own time line.
    """

    number: int
    seconds: float
    first: Pixels
    second: Pixels | None
    second_s: float | None

    @property
    def nbytes(self) -> int:
        """Bytes that it takes."""
        return self.first.nbytes + (self.second.nbytes if self.second is not None else 0)


@dataclass(frozen=True, slots=True)
class Opened:
    """What is known of the files once they are open.

    Attributes:
        times: When each frame of the first file shows, in seconds.
        end_s: When its last one goes.
    """

    times: tuple[float, ...]
    end_s: float


@dataclass(frozen=True, slots=True)
class _Key:
    """Which pair, as it was made."""

    number: int
    size: tuple[int, int]
    offset_s: float


class PairLane(QObject):
    """Keeps pairs in memory; the newest wish is served first, then what follows it.

    Signals:
        opened: An `Opened`.
        arrived: A `Pair` that was wished for.
        failed: A sentence and details.
    """

    opened = Signal(object)
    arrived = Signal(object)
    failed = Signal(str, str)

    def __init__(self, first: Title, second: Title, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = GuiLane("comparison", self)
        self._bench = _Bench(first, second)
        self._pairs: OrderedDict[_Key, Pair] = OrderedDict()
        self._bytes = 0
        self._wish: _Key | None = None
        self._told: _Key | None = None
        self._busy = True
        self._count = 0
        self._lane.submit(lambda _token: self._bench.open(), self._on_opened, self._on_failed)

    @property
    def idle(self) -> bool:
        """Whether nothing is being decoded."""
        return not self._busy

    def want(self, number: int, size: tuple[int, int], offset_s: float) -> Pair | None:
        """Ask for a pair; one that is in memory comes back at once."""
        self._wish = key = _Key(number, size, offset_s)
        found = self._pairs.get(key)
        self._told = key if found is not None else None
        self._next()
        return found

    def ready_ahead(self) -> int:
        """How many pairs after the one that was wished for are in memory."""
        if self._wish is None:
            return 0
        count = 0
        while replace(self._wish, number=self._wish.number + count + 1) in self._pairs:
            count += 1
        return count

    def close(self) -> None:
        """End the thread and let go of the files."""
        self._wish = None
        self._lane.drain()
        self._bench.close()
        self._lane.close()

    def _next(self) -> None:
        """Make the wish, else what comes after it."""
        if self._busy or self._wish is None:
            return
        wish = self._wish
        last = min(wish.number + AHEAD, self._count - 1)
        for number in range(wish.number, last + 1):
            key = replace(wish, number=number)
            if key not in self._pairs:
                self._busy = True
                self._lane.submit(
                    partial(self._bench.pair, key),
                    partial(self._on_made, key),
                    self._on_failed,
                )
                return

    def _on_opened(self, opened: Opened) -> None:
        self._busy = False
        self._count = len(opened.times)
        self.opened.emit(opened)
        self._next()

    def _on_made(self, key: _Key, made: Pair) -> None:
        self._busy = False
        self._pairs[key] = made
        self._bytes += made.nbytes
        self._forget()
        if key == self._wish and self._told != key:
            self._told = key
            self.arrived.emit(made)
        self._next()

    def _forget(self) -> None:
        """Let go of the oldest pairs that are not near the wish."""
        for key in list(self._pairs):
            if self._bytes <= _MOST_BYTES:
                return
            wish = self._wish
            near = wish is not None and key == replace(wish, number=key.number)
            if near and wish is not None and -_BEHIND <= key.number - wish.number <= AHEAD:
                continue
            self._bytes -= self._pairs.pop(key).nbytes

    def _on_failed(self, error: BaseException) -> None:
        self._busy = False
        self._wish = None
        self.failed.emit(*explain(error))


class _Bench:
    """Both readers; used in the lane's thread."""

    def __init__(self, first: Title, second: Title) -> None:
        self._titles = (first, second)
        self._readers: list[VideoReader] = []
        self._lock: Lock | None = None

    def open(self) -> Opened:
        """Open both files.

        Raises:
            KnownError: One cannot be read, or has no picture.
        """
        for title in self._titles:
            if not title.video:
                raise KnownError(tr("{name} has no picture to compare.", name=title.name))
            self._readers.append(
                VideoReader(title.path, title.video[0], behind_bytes=_READER_BYTES)
            )
        index = self._readers[0].index
        times = tuple((index.frame_pts * float(index.base)).tolist())
        return Opened(times, float(index.end * index.base))

    def pair(self, key: _Key, token: CancelToken) -> Pair:
        """Decode what both show."""
        first, second = self._readers
        frame = first.frame_at(int(first.index.frame_pts[key.number]))
        token.check()
        if self._lock is None or self._lock.offset_s != key.offset_s:
            self._lock = lock_of(second, key.offset_s)
        pixels = frame.bgra(*key.size)
        number = self._lock.number(frame.seconds)
        if number is None:
            return Pair(key.number, frame.seconds, pixels, None, None)
        partner = second.frame_at(int(second.index.frame_pts[number]))
        shape = self._titles[1].video[0].display_size
        return Pair(
            key.number, frame.seconds, pixels, _within(partner, shape, key.size), partner.seconds
        )

    def close(self) -> None:
        """Let go of both files."""
        for reader in self._readers:
            reader.close()
        self._readers.clear()


def _within(frame: VideoFrame, shape: tuple[int, int], size: tuple[int, int]) -> Pixels:
    """The second picture as large as fits into the first one's frame, its own shape kept."""
    scale = min(size[0] / shape[0], size[1] / shape[1])
    inner = min(round(shape[0] * scale), size[0]), min(round(shape[1] * scale), size[1])
    near = abs(inner[0] - size[0]) <= 1 and abs(inner[1] - size[1]) <= 1
    return fitted(frame.bgra(*(size if near else inner)), *size)
