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
_LIT_AT_EDGE = 0.3
_DEEP = 2
_LARGEST_SPREAD = 1.5


class LetterboxDetector(Detector):
    """Measures black borders on luma averaged over 4 x 4 pixels.

    A border is as deep as the lines from an edge inwards of which not one block is brighter than
    FFmpeg cropdetect's 24 of 255. Where it ends is sure only when the lines that follow are lit
    nearly from end to end: a dark scene, a word in the border or a fade shows nothing of the
    active area, and a dark wall is not as even as a border. `sure` has a bit for each of top,
    bottom, left and right.
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
        # numpy takes the largest of a line five times as fast as OpenCV's reduce.
        top, bottom = _borders(picture.max(axis=1) > self._limit)
        left, right = _borders(picture.max(axis=0) > self._limit)
        depths = (top, bottom, left, right)
        sure = 0
        if top + bottom < height:
            inner = picture[top : height - bottom, left : width - right]
            edges = (
                inner[:_DEEP].max(axis=0),
                inner[-_DEEP:].max(axis=0),
                inner[:, :_DEEP].max(axis=1),
                inner[:, -_DEEP:].max(axis=1),
            )
            borders = (
                picture[:top],
                picture[height - bottom :],
                picture[:, :left],
                picture[:, width - right :],
            )
            sure = sum(
                1 << bit
                for bit, (edge, border) in enumerate(zip(edges, borders, strict=True))
                if self._is_lit(edge, border.size > 0) and _is_even(border)
            )
        deepest = max((top + bottom) / height, (left + right) / width)
        values = (
            100.0 * min(deepest, 1.0),
            *(float(_BLOCK * depth) for depth in depths),
            float(sure),
            float(_BLOCK * width),
            float(_BLOCK * height),
        )
        return [Row(sample.pts, values)]

    def _is_lit(self, edge: Bytes, border: bool) -> bool:
        """Whether what lies beside a border is bright nearly from end to end.

        That there is none is plain from less: words and logos stay clear of the very edge.
        """
        share = np.count_nonzero(edge > self._limit) / edge.size
        if not border:
            return bool(share >= _LIT_AT_EDGE)
        return bool(share >= _LIT_SHARE and edge.mean() >= self._limit + _BRIGHT)


def _is_even(border: Bytes) -> bool:
    """Painted black is the same all over; the deepest shadows of a scene are not."""
    return border.size == 0 or float(cv2.meanStdDev(border)[1][0, 0]) <= _LARGEST_SPREAD


def _borders(lit: NDArray[np.bool_]) -> tuple[int, int]:
    """Unlit lines before the first and after the last lit one; all and none when none is lit."""
    if not lit.any():
        return len(lit), 0
    return int(np.argmax(lit)), int(np.argmax(lit[::-1]))
