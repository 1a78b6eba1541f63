"""Truth by difference: which pixels of a damaged picture are not those of the clean one."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.simulate.kind import Picture, Plane

THRESHOLD = 6
"""Codes of 8 bits by which a pixel must differ in any plane to count as damaged."""

Mask = NDArray[np.uint8]
"""255 where damaged, else 0; shape (height, width) of the luma."""


def mask_of(clean: Picture, damaged: Picture, threshold: int = THRESHOLD) -> Mask:
    """Pixels that differ by more than a threshold in luma or colour.

    Args:
        clean: As it should be.
        damaged: Of the same shape and depth.
        threshold: Codes of 8 bits; at other depths it is scaled.
    """
    limit = threshold << (clean.depth - 8)
    mask = _differs(clean.luma, damaged.luma, limit)
    for mine, theirs in zip(clean.chroma or (), damaged.chroma or (), strict=True):
        colored = _differs(mine, theirs, limit)
        if colored.any():
            size = (mask.shape[1], mask.shape[0])
            grown: Mask = np.asarray(cv2.resize(colored, size, interpolation=cv2.INTER_NEAREST))
            mask |= grown
    return mask


def share_of(mask: Mask) -> float:
    """Share of a mask that is damaged, 0..1."""
    return cv2.countNonZero(mask) / mask.size if mask.size else 0.0


def damaged_share(clean: Sequence[Picture], damaged: Sequence[Picture]) -> float:
    """Share of pixels that differ, over all pictures."""
    shares = [share_of(mask_of(c, d)) for c, d in zip(clean, damaged, strict=True)]
    return float(np.mean(shares)) if shares else 0.0


def _differs(mine: Plane, theirs: Plane, limit: int) -> Mask:
    if mine is theirs:
        return np.zeros(mine.shape, np.uint8)
    difference = cv2.absdiff(np.ascontiguousarray(mine), np.ascontiguousarray(theirs))
    return np.asarray(np.where(difference > limit, 255, 0), np.uint8)
