"""Frames by their number in order of presentation, with what was decoded kept in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.domain.time import Span
from core.domain.title import AudioStream, Title, VideoStream
from core.media.audio import AudioReader
from core.media.frame_cache import FrameCache
from core.media.packet_index import PacketIndex
from core.media.reader import VideoReader
from gui.player.sound_thread import SoundReader

_SEQUENTIAL = 10
_USABLE_SHARE = 0.8
_READER_BYTES = 32 << 20
_SAME_S = 1e-9


class Frame(Protocol):
    """One decoded frame; `core.media.frame.VideoFrame` is one."""

    @property
    def pts(self) -> int:
        """PTS in units of `base`."""

    @property
    def base(self) -> Fraction:
        """Seconds per PTS unit."""

    @property
    def end_pts(self) -> int:
        """PTS at which it goes."""

    @property
    def key(self) -> bool:
        """Whether it is a key frame."""

    @property
    def corrupt(self) -> bool:
        """Whether the decoder says that it is damaged."""

    def bgra(self, width: int, height: int) -> NDArray[np.uint8]:
        """Scaled for the screen: uint8, shape (height, width, 4)."""

    @property
    def nbytes(self) -> int:
        """Bytes that it takes in memory."""


class FrameReader(Protocol):
    """What a source needs of `core.media.reader.VideoReader`."""

    def frame_at(self, pts: int) -> Frame:
        """The frame on screen at `pts`."""

    def next_frame(self) -> Frame | None:
        """The frame after the one given last, or None."""

    def close(self) -> None:
        """Let go of the file."""


class FrameSource:
    """Exact frames of one picture stream. Used by the decode thread; its tables by everybody.

    Numbers count frames in order of presentation from 0; they come from the time stamps of the
    packets, never from a rate.

    Args:
        reader: Decodes.
        pts: PTS of all frames, increasing.
        keys: PTS of the frames that a decoder may start at, increasing.
        end_pts: When the last frame ends.
        base: Seconds per PTS unit.
        cache_bytes: Most memory for decoded frames.
        index: The packets it was made from, for others who read the same stream.
    """

    def __init__(
        self,
        reader: FrameReader,
        pts: Sequence[int],
        keys: Sequence[int],
        end_pts: int,
        base: Fraction,
        cache_bytes: int,
        index: PacketIndex | None = None,
    ) -> None:
        self._reader = reader
        self.index = index
        self.pts = list(pts)
        self.base = base
        self.end_s = float(end_pts * base)
        self._end_pts = end_pts
        self._times = [float(stamp * base) for stamp in self.pts]
        self._keys = [self.number_of(key) for key in keys] or [0]
        self._cache: FrameCache[Frame] = FrameCache(cache_bytes, base)
        self._at: int | None = None
        self._frame_bytes = 1

    def close(self) -> None:
        """Let go of file and frames."""
        self._reader.close()
        self._cache.clear()

    # Tables, safe from every thread

    def number_of(self, pts: int) -> int:
        """Number of the frame on screen at `pts`; the first one before the start."""
        return max(bisect_right(self.pts, pts) - 1, 0)

    def number_at(self, seconds: float) -> int:
        """Number of the frame on screen at `seconds`."""
        return max(bisect_right(self._times, seconds + _SAME_S) - 1, 0)

    def time_s(self, number: int) -> float:
        """When a frame appears, in seconds."""
        return self._times[number]

    def decode_from(self, number: int) -> int:
        """Number of the key frame from which a frame is decoded."""
        return self._keys[max(bisect_right(self._keys, number) - 1, 0)]

    # Frames, for the decode thread

    def is_costly(self, number: int) -> bool:
        """Whether fetching this frame takes more than decoding a few."""
        if self._cache.get(self.pts[number]) is not None:
            return False
        return self._at is None or not self._at < number <= self._at + _SEQUENTIAL

    def most_frames(self) -> int:
        """How many decoded frames fit into memory."""
        return max(int(self._cache.max_bytes * _USABLE_SHARE) // self._frame_bytes, 2)

    def frame(self, number: int, check: Callable[[], None]) -> Frame:
        """Fetch a frame.

        Args:
            number: Which; a frame that cannot be decoded is stood in for by the one before.
            check: Called between decoded frames; what it raises ends the search.

        Raises:
            KnownError: Nothing can be decoded there.
        """
        self._cache.set_focus(self.pts[number])
        kept = self._cache.get(self.pts[number])
        if kept is not None:
            return kept
        start = self.decode_from(number)
        goes_on = self._at is not None and start - _SEQUENTIAL <= self._at < number
        frame: Frame | None = None
        if goes_on and self._at is not None:
            frame = self._cache.get(self.pts[self._at])
        else:
            frame = self._reader.frame_at(self.pts[start])
            self._passed(frame)
        before = frame
        while self._at is not None and self._at < number:
            check()
            following = self._reader.next_frame()
            if following is None:
                break
            before, frame = frame, following
            self._passed(following)
        if frame is not None and self._at == number:
            return frame
        standing_in = before if self._at is not None and self._at > number else frame
        if standing_in is None:
            standing_in = self._reader.frame_at(self.pts[number])
            self._at = self.number_of(standing_in.pts)
        self._keep(number, standing_in)
        return standing_in

    def _passed(self, frame: Frame) -> None:
        self._at = self.number_of(frame.pts)
        self._keep(self._at, frame)

    def _keep(self, number: int, frame: Frame) -> None:
        last = number + 1 >= len(self.pts)
        end = self._end_pts if last else self.pts[number + 1]
        self._frame_bytes = max(frame.nbytes, 1)
        self._cache.put(self.pts[number], max(end, self.pts[number]), frame)

    def cached_spans(self) -> tuple[Span, ...]:
        """The stretches whose frames are in memory, in order."""
        return self._cache.cached_spans()


def open_frames(title: Title, stream: VideoStream, cache_bytes: int) -> FrameSource:
    """Open a picture stream; reads the whole file's packets once.

    Raises:
        KnownError: The file cannot be read.
    """
    reader = VideoReader(title.path, stream, behind_bytes=min(_READER_BYTES, cache_bytes))
    index = reader.index
    return FrameSource(
        reader,
        index.frame_pts.tolist(),
        index.pts[index.starts].tolist(),
        index.end,
        index.base,
        cache_bytes,
        index,
    )


def open_sound(title: Title, stream: AudioStream) -> SoundReader:
    """Open a sound stream.

    Raises:
        KnownError: The file cannot be read.
    """
    return AudioReader(title.path, stream)
