"""Combing: whether moving rows differ more from their neighbours than from the next but one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.pace import Pace
from core.detectors.picture import Picture
from core.domain.title import VideoStream

_PERIOD_S = Fraction(1, 5)
_STRIPES, _STRIPE_COLUMNS = 8, 16
_BLOCK_ROWS = 12
_MOST_ROWS = 1080
_MOVES = 10
_LEAST_MOVING = 0.08
_LEAST_CHANGE = 4.0
_COMBED = 1.15
_NOTHING = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0)

Stripes = NDArray[np.uint8]
Values = NDArray[np.float64]


class CombingDetector(Detector):
    """Looks at a frame and the next, five times a second, in eight stripes of 16 columns.

    Where something moves, rows of one field differ from their neighbours, which are of the other,
    more than from the rows two below, which are of the same: the ratio of both differences is
    above 1. A whole picture has .5 to .9, and noise alone 1. It is taken in blocks.
    """

    id = "combing"

    def reset(self) -> None:
        """Forget the frame that waits for the next."""
        self._pace = Pace(_PERIOD_S)
        self._waiting: tuple[int, Stripes] | None = None
        interlaced = isinstance(self.stream, VideoStream) and self.stream.interlaced
        self._declared = 1.0 if interlaced else 0.0

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for each frame that was looked at, once the next has come."""
        due = self._pace.due(views["events"])
        if not due and self._waiting is None:
            return []
        sample = views["luma"]
        if sample.data is None or sample.data.size == 0:
            return []
        stripes, waiting = _stripes(sample), self._waiting
        self._waiting = (sample.pts, stripes) if due else None
        if waiting is None or waiting[1].shape != stripes.shape:
            return []
        return [Row(waiting[0], (*_combed(waiting[1], stripes), self._declared))]


def _stripes(sample: Sample) -> Stripes:
    """Columns of full height, side by side, 8 bits."""
    picture = np.asarray(sample.data)
    height, width = picture.shape
    if height > _MOST_ROWS:
        top = (height - _MOST_ROWS) // 2
        picture = picture[top : top + _MOST_ROWS]
    if width > _STRIPES * _STRIPE_COLUMNS:
        lefts = np.linspace(0, width - _STRIPE_COLUMNS, _STRIPES).astype(int)
        picture = np.hstack([picture[:, left : left + _STRIPE_COLUMNS] for left in lefts])
    else:
        picture = picture[:, : width // _STRIPES * _STRIPES]
    if picture.dtype != np.uint8:
        picture = np.right_shift(picture, max(sample.depth - 8, 0))
    return np.ascontiguousarray(picture, np.uint8)


def _combed(now: Stripes, after: Stripes) -> tuple[float, ...]:
    """Ratio, combed share of what moves, moving share, and the combed region."""
    rows = now.shape[0] // _BLOCK_ROWS * _BLOCK_ROWS
    if rows < 2 * _BLOCK_ROWS or now.shape[1] < _STRIPES:
        return _NOTHING
    changed = cv2.absdiff(now, after)[: rows - 2]
    moves = cv2.threshold(changed, _MOVES - 1, 255, cv2.THRESH_BINARY)[1]
    one = cv2.bitwise_and(cv2.absdiff(now[1 : rows - 1], now[: rows - 2]), moves)
    two = cv2.bitwise_and(cv2.absdiff(now[2:rows], now[: rows - 2]), moves)
    counts = _in_blocks(moves) / 255.0
    near, far = _in_blocks(one), _in_blocks(two)
    per_block = rows / _BLOCK_ROWS * now.shape[1] / _STRIPES
    enough = counts >= _LEAST_MOVING * per_block
    enough &= np.maximum(near, far) >= _LEAST_CHANGE * counts
    if not enough.any():
        return _NOTHING
    ratio = near[enough].sum() / max(far[enough].sum(), 1.0)
    combed = enough & (near >= _COMBED * far)
    share = 100.0 * counts[combed].sum() / counts[enough].sum()
    moving = 100.0 * counts.sum() / moves.size
    return float(ratio), float(share), float(moving), *_region(combed)


def _in_blocks(values: Picture) -> Values:
    """Sums over blocks, shape (12, 8)."""
    padded = np.zeros((values.shape[0] + 2, values.shape[1]), np.uint8)
    padded[:-2] = values
    height, width = padded.shape
    shape = (_BLOCK_ROWS, height // _BLOCK_ROWS, _STRIPES, width // _STRIPES)
    rows = padded.reshape(shape).sum(axis=1, dtype=np.uint32)
    return np.asarray(rows.sum(axis=2), np.float64)


def _region(combed: NDArray[np.bool_]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the blocks as fractions; all of the picture if none."""
    if not combed.any():
        return 0.0, 0.0, 1.0, 1.0
    rows, columns = np.flatnonzero(combed.any(axis=1)), np.flatnonzero(combed.any(axis=0))
    return (
        float(columns[0] / _STRIPES),
        float(rows[0] / _BLOCK_ROWS),
        float((columns[-1] + 1) / _STRIPES),
        float((rows[-1] + 1) / _BLOCK_ROWS),
    )
