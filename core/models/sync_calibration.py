"""How sure an offset of lip sync is, from the shape of its curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError

FEATURES = ("bias", "peak", "margin", "second", "evidence", "lips", "sound")
"""What is weighed, in this order (`shape_of`)."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Makes a probability of a curve's shape.

    Attributes:
        weights: One for each of `FEATURES`, of a logistic regression.
    """

    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.weights) != len(FEATURES) or not np.all(np.isfinite(self.weights)):
            raise KnownError(
                "The calibration of these weights is none.",
                f"{len(FEATURES)} numbers are wanted, not {self.weights}",
            )

    def probability(self, shape: Sequence[float] | NDArray[np.floating]) -> float:
        """That the offset is right within one frame, 0..1.

        Args:
            shape: As `shape_of` gives it.
        """
        said = float(np.dot(self.weights, shape))
        return float(1 / (1 + np.exp(-np.clip(said, -30, 30))))


CAUTIOUS = Calibration((-4.0, 4.0, 6.0, 8.0, 0.6, 0.0, 0.0))
"""For a network that nobody calibrated: sure only of a high and lonely peak."""


def shape_of(
    curve: NDArray[np.floating], frames: int, lips: float, sound: float
) -> NDArray[np.float64]:
    """What of a curve tells how far to trust its peak.

    Args:
        curve: Agreement by shift, higher is better, about -1..1, shape (shifts,).
        frames: Pictures that it comes from.
        lips: How much the rows of the face move about their mean, root of the mean square.
        sound: As much for the rows of the sound.

    Returns:
        In the order of `FEATURES`: 1; the peak's height; how far it is above the median; how far
        above the best shift that is three or more away; the seconds; how much the lips and the
        sound move. The last three are logarithms to base 2, kept within what was learned from.
    """
    best = int(np.argmax(curve))
    away = np.abs(np.arange(len(curve)) - best) > _PEAK_FRAMES
    rival = float(curve[away].max()) if away.any() else float(curve[best])
    peak = float(curve[best])
    seconds = np.clip(frames / 25, 0.2, 8)
    moves = np.log2(np.clip([lips, sound], 0.01, 4))
    return np.array(
        [1.0, peak, peak - float(np.median(curve)), peak - rival, np.log2(seconds), *moves]
    )


_PEAK_FRAMES = 2
"""Shifts beside a peak that belong to it."""
