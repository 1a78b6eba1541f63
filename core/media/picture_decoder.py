"""Decodes the packets of one picture stream so that damage gives the same result every time.

While the stream is clean its decoder runs on all threads. The packets since the key picture
before last are kept; at the first fault they are decoded again on one thread, pictures that were
given already are left out, and the decoder stays on one thread until two whole GOPs were clean.

A picture may refer to one that is shown after it. When that one is damaged, threads race for what
the referring picture sees of it, and it alone is called damaged. So on all threads a picture is
held until everything that was coded before it has been shown to be clean.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext

from core.domain.media import DecodeEvent, DecodeFault
from core.domain.time import Span
from core.domain.title import VideoStream
from core.jobs.progress import CancelToken
from core.media.encoder_note import tell_encoder
from core.media.frame import VideoFrame
from core.media.h264_loss import LossWatch
from core.media.packet_index import NO_PTS, PacketIndex
from core.media.source import open_container, packets_of, stream_of

if TYPE_CHECKING:
    VideoPacket = Packet[av.VideoStream]
Yield = VideoFrame | DecodeEvent

_MOST_KEPT_BYTES = 192 << 20
_PROBED_PACKETS = 24
_GAP_PICTURES = Fraction(5, 2)
_VARIABLE_GAP_PICTURES = 10
_VARIABLE_GAP_S = 1
_MOST_HELD = 16
"""As many as a decoder of H.264 or HEVC keeps for reference; beyond it time stamps are wrong."""
_UNTHREADED = "NONE"
_THREADED = "AUTO"


class PictureDecoder:
    """Takes packets in order, gives pictures and faults.

    Args:
        path: The file, opened once more for the decoder on one thread.
        container: The open file; its decoder runs on all threads.
        stream: The picture stream, as probed.
        span: Give pictures that start within; None means all.
        cancel: For indexing streams without time stamps.
    """

    def __init__(
        self,
        path: Path,
        container: InputContainer,
        stream: VideoStream,
        span: Span | None,
        cancel: CancelToken,
    ) -> None:
        self._path = path
        opened = stream_of(container, stream.index, av.VideoStream, path)
        opened.thread_type = _THREADED
        # A picture may be handed out before the thread that decodes it meets its damage, and is
        # not called damaged then. Told to give up at a fault, that thread fails instead.
        opened.codec_context.options = {**opened.codec_context.options, "err_detect": "explode"}
        self._fast: VideoCodecContext = opened.codec_context
        tell_encoder(self._fast, path, stream.index)
        self._spare: InputContainer | None = None
        self._slow: VideoCodecContext | None = None
        self._kept: deque[list[VideoPacket]] = deque([[]], maxlen=3)
        self._kept_bytes = 0
        self._held: deque[av.VideoFrame] = deque()
        self._latest: int | None = None
        self._number = 0
        self._begin(stream, self._fast, _index_when_unstamped(path, stream, cancel), span)

    def _begin(
        self,
        stream: VideoStream,
        context: VideoCodecContext,
        index: PacketIndex | None = None,
        span: Span | None = None,
    ) -> None:
        """Start with a decoder at the first packet."""
        self.stream = stream
        self.past_end = False
        self._context = context
        self._index = index
        self._base = index.base if index is not None else stream.base
        self._nominal = _nominal(stream, self._base)
        here = None if span is None else span.to(self._base)
        self._first = None if here is None else here.start
        self._end = None if here is None else here.end
        self._losses = LossWatch(context.extradata) if stream.codec == "h264" else None
        self._awaits: dict[int, int] = {}
        self._clean_gops = 0
        self._floor: int | None = None
        self._last: int | None = None
        self._last_end: int | None = None

    @property
    def counted(self) -> bool:
        """The container stamps no pictures; they are counted from the beginning."""
        return self._index is not None

    def ignore_before(self, pts: int) -> None:
        """Leave out pictures earlier than the key picture at which decoding begins."""
        self._floor = pts

    def close(self) -> None:
        """Release the second handle of the file."""
        if self._spare is not None:
            self._spare.close()
            self._spare = None

    def take(self, packet: VideoPacket) -> Iterator[Yield]:
        """What a packet gives, now that it is there."""
        if self._index is not None:
            packet.pts = packet.dts = self._number
        self._number += 1
        if packet.is_keyframe:
            yield from self._begin_gop()
        self._keep(packet)
        self._note_order(packet)
        lost = 0 if self._losses is None else self._losses.take(bytes(packet))
        yield from self._decode(packet)
        if lost:
            message = f"{lost} reference pictures before it are missing from the stream"
            yield from self._inside(self._fault(packet, DecodeFault.CONCEALED, message))

    def finish(self) -> Iterator[Yield]:
        """What the decoder kept back."""
        yield from self._decode(None)

    # GOPs and threads

    def _begin_gop(self) -> Iterator[Yield]:
        if self._context is not self._fast:
            self._clean_gops += 1
            if self._clean_gops > 2:
                yield from self._change_to(self._fast)
        self._kept.append([])
        self._kept_bytes = sum(p.size for gop in self._kept for p in gop)

    def _keep(self, packet: VideoPacket) -> None:
        self._kept[-1].append(packet)
        self._kept_bytes += packet.size
        if self._kept_bytes > _MOST_KEPT_BYTES:
            # Too long a way back: from here on a fault is met where it is.
            self._kept.clear()
            self._kept.append([])
            self._kept_bytes = 0

    def _decode(self, packet: VideoPacket | None) -> Iterator[Yield]:
        """Decode on; at the first fault on many threads, go back and use one."""
        if self._context is not self._fast:
            yield from self._decode_here(packet)
            return
        try:
            frames = self._context.decode(packet)
        except FFmpegError:
            yield from self._change_to(self._unthreaded(), drain=packet is None)
            return
        for frame in frames:
            if frame.is_corrupt and not self._is_given(frame):
                yield from self._change_to(self._unthreaded(), drain=packet is None)
                return
            if not self._is_given(frame):
                yield from self._hold(frame)
        if packet is None:
            yield from self._release()

    def _decode_here(self, packet: VideoPacket | None) -> Iterator[Yield]:
        """Decode on with the decoder at hand; a fault is told where it is met."""
        try:
            frames = self._context.decode(packet)
        except FFmpegError as error:
            self._clean_gops = 0
            yield self._fault(packet, DecodeFault.DECODER_ERROR, str(error))
            return
        for frame in frames:
            yield from self._give(frame)

    def _change_to(self, context: VideoCodecContext, drain: bool = False) -> Iterator[Yield]:
        """Decode the kept packets again with another decoder; only what is new is given."""
        packets = [p for gop in self._kept for p in gop]
        if not packets or not packets[0].is_keyframe:
            # They cannot be decoded anew from here.
            yield from self._release()
        self._held.clear()
        context.flush_buffers()
        self._context = context
        self._clean_gops = 0
        for packet in packets:
            yield from self._decode(packet)
        if drain:
            yield from self._decode(None)

    def _unthreaded(self) -> VideoCodecContext:
        if self._slow is None:
            self._spare = open_container(self._path)
            stream = stream_of(self._spare, self.stream.index, av.VideoStream, self._path)
            stream.thread_type = _UNTHREADED
            self._slow = stream.codec_context
            tell_encoder(self._slow, self._path, self.stream.index)
        return self._slow

    # Pictures that wait for what they may refer to

    def _note_order(self, packet: VideoPacket) -> None:
        """Remember the latest time of a picture that is coded no later than this one's packet."""
        stamp = self._stamp_of(packet)
        if stamp is None:
            return
        # What is coded before a key picture is shown before it; a leap of the stamps ends here.
        anew = packet.is_keyframe or self._latest is None
        self._latest = stamp if anew else max(stamp, self._latest or stamp)
        self._awaits[stamp] = self._latest

    def _hold(self, frame: av.VideoFrame) -> Iterator[Yield]:
        """Keep a picture back; give those that were waiting for it."""
        self._held.append(frame)
        newest = self._time(frame)
        while self._held and (
            len(self._held) > _MOST_HELD or self._is_settled(self._held[0], newest)
        ):
            yield from self._give(self._held.popleft())

    def _is_settled(self, frame: av.VideoFrame, newest: int | None) -> bool:
        pts = self._time(frame)
        return pts is None or newest is None or self._awaits.get(pts, pts) <= newest

    def _release(self) -> Iterator[Yield]:
        while self._held:
            yield from self._give(self._held.popleft())

    # Pictures

    def _time(self, frame: av.VideoFrame) -> int | None:
        if self._index is None:
            return frame.pts if frame.pts is not None else frame.dts
        number = frame.pts
        if number is None or not 0 <= number < len(self._index):
            return None
        stamp = int(self._index.pts[number])
        return None if stamp == NO_PTS else stamp

    def _is_given(self, frame: av.VideoFrame) -> bool:
        pts = self._time(frame)
        return pts is not None and self._last is not None and pts <= self._last

    def _give(self, raw: av.VideoFrame) -> Iterator[Yield]:
        pts = self._time(raw)
        stamped = pts is not None
        if pts is None:
            pts = self._last_end if self._last_end is not None else self.stream.start_pts
        if self._floor is not None and pts < self._floor:
            return
        if self._last is not None and pts <= self._last:
            return
        frame = VideoFrame(
            raw,
            stream=self.stream.index,
            pts=pts,
            end_pts=pts + self._length(raw),
            base=self._base,
            rotation=self.stream.rotation,
        )
        gap = None if self._last_end is None else pts - self._last_end
        self._awaits.pop(pts, None)
        self._last, before = pts, self._last_end
        self._last_end = frame.end_pts
        if self._first is not None and pts < self._first:
            return
        if self._end is not None and pts >= self._end:
            self.past_end = True
            return
        if not stamped and self._index is None:
            yield self._event(pts, DecodeFault.MISSING_PTS, 0, "the picture has no time stamp")
        if gap is not None and before is not None and self._is_gap(gap):
            yield self._event(before, DecodeFault.GAP, gap, "pictures are missing")
        if frame.corrupt:
            self._clean_gops = 0
            length = frame.end_pts - pts
            yield self._event(pts, DecodeFault.CORRUPT_FRAME, length, "the picture is damaged")
        yield frame

    def _length(self, raw: av.VideoFrame) -> int:
        if self._index is None and raw.duration:
            return max(int(raw.duration), 1)
        return self._nominal

    def _is_gap(self, gap: int) -> bool:
        if self.stream.variable_rate:
            long = gap * self._base > _VARIABLE_GAP_S
            return long and gap > _VARIABLE_GAP_PICTURES * self._nominal
        return gap > (_GAP_PICTURES - 1) * self._nominal

    # Faults

    def _fault(self, packet: VideoPacket | None, fault: DecodeFault, message: str) -> DecodeEvent:
        stamp = None if packet is None else self._stamp_of(packet)
        if stamp is None:
            stamp = self._last_end if self._last_end is not None else self.stream.start_pts
        return self._event(stamp, fault, self._nominal, message)

    def _stamp_of(self, packet: VideoPacket) -> int | None:
        """When what a packet holds shows."""
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is not None and self._index is not None:
            stamp = int(self._index.pts[stamp]) if stamp < len(self._index) else None
            stamp = None if stamp == NO_PTS else stamp
        return stamp

    def _inside(self, event: DecodeEvent) -> Iterator[DecodeEvent]:
        """The event, when it lies in the span."""
        early = self._first is not None and event.pts < self._first
        late = self._end is not None and event.pts >= self._end
        if not early and not late:
            yield event

    def _event(self, pts: int, fault: DecodeFault, extent: int, message: str) -> DecodeEvent:
        return DecodeEvent(self.stream.index, pts, self._base, fault, extent, message)


def _nominal(stream: VideoStream, base: Fraction) -> int:
    rate = stream.rate if stream.rate > 0 else Fraction(25)
    return max(round(1 / rate / base), 1)


def _index_when_unstamped(
    path: Path, stream: VideoStream, cancel: CancelToken
) -> PacketIndex | None:
    """The packet index of a stream whose packets carry no time stamps, else None."""
    with open_container(path) as container:
        opened = stream_of(container, stream.index, av.VideoStream, path)
        missing = seen = 0
        try:
            for packet in packets_of(container, opened):
                if packet.size:
                    seen += 1
                    missing += packet.pts is None
                if seen >= _PROBED_PACKETS:
                    break
        except FFmpegError:
            return None
    if not seen or missing <= 0.6 * seen:
        return None
    index = PacketIndex.build(path, stream.index, cancel)
    return index if index.counted else None
