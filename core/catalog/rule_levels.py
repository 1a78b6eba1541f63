"""Levels: stretches where more of the picture than EBU R103 forgives leaves its limits."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

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
    step_severity,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_LEAVE = 0.6
_BOTH_ENDS = 0.1
_MARGINAL = 2.0
_STEP = 4.0
_SHARES = ("luma_pct", "chroma_pct", "nominal_pct", "gamut_pct")
_CODES = 2
_ALIKE_PCT = 80.0


def levels_rule(spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile) -> list[Finding]:
    """Runs of samples of which luma, chroma or RGB passes its line, joined over `gap_s`.

    Overshoot reaches past nominal black and white by itself, but never in much of the picture: a
    large share there is a second sign, mostly of full range where it was not declared.

    Where only RGB does, the stretch is FYI: saturated colours that a camera saw leave the gamut by
    themselves. What passes its line by less than twice is one step less severe, unless it comes and
    goes at once within a scene: highlights come with the light or with a cut, a wrong gain is
    switched. For no longer than `sudden_length_s` such a stretch counts from `sudden_share` of the
    line on.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    excess = np.stack([track.metrics[name] / spec.value(profile, name) for name in _SHARES])
    passed = runs_above(excess.max(axis=0), 1.0, _LEAVE)
    runs = merge_gaps(
        track,
        sorted([*passed, *_sudden_runs(spec, track, excess, profile)], key=lambda run: run.first),
        spec.value(profile, "gap_s"),
    )
    return [
        finding_of(spec, track, _claim(spec, track, run, profile, excess))
        for run in at_least(track, runs, spec.value(profile, "min_length_s"))
    ]


def _sudden_runs(
    spec: DetectorSpec, track: Track, excess: NDArray[np.floating], profile: Profile
) -> list[Run]:
    """Runs in which luma or chroma stays below its line, but comes and goes at once."""
    codes = excess[:_CODES].max(axis=0)
    return [
        run
        for run in runs_above(codes, spec.value(profile, "sudden_share"))
        if codes[run.first : run.last + 1].max() < 1.0
        and length_s(track, run) <= spec.value(profile, "sudden_length_s")
        and _is_sudden(track, codes, run)
    ]


def _is_sudden(track: Track, values: NDArray[np.floating], run: Run) -> bool:
    """Whether values are a quarter or less right before a run and right after it, without a cut."""
    if run.first == 0 or run.last + 1 == len(values):
        return False
    inside = float(np.median(values[run.first : run.last + 1]))
    alike = track.metrics["alike_pct"]
    return bool(
        _STEP * max(values[run.first - 1], values[run.last + 1]) <= inside
        and min(alike[run.first], alike[run.last + 1]) >= _ALIKE_PCT
    )


def _claim(
    spec: DetectorSpec, track: Track, run: Run, profile: Profile, excess: NDArray[np.floating]
) -> Claim:
    rows = slice(run.first, run.last + 1)
    within = excess[:, rows]
    codes = excess[:_CODES].max(axis=0)
    over = [name for name, part in zip(_SHARES, within, strict=True) if part.max() >= 1.0]
    over = over or [_SHARES[int(np.argmax(within[:_CODES].max(axis=1)))]]
    first = over[0]
    worst = int(np.argmax(within[_SHARES.index(first)]))
    worst_excess = float(within.max())
    severity = spec.proposed_severity(profile)
    if over == ["gamut_pct"]:
        severity = Severity.FYI
    elif worst_excess < _MARGINAL and not _is_sudden(track, codes, run):
        severity = step_severity(severity, -1)
    length = length_s(track, run)
    return Claim(
        run,
        first,
        spec.value(profile, first),
        run.first + worst,
        score_of(worst_excess - 1.0, length, spec.value(profile, "min_length_s")),
        severity,
        f"{'; '.join(_told(track, rows, name) for name in over)}, for {in_words(length)}"
        f"{_guess(track, rows, spec.value(profile, 'luma_pct'), 'nominal_pct' in over)}.",
    )


def _told(track: Track, rows: slice, name: str) -> str:
    share = float(track.metrics[name][rows].max())
    if name == "chroma_pct":
        return f"Chroma lies outside 5–251 in {share:.2g} % of the samples"
    if name == "nominal_pct":
        return f"Luma leaves the nominal 16–235 in {share:.2g} % of the picture"
    if name == "gamut_pct":
        return f"R, G or B is more than 5 % out of range in {share:.2g} % of the picture"
    below = float(track.metrics["below_pct"][rows].max())
    above = float((track.metrics["luma_pct"][rows] - track.metrics["below_pct"][rows]).max())
    return (
        f"Up to {share:.2g} % of the picture lies outside the luma codes 5–246 of 8 bits "
        f"({below:.2g} % below, {above:.2g} % above)"
    )


def _guess(track: Track, rows: slice, line: float, wide: bool) -> str:
    """What it looks like: full range shows at both ends of the scale, or in much of the picture."""
    below = track.metrics["below_pct"][rows]
    above = track.metrics["luma_pct"][rows] - below
    if wide or min(below.max(), above.max()) >= _BOTH_ENDS * line:
        return "; it looks like full range declared as limited"
    return ""


LEVELS = DetectorSpec(
    id="levels",
    defect="levels",
    title="Illegal levels",
    help=(
        "Luma and chroma codes beyond EBU R103 in more than 1 % of the picture. A few codes of "
        "overshoot from coding are forgiven, a stream that declares full range may use them all, "
        "and saturated colours out of the RGB gamut are FYI. Whether full range was declared by "
        "mistake shows only where the picture has deep blacks and bright whites."
    ),
    views=("luma", "chroma", "events"),
    metrics=(
        MetricSpec("luma_pct", "Luma outside 5–246", "%", 0.0, 100.0),
        MetricSpec("below_pct", "Luma below 5", "%", 0.0, 100.0),
        MetricSpec("nominal_pct", "Luma outside 16–235", "%", 0.0, 100.0),
        MetricSpec("chroma_pct", "Chroma outside 5–251", "%", 0.0, 100.0),
        MetricSpec("gamut_pct", "R, G or B out of range", "%", 0.0, 100.0),
        MetricSpec("alike_pct", "Likeness to the look before", "%", 0.0, 100.0),
    ),
    thresholds=(
        ThresholdSpec(
            "luma_pct",
            "Luma outside 5–246",
            "%",
            1.0,
            0.01,
            100.0,
            "EBU R103: 1 % of the picture outside 5–246 (10 bits: 20–984)",
            metric="luma_pct",
        ),
        ThresholdSpec(
            "chroma_pct",
            "Chroma outside 5–251",
            "%",
            1.0,
            0.01,
            100.0,
            "EBU R103's 1 %, 5 % beyond the nominal 16–240",
            metric="chroma_pct",
        ),
        ThresholdSpec(
            "nominal_pct",
            "Luma outside 16–235",
            "%",
            15.0,
            0.1,
            100.0,
            MEASURED,
            metric="nominal_pct",
        ),
        ThresholdSpec(
            "gamut_pct",
            "R, G or B out of range",
            "%",
            25.0,
            0.1,
            100.0,
            MEASURED,
            metric="gamut_pct",
        ),
        ThresholdSpec(
            "sudden_share", "What comes and goes at once counts from", "", 0.6, 0.05, 1.0, MEASURED
        ),
        ThresholdSpec("sudden_length_s", "For no longer than", "s", 6.0, 0.0, 60.0, MEASURED),
        ThresholdSpec("min_length_s", "Shortest stretch", "s", 0.3, 0.04, 60.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 0.5, 0.0, 10.0, MEASURED),
    ),
    rule=levels_rule,
    severity=Severity.ISSUE,
    source="EBU R103",
    warmup=30,
)
