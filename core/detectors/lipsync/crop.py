"""Cuts the lower half of a face out of pictures, as active speaker networks are shown it.

The cut is the one that TalkNet and Light-ASD learned with: a square around the face, enlarged by
.40 of its size, of which the middle half is kept. That is the mouth with the cheeks and chin.
Centre and size follow the face through a median filter, or a box that trembles would look like a
mouth that moves.
"""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import scipy.signal
from numpy.typing import NDArray

from core.domain.errors import BugError

CROP_PX = 112
"""Width and height of a cut."""

CROP_SCALE = 0.40
"""How much of its half size a face's square is enlarged by, after TalkNet's demonstration."""

STEADY_FRAMES = 13
"""Length of the median filter over centre and size."""

RATE = 25
"""Pictures a second that a cut belongs to."""

_OUTSIDE = 110
"""Grey where the square leaves the picture, after TalkNet's demonstration."""

Boxes = NDArray[np.floating]
Picture = NDArray[np.uint8]


def squares(boxes: Boxes) -> NDArray[np.float64]:
    """Where to cut a face out of each picture of a track.

    Args:
        boxes: A face in successive pictures 40 ms apart, in pixels, shape (n, 4): left, top,
            width, height.

    Returns:
        Shape (n, 3): centre x, centre y and half the side of each square, in pixels. At its ends
        the track is gone on with as it begins and ends, so that a square there is steady, too.
    """
    if boxes.ndim != 2 or boxes.shape[1] != 4:
        raise BugError(f"these are no boxes: shape {boxes.shape}")
    if not len(boxes):
        return np.empty((0, 3))
    left, top, width, height = np.asarray(boxes, np.float64).T
    half = np.maximum(width, height) / 2
    around = np.stack([left + width / 2, top + height / 2, half], axis=1)
    beyond = STEADY_FRAMES // 2
    longer = np.pad(around, ((beyond, beyond), (0, 0)), mode="edge")
    x, y, half = scipy.signal.medfilt(longer, (STEADY_FRAMES, 1))[beyond : beyond + len(boxes)].T
    # The middle half of the square that reaches from y - half to y + half * (1 + 2 * scale).
    return np.stack([x, y + half * CROP_SCALE, half * (1 + CROP_SCALE) / 2], axis=1)


def cut(picture: Picture, square: NDArray[np.floating], size: int = CROP_PX) -> Picture:
    """Cut a square out of a picture and bring it to size.

    Args:
        picture: 0 black to 255 white, shape (height, width), or (height, width, 3).
        square: Centre x, centre y and half the side, in pixels, as `squares` gives it. Where it
            leaves the picture, the cut is grey.
        size: Width and height of the cut.

    Returns:
        Shape (size, size), or (size, size, 3).
    """
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3) or not picture.size:
        raise BugError(f"this is no picture: {picture.dtype} of shape {picture.shape}")
    x, y, half = (float(value) for value in square)
    half = max(half, 1.0)
    scale = 2 * half / size
    if scale > 1:
        return _shrunk(picture, x, y, half, size)
    # Maps pixels of the cut, by their middles, onto the picture's.
    start = (scale - 1) / 2
    place = np.array([[scale, 0, x - half + start], [0, scale, y - half + start]])
    found: Picture = cv2.warpAffine(
        picture,
        place,
        (size, size),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(_OUTSIDE,) * 3,
    ).astype(np.uint8, copy=False)
    return found


def with_surroundings(square: NDArray[np.floating]) -> NDArray[np.float64]:
    """The whole square of which `squares` keeps the middle half, as SyncNet is shown it.

    Args:
        square: Centre x, centre y and half the side, of `squares`; or many, shape (n, 3).
    """
    return np.asarray(square, np.float64) * (1.0, 1.0, 2.0)


def cuts(pictures: Iterable[Picture], boxes: Boxes) -> Picture:
    """Cut a face out of each picture of a track.

    Args:
        pictures: As many as there are boxes.
        boxes: See `squares`.

    Returns:
        Shape (n, 112, 112).
    """
    found = [cut(picture, square) for picture, square in zip(pictures, squares(boxes), strict=True)]
    return np.stack(found) if found else np.empty((0, CROP_PX, CROP_PX), np.uint8)


def _shrunk(picture: Picture, x: float, y: float, half: float, size: int) -> Picture:
    """A square larger than the cut: averaged over areas, so that nothing flickers."""
    side = round(2 * half)
    left, top = round(x - half), round(y - half)
    height, width = picture.shape[:2]
    inside = picture[
        max(0, top) : max(0, min(height, top + side)),
        max(0, left) : max(0, min(width, left + side)),
    ]
    whole = np.full((side, side, *picture.shape[2:]), _OUTSIDE, np.uint8)
    row, column = max(0, -top), max(0, -left)
    whole[row : row + inside.shape[0], column : column + inside.shape[1]] = inside
    found: Picture = cv2.resize(whole, (size, size), interpolation=cv2.INTER_AREA).astype(
        np.uint8, copy=False
    )
    return found
