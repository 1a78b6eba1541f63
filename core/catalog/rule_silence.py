"""Silence: quiet stretches, and digitally dead ones, which need not be as long to be suspect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from core.catalog.rule import (
    MEASURED,
    Claim,
    Run,
    at_least,
    context_switch,
    edge_of,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_below,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_EDGE_S = 0.1
_CLICK_S = 0.02
_LINES = (
    ("level_db", "peak_db", "min_length_s"),
    ("dead_db", "rms_db", "dead_length_s"),
    ("muted_db", "peak_db", "min_length_s"),
)
_MUTED = "muted_db"
_EDGE_ROWS = 2
_BEFORE_ROWS = 10
_FULL_DB = 12.0
_STEP_DB = 25.0
_MIDDLE = (90, 10)
_UNEVEN_DB = 2.5


class _Line(NamedTuple):
    """What a stretch was held against."""

    name: str
    metric: str
    threshold: float
    min_length_s: float


def silence_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches with peaks below `level_db` for `min_length_s`, or dead for `dead_length_s`.

    Dead is an RMS below `dead_db`. What is only below `muted_db` counts when it was turned down:
    full sound goes to so little, and comes back, within 40 ms. A single loud hop between two quiet
    ones does not end a silence. Silence at the very start or end of the title is FYI;
    `report_context` 0 drops it.
    """
    track = tracks[spec.id]
    found: list[Finding] = []
    taken = np.zeros(len(track), bool)
    for level, metric, shortest in _LINES:
        line = _Line(level, metric, spec.value(profile, level), spec.value(profile, shortest))
        runs = merge_gaps(track, runs_below(track.metrics[metric], line.threshold), _CLICK_S)
        for run in at_least(track, runs, line.min_length_s):
            if taken[run.first : run.last + 1].any():
                continue
            if level == _MUTED and not _is_cut_out(track, run):
                continue
            taken[run.first : run.last + 1] = True
            claim = _claim(spec, track, run, profile, line)
            if claim is not None:
                found.append(finding_of(spec, track, claim))
    return sorted(found, key=lambda f: f.span.start)


def _is_cut_out(track: Track, run: Run) -> bool:
    """Whether a programme goes on in a stretch, far down, and both its edges are abrupt.

    What dies away or rests has no such edges, and room tone between them is even.
    """
    level = track.metrics["rms_db"][run.first : run.last + 1]
    if float(np.subtract(*np.percentile(level, _MIDDLE))) < _UNEVEN_DB:
        return False
    peaks = track.metrics["peak_db"]
    inside = float(peaks[run.first : run.last + 1].max())
    before, after = peaks[: run.first], peaks[run.last + 1 :]
    if not len(before) or not len(after):
        return False
    last = float(before[-_EDGE_ROWS:].max())
    lowest = min(last, float(after[:_EDGE_ROWS].max()))
    return lowest - inside >= _STEP_DB and last >= float(before[-_BEFORE_ROWS:].max()) - _FULL_DB


def _claim(
    spec: DetectorSpec, track: Track, run: Run, profile: Profile, line: _Line
) -> Claim | None:
    length = length_s(track, run)
    rows = slice(run.first, run.last + 1)
    edge = edge_of(track, run, _EDGE_S)
    severity = spec.proposed_severity(profile)
    if edge:
        if spec.value(profile, "report_context") < 1:
            return None
        severity = Severity.FYI
    mean = float(track.metrics["rms_db"][rows].mean())
    words = "digital silence" if mean <= -100 else f"{mean:.0f} dBFS on average"
    where = {
        "": "",
        "start": " at the start of the title",
        "end": " at the end of the title",
        "all": ", which is the whole stream",
    }[edge]
    return Claim(
        run,
        line.metric,
        line.threshold,
        run.first + int(np.argmin(track.metrics[line.metric][rows])),
        score_of((line.threshold - mean) / 60.0, length, line.min_length_s),
        severity,
        f"No sound for {in_words(length)} ({words}){where}."
        if line.name != _MUTED
        else f"The sound is turned down to {words} at once for {in_words(length)}, and up again.",
    )


SILENCE = DetectorSpec(
    id="silence",
    defect="silence",
    title="Silence",
    help=(
        "Stretches without sound on any channel of a stream. Room tone is louder than the line "
        "and counts only where full sound is cut to it at once, and back; "
        "silence at both ends of a title is FYI."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("rms_db", "Level of the loudest channel", "dBFS", -120.0, 0.0),
        MetricSpec("peak_db", "Peak", "dBFS", -120.0, 6.0),
    ),
    thresholds=(
        ThresholdSpec(
            "level_db",
            "Silent while peaks stay below",
            "dBFS",
            -60.0,
            -120.0,
            -20.0,
            "FFmpeg silencedetect: -60 dB",
            metric="peak_db",
            fires_below=True,
        ),
        ThresholdSpec(
            "min_length_s",
            "Shortest silence",
            "s",
            2.0,
            0.02,
            60.0,
            "FFmpeg silencedetect: d 2 s",
        ),
        ThresholdSpec(
            "dead_db",
            "Dead while the level is below",
            "dBFS",
            -90.0,
            -120.0,
            -40.0,
            "the last bit of 16; SpectraQC warns from -70",
            metric="rms_db",
            fires_below=True,
        ),
        ThresholdSpec(
            "dead_length_s",
            "Shortest dead stretch",
            "s",
            1.0,
            0.02,
            60.0,
            "between SpectraQC's .5 s (warning) and 2 s (error)",
        ),
        ThresholdSpec(
            "muted_db",
            "Muted while peaks stay below, with abrupt edges",
            "dBFS",
            -50.0,
            -120.0,
            -20.0,
            MEASURED,
            metric="peak_db",
            fires_below=True,
        ),
        context_switch("silence at both ends"),
    ),
    rule=silence_rule,
    severity=Severity.ISSUE,
    source="FFmpeg silencedetect, SpectraQC",
)
