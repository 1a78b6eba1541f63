"""Letterbox: where the black borders of each picture end, and how surely that can be seen."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import as_bytes, nominal_range

Bytes = NDArray[np.uint8]
_BLOCK = 4
_ABOVE_BLACK = 8
_BRIGHT = 10.0
_LIT_SHARE = 0.7
_DEEP = 2
SIDES = ("top", "bottom", "left", "right")


class LetterboxDetector(Detector):
    """Measures black borders on luma averaged over 4 x 4 pixels.

    A border is as deep as the lines from an edge inwards of which not one block is brighter than
    FFmpeg cropdetect's 24 of 255. Where it ends is sure only when the lines that follow are lit
    nearly from end to end: a dark scene, a word in the border or a fade shows nothing of the
    active area. `sure` has a bit for each of top, bottom, left and right.
    """

    id = "letterbox"

    def reset(self) -> None:
        """Nothing is kept between frames."""
        self._limit = nominal_range(self.stream)[0] + _ABOVE_BLACK

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame: borders in pixels, what is sure, and the size of the picture."""
        sample = views["luma/4"]
        picture = as_bytes(sample)
        if picture.size == 0:
            return []
        height, width = picture.shape
        by_row = cv2.reduce(picture, 1, cv2.REDUCE_MAX).ravel() > self._limit
        by_column = cv2.reduce(picture, 0, cv2.REDUCE_MAX).ravel() > self._limit
        top, bottom = _borders(by_row)
        left, right = _borders(by_column)
        depths = (top, bottom, left, right)
        sure = 0
        if top + bottom < height:
            inner = picture[top : height - bottom, left : width - right]
            edges = (inner[:_DEEP], inner[-_DEEP:], inner[:, :_DEEP].T, inner[:, -_DEEP:].T)
            sure = sum(1 << bit for bit, edge in enumerate(edges) if self._is_lit(edge))
        deepest = max((top + bottom) / height, (left + right) / width)
        values = (
            100.0 * min(deepest, 1.0),
            *(float(_BLOCK * depth) for depth in depths),
            float(sure),
            float(_BLOCK * width),
            float(_BLOCK * height),
        )
        return [Row(sample.pts, values)]

    def _is_lit(self, edge: Bytes) -> bool:
        """Whether lines beside a border are bright nearly from end to end."""
        line = cv2.reduce(np.ascontiguousarray(edge), 0, cv2.REDUCE_MAX).ravel()
        lit = np.count_nonzero(line > self._limit)
        return bool(lit >= _LIT_SHARE * line.size and line.mean() >= self._limit + _BRIGHT)


def _borders(lit: NDArray[np.bool_]) -> tuple[int, int]:
    """Unlit lines before the first and after the last lit one; all and none when none is lit."""
    if not lit.any():
        return len(lit), 0
    return int(np.argmax(lit)), int(np.argmax(lit[::-1]))
