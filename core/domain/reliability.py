"""How far probabilities are from what comes true."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def place_of(said: NDArray[np.floating], bins: int) -> NDArray[np.int64]:
    """Number of the bin of each probability, of bins of equal width, shape (n,)."""
    return np.minimum((said * bins).astype(np.int64), bins - 1)


def calibration_error(
    said: NDArray[np.floating],
    true: NDArray[np.bool_] | NDArray[np.floating],
    bins: int = 10,
    weight: NDArray[np.floating] | None = None,
) -> float:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015).

    Args:
        said: Probabilities, shape (n,).
        true: What came true, shape (n,).
        bins: Of equal width.
        weight: How much each answer counts, shape (n,); None for all alike.

    Returns:
        Mean over all answers of the distance, within their bin, of what was said from how often it
        came true, 0..1; NaN without any.
    """
    if not len(said):
        return float("nan")
    counts = np.ones(len(said)) if weight is None else weight
    off = np.bincount(place_of(said, bins), counts * (said - true.astype(np.float64)), bins)
    return float(np.abs(off).sum() / counts.sum())


def probability_by(curve: Sequence[tuple[float, float]], score: float) -> float:
    """What a score means by a fitted curve, straight between its points and level beyond them.

    Args:
        curve: Score and probability, by score; at least one.
        score: Of a finding.
    """
    scores, shares = zip(*curve, strict=True)
    return float(np.interp(score, scores, shares))
