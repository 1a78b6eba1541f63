"""Blur: the sharpest edges widen at once though the picture is the same, or are never sharp."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import (
    MEASURED,
    Claim,
    Mask,
    Run,
    at_least,
    context_switch,
    finding_of,
    in_words,
    length_s,
    mask_at,
    score_of,
)
from core.catalog.rule_blockiness import BLOCKINESS, blocky_runs
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.track import Track

_BEFORE = 4
_MOTION = 1.75
_CALM_PCT = 3.0
_SETTLED = 1.25
_STEADY = 1.15
_OTHER_WAY = 0.9
_SHARPEST_PCT = 10
_FEWEST_LOOKS = 12
_SMALLEST_CUT_PCT = 6.0
_CUT = 2.5
_MOST = 0.5
_LEAST_SHARP = 0.16
_UNKNOWN = 0.0

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Soft:
    """A stretch that became soft.

    Attributes:
        run: Its rows, up to the next cut at most.
        reach: Its last row if cuts do not count.
        sharp_px: Width of the sharpest edges before (or after).
        soft_px: The same within.
    """

    run: Run
    reach: int
    sharp_px: float
    soft_px: float


def blur_rule(spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile) -> list[Finding]:
    """Stretches that begin or end with a jump in sharpness within one shot, else the whole title.

    From one look to the next the sharpest edges become `ratio` times as wide (in one direction:
    its square), stay so, and were steady before, while the picture averaged over 16 x 16 pixels
    changes no more than it did: no cut, no motion that begins, no slow pull of focus. The same
    backwards in time finds one that began with a cut. The stretch lasts until edges are sharp
    again, or until a cut, unless it is sharp again at once within a later shot.

    A shot that is soft but for a while is no blur: what makes it sharp for that while, a caption
    or another defect, is laid over it. Looks at which the coding grid stands out say nothing,
    unless it does in most.

    A title whose sharpest edges are wider than `never_px` in nine of ten looks is told once, as
    FYI, unless `report_context` is 0: it was scaled up, or it is soft by choice.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    if (whole := _never_sharp(spec, track, profile)) is not None:
        return [finding_of(spec, track, whole)]
    ratio = spec.value(profile, "ratio")
    clear = ~_is_blocky(track, tracks.get(BLOCKINESS.id), profile)
    across, down, change = (
        np.where(clear | (name == "change_pct"), values, _UNKNOWN).astype(np.float64)
        for name, values in track.metrics.items()
    )
    # Backwards, what lies between two looks belongs to the other one of them.
    back = np.append(change[1:], change[:1])[::-1]
    begun = _softened(across, down, change, ratio)
    ended = [
        _backwards(soft, len(track) - 1)
        for soft in _softened(across[::-1], down[::-1], back, ratio)
    ]
    found = [*begun, *ended, *_across_cuts(begun, ended)]
    shortest = spec.value(profile, "min_length_s")
    kept = [soft for soft in _joined(found) if at_least(track, [soft.run], shortest)]
    return [finding_of(spec, track, _claim(spec, track, soft, profile)) for soft in kept]


def _is_blocky(track: Track, blockiness: Track | None, profile: Profile) -> Mask:
    """The looks at which the coding grid stands out; none if it does in most."""
    none = np.zeros(len(track), bool)
    if blockiness is None:
        return none
    rows = np.zeros(len(blockiness), bool)
    for run in blocky_runs(BLOCKINESS, blockiness, profile):
        rows[run.first : run.last + 1] = True
    blocky = mask_at(track, blockiness, rows)
    return blocky if blocky.mean() <= _MOST else none


def _softened(across: Values, down: Values, change: Values, ratio: float) -> list[_Soft]:
    """Stretches that begin with a jump to softer."""
    both = np.sqrt(across * down)
    cuts = np.append(_cuts(change), len(change))
    found: list[_Soft] = []
    for width, other, factor in (
        (both, both, ratio),
        (across, down, ratio**2),
        (down, across, ratio**2),
    ):
        last = -1
        for at in _jumps(width, other, change, factor):
            if at <= last:
                continue
            shot = int(np.searchsorted(cuts, at, side="right"))
            begin, end = int(cuts[shot - 1]) if shot else 0, int(cuts[shot])
            sharp = float(np.median(width[max(at - _BEFORE, 0) : at]))
            reach = _until_sharp(width, at, sharp, factor)
            last = min(reach, end - 1)
            if last < at:
                continue
            soft = _known_median(width[at : last + 1])
            if not _is_laid_over(width[begin:end], at - begin, np.sqrt(sharp * soft)):
                found.append(_Soft(Run(at, last), reach, sharp, soft))
    return found


def _cuts(change: Values) -> NDArray[np.int64]:
    """The rows that begin a shot: they change far more than those around."""
    padded = np.pad(change, _BEFORE, constant_values=np.nan)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _BEFORE + 1)
    likely = np.flatnonzero(change >= _SMALLEST_CUT_PCT)
    others = np.delete(around[likely], _BEFORE, axis=1)
    known = np.isfinite(others).any(axis=1)
    likely, others = likely[known], others[known]
    return np.asarray(likely[change[likely] >= _CUT * np.nanmedian(others, axis=1)], np.int64)


def _is_laid_over(width: Values, at: int, line: float) -> bool:
    """Whether a shot is sharp for so short before a row that the sharp part is the odd one.

    Args:
        width: Of the shot.
        at: Its row that becomes soft.
        line: What is wider is soft.
    """
    soft = width[width > 0] >= line
    before = width[:at][width[:at] > 0] >= line
    # A single soft look may be motion.
    again = bool((before[1:] & before[:-1]).any())
    return float(np.mean(~soft)) < (_MOST if again else _LEAST_SHARP)


def _known_median(width: Values) -> float:
    return float(np.median(width[width > 0]))


def _backwards(soft: _Soft, last: int) -> _Soft:
    """A stretch found backwards in time, as one forwards."""
    run = Run(last - soft.run.last, last - soft.run.first)
    return replace(soft, run=run, reach=last - soft.reach)


def _across_cuts(begun: list[_Soft], ended: list[_Soft]) -> list[_Soft]:
    """Stretches that begin within one shot and end within a later one."""
    found = []
    for start in begun:
        for end in ended:
            first, last = start.run.first, end.run.last
            if first <= last and start.reach >= last - 1 and end.reach <= first + 1:
                worse = max(start, end, key=_times)
                found.append(replace(worse, run=Run(first, last)))
    return found


def _times(soft: _Soft) -> float:
    return soft.soft_px / soft.sharp_px


def _jumps(width: Values, other: Values, change: Values, factor: float) -> list[int]:
    """Rows at which edges become `factor` times as wide."""
    if len(width) < _BEFORE:
        return []
    w = width
    i = np.arange(2, len(w) - 1)
    known = (w[i - 2] > 0) & (w[i - 1] > 0) & (w[i] > 0) & (w[i + 1] > 0)
    before = np.maximum(w[i - 2], w[i - 1])
    rises = np.minimum(w[i], w[i + 1]) >= factor * before
    steady = (before <= _STEADY * np.minimum(w[i - 2], w[i - 1])) & (w[i + 1] <= _SETTLED * w[i])
    holds = np.minimum(other[i], other[i + 1]) >= _OTHER_WAY * other[i - 1]
    found = []
    for at in i[known & rises & steady & holds]:
        usual = change[max(at - _BEFORE, 1) : at]
        calm = max(_CALM_PCT, _MOTION * float(np.median(usual)) if len(usual) else 0.0)
        if change[at] <= calm and change[at + 1] <= calm:
            found.append(int(at))
    return found


def _until_sharp(width: Values, at: int, sharp: float, factor: float) -> int:
    """The last row of a stretch that begins at `at`."""
    known = width[at:] > 0
    sharp_again = np.flatnonzero(known & (width[at:] < np.sqrt(factor) * sharp))
    return at + int(sharp_again[0]) - 1 if len(sharp_again) else len(width) - 1


def _joined(found: list[_Soft]) -> list[_Soft]:
    """Stretches that overlap, as one."""
    joined: list[_Soft] = []
    for soft in sorted(found, key=lambda s: (s.run.first, s.run.last)):
        if joined and soft.run.first <= joined[-1].run.last + 1:
            old = joined[-1]
            run = Run(old.run.first, max(old.run.last, soft.run.last))
            joined[-1] = replace(max(old, soft, key=_times), run=run)
        else:
            joined.append(soft)
    return joined


def _claim(spec: DetectorSpec, track: Track, soft: _Soft, profile: Profile) -> Claim:
    rows = slice(soft.run.first, soft.run.last + 1)
    metric = max(("across_px", "down_px"), key=lambda name: float(track.metrics[name][rows].max()))
    length = length_s(track, soft.run)
    ratio = spec.value(profile, "ratio")
    return Claim(
        soft.run,
        metric,
        ratio * soft.sharp_px,
        soft.run.first + int(np.argmax(track.metrics[metric][rows])),
        score_of(_times(soft) / ratio - 1.0, length, spec.value(profile, "min_length_s")),
        spec.proposed_severity(profile),
        f"The sharpest edges are {soft.soft_px:.1f} pixels wide for {in_words(length)}, and "
        f"{soft.sharp_px:.1f} in the same shot beside it.",
    )


def _never_sharp(spec: DetectorSpec, track: Track, profile: Profile) -> Claim | None:
    across, down = track.metrics["across_px"], track.metrics["down_px"]
    width = np.sqrt(across * down)
    known = width > 0
    line = spec.value(profile, "never_px")
    if known.sum() < _FEWEST_LOOKS or not spec.value(profile, "report_context"):
        return None
    sharpest = float(np.percentile(width[known], _SHARPEST_PCT))
    if sharpest < line:
        return None
    run = Run(0, len(track) - 1)
    return Claim(
        run,
        "across_px",
        line,
        int(np.argmax(np.where(known, across, 0.0))),
        score_of(sharpest / line - 1.0, 0.0, 1.0),
        Severity.FYI,
        f"Nothing in the whole title is sharper than {sharpest:.1f} pixels: it was scaled up, or "
        "it is soft by choice.",
    )


BLUR = DetectorSpec(
    id="blur",
    defect="blur",
    title="Blur",
    help=(
        "A picture that turns soft at once within a shot, by the width of its sharpest edges; and, "
        "for information, a title that is never sharp. Fog, shallow focus and soft scenes from cut "
        "to cut are left alone, slow pulls of focus and blur by motion, too; so is a picture "
        "without edges."
    ),
    views=("luma", "luma/16", "events"),
    metrics=(
        MetricSpec("across_px", "Sharpest edges across", "px", 0.0, 16.0),
        MetricSpec("down_px", "Sharpest edges down", "px", 0.0, 16.0),
        MetricSpec("change_pct", "Change since the last look", "%", 0.0, 100.0),
    ),
    thresholds=(
        ThresholdSpec("ratio", "Edges widen by", "times", 1.35, 1.1, 5.0, MEASURED),
        ThresholdSpec(
            "never_px", "A title never sharper than", "px", 4.5, 2.0, 16.0, MEASURED, "across_px"
        ),
        ThresholdSpec("min_length_s", "Shortest stretch", "s", 0.5, 0.25, 60.0, MEASURED),
        context_switch("titles that are never sharp"),
    ),
    rule=blur_rule,
    severity=Severity.ISSUE,
    source="edge width after Marziliano et al. 2002, as blurdetect has it, of the sharpest edges",
    after=("blockiness",),
    warmup=20,
)
