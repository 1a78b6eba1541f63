"""Phase: left and right that work against each other, or come apart in time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    at_least,
    context_switch,
    edge_of,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
    step_severity,
)
from core.catalog.rule_shape import eased, middling, snapped
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_AROUND_ROWS = 11
_REACH_ROWS = 8
_LOUD_DB = -55.0
_EDGE_S = 0.3
_ALONE = -0.9
_SAME = 0.85
_AGREES = 0.2
_STEADY_MS = 0.1
_STEADY = 0.5


def phase_rule(spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile) -> list[Finding]:
    """Stretches of `min_length_s` in which a pair is out of polarity or out of time.

    Out of polarity: polarity and correlation, each a mean over a second, are both below their
    lines; where the correlation says so loudly (-.9), it is enough. Out of time: the same sound
    comes on both channels, `lag_ms` or more apart, steadily. Quiet rows say nothing.
    """
    track = tracks[spec.id]
    loud = track.metrics["level_db"] >= _LOUD_DB
    columns = {
        name: eased(track.metrics[name], loud, _AROUND_ROWS) for name in ("correlation", "polarity")
    }
    columns["lag_ms"] = middling(track.metrics["lag_ms"], loud, _AROUND_ROWS)
    against = _against(spec, columns, profile)
    apart = _apart(spec, track, columns, loud, profile) & ~against
    found: list[Finding] = []
    for mask, claim_of in ((against, _inverted), (apart, _shifted)):
        metric = "polarity" if claim_of is _inverted else "lag_ms"
        runs = merge_gaps(track, runs_of(mask & _audible(loud)), spec.value(profile, "gap_s"))
        for rough in at_least(track, runs, spec.value(profile, "min_length_s") - 0.6):
            run = snapped(track.metrics[metric], rough, _REACH_ROWS)
            if length_s(track, run) >= spec.value(profile, "min_length_s") - 5e-7:
                claim = claim_of(spec, track, run, profile)
                if claim is not None:
                    found.append(finding_of(spec, track, claim))
    return sorted(found, key=lambda f: f.span.start)


def _against(
    spec: DetectorSpec, columns: Mapping[str, NDArray[np.float64]], profile: Profile
) -> Mask:
    below = columns["correlation"] <= spec.value(profile, "correlation")
    turned = columns["polarity"] <= spec.value(profile, "polarity")
    return np.asarray((below & turned) | (columns["correlation"] <= _ALONE))


def _apart(
    spec: DetectorSpec,
    track: Track,
    columns: Mapping[str, NDArray[np.float64]],
    loud: Mask,
    profile: Profile,
) -> Mask:
    """Rows where one steady lag rules, and the channels are alike but for it."""
    lag = track.metrics["lag_ms"].astype(np.float64)
    near = (np.abs(lag - columns["lag_ms"]) <= _STEADY_MS).astype(np.float64)
    steady = eased(near, loud, _AROUND_ROWS) >= _STEADY
    agrees = eased(np.abs(track.metrics["polarity"]), loud, _AROUND_ROWS) >= _AGREES
    line = spec.value(profile, "lag_ms")
    return np.asarray((np.abs(columns["lag_ms"]) >= line) & steady & agrees)


def _audible(loud: Mask) -> Mask:
    """Rows with sound somewhere within half a second."""
    return np.asarray(eased(loud.astype(np.float64), np.ones(len(loud), bool), _AROUND_ROWS) > 0)


def _inverted(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    loud = track.metrics["level_db"][rows] >= _LOUD_DB
    correlation = track.metrics["correlation"][rows]
    mean = float(correlation[loud].mean()) if loud.any() else -1.0
    lost_db = -10.0 * np.log10(max(1.0 + mean, 1e-3))
    severity = spec.proposed_severity(profile)
    pair = _pair(track, run)
    if pair:
        severity = Severity.FYI
    elif mean <= _ALONE:
        severity = step_severity(severity, 1)
    length = length_s(track, run)
    line = spec.value(profile, "correlation")
    note = (
        f"Left and right of {_PAIRS[pair]} work against each other for {in_words(length)}: "
        f"correlation {mean:.2f}, so that {lost_db:.0f} dB are lost in mono."
    )
    peak = run.first + int(np.argmin(np.where(loud, correlation, 1.0)))
    shortest = spec.value(profile, "min_length_s")
    score = score_of(line - mean, length, shortest)
    return Claim(run, "correlation", line, peak, score, severity, note, _channels(track, run))


def _shifted(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim | None:
    rows = slice(run.first, run.last + 1)
    loud = track.metrics["level_db"][rows] >= _LOUD_DB
    lag = track.metrics["lag_ms"][rows][loud]
    line = spec.value(profile, "lag_ms")
    middle = float(np.median(lag)) if len(lag) else 0.0
    if abs(middle) < line or np.mean(np.abs(lag - middle) <= _STEADY_MS) < 0.6:
        return None
    alike = float(np.median(track.metrics["polarity"][rows][loud]))
    severity = spec.proposed_severity(profile)
    why = ""
    if (alike < _SAME and edge_of(track, run, _EDGE_S) == "all") or _pair(track, run):
        # Two microphones in one room hear every sound at different times.
        if spec.value(profile, "report_context") < 1:
            return None
        severity, why = Severity.FYI, ", as from microphones that stand apart"
    length = length_s(track, run)
    late = "left" if middle > 0 else "right"
    note = (
        f"The {late} channel of {_PAIRS[_pair(track, run)]} comes {abs(middle):.2f} ms late for "
        f"{in_words(length)}{why}; in mono the first notch is at {500.0 / abs(middle):.0f} Hz."
    )
    peak = run.first + int(np.argmax(np.where(loud, track.metrics["polarity"][rows], -1.0)))
    score = score_of(abs(middle) / line - 1.0, length, spec.value(profile, "min_length_s"))
    return Claim(run, "lag_ms", line, peak, score, severity, note, _channels(track, run))


_PAIRS = ("the front pair", "the second pair", "the third pair", "the fourth pair", "a pair")


def _pair(track: Track, run: Run) -> int:
    numbers = track.metrics["pair"][run.first : run.last + 1].astype(np.int64)
    return min(int(np.bincount(np.maximum(numbers, 0)).argmax()), len(_PAIRS) - 1)


def _channels(track: Track, run: Run) -> tuple[int, ...]:
    """Channels of the front pair; which channels another pair has only the layout knows."""
    return () if _pair(track, run) else (0, 1)


PHASE = DetectorSpec(
    id="phase",
    defect="phase",
    title="Phase",
    help=(
        "Pairs of channels that cancel in mono: one is turned over, or comes late. Wide stereo "
        "and ambience have no steady polarity and are left alone; surround pairs, which some "
        "encoders turn on purpose, are FYI. Mono has no phase."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("correlation", "Correlation of left and right", "", -1.0, 1.0),
        MetricSpec("polarity", "Polarity over all frequencies", "", -1.0, 1.0),
        MetricSpec("lag_ms", "Left comes later by", "ms", -10.0, 10.0),
        MetricSpec("level_db", "Level of the louder channel", "dBFS", -120.0, 0.0),
        MetricSpec("pair", "Pair concerned", "", 0.0, 4.0),
    ),
    thresholds=(
        ThresholdSpec(
            "correlation",
            "Correlation that cancels",
            "",
            -0.1,
            -1.0,
            0.5,
            "FFmpeg aphasemeter asks for 170°, -.985; " + MEASURED,
            metric="correlation",
            fires_below=True,
        ),
        ThresholdSpec(
            "polarity",
            "Polarity that counts as turned",
            "",
            -0.1,
            -1.0,
            0.0,
            MEASURED,
            metric="polarity",
            fires_below=True,
        ),
        ThresholdSpec(
            "lag_ms",
            "Time apart",
            "ms",
            0.2,
            0.05,
            10.0,
            "first notch in mono at 2.5 kHz, within speech",
            metric="lag_ms",
        ),
        ThresholdSpec(
            "min_length_s", "Shortest stretch", "s", 2.0, 0.5, 60.0, "FFmpeg aphasemeter: 2 s"
        ),
        ThresholdSpec("gap_s", "Joined over", "s", 1.5, 0.0, 60.0, MEASURED),
        context_switch("microphones that stand apart"),
    ),
    rule=phase_rule,
    severity=Severity.ISSUE,
    source="FFmpeg aphasemeter, with a flattened cross-correlation",
    warmup=10,
)
