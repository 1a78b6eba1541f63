"""Smoother masks from what the network says of single pixels.

Specks and ragged edges cost a reviewer corners. Codecs lose blocks, so corruption is told by cells
of 8 x 8 pixels of the stream; anything else is blurred a little.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

CELL_PX = 8
BLUR_PX = 5

Said = NDArray[np.float32]
"""Probabilities of one frame, shape (height, width, classes)."""


def by_cells(said: Said, scale: float = 1.0) -> Said:
    """Give each cell of 8 x 8 pixels the mean of what is said in it.

    Args:
        said: Of the frame.
        scale: Pixels of the stream that a pixel of the frame is wide.
    """
    height, width, classes = said.shape
    rows, columns = (
        np.floor((np.arange(side) + 0.5) * scale / CELL_PX).astype(np.intp)
        for side in (height, width)
    )
    down, across = int(rows[-1]) + 1, int(columns[-1]) + 1
    places = (rows[:, None] * across + columns[None]).reshape(-1)
    sizes = np.bincount(places, minlength=down * across)
    flat = said.reshape(-1, classes)
    means = np.stack([np.bincount(places, flat[:, c], len(sizes)) for c in range(classes)], axis=1)
    even = means / np.maximum(sizes, 1)[:, None]
    return np.asarray(even[places].reshape(said.shape), np.float32)


def blurred(said: Said) -> Said:
    """Give each pixel the mean over 5 x 5 pixels around it."""
    found = cv2.blur(said, (BLUR_PX, BLUR_PX), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(found.reshape(said.shape), np.float32)
