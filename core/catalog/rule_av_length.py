"""A/V length: sound and picture that do not begin or end together."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

import numpy as np

from core.catalog.rule import MEASURED, in_words, score_of
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Evidence, Finding
from core.domain.profile import Profile
from core.domain.time import MediaTime, Span
from core.domain.track import Track

_PICTURE = "freeze"
_USUAL_FRAME_S = 0.04
_LONGEST_FRAME_S = 0.5
_FROM_THE_START_S = 0.01
_GRAVE_S = 0.5
_TICK_S = 1e-3


def av_length_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Where the sound starts or ends more than the limits apart from the picture.

    Less than half a second is FYI. The beginning is judged only when the beginning of the stream
    was measured.
    """
    track, picture = tracks[spec.id], tracks.get(_PICTURE)
    if picture is None or not len(picture) or not len(track):
        return []
    if _end_s(track) - track.starts_s[0] < spec.value(profile, "least_s"):
        return []
    found = [
        _start(spec, track, picture, profile),
        _end(spec, track, picture, profile),
    ]
    return [finding for finding in found if finding is not None]


def _start(spec: DetectorSpec, track: Track, picture: Track, profile: Profile) -> Finding | None:
    if track.metrics["position_s"][0] > _FROM_THE_START_S:
        return None
    sound_s, picture_s = float(track.starts_s[0]), float(picture.starts_s[0])
    limit_s = spec.value(profile, "start_s")
    if abs(sound_s - picture_s) <= limit_s:
        return None
    way = "after" if sound_s > picture_s else "before"
    note = f"The sound begins {in_words(abs(sound_s - picture_s))} {way} the picture."
    return _finding(spec, track, (sound_s, picture_s), limit_s, profile, note)


def _end(spec: DetectorSpec, track: Track, picture: Track, profile: Profile) -> Finding | None:
    sound_s, picture_s = _end_s(track), float(picture.ends_s[-1])
    short_s = spec.value(profile, "short_frames") * _frame_s(picture)
    long_s = spec.value(profile, "long_s")
    if sound_s < picture_s - short_s - _TICK_S:
        note = f"The sound ends {in_words(picture_s - sound_s)} before the picture."
        return _finding(spec, track, (sound_s, picture_s), short_s, profile, note)
    if sound_s > picture_s + long_s + _TICK_S:
        note = f"The sound goes on for {in_words(sound_s - picture_s)} after the picture has ended."
        return _finding(spec, track, (sound_s, picture_s), long_s, profile, note)
    return None


def _end_s(track: Track) -> float:
    return float(track.starts_s[-1] + track.metrics["left_ms"][-1] / 1000)


def _frame_s(picture: Track) -> float:
    if len(picture) < 2:
        return _USUAL_FRAME_S
    return min(float(np.median(np.diff(picture.starts_s))), _LONGEST_FRAME_S)


def _finding(
    spec: DetectorSpec,
    track: Track,
    edges_s: tuple[float, float],
    limit_s: float,
    profile: Profile,
    note: str,
) -> Finding:
    base: Fraction = track.base
    first, last = sorted(edges_s)
    start = floor(first / float(base) + 0.5)
    end = max(ceil(last / float(base) - 0.5), start + 1)
    apart_s = last - first
    nearest = int(np.argmin(np.abs(track.starts_s - first)))
    return Finding(
        detector=spec.id,
        defect=spec.defect,
        stream=track.stream,
        span=Span(start, end, base),
        score=score_of(apart_s / max(limit_s, _TICK_S) - 1.0, apart_s, 1.0),
        severity=spec.proposed_severity(profile) if apart_s >= _GRAVE_S else Severity.FYI,
        evidence=Evidence(
            metric="position_s",
            peak=MediaTime(start, base),
            peak_value=float(track.metrics["position_s"][nearest]),
            threshold=limit_s,
            note=note,
        ),
    )


AV_LENGTH = DetectorSpec(
    id="av_length",
    defect="av_length",
    title="A/V length",
    help=(
        "Sound that ends before the picture or long after it, or begins apart from it. Short "
        "clips that were cut from longer titles often do, and files whose encoder was stopped."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("position_s", "Since the sound began", "s", 0.0, 14_400.0),
        MetricSpec("left_ms", "Sound from here on", "ms", 0.0, 1000.0),
    ),
    thresholds=(
        ThresholdSpec(
            "short_frames",
            "Sound may end before the picture by",
            "frames",
            2.0,
            0.0,
            250.0,
            "Telestream Qualify FC-108: 2 frames",
        ),
        ThresholdSpec(
            "long_s",
            "Sound may end after the picture by",
            "s",
            2.0,
            0.0,
            60.0,
            "Telestream Qualify FC-108: 2 s",
        ),
        ThresholdSpec(
            "start_s",
            "Sound may begin apart from the picture by",
            "s",
            0.2,
            0.0,
            10.0,
            f"{MEASURED}: the lead-in of codecs and broadcast multiplexes stays below",
        ),
        ThresholdSpec(
            "least_s",
            "Shortest sound that is judged",
            "s",
            1.0,
            0.0,
            60.0,
            "less is a test signal, not a title",
            metric="position_s",
        ),
    ),
    rule=av_length_rule,
    severity=Severity.ISSUE,
    source="Telestream Qualify FC-108",
    after=("freeze",),
)
