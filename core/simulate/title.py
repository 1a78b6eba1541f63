"""Damages a real title: the file with defects in it, the truth about them, and its masks.

What is not damaged stays as it is: pictures are decoded once and written without loss unless a
codec is asked for, other streams are copied packet for packet. Everything streams through, so
that two hours cost no more memory than two minutes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.error import FFmpegError

from core.domain.errors import KnownError
from core.domain.finding import Band
from core.domain.media import Cue
from core.domain.time import Span
from core.domain.title import CaptionStream, Title, VideoStream
from core.media.audio import AudioReader
from core.media.caption import read_cues
from core.media.probe import probe
from core.simulate.copy_lane import CaptionLane, CopyLane, carries, text_codec
from core.simulate.inject import inject_cues, injector
from core.simulate.mask_file import MaskFile
from core.simulate.picture_lane import Lane, PictureJob, PictureLane, Trace
from core.simulate.plan import Coding, Planned, Targets, targets_of, title_bounds
from core.simulate.sound_lane import SoundJob, SoundLane, SoundTrace
from core.simulate.truth import Truth, TruthSet, mask_path, truth_path, write_truth

DAMAGED_CODING = Coding("h264", crf=18.0)
"""How pictures are coded whose packets are damaged, when they have to be coded at all."""

_MICRO = Fraction(1, 1_000_000)


def _nothing() -> None:
    """Nobody wants to stop."""


def _nobody(_share: float) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a damaged title is written.

    Attributes:
        coding: Codecs of what is damaged.
        bounds: Write only this part, in seconds on the source's time line; None is all.
        from_zero: Move the part to the beginning of the time line; else times stay.
        pictures: Write picture streams; without them a file of sound and captions comes out.
        mask: Write the damaged pixels beside the title.
        overwrite: Replace files that are there.
    """

    coding: Coding = field(default_factory=Coding)
    bounds: tuple[float, float] | None = None
    from_zero: bool = False
    pictures: bool = True
    mask: bool = True
    overwrite: bool = False


def simulate_title(
    path: Path,
    out: Path,
    plan: Sequence[Planned],
    options: Options | None = None,
    *,
    progress: Callable[[float], None] = _nobody,
    check: Callable[[], None] = _nothing,
) -> TruthSet:
    """Write a copy of a title with defects in it, and the truth beside it.

    The truth lies in `OUT.truth.json`; for defects of pictures the damaged pixels lie in
    `OUT.mask.mkv`: grey, 255 where damaged, with the time stamps of the title, and only for the
    frames that lie in a stretch. The same call gives the same bytes.

    Pictures are copied, too, when nothing is done to them and the whole title is written; of a
    part they are written anew, since it seldom begins with a key picture. Times are those of the
    source. Matroska rounds them to the millisecond, MP4 and MOV keep them.

    Args:
        path: The clean title.
        out: The damaged one; the suffix names the container, `.mkv` takes everything.
        plan: The defects, in the order in which they are made.
        options: How.
        progress: Told the share that is done, 0..1.
        check: Called often; what it raises ends the work and removes what was written.

    Returns:
        The truth, with times as they are in the written file.

    Raises:
        KnownError: The title cannot be read, the plan does not fit it, or `out` is there already
            or cannot be written.
    """
    options = options or Options()
    title = probe(path)
    bounds = _bounds(title, options.bounds)
    targets = targets_of(title, plan, bounds)
    _refuse(path, out, options)
    partial = out.with_name(f".{os.getpid()}.{out.name}")
    mask_partial = mask_path(out).with_name(f".{os.getpid()}.{mask_path(out).name}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        written = _Writer(title, targets, options, bounds, progress, check)
        truths = written.write(partial, mask_partial if options.mask else None, out)
        truth = TruthSet(tuple(sorted(truths, key=_first)))
        write_truth(truth_path(out), truth.truths[0] if len(truth) == 1 else truth)
        if mask_partial.exists():
            mask_partial.replace(mask_path(out))
        partial.replace(out)
    except (FFmpegError, OSError, ValueError) as error:
        raise KnownError(f"{out.name} cannot be written.", str(error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
            mask_partial.unlink(missing_ok=True)
    progress(1.0)
    return truth


def copy_title(
    path: Path,
    out: Path,
    options: Options | None = None,
    *,
    check: Callable[[], None] = _nothing,
) -> None:
    """Write a title, or a part of it, as `simulate_title` would, with no defect in it.

    Pictures are decoded and coded as `options` say, everything else is copied: the clean twin of
    a damaged clip.

    Raises:
        KnownError: As for `simulate_title`.
    """
    options = options or Options()
    title = probe(path)
    bounds = _bounds(title, options.bounds)
    _refuse(path, out, options)
    partial = out.with_name(f".{os.getpid()}.{out.name}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        targets = Targets(video=title.video[0] if title.video else None)
        _Writer(title, targets, options, bounds, _nobody, check).write(partial, None, out)
        partial.replace(out)
    except (FFmpegError, OSError, ValueError) as error:
        raise KnownError(f"{out.name} cannot be written.", str(error)) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _damaged_packets(planned: Planned, path: Path, spans: Sequence[tuple[float, float]]) -> Truth:
    entry = injector(planned.defect)
    variant = {"variant": planned.variant} if entry.variants else {}
    made = entry.make(
        path, path, spans, planned.severity, planned.seed, stream_index=planned.stream, **variant
    )
    assert isinstance(made, Truth)
    return made


def _first(truth: Truth) -> tuple[float, str]:
    return (truth.spans[0][0] if truth.spans else float("inf"), truth.defect)


def _bounds(title: Title, wanted: tuple[float, float] | None) -> tuple[Fraction, Fraction] | None:
    if wanted is None:
        return None
    first, last = title_bounds(title)
    start = max(Fraction(round(wanted[0] / _MICRO)) * _MICRO, first)
    end = min(Fraction(round(wanted[1] / _MICRO)) * _MICRO, last)
    if end <= start:
        raise KnownError(
            f"The part {wanted[0]:g}-{wanted[1]:g} lies outside {title.name}, "
            f"which runs from {float(first):.3f} to {float(last):.3f} s."
        )
    return start, end


def _refuse(path: Path, out: Path, options: Options) -> None:
    if out.exists() and path.exists() and out.samefile(path):
        raise KnownError(f"{out.name} is the title itself, which is never written over.")
    if out.exists() and not options.overwrite:
        raise KnownError(f"{out} is there already.")
    if out.is_dir():
        raise KnownError(f"{out} is a folder.")


class _Writer:
    """Writes one title; made for one call."""

    def __init__(
        self,
        title: Title,
        targets: Targets,
        options: Options,
        bounds: tuple[Fraction, Fraction] | None,
        progress: Callable[[float], None],
        check: Callable[[], None],
    ) -> None:
        self._title = title
        self._targets = targets
        self._options = options
        self._bounds = bounds
        self._span = None if bounds is None else Span.from_seconds(*bounds, _MICRO)
        self._shift = bounds[0] if bounds is not None and options.from_zero else Fraction(0)
        self._progress = progress
        self._check = check
        self._begin, self._end = bounds if bounds is not None else title_bounds(title)
        self._traces = tuple(Trace(planned) for planned in targets.pictures)
        self._sounds = tuple(SoundTrace(planned) for planned in targets.sound)
        self._pictures: PictureLane | None = None
        self._sound: SoundLane | None = None
        self._cues: list[Truth] = []

    def write(self, partial: Path, mask: Path | None, out: Path) -> list[Truth]:
        """Write the file under its passing name, and tell the truth about it."""
        suffix = out.suffix
        with ExitStack() as stack:
            masks = None
            if mask is not None and self._traces:
                masks = stack.enter_context(MaskFile(mask))
            container = stack.enter_context(self._open(partial, suffix))
            lanes = self._lanes(container, suffix, stack, masks)
            _interleave(container, lanes)
        truths = [
            *self._picture_truths(masks is not None and masks.used, mask_path(out).name),
            *self._sound_truths(),
            *self._cues,
        ]
        for planned in self._targets.packets:
            spans = [
                (start - float(self._shift), end - float(self._shift))
                for start, end in planned.spans
            ]
            truths.append(_damaged_packets(planned, partial, spans))
        return truths

    def _open(self, partial: Path, suffix: str) -> OutputContainer:
        options = {"fflags": "+bitexact", "avoid_negative_ts": "disabled"}
        video = self._title.video[0] if self._title.video else None
        if suffix.lower() in (".mp4", ".mov", ".m4v"):
            # Edit lists, which say where the time line begins, count in this clock.
            clock = video.base.denominator if video is not None else 1000
            options["movie_timescale"] = str(max(clock, 1000))
            if video is not None:
                options["video_track_timescale"] = str(video.base.denominator)
        return av.open(f"file:{partial.absolute()}", "w", container_options=options)

    # Streams

    def _lanes(
        self, container: OutputContainer, suffix: str, stack: ExitStack, masks: MaskFile | None
    ) -> list[Iterator[Lane]]:
        """One lane a damaged stream and one for all that are copied, in the source's order."""
        title, targets = self._title, self._targets
        copy = CopyLane(title.path, container, self._bounds, self._shift, self._check)
        stack.callback(copy.close)
        lanes: list[Iterator[Lane]] = [iter(copy)]
        streams = sorted((*title.video, *title.audio, *title.captions), key=lambda s: s.index)
        for stream in streams:
            if isinstance(stream, VideoStream) and not self._options.pictures:
                continue
            if stream is targets.video or (isinstance(stream, VideoStream) and self._anew(stream)):
                self._pictures = self._picture_lane(container, suffix, masks)
                lanes.append(iter(self._pictures))
            elif stream is targets.audio:
                self._sound = self._sound_lane(container, suffix, stack)
                lanes.append(iter(self._sound))
            elif isinstance(stream, CaptionStream) and self._as_text(stream, suffix):
                lane = self._caption_lane(container, suffix, stream)
                if lane is not None:
                    lanes.append(iter(lane))
            elif not (isinstance(stream, CaptionStream) and stream.file is not None):
                copy.add(stream.index)
        return lanes

    def _anew(self, stream: VideoStream) -> bool:
        """Whether an undamaged picture stream is written anew.

        The first one is when only a part of the title is written: copied packets would begin at
        the key picture before.
        """
        return (
            self._bounds is not None
            and self._targets.video is None
            and (stream is self._title.video[0])
        )

    def _as_text(self, stream: CaptionStream, suffix: str) -> bool:
        """Whether captions are written anew: damaged ones, and what cannot be copied."""
        if stream is self._targets.caption:
            return True
        return stream.file is None and not carries(suffix, stream.codec)

    def _picture_lane(
        self, container: OutputContainer, suffix: str, masks: MaskFile | None
    ) -> PictureLane:
        coding = self._options.coding
        if self._targets.packets and coding.lossless:
            coding = DAMAGED_CODING
        job = PictureJob(
            self._title,
            self._targets.video or self._title.video[0],
            self._traces,
            self._span,
            coding,
            self._shift,
            masks is not None,
            self._check,
            self._told,
        )
        return PictureLane(job, container, suffix, None if masks is None else masks.take)

    def _sound_lane(self, container: OutputContainer, suffix: str, stack: ExitStack) -> SoundLane:
        assert self._targets.audio is not None
        reader = stack.enter_context(AudioReader(self._title.path, self._targets.audio))
        tell = self._told if self._pictures is None else _silent
        job = SoundJob(
            reader,
            self._sounds,
            self._span,
            self._options.coding,
            self._shift,
            self._check,
            tell,
        )
        return SoundLane(job, container, suffix)

    def _caption_lane(
        self, container: OutputContainer, suffix: str, stream: CaptionStream
    ) -> CaptionLane | None:
        """The captions as text; None for bitmaps and for files that take no text."""
        target = stream is self._targets.caption
        if text_codec(suffix) is None and not target:
            return None
        cues = list(read_cues(self._title, stream))
        if target:
            if not cues:
                raise KnownError(f"The captions of {self._title.name} hold no text to damage.")
            cues = self._damaged_cues(cues, stream)
        if self._bounds is not None:
            cues = [c for c in cues if self._begin <= c.span.start_time.exact < self._end]
        if not cues and not target:
            return None
        return CaptionLane(cues, container, suffix, self._shift, stream.language)

    def _damaged_cues(self, cues: list[Cue], stream: CaptionStream) -> list[Cue]:
        for planned in self._targets.cues:
            spans = [(float(start), float(end)) for start, end in planned.exact_spans()]
            cues, shown = inject_cues(
                cues,
                planned.defect,
                spans,
                planned.severity,
                planned.seed,
                variant=planned.variant,
            )
            moved = tuple((s - float(self._shift), e - float(self._shift)) for s, e in shown)
            if not moved:
                raise KnownError(f"No caption lies where “{planned.defect}” shall be.")
            self._cues.append(
                Truth(
                    planned.defect,
                    moved,
                    planned.severity,
                    planned.seed,
                    variant=planned.variant,
                    stream=stream.index,
                )
            )
        return cues

    def _told(self, reached: Fraction) -> None:
        length = self._end - self._begin
        if length > 0:
            share = float((reached - self._begin) / length)
            self._progress(min(max(share, 0.0), 1.0))

    # Truth

    def _picture_truths(self, masked: bool, mask: str) -> Iterator[Truth]:
        lane = self._pictures
        if lane is None:
            return
        base = Fraction(lane.stream.time_base or 1)
        for trace in self._traces:
            planned = trace.planned
            pts = tuple((lane.written(first), lane.written(end)) for first, end in trace.runs)
            if not pts:
                raise KnownError(
                    f"“{planned.defect}” leaves no trace there; choose another place or seed."
                )
            yield Truth(
                planned.defect,
                tuple((float(first * base), float(end * base)) for first, end in pts),
                planned.severity,
                planned.seed,
                trace.parameters(),
                planned.variant,
                planned.region,
                lane.stream.index,
                pts,
                base,
                mask=mask if masked else "",
            )

    def _sound_truths(self) -> Iterator[Truth]:
        lane = self._sound
        if lane is None:
            return
        base = Fraction(lane.stream.time_base or 1)
        for trace in self._sounds:
            planned = trace.planned
            if not trace.spans:
                raise KnownError(f"No sound lies where “{planned.defect}” shall be.")
            pts = tuple((lane.written(first), lane.written(end)) for first, end in trace.spans)
            yield Truth(
                planned.defect,
                tuple((float(first * base), float(end * base)) for first, end in pts),
                planned.severity,
                planned.seed,
                trace.found,
                planned.variant,
                stream=lane.stream.index,
                pts=pts,
                base=base,
                band=_band(trace.found),
            )


def _band(parameters: Mapping[str, float | int | str]) -> Band | None:
    """Where in the spectrum a defect lies, when it says so."""
    low, high = parameters.get("low_hz"), parameters.get("high_hz")
    if isinstance(low, int | float) and isinstance(high, int | float):
        return Band(float(low), float(high))
    return None


def _silent(_reached: Fraction) -> None:
    """The pictures tell how far the work is."""


def _interleave(container: OutputContainer, lanes: Iterable[Iterator[Lane]]) -> None:
    """Take from whichever stream is behind, so that none has to wait in memory."""
    reached = {lane: Fraction(-1) for lane in lanes}
    while reached:
        lane = min(reached, key=lambda item: reached[item])
        step = next(lane, None)
        if step is None:
            del reached[lane]
            continue
        reached[lane] = step[0]
        for packet in step[1]:
            container.mux(packet)
