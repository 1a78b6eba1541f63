"""The audit share: samples drawn by chance, so that prevalence and calibration stay honest.

What is asked because it is uncertain says nothing about how common a defect is. A sample that is
drawn by chance does, when each counts by the inverse of its chance to be drawn: Horvitz and
Thompson, "A generalization of sampling without replacement from a finite universe", JASA 47 (1952).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """A draw by chance.

    Attributes:
        indices: What was drawn, int64, in order of chance.
        chance: Of each that was drawn: its probability to be drawn, above 0 and at most 1.
    """

    indices: NDArray[np.int64]
    chance: Floats


def audit(n: int, share: float, seed: int, leaning: ArrayLike | None = None) -> Audit:
    """Draw a share of samples without replacement, each with a chance that is known exactly.

    A systematic draw over a shuffled list: of fixed size, and the chances hold exactly.

    Args:
        n: How many samples there are.
        share: Of them, 0..1.
        seed: Decides the draw.
        leaning: Draw in proportion to these positive numbers, shape (n,); None draws all alike.

    Raises:
        ValueError: A number is out of range.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies in 0..1, not {share}")
    count = round(share * n)
    if not count:
        return Audit(np.zeros(0, np.int64), np.zeros(0))
    chance = _chances(n, count, leaning)
    draw = np.random.default_rng(seed)
    order = draw.permutation(n)
    # Each sample owns a stretch as long as its chance; a comb with teeth 1 apart meets it.
    ends = np.cumsum(chance[order])
    ends[-1] = count
    teeth = np.arange(count) + draw.random()
    met = order[np.minimum(np.searchsorted(ends, teeth, side="right"), n - 1)]
    return Audit(met.astype(np.int64), chance[met])


def mean_of(values: ArrayLike, chance: ArrayLike, n: int) -> float:
    """Mean over all samples, estimated from those that were drawn; without bias.

    Args:
        values: What was found for each that was drawn, for example 1 for a defect.
        chance: Its probability to be drawn.
        n: How many samples there were to draw from.
    """
    return float((np.asarray(values, np.float64) / np.asarray(chance, np.float64)).sum() / n)


def weights_of(chance: ArrayLike) -> Floats:
    """How much each sample that was drawn counts, so that their mean weight is 1.

    Use them where shares are fitted, as in a calibration; the estimate's bias vanishes with the
    number of samples, and it varies less than `mean_of` (Hájek 1971).
    """
    inverse = 1 / np.asarray(chance, np.float64)
    return np.asarray(inverse * len(inverse) / inverse.sum()) if len(inverse) else inverse


def _chances(n: int, count: int, leaning: ArrayLike | None) -> Floats:
    if leaning is None:
        return np.full(n, count / n)
    lean = np.asarray(leaning, np.float64)
    if lean.shape != (n,) or not np.isfinite(lean).all() or lean.min() <= 0:
        raise ValueError("leanings are positive, one a sample")
    sure = np.zeros(n, bool)
    while True:
        # Who would be drawn for certain is; the rest share what is left.
        left = count - int(sure.sum())
        chance = np.where(sure, 1.0, lean * left / max(float(lean[~sure].sum()), 1e-300))
        over = ~sure & (chance >= 1)
        if not over.any():
            return chance
        sure |= over
