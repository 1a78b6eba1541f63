"""Folding lanes without flags: what has something to say comes first, the quiet share a lane."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from core.catalog.table import DETECTORS
from core.domain.defect import DEFECTS
from gui.language import tr
from gui.medium import MEDIUM_TITLES
from gui.timeline.lane import OFF, Lane, Stretch

FOLDED = "▸ "
"""Stands before the name of a lane that holds others."""


def fold_lanes(lanes: Sequence[Lane]) -> tuple[Lane, ...]:
    """Lanes with flags as they are, then one lane for the rest of each medium.

    A lane for many counts as analysed only where all of them are; those that are off or have
    nothing to look at in this title are named but do not count.
    """
    shown = [lane for lane in lanes if lane.flags or lane.detector not in DETECTORS]
    quiet = [lane for lane in lanes if lane not in shown]
    for name in dict.fromkeys(MEDIUM_TITLES.values()):
        group = [lane for lane in quiet if _medium_of(lane) == name]
        if len(group) == 1:
            shown += group
        elif group:
            shown.append(_folded(name, group))
    return tuple(shown)


def _medium_of(lane: Lane) -> str:
    return MEDIUM_TITLES[DEFECTS[DETECTORS[lane.detector].defect].medium]


def _folded(name: str, lanes: Sequence[Lane]) -> Lane:
    able = [lane for lane in lanes if not (lane.disabled or lane.lacking)]
    remarks = {lane.remark for lane in lanes}
    return Lane(
        "",
        f"{FOLDED}{tr(name)}",
        reduce(_common, (lane.analysed for lane in able)) if able else (),
        disabled=not able and remarks == {tr(OFF)},
        lacking=remarks.pop() if not able and len(remarks) == 1 else "",
        members=tuple(_named(lanes)),
        folded=len(lanes),
    )


def _common(some: Sequence[Stretch], others: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What lies in both of two lists of stretches."""
    pairs = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return tuple((low, high) for low, high in pairs if high > low)


def _named(lanes: Sequence[Lane]) -> Iterable[str]:
    """A line for those without flags, and one for each reason why others know nothing."""
    by_remark: dict[str, list[str]] = {}
    for lane in lanes:
        by_remark.setdefault(lane.remark, []).append(lane.title)
    for remark, titles in by_remark.items():
        head = remark[:1].upper() + remark[1:] or tr("No flags")
        yield f"{head}: {', '.join(titles)}"
