"""Measuring a title: what to decode, which rows to keep, and what is told meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from math import ceil, floor

from core.analysis.caption_feed import feed_captions
from core.analysis.crew import Crew
from core.analysis.meter import Meter, Window
from core.analysis.plan import Plan, able, choose, plan
from core.analysis.sound_feed import AHEAD_S, SoundFeed
from core.detectors.base import USUAL, Options
from core.domain.batch import Part
from core.domain.errors import CancelledError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.time import Span
from core.domain.title import CaptionStream, Stream, Title, VideoStream
from core.domain.track import Track, join_tracks
from core.jobs.progress import CancelToken, ProgressMeter, ProgressSink, ignore_progress
from core.media.decode_pass import DecodePass

TrackSink = Callable[[Sequence[Track], float], None]
"""Takes pieces of tracks, and the seconds from the stretch's start up to which all rows came."""

CHECKPOINT_S = 5.0
_EDGE = Fraction(1)
_FINE = Fraction(1, 1_000_000)
_FOREVER_S = 10**8


@dataclass(frozen=True, slots=True)
class Measurement:
    """What measuring gave.

    Attributes:
        tracks: One a detector and stream; empty when a sink took them in pieces.
        faults: Sentences about detectors that stopped for a mistake of their own.
        left_out: A sentence for each detector that cannot measure on this machine.
    """

    tracks: tuple[Track, ...]
    faults: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an interrupted run of the same request left.

    Attributes:
        at: Seconds on the title's time line up to which all tracks are complete; for progress.
        last_pts: PTS of the last row by detector and stream.
    """

    at: Fraction
    last_pts: Mapping[tuple[str, int], int]


def measure_title(
    title: Title,
    detectors: Sequence[str] = (),
    span: Span | None = None,
    sink: TrackSink | None = None,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
    *,
    earlier: Earlier | None = None,
    options: Options = USUAL,
    checkpoint_s: float = CHECKPOINT_S,
    part: Part = Part.ALL,
) -> Measurement:
    """Measure a title without a store.

    Args:
        title: What `core.media.probe` found.
        detectors: Ids; empty means all.
        span: Only rows that start in this stretch; what lies just outside is decoded, too, so
            that the rows are those of the whole title.
        sink: Takes pieces of tracks while the work goes on, in the calling thread; None collects.
        progress: Told how far the work is.
        cancel: Stops it, within a frame.
        earlier: Go on from there.
        options: What was chosen about measuring.
        checkpoint_s: Wall seconds between two calls of `sink`.
        part: Only streams of this part.

    Returns:
        The tracks, when no sink takes them.

    Raises:
        KnownError: Nothing can be read or measured.
        CancelledError: `cancel` was raised.
    """
    specs, left_out = able(choose(DEFAULT_PROFILE, detectors))
    work = plan(title, specs, part)
    start = span.start * span.base if span is not None else title.start.exact
    total_s = _length_s(title, span)
    parts: dict[tuple[str, int], list[Track]] = {}

    def collect(pieces: Sequence[Track], _done_s: float) -> None:
        for piece in pieces:
            parts.setdefault((piece.detector, piece.stream), []).append(piece)

    token = cancel if cancel is not None else CancelToken()
    sound = _sound_beside(title, work, span, token)
    meters = [
        Meter(
            stream,
            work.specs[stream.index],
            _window(stream, span, earlier),
            options,
            sound if isinstance(stream, VideoStream) else None,
        )
        for stream in work.streams
    ]
    clerk = _Clerk(
        meters,
        start,
        total_s,
        collect if sink is None else sink,
        ProgressMeter(progress, total_s, "Analysing", _since(start, earlier)),
        checkpoint_s,
        _since(start, earlier),
    )
    passes = _passes(title, work, span, earlier, token)
    readers = [
        partial(feed_captions, title, meter, token)
        for meter in meters
        if isinstance(meter.stream, CaptionStream)
    ]
    try:
        Crew(passes, meters, readers, token).run(clerk.tick)
    except CancelledError:
        clerk.checkpoint()  # What is measured is kept, to go on from.
        raise
    clerk.close()
    faults = tuple(fault for meter in meters for fault in meter.faults())
    return Measurement(tuple(join_tracks(parts[key]) for key in sorted(parts)), faults, left_out)


def _length_s(title: Title, span: Span | None) -> float:
    if span is None:
        return title.duration_s
    ends_s = title.start.seconds + title.duration_s
    return max(min(span.end_s, ends_s) - max(span.start_s, title.start.seconds), 0.0)


def _since(start: Fraction, earlier: Earlier | None) -> float:
    return float(earlier.at - start) if earlier is not None else 0.0


def _window(stream: Stream, span: Span | None, earlier: Earlier | None) -> Window:
    bounds: tuple[int | None, int | None] = (None, None)
    if span is not None:
        # Rows are wanted from the first PTS inside; a stream's own base need not hit the bounds.
        bounds = (
            ceil(span.start * span.base / stream.base),
            ceil(span.end * span.base / stream.base),
        )
    last = earlier.last_pts if earlier is not None else {}
    return Window(*bounds, {d: pts for (d, index), pts in last.items() if index == stream.index})


def _passes(
    title: Title, work: Plan, span: Span | None, earlier: Earlier | None, cancel: CancelToken
) -> list[DecodePass]:
    """One decode pass; two when going on from an earlier run.

    Then sound is decoded from where the run began, because sound detectors count their steps from
    there and some decoders keep state for ever; that takes seconds an hour. Pictures are not.
    """
    begin = None if span is None else span.start * span.base - work.warmup
    end = None if span is None else span.end * span.base + work.warmup
    whole = _stretch(title, begin, end)
    if earlier is None or work.video is None:
        return [DecodePass(title, work.video, work.audio, whole, cancel)]
    rest = _stretch(title, _resume_at(title, work.video, work, begin, earlier), end)
    pictures = DecodePass(title, work.video, (), rest, cancel)
    return [pictures, DecodePass(title, None, work.audio, whole, cancel)][: 1 + bool(work.audio)]


def _sound_beside(
    title: Title, work: Plan, span: Span | None, cancel: CancelToken
) -> SoundFeed | None:
    """The sound for detectors of pictures; like all sound it is decoded from where a run began."""
    if work.beside is None:
        return None
    begin = None if span is None else span.start * span.base - work.warmup
    end = None if span is None else span.end * span.base + work.warmup + AHEAD_S
    return SoundFeed(DecodePass(title, None, (work.beside,), _stretch(title, begin, end), cancel))


def _resume_at(
    title: Title, video: VideoStream, work: Plan, begin: Fraction | None, earlier: Earlier
) -> Fraction:
    """Where to decode pictures from, so that no detector misses a row."""
    start = title.start.exact if begin is None else begin
    last = [earlier.last_pts.get((spec.id, video.index)) for spec in work.specs[video.index]]
    known = [pts for pts in last if pts is not None]
    if len(known) < len(last):
        return start
    return max(start, min(known) * video.base - work.warmup)


def _stretch(title: Title, begin: Fraction | None, end: Fraction | None) -> Span | None:
    """What to decode; None is everything, an end of None is the end of the title."""
    if begin is None:
        return None
    begin = max(begin, title.start.exact)
    end = begin + _FOREVER_S if end is None else max(end, begin)
    return Span(floor(begin / _FINE), ceil(end / _FINE), _FINE)


class _Clerk:
    """Reports progress and hands tracks on, in the calling thread."""

    def __init__(
        self,
        meters: Sequence[Meter],
        start: Fraction,
        total_s: float,
        sink: TrackSink,
        progress: ProgressMeter,
        checkpoint_s: float,
        done_s: float,
    ) -> None:
        self._meters = meters
        # Captions come all at once and with long pauses: they say nothing about the progress.
        self._paced = [m for m in meters if not isinstance(m.stream, CaptionStream)]
        self._start = start
        self._total_s = total_s
        self._sink = sink
        self._progress = progress
        self._checkpoint_s = checkpoint_s
        self._last = time.monotonic()
        self._shown_s = self._settled_s = done_s

    def tick(self) -> None:
        """Look after progress and, when it is time, hand pieces on."""
        self._shown_s = self._place([m.position for m in self._paced], self._shown_s)
        self._progress.update(self._shown_s)
        if time.monotonic() - self._last >= self._checkpoint_s:
            self.checkpoint()
            self._last = time.monotonic()

    def checkpoint(self) -> None:
        """Hand on what is measured so far."""
        # Asked for before the rows are taken: more may come meanwhile, never fewer.
        self._settled_s = self._place([m.settled for m in self._paced], self._settled_s)
        self._hand_on(self._settled_s)

    def close(self) -> None:
        """Hand everything on that is left."""
        done_s = self._place([m.position for m in self._paced], self._shown_s)
        self._hand_on(done_s)
        self._sink([track for meter in self._meters for track in meter.endings()], done_s)
        self._progress.update(done_s, force=True)

    def _hand_on(self, done_s: float) -> None:
        pieces = [track for meter in self._meters for track in meter.take_tracks()]
        if pieces:
            self._sink(pieces, done_s)

    def _place(self, times: Sequence[Fraction | None], least_s: float) -> float:
        """Seconds from the start up to which all streams came; ended ones hold nobody back."""
        going = [
            self._start if place is None else place
            for meter, place in zip(self._paced, times, strict=True)
            if not _has_ended(meter, place)
        ]
        reached = going or [place for place in times if place is not None]
        if not reached:
            return least_s
        place_s = float((min(going) if going else max(reached)) - self._start)
        return max(least_s, min(place_s, self._total_s) if self._total_s > 0 else place_s)


def _has_ended(meter: Meter, place: Fraction | None) -> bool:
    stream = meter.stream
    end = (stream.start_pts + stream.duration_pts) * stream.base
    return place is not None and stream.duration_pts > 0 and place >= end - _EDGE
