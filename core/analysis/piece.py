"""A title of a batch, or a part of one, without a store: look at it, then measure it.

Workers of a batch hand everything back as values, so that one process alone writes to the store.
What is measured in parts gives the tracks of the whole: rows of pictures do not depend on where a
range begins once its detectors have had their warm-up, and sound and captions are never divided.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.analysis.measure import measure_title
from core.analysis.plan import able, choose, is_in, plan
from core.analysis.provenance import settings_of, weights_of
from core.catalog.decide import decide
from core.detectors.base import Options
from core.domain.batch import Part
from core.domain.check import checks_of
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.title import Title
from core.domain.track import Track, join_tracks
from core.jobs.progress import CancelToken, ProgressSink, ignore_progress
from core.jobs.request import LookRequest, LookResult, PieceRequest, PieceResult
from core.media.cut import ranges_of
from core.media.probe import probe
from core.store.track import pack


def look(request: LookRequest) -> LookResult:
    """Look at a title.

    Raises:
        KnownError: The file is at fault, or has nothing to measure.
    """
    title = probe(request.path)
    specs, left_out = able(choose(request.profile, request.detectors))
    work = plan(title, specs)
    ids = tuple(spec.id for spec in specs)
    ranges = ranges_of(title, request.split_s) if work.video is not None else ()
    return LookResult(
        title,
        ids,
        weights_of(ids),
        settings_of(title, ids, Options(every_frame=request.every_frame)),
        left_out,
        ranges,
        rest=bool(ranges) and any(is_in(stream, Part.REST) for stream in work.streams),
    )


def measure_piece(
    request: PieceRequest,
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
) -> PieceResult:
    """Measure what is asked for, and decide where that is the whole title.

    Raises:
        KnownError: The file is at fault.
        CancelledError: `cancel` was raised.
    """
    began = time.perf_counter()
    whole = request.part is Part.ALL and request.span is None
    chunks: list[Mapping[str, Any]] = []
    parts: dict[tuple[str, int], list[Track]] = {}

    def keep(pieces: Sequence[Track], _done_s: float) -> None:
        # Packed at once, because maps take a hundred times as much unpacked.
        chunks.extend(pack(request.run_id, *pieces))
        if whole:
            for piece in pieces:
                slim = replace(piece, maps=None)
                parts.setdefault((piece.detector, piece.stream), []).append(slim)

    measured = measure_title(
        request.title,
        request.detectors,
        request.span,
        keep,
        progress,
        cancel,
        options=Options(every_frame=request.every_frame),
        part=request.part,
    )
    findings = None
    if whole:
        tracks = [join_tracks(parts[key]) for key in sorted(parts)]
        weights = weights_of(request.detectors)
        findings = decided(request.title, tracks, request.profile, request.wanted, weights)
    return PieceResult(tuple(chunks), findings, measured.faults, time.perf_counter() - began)


def decided(
    title: Title,
    tracks: Sequence[Track],
    profile: Profile,
    wanted: Sequence[str],
    weights: Mapping[str, str],
) -> tuple[Finding, ...]:
    """What a profile says of a whole title.

    Args:
        title: The title.
        tracks: All of it, one a detector and stream.
        profile: Who decides.
        wanted: Only findings of these detectors, which are heard whatever the profile; empty
            means all, and what the profile asks people.
        weights: Hash of the weights by detector id.
    """
    chosen = frozenset(wanted)
    heard = heard_by(profile, chosen)
    found = decide(tracks, heard, weights)
    # Others may have been measured only because these read their tracks.
    kept = tuple(finding for finding in found if not chosen or finding.detector in chosen)
    # Who names detectors wants to know of these alone.
    asked = () if chosen else checks_of(title, heard.checks, heard.hash)
    return (*kept, *asked)


def heard_by(profile: Profile, wanted: frozenset[str]) -> Profile:
    """The profile with the detectors that were named heard, whatever it leaves out."""
    if wanted & profile.disabled:
        return replace(profile, disabled=profile.disabled - wanted)
    return profile
