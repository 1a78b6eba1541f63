"""A stretched upright scale, so that a threshold near an end of its axis can be seen and held.

Many thresholds lie at a tiny share of what is possible: a picture stands still below 0.1 % of
change. On a straight scale such a line would lie on the edge of the pane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

_NEAR = 0.15
_WANTED = 0.35
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Bend:
    """A power law over 0..1.

    Attributes:
        power: Below 1 it widens the lower end; 1 is straight.
        from_top: Widen the upper end instead.
    """

    power: float = 1.0
    from_top: bool = False

    def shares(self, straight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Straight shares of the axis as shares of the height; any shape."""
        inside = np.clip(straight, 0.0, 1.0)
        if self.from_top:
            return np.asarray(1.0 - (1.0 - inside) ** self.power)
        return np.asarray(inside**self.power)

    def unbent(self, share: float) -> float:
        """The straight share of the axis at a share of the height."""
        if self.from_top:
            return float(1.0 - (1.0 - share) ** (1.0 / self.power))
        return float(share ** (1.0 / self.power))


STRAIGHT = Bend()


def bend_for(lines: Sequence[float]) -> Bend:
    """The bend that brings the line nearest to an end to a third of the height.

    Args:
        lines: Thresholds as straight shares of the axis, 0..1.
    """
    if not lines:
        return STRAIGHT
    nearest = min(lines, key=lambda share: min(share, 1.0 - share))
    distance = max(min(nearest, 1.0 - nearest), _LEAST)
    if distance >= _NEAR:
        return STRAIGHT
    return Bend(log(_WANTED) / log(distance), from_top=nearest > 0.5)
