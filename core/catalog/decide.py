"""Deciding: tracks and a profile in, findings out; pure, and quick enough to follow a slider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_NO_WEIGHTS: Mapping[str, str] = {}


def decide(
    tracks: Sequence[Track], profile: Profile, weights: Mapping[str, str] = _NO_WEIGHTS
) -> tuple[Finding, ...]:
    """What all detectors that were measured claim under a profile.

    Tracks of detectors that the catalog does not know or the profile leaves out say nothing, nor do
    those that an earlier version measured with other metrics: they have to be measured again. A
    rule that reads other detectors gets their track of the same stream, else of the first stream
    that has one.

    Args:
        tracks: Whole tracks, one a detector and stream.
        profile: Thresholds and severities.
        weights: Hash of the weights that measured, by detector id.

    Returns:
        Findings by start, then end, then detector, stamped with both hashes.
    """
    stamp = profile.hash
    told = [track for track in tracks if len(track) and _is_known(track)]
    found = [
        replace(finding, profile=stamp, weights=weights.get(track.detector, ""))
        for track in told
        if (spec := DETECTORS[track.detector]).id not in profile.disabled
        for finding in spec.rule(spec, _readable(spec, track, told), profile)
    ]
    return tuple(sorted(found, key=_order))


def _is_known(track: Track) -> bool:
    spec = DETECTORS.get(track.detector)
    return spec is not None and all(metric.name in track.metrics for metric in spec.metrics)


def _readable(spec: DetectorSpec, own: Track, tracks: Sequence[Track]) -> dict[str, Track]:
    """The tracks that a rule reads: its own, and those of `after`."""
    readable = {own.detector: own}
    for name in spec.after:
        others = [track for track in tracks if track.detector == name]
        same = [track for track in others if track.stream == own.stream]
        if others:
            readable[name] = (same or others)[0]
    return readable


def _order(finding: Finding) -> tuple[float, float, str, int]:
    return (finding.span.start_s, finding.span.end_s, finding.detector, finding.stream)
