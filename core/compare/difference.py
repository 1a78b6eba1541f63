"""What differs between two pictures, made visible."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def difference(first: Pixels, second: Pixels, gain: float = 1.0) -> Pixels:
    """The distance of each colour, times `gain`; black is alike.

    Args:
        first, second: uint8, shape (height, width, 4), BGRA, of one size.
        gain: At least 1; what is beyond white stays white.

    Returns:
        uint8 of the same shape, opaque.
    """
    found = cv2.convertScaleAbs(cv2.absdiff(first, second), alpha=max(gain, 1.0))
    found[..., 3] = 255
    return np.asarray(found, np.uint8)


def overlay(first: Pixels, second: Pixels, share: float = 0.5) -> Pixels:
    """Both pictures in one; `share` is how much of the second shows."""
    share = min(max(share, 0.0), 1.0)
    return np.asarray(cv2.addWeighted(first, 1 - share, second, share, 0.0), np.uint8)


def fitted(pixels: Pixels, width: int, height: int) -> Pixels:
    """The picture inside a black frame of this size, its shape kept."""
    tall, wide = pixels.shape[:2]
    if (wide, tall) == (width, height):
        return pixels
    scale = min(width / wide, height / tall)
    inner = max(round(wide * scale), 1), max(round(tall * scale), 1)
    small = cv2.resize(pixels, inner, interpolation=cv2.INTER_AREA if scale < 1 else 1)
    framed = np.zeros((height, width, 4), np.uint8)
    framed[..., 3] = 255
    left, top = (width - inner[0]) // 2, (height - inner[1]) // 2
    framed[top : top + inner[1], left : left + inner[0]] = small
    return framed
