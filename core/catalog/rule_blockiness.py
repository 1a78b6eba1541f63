"""Blockiness: stretches where the coding grid stands out, smoothed over coding's own rhythm."""

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
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_SMOOTH = 3
_LEAVE = 0.75
_CLEAR = 0.5


def blockiness_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Runs of frames whose grid passes `step` grey levels and `ratio`, joined over `gap_s`.

    Both are needed: sharp detail gives large steps everywhere, a flat picture large ratios of
    next to nothing. Where the grid is clear of everything between, by `clear_ratio`, half the step
    is enough: a picture that was scaled after coding has soft steps, one of flat blocks few. A
    median over three rows takes single key frames out.
    """
    track = tracks[spec.id]
    return [
        finding_of(spec, track, _claim(spec, track, run, profile))
        for run in blocky_runs(spec, track, profile)
    ]


def blocky_runs(spec: DetectorSpec, track: Track, profile: Profile) -> list[Run]:
    """The stretches in which the grid stands out by the profile's thresholds."""
    if not len(track):
        return []
    line = spec.value(profile, "step")
    ratio = _median(track.metrics["ratio"])
    step = np.where(ratio >= spec.value(profile, "ratio"), _median(track.metrics["step"]), 0.0)
    step = np.where(ratio >= spec.value(profile, "clear_ratio"), step / _CLEAR, step)
    runs = merge_gaps(track, runs_above(step, line, _LEAVE * line), spec.value(profile, "gap_s"))
    return at_least(track, runs, spec.value(profile, "min_length_s"))


def _median(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """Median over three rows; the ends repeat themselves."""
    around = np.concatenate((values[:1], values, values[-1:]))
    windows = np.lib.stride_tricks.sliding_window_view(around, _SMOOTH)
    return np.asarray(np.median(windows, axis=1))


def _claim(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    step = track.metrics["step"][rows]
    line = spec.value(profile, "step")
    length = length_s(track, run)
    usual = float(np.median(step))
    period = float(np.median(track.metrics["period"][rows]))
    return Claim(
        run,
        "step",
        line,
        run.first + int(np.argmax(step)),
        score_of(usual / line - 1.0, length, spec.value(profile, "min_length_s")),
        spec.proposed_severity(profile),
        f"The coding grid, every {period:.3g} pixels, stands out by {usual:.2g} grey levels for "
        f"{in_words(length)}.",
    )


BLOCKINESS = DetectorSpec(
    id="blockiness",
    defect="blockiness",
    title="Blockiness",
    help=(
        "The 8-pixel grid of a starved coder, also where the picture was scaled by 4/3, 3/2 or 2 "
        "after coding. Pixel art, mosaic effects and drawn tiles whose every edge keeps to such a "
        "grid look the same; other scales hide the grid, and so does a coder's own deblocking."
    ),
    views=("luma", "events"),
    metrics=(
        MetricSpec("step", "Step at the grid", "levels", 0.0, 8.0),
        MetricSpec("ratio", "Grid against the rest", "", 1.0, 10.0),
        MetricSpec("period", "Distance of the grid's lines", "px", 1.0, 32.0),
    ),
    thresholds=(
        ThresholdSpec(
            "step", "Step at the grid", "levels", 0.7, 0.05, 8.0, MEASURED, metric="step"
        ),
        ThresholdSpec(
            "ratio", "Grid against the rest", "", 1.8, 1.0, 10.0, MEASURED, metric="ratio"
        ),
        ThresholdSpec("clear_ratio", "Half the step is enough from", "", 4.0, 1.0, 100.0, MEASURED),
        ThresholdSpec("min_length_s", "Shortest stretch", "s", 0.4, 0.04, 60.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 0.5, 0.0, 10.0, MEASURED),
    ),
    rule=blockiness_rule,
    severity=Severity.ISSUE,
    source="Muijs & Kirenko 2005, on some lines of the picture",
    warmup=1,
)
