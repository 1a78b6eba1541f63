"""Clipping: stretches with flat tops, told by how much of the sound is in them."""

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
    runs_above,
    score_of,
    step_severity,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track


def clipping_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Runs of hops of which `clipped_pct` lies in flat tops, joined over short gaps.

    Music clips on its beats, so hops are joined over `gap_s`; a stretch counts once it lasts
    `min_length_s` in all. What lies far above the line goes one step up.
    """
    track = tracks[spec.id]
    line = spec.value(profile, "clipped_pct")
    shortest = spec.value(profile, "min_length_s")
    share = track.metrics["clipped_pct"]
    loud = np.where(track.metrics["longest"] >= spec.value(profile, "min_samples"), share, 0.0)
    runs = merge_gaps(track, runs_above(loud, line), spec.value(profile, "gap_s"))
    return [
        finding_of(spec, track, _claim(spec, track, run, profile))
        for run in at_least(track, runs, shortest)
    ]


def _claim(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    share = track.metrics["clipped_pct"][rows]
    line = spec.value(profile, "clipped_pct")
    worst = float(share.max())
    severity = spec.proposed_severity(profile)
    if worst >= spec.value(profile, "heavy_pct"):
        severity = step_severity(severity, 1)
    length = length_s(track, run)
    channels = _channels(track.metrics["channels"][rows])
    ceiling = float(track.metrics["peak_db"][rows].max())
    who = "Channel" if len(channels) == 1 else "Channels"
    names = ", ".join(str(channel + 1) for channel in channels)
    return Claim(
        run,
        "clipped_pct",
        line,
        run.first + int(np.argmax(share)),
        score_of(worst / line - 1.0, length, spec.value(profile, "min_length_s")),
        severity,
        f"{who} {names}: peaks are cut off flat at {ceiling:.1f} dBFS for {in_words(length)}, "
        f"at worst {worst:.1f} % of the samples.",
        channels,
    )


def _channels(masks: np.ndarray[tuple[int], np.dtype[np.float32]]) -> tuple[int, ...]:
    together = int(np.bitwise_or.reduce(masks.astype(np.int64)))
    return tuple(bit for bit in range(together.bit_length()) if together >> bit & 1)


CLIPPING = DetectorSpec(
    id="clipping",
    defect="clipping",
    title="Clipping",
    help=(
        "Peaks that were cut off flat, at full scale or turned down later. Loud limited music has "
        "round tops and is left alone; a square-wave synthesiser at full scale is not."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("clipped_pct", "Samples in flat tops", "%", 0.0, 100.0),
        MetricSpec("longest", "Longest flat top", "samples", 0.0, 480.0),
        MetricSpec("peak_db", "Peak", "dBFS", -120.0, 6.0),
        MetricSpec("channels", "Channels concerned (bits)", "", 0.0, 255.0),
    ),
    thresholds=(
        ThresholdSpec(
            "clipped_pct",
            "Samples in flat tops",
            "%",
            0.5,
            0.01,
            100.0,
            MEASURED,
            metric="clipped_pct",
        ),
        ThresholdSpec(
            "min_samples",
            "Shortest flat top",
            "samples",
            4.0,
            3.0,
            480.0,
            MEASURED,
            metric="longest",
        ),
        ThresholdSpec("min_length_s", "Shortest stretch", "s", 0.2, 0.1, 60.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 0.5, 0.0, 10.0, MEASURED),
        ThresholdSpec("heavy_pct", "One step more severe from", "%", 20.0, 0.1, 100.0, MEASURED),
    ),
    rule=clipping_rule,
    severity=Severity.ISSUE,
    source="after Essentia's SaturationDetector, made relative to the ceiling",
)
