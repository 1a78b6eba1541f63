"""Banding: stretches in which much of the picture is covered by stairs of brightness."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.catalog.rule import (
    MEASURED,
    Claim,
    Run,
    at_least,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_above,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import Profile
from core.domain.track import Track

_LEAVE = 0.6


def banding_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Runs of looks in which stairs cover `banded_pct` of the picture, joined over `gap_s`."""
    track = tracks[spec.id]
    if not len(track):
        return []
    line = spec.value(profile, "banded_pct")
    runs = runs_above(track.metrics["banded_pct"], line, _LEAVE * line)
    runs = merge_gaps(track, runs, spec.value(profile, "gap_s"))
    return [
        finding_of(spec, track, _claim(spec, track, run, profile))
        for run in at_least(track, runs, spec.value(profile, "min_length_s"))
    ]


def _claim(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    share = track.metrics["banded_pct"][rows]
    peak = int(np.argmax(share))
    line = spec.value(profile, "banded_pct")
    usual = float(np.median(share))
    step = float(np.median(track.metrics["step"][rows][share > 0]))
    left, right, top, bottom = (
        float(track.metrics[f"{side}_pct"][rows][peak]) / 100
        for side in ("left", "right", "top", "bottom")
    )
    length = length_s(track, run)
    return Claim(
        run,
        "banded_pct",
        line,
        run.first + peak,
        score_of(usual / line - 1.0, length, spec.value(profile, "min_length_s")),
        spec.proposed_severity(profile),
        f"Gradients go in steps of {step:.0f} levels over {usual:.0f} % of the picture for "
        f"{in_words(length)}.",
        region=Region(left, top, right, bottom),
    )


BANDING = DetectorSpec(
    id="banding",
    defect="banding",
    title="Banding",
    help=(
        "Gradients that go in steps of 3 to 18 levels with nothing between them, as CAMBI looks "
        "for. Grain and dither hide banding; flat shapes and outlines are left alone unless they "
        "make stairs; coding at low rates makes banding that is not meant either."
    ),
    views=("luma", "events"),
    metrics=(
        MetricSpec("banded_pct", "Covered by stairs", "%", 0.0, 100.0),
        MetricSpec("step", "Height of the steps", "levels", 0.0, 18.0),
        MetricSpec("left_pct", "Left end at", "%", 0.0, 100.0),
        MetricSpec("right_pct", "Right end at", "%", 0.0, 100.0),
        MetricSpec("top_pct", "Upper end at", "%", 0.0, 100.0),
        MetricSpec("bottom_pct", "Lower end at", "%", 0.0, 100.0),
    ),
    thresholds=(
        ThresholdSpec(
            "banded_pct", "Covered by stairs", "%", 9.0, 0.5, 100.0, MEASURED, metric="banded_pct"
        ),
        ThresholdSpec("min_length_s", "Shortest stretch", "s", 1.0, 0.5, 60.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 1.0, 0.0, 10.0, MEASURED),
    ),
    rule=banding_rule,
    severity=Severity.ISSUE,
    source="own measure of what CAMBI (libvmaf) rates: long contours of small steps in flat areas",
    warmup=1,
)
