"""Blockiness: how strongly steps in brightness keep to a coder's grid."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.pace import Pace
from core.detectors.picture import as_bytes

PERIOD_S = Fraction(1, 10)
_GRID = 8
_PERIODS_PX = (8.0, 32 / 3, 12.0, 16.0)
_FEWEST_PERIODS = 4
_LINES = 64
_PIECE_BYTES = 65_536
_STRIPE = 16
_LARGEST_STEP = 16
_FLOOR = 0.05
_EVEN_SHARE = 0.6
_UNEVEN = 4.0
_SMALLEST = 0.1
_ONE_WAY = 2.0
Profile = NDArray[np.floating]


class BlockinessDetector(Detector):
    """Measures the coding grid on some lines of the full picture, ten times a second.

    After Muijs & Kirenko (2005): a block edge is a step that stands out against its neighbours.
    For each pixel the step is what |difference| exceeds both neighbouring differences by, so that
    texture and ramps count nothing, capped so that real edges count little. Its mean over the
    lines is a profile across the picture, and one down it.

    A coder leaves a step at most places of its grid, in both directions; colour bars, bricks and
    windows that happen to lie on the grid have large steps at few of them. So `step` is what a
    place on the grid exceeds those between by, in grey levels, on average, where no place counts
    more than four times what 40 % of the places reach, and no direction more than twice the other.
    `ratio` is the grid against what lies between. Both are of that `period` which stands out most:
    8 pixels, or what these become where the picture was scaled by 4/3, 3/2 or 2 after coding.
    """

    id = "blockiness"

    def reset(self) -> None:
        """Begin anew."""
        self._pace = Pace(PERIOD_S)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a tenth of a second; a picture smaller than a few blocks has no grid."""
        now = views["events"]
        if not self._pace.due(now):
            return []
        sample = views["luma"]
        assert sample.data is not None
        height, width = sample.data.shape[:2]
        if min(height, width) < _FEWEST_PERIODS * _GRID:
            return [Row(now.pts, (0.0, 1.0, float(_GRID)))]
        across, down = _profile(_rows(sample, height)), _profile(_columns(sample, width))
        shorter = min(len(across), len(down))
        found = [
            (*_both_ways(across, down, period), period)
            for period in _PERIODS_PX
            if shorter > (_FEWEST_PERIODS - 1) * period
        ]
        return [Row(now.pts, max(found))]


def _rows(sample: Sample, height: int) -> NDArray[np.uint8]:
    every = max(height // _LINES, 1)
    assert sample.data is not None
    return _bytes_of(sample, np.ascontiguousarray(sample.data[every // 2 :: every]))


def _columns(sample: Sample, width: int) -> NDArray[Any]:
    """Columns as rows, taken in narrow stripes because memory is read along rows."""
    assert sample.data is not None
    stripes = max(min(_LINES, width) // _STRIPE, 1)
    starts = [round((i + 0.5) * width / stripes - _STRIPE / 2) for i in range(stripes)]
    picked = np.hstack([sample.data[:, s : s + _STRIPE] for s in starts])
    return np.asarray(cv2.transpose(_bytes_of(sample, picked)))


def _bytes_of(sample: Sample, data: NDArray[np.generic]) -> NDArray[np.uint8]:
    return as_bytes(Sample(sample.pts, sample.base, data, depth=sample.depth))


def _profile(lines: NDArray[Any]) -> Profile:
    """Mean step that stands alone, by place along the lines."""
    # Arrays above 128 KiB cost the operating system more than all the arithmetic does.
    at_once = max(_PIECE_BYTES // lines.shape[1], 1)
    pieces = [_alone(lines[i : i + at_once]) for i in range(0, len(lines), at_once)]
    return np.asarray(sum(pieces) / len(lines), np.float32)


def _alone(lines: NDArray[Any]) -> NDArray[Any]:
    """The sum over some lines of what each step exceeds its neighbours by."""
    change = cv2.absdiff(lines[:, 1:], lines[:, :-1])
    around = cv2.max(change[:, 2:], change[:, :-2])
    alone = cv2.subtract(change[:, 1:-1], around)
    # An array is much quicker than a scalar here, and than a threshold, which starts threads.
    alone = cv2.min(alone, np.full_like(alone, _LARGEST_STEP))
    return np.asarray(cv2.reduce(alone, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel())


def _both_ways(across: Profile, down: Profile, period: float) -> tuple[float, float]:
    """Step and ratio of a grid over both directions."""
    (first, one), (second, other) = _grid(across, period), _grid(down, period)
    step = min((first + second) / 2, _ONE_WAY * min(first, second))
    return max(step, 0.0), max((one + other) / 2, 1.0)


def _grid(profile: Profile, period: float) -> tuple[float, float]:
    """Step and ratio of the strongest phase of a grid along one profile."""
    places = _places(len(profile), period)
    # A few large edges shall not choose the phase.
    capped = np.minimum(profile, _UNEVEN * float(profile.mean()) + _FLOOR)
    phase = int(capped[places].sum(axis=0).argmax())
    cells = profile[places]
    on_grid = cells[:, phase]
    between = (cells.sum(axis=1) - on_grid) / (cells.shape[1] - 1)
    excess = on_grid - between
    rank = int(_EVEN_SHARE * (len(excess) - 1))
    common = max(float(np.partition(excess, rank)[rank]), 0.0)
    step = float(np.minimum(excess, _UNEVEN * common + _SMALLEST).mean())
    usual = float(between.mean())
    return step, max(step + usual + _FLOOR, _FLOOR) / (usual + _FLOOR)


@lru_cache(maxsize=64)
def _places(length: int, period: float) -> NDArray[np.intp]:
    """Index of each place of each cell of a grid, shape (cells, places a cell)."""
    phases = np.arange(round(period)) * (period / round(period))
    starts = np.arange(int((length - 1) // period)) * period
    places = np.floor(starts[:, None] + phases[None, :] + 0.5).astype(np.intp)
    return np.asarray(np.minimum(places, length - 1))
