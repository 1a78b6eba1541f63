"""Decodes the packets of one sound stream into blocks and faults."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from math import floor

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet

from core.domain.media import AudioBlock, DecodeEvent, DecodeFault
from core.domain.time import Span
from core.domain.title import AudioStream
from core.media.audio import tame, to_float
from core.media.sample_clock import Placed, SampleClock
from core.media.source import packets_of

_GAP = Fraction(1, 20)
_SETTLING = Fraction(3, 20)


class SoundDecoder:
    """Takes packets in order, gives what they decode to.

    Args:
        stream: The open stream.
        wanted: The same, as probed.
        span: Cut to this stretch; None means all.
    """

    def __init__(self, stream: av.AudioStream, wanted: AudioStream, span: Span | None) -> None:
        self.wanted = wanted
        self.past_end = False
        self._stream = stream
        self._context = stream.codec_context
        self._clock = SampleClock(wanted)
        self._first, self._end = _samples(span, wanted.sample_rate)
        self._next: int | None = None
        self._untold = Fraction(0)

    def learn_anchor(self, container: InputContainer) -> None:
        """Learn from the first blocks where this stream's blocks lie on the sample grid."""
        if not self._clock.coarse:
            return
        with suppress(FFmpegError):
            for packet in islice(packets_of(container, self._stream), 4):
                for frame in self._context.decode(packet):
                    self._clock.take(frame)
        self._context.flush_buffers()
        self._clock.restart()

    def take(self, packet: Packet[av.AudioStream]) -> Iterator[AudioBlock | DecodeEvent]:
        """What a packet gives."""
        try:
            frames = self._context.decode(packet)
        except FFmpegError as error:
            yield self._fault(packet, str(error))
            return
        for frame in frames:
            yield from self._give(self._clock.take(frame))

    def finish(self) -> Iterator[AudioBlock | DecodeEvent]:
        """What the decoder kept back."""
        with suppress(FFmpegError):
            for frame in self._context.decode(None):
                yield from self._give(self._clock.take(frame))
        yield from self._give(self._clock.rest())

    def _give(self, placed: list[Placed]) -> Iterator[AudioBlock | DecodeEvent]:
        for each in placed:
            yield from self._place(each)

    def _place(self, placed: Placed) -> Iterator[AudioBlock | DecodeEvent]:
        rate, base = self.wanted.sample_rate, self.wanted.base
        at = placed.at
        stop = at + placed.frame.samples
        if self._next is not None and at - self._next > _GAP * rate:
            yield self._gap(self._next, at)
        # What was read to settle in is told with the stretch before.
        if placed.step < 0 and (self._first is None or at >= self._first):
            yield self._overlap(at, -placed.step)
        # What was given already is cut off.
        fresh = at if self._next is None else max(at, self._next)
        self._next = max(stop, self._next or stop)
        self.past_end = self._end is not None and stop >= self._end
        low = fresh if self._first is None else max(fresh, self._first)
        high = stop if self._end is None else min(stop, self._end)
        if high <= low:
            return
        samples, wild = tame(to_float(placed.frame, self.wanted.channels)[:, low - at : high - at])
        pts = floor(Fraction(low, rate) / base + Fraction(1, 2))
        if wild:
            message = f"{wild} samples are no numbers, or no sound could be so loud"
            kind = DecodeFault.DECODER_ERROR
            yield DecodeEvent(self.wanted.index, pts, base, kind, 0, message)
        yield AudioBlock(self.wanted.index, pts, base, rate, samples)

    def _gap(self, start: int, stop: int) -> DecodeEvent:
        rate, base = self.wanted.sample_rate, self.wanted.base
        pts = floor(Fraction(start, rate) / base)
        extent = floor(Fraction(stop - start, rate) / base)
        return DecodeEvent(
            self.wanted.index, pts, base, DecodeFault.GAP, extent, "sound is missing"
        )

    def _overlap(self, at: int, length: int) -> DecodeEvent:
        rate, base = self.wanted.sample_rate, self.wanted.base
        pts = floor(Fraction(at, rate) / base)
        # What a coarse base rounds off is told with the next one, so that many add up right.
        exact = Fraction(length, rate) / base + self._untold
        extent = floor(exact + Fraction(1, 2))
        self._untold = exact - extent
        message = "the sound overlaps what came before"
        return DecodeEvent(self.wanted.index, pts, base, DecodeFault.OVERLAP, extent, message)

    def _fault(self, packet: Packet[av.AudioStream], message: str) -> DecodeEvent:
        stamp = packet.pts if packet.pts is not None else packet.dts
        return DecodeEvent(
            self.wanted.index,
            stamp or 0,
            self.wanted.base,
            DecodeFault.DECODER_ERROR,
            max(packet.duration or 0, 0),
            message,
        )


def _samples(span: Span | None, rate: int) -> tuple[int | None, int | None]:
    if span is None:
        return None, None
    first = floor(span.start * span.base * rate + Fraction(1, 2))
    return first, floor(span.end * span.base * rate + Fraction(1, 2))
