"""Banding: gradients that go up or down in steps, with nothing between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.pace import Pace
from core.detectors.stripe import Lines, column_stripes, row_stripes

_PERIOD_S = Fraction(1, 2)
_STRIPES = 6
_ROWS = 8
_FLAT = 7
_APART = 6
_FLATTER = 5
_SMALLEST, _LARGEST = 3.0, 18.0
_COHERENT = 5
_WIDEST = 6
_UNLIKE = 0.25
_LEAST_SIDE = 64
_NOTHING = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Stair:
    """Two steps in the same direction, one after the other along a stripe.

    Attributes:
        stripe: Which stripe.
        first: Where the first step is, in pixels.
        last: Where the second is.
        height: Of the lower of both, in code values.
    """

    stripe: int
    first: int
    last: int
    height: float


class BandingDetector(Detector):
    """Looks at six stripes of 8 rows and six of 8 columns of two frames a second.

    A step is a change of 3 to 18 levels of 8 bits between two stretches of 7 pixels, 5 apart, each
    of which spans no more than a fifth of it; five of the eight lines must have it at about the
    same place, as a contour would. Two steps of about the same height and direction, no more than
    a sixth of the picture apart, are a stair: a gradient that was rounded. Grain, dither and a
    smooth gradient leave no such stretches; an outline stands alone, and so does the edge of a flat
    shape, or it is higher.

    `banded_pct` is the share of the stripes that stairs cover, of rows or columns, whichever is
    more; `step` the median height of their steps.
    """

    id = "banding"

    def reset(self) -> None:
        """Nothing but the pace is kept between frames."""
        self._pace = Pace(_PERIOD_S)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for a frame that is looked at."""
        if not self._pace.due(views["events"]):
            return []
        sample = views["luma"]
        assert sample.data is not None
        height, width = sample.data.shape[:2]
        if min(height, width) < _LEAST_SIDE:
            return [Row(sample.pts, _NOTHING)]
        unit = 1 << (sample.depth - 8)
        across = _stairs(row_stripes(sample.data, _STRIPES, _ROWS), unit)
        down = _stairs(column_stripes(sample.data, _STRIPES, _ROWS), unit)
        shares = [_covered(across, width), _covered(down, height)]
        if max(shares) <= 0.0:
            return [Row(sample.pts, _NOTHING)]
        step = float(np.median([stair.height for stair in (*across, *down)])) / unit
        return [Row(sample.pts, (max(shares), step, *_box(across, down, width, height)))]


def _covered(stairs: list[_Stair], length: int) -> float:
    return 100.0 * sum(stair.last - stair.first for stair in stairs) / (length * _STRIPES)


def _box(
    across: list[_Stair], down: list[_Stair], width: int, height: int
) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of all stairs, in percent; a stripe stands for its share."""
    share = 100.0 / _STRIPES
    left = [100.0 * s.first / width for s in across] + [s.stripe * share for s in down]
    right = [100.0 * s.last / width for s in across] + [(s.stripe + 1) * share for s in down]
    top = [s.stripe * share for s in across] + [100.0 * s.first / height for s in down]
    bottom = [(s.stripe + 1) * share for s in across] + [100.0 * s.last / height for s in down]
    return min(left), max(right), min(top), max(bottom)


def _stairs(stripes: list[Lines], unit: int) -> list[_Stair]:
    return [
        stair
        for index, stripe in enumerate(stripes)
        for stair in _stairs_of(np.ascontiguousarray(stripe), index, unit)
    ]


def _stairs_of(lines: NDArray[Any], stripe: int, unit: int) -> list[_Stair]:
    window = np.ones((1, _FLAT), np.uint8)
    span = cv2.subtract(cv2.dilate(lines, window), cv2.erode(lines, window)).astype(np.int32)
    wider = np.maximum(span[:, : -2 * _APART], span[:, 2 * _APART :])
    values = lines.astype(np.int32)
    height = values[:, 2 * _APART :] - values[:, : -2 * _APART]
    size = np.abs(height)
    step = (_FLATTER * wider <= size) & (size >= _SMALLEST * unit) & (size <= _LARGEST * unit)
    up, down = ((step & (height > 0)), (step & (height < 0)))
    votes_up, votes_down = (_votes(mask) for mask in (up, down))
    sign = np.where(votes_up >= _COHERENT, 1, 0) - np.where(votes_down >= _COHERENT, 1, 0)
    contours = _contours(sign)
    reach = lines.shape[1] // _WIDEST
    heights = np.where(step, size, 0).max(axis=0)
    found = []
    for (a, sign_a), (b, sign_b) in pairwise(contours):
        low, high = sorted((float(heights[a]), float(heights[b])))
        alike = low > 0 and high - low <= max(unit, _UNLIKE * high)
        if sign_a == sign_b and b - a <= reach and alike:
            found.append(_Stair(stripe, a + _APART, b + _APART, low))
    return found


def _votes(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Lines that have a step at or beside each place."""
    near = cv2.dilate(mask.astype(np.uint8), np.ones((1, 5), np.uint8))
    return np.asarray(near.sum(axis=0, dtype=np.int64))


def _contours(sign: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Middle and sign of each run of equal signs."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], sign, [0])))).tolist()
    return [((a + b - 1) // 2, int(sign[a])) for a, b in pairwise(edges) if sign[a]]
