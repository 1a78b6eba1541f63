"""Block corruption: looks at which the network is sure, or finds enough of the picture corrupt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil

import numpy as np

from core.catalog.rule import (
    MEASURED,
    Claim,
    Run,
    finding_of,
    in_words,
    merge_gaps,
    runs_above,
    score_of,
    step_severity,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import Profile
from core.domain.time import Span
from core.domain.track import Track

LONGEST_LOOK_S = Fraction(1, 2)
"""How long one look may speak for; the gate has the network look at least as often."""

_LEAVE = 0.5
_PUBLISHED = "published: area over .07 of the map"


def block_corruption_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Runs of looks with hysteresis, entered at the line, left at half of it, joined over `gap_s`.

    Looks come at irregular times: every frame where something is wrong, twice a second elsewhere. A
    look stands until the next one, the last of a run no longer than half a second and a frame.
    With `by_area` the published rule decides instead: the share of cells that are more likely
    corrupt than not, against `area`.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    metric = "area" if spec.value(profile, "by_area") >= 1 else "probability"
    line = spec.value(profile, metric)
    found = runs_above(track.metrics[metric], line, _LEAVE * line)
    spans = [
        (run, _span(track, run)) for run in merge_gaps(track, found, spec.value(profile, "gap_s"))
    ]
    least = spec.value(profile, "min_length_s") - 5e-7
    return [
        replace(finding_of(spec, track, _claim(spec, track, run, span, profile, metric)), span=span)
        for run, span in spans
        if span.duration_s >= least
    ]


def _span(track: Track, run: Run) -> Span:
    """What a run covers; its last look stands for half a second and a frame at most."""
    whole = track.span(run.first, run.last)
    frame = int(np.diff(track.pts).min()) if len(track) > 1 else 0
    longest = int(track.pts[run.last]) + ceil(LONGEST_LOOK_S / track.base) + frame
    return Span(whole.start, min(whole.end, longest), track.base)


def _claim(
    spec: DetectorSpec, track: Track, run: Run, span: Span, profile: Profile, metric: str
) -> Claim:
    rows = slice(run.first, run.last + 1)
    line = spec.value(profile, metric)
    sure, area = (track.metrics[name][rows].astype(np.float64) for name in ("probability", "area"))
    # The largest of those that decide; where no cell stands out, the surest.
    decides = track.metrics[metric][rows] >= line
    worst = run.first + int(np.lexsort((sure, area, decides))[-1])
    widest, surest = float(track.metrics["area"][worst]), float(sure.max())
    severity = spec.proposed_severity(profile)
    if widest >= spec.value(profile, "large_area"):
        severity = step_severity(severity, 1)
    far = (surest - _LEAVE) / (1.0 - _LEAVE) + widest / spec.value(profile, "large_area")
    length = span.duration_s
    return Claim(
        run,
        metric,
        line,
        worst,
        score_of(far, length, spec.value(profile, "min_length_s")),
        severity,
        f"Blocks show wrong content {_place(widest)} for {in_words(length)}; the network is "
        f"{100 * surest:.0f} % sure.",
        region=_region(track, worst),
    )


def _place(area: float) -> str:
    return f"over {area:.2g} % of the picture" if area > 0 else "somewhere in the picture"


def _region(track: Track, row: int) -> Region | None:
    """Around the cells that are corrupt at a look; None when no single one is."""
    left, top, right, bottom = (
        float(track.metrics[f"{side}_pct"][row]) / 100
        for side in ("left", "top", "right", "bottom")
    )
    return Region(left, top, right, bottom) if right > left and bottom > top else None


BLOCK_CORRUPTION = DetectorSpec(
    id="block_corruption",
    defect="block_corruption",
    title="Block corruption",
    help=(
        "Blocks that show wrong content after data was lost, seen by a network that was trained on "
        "damaged streams, with a map of where. Deliberate glitch effects and mosaics may look the "
        "same. The network looks at chosen frames unless every frame is asked for: damage of a "
        "frame or two in fast motion may pass between two looks."
    ),
    views=("luma/8", "rgb", "events"),
    metrics=(
        MetricSpec("probability", "Probability", "", 0.0, 1.0),
        MetricSpec("area", "Corrupted area", "%", 0.0, 100.0),
        MetricSpec("peak", "Surest cell", "", 0.0, 1.0),
        MetricSpec("left_pct", "Left end at", "%", 0.0, 100.0),
        MetricSpec("top_pct", "Upper end at", "%", 0.0, 100.0),
        MetricSpec("right_pct", "Right end at", "%", 0.0, 100.0),
        MetricSpec("bottom_pct", "Lower end at", "%", 0.0, 100.0),
    ),
    thresholds=(
        ThresholdSpec(
            "probability", "Sure from", "", 0.9, 0.01, 0.99, MEASURED, metric="probability"
        ),
        ThresholdSpec(
            "area", "Corrupted area, by area", "%", 7.0, 0.05, 90.0, _PUBLISHED, metric="area"
        ),
        ThresholdSpec(
            "by_area", "Decide by area (1) or as learned (0)", "", 0.0, 0.0, 1.0, _PUBLISHED
        ),
        ThresholdSpec("large_area", "Graver from", "%", 7.0, 0.1, 100.0, _PUBLISHED),
        ThresholdSpec("min_length_s", "Shortest stretch", "s", 0.0, 0.0, 60.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 0.5, 0.0, 10.0, MEASURED),
    ),
    rule=block_corruption_rule,
    severity=Severity.ISSUE,
    source="network with a 1 x 1 convolution and a learned decision, after published work",
    warmup=40,
    maps=True,
)
