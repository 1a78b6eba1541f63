"""The smallest picture that a network with cells of 32 pixels is shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SMALLEST_PX = 32
"""Width and height below which a picture is widened."""


def at_least_a_cell(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture of at least 32 x 32: a smaller one goes on with its last row and column.

    Args:
        rgb: Shape (h, w, 3), at least one pixel.

    Returns:
        The picture itself when it is large enough.
    """
    return at_least(rgb, SMALLEST_PX)


def at_least(rgb: NDArray[np.uint8], side_px: int) -> NDArray[np.uint8]:
    """A picture that is at least so wide and high, by going on with its last row and column.

    Args:
        rgb: Shape (h, w, 3), at least one pixel.
        side_px: Width and height.

    Returns:
        The picture itself when it is large enough.
    """
    height, width = rgb.shape[:2]
    below, right = max(0, side_px - height), max(0, side_px - width)
    if not below and not right:
        return rgb
    return np.pad(rgb, ((0, below), (0, right), (0, 0)), mode="edge")
