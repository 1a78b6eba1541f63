"""Exact access to the pictures of one stream, by time stamp."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType

import av
import numpy as np
from av.error import FFmpegError

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.title import VideoStream
from core.media.frame import VideoFrame
from core.media.packet_cursor import PacketCursor
from core.media.packet_index import PacketIndex

DEFAULT_BEHIND_BYTES = 256 << 20


class VideoReader:
    """Reads pictures of one stream, each exactly the one that sequential decoding gives.

    Not for use by two threads at once. Pictures already passed are kept, up to a limit, so that
    stepping back within a GOP costs nothing.

    Args:
        path: The file.
        stream: Which stream, as probed.
        index: The packet index, when it was built before.
        behind_bytes: Limit of what is kept.

    Raises:
        KnownError: The file cannot be read or holds no pictures.
    """

    def __init__(
        self,
        path: Path,
        stream: VideoStream,
        index: PacketIndex | None = None,
        behind_bytes: int = DEFAULT_BEHIND_BYTES,
    ) -> None:
        self.path = path
        self.stream = stream
        self.index = index or PacketIndex.build(path, stream.index)
        self._behind_bytes = behind_bytes
        self._behind: OrderedDict[int, VideoFrame] = OrderedDict()
        self._held = 0
        self._cursor = PacketCursor(path, self.index)
        self._ready: deque[av.VideoFrame] = deque()
        self._drained = False
        self._decoded: int | None = None
        self._ignore_before: int | None = None
        self._current: int | None = None

    def __enter__(self) -> VideoReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file and the pictures that are kept."""
        self._cursor.close()
        self._behind.clear()
        self._ready.clear()
        self._held = 0

    @property
    def base(self) -> Fraction:
        """Seconds per PTS unit."""
        return self.index.base

    @property
    def current(self) -> int | None:
        """Time of the picture given last."""
        return self._current

    def frame_at(self, pts: int) -> VideoFrame:
        """The picture on screen at `pts`: the last that starts no later; else the first of all.

        Raises:
            KnownError: Not one picture can be decoded there or before.
        """
        frame = self._fetch(self.index.floor(pts))
        if frame is None:
            # Nothing at or before it decodes, so the first that does stands in.
            frame = self._first_decodable(pts)
        self._current = frame.pts
        return frame

    def next_frame(self) -> VideoFrame | None:
        """The picture after the one given last (the first when none was), or None at the end."""
        if self._current is None:
            return self.frame_at(int(self.index.frame_pts[0]))
        target = self.index.after(self._current)
        while target is not None:
            frame = self._fetch(target)
            if frame is not None and frame.pts > self._current:
                self._current = frame.pts
                return frame
            target = self.index.after(target)
        return None

    def previous_frame(self) -> VideoFrame | None:
        """The picture before the one given last, or None at the beginning."""
        if self._current is None:
            return None
        target = self.index.before(self._current)
        while target is not None:
            frame = self._fetch(target)
            if frame is None:
                return None
            if frame.pts < self._current:
                self._current = frame.pts
                return frame
            target = self.index.before(min(frame.pts, target))
        return None

    def frames(self, span: Span | None = None) -> Iterator[VideoFrame]:
        """Pictures that start within `span`, in order; all of them by default."""
        first, end = int(self.index.frame_pts[0]), self.index.end
        if span is not None:
            here = span.to(self.base)
            first, end = here.start, here.end
        frame: VideoFrame | None = self.frame_at(first)
        while frame is not None and frame.pts < end:
            if frame.pts >= first:
                yield frame
            frame = self.next_frame()

    def _fetch(self, target: int) -> VideoFrame | None:
        """The picture at `target`, or the last before it that the decoder gives, or None."""
        kept = self._behind.get(target)
        if kept is not None:
            return kept
        start = self.index.start_for(target)
        if not self._can_go_on(start, target):
            self._restart(start)
        while True:
            frame, early = self._decode_to(target)
            if frame is not None and frame.pts == target:
                return frame
            # It is missing or, in an open GOP, was lost by starting here: start one key earlier.
            if self._origin == 0:
                return early
            self._restart(self._earlier_start(self._origin))

    def _can_go_on(self, start: int, target: int) -> bool:
        over = self._drained and not self._ready
        if self._decoded is None or over or self._decoded >= target:
            return False
        return self._origin >= start or self._cursor.number > start

    def _earlier_start(self, origin: int) -> int:
        keys = self.index.starts
        before = keys[keys < origin]
        return int(before.max()) if len(before) else 0

    def _restart(self, start: int) -> None:
        self._cursor.move(start)
        self._ready.clear()
        self._drained = False
        self._decoded = None
        self._origin = start
        stamp = int(self.index.pts[start])
        self._ignore_before = stamp if start > 0 else None

    def _decode_to(self, target: int) -> tuple[VideoFrame | None, VideoFrame | None]:
        """Decode on until `target` is reached.

        Returns:
            The first picture at or after `target`, and the last before it in this stretch.
        """
        early = self._behind.get(self._decoded) if self._decoded is not None else None
        while (frame := self._decode_one()) is not None:
            if frame.pts >= target:
                return frame, early
            early = frame
        return None, early

    def _decode_one(self) -> VideoFrame | None:
        while True:
            while self._ready:
                frame = self._stamped(self._ready.popleft())
                if frame is not None:
                    return frame
            if self._drained:
                return None
            packet = self._cursor.next_packet()
            self._drained = packet is None
            # Damage costs the pictures concerned; a viewer goes on with the next.
            with suppress(FFmpegError):
                self._ready.extend(self._cursor.context.decode(packet))

    def _stamped(self, raw: av.VideoFrame) -> VideoFrame | None:
        pts = picture_time(self.index, raw)
        too_early = self._ignore_before is not None and pts is not None
        if pts is None or (too_early and pts < (self._ignore_before or 0)):
            return None
        if self._decoded is not None and pts <= self._decoded:
            return None
        self._decoded = pts
        frame = VideoFrame(
            raw,
            stream=self.stream.index,
            pts=pts,
            end_pts=self.index.end_of(pts),
            base=self.index.base,
            rotation=self.stream.rotation,
        )
        self._keep(frame)
        return frame

    def _keep(self, frame: VideoFrame) -> None:
        replaced = self._behind.pop(frame.pts, None)
        self._held += frame.nbytes - (replaced.nbytes if replaced else 0)
        self._behind[frame.pts] = frame
        while self._held > self._behind_bytes and len(self._behind) > 1:
            self._held -= self._behind.popitem(last=False)[1].nbytes

    def _first_decodable(self, pts: int) -> VideoFrame:
        self._restart(0)
        self._ignore_before = None
        frame = self._decode_one()
        if frame is None:
            raise KnownError(
                f"No picture of {self.path.name} can be decoded.", f"stream {self.index.stream}"
            )
        while frame.pts < pts and (following := self._decode_one()) is not None:
            if following.pts > pts:
                break
            frame = following
        return frame


def picture_time(index: PacketIndex, raw: av.VideoFrame) -> int | None:
    """When a decoded picture shows; None when nothing says so."""
    if not index.counted:
        return raw.pts if raw.pts is not None else raw.dts
    number = raw.pts
    if number is None or not 0 <= number < len(index):
        return None
    pts = int(index.pts[number])
    return None if pts == np.iinfo(np.int64).min else pts
