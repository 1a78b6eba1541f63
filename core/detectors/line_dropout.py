"""Line dropout: rows which stand out against the rows around them, for one frame only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import as_bytes

_STRIPES = 6
_STRIPE = 16
_TALL = 720
_LEAST_HEIGHT = 16
_NEAR = 0.03
_LEVELS = 10.0
_MOST_ROWS = 0.08
_DETAIL = 3.0
_REPEATED = 0.15
_AROUND_ROWS = 9

Grid = NDArray[np.float32]
_NOTHING = (0.0,) * 7


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """One frame, by row and stripe.

    Attributes:
        pts: Its PTS.
        impulse: By how much rows leave what those above and below span, mean over each stripe.
        step: Mean absolute difference to the row above.
        reach: Rows between those which are compared; row i here is row i + reach of the picture.
        height: Of the picture.
    """

    pts: int
    impulse: Grid
    step: Grid
    reach: int
    height: int


class LineDropoutDetector(Detector):
    """Looks at six stripes of 16 columns of every frame.

    A pixel's impulse is by how much it leaves the range of the two pixels above and below (next
    but one where the picture has 720 lines or more), so that ramps and edges count nothing. What
    the frame before or after shows within 3 to 6 % of the height is taken off: lines of the scene
    stay or move a little, a dropout is gone in the next frame. A row is lost where two adjacent
    stripes have 10 grey levels left; `contrast` is the most that two have.

    A row repeats the one above where two adjacent stripes differ from it by less than 15 % of
    what rows around, and this row in both neighbouring frames, differ by.

    What is measured of a frame is final one frame later.
    """

    id = "line_dropout"

    def reset(self) -> None:
        """Forget the last two frames."""
        self._before: _Rows | None = None
        self._held: _Rows | None = None

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for the frame before this one."""
        now = _rows_of(views["luma"])
        rows = [] if self._held is None else [_row(self._before, self._held, now)]
        self._before, self._held = self._held, now
        return rows

    def flush(self) -> list[Row]:
        """The row of the last frame."""
        rows = [] if self._held is None else [_row(self._before, self._held, None)]
        self.reset()
        return rows


def _rows_of(sample: Sample) -> _Rows:
    assert sample.data is not None
    height, width = sample.data.shape[:2]
    reach = 2 if height >= _TALL else 1
    count = min(_STRIPES, width // _STRIPE)
    if height < _LEAST_HEIGHT or count < 2:
        nothing = np.zeros((0, 2), np.float32)
        return _Rows(sample.pts, nothing, nothing, reach, height)
    starts = [int((i + 0.5) * width / count - _STRIPE / 2) for i in range(count)]
    picked = np.hstack([sample.data[:, start : start + _STRIPE] for start in starts])
    lines = as_bytes(Sample(sample.pts, sample.base, picked, depth=sample.depth))
    here, above, below = lines[reach:-reach], lines[: -2 * reach], lines[2 * reach :]
    impulse = cv2.max(
        cv2.subtract(here, cv2.max(above, below)), cv2.subtract(cv2.min(above, below), here)
    )
    step = cv2.absdiff(here, lines[reach - 1 : -reach - 1])
    return _Rows(sample.pts, _by_stripe(impulse), _by_stripe(step), reach, height)


def _by_stripe(values: NDArray[Any]) -> Grid:
    rows = values.shape[0]
    mean = cv2.reduce(values.reshape(-1, _STRIPE), 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
    return np.asarray(mean.reshape(rows, -1), np.float32)


def _row(before: _Rows | None, now: _Rows, after: _Rows | None) -> Row:
    around = [r for r in (before, after) if r is not None and r.step.shape == now.step.shape]
    if not around or not now.step.size:
        return Row(now.pts, _NOTHING)
    alone = _in_two_stripes(_alone(now, around))
    lost = alone >= _LEVELS
    repeated = _repeats(now, around)
    if lost.sum() > _MOST_ROWS * now.height * alone.shape[1]:
        lost[:] = False
    hit = lost | repeated
    if not hit.any():
        return Row(now.pts, (float(max(alone.max(), 0.0)), *_NOTHING[1:]))
    rows = np.flatnonzero(hit.any(axis=1))
    stripes = np.flatnonzero(hit.any(axis=0))
    count = now.step.shape[1]
    return Row(
        now.pts,
        (
            float(max(alone.max(), 0.0)),
            float(_groups(np.flatnonzero(lost.any(axis=1)))),
            float(_groups(np.flatnonzero(repeated.any(axis=1)))),
            100.0 * (rows[0] + now.reach) / now.height,
            100.0 * (rows[-1] + 1 + now.reach) / now.height,
            100.0 * stripes[0] / count,
            100.0 * (stripes[-1] + 2) / count,
        ),
    )


def _alone(now: _Rows, around: list[_Rows]) -> Grid:
    """What impulses have left after those nearby in the frames around are taken off."""
    others = around[0].impulse
    for rows in around[1:]:
        others = np.maximum(others, rows.impulse)
    return np.asarray(now.impulse - _nearby(others, max(round(_NEAR * now.height), 1)))


def _nearby(values: Grid, reach: int) -> Grid:
    """The largest value of each stripe within `reach` rows or somewhat more.

    Largest of blocks of rows and of the blocks beside: a tenth of the cost of a dilation.
    """
    rows, stripes = values.shape
    blocks = -(-rows // reach)
    padded = np.zeros((blocks + 2, reach, stripes), np.float32)
    padded[1:-1].reshape(-1, stripes)[:rows] = values
    largest = padded.max(axis=1)
    largest = np.maximum(np.maximum(largest[:-2], largest[1:-1]), largest[2:])
    return np.repeat(largest, reach, axis=0)[:rows]


def _repeats(now: _Rows, around: list[_Rows]) -> NDArray[np.bool_]:
    """Where rows are those above, by pairs of stripes."""
    usual = cv2.blur(now.step, (1, _AROUND_ROWS)).reshape(now.step.shape)
    for rows in around:
        usual = np.minimum(usual, rows.step)
    same = (usual >= _DETAIL) & (now.step <= _REPEATED * usual)
    return np.asarray(same[:, 1:] & same[:, :-1])


def _in_two_stripes(values: Grid) -> Grid:
    """The smaller of each two adjacent stripes."""
    return np.minimum(values[:, 1:], values[:, :-1])


def _groups(rows: NDArray[np.intp]) -> int:
    """How many runs of neighbouring rows there are."""
    return int(np.count_nonzero(np.diff(rows) > 1)) + 1 if len(rows) else 0
