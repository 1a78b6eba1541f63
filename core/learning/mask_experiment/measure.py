"""How good masks are, and from how many clicks on they are good enough."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.mask import BACKGROUND, UNSAID, LabelMap

Counts = NDArray[np.int64]
"""Pixels by true class and by class that is shown, shape (classes, classes)."""

_DRAWS = 2000


def confusion(shown: LabelMap, truth: LabelMap, class_count: int) -> Counts:
    """Pixels by true and by shown class.

    Args:
        shown: Any shape; `UNSAID` counts as background.
        truth: Of the same shape; what is unsaid in it counts nowhere.
        class_count: With the background.
    """
    known = truth != UNSAID
    here = np.where(shown == UNSAID, BACKGROUND, shown)[known]
    pairs = truth[known].astype(np.int64) * class_count + here
    return np.bincount(pairs, minlength=class_count**2).reshape(class_count, class_count)


def class_ious(counts: Counts) -> NDArray[np.float64]:
    """Intersection over union of each class, NaN for one that the truth lacks.

    Args:
        counts: Shape (..., classes, classes), as `confusion` gives.

    Returns:
        Shape (..., classes).
    """
    shared = np.diagonal(counts, axis1=-2, axis2=-1).astype(np.float64)
    true = counts.sum(axis=-1)
    union = true + counts.sum(axis=-2) - shared
    found = np.full(shared.shape, np.nan)
    np.divide(shared, union, out=found, where=true > 0)
    return found


def mean_iou(counts: Counts) -> NDArray[np.float64]:
    """Mean over the classes that the truth has, the background among them; shape (...)."""
    found: NDArray[np.float64] = np.nanmean(class_ious(counts), axis=-1)
    return found


def clicks_to(target: float, clicks: Sequence[float], values: Sequence[float]) -> float:
    """Clicks of the first point of a curve at a target; nothing between points is assumed.

    Returns:
        NaN where none is.
    """
    reached = (c for c, value in zip(clicks, values, strict=True) if value >= target)
    return float(next(reached, math.nan))


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % interval.

    Attributes:
        mean: NaN where nothing was measured.
        low: Lower end.
        high: Upper end.
        missed: Runs without a value; they are no part of the mean.
        count: Runs in all.
    """

    mean: float
    low: float
    high: float
    missed: int
    count: int


def interval(values: Sequence[Sequence[float]], seed: int = 0) -> Interval:
    """Mean of sequences' means, by bootstrap over sequences and the seeds within them.

    Args:
        values: Of each sequence the values of its seeds; NaN where there is none.
        seed: Of the bootstrap.
    """
    flat = np.array([v for one in values for v in one], float)
    missed = int(np.isnan(flat).sum())
    kept = [[v for v in one if not math.isnan(v)] for one in values]
    groups = [np.array(one) for one in kept if one]
    if not groups:
        return Interval(math.nan, math.nan, math.nan, missed, len(flat))
    rng = np.random.default_rng(seed)
    picked = rng.integers(len(groups), size=(_DRAWS, len(groups)))
    means = np.stack([rng.choice(one, (*picked.shape, len(one))).mean(axis=-1) for one in groups])
    drawn = np.take_along_axis(means, picked[None], axis=0)[0].mean(axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    mean = float(np.mean([one.mean() for one in groups]))
    return Interval(mean, float(low), float(high), missed, len(flat))
