"""A/V drift: sound whose samples and time stamps do not keep the same pace."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.catalog.rule import (
    Claim,
    Run,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_SMALL_MS = 0.5


def av_drift_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches in which drift adds up to `max_drift_ms`, or time jumps back by `max_jump_ms`.

    Changes no further apart than `joined_s` are one stretch: a clock that is off by a
    ten-thousandth moves 3 ms in 30 s. What goes to and fro adds up to nothing.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    drift = track.metrics["drift_ms"].astype(np.float64)
    jump = track.metrics["jump_ms"].astype(np.float64)
    moved = np.diff(drift, prepend=0.0)
    active = np.asarray((np.abs(moved) > _SMALL_MS) | (jump < -_SMALL_MS))
    runs = merge_gaps(track, runs_of(active), spec.value(profile, "joined_s"))
    claims = (
        _claim(
            spec, track, run, profile, float(moved[_rows(run)].sum()), float(jump[_rows(run)].min())
        )
        for run in runs
    )
    return [finding_of(spec, track, claim) for claim in claims if claim is not None]


def _rows(run: Run) -> slice:
    return slice(run.first, run.last + 1)


def _claim(
    spec: DetectorSpec, track: Track, run: Run, profile: Profile, net_ms: float, jump_ms: float
) -> Claim | None:
    drift_limit = spec.value(profile, "max_drift_ms")
    jump_limit = spec.value(profile, "max_jump_ms")
    drifts, jumps = abs(net_ms) >= drift_limit, -jump_ms >= jump_limit
    if not drifts and not jumps:
        return None
    seconds = length_s(track, run)
    parts = []
    if drifts:
        way = "behind" if net_ms > 0 else "ahead of"
        parts.append(
            f"runs {in_words(abs(net_ms) / 1000)} {way} its time stamps within {in_words(seconds)}"
        )
    if jumps:
        parts.append(f"jumps back by {in_words(-jump_ms / 1000)}")
    metric, limit = ("drift_ms", drift_limit) if drifts else ("jump_ms", jump_limit)
    size = abs(net_ms) if drifts else -jump_ms
    return Claim(
        run,
        metric,
        limit,
        run.first + int(np.argmax(np.abs(track.metrics[metric][_rows(run)]))),
        score_of(size / max(limit, 1.0) - 1.0, 1.0, 1.0),
        spec.proposed_severity(profile),
        f"The sound {' and '.join(parts)}.",
    )


AV_DRIFT = DetectorSpec(
    id="av_drift",
    defect="av_drift",
    title="A/V drift",
    help=(
        "Sound whose clock runs faster or slower than its time stamps say, or whose time stamps "
        "jump back. Sound that is missing is told by the decode errors; drift that is in the "
        "samples themselves does not show in time stamps."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("drift_ms", "Time stamps ahead of samples", "ms", -500.0, 500.0),
        MetricSpec("jump_ms", "Jump back", "ms", -1000.0, 0.0),
    ),
    thresholds=(
        ThresholdSpec(
            "max_drift_ms",
            "Drift from",
            "ms",
            45.0,
            3.0,
            500.0,
            "ATSC IS-191: sound may lag by 45 ms",
            metric="drift_ms",
        ),
        ThresholdSpec(
            "max_jump_ms", "Jump back from", "ms", 45.0, 10.0, 1000.0, "the same for a jump"
        ),
        ThresholdSpec(
            "joined_s",
            "Joined over",
            "s",
            60.0,
            1.0,
            600.0,
            "a clock off by 50 in a million moves 3 ms a minute",
        ),
    ),
    rule=av_drift_rule,
    severity=Severity.ISSUE,
    source="ATSC IS-191; time stamps against samples",
)
