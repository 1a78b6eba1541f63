"""Freeze: pictures that stand still where they should move, told from still pictures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    Values,
    at_least,
    context_switch,
    edge_of,
    finding_of,
    in_words,
    length_s,
    mask_at,
    runs_of,
    score_of,
    step_severity,
)
from core.catalog.rule_black import BLACK, black_rows
from core.catalog.rule_color_frame import COLOR_FRAME, flat_rows
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_REFRESH = 5.0
_REFRESH_ROWS = 2
_SETTLING = 2.5
_SETTLING_ROWS = 3
_AROUND_ROWS = 2
_BEFORE_ROWS = 16
_ENTRY_ROWS = 4
_RESTLESS_PCT = 0.35
_STILL_PCT = 0.2
_EDGE_RESTLESS_PCT = 0.12
_CUT = 2.5
_SMALLEST_CUT_PCT = 4.0
_STILL_AFTER_CUT_PCT = 1.0
_FADE_ROWS = 6
_LARGEST_FADE_STEP = 0.4
_SMALLEST_FADE_PCT = 4.0
_FADE_SHARE = 0.3
_SMALLEST_WORDS_PCT = 0.4
_WORDS_SHARE = 0.8
_UNEVEN = 0.15
_BLACK_PCT = 5.0
_STANDS_PCT = 0.02
_CONTRAST = 6.0
_EDGE_S = 0.1


def freeze_rule(spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile) -> list[Finding]:
    """Runs of repeated frames, those that are black or one colour all over left out.

    A frame repeats the one before when neither the whole nor any part changes by more than the
    noise of coding. A key frame in the middle, which draws the same picture anew, does not end a
    run, and the first frames, while the coder settles, belong to it.

    What moved just before or after is a freeze from `min_length_s` on. A picture that a cut or a
    fade leads to, or a scene in which nothing moved anyway, is a still rather than a freeze: it is
    told from `still_length_s` on, as FYI, unless `report_context` is 0. A scene at rest before a
    live camera is neither.
    """
    track = tracks[spec.id]
    change = track.metrics["difference_pct"].astype(np.float64)
    local = track.metrics["local_pct"].astype(np.float64)
    lines = (spec.value(profile, "noise_pct"), spec.value(profile, "local_pct"))
    repeats = (change <= lines[0]) & (local <= lines[1])
    repeats &= ~flat_frames(track, tracks, profile)
    runs = _settled(_bridged(runs_of(repeats), change, local, lines), change, local, lines)
    # A run starts with the frame that is repeated: it looks like the others.
    runs = at_least(track, runs, spec.value(profile, "min_length_s"))
    brightness = _brightness(track, tracks.get("black"))
    claims = (_claim(spec, track, run, brightness, profile) for run in runs)
    return [finding_of(spec, track, claim) for claim in claims if claim is not None]


def flat_frames(track: Track, tracks: Mapping[str, Track], profile: Profile) -> Mask:
    """The rows at whose start the tracks of black and of colour frames show one colour.

    Args:
        track: The rows asked about.
        tracks: Whichever of `black` and `color_frame` there are are read.
        profile: Says what is black, and what is flat.
    """
    flat = np.zeros(len(track), bool)
    if (black := tracks.get("black")) is not None:
        flat |= mask_at(track, black, black_rows(BLACK, black, profile))
    if (colour := tracks.get("color_frame")) is not None:
        flat |= mask_at(track, colour, flat_rows(COLOR_FRAME, colour, profile))
    return flat


def _brightness(track: Track, black: Track | None) -> Values:
    """Mean brightness of each row in percent by the black track; all zero without one."""
    if black is None or not len(black):
        return np.zeros(len(track))
    at = np.searchsorted(black.starts_s, track.starts_s + 1e-6, side="right") - 1
    return black.metrics["mean_pct"][np.maximum(at, 0)].astype(np.float64)


Lines = tuple[float, float]


def _bridged(
    runs: list[Run], change: NDArray[np.float64], local: NDArray[np.float64], lines: Lines
) -> list[Run]:
    """Join runs between which a frame or two only were drawn anew."""
    joined: list[Run] = []
    for run in runs:
        gap = slice(joined[-1].last + 1 if joined else 0, run.first)
        if (
            joined
            and gap.stop - gap.start <= _REFRESH_ROWS
            and change[gap].max() <= _REFRESH * lines[0]
            and local[gap].max() <= _REFRESH * lines[1]
        ):
            joined[-1] = Run(joined[-1].first, run.last)
        else:
            joined.append(run)
    return joined


def _settled(
    runs: list[Run], change: NDArray[np.float64], local: NDArray[np.float64], lines: Lines
) -> list[Run]:
    """Let runs begin with the frames in which the coder still settles."""
    moved: list[Run] = []
    for run in runs:
        first = run.first
        floor = max(first - _SETTLING_ROWS, moved[-1].last + 1 if moved else 0)
        while (
            first > floor
            and change[first - 1] <= _SETTLING * lines[0]
            and local[first - 1] <= _SETTLING * lines[1]
        ):
            first -= 1
        moved.append(Run(first, run.last))
    return moved


def _claim(
    spec: DetectorSpec, track: Track, run: Run, brightness: Values, profile: Profile
) -> Claim | None:
    length = length_s(track, run)
    still = _still(track, run, brightness, spec.value(profile, "motion_pct"))
    severity = spec.proposed_severity(profile)
    shortest = spec.value(profile, "min_length_s")
    if still:
        shortest = max(shortest, spec.value(profile, "still_length_s"))
        restless = _restlessness(track, run) > _STILL_PCT
        short = length < shortest - 5e-7
        if short or restless or spec.value(profile, "report_context") < 1:
            return None
        severity = Severity.FYI
    elif length >= spec.value(profile, "long_s"):
        severity = step_severity(severity, 1)
    change = track.metrics["difference_pct"][run.first : run.last + 1]
    noise = spec.value(profile, "noise_pct")
    return Claim(
        run,
        "difference_pct",
        noise,
        run.first + int(np.argmin(change)),
        score_of(1.0 - float(np.median(change)) / noise, length, shortest),
        severity,
        f"The picture stands still for {in_words(length)}{still}.",
    )


def _still(track: Track, run: Run, brightness: Values, motion_pct: float) -> str:
    """Why a run is a still picture rather than a freeze, as the end of a sentence, or empty.

    A freeze stops a moving scene from one frame to the next and lets it go as suddenly; inside,
    next to nothing changes. Where the change dies down slowly, or goes on in some part, the scene
    itself came to rest.
    """
    change, local = track.metrics["difference_pct"], track.metrics["local_pct"]
    if edge_of(track, run, _EDGE_S) == "all":
        return ", as does all of the title"
    before, after = local[1 : run.first][-_AROUND_ROWS:], local[run.last + 1 :][:_AROUND_ROWS]
    inside = _restlessness(track, run)
    line = max(motion_pct, _CONTRAST * inside)
    # At either end of the title the other side alone has to tell.
    sides = [float(side.max()) for side in (before, after) if len(side)]
    restless = inside > (_RESTLESS_PCT if len(sides) == 2 else _EDGE_RESTLESS_PCT)
    if not sides or min(sides) < line or restless:
        return " in a scene without motion"
    if _cut_leads_in(change[1 : run.first]):
        return " from a cut on, as a title card does"
    if _fade_leads_in(change[: run.first], brightness[: run.first]):
        return " after a fade, as a title card does"
    return ""


def _cut_leads_in(change: NDArray[np.floating]) -> bool:
    """Whether a cut lies right before the end of these rows.

    It is one change far larger than all around it, after which no more than settling follows.
    """
    window = change[-_BEFORE_ROWS:]
    near = window[-_ENTRY_ROWS:]
    if not len(near) or near.max() < _SMALLEST_CUT_PCT:
        return False
    settling = near[int(np.argmax(near)) + 1 :]
    others = np.sort(window)[:-1]
    alone = near.max() >= _CUT * others.max(initial=0.0)
    return bool(alone and settling.max(initial=0.0) <= _STILL_AFTER_CUT_PCT)


def _fade_leads_in(change: Values, brightness: Values) -> bool:
    """Whether these rows end with a fade from black, or a dissolve, into a still picture.

    Then brightness goes one way until the end, and that makes up much of all change: what moves
    changes the picture far more than its brightness. Unless it comes from black it does so in even
    steps, or in steps that grow or shrink evenly, for a camera's exposure follows the light too.
    """
    if len(brightness) <= _FADE_ROWS:
        return False
    rising = brightness[-1] >= brightness[-1 - _FADE_ROWS]
    steps = np.diff(brightness) if rising else -np.diff(brightness)
    other_way = np.flatnonzero(steps < -_STANDS_PCT)
    first = int(other_way[-1]) + 1 if len(other_way) else 0
    near = steps[-_FADE_ROWS:]
    from_black = rising and brightness[first] <= _BLACK_PCT
    share = float(np.percentile(near / np.maximum(change[-_FADE_ROWS:], 1e-3), 20))
    # A few white words on black make little light, but nothing else changes.
    words = from_black and share >= _WORDS_SHARE
    smallest = _SMALLEST_WORDS_PCT if words else _SMALLEST_FADE_PCT
    if first > len(steps) - _FADE_ROWS or steps[first:].sum() < smallest:
        return False
    if share < _FADE_SHARE or near.max() > _LARGEST_FADE_STEP * near.sum():
        return False
    rows = np.arange(_FADE_ROWS) - (_FADE_ROWS - 1) / 2
    slope = (rows @ near) / (rows @ rows)
    uneven = float(np.std(near - slope * rows))
    return bool(from_black or uneven <= _UNEVEN * near.mean())


def _restlessness(track: Track, run: Run) -> float:
    """What still changes in a run where most changes, but for its liveliest quarter."""
    return float(np.percentile(track.metrics["local_pct"][run.first : run.last + 1], 75))


FREEZE = DetectorSpec(
    id="freeze",
    defect="freeze",
    title="Freeze",
    help=(
        "Frames that repeat the one before although the scene moves. Title cards after a cut or a "
        "fade and scenes without motion are FYI once they last; a live camera never repeats itself "
        "exactly."
    ),
    views=("luma/4",),
    metrics=(
        MetricSpec("difference_pct", "Change since the previous frame", "%", 0.0, 100.0),
        MetricSpec("local_pct", "Change where most changes", "%", 0.0, 116.0),
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
            metric="difference_pct",
            fires_below=True,
        ),
        ThresholdSpec(
            "local_pct",
            "Local change that counts as none",
            "%",
            0.6,
            0.0,
            20.0,
            MEASURED,
            metric="local_pct",
            fires_below=True,
        ),
        ThresholdSpec("min_length_s", "Shortest freeze", "s", 0.5, 0.04, 60.0, MEASURED),
        ThresholdSpec(
            "long_s",
            "One step more severe from",
            "s",
            2.0,
            0.1,
            60.0,
            "FFmpeg freezedetect: d 2 s",
        ),
        ThresholdSpec(
            "motion_pct", "Motion around it that makes it a freeze", "%", 0.8, 0.0, 50.0, MEASURED
        ),
        ThresholdSpec(
            "still_length_s",
            "Shortest still picture that is told",
            "s",
            5.0,
            0.5,
            600.0,
            "longer than Etere's 3 s, for title cards are read that long",
        ),
        context_switch("still pictures"),
    ),
    rule=freeze_rule,
    severity=Severity.ISSUE,
    source="FFmpeg freezedetect, with the block that changes most",
    after=("black", "color_frame"),
    warmup=2,
)
