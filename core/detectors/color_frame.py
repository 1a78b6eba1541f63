"""Colour frame: how flat each picture is, in what colour, and whether it is made of bars."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import nominal_range

Bytes = NDArray[np.uint8]
_NEUTRAL = 128.0
_NEARLY_FLAT = 8.0
_MODE_REACH = 2
_BAND = 0.55
_ALONG = 1.5
_SAME = 6.0
_FLAT_STRIPE = 3.0
_NARROWEST = 0.04
_WIDEST = 0.3
_SATURATED = 24.0
_LEAST_SATURATED = 4
_ALL_CHANGED = 255.0


class ColorFrameDetector(Detector):
    """Measures the spread of luma and chroma averaged over 8 x 8 pixels, in 8-bit levels.

    Chroma is asked for only when luma is nearly flat, or runs in vertical stripes: pictures are
    neither, and what needs no answer costs nothing. `card_pct` is the share of the most common
    brightness, and `change` the mean difference from the frame before.
    """

    id = "color_frame"

    def reset(self) -> None:
        """Forget the previous frame."""
        self._black, self._white = nominal_range(self.stream)
        self._previous: Bytes | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame."""
        sample = views["luma/8"]
        assert sample.data is not None
        luma: Bytes = np.asarray(sample.data, np.uint8)
        if luma.size == 0:
            return []
        before, self._previous = self._previous, luma
        change = _ALL_CHANGED
        if before is not None and before.shape == luma.shape:
            change = cv2.mean(cv2.absdiff(luma, before))[0]
        mean, spread = (float(v[0, 0]) for v in cv2.meanStdDev(luma))
        cb = cr = stripes = 0.0
        striped = spread > _NEARLY_FLAT and _is_even_downwards(luma)
        if spread <= _NEARLY_FLAT or striped:
            chroma = views["chroma/8"].data
            if chroma is not None and chroma.size:
                colours = np.asarray(chroma, np.uint8)
                (cb, cr), colour_spread = _colour(colours)
                spread = max(spread, colour_spread)
                stripes = float(_stripes(luma, colours)) if striped else 0.0
        level = 100.0 * (mean - self._black) / (self._white - self._black)
        return [Row(sample.pts, (spread, level, cb, cr, stripes, _mode_pct(luma), change))]


def _colour(chroma: Bytes) -> tuple[tuple[float, float], float]:
    """Mean Cb and Cr from neutral, and the larger standard deviation."""
    means, spreads = [], []
    for plane in chroma:
        mean, spread = cv2.meanStdDev(plane)
        means.append(float(mean[0, 0]) - _NEUTRAL)
        spreads.append(float(spread[0, 0]))
    return (means[0], means[1]), max(spreads)


def _mode_pct(luma: Bytes) -> float:
    """Share of the most common level and its neighbours, in percent."""
    counts = cv2.calcHist([luma], [0], None, [256], [0, 256]).ravel()
    around = np.convolve(counts, np.ones(2 * _MODE_REACH + 1), "same")
    return 100.0 * float(around.max()) / luma.size


def _band(plane: Bytes) -> Bytes:
    """The upper part, where all kinds of bars have the same stripes, without the very edge."""
    height = plane.shape[0]
    return plane[height // 16 : max(round(_BAND * height), height // 16 + 2)]


def _is_even_downwards(luma: Bytes) -> bool:
    """Hardly anything changes along the columns of the upper part."""
    band = _band(luma)
    if min(band.shape) < 2:
        return False
    return cv2.mean(cv2.absdiff(band[1:], band[:-1]))[0] <= _ALONG


def _stripes(luma: Bytes, chroma: Bytes) -> int:
    """How many flat vertical stripes fill the upper part, or 0 unless they look like bars.

    Bars are between a thirtieth and a third of the picture wide, most of them saturated, and flat
    along both directions.
    """
    planes = [_band(plane).astype(np.float32) for plane in (luma, *chroma)]
    columns = np.stack([plane.mean(axis=0) for plane in planes])
    ragged = np.stack([plane.std(axis=0) for plane in planes]).max(axis=0)
    steps = np.abs(np.diff(columns, axis=1)).max(axis=0) > _SAME
    ends = np.concatenate(([0], np.flatnonzero(steps) + 1, [columns.shape[1]]))
    width = columns.shape[1]
    covered, saturated, count = 0, 0, 0
    for start, end in pairwise(ends):
        part = columns[:, start:end]
        if not _NARROWEST <= (end - start) / width <= _WIDEST:
            continue
        if np.ptp(part, axis=1).max() > _SAME or np.median(ragged[start:end]) > _FLAT_STRIPE:
            continue
        count += 1
        covered += int(end - start)
        saturated += bool(np.abs(part[1:].mean(axis=1) - _NEUTRAL).max() >= _SATURATED)
    return count if saturated >= _LEAST_SATURATED and covered >= 0.75 * width else 0
