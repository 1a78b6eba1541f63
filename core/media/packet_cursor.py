"""A place among the packets of one picture stream that can be moved to any of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from core.media.encoder_note import tell_encoder
from core.media.packet_index import NO_PTS, PacketIndex
from core.media.source import open_container, packets_of, require_whole, stream_of

_NEAR_PACKETS = 64
_TRIES = 4


class PacketCursor:
    """Gives packets in decode order and jumps to a packet by its number in the index.

    A container's own seeking lands only near a place, and on some formats nowhere useful; where
    it landed is therefore checked against the index, and the rest of the way is walked.

    Args:
        path: The file.
        index: Its packets.
        thread_type: FFmpeg's threading of the decoder: `AUTO`, `SLICE`, `FRAME` or `NONE`.
    """

    def __init__(self, path: Path, index: PacketIndex, thread_type: str = "AUTO") -> None:
        self._path = path
        self._index = index
        self._thread_type = thread_type
        self._container: InputContainer | None = None
        self._pending: Packet[av.VideoStream] | None = None
        self._ended = False
        self.number = 0
        self._open()
        self._size_bytes = path.stat().st_size

    def close(self) -> None:
        """Release the file."""
        if self._container is not None:
            self._container.close()
            self._container = None

    @property
    def context(self) -> VideoCodecContext:
        """The decoder that belongs to the stream."""
        return self._stream.codec_context

    def next_packet(self) -> Packet[av.VideoStream] | None:
        """The packet with number `number`, which then grows by one; None at the end."""
        packet = self._read()
        if packet is not None:
            if self._index.counted:
                packet.pts = packet.dts = self.number
            self.number += 1
        return packet

    def move(self, number: int) -> None:
        """Make packet `number` the next one, with an empty decoder."""
        ahead = number - self.number
        if not self._ended and 0 <= ahead <= _NEAR_PACKETS:
            self.context.flush_buffers()
            self._skip_to(number)
            return
        if number == 0 or not self._seek(number):
            self._open()
            self._skip_to(number)

    def _open(self) -> None:
        self.close()
        self._container = open_container(self._path)
        self._stream = stream_of(self._container, self._index.stream, av.VideoStream, self._path)
        self._stream.thread_type = self._thread_type
        tell_encoder(self._stream.codec_context, self._path, self._index.stream)
        self._packets: Iterator[Packet[av.VideoStream]] = packets_of(self._container, self._stream)
        self._pending, self._ended = None, False
        self.number = 0

    def _read(self) -> Packet[av.VideoStream] | None:
        if self._pending is not None:
            packet, self._pending = self._pending, None
            return packet
        while not self._ended:
            try:
                packet = next(self._packets)
            except (StopIteration, FFmpegError):
                if self.number < len(self._index):
                    require_whole(self._path, self._size_bytes)
                break
            if packet.size:
                return packet
        self._ended = True
        return None

    def _skip_to(self, number: int) -> None:
        while self.number < number and self._read() is not None:
            self.number += 1

    def _seek(self, number: int) -> bool:
        """Let the container jump to or before packet `number`, then walk; False when it cannot."""
        assert self._container is not None
        index = self._index
        start = number
        for _ in range(_TRIES):
            stamp = index.dts[start] if index.dts[start] != NO_PTS else index.pts[start]
            if stamp == NO_PTS:
                return False
            try:
                self._container.seek(int(stamp), stream=self._stream)
            except FFmpegError:
                return False
            self._packets = packets_of(self._container, self._stream)
            self._pending, self._ended = None, False
            found = self._locate(number)
            if found is not None:
                self._skip_to(number)
                return True
            earlier = index.starts[index.starts < start]
            if not len(earlier):
                return False
            start = int(earlier.max())
        return False

    def _locate(self, number: int) -> int | None:
        """Read up to the first packet that the index knows; its number if not past `number`."""
        for _ in range(_NEAR_PACKETS):
            packet = self._read()
            if packet is None:
                return None
            found = self._number_of(packet)
            if found is not None:
                if found > number:
                    return None
                self._pending, self.number = packet, found
                return found
        return None

    def _number_of(self, packet: Packet[av.VideoStream]) -> int | None:
        """Number of a packet in the index; None when no packet or more than one looks like it."""
        index = self._index
        same = index.dts == (NO_PTS if packet.dts is None else packet.dts)
        same &= index.raw_pts == (NO_PTS if packet.pts is None else packet.pts)
        if packet.pos is not None:
            same &= index.pos == packet.pos
        found = np.flatnonzero(same)
        return int(found[0]) if len(found) == 1 else None
