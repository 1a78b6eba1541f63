"""Decoding a live stream as it comes, on one thread.

One thread decodes damage the same way every time, holds no picture back, and leaves the other
cores to other channels.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

import av
from av.packet import Packet
from av.stream import Stream as AvStream

from core.domain.errors import BugError
from core.domain.media import AudioBlock, DecodeEvent, DecodeFault
from core.domain.title import VideoStream
from core.media.frame import VideoFrame
from core.media.live.reader import LivePacket, LiveReader
from core.media.picture_decoder import PictureDecoder, Yield
from core.media.sound_decoder import SoundDecoder

if TYPE_CHECKING:
    from core.media.picture_decoder import VideoPacket

_MOST_HELD = 32
Decoded = VideoFrame | AudioBlock | DecodeEvent
S = TypeVar("S", bound=AvStream)


class LivePictureDecoder(PictureDecoder):
    """Takes packets of pictures as they come; nothing is kept to go back to.

    Args:
        opened: The stream of the open container.
        stream: The same as a value.
    """

    def __init__(self, opened: av.VideoStream, stream: VideoStream) -> None:
        self._begin(stream, opened.codec_context)

    def take(self, packet: VideoPacket) -> Iterator[Yield]:
        """What a packet gives, now that it is there."""
        lost = 0 if self._losses is None else self._losses.take(bytes(packet))
        yield from self._decode_here(packet)
        if lost:
            message = f"{lost} reference pictures before it are missing from the stream"
            yield self._fault(packet, DecodeFault.CONCEALED, message)

    def finish(self) -> Iterator[Yield]:
        """What the decoder kept back."""
        yield from self._decode_here(None)


class LiveDecoder:
    """Decodes the packets of one connection.

    Packets that the container calls damaged wait for a whole one of their stream: the last ones
    before a splice are called so by mistake, and are left out.

    Args:
        reader: The connection; only its streams are used, so another thread may read from it.
        key_only: Decode key pictures only.
    """

    def __init__(self, reader: LiveReader, *, key_only: bool = False) -> None:
        self._pictures: LivePictureDecoder | None = None
        self._key_only = key_only
        self._held: dict[int, list[LivePacket]] = {}
        if reader.video is not None:
            opened = _as(reader.stream(reader.video.index), av.VideoStream)
            opened.codec_context.flush_buffers()
            self._pictures = LivePictureDecoder(opened, reader.video)
        self._sounds = {
            sound.index: SoundDecoder(_as(reader.stream(sound.index), av.AudioStream), sound, None)
            for sound in reader.audio
        }
        for sound in reader.audio:
            _as(reader.stream(sound.index), av.AudioStream).codec_context.flush_buffers()

    def take(self, item: LivePacket) -> Iterator[Decoded]:
        """Pictures, blocks of sound and faults that a packet gives."""
        held = self._held.setdefault(item.stream, [])
        held.append(item)
        if item.packet.is_corrupt and len(held) <= _MOST_HELD:
            return
        self._held[item.stream] = []
        for waiting in held:
            if waiting.packet.is_corrupt:
                yield _corrupt(waiting.packet)
            yield from self._decoded(waiting)

    def _decoded(self, item: LivePacket) -> Iterator[Decoded]:
        packet = item.packet
        if not item.is_picture:
            yield from self._sounds[item.stream].take(packet)
        elif self._pictures is not None and (item.key or not self._key_only):
            yield from self._pictures.take(packet)

    def finish(self) -> Iterator[Decoded]:
        """What the decoders kept back."""
        if self._pictures is not None:
            yield from self._pictures.finish()
        for sound in self._sounds.values():
            yield from sound.finish()


def _as(stream: AvStream, kind: type[S]) -> S:
    if not isinstance(stream, kind):
        raise BugError(f"stream {stream.index} is no {kind.__name__}")
    return stream


def _corrupt(packet: Packet[Any]) -> DecodeEvent:
    stamp = packet.pts if packet.pts is not None else packet.dts
    return DecodeEvent(
        packet.stream_index,
        stamp or 0,
        Fraction(packet.time_base or 1),
        DecodeFault.CORRUPT_PACKET,
        max(packet.duration or 0, 0),
        "the container says so",
    )
