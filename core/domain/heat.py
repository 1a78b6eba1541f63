"""A heat map: where in one picture, and how surely, something is broken."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

CELL_PX = 32
"""Width and height in picture pixels of what one value speaks for."""

FULL = 255
"""The value that stands for probability 1."""

FLOOR = 3
"""Smaller values count as nothing: noise below 1.2 % would be most of what a map takes to keep."""


def heat_shape(width: int, height: int) -> tuple[int, int]:
    """Rows and columns of the map of a picture: (34, 60) for 1920 x 1080.

    Args:
        width: Picture width in pixels, coded, unrotated.
        height: Picture height.
    """
    return -(-height // CELL_PX), -(-width // CELL_PX)


@dataclass(frozen=True, slots=True, eq=False)
class HeatMap:
    """Probabilities over one picture, a cell of 32 x 32 pixels each.

    Cells at the right and lower edge may reach over the picture.

    Attributes:
        pts: PTS of the picture that was looked at.
        base: Seconds per PTS unit.
        values: uint8, shape `heat_shape(width, height)`; 255 stands for probability 1.
        width: Picture width in pixels, coded, unrotated.
        height: Picture height.
    """

    pts: int
    base: Fraction
    values: NDArray[np.uint8]
    width: int
    height: int

    def __post_init__(self) -> None:
        wanted = heat_shape(self.width, self.height)
        if self.values.shape != wanted or self.values.dtype != np.uint8:
            raise ValueError(
                f"the map of {self.width} x {self.height} pixels is {self.values.dtype} "
                f"{self.values.shape}, not uint8 {wanted}"
            )

    def at(self, x: float, y: float) -> float | None:
        """Probability, 0..1, in the cell of a picture pixel; None beside the picture.

        Args:
            x: Pixels from the left edge of the unrotated picture.
            y: Pixels from its top edge.
        """
        if not (0 <= x < self.width and 0 <= y < self.height):
            return None
        return float(self.values[int(y) // CELL_PX, int(x) // CELL_PX]) / FULL


def as_heat(probability: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Probabilities 0..1 as the values of a heat map: the nearest, and 0 for those below `FLOOR`.

    Args:
        probability: Any shape; values outside 0..1 are cut off.
    """
    values: NDArray[np.uint8] = np.rint(np.clip(probability, 0.0, 1.0) * FULL).astype(np.uint8)
    values[values < FLOOR] = 0
    return values
