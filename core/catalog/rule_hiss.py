"""Hiss: a noise floor that is steady in time, even over frequency, and behind a programme."""

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
    runs_of,
    score_of,
    step_severity,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Band, Finding
from core.domain.profile import Profile
from core.domain.track import Track

_REACH_S = 0.5
_AROUND_S = 5.0
_HIGH_HZ = 16_000.0
_LOW_HZ = 4000.0


def hiss_rule(spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile) -> list[Finding]:
    """Stretches with a floor above `level_db` that spreads and bends no more than noise does.

    Rows look .75 s around them, so that a stretch shows that much late and is over that much
    early; the ends are put back. Noise that nothing louder by `behind_db` is heard with, within
    five seconds, is taken for the programme (rain, applause, the sea).
    """
    track = tracks[spec.id]
    noisy = track.metrics["level_db"] >= spec.value(profile, "level_db")
    for name in ("spread_db", "uneven_db"):
        noisy &= track.metrics[name] <= spec.value(profile, name)
    runs = merge_gaps(track, runs_of(noisy), spec.value(profile, "gap_s"))
    runs = [_widened(track, run) for run in runs]
    return [
        finding_of(spec, track, _claim(spec, track, run, profile))
        for run in at_least(track, _apart(runs), spec.value(profile, "min_length_s"))
        if _behind(track, run) >= spec.value(profile, "behind_db")
    ]


def _widened(track: Track, run: Run) -> Run:
    starts, ends = track.starts_s, track.ends_s
    first = int(np.searchsorted(starts, starts[run.first] - _REACH_S - 1e-6))
    last = int(np.searchsorted(ends, ends[run.last] + _REACH_S + 1e-6, side="right")) - 1
    return Run(first, max(last, run.last))


def _apart(runs: list[Run]) -> list[Run]:
    """Runs that overlap now as one."""
    apart: list[Run] = []
    for run in runs:
        if apart and run.first <= apart[-1].last:
            apart[-1] = Run(apart[-1].first, run.last)
        else:
            apart.append(run)
    return apart


def _behind(track: Track, run: Run) -> float:
    """How far what is heard around a stretch rises above the noise in it, in dB."""
    starts = track.starts_s
    near = (starts >= starts[run.first] - _AROUND_S) & (
        starts <= track.ends_s[run.last] + _AROUND_S
    )
    level = float(np.median(track.metrics["level_db"][run.first : run.last + 1]))
    return float(track.metrics["loudest_db"][near].max()) - level


def _claim(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    level = track.metrics["level_db"][rows]
    usual = float(np.median(level))
    line = spec.value(profile, "level_db")
    severity = spec.proposed_severity(profile)
    if usual >= spec.value(profile, "heavy_db"):
        severity = step_severity(severity, 1)
    length = length_s(track, run)
    masks = track.metrics["channels"][rows].astype(np.int64)
    bits = range(int(masks.max()).bit_length())
    return Claim(
        run,
        "level_db",
        line,
        run.first + int(np.argmax(level)),
        score_of((usual - line) / 20.0, length, spec.value(profile, "min_length_s")),
        severity,
        f"Steady noise of {usual:.0f} dBFS above 4 kHz for {in_words(length)}, "
        f"{_behind(track, run):.0f} dB below the loudest near it.",
        tuple(bit for bit in bits if 2 * np.sum(masks >> bit & 1) >= len(masks)),
        band=Band(_LOW_HZ, _HIGH_HZ),
    )


HISS = DetectorSpec(
    id="hiss",
    defect="hiss",
    title="Hiss",
    help=(
        "Steady noise above 4 kHz that shows where the programme leaves room. Cymbals, sibilants "
        "and wind come and go and are left alone. Rain, applause or a waterfall behind speech "
        "sound like hiss and fool it; noise that is all there is to hear is taken for wanted."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("level_db", "Noise floor above 4 kHz", "dBFS", -120.0, 0.0),
        MetricSpec("spread_db", "Spread of the quietest fourth", "dB", 0.0, 60.0),
        MetricSpec("uneven_db", "Unevenness over frequency", "dB", 0.0, 20.0),
        MetricSpec("loudest_db", "Loudest near it", "dBFS", -120.0, 6.0),
        MetricSpec("channels", "Channels concerned (bits)", "", 0.0, 16_777_215.0),
    ),
    thresholds=(
        ThresholdSpec(
            "level_db",
            "Noise floor above 4 kHz",
            "dBFS",
            -67.0,
            -110.0,
            -20.0,
            MEASURED,
            metric="level_db",
        ),
        ThresholdSpec(
            "spread_db",
            "Steady up to",
            "dB",
            1.6,
            0.2,
            20.0,
            MEASURED,
            metric="spread_db",
            fires_below=True,
        ),
        ThresholdSpec(
            "uneven_db",
            "Even up to",
            "dB",
            0.9,
            0.1,
            20.0,
            MEASURED,
            metric="uneven_db",
            fires_below=True,
        ),
        ThresholdSpec("behind_db", "Programme louder by", "dB", 15.0, 0.0, 80.0, MEASURED),
        ThresholdSpec("min_length_s", "Shortest hiss", "s", 2.5, 0.5, 60.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 2.0, 0.0, 30.0, MEASURED),
        ThresholdSpec("heavy_db", "One step more severe from", "dBFS", -40.0, -80.0, 0.0, MEASURED),
    ),
    rule=hiss_rule,
    severity=Severity.ISSUE,
    source="minimum statistics (Martin 2001) of the band above 4 kHz, with spectral flatness",
)
