"""The last hours of a channel on the disk, as it was received, so that a finding has its clip.

Packets are written into Matroska files of a few seconds that begin with a key picture. The oldest
are removed when the ring is older or larger than allowed, or the disk has too little room left.
Matroska keeps times to the millisecond; tests of detectors never read the ring.
"""

from __future__ import annotations

import errno
import shutil
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.error import FFmpegError, InvalidDataError
from av.packet import Packet
from av.stream import Stream as AvStream

from core.domain.errors import KnownError
from core.media.live.reader import LivePacket, LiveReader

SUFFIX = ".mkv"
_PREFIX = "ring-"
_LEAD = Fraction(60)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

Session = tuple[int, int]
"""Number of a connection, and of a clock within it."""


class RingError(KnownError):
    """The ring cannot be written now."""


@dataclass(frozen=True, slots=True)
class RingLimits:
    """How much is kept.

    Attributes:
        keep_s: Files older than this are removed.
        keep_bytes: So is the oldest while the ring is larger.
        free_bytes: So is the oldest while the disk has less room than this.
        segment_s: A new file begins at the first key picture after so long.
    """

    keep_s: float = 2 * 3600.0
    keep_bytes: int = 50 << 30
    free_bytes: int = 1 << 30
    segment_s: float = 4.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of the ring.

    Attributes:
        path: The file.
        session: Which connection and clock it is of; times of two have nothing in common.
        start: First time in it, in seconds of the stream's clock.
        end: Where the next file begins.
        shift: Seconds that were added to the stream's clock in the file.
        size: In bytes.
        written: When it was closed, on the wall clock.
    """

    path: Path
    session: Session
    start: Fraction
    end: Fraction
    shift: Fraction
    size: int
    written: float


class Ring:
    """Writes what is received; one thread feeds it, another may ask for segments.

    Args:
        folder: Of this channel alone; made when missing. Files of an earlier process that lie in
            it are removed in their turn.
        limits: How much is kept.
        free: Bytes that a disk has left.
        now: Wall clock in seconds.

    Raises:
        RingError: The folder cannot be made.
    """

    def __init__(
        self,
        folder: Path,
        limits: RingLimits,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._folder = folder
        self._limits = limits
        self._free = free
        self._now = now
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._segments = deque(_left_behind(folder))
        except OSError as error:
            raise RingError(f"The folder {folder} cannot hold a ring.", str(error)) from error
        self._connection = self._clock = 0
        self._reader: LiveReader | None = None
        self._open: _Writer | None = None
        self._number = 0
        self._stem = f"{_PREFIX}{int(now() * 1000):014d}"
        self.dropped = 0

    @property
    def session(self) -> Session:
        """What is written now."""
        return self._connection, self._clock

    @property
    def size(self) -> int:
        """Bytes of all closed files."""
        return sum(segment.size for segment in tuple(self._segments))

    def begin(self, reader: LiveReader) -> None:
        """Packets of a new connection follow.

        Raises:
            RingError: The disk is full or gone.
        """
        try:
            self.close()
        finally:
            self._connection += 1
            self._clock = 0
            self._reader = reader

    def take(self, item: LivePacket) -> None:
        """Keep a packet.

        Raises:
            RingError: The disk is full or gone; later packets may be taken again.
        """
        reader = self._reader
        if reader is None or item.at is None:
            return
        if item.clock != self._clock:
            if self._open is not None:
                self._end(self._open.reached)
            self._clock = item.clock
        starts = item.key and (item.is_picture or reader.video is None)
        if self._open is not None and starts and self._open.lasts(item.at, self._limits.segment_s):
            self._end(item.at)
        try:
            if self._open is None:
                if not starts:
                    return
                self.tidy()
                self._number += 1
                name = f"{self._stem}-{self._number:07d}{SUFFIX}"
                self._open = _Writer(self._folder / name, reader, item.at)
            self.dropped += not self._open.take(item)
        except (OSError, FFmpegError) as error:
            self._abandon()
            raise self._trouble(error) from error

    def close(self) -> None:
        """End the file that is being written.

        Raises:
            RingError: The disk is full or gone.
        """
        if self._open is not None:
            self._end(self._open.reached)
        self._reader = None

    def covering(self, session: Session, start: Fraction, end: Fraction) -> list[Segment]:
        """Closed files that hold a stretch, in order; maybe not all of it."""
        return [
            segment
            for segment in tuple(self._segments)
            if segment.session == session and segment.start < end and segment.end > start
        ]

    def reached(self, session: Session) -> Fraction | None:
        """Up to where a clock's times lie in closed files; None when nowhere."""
        ends = [s.end for s in tuple(self._segments) if s.session == session]
        return max(ends, default=None)

    def tidy(self) -> None:
        """Remove what is too old or too much.

        Raises:
            OSError: The folder cannot be read any more.
        """
        oldest = self._now() - self._limits.keep_s
        while self._segments and self._segments[0].written < oldest:
            self._remove_oldest()
        size = self.size
        while self._segments and (
            size > self._limits.keep_bytes or self._free(self._folder) < self._limits.free_bytes
        ):
            size -= self._segments[0].size
            self._remove_oldest()
        if self._free(self._folder) < self._limits.free_bytes:
            raise OSError(errno.ENOSPC, "too little room is left")

    def _remove_oldest(self) -> None:
        self._segments.popleft().path.unlink(missing_ok=True)

    def _end(self, end: Fraction) -> None:
        writer, self._open = self._open, None
        if writer is None:
            return
        try:
            writer.close()
            size = writer.path.stat().st_size
        except (OSError, FFmpegError) as error:
            writer.path.unlink(missing_ok=True)
            raise self._trouble(error) from error
        self._segments.append(
            Segment(writer.path, self.session, writer.start, end, writer.shift, size, self._now())
        )

    def _abandon(self) -> None:
        writer, self._open = self._open, None
        if writer is not None:
            writer.abandon()

    def _trouble(self, error: Exception) -> RingError:
        if getattr(error, "errno", None) in _NO_ROOM:
            return RingError(
                "The disk of the ring is full: findings have no clip until there is room.",
                str(error),
            )
        return RingError("The ring cannot be written: findings have no clip.", str(error))


class _Writer:
    """One file that is being written."""

    def __init__(self, path: Path, reader: LiveReader, start: Fraction) -> None:
        self.path = path
        self.start = self.reached = start
        # Far from zero, because what is coded ahead of the first picture must not be negative.
        self.shift = _LEAD - start
        self._container: OutputContainer = av.open(str(path), "w", format="matroska")
        self._streams: dict[int, AvStream] = {}
        self._last: dict[int, int] = {}
        try:
            for index in reader.indices:
                self._streams[index] = self._container.add_stream_from_template(
                    reader.stream(index), opaque=True
                )
        except BaseException:
            self.abandon()
            raise

    def lasts(self, at: Fraction, seconds: float) -> bool:
        return at - self.start >= Fraction(seconds) or at < self.start

    def take(self, item: LivePacket) -> bool:
        """Write a copy of a packet; False when it makes no sense here."""
        packet = shifted_copy(item.packet, self._streams[item.stream], self.shift)
        if not in_order(packet, item.stream, self._last):
            return False
        try:
            self._container.mux_one(packet)
        except InvalidDataError:
            return False  # Damaged on its way: this one packet cannot be kept.
        if item.at is not None:
            self.reached = max(self.reached, item.at)
        return True

    def close(self) -> None:
        self._container.close()

    def abandon(self) -> None:
        with suppress(OSError, FFmpegError):  # It is removed.
            self._container.close()
        self.path.unlink(missing_ok=True)


def shifted_copy(packet: Packet[AvStream], target: AvStream, shift: Fraction) -> Packet[AvStream]:
    """A packet for another container, some seconds later.

    Args:
        packet: Stays as it is.
        target: The stream that the copy goes to.
        shift: Seconds.
    """
    base = Fraction(packet.time_base or 1)
    ticks = round(shift / base)
    copy: Packet[AvStream] = Packet(bytes(packet))
    copy.time_base = base
    pts, dts = packet.pts, packet.dts
    copy.pts = None if pts is None else pts + ticks
    copy.dts = None if dts is None else dts + ticks
    copy.duration = packet.duration or 0
    copy.is_keyframe = bool(packet.is_keyframe)
    copy.stream = target
    return copy


def in_order(packet: Packet[AvStream], stream: int, last: dict[int, int]) -> bool:
    """Make a packet's decoding time follow that of the one before, as writers demand.

    Matroska keeps no decoding times, and what FFmpeg makes of them at the start of a file may be
    missing or out of order.

    Args:
        packet: Its decoding time is changed where it must be.
        stream: Of the packet.
        last: The newest decoding time by stream, kept up.

    Returns:
        False for a packet that cannot be written: it would be shown before it is decoded.
    """
    pts, dts = packet.pts, packet.dts
    if dts is None:
        dts = pts
    if dts is None:
        return False
    if stream in last and dts <= last[stream]:
        dts = last[stream] + 1
    if pts is not None and dts > pts:
        return False
    packet.dts = last[stream] = dts
    return True


def _left_behind(folder: Path) -> list[Segment]:
    """Files of an earlier process, oldest first; they are no source of clips any more."""
    nothing = Fraction(0)
    found = [(path, path.stat()) for path in sorted(folder.glob(f"{_PREFIX}*{SUFFIX}"))]
    return [
        Segment(path, (0, 0), nothing, nothing, nothing, stat.st_size, stat.st_mtime)
        for path, stat in found
    ]
