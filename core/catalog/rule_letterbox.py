"""Letterbox: stretches whose active area is not the one that the title has for the most part."""

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
    finding_of,
    in_words,
    length_s,
    merge_gaps,
    runs_of,
    score_of,
)
from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import Profile
from core.domain.track import Track

_SIDES = ("top_px", "bottom_px", "left_px", "right_px")
_STEADY = 5
_NEARLY = 0.75
Borders = NDArray[np.float64]


def letterbox_rule(
    spec: DetectorSpec, tracks: Mapping[str, Track], profile: Profile
) -> list[Finding]:
    """Runs whose borders differ from the title's usual ones by `change_pct` of its size.

    A border counts only where it is seen surely, and several frames agree; where it cannot be seen
    (a dark scene, a fade, words in it) the last sure one goes on, but it neither makes a finding of
    its own nor draws one out by more than `gap_s`. The usual active area is the one that lasts
    longest, so a title with borders all through has no finding; one that lasts nearly as long is
    the usual one when the title begins and ends with it.
    """
    track = tracks[spec.id]
    if not len(track):
        return []
    width, height = (track.metrics[name].astype(np.float64) for name in ("width_px", "height_px"))
    size = np.stack([height, height, width, width])
    smallest = spec.value(profile, "border_pct") / 100.0
    sure = np.stack([_is_sure(track, bit) for bit in range(len(_SIDES))])
    borders = np.stack([_held(track, name, at) for name, at in zip(_SIDES, sure, strict=True)])
    borders = np.where(borders >= smallest * size, borders, 0.0) / size
    step = spec.value(profile, "change_pct") / 100.0
    lasts = track.ends_s - track.starts_s
    usual = np.array([_usual(side, lasts, step) for side in borders])
    apart = np.abs(borders - usual[:, None])
    away, seen = apart.max(axis=0), (sure & (apart >= step)).any(axis=0)
    gap_s = spec.value(profile, "gap_s")
    runs = merge_gaps(track, runs_of(away >= step), gap_s)
    parts = [
        seen_part
        for run in runs
        for part in _steady_parts(run, borders, sure, step)
        for seen_part in _while_seen(track, part, seen, gap_s)
    ]
    return [
        finding_of(spec, track, _claim(spec, track, run, profile, (borders, usual, away)))
        for run in at_least(track, parts, spec.value(profile, "min_length_s"))
    ]


def _is_sure(track: Track, bit: int) -> Mask:
    return (track.metrics["sure"].astype(np.int64) >> bit & 1).astype(bool)


def _held(track: Track, name: str, sure: Mask) -> Borders:
    """One border in pixels, each row's last sure and steady one; 0 while there was none yet."""
    depth = track.metrics[name].astype(np.float64)
    rows = np.flatnonzero(sure)
    if not len(rows):
        return np.zeros(len(depth))
    # Of the sure rows, the median of some: a flash or one wrong frame moves nothing.
    values = depth[rows]
    if values.min() == values.max():
        return np.full(len(depth), values[0])
    if len(values) >= _STEADY:
        around = np.pad(values, _STEADY // 2, mode="edge")
        windows = np.lib.stride_tricks.sliding_window_view(around, _STEADY)
        values = np.partition(windows, _STEADY // 2, axis=1)[:, _STEADY // 2]
    last = np.searchsorted(rows, np.arange(len(depth)), side="right") - 1
    return np.asarray(values[np.maximum(last, 0)])


def _usual(border: Borders, lasts: Borders, step: float) -> float:
    """The border that lasts longest, counting with it what is nearer than `step`.

    What begins and ends the title is usual when it lasts nearly as long: the rest was put in.
    """
    if border.min() == border.max():
        return float(border[0])
    values, where = np.unique(border, return_inverse=True)
    seconds = np.bincount(where, lasts, len(values))
    order = np.concatenate(([0.0], np.cumsum(seconds)))
    low = np.searchsorted(values, values - step / 2)
    high = np.searchsorted(values, values + step / 2, side="right")
    together = order[high] - order[low]
    around = np.maximum(np.abs(values - border[0]), np.abs(values - border[-1])) <= step / 2
    together[around & (together >= _NEARLY * together.max())] = np.inf
    best = np.flatnonzero(together >= together.max() - 1e-9)
    return float(values[best[np.argmax(seconds[best])]])


def _steady_parts(run: Run, borders: Borders, sure: Mask, step: float) -> list[Run]:
    """A run cut where a border that was seen in it jumps once more.

    One that was only held from before did not jump; it is seen at last.
    """
    inside = borders[:, run.first : run.last + 1]
    jumps = np.abs(np.diff(inside, axis=1)) >= step
    starts = [run.first]
    for row in np.flatnonzero(jumps.any(axis=0)) + run.first:
        sides = jumps[:, row - run.first]
        if sure[sides, starts[-1] : row + 1].any():
            starts.append(int(row) + 1)
    ends = [*(start - 1 for start in starts[1:]), run.last]
    return [Run(first, last) for first, last in zip(starts, ends, strict=True)]


def _while_seen(track: Track, part: Run, seen: Mask, gap_s: float) -> list[Run]:
    """A part without a long end that was not seen; nothing where none of it was."""
    rows = np.flatnonzero(seen[part.first : part.last + 1])
    if not len(rows):
        return []
    last = part.first + int(rows[-1])
    unseen_s = float(track.ends_s[part.last] - track.ends_s[last])
    return [Run(part.first, last)] if unseen_s > gap_s else [part]


def _claim(
    spec: DetectorSpec,
    track: Track,
    run: Run,
    profile: Profile,
    found: tuple[Borders, Borders, Borders],
) -> Claim:
    borders, usual, away = found
    rows = slice(run.first, run.last + 1)
    here = np.median(borders[:, rows], axis=1)
    size = (
        float(track.metrics["width_px"][run.first]),
        float(track.metrics["height_px"][run.first]),
    )
    length = length_s(track, run)
    step = spec.value(profile, "change_pct") / 100.0
    return Claim(
        run,
        "border_pct",
        spec.value(profile, "border_pct"),
        run.first + int(np.argmax(away[rows])),
        score_of(float(away[rows].max()) / step - 1.0, length, spec.value(profile, "min_length_s")),
        spec.proposed_severity(profile),
        f"The active area is {_in_pixels(here, size)} for {in_words(length)}; "
        f"most of the title has {_in_pixels(usual, size)} ({_what(here, usual, step)}).",
        region=_region(here),
    )


def _in_pixels(borders: Borders, size: tuple[float, float]) -> str:
    top, bottom, left, right = borders
    width, height = size[0] * (1 - left - right), size[1] * (1 - top - bottom)
    return f"{max(width, 0):.0f} × {max(height, 0):.0f} pixels"


def _what(here: Borders, usual: Borders, step: float) -> str:
    """In words what became of the borders."""
    names = ("top", "bottom", "left", "right")
    grown = [n for n, a, b in zip(names, here, usual, strict=True) if a - b >= step]
    gone = [n for n, a, b in zip(names, here, usual, strict=True) if b - a >= step]
    told = [f"more black at the {' and '.join(grown)}"] if grown else []
    told += [f"less black at the {' and '.join(gone)}"] if gone else []
    return ", ".join(told) or "the borders move"


def _region(borders: Borders) -> Region | None:
    """The active area, where there is one."""
    top, bottom, left, right = (float(side) for side in borders)
    if left + right >= 1.0 or top + bottom >= 1.0:
        return None
    return Region(left, top, 1.0 - right, 1.0 - bottom)


LETTERBOX = DetectorSpec(
    id="letterbox",
    defect="letterbox",
    title="Change of active area",
    help=(
        "Black borders that appear, vanish or move within a title. Borders that stay all through "
        "are no defect. Dark scenes, fades and words in a border are passed over, so a change that "
        "happens there is told only when the picture is bright again; borders that are not black "
        "(blurred or coloured ones) are not seen."
    ),
    views=("luma/4",),
    metrics=(
        MetricSpec("border_pct", "Black borders", "%", 0.0, 100.0),
        MetricSpec("top_px", "Border at the top", "px", 0.0, 4320.0),
        MetricSpec("bottom_px", "Border at the bottom", "px", 0.0, 4320.0),
        MetricSpec("left_px", "Border at the left", "px", 0.0, 7680.0),
        MetricSpec("right_px", "Border at the right", "px", 0.0, 7680.0),
        MetricSpec("sure", "Sides that are seen surely (bits)", "", 0.0, 15.0),
        MetricSpec("width_px", "Width of the picture", "px", 1.0, 7680.0),
        MetricSpec("height_px", "Height of the picture", "px", 1.0, 4320.0),
    ),
    thresholds=(
        ThresholdSpec(
            "border_pct",
            "Smallest border that counts",
            "%",
            1.5,
            0.1,
            50.0,
            MEASURED,
            metric="border_pct",
        ),
        ThresholdSpec("change_pct", "Smallest change of a border", "%", 2.0, 0.5, 50.0, MEASURED),
        ThresholdSpec("min_length_s", "Shortest stretch", "s", 0.4, 0.04, 60.0, MEASURED),
        ThresholdSpec("gap_s", "Joined over", "s", 0.5, 0.0, 10.0, MEASURED),
    ),
    rule=letterbox_rule,
    severity=Severity.ISSUE,
    source="FFmpeg cropdetect: 24 of 255, told only where the border's end is seen surely",
)
