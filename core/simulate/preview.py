"""What a planned defect would look and sound like, without writing a file."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.media import Cue
from core.domain.time import Span
from core.domain.title import Title, VideoStream
from core.media.audio import AudioReader
from core.media.caption import read_cues
from core.media.frame import VideoFrame
from core.media.probe import probe
from core.simulate.difference import Mask
from core.simulate.inject import inject_cues
from core.simulate.kind import Sound
from core.simulate.picture_lane import PictureJob, Shown, Trace, damaged_frames
from core.simulate.plan import Coding, Planned, targets_of
from core.simulate.sound_lane import SoundTrace

LONGEST_RUN_S = 10
"""Damage that depends on the frames before is run up from at most so far before the place."""

LONGEST_SOUND_S = 120
"""Longest stretch of sound that is damaged for a preview."""

_MICRO = Fraction(1, 1_000_000)
_LEAD_S = Fraction(1)

RGB = NDArray[np.uint8]
"""Shape (height, width, 3), full range, as a screen shows it."""


@dataclass(frozen=True, slots=True, eq=False)
class PicturePreview:
    """One picture without and with the defect.

    Attributes:
        pts: When it shows, in units of `base`.
        base: Seconds per PTS unit.
        clean: As it is.
        damaged: As it would be.
        mask: Damaged pixels, 255 or 0, of the coded size; None outside the planned spans.
    """

    pts: int
    base: Fraction
    clean: RGB
    damaged: RGB
    mask: Mask | None


@dataclass(frozen=True, slots=True, eq=False)
class SoundPreview:
    """Some sound without and with the defect.

    Attributes:
        start_s: When it begins.
        rate: Samples a second.
        clean: float32, shape (channels, n).
        damaged: Of the same shape.
    """

    start_s: float
    rate: int
    clean: Sound
    damaged: Sound


def preview_picture(
    path: Path,
    planned: Planned,
    at_s: float,
    *,
    title: Title | None = None,
    width: int | None = None,
    height: int | None = None,
) -> PicturePreview:
    """The picture that is on screen at some time, without and with the defect.

    Inside a span it is what `simulate_title` would write, as long as the span began no more than
    ten seconds earlier; damage that lives on frames long past may otherwise differ.

    Args:
        path: The clean title.
        planned: A defect of pictures.
        at_s: Seconds on the title's time line.
        title: As probed, when that was done before.
        width: Width of the results in pixels; None keeps the coded size.
        height: Height of the results.

    Raises:
        KnownError: The plan does not fit the title, or no picture is there.
    """
    title = title or probe(path)
    stream = _video(title, planned)
    at = _exact(at_s)
    frame_s = 1 / stream.rate if stream.rate > 0 else Fraction(1, 25)
    begin = _run_up(planned, at)
    found: tuple[Shown, VideoFrame] | None = None
    with closing(_pairs(title, stream, planned, (begin, at + frame_s))) as pairs:
        for shown, damaged in pairs:
            if found is not None and shown.time > at:
                break
            found = (shown, damaged)
    if found is None:
        raise KnownError(f"{title.name} has no picture at {at_s:g} s.")
    return _preview(found, width, height)


def preview_pictures(
    path: Path,
    planned: Planned,
    bounds: tuple[float, float],
    *,
    title: Title | None = None,
    width: int | None = None,
    height: int | None = None,
) -> Iterator[PicturePreview]:
    """The pictures of a part, one after the other, without and with the defect.

    Close the iterator, or run it to its end, to release the file.

    Raises:
        KnownError: The plan does not fit the title.
    """
    title = title or probe(path)
    stream = _video(title, planned)
    first = _exact(bounds[0])
    begin = _run_up(planned, first)
    for pair in _pairs(title, stream, planned, (begin, _exact(bounds[1]))):
        if pair[0].time >= first:
            yield _preview(pair, width, height)


def preview_sound(
    path: Path,
    planned: Planned,
    start_s: float,
    seconds: float,
    *,
    title: Title | None = None,
) -> SoundPreview:
    """Sound from some time on, without and with the defect.

    Of stretches longer than two minutes only the two minutes that hold `start_s` are damaged, by
    themselves.

    Raises:
        KnownError: The plan does not fit the title.
    """
    title = title or probe(path)
    stream = targets_of(title, [planned]).audio
    if stream is None:
        raise KnownError(f"“{planned.defect}” is no defect of sound.")
    rate = stream.sample_rate
    first, count = round(start_s * rate), max(round(seconds * rate), 1)
    trace = SoundTrace(planned)
    with AudioReader(path, stream) as reader:
        clean = reader.read_at(first, count)
        damaged = clean.copy()
        for number, (start, end) in enumerate(trace.samples(rate)):
            low, high = max(start, first), min(end, first + count)
            if high <= low:
                continue
            longest = LONGEST_SOUND_S * rate
            piece = (low - start) // longest
            start, end = start + piece * longest, min(end, start + (piece + 1) * longest)
            high = min(high, end)
            whole = reader.read_at(start, end - start)
            done = trace.damaged(number, piece, whole, rate)
            damaged[:, low - first : high - first] = done[:, low - start : high - start]
    return SoundPreview(first / rate, rate, clean, damaged)


def preview_cues(
    path: Path, planned: Planned, *, title: Title | None = None
) -> tuple[tuple[Cue, ...], tuple[Cue, ...]]:
    """All cues of the caption track without and with the defect.

    Raises:
        KnownError: The plan does not fit the title, or the captions cannot be read.
    """
    title = title or probe(path)
    stream = targets_of(title, [planned]).caption
    if stream is None:
        raise KnownError(f"“{planned.defect}” is no defect of captions.")
    cues = read_cues(title, stream)
    spans = [(float(start), float(end)) for start, end in planned.exact_spans()]
    done, _ = inject_cues(
        cues, planned.defect, spans, planned.severity, planned.seed, variant=planned.variant
    )
    return cues, tuple(done)


def _exact(seconds: float) -> Fraction:
    return Fraction(round(seconds / _MICRO)) * _MICRO


def _video(title: Title, planned: Planned) -> VideoStream:
    stream = targets_of(title, [planned]).video
    if stream is None:
        raise KnownError(f"“{planned.defect}” is no defect of pictures.")
    return stream


def _run_up(planned: Planned, at: Fraction) -> Fraction:
    """From where to decode, so that the damage at a place has seen what it needs."""
    for start, end in planned.exact_spans():
        if start <= at < end:
            return max(start, at - LONGEST_RUN_S) - _LEAD_S
    return at - _LEAD_S


def _pairs(
    title: Title, stream: VideoStream, planned: Planned, bounds: tuple[Fraction, Fraction]
) -> Generator[tuple[Shown, VideoFrame], None, None]:
    """Pictures between two times, each beside its damaged form."""
    span = Span.from_seconds(bounds[0], bounds[1] + LONGEST_RUN_S, _MICRO)
    job = PictureJob(
        title,
        stream,
        (Trace(planned),),
        span,
        Coding(),
        Fraction(0),
        True,
        _nothing,
        _nowhere,
    )
    for shown, frame in damaged_frames(job):
        if shown.time >= bounds[1]:
            return
        damaged = VideoFrame(
            frame,
            stream=stream.index,
            pts=shown.frame.pts,
            end_pts=shown.frame.end_pts,
            base=shown.frame.base,
            rotation=stream.rotation,
        )
        yield shown, damaged


def _preview(
    pair: tuple[Shown, VideoFrame], width: int | None, height: int | None
) -> PicturePreview:
    shown, damaged = pair
    clean = shown.frame.rgb(width, height)
    inside = bool(shown.shares)
    return PicturePreview(
        shown.frame.pts,
        shown.frame.base,
        clean,
        damaged.rgb(width, height) if inside else clean,
        shown.mask,
    )


def _nothing() -> None:
    """A preview is short; nobody stops it."""


def _nowhere(_reached: Fraction) -> None:
    """A preview is short; nobody watches it."""
