"""How like the colours of pictures are, as TransNetV2 is told it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

REACH = 50
"""How far a picture is compared with those before and after it."""

_BINS = 512


def color_likeness(pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How like the colours of the pictures around each are to its own.

    Args:
        pictures: RGB, shape (n, height, width, 3).

    Returns:
        Cosines of histograms with 8 x 8 x 8 colours, shape (n, 101); 0 beyond the ends.
    """
    count = len(pictures)
    red, green, blue = (pictures[..., side].astype(np.int64) >> 5 for side in range(3))
    colors = ((red << 6) + (green << 3) + blue).reshape(count, -1)
    places = colors + _BINS * np.arange(count)[:, None]
    counts = np.bincount(places.ravel(), minlength=count * _BINS).reshape(count, _BINS)
    lines = counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-12)
    alike = np.pad(lines @ lines.T, ((0, 0), (REACH, REACH)))
    around = np.arange(count)[:, None] + np.arange(2 * REACH + 1)
    return np.take_along_axis(alike, around, axis=1).astype(np.float32)
