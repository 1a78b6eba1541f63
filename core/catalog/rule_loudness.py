"""Loudness: a programme off its target, true peaks above full scale, stretches far too loud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

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
    runs_above,
    runs_of,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
_STEP_S = 0.1
_BLOCK_S = 0.4
_SHORT_TERM_S = 3.0
_SAME_IOU = 0.5
_ONSET = 0.5
_NOTHING = -120.0
_MOST_OF_A_TITLE = 0.5
_WHOLE, _PEAKS = "momentary_lufs", "true_peak_db"


def integrated_lufs(momentary: NDArray[Any]) -> float:
    """Loudness of a programme after ITU-R BS.1770-4 from that of its 400 ms blocks.

    The mean power of the blocks above -70 LUFS sets a gate 10 LU below it; the mean power of the
    blocks above both is the answer.

    Args:
        momentary: Loudness in LUFS of blocks that overlap by 75 %, shape (n,).

    Returns:
        LUFS; -120 when nothing passes the gate.
    """
    loud = momentary[momentary > _ABSOLUTE_GATE].astype(np.float64)
    if not len(loud):
        return _NOTHING
    gate = _mean_lufs(loud) + _RELATIVE_GATE
    return _mean_lufs(loud[loud > gate])


def loudness_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """The programme against `target_lufs`, true peaks, and stretches that stand out.

    The programme counts once `min_programme_s` of it are above the absolute gate. Peaks above
    `true_peak_db` are joined over `gap_s`; by up to `overshoot_db` they may pass it as far as the
    samples themselves pass full scale, which those of a master cannot: there a lossy coder added
    to them. Peaks of a programme that is too loud as a whole are told with it. A stretch stands
    out where the short-term loudness lies `short_lu` above the middle of the title's, and above
    the target.
    """
    track = tracks[spec.id]
    claims = [
        *_programme(spec, track, profile),
        *_peaks(spec, track, profile),
        *_stretches(spec, track, profile),
    ]
    target = spec.value(profile, "target_lufs")
    found = sorted(
        _apart(track, claims, target), key=lambda claim: (claim.run.first, claim.run.last)
    )
    return [finding_of(spec, track, claim) for claim in found]


def _apart(track: Track, claims: list[Claim], target: float) -> list[Claim]:
    """Claims on much the same stretch, or with one cause, as one: a verdict is about one thing."""
    kept: list[Claim] = []
    for claim in claims:
        span = track.span(claim.run.first, claim.run.last)
        for i, other in enumerate(kept):
            too_loud = other.metric == _WHOLE and other.threshold > target
            caused = too_loud and claim.metric == _PEAKS
            if caused or span.iou(track.span(other.run.first, other.run.last)) >= _SAME_IOU:
                note, score = f"{other.note} {claim.note}", max(other.score, claim.score)
                kept[i] = replace(other, note=note, score=score)
                break
        else:
            kept.append(claim)
    return kept


def _mean_lufs(blocks: NDArray[np.float64]) -> float:
    return float(10.0 * np.log10(np.mean(10.0 ** (blocks / 10.0))))


def _programme(spec: DetectorSpec, track: Track, profile: Profile) -> list[Claim]:
    momentary = track.metrics[_WHOLE]
    heard_s = np.count_nonzero(momentary > _ABSOLUTE_GATE) * _STEP_S + _BLOCK_S - _STEP_S
    least_s = spec.value(profile, "min_programme_s")
    if heard_s < least_s - 5e-7:
        return []
    measured = integrated_lufs(momentary)
    target, tolerance = (spec.value(profile, n) for n in ("target_lufs", "tolerance_lu"))
    off = measured - target
    if abs(off) <= tolerance:
        return []
    run = Run(0, len(track) - 1)
    worst = np.where(momentary > _ABSOLUTE_GATE, momentary * np.sign(off), -np.inf)
    note = (
        f"The programme has {measured:.1f} LUFS, {abs(off):.1f} LU "
        f"{'louder' if off > 0 else 'quieter'} than the target of {target:.0f} LUFS; "
        f"{tolerance:g} LU are allowed."
    )
    line = target + float(np.copysign(tolerance, off))
    score = score_of((abs(off) - tolerance) / 6.0, length_s(track, run), least_s)
    severity = spec.proposed_severity(profile)
    return [Claim(run, _WHOLE, line, int(np.argmax(worst)), score, severity, note)]


def _peaks(spec: DetectorSpec, track: Track, profile: Profile) -> list[Claim]:
    line = spec.value(profile, "true_peak_db")
    peaks = track.metrics[_PEAKS]
    samples = track.metrics["sample_peak_db"].astype(np.float64)
    past = np.clip(samples, 0.0, spec.value(profile, "overshoot_db"))
    over = peaks > line + past
    claims = []
    for run in merge_gaps(track, runs_of(over), spec.value(profile, "gap_s")):
        rows = slice(run.first, run.last + 1)
        highest = float(peaks[rows].max())
        length = length_s(track, run)
        times = int(np.count_nonzero(over[rows]))
        where = f"in {times} steps of 0.1 s within {in_words(length)}" if times > 1 else "once"
        note = f"True peaks reach {highest:+.1f} dBTP, {where}; {line:+.1f} dBTP are allowed."
        peak = run.first + int(np.argmax(peaks[rows]))
        severity = spec.proposed_severity(profile)
        score = score_of((highest - line) / 3.0, length, 1.0)
        claims.append(Claim(run, _PEAKS, line, peak, score, severity, note))
    return claims


def _stretches(spec: DetectorSpec, track: Track, profile: Profile) -> list[Claim]:
    short, momentary = track.metrics["short_lufs"], track.metrics["momentary_lufs"]
    heard = momentary > _ABSOLUTE_GATE
    if np.count_nonzero(heard) * _STEP_S < spec.value(profile, "min_programme_s"):
        return []
    excess = spec.value(profile, "short_lu")
    middle = float(np.median(momentary[heard]))
    onset = middle + _ONSET * excess
    claims = []
    for run in runs_above(short, middle + excess, onset):
        run = _trimmed(track, run, onset)
        length = length_s(track, run)
        rows = slice(run.first, run.last + 1)
        if length > _MOST_OF_A_TITLE * (track.ends_s[-1] - track.starts_s[0]):
            continue
        highest = float(short[rows].max())
        if highest < spec.value(profile, "target_lufs"):
            continue
        note = (
            f"For {in_words(length)} the short-term loudness reaches {highest:.1f} LUFS, "
            f"{highest - middle:.0f} LU above the middle of the title."
        )
        peak = run.first + int(np.argmax(short[rows]))
        severity = spec.proposed_severity(profile)
        score = score_of((highest - middle) / excess - 1.0, length, _SHORT_TERM_S)
        claims.append(Claim(run, "short_lufs", middle + excess, peak, score, severity, note))
    return claims


def _trimmed(track: Track, run: Run, onset: float) -> Run:
    """The loud rows themselves: short-term loudness rises late, and falls 3 s late."""
    loud = np.flatnonzero(track.metrics["momentary_lufs"][run.first : run.last + 1] >= onset)
    if not len(loud):
        return run
    # A block ends with its row, so that sound which fills it began three rows before.
    return Run(run.first + int(loud[0]), run.first + int(loud[-1]))


LOUDNESS = DetectorSpec(
    id="loudness",
    defect="loudness",
    title="Loudness",
    help=(
        "Integrated loudness against a target, true peaks and sudden loud stretches, after EBU "
        "R128. The default only tells what no delivery would take; set target and tolerance in a "
        "profile. Short clips have no integrated loudness; mono is measured as one channel."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("momentary_lufs", "Momentary loudness (400 ms)", "LUFS", -70.0, 0.0),
        MetricSpec("short_lufs", "Short-term loudness (3 s)", "LUFS", -70.0, 0.0),
        MetricSpec("true_peak_db", "True peak", "dBTP", -60.0, 6.0),
        MetricSpec("sample_peak_db", "Largest sample", "dBFS", -60.0, 6.0),
    ),
    thresholds=(
        ThresholdSpec(
            "target_lufs",
            "Target",
            "LUFS",
            -23.0,
            -40.0,
            -5.0,
            "EBU R128: -23 LUFS; ATSC A/85 has -24, Netflix -27 on dialogue",
            metric="short_lufs",
        ),
        ThresholdSpec(
            "tolerance_lu",
            "Allowed off target",
            "LU",
            10.5,
            0.1,
            40.0,
            "beyond any target in use, -14 LUFS of streaming services included; R128 allows 1 LU "
            "in production, A/85 and Netflix 2",
        ),
        ThresholdSpec(
            "true_peak_db",
            "Highest true peak",
            "dBTP",
            0.2,
            -12.0,
            6.0,
            "full scale and what a meter may be off; R128 asks for -1, A/85 and Netflix for -2",
            metric="true_peak_db",
        ),
        ThresholdSpec(
            "overshoot_db",
            "Allowed above it as far as samples are above full scale",
            "dB",
            3.0,
            0.0,
            12.0,
            "lossy coding of masters at full scale; 0 where a delivery must keep its limit",
        ),
        ThresholdSpec("gap_s", "Peaks joined over", "s", 30.0, 0.0, 60.0, MEASURED),
        ThresholdSpec(
            "short_lu",
            "Stretch above the middle of the title",
            "LU",
            20.0,
            3.0,
            40.0,
            "clean clips stay within 14 LU; films range wider",
        ),
        ThresholdSpec(
            "min_programme_s",
            "Shortest programme",
            "s",
            10.0,
            0.4,
            600.0,
            "shorter clips have no loudness range to speak of",
        ),
    ),
    rule=loudness_rule,
    severity=Severity.FYI,
    source="EBU R128 and Tech 3341, ITU-R BS.1770-4, by FFmpeg ebur128",
    warmup=35,
)
