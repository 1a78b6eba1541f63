"""What labelling costs, in clicks: the rule by which all ways of making masks are compared.

Drawing a region costs the vertices of its polygons, simplified by Douglas and Peucker's method at
one pixel. A superpixel toggled, a prediction accepted, a region deleted or filled is one click; a
rectangle is two, its corners. Correcting a map costs, region by region, the cheaper of two ways:
drawing the region anew, or drawing only what is to change in it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.mask import BACKGROUND, UNSAID, LabelMap

TOLERANCE_PX = 1.0
"""Of Douglas and Peucker's simplification, in pixels."""

SECONDS_A_CLICK = 1.5
"""Assumed where nobody was timed; every report that uses it says so."""

Polygon = NDArray[np.int32]
"""Vertices as x and y in pixels, shape (n, 2)."""


ACCEPT_CLICKS = DELETE_CLICKS = FILL_CLICKS = SUPERPIXEL_CLICKS = 1
RECTANGLE_CLICKS = 2


def polygons(mask: NDArray[np.bool_]) -> list[Polygon]:
    """Outlines of a mask, those of holes as well, simplified at `TOLERANCE_PX`.

    Args:
        mask: Shape (height, width).
    """
    found, _ = cv2.findContours(
        np.ascontiguousarray(mask, np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE
    )
    return [
        np.asarray(cv2.approxPolyDP(outline, TOLERANCE_PX, closed=True), np.int32).reshape(-1, 2)
        for outline in found
    ]


def drawing_clicks(mask: NDArray[np.bool_]) -> int:
    """Clicks to draw a mask from nothing."""
    return sum(len(one) for one in polygons(mask))


def labelling_clicks(labels: LabelMap) -> int:
    """Clicks to draw every region of a label map from nothing; the background costs nothing."""
    return sum(drawing_clicks(labels == number) for number in classes_in(labels))


def correction_clicks(before: LabelMap, after: LabelMap) -> int:
    """Clicks to make a label map of another.

    Args:
        before: What is shown; `UNSAID` counts as background.
        after: What it should be, of the same shape; where it is unsaid, anything will do.

    Raises:
        ValueError: The shapes differ.
    """
    if before.shape != after.shape:
        raise ValueError(f"maps of {before.shape} and {after.shape} cannot be compared")
    shown = np.where(before == UNSAID, BACKGROUND, before).astype(np.uint8)
    wanted = np.where(after == UNSAID, shown, after).astype(np.uint8)
    clicks, reached = 0, shown.copy()
    for number in classes_in(wanted):
        clicks += _class_clicks(shown, wanted, number, reached)
    return clicks + _removal_clicks(reached, wanted)


def classes_in(labels: LabelMap) -> list[int]:
    """Numbers of the classes that occur, ascending, neither background nor unsaid."""
    return [int(n) for n in np.unique(labels) if n not in (BACKGROUND, UNSAID)]


def _class_clicks(shown: LabelMap, wanted: LabelMap, number: int, reached: LabelMap) -> int:
    """Clicks to bring every region of one class about; `reached` becomes what is shown then."""
    clicks = 0
    for window, region in regions(wanted == number):
        lacking = region & (shown[window] != number)
        if lacking.any():
            clicks += min(drawing_clicks(region), drawing_clicks(lacking))
            reached[window][lacking] = number
    return clicks


def _removal_clicks(reached: LabelMap, wanted: LabelMap) -> int:
    """Clicks to take away what is too much: by drawing what goes, or by deleting the region and
    drawing what stays, which is nothing where all of it goes."""
    clicks = 0
    for number in classes_in(reached):
        for window, region in regions(reached == number):
            surplus = region & (wanted[window] != number)
            if surplus.any():
                anew = DELETE_CLICKS + drawing_clicks(region & ~surplus)
                clicks += min(anew, drawing_clicks(surplus))
    return clicks


def regions(
    mask: NDArray[np.bool_],
) -> list[tuple[tuple[slice, slice], NDArray[np.bool_]]]:
    """Connected regions of a mask (corners connect): where each lies, and its pixels there."""
    count, numbers, boxes, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(mask, np.uint8), connectivity=8
    )
    found = []
    for place in range(1, count):
        x, y, width, height = (int(side) for side in boxes[place][:4])
        window = (slice(y, y + height), slice(x, x + width))
        found.append((window, numbers[window] == place))
    return found
