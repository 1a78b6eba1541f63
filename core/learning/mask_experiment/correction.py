"""Correcting what is shown: the single corrections, what each costs and gains, and the order.

A correction is the drawing of one piece that a region lacks, or of the whole region anew where that
is cheaper; or the removal of what is too much. The reviewer makes those first that gain the most
mean IoU for a click, and stops when the target is reached. All ways of labelling are finished by
this same rule.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.annotation.click import DELETE_CLICKS, classes_in, drawing_clicks, regions
from core.domain.mask import BACKGROUND, UNSAID, LabelMap
from core.learning.mask_experiment.measure import Counts, mean_iou

_MOST_OF_IT = 0.9

Mask = NDArray[np.bool_]
Window = tuple[slice, slice]


@dataclass(frozen=True, slots=True, eq=False)
class Edit:
    """One correction.

    Attributes:
        frame: Its number.
        places: Indices into the flat frame of the pixels that it puts right.
        number: The class that they are given.
        clicks: What it costs.
    """

    frame: int
    places: NDArray[np.int64]
    number: int
    clicks: int


@dataclass(frozen=True, slots=True, eq=False)
class Finish:
    """How correcting goes on, edit by edit.

    Attributes:
        clicks: Spent after each edit, rising; the first is 0, before any.
        values: Mean IoU then.
        right: Share of the pixels that is right then.
        order: The edits as they were made.
    """

    clicks: NDArray[np.int64]
    values: NDArray[np.float64]
    right: NDArray[np.float64]
    order: tuple[Edit, ...]

    def edits_to(self, target: float) -> int | None:
        """How many edits reach a target; None where all of them do not."""
        there = np.flatnonzero(self.values >= target)
        return int(there[0]) if len(there) else None

    def clicks_to(self, target: float) -> float:
        """Clicks until a target is reached, NaN where it is not."""
        edits = self.edits_to(target)
        return math.nan if edits is None else float(self.clicks[edits])


def edits_between(shown: LabelMap, wanted: LabelMap, frame: int = 0) -> list[Edit]:
    """Corrections that make one map of another.

    Args:
        shown: Shape (height, width); `UNSAID` counts as background.
        wanted: Nothing in it is unsaid.
        frame: Number of the frame.
    """
    before = np.where(shown == UNSAID, BACKGROUND, shown).astype(np.uint8)
    width = before.shape[1]
    found: list[Edit] = []
    for number in classes_in(wanted):
        for window, region in regions(wanted == number):
            lacking = region & (before[window] != number)
            if lacking.any():
                found += _cheaper(frame, width, window, number, lacking, drawing_clicks(region))
    for number in classes_in(before):
        for window, region in regions(before == number):
            surplus = region & (wanted[window] == BACKGROUND)
            if surplus.any():
                stays = region & (wanted[window] == number)
                anew = DELETE_CLICKS + drawing_clicks(stays)
                found += _cheaper(frame, width, window, BACKGROUND, surplus, anew)
    return found


def finish(
    shown: NDArray[np.uint8], wanted: NDArray[np.uint8], counts: Counts, left: Sequence[Edit]
) -> Finish:
    """Make corrections, those first that gain the most for a click.

    Args:
        shown: Shape (frames, height, width).
        wanted: Truth of the same shape, `UNSAID` where it counts nowhere.
        counts: Of `shown` against `wanted`.
        left: Corrections to choose from.
    """
    shared = np.diagonal(counts).astype(float)
    union = np.maximum(counts.sum(0) + counts.sum(1) - shared, 1)
    flat_shown = shown.reshape(len(shown), -1)
    flat_wanted = wanted.reshape(len(wanted), -1)
    # What a pixel gains: of its true class's IoU, and of that which it is taken from.
    given = np.where(counts.sum(1) > 0, 1 / union, 0.0)
    taken = np.where(counts.sum(1) > 0, shared / union**2, 0.0)
    moved = np.zeros((len(left), *counts.shape), np.int64)
    for place, edit in enumerate(left):
        known = flat_wanted[edit.frame, edit.places] != UNSAID
        before = flat_shown[edit.frame, edit.places][known]
        before = np.where(before == UNSAID, BACKGROUND, before)
        moved[place, edit.number] = np.bincount(before, minlength=len(counts))
    numbers = [edit.number for edit in left]
    lost = moved[np.arange(len(left)), numbers] if left else np.zeros((0, len(counts)))
    gains = lost @ taken + lost.sum(1) * given[numbers] if left else np.zeros(0)
    prices = np.array([edit.clicks for edit in left], np.int64)
    order = np.argsort(-gains / np.maximum(prices, 1), kind="stable")
    clicks = np.concatenate(([0], np.cumsum(prices[order])))
    after = np.broadcast_to(counts, (len(left) + 1, *counts.shape)).copy()
    steps = np.cumsum(moved[order], axis=0)
    after[1:] -= steps
    diagonal = np.arange(len(counts))
    after[1:, diagonal, diagonal] += steps.sum(axis=2)
    right = after[:, diagonal, diagonal].sum(axis=1) / max(int(counts.sum()), 1)
    return Finish(clicks, mean_iou(after), right, tuple(left[place] for place in order))


def corrected(shown: NDArray[np.uint8], made: Sequence[Edit]) -> NDArray[np.uint8]:
    """What is shown after some corrections, shape (frames, height, width)."""
    after = shown.copy()
    flat = after.reshape(len(after), -1)
    for edit in made:
        flat[edit.frame, edit.places] = edit.number
    return after


def _cheaper(
    frame: int, width: int, window: Window, number: int, change: Mask, anew: int
) -> list[Edit]:
    """The pieces of a change one by one; or the region anew, where most of the pieces cost more."""
    pieces = []
    for inner, mask in regions(change):
        within = (
            slice(window[0].start + inner[0].start, 0),
            slice(window[1].start + inner[1].start, 0),
        )
        pieces.append(Edit(frame, _places(within, mask, width), number, drawing_clicks(mask)))
    if anew < _price_of_most(pieces):
        return [Edit(frame, _places(window, change, width), number, anew)]
    return pieces


def _price_of_most(pieces: Sequence[Edit]) -> int:
    """Clicks of the pieces that make most of a change, the best bargains first."""
    needed = _MOST_OF_IT * sum(len(piece.places) for piece in pieces)
    price, done = 0, 0
    for piece in sorted(pieces, key=lambda one: one.clicks / len(one.places)):
        if done >= needed:
            break
        price, done = price + piece.clicks, done + len(piece.places)
    return price


def _places(window: Window, mask: Mask, width: int) -> NDArray[np.int64]:
    rows, columns = np.nonzero(mask)
    return np.asarray((rows + window[0].start) * width + columns + window[1].start, np.int64)
