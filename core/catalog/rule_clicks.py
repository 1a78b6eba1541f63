"""Clicks: how far they stand out, how many come together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
    step_severity,
)
from core.catalog.rule_dropout import DROPOUT
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_EDGE_S = 0.005


def clicks_rule(spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile) -> list[Finding]:
    """Clicks that stand out by `strength_db`, joined over `gap_s`.

    One alone counts when it stands out by `alone_db`; a lip or a key clicks now and then. The
    abrupt edges of a gap are the dropout's, not clicks of their own.
    """
    track = tracks[spec.id]
    strength = np.where(_at_gap(track, tracks.get(DROPOUT.id), profile), 0.0, _strength(track))
    line = spec.value(profile, "strength_db")
    clicks = runs_of(np.asarray(strength >= line))
    return [
        finding_of(spec, track, _claim(spec, track, run, profile))
        for run in merge_gaps(track, clicks, spec.value(profile, "gap_s"))
        if _told(spec, strength[run.first : run.last + 1], profile)
    ]


def _strength(track: Track) -> NDArray[np.float32]:
    return track.metrics["strength_db"]


def _at_gap(track: Track, dropout: Track | None, profile: Profile) -> Mask:
    """The rows that lie at either edge of a gap in the sound, however long that is."""
    if dropout is None or not len(dropout):
        return np.zeros(len(track), bool)
    gaps = runs_of(dropout.metrics["depth_db"] >= DROPOUT.value(profile, "depth_db"))
    edges = np.sort(
        [dropout.starts_s[g.first] for g in gaps] + [dropout.ends_s[g.last] for g in gaps]
    )
    first = np.searchsorted(edges, track.starts_s - _EDGE_S)
    last = np.searchsorted(edges, track.ends_s + _EDGE_S)
    return np.asarray(last > first)


def _told(spec: DetectorSpec, strength: NDArray[np.floating], profile: Profile) -> bool:
    many = np.count_nonzero(strength >= spec.value(profile, "strength_db"))
    fewest = spec.value(profile, "min_clicks")
    return bool(many >= fewest or strength.max() >= spec.value(profile, "alone_db"))


def _claim(spec: DetectorSpec, track: Track, run: Run, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    line = spec.value(profile, "strength_db")
    strength = track.metrics["strength_db"][rows]
    count = max(int(track.metrics["clicks"][rows].sum()), 1)
    length = length_s(track, run)
    severity = spec.proposed_severity(profile)
    if count / max(length, 1.0) >= spec.value(profile, "crackle_per_s"):
        severity = step_severity(severity, 1)
    masks = track.metrics["channels"][rows].astype(np.int64)
    together = int(np.bitwise_or.reduce(masks))
    peak = run.first + int(np.argmax(strength))
    worst = float(strength.max())
    often = f"{count} clicks in {in_words(length)} ({count / max(length, 0.1):.1f} a second)"
    told = often if count > 1 else "A click"
    return Claim(
        run,
        "strength_db",
        line,
        peak,
        score_of((worst - line) / line, count, spec.value(profile, "min_clicks")),
        severity,
        f"{told}, the strongest at {track.starts_s[peak]:.4f} s, {worst:.0f} dB above what "
        "prediction leaves around it.",
        tuple(bit for bit in range(together.bit_length()) if together >> bit & 1),
    )


CLICKS = DetectorSpec(
    id="clicks",
    defect="clicks",
    title="Clicks",
    help=(
        "Pops, crackle and single wrong samples: shorter than a millisecond, and unlike anything "
        "12 ms around them. Drums, castanets, plosives and keys ring on and are left alone; lips, "
        "and synthesised sounds that begin with a step, may fool it. Crackle of rain and fire is "
        "crackle."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("strength_db", "Stands out by", "dB", 0.0, 80.0),
        MetricSpec("clicks", "Clicks", "", 0.0, 100.0),
        MetricSpec("channels", "Channels concerned (bits)", "", 0.0, 16_777_215.0),
    ),
    thresholds=(
        ThresholdSpec(
            "strength_db",
            "Stands out by",
            "dB",
            14.0,
            8.0,
            60.0,
            MEASURED,
            metric="strength_db",
        ),
        ThresholdSpec("alone_db", "One alone counts from", "dB", 20.0, 8.0, 80.0, MEASURED),
        ThresholdSpec("min_clicks", "Fewest clicks together", "", 3.0, 1.0, 100.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 1.0, 0.0, 10.0, MEASURED),
        ThresholdSpec(
            "crackle_per_s", "One step more severe from", "1/s", 10.0, 0.1, 1000.0, MEASURED
        ),
    ),
    rule=clicks_rule,
    severity=Severity.ISSUE,
    source="after Essentia's ClickDetector (LPC of order 12), against the peaks around a click",
    after=("dropout",),
)
