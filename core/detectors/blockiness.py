"""Blockiness: how strongly steps in brightness keep to a grid of 8 pixels."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import as_bytes

_GRID = 8
_LINES = 64
_STRIPE = 16
_LARGEST_STEP = 16
_FLOOR = 0.05


class BlockinessDetector(Detector):
    """Measures the coding grid on some lines of the full picture.

    After Muijs & Kirenko (2005): a block edge is a step that stands out against its neighbours.
    For each pixel the step is what |difference| exceeds both neighbouring differences by, so that
    texture and ramps count nothing, capped so that real edges count little. Averaged by column
    modulo 8, `step` is what the strongest phase exceeds the median phase by, in grey levels, and
    `ratio` is their quotient; both are means of the two directions. Every frame is measured by
    itself.
    """

    id = "blockiness"

    def reset(self) -> None:
        """Nothing is kept between frames."""

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame; a picture that is smaller than a few blocks has no grid."""
        sample = views["luma"]
        assert sample.data is not None
        height, width = sample.data.shape[:2]
        if min(height, width) < 4 * _GRID:
            return [Row(sample.pts, (0.0, 1.0))]
        across = _rows(sample, height)
        down = _columns(sample, width)
        steps, ratios = zip(_grid_strength(across), _grid_strength(down), strict=True)
        return [Row(sample.pts, (sum(steps) / 2, sum(ratios) / 2))]


def _rows(sample: Sample, height: int) -> NDArray[np.uint8]:
    every = max(height // _LINES, 1)
    assert sample.data is not None
    return _bytes_of(sample, np.ascontiguousarray(sample.data[every // 2 :: every]))


def _columns(sample: Sample, width: int) -> NDArray[np.uint8]:
    """Columns as rows, taken in narrow stripes because memory is read along rows."""
    assert sample.data is not None
    stripes = max(min(_LINES, width) // _STRIPE, 1)
    starts = [round((i + 0.5) * width / stripes - _STRIPE / 2) for i in range(stripes)]
    picked = np.hstack([sample.data[:, s : s + _STRIPE] for s in starts])
    return np.ascontiguousarray(_bytes_of(sample, picked).T)


def _bytes_of(sample: Sample, data: NDArray[np.generic]) -> NDArray[np.uint8]:
    return as_bytes(Sample(sample.pts, sample.base, data, depth=sample.depth))


def _grid_strength(lines: NDArray[np.uint8]) -> tuple[float, float]:
    """Excess in grey levels and ratio of the strongest phase of the grid along each line."""
    change = cv2.absdiff(lines[:, 1:], lines[:, :-1])
    around = cv2.max(change[:, 2:], change[:, :-2])
    alone = np.minimum(cv2.subtract(change[:, 1:-1], around), np.uint8(_LARGEST_STEP))
    profile = cv2.reduce(alone, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
    whole = len(profile) - len(profile) % _GRID
    phases = np.sort(profile[:whole].reshape(-1, _GRID).mean(axis=0))
    usual = float(phases[:-1].mean())
    best = float(phases[-1])
    return best - usual, (best + _FLOOR) / (usual + _FLOOR)
