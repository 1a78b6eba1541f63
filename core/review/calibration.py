"""Whether what a detector says in probabilities comes true: reliability, from verdicts alone.

Probabilities are put into bins of one width; in each, the mean of what was said is held against
the share that people confirmed (DeGroot and Fienberg 1983). The expected calibration error is the
mean distance over all answers (Naeini, Cooper and Hauskrecht 2015), the Brier score the mean
squared one (Brier 1950). Intervals of shares are Wilson's (1927), at the number of answers that
would say as much were all weights one (Kish 1965).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.interval import wilson
from core.domain.reliability import calibration_error, place_of

BINS = 10
LEAST = 20
"""Fewer answers than this say little about probabilities."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding that people answered.

    Attributes:
        probability: What the detector said, 0..1.
        true: Whether it was right.
        weight: How many of the library it stands for; 1 unless it was drawn with a known chance.
    """

    probability: float
    true: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose probabilities are alike.

    Attributes:
        low: Lower end of the probabilities.
        high: Upper end.
        count: How many.
        said: Mean of what was said.
        share: Share that was confirmed.
        share_low: Lower end of its interval.
        share_high: Upper end.
    """

    low: float
    high: float
    count: int
    said: float
    share: float
    share_low: float
    share_high: float

    @property
    def off(self) -> float:
        """How much more often it came true than was said; below 0 less often."""
        return self.share - self.said

    @property
    def misleads(self) -> bool:
        """Whether what was said lies outside of what came true, the interval considered."""
        return not self.share_low <= self.said <= self.share_high


@dataclass(frozen=True, slots=True)
class Reliability:
    """A detector's probabilities against what people confirmed.

    Attributes:
        bins: Those with answers in them, by probability.
        count: Answers.
        confirmed: How many were right.
        error: Expected calibration error, 0..1; 0 without answers.
        brier: Brier score, 0..1; 0 without answers.
        weighted: Whether answers count unequally, as a draw with known chances demands.
    """

    bins: tuple[Bin, ...] = ()
    count: int = 0
    confirmed: int = 0
    error: float = 0.0
    brier: float = 0.0
    weighted: bool = False

    @property
    def enough(self) -> bool:
        """Whether there are answers enough, of both kinds, to say anything."""
        return self.count >= LEAST and 0 < self.confirmed < self.count


def reliability(told: Sequence[Told], bins: int = BINS) -> Reliability:
    """Hold what was said against what came true.

    Args:
        told: In any order.
        bins: Of equal width.
    """
    if not told:
        return Reliability()
    said = np.array([one.probability for one in told], np.float64)
    true = np.array([one.true for one in told], np.float64)
    weight = np.array([one.weight for one in told], np.float64)
    place = place_of(said, bins)
    made = tuple(
        _bin(number / bins, (number + 1) / bins, said[here], true[here], weight[here])
        for number in np.unique(place).tolist()
        for here in (place == number,)
    )
    error = calibration_error(said, true, bins, weight)
    brier = float((weight * (said - true) ** 2).sum() / weight.sum())
    unequal = bool(np.ptp(weight) > 1e-9)
    return Reliability(made, len(told), int(true.sum()), error, brier, unequal)


def _bin(low: float, high: float, said: np.ndarray, true: np.ndarray, weight: np.ndarray) -> Bin:
    total = float(weight.sum())
    share = float((weight * true).sum()) / total
    effective = total**2 / float((weight**2).sum())
    ends = wilson(share * effective, effective)
    return Bin(low, high, len(said), float((weight * said).sum()) / total, share, *ends)
