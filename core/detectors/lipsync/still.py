"""Makes of a frame's views the pictures that the stages of lip sync look at, as displayed.

Rotation and pixel aspect are seen to here, so that what later stages say of places in the picture
holds on screen, and faces are not squeezed.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Sample
from core.detectors.picture import nominal_range
from core.domain.title import Stream, VideoStream

VIEWS = (
    "luma",
    *(f"{plane}/{factor}" for plane in ("luma", "chroma") for factor in (1, 2, 4, 8)),
)
"""Names of the views that may be looked up; of a title three at most are."""

THUMB = (48, 27)
"""Width and height of the pictures that shots are seen by."""

SMALL_PX = 320
"""Longer side of the pictures that faces are looked for in."""

GREY_PX = 540
"""Height from which on faces are cut from a smaller picture."""

_TURNS = {
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}
_HD_HEIGHT = 720
# Red by Cr, green by Cb and Cr, blue by Cb, of chroma within ±1/2 (ITU-R BT.709 and BT.601).
_BT709 = (1.5748, -0.1873, -0.4681, 1.8556)
_BT601 = (1.402, -0.3441, -0.7141, 1.772)

Bytes = NDArray[np.uint8]


class Stills:
    """Makes pictures of one stream's frames.

    Args:
        stream: Whose.
    """

    def __init__(self, stream: Stream) -> None:
        black, white = nominal_range(stream)
        codes = np.arange(256, dtype=np.float32)
        self._to_full = np.clip(np.rint((codes - black) * 255 / (white - black)), 0, 255).astype(
            np.uint8
        )
        self._chroma_gain = 255.0 / (255.0 if white > 254 else 224.0)
        self._turn: int | None = None
        self._aspect = 1.0
        self._matrix = _BT601
        if isinstance(stream, VideoStream):
            self._turn = _TURNS.get(stream.rotation)
            self._aspect = float(stream.pixel_aspect) or 1.0
            hd = stream.height >= _HD_HEIGHT if not stream.color_space else None
            if hd or stream.color_space.startswith(("bt709", "bt2020")):
                self._matrix = _BT709

    def thumb(self, views: Mapping[str, Sample]) -> Bytes:
        """RGB of 48 x 27, not turned; shape (27, 48, 3)."""
        height, width = _size(views)
        factor = _factor(min(width / THUMB[0], height / THUMB[1]) / 2)
        return self._colors(views, factor, THUMB)

    def small(self, views: Mapping[str, Sample]) -> Bytes:
        """RGB with a longer side of 320 or less, shape (height, width, 3)."""
        height, width = _size(views)
        wide, tall = self._square(width, height)
        scale = min(SMALL_PX / max(wide, tall), 1.0)
        size = (max(round(wide * scale), 1), max(round(tall * scale), 1))
        return self._turned(self._colors(views, _factor(1 / scale), size))

    def grey(self, views: Mapping[str, Sample]) -> Bytes:
        """Luma at full range, no higher than 540 lines before turning; shape (height, width)."""
        height, width = _size(views)
        wide, tall = self._square(width, height)
        scale = min(GREY_PX / min(wide, tall), 1.0)
        size = (max(round(wide * scale), 1), max(round(tall * scale), 1))
        plane = _plane(views, f"luma/{_factor(1 / scale)}")
        return self._turned(self._to_full[_resized(plane, size)])

    def _colors(self, views: Mapping[str, Sample], factor: int, size: tuple[int, int]) -> Bytes:
        luma = _resized(_plane(views, f"luma/{factor}"), size)
        blue, red = (
            (_resized(np.ascontiguousarray(side), size).astype(np.float32) - 128)
            * self._chroma_gain
            for side in _plane(views, f"chroma/{factor}")
        )
        bright = self._to_full[luma].astype(np.float32)
        r, gb, gr, b = self._matrix
        colors = np.stack([bright + r * red, bright + gb * blue + gr * red, bright + b * blue], -1)
        return np.asarray(np.clip(np.rint(colors), 0, 255), np.uint8)

    def _square(self, width: int, height: int) -> tuple[float, float]:
        """Size in square pixels; never more pixels than there are."""
        if self._aspect >= 1:
            return float(width), height / self._aspect
        return width * self._aspect, float(height)

    def _turned(self, picture: Bytes) -> Bytes:
        if self._turn is None:
            return picture
        return np.asarray(cv2.rotate(picture, self._turn), np.uint8)


def _size(views: Mapping[str, Sample]) -> tuple[int, int]:
    """Height and width of the frame; looks only at its luma plane."""
    data = views["luma"].data
    assert data is not None
    return int(data.shape[0]), int(data.shape[1])


def _plane(views: Mapping[str, Sample], name: str) -> Bytes:
    return np.asarray(views[name].data, np.uint8)


def _factor(at_most: float) -> int:
    """The largest factor of the views that leaves at least the pixels that are wanted."""
    return max((f for f in (1, 2, 4, 8) if f <= ceil(at_most * 100) / 100), default=1)


def _resized(plane: Bytes, size: tuple[int, int]) -> Bytes:
    if plane.shape[::-1] == size:
        return plane
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.uint8)
