"""Streams that nobody damages, packet for packet; and captions written as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream as AvStream
from av.subtitles.stream import SubtitleStream

from core.domain.media import Cue
from core.media.source import open_container
from core.simulate.picture_lane import END, Lane

_MS = Fraction(1, 1000)
_TEXT_CODECS = {".mp4": "mov_text", ".mov": "mov_text", ".m4v": "mov_text", ".mkv": "subrip"}
_CARRIED = {
    ".mkv": frozenset({"subrip", "ass", "ssa", "webvtt", "hdmv_pgs_subtitle", "dvd_subtitle"}),
    ".mp4": frozenset({"mov_text"}),
    ".mov": frozenset({"mov_text"}),
    ".m4v": frozenset({"mov_text"}),
}
# mov_text's encoder insists on a style header, although packets are made here.
_ASS_HEADER = (
    b"[Script Info]\r\nScriptType: v4.00+\r\n\r\n[V4+ Styles]\r\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, "
    b"Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, "
    b"Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\r\n"
    b"Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1\r\n"
    b"\r\n[Events]\r\n"
    b"Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n"
)


def carries(suffix: str, codec: str) -> bool:
    """Whether captions of a codec can be copied into files of a kind."""
    return codec in _CARRIED.get(suffix.lower(), frozenset())


def text_codec(suffix: str) -> str | None:
    """What captions are written as in files of a kind; None where they cannot be."""
    return _TEXT_CODECS.get(suffix.lower())


class CopyLane:
    """Copies packets of some streams, with their times.

    Args:
        path: The source.
        container: The file.
        bounds: The part that is written, in seconds; None is all. Pictures begin at the last key
            picture before it.
        shift: Seconds that are taken from every time stamp.
        check: Raises when the work shall stop.
    """

    def __init__(
        self,
        path: Path,
        container: OutputContainer,
        bounds: tuple[Fraction, Fraction] | None,
        shift: Fraction,
        check: Callable[[], None],
    ) -> None:
        self._source = open_container(path)
        self._bounds = bounds
        self._shift = shift
        self._check = check
        self._container = container
        self.streams: dict[int, AvStream] = {}

    def add(self, index: int) -> None:
        """Copy the stream with this container index, too."""
        template = self._source.streams[index]
        added = self._container.add_stream_from_template(template, opaque=True)
        for key in ("language", "title"):
            if key in template.metadata:
                added.metadata[key] = template.metadata[key]
        self.streams[index] = added

    def close(self) -> None:
        """Release the source."""
        self._source.close()

    def __iter__(self) -> Iterator[Lane]:
        """Packets, as they come in the source."""
        wanted = [self._source.streams[index] for index in self.streams]
        if not wanted:
            yield END, []
            return
        if self._bounds is not None:
            _seek(self._source, self._bounds[0])
        reached = Fraction(-1)
        for packet in _packets(self._source, wanted):
            self._check()
            time = _time_of(packet)
            if time is None:
                raise ValueError(f"stream {packet.stream_index} has packets without time stamps")
            reached = max(reached, time)
            if self._bounds is not None:
                if time >= self._bounds[1]:
                    if _all_past(packet, wanted):
                        break
                    continue
                if not isinstance(packet.stream, av.VideoStream) and time < self._bounds[0]:
                    continue
            yield reached, [self._moved(packet)]
        yield END, []

    def _moved(self, packet: Packet[Any]) -> Packet[Any]:
        target = self.streams[packet.stream_index]
        shift = floor(self._shift / Fraction(packet.time_base or 1) + Fraction(1, 2))
        if packet.pts is not None:
            packet.pts -= shift
        if packet.dts is not None:
            packet.dts -= shift
        packet.stream = target
        return packet


def _packets(source: InputContainer, wanted: list[Any]) -> Iterator[Packet[Any]]:
    """All packets with content up to the end or to where reading fails."""
    try:
        for packet in source.demux(wanted):
            if packet.size:
                yield packet
    except FFmpegError:
        return


def _time_of(packet: Packet[Any]) -> Fraction | None:
    stamp = packet.dts if packet.dts is not None else packet.pts
    return None if stamp is None else stamp * Fraction(packet.time_base or 1)


def _all_past(packet: Packet[Any], wanted: list[Any]) -> bool:
    """Streams are interleaved within a second or two; pictures, or a lone stream, tell the end."""
    return len(wanted) == 1 or isinstance(packet.stream, av.VideoStream)


def _seek(source: InputContainer, place: Fraction) -> None:
    """Go to or before a place; where that fails, everything is read from the beginning."""
    try:
        source.seek(floor(place * av.time_base), backward=True)
    except FFmpegError:
        source.seek(0)


class CaptionLane:
    """Writes cues as a text track.

    Args:
        cues: In order of their start.
        container: The file.
        suffix: Of the file.
        shift: Seconds that are taken from every time.
        language: ISO 639 tag, or empty.

    Raises:
        ValueError: Files of this kind take no captions.
    """

    def __init__(
        self,
        cues: Sequence[Cue],
        container: OutputContainer,
        suffix: str,
        shift: Fraction,
        language: str = "",
    ) -> None:
        codec = text_codec(suffix)
        if codec is None:
            raise ValueError(f"captions cannot be written into {suffix or 'such'} files")
        self._cues = cues
        self._shift = shift
        self._codec = codec
        added = container.add_stream(codec)
        assert isinstance(added, SubtitleStream)
        self.stream = added
        self.stream.codec_context.subtitle_header = _ASS_HEADER
        self.stream.codec_context.time_base = self.stream.time_base = _MS
        if language:
            self.stream.metadata["language"] = language

    def __iter__(self) -> Iterator[Lane]:
        """One packet a cue."""
        for cue in self._cues:
            start = cue.span.start_time.exact - self._shift
            end = cue.span.end_time.exact - self._shift
            if end <= 0 or not cue.text:
                continue
            text = cue.text.encode()
            packet: Packet[AvStream] = Packet(
                len(text).to_bytes(2, "big") + text if self._codec == "mov_text" else text
            )
            packet.stream, packet.time_base = self.stream, _MS
            packet.pts = packet.dts = max(round(start / _MS), 0)
            packet.duration = max(round(end / _MS) - packet.pts, 1)
            packet.is_keyframe = True
            yield cue.span.start_time.exact, [packet]
        yield END, []
