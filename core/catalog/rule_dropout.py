"""Dropout: gaps with two abrupt edges, told from pauses by what happens at those."""

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
    runs_of,
    score_of,
)
from core.catalog.rule_silence import SILENCE
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_DEAD_DB = -100.0
_SAME_IOU = 0.5


def dropout_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Gaps at least `depth_db` deep and `min_length_s` long.

    Those are left out in which the level sinks on by more than `slope_db` after the edge (a
    sound that ends rings on) and those after which it is more than `step_db` from what it was
    before (a new note, a new word). What silence tells already is left to it.
    """
    track = tracks[spec.id]
    metrics = track.metrics
    gap = metrics["depth_db"] >= spec.value(profile, "depth_db")
    gap &= metrics["slope_db"] <= spec.value(profile, "slope_db")
    gap &= np.abs(metrics["step_db"]) <= spec.value(profile, "step_db")
    told = SILENCE.id in tracks and SILENCE.id not in profile.disabled
    silent = SILENCE.rule(SILENCE, tracks, profile) if told else []
    return [
        finding_of(spec, track, _claim(spec, track, run, profile))
        for run in at_least(track, runs_of(gap), spec.value(profile, "min_length_s"))
        if all(f.span.iou(track.span(run.first, run.last)) < _SAME_IOU for f in silent)
    ]


def _claim(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim:
    line = spec.value(profile, "depth_db")
    depth = float(track.metrics["depth_db"][run.first])
    inside = float(track.metrics["inside_db"][run.first])
    mask = int(track.metrics["channels"][run.first])
    channels = tuple(bit for bit in range(mask.bit_length()) if mask >> bit & 1)
    length = length_s(track, run)
    shortest = spec.value(profile, "min_length_s")
    names = ", ".join(str(channel + 1) for channel in channels)
    rest = "digital silence" if inside <= _DEAD_DB else f"{inside:.0f} dBFS"
    return Claim(
        run,
        "depth_db",
        line,
        run.first,
        score_of(depth / line - 1.0, length, shortest),
        spec.proposed_severity(profile),
        f"{'Channel' if len(channels) == 1 else 'Channels'} {names}: the sound drops by "
        f"{depth:.0f} dB to {rest} for {in_words(length)}, with an abrupt edge on either side.",
        channels,
    )


DROPOUT = DetectorSpec(
    id="dropout",
    defect="dropout",
    title="Audio dropout",
    help=(
        "The sound is cut for 10 ms to 3.5 s in the midst of programme: down within 6 ms, quiet at "
        "once, and back as abruptly at about the same level. Words, notes and reverberation die "
        "away more slowly; a rest of sampled or gated sounds that are cut just so does fool it. "
        "Longer gaps are silence; samples that are missing leave no gap."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("depth_db", "Depth of the gap", "dB", 0.0, 120.0),
        MetricSpec("slope_db", "Sinks on by", "dB", -10.0, 60.0),
        MetricSpec("step_db", "Level after it against before", "dB", -60.0, 60.0),
        MetricSpec("inside_db", "Peak inside the gap", "dBFS", -120.0, 0.0),
        MetricSpec("channels", "Channels concerned (bits)", "", 0.0, 16_777_215.0),
    ),
    thresholds=(
        ThresholdSpec(
            "depth_db", "Depth of the gap", "dB", 28.0, 24.0, 120.0, MEASURED, metric="depth_db"
        ),
        ThresholdSpec(
            "slope_db",
            "Sinks on by no more than",
            "dB",
            6.0,
            0.0,
            60.0,
            MEASURED,
            metric="slope_db",
        ),
        ThresholdSpec(
            "step_db",
            "Back within",
            "dB",
            12.0,
            1.0,
            60.0,
            MEASURED,
            metric="step_db",
        ),
        ThresholdSpec(
            "min_length_s",
            "Shortest dropout",
            "s",
            0.01,
            0.005,
            3.5,
            "Essentia GapsDetector: 10 ms",
        ),
    ),
    rule=dropout_rule,
    severity=Severity.ISSUE,
    source="after Essentia's GapsDetector (10 to 3,500 ms), with the sharpness of both edges",
    after=("silence",),
)
