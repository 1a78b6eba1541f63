"""Clips of findings, entered in the store as titles that the desk reviews like any other."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor
from pathlib import Path

from core.domain.channel import ChannelEvent
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.run import RunState
from core.domain.time import MediaTime, Span
from core.domain.title import Stream, Title
from core.domain.track import Track
from core.media.live.clip import ClipFile, write_clip
from core.media.live.ring import Ring, Session
from core.media.probe import probe
from core.store.store import Store

LEAD_IN_S = 5.0
LEAD_OUT_S = 4.0
LONGEST_S = 60.0
"""Of a finding that lasts longer, a clip shows the beginning."""

_RING_LATE_S = 20.0


@dataclass(slots=True, eq=False)
class ClipOrder:
    """A clip that is to be written.

    Attributes:
        channel: Id of the channel.
        name: Its name.
        ring: Holds the packets.
        session: Which connection and clock of the ring.
        indices: Container indices of its streams, as the ring keeps them.
        start_s: Where the clip begins, seconds of the stream's clock.
        end_s: Where it ends.
        out: The file.
        findings: What it shows, on the stream's clock.
        tracks: Rows of that stretch.
        detectors: Who measured.
        weights: Hash of their weights.
        profile: Who decided.
        done: Hears of the clip; gives the findings' events that now name it, with their keys.
        due: When it is written at the latest, on the monotonic clock.
    """

    channel: str
    name: str
    ring: Ring
    session: Session
    indices: tuple[int, ...]
    start_s: float
    end_s: float
    out: Path
    findings: Sequence[Finding]
    tracks: Sequence[Track]
    detectors: tuple[str, ...]
    weights: dict[str, str]
    profile: Profile
    done: Callable[[Excerpt], Sequence[tuple[int, ChannelEvent]]]
    due: float = field(default_factory=lambda: time.monotonic() + _RING_LATE_S)

    def is_ready(self) -> bool:
        """The ring holds all of it on the disk, or will not any more."""
        reached = self.ring.reached(self.session)
        done = reached is not None and reached >= Fraction(self.end_s)
        return done or self.ring.session != self.session or time.monotonic() >= self.due


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A clip in the store.

    Attributes:
        path: The file.
        fingerprint: Of the title.
        run: Holds its tracks and findings.
    """

    path: Path
    fingerprint: str
    run: str


def keep_clip(order: ClipOrder, store: Store) -> Excerpt:
    """Write a clip and enter it in the store: title, run, tracks, findings.

    Raises:
        KnownError: The ring no longer holds it, the disk is full, or the store cannot be written.
    """
    start, end = Fraction(order.start_s), Fraction(order.end_s)
    segments = order.ring.covering(order.session, start, end)
    clip = write_clip(segments, order.indices, start, end, order.out)
    title = probe(clip.path)
    tracks = [moved for track in order.tracks if (moved := _moved_track(track, clip, title))]
    findings = [shown for f in order.findings if (shown := _moved_finding(f, clip, title))]
    store.titles.put(title, opened=False)
    run = store.runs.start(
        title.fingerprint,
        order.detectors,
        None,
        order.weights,
        {"channel": order.name, "live": "yes"},
    )
    store.tracks.append(run.id, *tracks, done_s=title.duration_s)
    store.findings.replace(run.id, order.profile, findings)
    store.runs.finish(run.id, RunState.DONE)
    return Excerpt(clip.path, title.fingerprint, run.id)


def _moved(pts: int, base: Fraction, clip: ClipFile, target: Fraction) -> int:
    return floor((pts * base + clip.shift) / target + Fraction(1, 2))


def _target(stream: int, clip: ClipFile, title: Title) -> Stream | None:
    place = clip.streams.get(stream)
    return next((s for s in (*title.video, *title.audio) if s.index == place), None)


def _moved_track(track: Track, clip: ClipFile, title: Title) -> Track | None:
    """A track on the clock of the clip; rows that its coarser base makes one are left out."""
    stream = _target(track.stream, clip, title)
    if stream is None or not len(track):
        return None
    pts = [_moved(int(p), track.base, clip, stream.base) for p in track.pts]
    kept = [i for i, p in enumerate(pts) if i == 0 or p > pts[i - 1]]
    end = max(_moved(track.end, track.base, clip, stream.base), pts[kept[-1]] + 1)
    chosen = track.pts[kept].copy()
    chosen[:] = [pts[i] for i in kept]
    return Track(
        track.detector,
        stream.index,
        stream.base,
        chosen,
        end,
        {name: values[kept] for name, values in track.metrics.items()},
        None if track.maps is None else track.maps[kept],
    )


def _moved_finding(finding: Finding, clip: ClipFile, title: Title) -> Finding | None:
    """A finding on the clock of the clip, as far as the clip shows it."""
    stream = _target(finding.stream, clip, title)
    if stream is None:
        return None
    first = floor(title.start.exact / stream.base)
    last = floor((title.start.exact + Fraction(title.duration_s)) / stream.base)
    span = finding.span
    start = max(_moved(span.start, span.base, clip, stream.base), first)
    end = min(_moved(span.end, span.base, clip, stream.base), last)
    if end <= start:
        return None
    peak = finding.evidence.peak
    at = min(max(_moved(peak.pts, peak.base, clip, stream.base), start), end - 1)
    evidence = replace(finding.evidence, peak=MediaTime(at, stream.base))
    return replace(
        finding, stream=stream.index, span=Span(start, end, stream.base), evidence=evidence
    )
