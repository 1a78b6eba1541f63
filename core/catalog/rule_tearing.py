"""Tearing: parts of two frames in one picture."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.catalog.rule import (
    MEASURED,
    Claim,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import Profile
from core.domain.track import Track

_MARGIN = 0.02


def tearing_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches with torn frames, which need not follow one another.

    A line that moves down from frame to frame shows in each; one that jumps about only where the
    part that is late grows. A single torn frame is not told unless `min_frames` is 1: a cut within
    a part of the picture looks the same.
    """
    track = tracks[spec.id]
    line = spec.value(profile, "torn_pct")
    fewest = spec.value(profile, "min_frames")
    share = track.metrics["torn_pct"].astype(np.float64)
    torn = share >= line
    claims = []
    for run in merge_gaps(track, runs_of(torn), spec.value(profile, "merge_s")):
        rows = slice(run.first, run.last + 1)
        count = int(torn[rows].sum())
        if count < fewest:
            continue
        peak = run.first + int(np.argmax(share[rows]))
        places = track.metrics["line"][rows][torn[rows]]
        low, high = float(places.min()), float(places.max())
        claims.append(
            Claim(
                run,
                "torn_pct",
                line,
                peak,
                score_of(0.0, count, fewest),
                spec.proposed_severity(profile),
                f"{count} frame{'s' if count > 1 else ''} within {in_words(length_s(track, run))} "
                f"{'show' if count > 1 else 'shows'} parts of two: motion above and below a line "
                f"disagrees, {_place(low, high)}.",
                region=Region(0.0, max(low - _MARGIN, 0.0), 1.0, min(high + _MARGIN, 1.0)),
            )
        )
    return [finding_of(spec, track, claim) for claim in claims]


def _place(low: float, high: float) -> str:
    if high - low < _MARGIN:
        return f"at {100 * low:.0f} % of the height"
    return f"between {100 * low:.0f} and {100 * high:.0f} % of the height"


TEARING = DetectorSpec(
    id="tearing",
    defect="tearing",
    title="Tearing",
    help=(
        "A line above which the last frame still shows while below it the motion went on, or the "
        "reverse. Wants motion on both sides of the line over most of the width, as of a moving "
        "camera; a line that stays in one place or creeps shows only where it appears."
    ),
    views=("luma/4",),
    metrics=(
        MetricSpec("torn_pct", "Share of the width that agrees on a torn row", "%", 0.0, 100.0),
        MetricSpec("line", "The torn row, as a fraction of the height", "", 0.0, 1.0),
    ),
    thresholds=(
        ThresholdSpec(
            "torn_pct",
            "Share of the moving width",
            "%",
            75.0,
            50.0,
            100.0,
            MEASURED,
            metric="torn_pct",
        ),
        ThresholdSpec("min_frames", "Fewest torn frames", "", 2.0, 1.0, 50.0, MEASURED),
        ThresholdSpec("merge_s", "Joined when no farther", "s", 0.6, 0.0, 10.0, MEASURED),
    ),
    rule=tearing_rule,
    severity=Severity.ISSUE,
    source="No peer known: a row where the motion above and below disagree, measured here",
    warmup=5,
)
