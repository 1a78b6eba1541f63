"""Hum: lines at the frequency of the mains that stay where they are, in pitch and in level."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
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

_MAINS_HZ = (50.0, 60.0)
_OFF = 0.008
_GAP_S = 0.5
_STEADY_HZ = 0.3
_STEADY_DB = 2.5
_STEADY_SHARE = 0.6
_HALF_DB = 6.0


def hum_rule(spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile) -> list[Finding]:
    """Stretches of `min_length_s` in which mains lines stand out by `prominence_db`.

    The frequency must lie within .8 % of 50 or 60 Hz and the level above `level_db`. A stretch
    counts when three rows in five keep within 2.5 dB of its median level and .3 Hz of the row
    before: bass notes swell, fade and change, the mains do not.
    """
    track = tracks[spec.id]
    runs = merge_gaps(track, runs_of(_humming(spec, track, profile)), _GAP_S)
    shortest = spec.value(profile, "min_length_s")
    runs = [_trimmed(track, run) for run in at_least(track, runs, shortest) if _steady(track, run)]
    return [
        finding_of(spec, track, _claim(spec, track, run, profile))
        for run in at_least(track, runs, shortest)
    ]


def _humming(spec: DetectorSpec, track: Track, profile: Profile) -> Mask:
    hertz = track.metrics["hz"]
    off = np.min([np.abs(hertz / mains - 1.0) for mains in _MAINS_HZ], axis=0)
    humming = off <= _OFF
    for name in ("level_db", "prominence_db"):
        humming &= track.metrics[name] >= spec.value(profile, name)
    return np.asarray(humming)


def _steady(track: Track, run: Run) -> bool:
    rows = slice(run.first, run.last + 1)
    level, hertz = track.metrics["level_db"][rows], track.metrics["hz"][rows]
    even = np.abs(level - np.median(level)) <= _STEADY_DB
    even &= np.abs(np.diff(hertz, prepend=hertz[:1])) <= _STEADY_HZ
    return bool(even.mean() >= _STEADY_SHARE)


def _trimmed(track: Track, run: Run) -> Run:
    """Without the rows at both ends whose spectra hold less than half of the hum."""
    level = track.metrics["level_db"][run.first : run.last + 1]
    full = np.flatnonzero(level >= np.median(level) - _HALF_DB)
    return Run(run.first + int(full[0]), run.first + int(full[-1]))


def _claim(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    line = spec.value(profile, "prominence_db")
    prominence = track.metrics["prominence_db"][rows]
    hertz = float(np.median(track.metrics["hz"][rows]))
    level = float(np.median(track.metrics["level_db"][rows]))
    count = max(round(float(np.median(track.metrics["lines"][rows]))), 1)
    severity = spec.proposed_severity(profile)
    if level >= spec.value(profile, "heavy_db"):
        severity = step_severity(severity, 1)
    length = length_s(track, run)
    multiples = "" if count == 1 else f" with {count - 1} of its multiples"
    return Claim(
        run,
        "prominence_db",
        line,
        run.first + int(np.argmax(prominence)),
        score_of(
            (float(np.median(prominence)) - line) / line,
            length,
            spec.value(profile, "min_length_s"),
        ),
        severity,
        f"A steady tone of {hertz:.1f} Hz{multiples} at {level:.0f} dBFS for {in_words(length)}.",
        _channels(track, rows),
        band=Band(hertz, hertz * 8 if count > 1 else hertz * 2),
    )


def _channels(track: Track, rows: slice) -> tuple[int, ...]:
    """Channels in which the lines stand out in half of the rows."""
    masks = track.metrics["channels"][rows].astype(np.int64)
    bits = range(int(masks.max()).bit_length())
    return tuple(bit for bit in bits if 2 * np.sum(masks >> bit & 1) >= len(masks))


HUM = DetectorSpec(
    id="hum",
    defect="hum",
    title="Hum",
    help=(
        "A tone at 50 or 60 Hz, with or without its multiples, that keeps its pitch and level. "
        "Bass notes lie between those frequencies and change; synthesised drones tuned to them, "
        "and machines in the scene that run on the mains, do fool it."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("prominence_db", "Stands out by", "dB", 0.0, 80.0),
        MetricSpec("level_db", "Level of the hum", "dBFS", -120.0, 0.0),
        MetricSpec("hz", "Frequency", "Hz", 45.0, 65.0),
        MetricSpec("lines", "Lines that stand out", "", 0.0, 8.0),
        MetricSpec("channels", "Channels concerned (bits)", "", 0.0, 255.0),
    ),
    thresholds=(
        ThresholdSpec(
            "prominence_db",
            "Stands out by",
            "dB",
            15.0,
            12.0,
            60.0,
            MEASURED,
            metric="prominence_db",
        ),
        ThresholdSpec(
            "level_db",
            "Level of the hum",
            "dBFS",
            -70.0,
            -110.0,
            -20.0,
            MEASURED,
            metric="level_db",
        ),
        ThresholdSpec("min_length_s", "Shortest hum", "s", 2.5, 1.0, 60.0, MEASURED),
        ThresholdSpec("heavy_db", "One step more severe from", "dBFS", -35.0, -80.0, 0.0, MEASURED),
    ),
    rule=hum_rule,
    severity=Severity.ISSUE,
    source="prominent lines at multiples of the mains frequency",
)
