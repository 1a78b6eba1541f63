"""Which finding answers which damaged span.

A finding answers a span when the two share time and the finding says no more than it should: it
lies within the span widened by half a second at both ends, or both overlap with a temporal IoU of
at least .3. So a flag over the whole clip answers no short defect, and a short flag inside a long
defect does. Each finding answers at most one span and each span takes at most one finding; of all
ways to pair them, one with the most pairs is taken, then the one that fits best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Stretch = tuple[float, float]
"""Start and end in seconds."""

MARGIN_S = 0.5
LEAST_IOU = 0.3


@dataclass(frozen=True, slots=True)
class Pair:
    """A span and the finding that answers it, by their places in what was given.

    Attributes:
        truth: Place of the damaged span.
        found: Place of the finding.
        start_error_s: How much later than the damage the finding starts; negative is earlier.
        end_error_s: How much later than the damage the finding ends.
    """

    truth: int
    found: int
    start_error_s: float
    end_error_s: float


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of spans and findings.

    Attributes:
        pairs: Answered spans, in order.
        missed: Places of the spans that no finding answers.
        extra: Places of the findings that answer nothing.
    """

    pairs: tuple[Pair, ...]
    missed: tuple[int, ...]
    extra: tuple[int, ...]


def match(truth: Sequence[Stretch], found: Sequence[Stretch]) -> Matching:
    """Pair damaged spans with findings, one to one."""
    if not truth or not found:
        return Matching((), tuple(range(len(truth))), tuple(range(len(found))))
    fits, answers = _fits(truth, found)
    # A pair more outweighs any fit: so many are made as can be.
    worth = np.where(answers, min(fits.shape) + 1.0 + fits, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    pairs = tuple(
        Pair(i, j, found[j][0] - truth[i][0], found[j][1] - truth[i][1])
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        if answers[i, j]
    )
    taken, answering = {pair.truth for pair in pairs}, {pair.found for pair in pairs}
    return Matching(
        pairs,
        tuple(i for i in range(len(truth)) if i not in taken),
        tuple(j for j in range(len(found)) if j not in answering),
    )


def _fits(
    truth: Sequence[Stretch], found: Sequence[Stretch]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Temporal IoU and whether a finding answers a span, both of shape (truths, findings)."""
    spans = np.asarray(truth, np.float64)[:, None, :]
    claims = np.asarray(found, np.float64)[None, :, :]
    shared = np.minimum(spans[..., 1], claims[..., 1]) - np.maximum(spans[..., 0], claims[..., 0])
    union = np.maximum(spans[..., 1], claims[..., 1]) - np.minimum(spans[..., 0], claims[..., 0])
    fits = np.where(shared > 0, shared / np.maximum(union, 1e-12), 0.0)
    within = (claims[..., 0] >= spans[..., 0] - MARGIN_S) & (
        claims[..., 1] <= spans[..., 1] + MARGIN_S
    )
    return fits, (shared > 0) & (within | (fits >= LEAST_IOU))
