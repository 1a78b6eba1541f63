"""Level jumps: the fader moves, and the programme goes on at another level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from core.catalog.rule import MEASURED, Claim, Mask, Run, finding_of, in_words, length_s, score_of
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_LARGEST_DB = 30.0
_SUDDEN = 0.8
_LEAST_SPREAD_DB = 0.8
_LEAST_RANGE_DB = 1.0
_RANGE = 0.19
_LOOSE = 1.3
_FAINT = 2.5
_APART_ROWS = 4
_SAME_SIZE = 0.35
_LEAST_DIFFERENCE_DB = 2.5
_SHOWN_ROWS = 10
_SHORTEST_ROWS = 5


_SURELY, _LOOSELY = 3, 2
_TOGETHER = 4


class _Step(NamedTuple):
    row: int
    size_db: float
    rank: int


def level_jump_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Steps of `jump_db` that stay, of all bands alike; with a step back they enclose a stretch.

    A step counts by itself when its bands differ by no more than the share `likeness` of it. The
    step back is looked for within `return_s` and may be less alike; with one, neither need be so
    to the full: little in nature undoes itself.
    """
    track = tracks[spec.id]
    steps = _steps(spec, track, profile)
    return [
        finding_of(spec, track, _claim(spec, track, profile, first, back))
        for first, back in _paired(track, steps, spec.value(profile, "return_s"))
    ]


def _steps(spec: DetectorSpec, track: Track, profile: Profile) -> list[_Step]:
    """The strongest step of each neighbourhood."""
    likeness = spec.value(profile, "likeness")
    rank = np.zeros(len(track), np.int64)
    for k in (1.0, _LOOSE, _FAINT):
        rank += _alike(spec, track, profile, likeness * k)
    worth = np.where(rank > 0, 100.0 * rank + np.abs(track.metrics["shift_db"]), 0.0)
    steps: list[_Step] = []
    for row in np.flatnonzero(rank).tolist():
        near = slice(max(row - _APART_ROWS, 0), row + _APART_ROWS + 1)
        if int(np.argmax(worth[near])) + near.start == row:
            steps.append(_Step(row, float(track.metrics["shift_db"][row]), int(rank[row])))
    return steps


def _alike(spec: DetectorSpec, track: Track, profile: Profile, likeness: float) -> Mask:
    """Rows whose step is sudden, stays, and is the same in all bands and at all levels."""
    columns = {name: track.metrics[name].astype(np.float64) for name in track.metrics}
    shift, step = columns["shift_db"], columns["step_db"]
    size = np.abs(shift)
    large = (size >= spec.value(profile, "jump_db")) & (size <= _LARGEST_DB)
    sudden = (step * shift > 0) & (np.abs(step) >= _SUDDEN * size)
    sudden &= np.abs(step) <= 2.5 * size + 4.0
    factor = likeness / spec.threshold("likeness").default
    spread = columns["spread_db"] <= np.maximum(_LEAST_SPREAD_DB * factor, likeness * size)
    levels = columns["range_db"] <= np.maximum(_LEAST_RANGE_DB * factor, _RANGE * factor * size)
    return np.asarray(large & sudden & spread & levels)


def _paired(track: Track, steps: list[_Step], return_s: float) -> list[tuple[_Step, _Step | None]]:
    """Steps with their way back; what is neither sure nor has one is left out."""
    starts = track.starts_s
    found: list[tuple[_Step, _Step | None]] = []
    used: set[_Step] = set()
    for step in sorted(steps, key=lambda s: (-s.rank, s.row)):
        if step in used or step.rank < _LOOSELY:
            continue
        near = [
            other
            for other in steps
            if other not in used
            and abs(starts[other.row] - starts[step.row]) <= return_s
            and _undoes(step, other)
            and step.rank + other.rank >= _TOGETHER
        ]
        other = min(near, key=lambda o: _misfit(step, o), default=None)
        if other is None and step.rank < _SURELY:
            continue
        used |= {step} if other is None else {step, other}
        if other is not None and other.row < step.row:
            found.append((other, step))
        else:
            found.append((step, other))
    return sorted(found, key=lambda pair: pair[0].row)


def _misfit(step: _Step, other: _Step) -> float:
    """How badly a step undoes another: a poor likeness weighs like decibels."""
    return abs(step.size_db + other.size_db) + 2.0 * (_SURELY - other.rank)


def _undoes(step: _Step, back: _Step) -> bool:
    allowed = max(_SAME_SIZE * abs(step.size_db), _LEAST_DIFFERENCE_DB)
    return (
        abs(back.row - step.row) >= _SHORTEST_ROWS
        and step.size_db * back.size_db < 0
        and abs(step.size_db + back.size_db) <= allowed
    )


def _claim(
    spec: DetectorSpec, track: Track, profile: Profile, step: _Step, back: _Step | None
) -> Claim:
    line = spec.value(profile, "jump_db")
    last = min(step.row + _SHOWN_ROWS, len(track)) - 1 if back is None else back.row - 1
    run = Run(step.row, max(last, step.row))
    length = length_s(track, run)
    size = abs(step.size_db)
    way = "rises" if step.size_db > 0 else "falls"
    rest = "and stays there" if back is None else f"and comes back after {in_words(length)}"
    note = (
        f"The level {way} by {size:.0f} dB at one instant, all frequencies alike "
        f"(within {float(track.metrics['spread_db'][step.row]):.1f} dB), {rest}."
    )
    score = score_of(size / line - 1.0, length if back is not None else 1.0, 1.0)
    severity = spec.proposed_severity(profile)
    return Claim(run, "shift_db", np.copysign(line, step.size_db), step.row, score, severity, note)


LEVEL_JUMP = DetectorSpec(
    id="level_jump",
    defect="level_jump",
    title="Level jump",
    help=(
        "Steps of the level at one instant, of all frequencies and of loud and quiet moments "
        "alike, after which the programme goes on. A chorus, applause or another scene change the "
        "spectrum too and are left alone; jumps between two words are often missed."
    ),
    views=("audio",),
    metrics=(
        MetricSpec("step_db", "Step within 50 ms", "dB", -40.0, 40.0),
        MetricSpec("step_spread_db", "Bands differ in the step by", "dB", 0.0, 20.0),
        MetricSpec("shift_db", "Shift that stays", "dB", -40.0, 40.0),
        MetricSpec("spread_db", "Bands differ in the shift by", "dB", 0.0, 20.0),
        MetricSpec("range_db", "Loud and quiet moments differ by", "dB", 0.0, 20.0),
    ),
    thresholds=(
        ThresholdSpec(
            "jump_db", "Smallest jump", "dB", 6.0, 2.0, 35.0, MEASURED, metric="shift_db"
        ),
        ThresholdSpec(
            "likeness", "Bands differ by this share at most", "", 0.18, 0.05, 1.0, MEASURED
        ),
        ThresholdSpec(
            "return_s", "Looked for the way back within", "s", 30.0, 0.5, 600.0, MEASURED
        ),
    ),
    rule=level_jump_rule,
    severity=Severity.ISSUE,
    source="no standard is known; the shape of a gain step",
    warmup=20,
)
