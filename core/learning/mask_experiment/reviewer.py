"""A reviewer who knows the truth, works by the click rule, and does not do more than is asked.

What is drawn is taken as the truth there: the rule's vertices are what it costs. What a piece has
cost a whole piece, as a superpixel of two things, stays as wrong as the piece is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.annotation.click import ACCEPT_CLICKS, FILL_CLICKS, SUPERPIXEL_CLICKS
from core.annotation.granularity import Kind
from core.domain.mask import BACKGROUND, UNSAID, LabelMap
from core.learning.mask_experiment.correction import corrected, edits_between, finish
from core.learning.mask_experiment.measure import confusion, mean_iou


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the reviewer said of a piece.

    Attributes:
        labels: Of the piece's box, shape (height, width).
        clicks: What it cost.
    """

    labels: LabelMap
    clicks: int


class Reviewer:
    """Answers what is asked, the cheapest way that is good enough.

    Args:
        wanted: The truth, nothing in it unsaid, shape (n, height, width).
        class_count: With the background.
        good_enough: A frame is done when its own mean IoU is so good, a rectangle when such a share
            of its pixels is right.
    """

    def __init__(
        self, wanted: NDArray[np.uint8], class_count: int, good_enough: float = 1.0
    ) -> None:
        self._wanted, self._classes, self._good_enough = wanted, class_count, good_enough

    def frame(self, number: int, shown: LabelMap) -> Answer:
        """Correct a whole frame, or draw it from nothing, whichever is cheaper.

        Args:
            number: Of the frame.
            shown: What the network says of it.
        """
        nothing = np.full_like(shown, BACKGROUND)
        ways = ((shown, 0), (nothing, 0))
        return self._cheapest(ways, self._wanted[number], whole=True)

    def rectangle(self, number: int, box: tuple[slice, slice], shown: LabelMap) -> Answer:
        """Correct a rectangle, or draw it, or fill it with one class and draw the others.

        Args:
            number: Of the frame.
            box: Rows and columns.
            shown: What the network says of the whole frame.
        """
        wanted = self._wanted[number][box]
        mostly = np.full_like(wanted, np.bincount(wanted.reshape(-1)).argmax())
        ways = ((shown[box], 0), (np.full_like(wanted, BACKGROUND), 0), (mostly, FILL_CLICKS))
        return self._cheapest(ways, wanted, whole=False)

    def superpixel(self, number: int, piece: NDArray[np.bool_], shown: LabelMap) -> LabelMap:
        """Accept a superpixel or give it the class of most of it; one click either way.

        Args:
            number: Of the frame.
            piece: Its pixels, shape (height, width).
            shown: What the network says of the whole frame.

        Returns:
            What its pixels are from then on, in the order of `shown[piece]`.
        """
        wanted, said = self._wanted[number][piece], shown[piece]
        counts = np.bincount(wanted, minlength=self._classes)
        if (said == wanted).sum() >= counts.max():
            return said
        return np.full_like(said, counts.argmax())

    def _cheapest(
        self, ways: Iterable[tuple[LabelMap, int]], wanted: LabelMap, whole: bool
    ) -> Answer:
        found: Answer | None = None
        for start, price in ways:
            begun = np.where(start == UNSAID, BACKGROUND, start).astype(np.uint8)
            answer = self._settled(begun, wanted, price, whole)
            if found is None or answer.clicks < found.clicks:
                found = answer
        assert found is not None
        return found

    def _settled(self, begun: LabelMap, wanted: LabelMap, price: int, whole: bool) -> Answer:
        """Correct until it is good enough; saying that it is takes a click where nothing did."""
        counts = confusion(begun, wanted, self._classes)
        quality = float(mean_iou(counts)) if whole else np.trace(counts) / counts.sum()
        if quality >= self._good_enough:
            return Answer(begun, max(price, ACCEPT_CLICKS))
        all_of_it = finish(begun[None], wanted[None], counts, edits_between(begun, wanted))
        reached = all_of_it.values if whole else all_of_it.right
        edits = int(np.flatnonzero(reached >= self._good_enough)[0])
        labels = corrected(begun[None], all_of_it.order[:edits])[0]
        return Answer(labels, max(price + int(all_of_it.clicks[edits]), ACCEPT_CLICKS))


def answer(
    reviewer: Reviewer, kind: Kind, number: int, piece: NDArray[np.bool_], shown: LabelMap
) -> tuple[NDArray[np.uint8], int]:
    """Ask about one piece.

    Args:
        reviewer: Who is asked.
        kind: Of pieces.
        number: Of the frame.
        piece: Its pixels, shape (height, width).
        shown: What the network says of the whole frame.

    Returns:
        Labels of its pixels, in the order of `shown[piece]`, and what they cost.
    """
    if kind == "superpixel":
        return reviewer.superpixel(number, piece, shown), SUPERPIXEL_CLICKS
    if kind == "frame":
        said = reviewer.frame(number, shown)
        return said.labels.reshape(-1), said.clicks
    rows, columns = (np.flatnonzero(piece.any(axis=axis)) for axis in (1, 0))
    box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    said = reviewer.rectangle(number, box, shown)
    return said.labels.reshape(-1), said.clicks
