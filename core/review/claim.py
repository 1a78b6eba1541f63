"""What the machine claims of a title at a run: what the rules find, and what the profile asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from core.domain.check import checks_of
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.run import Run, RunState
from core.domain.title import Title
from core.domain.track import Track

Decide = Callable[[Sequence[Track], Profile, Mapping[str, str]], Sequence[Finding]]
"""Turns tracks into findings: (tracks, profile, weights hash by detector id)."""

_EDGE_S = 2.5
_LONG_S = 5.0


def decide_by_catalog(
    tracks: Sequence[Track], profile: Profile, weights: Mapping[str, str]
) -> Sequence[Finding]:
    """The rules of the catalog."""
    from core.catalog.decide import decide

    return decide(tracks, profile, weights)


def claims(
    decide: Decide, title: Title, run: Run | None, tracks: Sequence[Track], profile: Profile
) -> tuple[Finding, ...]:
    """Findings of tracks under a profile, and those that the profile asks of any title.

    Args:
        decide: Turns tracks into findings.
        title: What was measured.
        run: What measured the tracks; while it runs, what is not settled yet waits.
        tracks: What was measured, as far as the run came.
        profile: Thresholds, severities and manual checks.
    """
    found = decide(tracks, profile, run.weights if run else {})
    if run is not None and run.state is RunState.RUNNING:
        found = settled(found, tracks)
    return (*found, *checks_of(title, profile.checks, profile.hash))


def settled(findings: Sequence[Finding], tracks: Sequence[Track]) -> tuple[Finding, ...]:
    """Those findings that the rest of an analysis will hardly take back.

    What touches the edge of what is measured changes with the next seconds: a gap becomes a
    silence, a single row of suspicion finds no second. Nobody should reach for a flag that goes
    away under the hand, so that short ones wait until a while is measured behind them.

    Args:
        findings: What the rules find now.
        tracks: What they found it in.
    """
    edge_s = {
        (track.detector, track.stream): float(track.ends_s[-1]) for track in tracks if len(track)
    }
    return tuple(
        finding
        for finding in findings
        if finding.span.duration_s >= _LONG_S
        or finding.span.end_s
        <= edge_s.get((finding.detector, finding.stream), float("inf")) - _EDGE_S
    )
