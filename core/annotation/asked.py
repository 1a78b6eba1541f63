"""Pieces that are asked about, in pixels of the stream."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.annotation.granularity import Granularity
from core.annotation.run_length import coco_counts, from_coco_counts
from core.domain.mask import AskedRegion


def asked_region(
    pts: int,
    numbers: NDArray[np.int32],
    number: int,
    granularity: Granularity,
    height: int,
    width: int,
) -> AskedRegion:
    """A piece as it lies in the stream's picture.

    Args:
        pts: Of the frame.
        numbers: Of the pieces of the frame, maybe of a picture that was made smaller.
        number: Of the piece.
        granularity: How the frame was cut up.
        height: Of the stream's pictures.
        width: Likewise.
    """
    if granularity.kind == "frame":
        return AskedRegion(pts, (0, 0, width, height))
    if granularity.kind == "rectangle":
        size = granularity.size
        columns = int(numbers[0, -1]) + 1
        x, y = number % columns * size, number // columns * size
        return AskedRegion(pts, (x, y, min(size, width - x), min(size, height - y)))
    small = np.ascontiguousarray(numbers == number, np.uint8)
    mask = cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    left, top, wide, high = (int(side) for side in cv2.boundingRect(mask.astype(np.uint8)))
    return AskedRegion(pts, (left, top, wide, high), tuple(coco_counts(mask)))


def region_mask(region: AskedRegion, height: int, width: int) -> NDArray[np.bool_]:
    """Where a piece is, shape (height, width).

    Raises:
        ValueError: It is of a picture of another size.
    """
    if region.runs:
        return from_coco_counts(region.runs, height, width)
    x, y, wide, high = region.box
    mask = np.zeros((height, width), bool)
    mask[y : y + high, x : x + wide] = True
    return mask
