"""Figures of a ranking: ROC AUC, average precision, operating points, and intervals of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


def roc_auc(scores: Floats, truth: Floats) -> float:
    """Chance that a positive is ranked above a negative (Mann-Whitney); ties count half.

    Args:
        scores: Shape (n,); higher says yes.
        truth: 0 or 1, shape (n,).

    Returns:
        0..1, or NaN when all are alike.
    """
    positive = truth > 0
    yes, no = int(positive.sum()), int((~positive).sum())
    if not yes or not no:
        return float("nan")
    _values, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2.0
    total = float(ranks[inverse][positive].sum())
    return (total - yes * (yes + 1) / 2.0) / (yes * no)


def average_precision(scores: Floats, truth: Floats) -> float:
    """Mean precision over all recalls, stepwise; equal scores are taken together.

    Returns:
        0..1, or NaN without a positive.
    """
    yes = float((truth > 0).sum())
    if not yes:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order] > 0)
    last = np.append(np.diff(scores[order]) != 0, True)
    precision = (hits / np.arange(1, len(hits) + 1))[last]
    recall = np.concatenate(([0.0], (hits / yes)[last]))
    return float((np.diff(recall) * precision).sum())


def bootstrap(
    figure: Callable[[Floats, Floats], float],
    scores: Floats,
    truth: Floats,
    groups: Sequence[str],
    seed: int = 0,
    rounds: int = 300,
) -> tuple[float, float]:
    """95 % interval of a figure, by drawing whole groups (source titles) with replacement.

    Pictures of one title are alike, so that drawing pictures would give far too narrow intervals.
    """
    names = sorted(set(groups))
    places = {name: np.flatnonzero(np.array([g == name for g in groups])) for name in names}
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(rounds):
        drawn = rng.integers(len(names), size=len(names))
        index = np.concatenate([places[names[i]] for i in drawn])
        value = figure(scores[index], truth[index])
        if np.isfinite(value):
            found.append(value)
    if not found:
        return float("nan"), float("nan")
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def balanced_accuracy(said: NDArray[np.integer], true: NDArray[np.integer]) -> float:
    """Mean over the classes that occur of the share of each that was told right.

    Args:
        said: Classes, shape (n,).
        true: The right ones, shape (n,).

    Returns:
        0..1, or NaN without anything.
    """
    if not len(true):
        return float("nan")
    hits = (said == true).astype(np.float64)
    return float(np.mean([hits[true == kind].mean() for kind in np.unique(true)]))
