"""Decode errors: stretches in which the demuxer or decoder complained, by the worst complaint."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import (
    MEASURED,
    Claim,
    Run,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
    step_severity,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_WORDS = {
    "packets": ("damaged packet", "damaged packets"),
    "errors": ("decoder error", "decoder errors"),
    "frames": ("damaged frame", "damaged frames"),
    "truncated": ("cut-off end", "cut-off ends"),
    "missing": ("missing time stamp", "missing time stamps"),
    "backward": ("time stamp that runs backwards", "time stamps that run backwards"),
}
_SEEN = ("packets", "errors", "frames", "truncated")
_NORMAL_SHARE = 0.5


def decode_error_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Runs of rows with faults, joined over `gap_s`; a gap in time counts from `min_gap_s`.

    Faults that cost picture or sound keep the proposed severity, mere faults of time stamps go
    one step down. An elementary stream carries no time stamps at all: where most rows lack
    theirs, that is its nature and no fault.
    """
    track = tracks[spec.id]
    counts = {name: track.metrics[name] for name in _WORDS}
    if len(track) and np.count_nonzero(counts["missing"]) > _NORMAL_SHARE * len(track):
        counts["missing"] = np.zeros_like(counts["missing"])
    long_gap = track.metrics["hole_s"] >= spec.value(profile, "min_gap_s")
    faults = np.asarray(np.sum([*counts.values(), long_gap], axis=0, dtype=np.float64))
    enough = spec.value(profile, "min_faults")
    runs = merge_gaps(track, runs_of(np.asarray(faults > 0)), spec.value(profile, "gap_s"))
    return [
        finding_of(spec, track, _claim(spec, track, run, profile, counts, faults))
        for run in runs
        if faults[run.first : run.last + 1].sum() >= enough
    ]


def _claim(
    spec: DetectorSpec,
    track: Track,
    run: Run,
    profile: Profile,
    counts: Mapping[str, NDArray[np.floating]],
    faults: NDArray[np.floating],
) -> Claim:
    rows = slice(run.first, run.last + 1)
    totals = {name: int(values[rows].sum()) for name, values in counts.items()}
    parts = [f"{n} {_WORDS[name][n > 1]}" for name, n in totals.items() if n]
    hole_s = float(track.metrics["hole_s"][rows].max())
    if hole_s >= spec.value(profile, "min_gap_s"):
        parts.append(f"a gap of {in_words(hole_s)}")
    severity = spec.proposed_severity(profile)
    if not any(totals[name] for name in _SEEN):
        severity = step_severity(severity, -1)
    total = float(faults[rows].sum())
    peak = run.first + int(np.argmax(faults[rows]))
    metric = max(_WORDS, key=lambda name: float(counts[name][peak]))
    if not counts[metric][peak]:
        metric = "hole_s"
    length = length_s(track, run)
    return Claim(
        run,
        metric,
        spec.value(profile, "min_gap_s") if metric == "hole_s" else 1.0,
        peak,
        score_of(total / 10.0, length, 1.0),
        severity,
        f"The stream reports {_listed(parts)} within {in_words(length)}.",
    )


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


DECODE_ERROR = DetectorSpec(
    id="decode_error",
    defect="decode_error",
    title="Decode errors",
    help=(
        "What demuxer and decoder complain of: damaged packets and frames, time stamps that are "
        "missing or run backwards, gaps. Streams that carry no time stamps by nature are not told."
    ),
    views=("events",),
    metrics=(
        MetricSpec("packets", "Damaged packets", "", 0.0, 10.0),
        MetricSpec("errors", "Decoder errors", "", 0.0, 10.0),
        MetricSpec("frames", "Damaged frames", "", 0.0, 10.0),
        MetricSpec("missing", "Missing time stamps", "", 0.0, 10.0),
        MetricSpec("backward", "Time stamps that run backwards", "", 0.0, 10.0),
        MetricSpec("truncated", "Cut-off ends", "", 0.0, 1.0),
        MetricSpec("hole_s", "Gap in time", "s", 0.0, 10.0),
    ),
    thresholds=(
        ThresholdSpec(
            "min_faults", "Fewest faults", "", 1.0, 1.0, 1000.0, "every complaint is told"
        ),
        ThresholdSpec("gap_s", "Joined over", "s", 0.5, 0.0, 60.0, MEASURED),
        ThresholdSpec(
            "min_gap_s",
            "Shortest gap in time",
            "s",
            0.1,
            0.0,
            60.0,
            "more than two frames at any usual rate",
            metric="hole_s",
        ),
    ),
    rule=decode_error_rule,
    severity=Severity.BLOCKER,
    source="FFmpeg's demuxers and decoders",
)
