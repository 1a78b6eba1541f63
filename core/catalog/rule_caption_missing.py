"""Missing captions: somebody speaks, and no caption shows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.catalog.cue_span import shown_until_s
from core.catalog.cue_timing import align
from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    context_switch,
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_CAPTIONS = "caption_sync"
_LEAVES = 0.6
_PAUSE_S = 1.0
_IN_STEP_S = 0.5
_FEWEST_ALIGNED = 8
_LEAST_MATCH = 1.1
_FEW_SPEECH_S = 20.0
_HALF_PCT = 50.0


def caption_missing_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches with `min_speech_s` of speech that no caption lies within `near_s` of.

    Captions that come late or early as a whole are thought moved to where their speech is, so
    that one fault is not told twice. Where captions cover less than `least_covered_pct` of all
    speech, the track was not made for all of it (signs and foreign dialogue only): that is one
    FYI, or nothing when `report_context` is 0.
    """
    track, cues = tracks[spec.id], tracks.get(_CAPTIONS)
    if cues is None or not len(cues) or not len(track):
        return []
    speech = _speech(spec, track, profile)
    lengths = track.ends_s - track.starts_s
    bare = speech & ~_near_captions(track, cues, spec.value(profile, "near_s"))
    total_s = float(lengths[speech].sum())
    covered_pct = 100.0 * (1.0 - float(lengths[bare].sum()) / max(total_s, 1e-6))
    if total_s >= _FEW_SPEECH_S and covered_pct < spec.value(profile, "least_covered_pct"):
        return _partial(spec, track, np.flatnonzero(bare), profile, covered_pct)
    enough_s = spec.value(profile, "min_speech_s")
    return [
        finding_of(spec, track, _claim(spec, track, run, bare, profile))
        for run in merge_gaps(track, runs_of(bare), _PAUSE_S)
        if lengths[run.first : run.last + 1][bare[run.first : run.last + 1]].sum() >= enough_s
    ]


def _speech(spec: DetectorSpec, track: Track, profile: Profile) -> Mask:
    """Rows in which somebody speaks, with hysteresis."""
    enter = spec.value(profile, "speech_pct")
    values = track.metrics["speech_pct"]
    speech = np.zeros(len(track), bool)
    for run in runs_of(values >= _LEAVES * enter):
        part = slice(run.first, run.last + 1)
        speech[part] = values[part].max() >= enter
    return speech


def _near_captions(track: Track, cues: Track, near_s: float) -> Mask:
    """Rows whose middle lies within `near_s` of a caption."""
    moved = _offsets(cues, track)
    starts, ends = cues.starts_s - moved - near_s, shown_until_s(cues) - moved + near_s
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], np.maximum.accumulate(ends[order])
    middle = (track.starts_s + track.ends_s) / 2
    before = np.searchsorted(starts, middle, side="right") - 1
    return np.asarray((before >= 0) & (ends[np.maximum(before, 0)] >= middle))


def _offsets(cues: Track, speech: Track) -> NDArray[np.float64]:
    """By how much each caption comes late, where that is sure, else 0."""
    rows = np.flatnonzero(cues.metrics["spoken"] > 0)
    none = np.zeros(len(cues))
    if len(rows) < _FEWEST_ALIGNED:
        return none
    found = align(cues, speech, rows, _IN_STEP_S, _IN_STEP_S)
    sure = found.match >= _LEAST_MATCH
    if not sure.any():
        return none
    lag_s = np.where(np.abs(found.lag_s) <= _IN_STEP_S, 0.0, found.lag_s)
    return np.interp(cues.starts_s, cues.starts_s[rows[sure]], lag_s[sure])


def _claim(spec: DetectorSpec, track: Track, run: Run, bare: Mask, profile: Profile) -> Claim:
    rows = slice(run.first, run.last + 1)
    spoken_s = float((track.ends_s - track.starts_s)[rows][bare[rows]].sum())
    enough_s = spec.value(profile, "min_speech_s")
    sure = float(track.metrics["speech_pct"][rows][bare[rows]].mean())
    return Claim(
        run,
        "speech_pct",
        spec.value(profile, "speech_pct"),
        run.first + int(np.argmax(track.metrics["speech_pct"][rows])),
        score_of(max(sure / 100.0 - 0.5, 0.0), spoken_s, enough_s),
        spec.proposed_severity(profile),
        f"Somebody speaks for {in_words(spoken_s)} within {in_words(length_s(track, run))}, "
        f"and no caption shows within {in_words(spec.value(profile, 'near_s'))}.",
    )


def _partial(
    spec: DetectorSpec, track: Track, rows: NDArray[np.int64], profile: Profile, covered_pct: float
) -> list[Finding]:
    if spec.value(profile, "report_context") < 1:
        return []
    run = Run(int(rows[0]), int(rows[-1]))
    claim = Claim(
        run,
        "speech_pct",
        spec.value(profile, "speech_pct"),
        run.first + int(np.argmax(track.metrics["speech_pct"][run.first : run.last + 1])),
        score_of(0.0, 1.0, 1.0),
        Severity.FYI,
        f"Captions cover only {covered_pct:.0f} % of the speech: the track seems to hold signs or "
        "foreign dialogue alone.",
    )
    return [finding_of(spec, track, claim)]


CAPTION_MISSING = DetectorSpec(
    id="caption_missing",
    defect="caption_missing",
    title="Missing captions",
    help=(
        "Voices without a caption. Speech is found by a small network (Silero VAD), in any "
        "language; singing and crowds may pass for it, whispers may not."
    ),
    views=("audio",),
    metrics=(MetricSpec("speech_pct", "Probability of speech", "%", 0.0, 100.0),),
    thresholds=(
        ThresholdSpec(
            "speech_pct",
            "Speech from",
            "%",
            _HALF_PCT,
            5.0,
            99.0,
            "Silero VAD's own default",
            metric="speech_pct",
        ),
        ThresholdSpec(
            "min_speech_s", "Shortest speech without a caption", "s", 2.0, 0.25, 60.0, MEASURED
        ),
        ThresholdSpec(
            "near_s",
            "Captions count when they lie within",
            "s",
            1.0,
            0.0,
            10.0,
            f"{MEASURED}: captions leave out words at both ends",
        ),
        ThresholdSpec(
            "least_covered_pct",
            "A track that covers less is partial",
            "%",
            20.0,
            0.0,
            100.0,
            "a forced-narrative track covers a few lines of a film",
        ),
        context_switch("tracks that hold only part of the dialogue"),
    ),
    rule=caption_missing_rule,
    severity=Severity.ISSUE,
    source="Silero VAD 6 (MIT)",
    after=("caption_sync",),
    warmup=40,
)
