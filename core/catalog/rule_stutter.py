"""Stutter: frames that repeat or are missing in the midst of motion, and uneven time stamps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    finding_of,
    in_words,
    merge_gaps,
    runs_of,
    score_of,
    step_severity,
)
from core.catalog.rule_freeze import flat_frames
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

Values = NDArray[np.float64]

_CUT = 4.0
_SMALLEST_CUT_PCT = 6.0
_WINDOW_ROWS = 24
_LONGEST_PERIOD_ROWS = 12
_FEWEST_BEATS = 4
_REGULAR = 0.75
_STEADY_ROWS = 5
_STEADY = 0.1
_LIVELIEST = 1.2
_SLOWEST_PCT = 0.3
_LEAST_OF_TWO = 0.9
_SLOW = 0.1
_FEWEST_JUMPS = 2
_FEWEST_STEPS = 20
_TICK_MS = 1.6
_CONSTANT = 0.8
_GAP_STEPS = 1.6
_FEWEST_UNEVEN = 3
_FEWEST_NOTICED = 2


@dataclass(frozen=True, slots=True)
class _Motion:
    """What is known of each row: change over one and two frames, and where most changes, in %."""

    one: Values
    two: Values
    local: Values


def stutter_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Holds and jumps that no cadence explains, and time stamps that do not keep their step.

    A hold is a run of frames without change, shorter than a freeze, between frames that move. Holds
    that come at a steady period (film in 60 fields, animation on twos, 12 or 15 pictures a second
    in a faster file) are no defect, and neither are pictures none of which moves on at once, nor
    frames that are black or one colour all over. One frame that repeats once is FYI. A jump is one
    change as large as that over two frames, in steady motion.

    Time stamps count as uneven only in a stream that mostly keeps a constant step; a gap of more
    than a step and a half counts when something moves.
    """
    track = tracks[spec.id]
    if len(track) < 3:
        return []
    motion = _motion(track, tracks.get("freeze"))
    holds = _holds(spec, track, motion, flat_frames(track, tracks, profile), profile)
    ends = {run.last + 1 for run in holds}
    found = _jumps(motion, spec.value(profile, "jump"), spec.value(profile, "motion_pct"))
    jumps = [run for run in found if run.first not in ends]
    claims = [
        *_picture_claims(spec, track, motion, holds, jumps, profile),
        *_time_claims(spec, track, profile),
    ]
    claims.sort(key=lambda claim: (claim.run.first, claim.run.last))
    return [finding_of(spec, track, claim) for claim in claims]


def _motion(track: Track, freeze: Track | None) -> _Motion:
    one, two = (track.metrics[n].astype(np.float64) for n in ("change_pct", "two_pct"))
    local = one.copy()
    if freeze is not None and len(freeze):
        at = np.minimum(np.searchsorted(freeze.pts, track.pts), len(freeze) - 1)
        same = freeze.pts[at] == track.pts
        local[same] = freeze.metrics["local_pct"][at[same]]
    local[0] = 0.0
    return _Motion(one, two, local)


def _holds(
    spec: DetectorSpec, track: Track, motion: _Motion, flat: Mask, profile: Profile
) -> list[Run]:
    """Runs of repeated frames in motion that no cadence explains."""
    one, local = motion.one, motion.local
    repeats = (one <= spec.value(profile, "noise_pct")) & (
        local <= spec.value(profile, "local_pct")
    )
    repeats[0] = False
    repeats &= ~flat
    runs = [run for run in runs_of(repeats) if run.last + 1 < len(track)]
    if not runs:
        return []
    first, last = np.array([(run.first, run.last) for run in runs]).T
    inside = np.array([local[run.first : run.last + 1].max() for run in runs])
    least = np.minimum(local[first - 1], local[last + 1])
    sudden = (least >= spec.value(profile, "motion_pct")) & (
        least >= spec.value(profile, "contrast") * inside
    )
    short = track.ends_s[last] - track.starts_s[first] < spec.value(profile, "longest_s")
    uncut = ~_is_cut(one[last + 1], one[first - 1]) & ~_is_cut(one[first - 1], one[last + 1])
    free = ~_regular(first, len(track)) & ~_slow(repeats)[first]
    kept = np.flatnonzero(sudden & short & uncut & free)
    return [runs[i] for i in kept]


def _is_cut(change: Values, usual: Values) -> Mask:
    return np.asarray((change >= _SMALLEST_CUT_PCT) & (change >= _CUT * usual))


def _regular(first: NDArray[np.int64], count: int) -> Mask:
    """For each run that starts at `first`: whether such starts keep a period around it."""
    starts = np.zeros(count, bool)
    starts[first] = True
    around = _windowed(starts)
    regular = np.zeros(count, bool)
    for period in range(2, _LONGEST_PERIOD_ROWS + 1):
        if count <= period:
            break
        # Beyond either end of the title the cadence may well go on.
        both = starts.copy()
        both[period:] &= starts[:-period]
        both[:-period] &= starts[period:]
        regular |= _windowed(both) >= _REGULAR * around
    return np.asarray(regular & (around >= _FEWEST_BEATS))[first]


def _slow(repeats: Mask) -> Mask:
    """Rows around which hardly any change follows upon another: few pictures a second."""
    moves = ~repeats
    follows = moves.copy()
    follows[1:] &= moves[:-1]
    follows[0] = False
    return np.asarray(_windowed(follows) <= _SLOW * _windowed(moves))


def _windowed(mask: Mask) -> NDArray[np.int64]:
    """How many are true within 24 rows to either side."""
    total = np.concatenate(([0], np.cumsum(mask)))
    at = np.arange(len(mask))
    high = np.minimum(at + _WINDOW_ROWS + 1, len(mask))
    return np.asarray(total[high] - total[np.maximum(at - _WINDOW_ROWS, 0)])


def _jumps(motion: _Motion, factor: float, least_pct: float) -> list[Run]:
    """Single rows that change by what two frames would, amid steady motion."""
    one, two = motion.one, motion.two
    reach = _STEADY_ROWS
    if len(one) < 2 * reach + 3:
        return []
    # Only rows that stand out from both neighbours can be jumps; medians are dear.
    rows = np.arange(reach, len(one) - reach)
    beside = np.maximum(one[rows - 1], one[rows + 1])
    rows = rows[(motion.local[rows] >= least_pct) & (one[rows] * _LIVELIEST >= factor * beside)]
    around = rows[:, None] + np.arange(-reach, reach + 1)
    others = np.delete(one[around], reach, axis=1)
    usual = np.median(others, axis=1)
    spread = np.median(np.abs(others - usual[:, None]), axis=1)
    over_two = np.median(two[around], axis=1)
    found = np.zeros(len(one), bool)
    found[rows] = (
        (one[rows] >= factor * usual)
        & (one[rows] >= _LEAST_OF_TWO * over_two)
        & (one[rows] <= 2.0 * over_two)
        & (others.max(axis=1) <= _LIVELIEST * usual)
        & (spread <= _STEADY * usual)
        & (usual >= _SLOWEST_PCT)
    )
    found[: reach + 2] = False
    return runs_of(found)


def _picture_claims(
    spec: DetectorSpec,
    track: Track,
    motion: _Motion,
    holds: list[Run],
    jumps: list[Run],
    profile: Profile,
) -> list[Claim]:
    events = sorted([*holds, *jumps], key=lambda run: run.first)
    claims = []
    for run in merge_gaps(track, events, spec.value(profile, "merge_s")):
        held = [r for r in holds if run.first <= r.first <= run.last]
        jumped = [r for r in jumps if run.first <= r.first <= run.last]
        count = len(held) + len(jumped)
        if count < max(spec.value(profile, "min_events"), 1 if held else _FEWEST_JUMPS):
            continue
        worst = max(held, key=lambda r: r.last - r.first) if held else jumped[0]
        lone = count < _FEWEST_NOTICED and worst.first == worst.last
        claims.append(
            Claim(
                run,
                "change_pct",
                spec.value(profile, "noise_pct"),
                worst.first,
                score_of(0.0, count, spec.value(profile, "min_events")),
                Severity.FYI if lone else spec.proposed_severity(profile),
                _in_words(track, motion, run, held, jumped),
            )
        )
    return claims


def _in_words(track: Track, motion: _Motion, run: Run, held: list[Run], jumped: list[Run]) -> str:
    parts = []
    if held:
        repeated = sum(r.last - r.first + 1 for r in held)
        what = "1 frame repeats" if repeated == 1 else f"{repeated} frames repeat"
        parts.append(f"{what} in the midst of motion")
        skips = sum(motion.one[r.last + 1] >= 1.3 * motion.one[r.first - 1] for r in held)
        if skips * 2 > len(held):
            parts.append("the motion then jumps, as if others were dropped")
    if jumped:
        times = "once" if len(jumped) == 1 else f"{len(jumped)} times"
        parts.append(f"motion jumps by about two frames {times}")
    length = float(track.ends_s[run.last] - track.starts_s[run.first])
    return f"Within {in_words(length)} {' and '.join(parts)}."


def _time_claims(spec: DetectorSpec, track: Track, profile: Profile) -> list[Claim]:
    step = track.metrics["step_ms"].astype(np.float64)
    if len(step) < _FEWEST_STEPS:
        return []
    usual = float(np.median(step[1:]))
    off = np.abs(step - usual)
    off[0] = 0.0
    line = max(spec.value(profile, "jitter_pct") / 100.0 * usual, _TICK_MS)
    if usual <= 0 or np.mean(off[1:] <= line) < _CONSTANT:
        return []
    moves = track.metrics["change_pct"] > spec.value(profile, "noise_pct")
    gaps = (step >= _GAP_STEPS * usual) & moves
    uneven = (off > line) & (step < _GAP_STEPS * usual)
    claims = []
    for run in merge_gaps(track, runs_of(gaps | uneven), spec.value(profile, "merge_s")):
        rows = slice(run.first, run.last + 1)
        missing = int(gaps[rows].sum())
        if int(uneven[rows].sum()) < _FEWEST_UNEVEN and not missing:
            continue
        peak = run.first + int(np.argmax(off[rows]))
        # The row before is the one that is shown for too long or too short.
        claims.append(
            Claim(
                Run(max(run.first - 1, 0), run.last),
                "step_ms",
                usual + line,
                peak,
                score_of(float(off[peak] - line) / usual, run.last - run.first + 1, 3),
                step_severity(spec.proposed_severity(profile), 0 if missing else -1),
                _uneven_in_words(step[rows], usual, missing),
            )
        )
    return claims


def _uneven_in_words(step: Values, usual: float, missing: int) -> str:
    range_ms = f"{step.min():.0f} to {step.max():.0f} ms apart where {usual:.4g} ms is usual"
    if missing:
        return f"Frames are missing: time stamps lie {range_ms}."
    return f"Time stamps are uneven: frames lie {range_ms}."


STUTTER = DetectorSpec(
    id="stutter",
    defect="stutter",
    title="Stutter",
    help=(
        "Frames that repeat or are missing in the midst of motion, and time stamps out of step. "
        "Steady cadences (film in 60 fields, animation on twos, 12 or 15 pictures a second) are "
        "left alone; longer holds are freezes. In a scene at rest nothing is seen, and a single "
        "missing frame that nothing was held for only in the time stamps."
    ),
    views=("luma/4",),
    metrics=(
        MetricSpec("change_pct", "Change since the previous frame", "%", 0.0, 100.0),
        MetricSpec("two_pct", "Change since the frame before that", "%", 0.0, 100.0),
        MetricSpec("step_ms", "Time since the previous frame", "ms", 0.0, 200.0),
    ),
    thresholds=(
        ThresholdSpec(
            "noise_pct",
            "Change that counts as none",
            "%",
            0.1,
            0.0,
            5.0,
            "FFmpeg freezedetect: n .001",
            metric="change_pct",
            fires_below=True,
        ),
        ThresholdSpec("local_pct", "Local change taken for none", "%", 0.6, 0.0, 20.0, MEASURED),
        ThresholdSpec(
            "motion_pct", "Local motion before and after a hold", "%", 1.0, 0.0, 50.0, MEASURED
        ),
        ThresholdSpec(
            "contrast", "That motion against what is left in the hold", "", 6.0, 1.0, 50.0, MEASURED
        ),
        ThresholdSpec("longest_s", "Longer holds are freezes", "s", 0.5, 0.04, 5.0, MEASURED),
        ThresholdSpec("jump", "A jump against the usual change", "", 1.6, 1.1, 5.0, MEASURED),
        ThresholdSpec("min_events", "Fewest holds and jumps", "", 1.0, 1.0, 50.0, MEASURED),
        ThresholdSpec("merge_s", "Joined when no farther", "s", 1.2, 0.0, 10.0, "one a viewing"),
        ThresholdSpec(
            "jitter_pct", "Step of time that counts as uneven", "%", 25.0, 1.0, 100.0, MEASURED
        ),
    ),
    rule=stutter_rule,
    severity=Severity.ISSUE,
    source="No peer known; periodicity of the frame difference and steps of PTS, measured here",
    after=("freeze", "black", "color_frame"),
    warmup=2,
)
