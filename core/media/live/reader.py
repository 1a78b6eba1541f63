"""One connection to a live stream: packets with time stamps that go on, and when each arrived.

A peer that says nothing is given up after a time limit, in opening as in reading: FFmpeg asks an
interrupt callback whenever it would block.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import av
from av.container import InputContainer
from av.error import FFmpegError, ProtocolNotFoundError
from av.packet import Packet
from av.stream import Stream as AvStream

from core.domain.channel import without_credentials
from core.domain.errors import KnownError
from core.domain.title import VideoStream
from core.media.live.source import LiveSource, UnsupportedSourceError
from core.media.live.stamp import CLOCK, Unwrapper
from core.media.probe import streams_in
from core.media.source import MOST_PIXELS

LEAP_S = 1
"""A stream whose packets lie further apart than this has a hole, or another clock."""

_UNCOMPRESSED = frozenset({"rawvideo", "wrapped_avframe", "bmp", "v210"})
_STRANGE_S = 5
_MOST_SOUNDS = 4
_ANALYSE_US = "3000000"
_WRAPS = frozenset({"mpegts", "hls", "hls,applehttp", "applehttp"})


class LostError(KnownError):
    """The stream cannot be reached or read now; it may come back."""


@dataclass(frozen=True, slots=True, eq=False)
class LivePacket:
    """A packet as it came.

    Attributes:
        packet: With time stamps that do not wrap.
        stream: Container index.
        at: When its content is decoded, in seconds of the stream's own clock; None without stamps.
        arrived: When it was here, on the monotonic clock.
        key: A decoder may start with it.
        is_picture: It belongs to the picture stream.
        clock: Counts how often the clock of this connection leapt or began anew; times of two
            clocks have nothing in common.
    """

    packet: Packet[Any]
    stream: int
    at: Fraction | None
    arrived: float
    key: bool
    is_picture: bool
    clock: int = 0


class LiveReader:
    """Reads from one connection. Made by `LiveReader.open`; one thread uses it.

    Attributes:
        video: The picture stream, None without one.
        audio: Sound streams, at most four.
        kind: FFmpeg's name of the container.
        ends: The source says how long it is: it is no live stream, and its end is no fault.
        notes: Sentences about streams that are left out.
    """

    def __init__(self, container: InputContainer, source: LiveSource) -> None:
        self._container = container
        self._source = source
        self.kind = container.format.name
        self.ends = bool(container.duration) and not source.is_capture
        self.notes: list[str] = []
        video, audio, _ = streams_in(container, self.notes)
        self.video: VideoStream | None = replace(video[0], duration_pts=0) if video else None
        self.audio = tuple(replace(sound, duration_pts=0) for sound in audio[:_MOST_SOUNDS])
        self._unwrapper = Unwrapper() if self.kind in _WRAPS else None
        self._clock = 0
        self._anchor: Fraction | None = None
        self._reached: dict[int, Fraction] = {}

    @classmethod
    def open(cls, source: LiveSource, timeout_s: float) -> LiveReader:
        """Connect.

        Args:
            source: What to open.
            timeout_s: How long the peer may say nothing.

        Raises:
            UnsupportedSourceError: This build of FFmpeg knows no such protocol.
            LostError: It cannot be opened now, or holds no picture or sound.
        """
        options = {"analyzeduration": _ANALYSE_US, **source.options}
        try:
            container = av.open(
                source.url,
                format=source.format,
                options=dict(options),
                timeout=(timeout_s * 2, timeout_s),
                metadata_errors="replace",
            )
        except ProtocolNotFoundError as error:
            scheme = source.url.partition(":")[0]
            raise UnsupportedSourceError(
                f"This build of FFmpeg does not speak {scheme.upper()}.",
                without_credentials(str(error), source.url),
            ) from None
        except (FFmpegError, OSError) as error:
            raise LostError(
                f"{source.shown} cannot be opened.", without_credentials(str(error), source.url)
            ) from None
        try:
            reader = cls(container, source)
            if reader.video is None and not reader.audio:
                raise LostError(f"{source.shown} holds no picture or sound that can be decoded.")
        except BaseException:
            container.close()
            raise
        for stream in container.streams.video:
            if stream.codec_context is not None:
                stream.codec_context.options = {"max_pixels": str(MOST_PIXELS)}
                stream.thread_type = "NONE"
        return reader

    @property
    def indices(self) -> tuple[int, ...]:
        """Container indices of the streams that are read, pictures first."""
        video = (self.video.index,) if self.video is not None else ()
        return (*video, *(sound.index for sound in self.audio))

    @property
    def is_uncompressed(self) -> bool:
        """Pictures come as a device gives them: far too much to keep."""
        return self.video is not None and self.video.codec in _UNCOMPRESSED

    def stream(self, index: int) -> AvStream:
        """FFmpeg's own view of a stream, for decoders and writers."""
        return self._container.streams[index]

    def packets(self) -> Iterator[LivePacket]:
        """Packets as they come, without an end as a rule.

        Raises:
            LostError: The peer is gone or says nothing any more.
        """
        wanted = [self._container.streams[index] for index in self.indices]
        try:
            for packet in self._container.demux(wanted):
                if packet.size and (item := self._placed(packet)) is not None:
                    yield item
        except (FFmpegError, OSError) as error:
            raise LostError(
                f"{self._source.shown} was lost.", without_credentials(str(error), self._source.url)
            ) from None

    def close(self) -> None:
        """Disconnect."""
        self._container.close()

    def _placed(self, packet: Packet[Any]) -> LivePacket | None:
        """A packet with its time; None for what a splice left of another clock."""
        base = Fraction(packet.time_base or 1)
        if self._unwrapper is not None and base == CLOCK:
            if packet.dts is not None:
                packet.dts = self._unwrapper.take(packet.dts)
            if packet.pts is not None:
                packet.pts = self._unwrapper.take(packet.pts)
        stamp = packet.dts if packet.dts is not None else packet.pts
        at = None if stamp is None else stamp * base
        if at is not None and not self._follow(packet.stream_index, at):
            return None
        picture = self.video is not None and packet.stream_index == self.video.index
        return LivePacket(
            packet,
            packet.stream_index,
            at,
            time.monotonic(),
            bool(packet.is_keyframe),
            picture,
            self._clock,
        )

    def _follow(self, stream: int, at: Fraction) -> bool:
        """Notice where the clock leaps; False for a packet of the clock before."""
        before = self._reached.get(stream)
        if before is not None and abs(at - before) > LEAP_S:
            self._clock += 1
            self._reached.clear()
            self._anchor = at
        elif before is None and self._anchor is not None and abs(at - self._anchor) > _STRANGE_S:
            return False
        elif self._anchor is None:
            self._anchor = at
        self._reached[stream] = at
        return True
