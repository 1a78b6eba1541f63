"""What is to be made of a title: which defects where, and how the result is coded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from core.domain.errors import KnownError
from core.domain.finding import Region
from core.domain.title import AudioStream, CaptionStream, Title, VideoStream
from core.simulate.inject import Domain, injector

TOLERANCE_S = Fraction(1, 1000)
"""A frame counts as inside a span that begins or ends this much after it: containers round."""

_MICRO = 1_000_000

_S = TypeVar("_S", VideoStream, AudioStream, CaptionStream)


@dataclass(frozen=True, slots=True)
class Planned:
    """A defect that is to be made.

    Attributes:
        defect: Id in the defect taxonomy.
        spans: Start and end of each stretch in seconds on the source's time line; in order and
            apart. For captions: the stretches whose cues are damaged.
        severity: 0 (hardly there) to 1 (unmistakable).
        seed: Chooses what chance decides.
        variant: In which form; empty takes the usual one.
        region: Where in the picture; None is everywhere.
        stream: Container index of the stream; None takes the first that fits.
    """

    defect: str
    spans: tuple[tuple[float, float], ...]
    severity: float = 1.0
    seed: int = 0
    variant: str = ""
    region: Region | None = None
    stream: int | None = None

    @property
    def domain(self) -> Domain:
        """What it damages.

        Raises:
            KnownError: It cannot be simulated.
        """
        return injector(self.defect).domain

    def exact_spans(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The spans to the microsecond, without what a float adds."""
        return tuple(
            (Fraction(round(start * _MICRO), _MICRO), Fraction(round(end * _MICRO), _MICRO))
            for start, end in self.spans
        )

    def stretch_at(self, time: Fraction) -> int | None:
        """The number of the stretch that a frame which starts at `time` lies in, or None."""
        moved = time + TOLERANCE_S
        for number, (start, end) in enumerate(self.exact_spans()):
            if start <= moved < end:
                return number
        return None


@dataclass(frozen=True, slots=True)
class Coding:
    """How the result is coded.

    Attributes:
        codec: `ffv1`, `h264`, `hevc`, `mpeg2`, `vp9`, `av1` or the name of an FFmpeg encoder;
            empty is lossless: FFV1, or H.264 without loss in MP4 and MOV, which take no FFV1.
        crf: Constant quality; only with a lossy codec.
        bitrate: Bits a second.
        sound_codec: FFmpeg encoder for sound that was damaged; empty is lossless.
        sound_bitrate: Bits a second for lossy sound.
    """

    codec: str = ""
    crf: float | None = None
    bitrate: int | None = None
    sound_codec: str = ""
    sound_bitrate: int | None = None

    @property
    def lossless(self) -> bool:
        """Whether pictures that are not damaged come out exactly as they were decoded."""
        return self.codec in ("", "ffv1") and self.crf is None and self.bitrate is None


@dataclass(frozen=True, slots=True)
class Targets:
    """The streams of a title that a plan damages, and with what.

    Attributes:
        pictures: Defects of the picture stream `video`.
        sound: Defects of the sound stream `audio`.
        cues: Defects of the caption stream `caption`.
        packets: Defects of the packets of streams as they are written.
    """

    pictures: tuple[Planned, ...] = ()
    sound: tuple[Planned, ...] = ()
    cues: tuple[Planned, ...] = ()
    packets: tuple[Planned, ...] = ()
    video: VideoStream | None = None
    audio: AudioStream | None = None
    caption: CaptionStream | None = None


def targets_of(
    title: Title, plan: Sequence[Planned], bounds: tuple[Fraction, Fraction] | None = None
) -> Targets:
    """Check a plan against a title.

    Args:
        title: As probed.
        plan: Defects; at least one.
        bounds: The part of the title that is written, in seconds.

    Raises:
        KnownError: There is nothing to do, a defect or variant is unknown, a span is empty or
            outside, the title has no stream of the kind, or two streams of a kind are damaged.
    """
    if not plan:
        raise KnownError("There is no defect to make.")
    first, last = bounds if bounds is not None else title_bounds(title)
    for planned in plan:
        _check(title, planned, first, last)
    groups: dict[Domain, list[Planned]] = {domain: [] for domain in Domain}
    for planned in plan:
        groups[planned.domain].append(planned)
    video, audio, caption = None, None, None
    if groups[Domain.PICTURE]:
        video = _the_stream(title, title.video, groups[Domain.PICTURE], "picture")
    if groups[Domain.SOUND]:
        audio = _the_stream(title, title.audio, groups[Domain.SOUND], "sound")
    if groups[Domain.CUES]:
        caption = _the_stream(title, title.captions, groups[Domain.CUES], "captions")
    return Targets(
        tuple(groups[Domain.PICTURE]),
        tuple(groups[Domain.SOUND]),
        tuple(groups[Domain.CUES]),
        tuple(groups[Domain.STREAM]),
        video,
        audio,
        caption,
    )


def title_bounds(title: Title) -> tuple[Fraction, Fraction]:
    """Start and end of a title in seconds, as its container says."""
    start = title.start.exact
    streams = (*title.video, *title.audio)
    return start, max((s.span.end * s.base for s in streams), default=start)


def _check(title: Title, planned: Planned, first: Fraction, last: Fraction) -> None:
    entry = injector(planned.defect)
    if planned.variant and planned.variant not in entry.variants:
        known = ", ".join(entry.variants)
        raise KnownError(
            f"“{planned.defect}” has no variant “{planned.variant}”"
            + (f"; there are {known}." if known else ".")
        )
    if not planned.spans:
        raise KnownError(f"No span says where “{planned.defect}” shall be.")
    if planned.region is not None and entry.domain is not Domain.PICTURE:
        raise KnownError(f"“{planned.defect}” has no place in the picture, so it takes no region.")
    before = first
    for start, end in planned.exact_spans():
        if end <= start:
            raise KnownError(f"The span {_text(start, end)} ends before it begins.")
        if end <= first or start >= last:
            raise KnownError(
                f"The span {_text(start, end)} lies outside {title.name}, "
                f"which runs from {float(first):.3f} to {float(last):.3f} s."
            )
        if start < before and before > first:
            raise KnownError(f"The span {_text(start, end)} overlaps the one before it.")
        before = end


def _text(start: Fraction, end: Fraction) -> str:
    return f"{float(start):g}-{float(end):g}"


def _the_stream(title: Title, streams: Sequence[_S], plan: Sequence[Planned], what: str) -> _S:
    if not streams:
        raise KnownError(f"{title.name} has no {what}, so “{plan[0].defect}” cannot be made in it.")
    wanted = {planned.stream for planned in plan if planned.stream is not None}
    if len(wanted) > 1:
        raise KnownError(f"Only one {what} stream can be damaged at a time.")
    if not wanted:
        return streams[0]
    found = [stream for stream in streams if stream.index in wanted]
    if not found:
        raise KnownError(f"Stream {min(wanted)} of {title.name} is no {what} stream.")
    return found[0]
