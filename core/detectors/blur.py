"""Blur: how wide the sharpest edges of the picture are."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.pace import Pace
from core.detectors.picture import as_bytes, nominal_range
from core.detectors.stripe import Lines, column_stripes, row_stripes

_PERIOD_S = Fraction(1, 4)
_STRIPES = 6
_ROWS = 16
_REACH = 12
_CONTRAST = 32
_SHARPEST = 0.1
_FEWEST = 48
_BORDER = 4.0
_LEAST_SIDE = 48
_UNKNOWN = 0.0


class BlurDetector(Detector):
    """Looks at six stripes of 16 rows and six of 16 columns of four frames a second.

    An edge is where a line is steepest within 12 pixels to either side and spans 32 grey levels
    there. Its width is that span by the steepest step: 1 for an ideal edge, 2.5 standard deviations
    for a blurred one (after Marziliano et al. 2002, without searching for the ends of the edge).
    Given is the width that a tenth of the edges stay below, across and down, as shallow focus
    leaves some of the picture sharp; 0 where there are fewer than 48 edges. Edges against black
    and in the outermost 12 pixels are left out: they are those of borders. `change_pct` is the mean
    change of luma averaged over 16 x 16 since the last look.
    """

    id = "blur"

    def reset(self) -> None:
        """Forget the last look."""
        self._pace = Pace(_PERIOD_S)
        black, white = nominal_range(self.stream)
        self._scale = 100.0 / (white - black)
        self._darkest = black + _BORDER
        self._previous: NDArray[np.uint8] | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for a frame that is looked at."""
        if not self._pace.due(views["events"]):
            return []
        sample = views["luma"]
        small = as_bytes(views["luma/16"])
        before, self._previous = self._previous, small
        change = 100.0
        if before is not None and before.shape == small.shape:
            change = cv2.mean(cv2.absdiff(small, before))[0] * self._scale
        assert sample.data is not None
        if min(sample.data.shape[:2]) < _LEAST_SIDE:
            return [Row(sample.pts, (_UNKNOWN, _UNKNOWN, change))]
        rows = row_stripes(sample.data, _STRIPES, _ROWS)
        columns = column_stripes(sample.data, _STRIPES, _ROWS)
        across, down = (
            _width([_bytes(sample, stripe) for stripe in stripes], self._darkest)
            for stripes in (rows, columns)
        )
        return [Row(sample.pts, (across, down, change))]


def _bytes(sample: Sample, stripe: Lines) -> NDArray[np.uint8]:
    return as_bytes(Sample(sample.pts, sample.base, stripe, depth=sample.depth))


def _width(stripes: list[NDArray[np.uint8]], darkest: float) -> float:
    """Width in pixels that a tenth of all edges along the rows of the stripes stay below."""
    widths = np.concatenate([_edges(stripe, darkest) for stripe in stripes])
    if len(widths) < _FEWEST:
        return _UNKNOWN
    nth = int(len(widths) * _SHARPEST)
    return float(np.partition(widths, nth)[nth])


def _edges(lines: NDArray[np.uint8], darkest: float) -> NDArray[np.float32]:
    """Widths of the edges along some lines, but for those against black borders."""
    step = cv2.absdiff(lines[:, 1:], lines[:, :-1])
    near = np.ones((1, 2 * _REACH + 1), np.uint8)
    low = cv2.erode(lines, near)
    span = cv2.subtract(cv2.dilate(lines, near), low)[:, 1:]
    steepest = (step == cv2.dilate(step, near)) & (span >= _CONTRAST) & (low[:, 1:] > darkest)
    steepest[:, :_REACH] = steepest[:, -_REACH:] = False
    return np.asarray(span[steepest].astype(np.float32) / np.maximum(step[steepest], 1))
