"""A title: one media file as it was found, its streams and its fingerprint."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from core.domain.time import MediaTime, Span


@dataclass(frozen=True, slots=True)
class Stream:
    """What all streams share.

    Attributes:
        index: The container's stream index.
        codec: FFmpeg's codec name, for example `h264`; `unknown` when it cannot be decoded.
        base: Time base, seconds per PTS unit.
        start_pts: PTS of the first packet; 0 when the container does not say.
        duration_pts: Length in PTS units; 0 when unknown.
        language: ISO 639 tag, or empty.
        title: The stream's own name, or empty.
    """

    index: int
    codec: str
    base: Fraction
    start_pts: int = 0
    duration_pts: int = 0
    language: str = ""
    title: str = ""

    @property
    def span(self) -> Span:
        """The stretch that the container claims for the stream."""
        return Span(self.start_pts, self.start_pts + max(self.duration_pts, 0), self.base)


@dataclass(frozen=True, slots=True)
class VideoStream(Stream):
    """A picture stream.

    Attributes:
        width: Coded width in pixels, before rotation and pixel aspect.
        height: Coded height in pixels.
        pixel_format: FFmpeg's name, for example `yuv420p10le`.
        bit_depth: Bits per luma sample.
        rate: Average frames per second; 0 when unknown.
        variable_rate: The container's average and base rates disagree.
        pixel_aspect: Sample aspect ratio.
        rotation: Degrees clockwise to turn the picture for display: 0, 90, 180 or 270.
        interlaced: The stream declares a field order.
        color_range: `tv`, `pc` or empty.
        color_space: FFmpeg matrix name (`bt709` …) or empty.
        color_primaries: FFmpeg name or empty.
        color_transfer: FFmpeg name (`smpte2084` is PQ, `arib-std-b67` HLG) or empty.
    """

    width: int = 0
    height: int = 0
    pixel_format: str = ""
    bit_depth: int = 8
    rate: Fraction = Fraction(0)
    variable_rate: bool = False
    pixel_aspect: Fraction = Fraction(1)
    rotation: int = 0
    interlaced: bool = False
    color_range: str = ""
    color_space: str = ""
    color_primaries: str = ""
    color_transfer: str = ""

    @property
    def is_hdr(self) -> bool:
        """The transfer is PQ or HLG."""
        return self.color_transfer in ("smpte2084", "arib-std-b67")

    @property
    def display_size(self) -> tuple[int, int]:
        """Width and height on screen in square pixels, after pixel aspect and rotation."""
        width = max(round(self.width * self.pixel_aspect), 1)
        return (self.height, width) if self.rotation in (90, 270) else (width, self.height)


@dataclass(frozen=True, slots=True)
class AudioStream(Stream):
    """A sound stream.

    Attributes:
        sample_rate: Samples per second and channel.
        channels: Number of channels.
        layout: FFmpeg's channel layout name, for example `stereo` or `5.1`.
        sample_format: FFmpeg's sample format name.
    """

    sample_rate: int = 0
    channels: int = 0
    layout: str = ""
    sample_format: str = ""


@dataclass(frozen=True, slots=True)
class CaptionStream(Stream):
    """A caption track inside the container or in a file beside it.

    Attributes:
        file: The caption file, when it lies beside the title; None for an embedded track.
    """

    file: Path | None = None


# Control characters, line ends, halves of characters, and what turns the order of letters around,
# so that a name reads as another one.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def printable(name: str) -> str:
    """A name as one line that reads as it is stored."""
    return _UNPRINTABLE.sub(lambda found: " " if found[0].isspace() else "\ufffd", name)


@dataclass(frozen=True, slots=True)
class Title:
    """One media file as it was found.

    Attributes:
        path: Where it was found; it may move, the fingerprint stays.
        fingerprint: Hex digest of content that survives renaming and copying.
        container: FFmpeg's format name.
        size_bytes: Length of the file.
        start: Earliest start of any stream; may be other than zero.
        duration_s: Longest stream in seconds, for display.
        video: Picture streams.
        audio: Sound streams.
        captions: Embedded tracks first, then files beside the title.
        notes: Sentences about oddities found while probing.
    """

    path: Path
    fingerprint: str
    container: str
    size_bytes: int
    start: MediaTime
    duration_s: float
    video: tuple[VideoStream, ...] = ()
    audio: tuple[AudioStream, ...] = ()
    captions: tuple[CaptionStream, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def name(self) -> str:
        """The file name, for display."""
        return printable(self.path.name)

    def stream(self, index: int) -> Stream:
        """The stream with this container index.

        Raises:
            KeyError: The title has no such stream.
        """
        for stream in (*self.video, *self.audio, *self.captions):
            if stream.index == index:
                return stream
        raise KeyError(index)
