"""Caption sync: captions that come before or after their speech, and such as have none."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from core.catalog.cue_span import cue_finding, shown_until_s
from core.catalog.cue_timing import Alignment, SpeechClock, align, spoken_rows
from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    context_switch,
    in_words,
    runs_of,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_SPEECH = "caption_missing"
_LEAST_MATCH = 1.1
_LEAST_GAIN = 0.2
_BRIDGED = 3
_ALIKE_S = 0.5
_SMALL = 1e-6
_TRUSTED_SHARE = 0.7
_COVERED = 0.5
_HEARD = 0.02


def caption_sync_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Stretches of `min_cues` captions that are late or early together, and lonely captions.

    The offset is what makes captions and speech match best (`core/catalog/cue_timing.py`). Where
    they do not match at any offset, nothing is claimed. A spoken caption without any speech
    within `lonely_s` is FYI, in titles where most captions have theirs; `report_context` 0
    leaves it out.
    """
    track, speech = tracks[spec.id], tracks.get(_SPEECH)
    if speech is None or not len(speech) or not len(track):
        return []
    limits = (spec.value(profile, "max_early_s"), spec.value(profile, "max_late_s"))
    rows = spoken_rows(track, spec.value(profile, "min_spoken"))
    found = align(track, speech, rows, *limits)
    taken = np.zeros(len(found.rows), bool)
    claims: list[Claim] = []
    for run in _stretches(found, limits):
        if run.last - run.first + 1 < spec.value(profile, "min_cues"):
            continue
        part = slice(run.first, run.last + 1)
        if found.match[part].mean() >= _LEAST_MATCH and found.gain[part].mean() >= _LEAST_GAIN:
            taken[part] = True
            claims.append(_stretch_claim(spec, found, run, profile, limits))
    claims += [
        _lonely_claim(spec, int(row), profile)
        for row in _lonely(spec, track, speech, found, taken, profile)
    ]
    claims.sort(key=lambda claim: claim.run.first)
    return [
        cue_finding(spec, track, claim, following.run.first if following is not None else None)
        for claim, following in zip_longest(claims, claims[1:])
    ]


def _stretches(found: Alignment, limits: tuple[float, float]) -> list[Run]:
    """Runs of captions that are off to the same side; a few in step do not end one."""
    lag = found.lag_s
    side = np.where(lag < -limits[0] - _SMALL, -1, np.where(lag > limits[1] + _SMALL, 1, 0))
    runs = sorted([*runs_of(side < 0), *runs_of(side > 0)], key=lambda run: run.first)
    joined: list[Run] = []
    for run in runs:
        before = joined[-1].last if joined else 0
        if (
            joined
            and side[before] == side[run.first]
            and run.first - before - 1 <= _BRIDGED
            and abs(lag[before] - lag[run.first]) <= _ALIKE_S
        ):
            joined[-1] = Run(joined[-1].first, run.last)
        else:
            joined.append(run)
    return joined


def _stretch_claim(
    spec: DetectorSpec,
    found: Alignment,
    run: Run,
    profile: Profile,
    limits: tuple[float, float],
) -> Claim:
    lag = found.lag_s[run.first : run.last + 1]
    middle = float(np.median(lag))
    way, limit = ("late", limits[1]) if middle > 0 else ("early", limits[0])
    count = len(lag)
    note = f"{count} captions come {in_words(abs(middle))} {way} against the speech"
    edges = sorted((float(abs(lag[0])), float(abs(lag[-1]))))
    if edges[1] - edges[0] > _ALIKE_S:
        first, last = (in_words(abs(float(lag[i]))) for i in (0, -1))
        note = f"{count} captions come ever more out of step: first {first}, last {last} {way}"
    worst = run.first + int(np.argmax(np.abs(lag)))
    return Claim(
        Run(int(found.rows[run.first]), int(found.rows[run.last])),
        "duration_s",
        limit,
        int(found.rows[worst]),
        score_of(
            abs(middle) / max(limit, _ALIKE_S) - 1.0, float(count), spec.value(profile, "min_cues")
        ),
        spec.proposed_severity(profile),
        f"{note}.",
    )


def _lonely(
    spec: DetectorSpec,
    track: Track,
    speech: Track,
    found: Alignment,
    taken: Mask,
    profile: Profile,
) -> NDArray[np.int64]:
    """Rows of spoken captions in step that have no speech anywhere near."""
    none = np.zeros(0, np.int64)
    if spec.value(profile, "report_context") < 1:
        return none
    if not len(found.rows) or np.mean(found.covered >= _COVERED) < _TRUSTED_SHARE:
        return none
    near_s = spec.value(profile, "lonely_s")
    rows = found.rows[~taken]
    heard = SpeechClock(speech).share(
        track.starts_s[rows] - near_s, shown_until_s(track)[rows] + near_s
    )
    within = track.starts_s[rows] < speech.ends_s[-1] - near_s
    return np.asarray(rows[(heard <= _HEARD) & within])


def _lonely_claim(spec: DetectorSpec, row: int, profile: Profile) -> Claim:
    near_s = spec.value(profile, "lonely_s")
    return Claim(
        Run(row, row),
        "spoken",
        near_s,
        row,
        score_of(0.0, 1.0, 1.0),
        Severity.FYI,
        f"The caption shows while nobody speaks within {in_words(near_s)}.",
    )


CAPTION_SYNC = DetectorSpec(
    id="caption_sync",
    defect="caption_sync",
    title="Caption sync",
    help=(
        "Captions that come early or late against the voices that are heard, several in a row. "
        "Voice activity says when somebody speaks to about a tenth of a second: the ± 3 frames "
        "of delivery specifications are finer than that. Unbroken talk hides an offset; live "
        "captions are late by nature."
    ),
    views=("cues",),
    metrics=(
        MetricSpec("duration_s", "Duration", "s", 0.0, 60.0),
        MetricSpec("spoken", "Stands for speech (0 no, 1 yes, .5 in capitals)", "", 0.0, 1.0),
    ),
    thresholds=(
        ThresholdSpec(
            "max_late_s", "Late from", "s", 0.5, 0.2, 5.0, f"{MEASURED}; Netflix asks for 3 frames"
        ),
        ThresholdSpec(
            "max_early_s",
            "Early from",
            "s",
            0.5,
            0.2,
            5.0,
            f"{MEASURED}; Netflix asks for 3 frames",
        ),
        ThresholdSpec("min_cues", "Fewest captions in a row", "", 4.0, 2.0, 100.0, MEASURED),
        ThresholdSpec(
            "lonely_s",
            "Told when no speech lies within",
            "s",
            1.5,
            0.5,
            30.0,
            "captions may come a little early and stay a while",
        ),
        ThresholdSpec(
            "min_spoken",
            "Captions count as speech from",
            "",
            0.5,
            0.1,
            1.0,
            "text in capitals is speech where most of the track is written so",
            metric="spoken",
        ),
        context_switch("captions without speech near them"),
    ),
    rule=caption_sync_rule,
    severity=Severity.ISSUE,
    source="Netflix timed text style guides; Silero VAD",
    after=("caption_missing",),
)
