"""Audio artifacts: seconds in which the network hears hum, hiss, distortion or clicks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import floor

import numpy as np
from numpy.typing import NDArray

from core.catalog.artifact_note import measured_there
from core.catalog.rule import (
    MEASURED,
    Claim,
    Run,
    Values,
    finding_of,
    in_words,
    merge_gaps,
    runs_above,
    score_of,
)
from core.catalog.rule_clicks import CLICKS
from core.catalog.rule_clipping import CLIPPING
from core.catalog.rule_dropout import DROPOUT
from core.catalog.rule_hiss import HISS
from core.catalog.rule_hum import HUM
from core.catalog.rule_shape import eased, snapped
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import DEFECTS, Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.time import MediaTime, Span
from core.domain.track import Track

ARTIFACTS = ("hum", "hiss", "distortion", "clicks")
"""In the order of the network's answers; each names its defect and its curve."""

ALIKE: Mapping[str, DetectorSpec] = {
    "hum": HUM,
    "hiss": HISS,
    "distortion": CLIPPING,
    "clicks": CLICKS,
}
"""Who measures the same in the signal itself."""

_LASTING = ("hum", "hiss")
_ROWS = {"hum": 9, "hiss": 1, "distortion": 1, "clicks": 1}
_LINES = {"hum": 0.95, "hiss": 0.8, "distortion": 0.97, "clicks": 0.9}
_LEAVE = 0.5
_EDGE_S = 1.5
_AROUND_S = 5
_LEAST = 1e-3
_TRIM_S = Fraction(1, 4)
_MOST_CUT = 4
_OWN = "how long it takes to be told from music"


def audio_artifact_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Each artifact by itself: runs with hysteresis, entered at its line, left at half of it.

    Hiss, distortion and clicks are heard in context already; what decides for hum, which bass notes
    resemble for shorter, is the mean of the log-odds over five seconds. A row speaks for the second
    around it, a quarter of a second more than its own half on both sides, so that ends are put back
    by as much. Where the rule of a signal-processing detector tells of
    the same over at least half of a stretch, it is not told again, unless `repeat` asks for it; nor
    are the edges of a dropout told as clicks.
    """
    found = [
        finding
        for artifact in ARTIFACTS
        if (own := _told(spec, artifact, tracks, profile))
        for finding in _kept(own, _others(spec, artifact, tracks, profile))
    ]
    edges_s = _edges_s(tracks, profile) if any(f.defect == "clicks" for f in found) else []
    found = [f for f in found if f.defect != "clicks" or not _lies_at(f.span, edges_s)]
    return sorted(found, key=lambda f: (f.span.start, f.span.end, f.defect))


def _told(
    spec: DetectorSpec, artifact: str, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """What the network hears of one artifact."""
    track = tracks[spec.id]
    line = spec.value(profile, f"{artifact}_line")
    sure = _pooled(track, artifact)
    runs = runs_above(sure, line, _LEAVE * line)
    if _ROWS[artifact] > 1:
        raw = _log_odds(track.metrics[artifact])
        runs = [snapped(raw, run, _ROWS[artifact] // 2) for run in runs]
    shortest = _shortest_s(spec, artifact, profile)
    stretches = [
        (run, _span(track, run)) for run in merge_gaps(track, runs, spec.value(profile, "gap_s"))
    ]
    return [
        _finding(spec, artifact, run, span, sure, tracks, profile)
        for run, span in stretches
        if span.duration_s >= shortest - 5e-7
    ]


def _shortest_s(spec: DetectorSpec, artifact: str, profile: Profile) -> float:
    return spec.value(profile, "lasting_s" if artifact in _LASTING else "min_length_s")


def _log_odds(probability: Values) -> NDArray[np.float64]:
    within = np.clip(probability.astype(np.float64), _LEAST, 1.0 - _LEAST)
    return np.asarray(np.log(within / (1.0 - within)))


def _pooled(track: Track, artifact: str) -> NDArray[np.float64]:
    """Probability after the mean of the log-odds; 0 where nobody listened because of silence."""
    heard = np.any([track.metrics[name] > 0 for name in ARTIFACTS], axis=0)
    mean = eased(_log_odds(track.metrics[artifact]), heard, _ROWS[artifact])
    return np.asarray(np.where(heard, 1.0 / (1.0 + np.exp(-mean)), 0.0))


def _span(track: Track, run: Run) -> Span:
    """What a run covers without what its outer rows only look into; not cut at the track's ends."""
    whole = track.span(run.first, run.last)
    # Of a single short row something must be left.
    cut = min(floor(_TRIM_S / track.base), (whole.end - whole.start) // _MOST_CUT)
    start = whole.start + (cut if run.first > 0 else 0)
    end = whole.end - (cut if run.last < len(track) - 1 else 0)
    return Span(start, end, track.base)


def _finding(
    spec: DetectorSpec,
    artifact: str,
    run: Run,
    span: Span,
    pooled: NDArray[np.float64],
    tracks: Mapping[str, Track],
    profile: Profile,
) -> Finding:
    track = tracks[spec.id]
    line = spec.value(profile, f"{artifact}_line")
    sure = float(pooled[run.first : run.last + 1].max())
    values = track.metrics[artifact][run.first : run.last + 1]
    channels = _channels(track, run, artifact)
    other = tracks.get(ALIKE[artifact].id)
    note, band = measured_there(artifact, other, span)
    claim = Claim(
        run,
        artifact,
        line,
        run.first + int(np.argmax(values)),
        score_of(
            (sure - line) / (1.0 - line), span.duration_s, _shortest_s(spec, artifact, profile)
        ),
        spec.proposed_severity(profile),
        f"{DEFECTS[artifact].title}{_where(channels)} for {in_words(span.duration_s)}; the network "
        f"is {100 * sure:.0f} % sure.{note}",
        channels,
        band=band,
        defect=artifact,
    )
    finding = finding_of(spec, track, claim)
    peak = MediaTime(_middle(track, claim.peak, span), track.base)
    return replace(finding, span=span, evidence=replace(finding.evidence, peak=peak))


def _middle(track: Track, row: int, span: Span) -> int:
    """PTS of the middle of a row, which is that of the second it speaks for, within a span."""
    own = track.span(row, row)
    return min(max((own.start + own.end) // 2, span.start), span.end - 1)


def _channels(track: Track, run: Run, artifact: str) -> tuple[int, ...]:
    """Channels that have it in half of the rows in which any has."""
    masks = track.metrics[f"{artifact}_channels"][run.first : run.last + 1].astype(np.int64)
    masks = masks[masks > 0]
    bits = range(int(masks.max(initial=0)).bit_length())
    return tuple(bit for bit in bits if 2 * np.sum(masks >> bit & 1) >= len(masks))


def _where(channels: tuple[int, ...]) -> str:
    if not channels:
        return ""
    names = ", ".join(str(channel + 1) for channel in channels)
    return f" in channel {names}" if len(channels) == 1 else f" in channels {names}"


def _others(
    spec: DetectorSpec, artifact: str, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """What a signal-processing detector tells of the same on the same stream."""
    own, other = tracks[spec.id], ALIKE[artifact]
    track = tracks.get(other.id)
    if track is None or not len(track) or track.stream != own.stream:
        return []
    if spec.value(profile, "repeat") >= 1 or other.id in profile.disabled:
        return []
    return other.rule(other, tracks, profile)


def _kept(own: list[Finding], others: list[Finding]) -> list[Finding]:
    """Findings of which others cover less than half."""
    return [f for f in own if 2 * _covered_s(f.span, others) < f.span.duration_s]


def _edges_s(tracks: Mapping[str, Track], profile: Profile) -> list[float]:
    """Where dropouts begin and end."""
    if DROPOUT.id not in tracks or DROPOUT.id in profile.disabled:
        return []
    gaps = DROPOUT.rule(DROPOUT, tracks, profile)
    return [edge for gap in gaps for edge in (gap.span.start_s, gap.span.end_s)]


def _lies_at(span: Span, edges_s: list[float]) -> bool:
    """Whether a stretch is short and lies around one of these edges."""
    return span.duration_s <= _EDGE_S and any(span.start_s <= e <= span.end_s for e in edges_s)


def _covered_s(span: Span, others: list[Finding]) -> float:
    """How much of a span lies in findings of another detector, which are apart."""
    return sum(
        max(min(span.end_s, o.span.end_s) - max(span.start_s, o.span.start_s), 0.0) for o in others
    )


def _line(artifact: str) -> ThresholdSpec:
    title = f"{DEFECTS[artifact].title}: sure from"
    return ThresholdSpec(
        f"{artifact}_line", title, "", _LINES[artifact], 0.05, 0.99, MEASURED, metric=artifact
    )


AUDIO_ARTIFACT = DetectorSpec(
    id="audio_artifact",
    defect="distortion",
    title="Audio artifacts",
    help=(
        "Hum, hiss, distortion and clicks, heard by a network in every second of every channel. "
        "What hum, hiss, clicks and clipping already flag is not flagged again. Distorted "
        "guitars, vinyl as an effect, rain and applause may be meant as they are."
    ),
    views=("audio",),
    metrics=(
        *(MetricSpec(name, DEFECTS[name].title, "", 0.0, 1.0) for name in ARTIFACTS),
        *(
            MetricSpec(
                f"{name}_channels",
                f"{DEFECTS[name].title}: channels (bits)",
                "",
                0.0,
                16_777_215.0,
            )
            for name in ARTIFACTS
        ),
        MetricSpec("artifact", "Any artifact", "", 0.0, 1.0),
        MetricSpec("class", "Likeliest (0 none, then in this order)", "", 0.0, 4.0),
    ),
    thresholds=(
        *(_line(name) for name in ARTIFACTS),
        ThresholdSpec("lasting_s", "Shortest hum or hiss", "s", 2.0, 0.5, 60.0, _OWN),
        ThresholdSpec(
            "min_length_s",
            "Shortest distortion or clicks",
            "s",
            0.5,
            0.0,
            60.0,
            "more than one row",
        ),
        ThresholdSpec("gap_s", "Joined over", "s", 1.0, 0.0, 30.0, "as clicks are"),
        ThresholdSpec(
            "repeat",
            "Flag what others flag, too (1), or not (0)",
            "",
            0.0,
            0.0,
            1.0,
            "one flag for one fault",
        ),
    ),
    rule=audio_artifact_rule,
    severity=Severity.ISSUE,
    source="network pretrained on AudioSet with a second branch for detail, after published work",
    warmup_s=_AROUND_S,
    after=(HUM.id, HISS.id, CLICKS.id, CLIPPING.id, DROPOUT.id),
    also=("hum", "hiss", "clicks"),
)
