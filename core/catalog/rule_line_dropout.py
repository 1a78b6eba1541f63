"""Line dropout: frames in which lines stand out for that frame only."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import (
    MEASURED,
    Claim,
    Run,
    context_switch,
    finding_of,
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

_LINE_PCT = 0.6
_LOWEST_PCT = 97.0
_REPEATED_FRAMES = 3


def line_dropout_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Frames with lost or repeated lines, joined over `gap_s`.

    It takes two frames, or one whose line stands out by `single` grey levels, or three whose lines
    are only repeated. Where only the lowest 3 % of the picture are concerned it is told as FYI,
    unless `report_context` is 0: the head switch of analogue tape shows there.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    line = spec.value(profile, "contrast")
    contrast = track.metrics["contrast"]
    lost = (contrast >= line) & (track.metrics["lost"] > 0)
    repeated = track.metrics["repeated"] > 0
    runs = merge_gaps(track, runs_of(lost | repeated), spec.value(profile, "gap_s"))
    claims = [
        _claim(spec, track, run, profile, lost)
        for run in runs
        if _is_enough(run, lost, repeated, contrast, spec.value(profile, "single"))
    ]
    return [finding_of(spec, track, claim) for claim in claims if claim is not None]


def _is_enough(
    run: Run,
    lost: NDArray[np.bool_],
    repeated: NDArray[np.bool_],
    contrast: NDArray[np.float32],
    single: float,
) -> bool:
    rows = slice(run.first, run.last + 1)
    frames = int(lost[rows].sum())
    if frames == 0:
        return int(repeated[rows].sum()) >= _REPEATED_FRAMES
    return frames >= 2 or float(contrast[rows].max()) >= single


def _claim(
    spec: DetectorSpec, track: Track, run: Run, profile: Profile, lost: NDArray[np.bool_]
) -> Claim | None:
    rows = slice(run.first, run.last + 1)
    found = {name: values[rows] for name, values in track.metrics.items()}
    hit = lost[rows] | (found["repeated"] > 0)
    top = float(found["top_pct"][hit].min())
    bottom = float(found["bottom_pct"][hit].max())
    left, right = float(found["left_pct"][hit].min()), float(found["right_pct"][hit].max())
    lowest = top >= _LOWEST_PCT
    if lowest and not spec.value(profile, "report_context"):
        return None
    # A region as thin as a line could not be seen.
    region = Region(
        left / 100,
        max(top - _LINE_PCT, 0.0) / 100,
        right / 100,
        min(bottom + _LINE_PCT, 100.0) / 100,
    )
    line = spec.value(profile, "contrast")
    by_lost = bool(lost[rows].any())
    strength = float(np.median(found["contrast"][lost[rows]])) if by_lost else line
    metric = "contrast" if by_lost else "repeated"
    return Claim(
        run,
        metric,
        line if by_lost else 1.0,
        run.first + int(np.argmax(found[metric] * hit)),
        score_of(strength / line - 1.0, length_s(track, run), spec.value(profile, "gap_s")),
        Severity.FYI if lowest else spec.proposed_severity(profile),
        _note(found, lost[rows], hit, strength, lowest),
        region=region,
    )


def _note(
    found: Mapping[str, NDArray[np.float32]],
    lost: NDArray[np.bool_],
    hit: NDArray[np.bool_],
    strength: float,
    lowest: bool,
) -> str:
    frames = int(hit.sum())
    over = "one frame" if frames == 1 else f"{frames} frames"
    if lost.any():
        most = int(found["lost"][lost].max())
        what = f"Up to {most} lines" if most > 1 else "A line"
        verb = "stand" if most > 1 else "stands"
        text = f"{what} at a time {verb} out by {strength:.0f} grey levels, in {over}"
    else:
        text = f"Lines repeat the line above, in {over}"
    if lowest:
        return f"{text}, only in the lowest lines, where the head switch of a tape shows."
    return f"{text}, and gone in the next."


LINE_DROPOUT = DetectorSpec(
    id="line_dropout",
    defect="line_dropout",
    title="Line dropout",
    help=(
        "Single lines of the picture that are black, white, noise or a copy of the line above, for "
        "one frame only. A line that is lost at the same place in every frame is taken for part of "
        "the picture; a repeated line shows only where the picture has detail."
    ),
    views=("luma",),
    metrics=(
        MetricSpec("contrast", "Lines stand out by", "levels", 0.0, 128.0),
        MetricSpec("lost", "Lines lost", "", 0.0, 24.0),
        MetricSpec("repeated", "Lines repeated", "", 0.0, 24.0),
        MetricSpec("top_pct", "Highest line at", "%", 0.0, 100.0),
        MetricSpec("bottom_pct", "Lowest line at", "%", 0.0, 100.0),
        MetricSpec("left_pct", "Left end at", "%", 0.0, 100.0),
        MetricSpec("right_pct", "Right end at", "%", 0.0, 100.0),
    ),
    thresholds=(
        ThresholdSpec(
            "contrast",
            "Lines stand out by",
            "levels",
            14.0,
            10.0,
            128.0,
            MEASURED,
            metric="contrast",
        ),
        ThresholdSpec(
            "single", "A single frame counts from", "levels", 30.0, 10.0, 255.0, MEASURED
        ),
        ThresholdSpec("gap_s", "Joined over", "s", 0.5, 0.0, 10.0, MEASURED),
        context_switch("noise in the lowest lines"),
    ),
    rule=line_dropout_rule,
    severity=Severity.ISSUE,
    source="own measure: impulse across lines against the frames before and after",
    warmup=1,
)
