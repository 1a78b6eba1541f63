"""Pictures on their way from the source through the damage into the written file."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import chain
from math import floor
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
from av.codec.context import Flags
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream as AvStream
from av.video.frame import PictureType

from core.domain.time import Span, rescale
from core.domain.title import Title, VideoStream
from core.media.decode_pass import DecodePass
from core.media.frame import VideoFrame
from core.media.source import open_container, stream_of
from core.simulate.coding import quieten, same_priority
from core.simulate.difference import Mask, mask_of, share_of
from core.simulate.inject import injector
from core.simulate.kind import Picture, PictureDamage
from core.simulate.piece import PictureRun, PieceDamage, Step
from core.simulate.plan import Coding, Planned
from core.simulate.planar import frame_of, picture_of, planar_format

Lane: TypeAlias = "tuple[Fraction, list[Packet[AvStream]]]"
"""Seconds up to which a stream is written now, and its new packets."""

END = Fraction(1 << 40)

ENCODERS = {
    "h264": "libx264",
    "hevc": "libx265",
    "mpeg2": "mpeg2video",
    "vp9": "libvpx-vp9",
    "av1": "libsvtav1",
}
"""Short names of codecs, and FFmpeg's encoders."""

_NO_FFV1 = (".mp4", ".mov", ".m4v")
_QSCALE = ("mpeg2video", "mpeg4", "mpeg1video", "mjpeg")
_QUIET_GAP = 3
_MPEG_RATES = frozenset(
    Fraction(rate, per) for rate in (24, 30, 60) for per in (1, Fraction(1001, 1000))
) | {Fraction(25), Fraction(50)}
_RATES = {"mpeg2video": _MPEG_RATES, "mpeg1video": _MPEG_RATES, "mpeg4": _MPEG_RATES}


@dataclass(slots=True, eq=False)
class Shown:
    """A picture under way.

    Attributes:
        frame: As it was decoded.
        mask: Damaged pixels so far, when masks are wanted.
        stretches: The stretch of each planned defect that it lies in.
        shares: Share of its pixels that each planned defect damaged.
    """

    frame: VideoFrame
    stretches: tuple[int | None, ...]
    mask: Mask | None = None
    shares: dict[int, float] = field(default_factory=dict)

    @property
    def time(self) -> Fraction:
        """When it shows, in seconds."""
        return self.frame.pts * self.frame.base


@dataclass(slots=True)
class Trace:
    """What one planned defect came to, gathered while frames pass.

    Attributes:
        planned: The plan.
        runs: First PTS and PTS after the last of each stretch of damaged frames, in source units.
        shares: Share of damaged pixels of each damaged frame.
        damages: One a stretch.
    """

    planned: Planned
    runs: list[list[int]] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    damages: list[PictureDamage] = field(default_factory=list)
    _stretch: int | None = None
    _quiet: int = 0
    _open: bool = False

    def make(self, stretch: int) -> PictureDamage:
        """The damage of one stretch."""
        planned = self.planned
        made = injector(planned.defect).make(
            planned.severity, planned.seed + stretch, planned.variant
        )
        assert isinstance(made, PictureDamage)
        self.damages.append(made)
        return made

    def note(self, pts: int, end_pts: int, stretch: int | None, share: float | None) -> None:
        """Take down one frame.

        Args:
            pts: When it shows.
            end_pts: When the next one shows, as far as is known.
            stretch: Its stretch, or None.
            share: Share of its pixels that is damaged; None when that was not measured.
        """
        if self._open and self.runs and self._quiet == 0:
            # Only now is it known exactly how long the frame before stayed.
            self.runs[-1][1] = pts
        if stretch is None or stretch != self._stretch:
            self._open, self._quiet = False, 0
        self._stretch = stretch
        if stretch is None:
            return
        if share is not None:
            self.shares.append(share)
        if share == 0.0 and self._pieces():
            self._quiet += 1
            self._open = self._open and self._quiet <= _QUIET_GAP
            return
        if self._open:
            self.runs[-1][1] = end_pts
        else:
            self.runs.append([pts, end_pts])
        self._open, self._quiet = True, 0

    def parameters(self) -> dict[str, float | int | str]:
        """What the damage says about itself, and how many pixels differ."""
        found: dict[str, float | int | str] = {}
        if self.damages:
            found |= self.damages[0].parameters()
        if self.shares:
            found["damaged_share"] = round(float(np.mean(self.shares)), 5)
        return found

    def _pieces(self) -> bool:
        """Whether frames of a stretch may come out undamaged."""
        return bool(self.damages) and isinstance(self.damages[-1], PieceDamage)


@dataclass(frozen=True, slots=True)
class PictureJob:
    """All about the picture stream that is damaged.

    Attributes:
        title: The source.
        stream: Which of its streams.
        traces: One a defect, in the order in which they are made.
        span: The part that is written; None is all.
        coding: How.
        shift: Seconds that are taken from every time stamp.
        masked: Work out masks.
        check: Raises when the work shall stop; called every frame.
        progress: Told the seconds of the source that are done.
    """

    title: Title
    stream: VideoStream
    traces: tuple[Trace, ...]
    span: Span | None
    coding: Coding
    shift: Fraction
    masked: bool
    check: Callable[[], None]
    progress: Callable[[Fraction], None]


def damaged_frames(job: PictureJob) -> Iterator[tuple[Shown, av.VideoFrame]]:
    """Decode, damage, and give each picture as it is to be written, in order."""
    runs = [PictureRun[Shown](trace.make, trace.planned.region) for trace in job.traces]
    for item in DecodePass(job.title, job.stream, (), job.span):
        if not isinstance(item, VideoFrame):
            continue
        job.check()
        shown = Shown(item, tuple(t.planned.stretch_at(item.pts * item.base) for t in job.traces))
        steps = [Step(shown, picture_of(item.frame))]
        yield from _finished(job, _through(job, runs, steps, 0))
    for number, run in enumerate(runs):
        late = [_noted(job, number, step) for step in run.finish()]
        yield from _finished(job, _through(job, runs, late, number + 1))


def _through(
    job: PictureJob, runs: list[PictureRun[Shown]], steps: list[Step[Shown]], first: int
) -> list[Step[Shown]]:
    """Pass pictures through the runs from number `first` on."""
    for number in range(first, len(runs)):
        passed: list[Step[Shown]] = []
        for step in steps:
            stretch = step.tag.stretches[number]
            passed += runs[number].take(step.tag, step.picture, stretch)
        steps = [_noted(job, number, step) for step in passed]
    return steps


def _noted(job: PictureJob, number: int, step: Step[Shown]) -> Step[Shown]:
    """Measure what a run did to a picture."""
    if step.clean is None:
        return step
    shown = step.tag
    mask = mask_of(step.clean, step.picture)
    shown.shares[number] = share_of(mask)
    if job.masked:
        shown.mask = mask if shown.mask is None else shown.mask | mask
    return step


def _finished(job: PictureJob, steps: list[Step[Shown]]) -> Iterator[tuple[Shown, av.VideoFrame]]:
    for step in steps:
        shown = step.tag
        frame = shown.frame
        for number, trace in enumerate(job.traces):
            stretch = shown.stretches[number]
            trace.note(frame.pts, frame.end_pts, stretch, shown.shares.get(number))
        yield shown, _as_frame(job, shown, step.picture)
        job.progress(shown.time)


def _as_frame(job: PictureJob, shown: Shown, picture: Picture) -> av.VideoFrame:
    """The frame to be coded; one that nothing damaged is passed on as it is."""
    source = shown.frame.frame
    untouched = not shown.shares and planar_format(source) == source.format.name
    frame = source if untouched else frame_of(picture, source)
    frame.pict_type = PictureType.NONE
    base = shown.frame.base
    frame.time_base = base
    frame.pts = shown.frame.pts - floor(job.shift / base + Fraction(1, 2))
    frame.duration = max(shown.frame.end_pts - shown.frame.pts, 1)
    return frame


class PictureLane:
    """Writes the damaged picture stream, and its mask beside it.

    Args:
        job: What and how.
        container: The file.
        mask: Takes the mask of every picture that lies in a stretch; None writes none.
    """

    def __init__(
        self,
        job: PictureJob,
        container: OutputContainer,
        suffix: str,
        mask: Callable[[Shown, av.VideoFrame], None] | None,
    ) -> None:
        self._job = job
        self._mask = mask
        frames = damaged_frames(job)
        first = next(frames, None)
        if first is None:
            raise ValueError("there are no pictures to write")
        self._frames = chain([first], frames)
        self._base = first[0].frame.base
        self._number = 0
        self.stream = add_picture_stream(container, first[1], job.stream, job.coding, suffix)
        context = self.stream.codec_context
        if job.stream.interlaced:
            context.field_order = _field_order(job.title.path, job.stream.index)
        own = context.time_base
        # Encoders with rates of their own are given numbers for times, and corrected afterwards.
        self._counted = None if own == self._base else own

    def __iter__(self) -> Iterator[Lane]:
        """Packets, as they come."""
        stamps: deque[int] = deque()
        for shown, frame in self._frames:
            if self._mask is not None and any(n is not None for n in shown.stretches):
                self._mask(shown, frame)
            if self._counted is not None:
                stamps.append(frame.pts or 0)
                frame.pts, frame.time_base = self._number, self._counted
                self._number += 1
            with same_priority():
                packets = self.stream.encode(frame)
            yield shown.time, self._stamped(packets, stamps)
        yield END, self._stamped(self.stream.encode(None), stamps)

    def _stamped(self, packets: list[Packet[Any]], stamps: deque[int]) -> list[Packet[AvStream]]:
        """Give packets of counted pictures, which come in their order, their own times."""
        if self._counted is not None:
            for packet in packets:
                packet.pts = packet.dts = stamps.popleft()
                packet.duration, packet.time_base = 0, self._base
        return list(packets)

    def written(self, pts: int) -> int:
        """The time stamp that a source's PTS has in the file, once that is closed."""
        base = self._base
        moved = pts - floor(self._job.shift / base + Fraction(1, 2))
        return rescale(moved, base, Fraction(self.stream.time_base or base))


def add_picture_stream(
    container: OutputContainer,
    first: av.VideoFrame,
    source: VideoStream,
    coding: Coding,
    suffix: str,
) -> av.VideoStream:
    """Add a stream for frames like the first one, described as the source is.

    Raises:
        ValueError: The codec does not code such pictures, or the container does not take it.
    """
    quieten()
    # PyAV tells Matroska nothing about the shape of pixels; H.264 carries it in its own header.
    plain = suffix.lower() not in _NO_FFV1 and (
        source.pixel_aspect == 1 or not _codes("libx264", first.format.name)
    )
    name, options = _encoder(coding, plain)
    stream = container.add_stream(name, rate=source.rate or 25, options=options)
    if not isinstance(stream, av.VideoStream):
        raise ValueError(f"{name} does not code pictures")
    context = stream.codec_context
    stream.width, stream.height = first.width, first.height
    stream.pix_fmt = _format_for(name, first.format.name)
    base = first.time_base or source.base
    if name in _RATES:
        rate = source.rate if source.rate in _RATES[name] else Fraction(25)
        context.time_base, context.framerate, context.max_b_frames = 1 / rate, rate, 0
        stream.time_base = base
    else:
        stream.time_base = context.time_base = base
    context.sample_aspect_ratio = source.pixel_aspect
    # The bytes depend on the number of threads, which must not depend on the machine.
    stream.thread_count = 2
    context.thread_type = "SLICE" if name == "ffv1" else "FRAME"
    context.flags |= Flags.bitexact
    context.color_range = int(first.color_range)
    context.colorspace = int(first.colorspace)
    context.color_primaries = int(first.color_primaries)
    context.color_trc = int(first.color_trc)
    if coding.bitrate is not None:
        stream.bit_rate = coding.bitrate
    if source.rotation:
        stream.set_display_rotation(-source.rotation)
    for key, value in (("language", source.language), ("title", source.title)):
        if value:
            stream.metadata[key] = value
    return stream


def _encoder(coding: Coding, plain: bool) -> tuple[str, dict[str, str]]:
    """The encoder and its options; `plain` says that FFV1 will do where nothing may be lost."""
    name = ENCODERS.get(coding.codec, coding.codec)
    if coding.lossless and not plain and not coding.codec:
        return "libx264", {"preset": "veryfast", "qp": "0", "x264-params": "mbtree=0"}
    if coding.lossless:
        return "ffv1", {"level": "3", "slicecrc": "1", "g": "1"}
    name = name or "libx264"
    options: dict[str, str] = {}
    if coding.crf is not None:
        options["crf"] = f"{coding.crf:g}"
    elif coding.bitrate is None and name in _QSCALE:
        options |= {"qmin": "2", "qmax": "3"}
    if name == "libx264":
        options |= {"preset": "veryfast", "x264-params": "mbtree=0"}
    elif name == "libx265":
        options |= {"preset": "veryfast", "x265-params": "log-level=none:pools=2:frame-threads=2"}
    elif name == "libvpx-vp9":
        options |= {"deadline": "good", "cpu-used": "5"}
    elif name == "libsvtav1":
        options |= {"preset": "9"}
    return name, options


def _format_for(encoder: str, own: str) -> str:
    """The planar format to code: the pictures' own where the encoder has it."""
    if _codes(encoder, own):
        return own
    if _codes(encoder, "yuv420p"):
        return "yuv420p"
    raise ValueError(f"{encoder} does not code {own}")


def _codes(encoder: str, format_: str) -> bool:
    """Whether an encoder takes a pixel format; one that does not say takes all."""
    offered = [f.name for f in av.Codec(encoder, "w").video_formats or ()]
    return not offered or format_ in offered


def _field_order(path: Path, index: int) -> int:
    """FFmpeg's number of the field order that a source declares; 0 is unknown."""
    with open_container(path) as container:
        return int(stream_of(container, index, av.VideoStream, path).codec_context.field_order)
