"""One pass over a title: every picture, every block of sound and every fault, from one demux.

Damaged streams decode differently under frame threading from run to run. So pictures are decoded
on all threads while the stream is clean; at the first fault the pass goes back to a key picture
whose packets it still holds and decodes from there again on one thread, until two whole GOPs were
clean. Pictures given before the fault are not given twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction
from itertools import islice
from math import floor
from typing import Any

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet

from core.domain.errors import KnownError
from core.domain.media import AudioBlock, DecodeEvent, DecodeFault
from core.domain.time import Span
from core.domain.title import AudioStream, Title, VideoStream
from core.jobs.progress import CancelToken
from core.media.frame import VideoFrame
from core.media.picture_decoder import PictureDecoder
from core.media.sound_decoder import SoundDecoder
from core.media.source import open_container, packets_of, require_whole, stream_of

Decoded = VideoFrame | AudioBlock | DecodeEvent

_BACK_S = (0, 2, 6, 20, 60)
"""How much earlier to look for a key picture, try by try; then the beginning."""
_SOUND_PREROLL = Fraction(1, 2)
_FRUITLESS_READS = 50
_CLAIMS_LENGTH = ("mov,mp4", "matroska")
_SHORT_S = 1


class DecodePass:
    """Decodes chosen streams of a title once, in the order of the file.

    Iterate it once. Sound is cut to the span to the sample; pictures are those that start in it.

    Args:
        title: As probed.
        video: The picture stream, or None.
        audio: The sound streams.
        span: Restrict to this stretch; None means all.
        cancel: Looked at every packet.
    """

    def __init__(
        self,
        title: Title,
        video: VideoStream | None,
        audio: Sequence[AudioStream],
        span: Span | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        self._title = title
        self._video = video
        self._audio = tuple(audio)
        self._span = span
        self._cancel = cancel or CancelToken()
        self._pictures: PictureDecoder | None = None
        self._sounds: dict[int, SoundDecoder] = {}
        self._reached: dict[int, int] = {}

    def __iter__(self) -> Iterator[Decoded]:
        """Pictures, blocks and faults.

        Raises:
            KnownError: The file cannot be opened, or nothing in it can be decoded.
            CancelledError: `cancel` was raised.
        """
        if self._video is None and not self._audio:
            return
        with ExitStack() as stack:
            container = self._open(stack)
            if not self._go_to_start(container):
                # Opened anew: AVI cannot be sought back to its beginning, and Matroska then gives
                # the encoder's delay as sound.
                container = self._open(stack)
            found = False
            for item in self._decode(container):
                found = found or not isinstance(item, DecodeEvent)
                yield item
        if not found and self._span is None:
            raise KnownError(f"Nothing in {self._title.name} can be decoded.")

    def _open(self, stack: ExitStack) -> InputContainer:
        """Open the file and make decoders for it."""
        path = self._title.path
        container = stack.enter_context(open_container(path))
        if self._video is not None:
            stream_of(container, self._video.index, av.VideoStream, path)
            self._pictures = PictureDecoder(path, container, self._video, self._span, self._cancel)
            stack.callback(self._pictures.close)
        for wanted in self._audio:
            stream = stream_of(container, wanted.index, av.AudioStream, path)
            self._sounds[wanted.index] = SoundDecoder(stream, wanted, self._span)
        return container

    def _decode(self, container: InputContainer) -> Iterator[Decoded]:
        for packet in self._packets(container):
            self._cancel.check()
            index = packet.stream.index
            self._note(packet, index)
            if packet.is_corrupt:
                yield _event(packet, DecodeFault.CORRUPT_PACKET, "the container says so")
            if self._pictures is not None and index == self._pictures.stream.index:
                yield from self._pictures.take(packet)
                if self._pictures.past_end and not self._sounds:
                    break
            elif index in self._sounds:
                yield from self._sounds[index].take(packet)
            if self._is_past_end():
                break
        if self._pictures is not None:
            yield from self._pictures.finish()
        for sound in self._sounds.values():
            yield from sound.finish()
        if self._reaches_end():
            yield from self._truncation()

    def _packets(self, container: InputContainer) -> Iterator[Packet[Any]]:
        """All packets with content; reading goes on behind damage as long as that gets anywhere."""
        streams = [container.streams[i] for i in (*self._video_index(), *self._sounds)]
        fruitless = 0
        while fruitless < _FRUITLESS_READS:
            try:
                for packet in packets_of(container, *streams):
                    if packet.size:
                        fruitless = 0
                        yield packet
                break
            except FFmpegError:
                fruitless += 1
        require_whole(self._title.path, self._title.size_bytes)

    def _video_index(self) -> tuple[int, ...]:
        return () if self._video is None else (self._video.index,)

    def _is_past_end(self) -> bool:
        pictures_over = self._pictures is None or self._pictures.past_end
        return pictures_over and all(sound.past_end for sound in self._sounds.values())

    # Where to begin

    def _go_to_start(self, container: InputContainer) -> bool:
        """Move a fresh container to before the span, such that all in it decodes as if from the
        beginning; False when it has to be opened anew and read from there.
        """
        if self._span is None or (self._pictures is not None and self._pictures.counted):
            return True
        begin = self._span.start * self._span.base
        if begin <= self._title.start.exact:
            return True
        for sound in self._sounds.values():
            sound.learn_anchor(container)
        for back in _BACK_S:
            if begin - back <= self._title.start.exact:
                break
            if self._seek(container, begin - back):
                return True
        return False

    def _seek(self, container: InputContainer, place: Fraction) -> bool:
        """Seek to a key picture no later than the span; False when it was not to be had there."""
        if self._video is None:
            stream = container.streams[self._audio[0].index]
            place -= _SOUND_PREROLL
        else:
            stream = container.streams[self._video.index]
        if stream.time_base is None:
            return False
        try:
            container.seek(floor(place / stream.time_base), stream=stream)
            if self._pictures is None:
                return True
            found = self._lands_well(container, stream)
            container.seek(floor(place / stream.time_base), stream=stream)
        except FFmpegError:
            return False
        return found

    def _lands_well(self, container: InputContainer, stream: av.stream.Stream) -> bool:
        """Whether the first key packet from here shows early enough, sound included."""
        assert self._span is not None
        assert self._pictures is not None
        begin = self._span.start * self._span.base
        for packet in islice(packets_of(container, stream), 64):
            if packet.size and packet.is_keyframe and packet.pts is not None:
                shown = packet.pts * Fraction(stream.time_base or 1)
                margin = _SOUND_PREROLL if self._sounds else 0
                if shown <= begin - margin:
                    self._pictures.ignore_before(packet.pts)
                    return True
                return False
        return False

    # The end

    def _reaches_end(self) -> bool:
        """Whether all up to the end that the container claims was asked for."""
        if self._span is None:
            return True
        end = self._title.start.exact + Fraction(self._title.duration_s)
        return self._span.end * self._span.base > end

    def _note(self, packet: Packet[Any], index: int) -> None:
        if packet.pts is not None:
            end = packet.pts + max(packet.duration or 0, 0)
            self._reached[index] = max(end, self._reached.get(index, end))

    def _truncation(self) -> Iterator[DecodeEvent]:
        """Streams that end well before what the container claims."""
        if not self._title.container.startswith(_CLAIMS_LENGTH):
            return
        for stream in (*([self._video] if self._video is not None else ()), *self._audio):
            claimed = stream.span.end
            reached = self._reached.get(stream.index, stream.start_pts)
            missing = claimed - reached
            if stream.duration_pts > 0 and missing * stream.base > _SHORT_S:
                yield DecodeEvent(
                    stream.index,
                    reached,
                    stream.base,
                    DecodeFault.TRUNCATED,
                    missing,
                    "the stream ends before the length that the container claims",
                )


def _event(packet: Packet[Any], fault: DecodeFault, message: str) -> DecodeEvent:
    stamp = packet.pts if packet.pts is not None else packet.dts
    base = Fraction(packet.time_base or 1)
    return DecodeEvent(
        packet.stream.index, stamp or 0, base, fault, max(packet.duration or 0, 0), message
    )
