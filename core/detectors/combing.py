"""Combing: whether the rows of one field lie nearer to the picture before or to the one after."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.pace import Pace
from core.domain.title import VideoStream

_PERIOD_S = Fraction(1, 5)
_BAND_ROWS = 8
_MOST_PIXELS = 1 << 18
_COLUMNS = 8
_MOVES = 8
_LEAST_OF_ALL = 0.5
_CELL_MOVES = 0.01
_NOTHING = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0)

Bytes = NDArray[np.uint8]
Sums = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """What is kept of one frame.

    Attributes:
        pts: Of the frame.
        rows: Bands of eight rows with one more above and below, shape (bands, 10, width).
        due: A look begins with it.
    """

    pts: int
    rows: Bytes
    due: bool


class CombingDetector(Detector):
    """Looks at three frames in a row, five times a second, in bands of rows from top to bottom.

    A row is guessed from its two neighbours, which are of the other field, and the guess is held
    against the same row of the frame before and of the frame after. In a whole picture either is
    as near, whichever field the row is of. When the fields are of different times, one field lies
    nearer to the frame before and the other to the frame after: FFmpeg's idet tells so. Texture,
    noise, speed and cuts do the same to both fields and cancel out.

    Only pixels that move count. `combed_pct` is the difference of both sums against their total,
    `sure` the same in its own standard errors over cells of 8 rows and an eighth of the width,
    `lead` the sign, which stays while fields are woven and is random otherwise.
    """

    id = "combing"

    def reset(self) -> None:
        """Forget the frames before."""
        self._pace = Pace(_PERIOD_S)
        self._frames: deque[_Frame] = deque(maxlen=3)
        interlaced = isinstance(self.stream, VideoStream) and self.stream.interlaced
        self._declared = 1.0 if interlaced else 0.0

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for each frame that a look begins with, once two more have come."""
        due = self._pace.due(views["events"])
        frames = self._frames
        if not due and not any(frame.due for frame in list(frames)[-2:]):
            frames.clear()
            return []
        sample = views["luma"]
        if sample.data is None or sample.data.size == 0:
            frames.clear()
            return []
        frames.append(_Frame(sample.pts, _bands(sample), due))
        if len(frames) < 3 or not frames[0].due:
            return []
        before, now, after = (frame.rows for frame in frames)
        if not before.shape == now.shape == after.shape:
            return []
        tops = _tops(sample.data.shape[0], sample.data.shape[1])
        values = _combed(before, now, after, (tops - 1) / sample.data.shape[0])
        return [Row(frames[0].pts, (*values, self._declared))]


def _tops(height: int, width: int) -> NDArray[np.int64]:
    """First row of each band: all that fit, or evenly spread as many as are looked at."""
    whole = max((height - 2) // _BAND_ROWS, 0)
    count = min(whole, max(_MOST_PIXELS // (max(width, 1) * (_BAND_ROWS + 2)), 1))
    if count == whole:
        return 1 + _BAND_ROWS * np.arange(whole)
    places = np.linspace(1, height - _BAND_ROWS - 1, count).astype(np.int64)
    # All bands begin with a row of the same field.
    return np.asarray(places - (places + 1) % 2)


def _bands(sample: Sample) -> Bytes:
    """Bands with a row more at either side, 8 bits; a copy."""
    picture = np.asarray(sample.data)
    tops = _tops(*picture.shape)
    rows = (tops[:, None] + np.arange(-1, _BAND_ROWS + 1)).ravel()
    bands = picture[rows].reshape(len(tops), _BAND_ROWS + 2, picture.shape[1])
    if bands.dtype != np.uint8:
        bands = np.right_shift(bands, max(sample.depth - 8, 0))
    return np.ascontiguousarray(bands, np.uint8)


def _combed(before: Bytes, now: Bytes, after: Bytes, tops: Sums) -> tuple[float, ...]:
    """Combed share, standard errors, sign, moving share, and the combed region."""
    bands, _, width = now.shape
    if bands < 2 or width < _COLUMNS:
        return _NOTHING
    old, here, new = (_flat(rows[:, 1:-1]) for rows in (before, now, after))
    guess = cv2.addWeighted(_flat(now[:, :-2]), 0.5, _flat(now[:, 2:]), 0.5, 0.0)
    change = cv2.max(cv2.absdiff(old, here), cv2.absdiff(new, here))
    moves = cv2.threshold(change, _MOVES - 1, 255, cv2.THRESH_BINARY)[1]
    moving = cv2.countNonZero(moves)
    if not moving:
        return _NOTHING
    even_old, odd_old = _in_cells(cv2.bitwise_and(cv2.absdiff(guess, old), moves), bands)
    even_new, odd_new = _in_cells(cv2.bitwise_and(cv2.absdiff(guess, new), moves), bands)
    first, second = even_old + odd_new, even_new + odd_old
    apart, total = first - second, first + second
    errors = float(np.sqrt(np.square(apart).sum()))
    lean = float(apart.sum())
    if errors == 0.0:
        return _NOTHING
    counted = total >= _CELL_MOVES * total.sum() / total.size
    share = lean / float(total.sum())
    combed = counted & (np.sign(lean) * apart >= _LEAST_OF_ALL * abs(share) * total)
    return (
        100.0 * abs(share),
        abs(lean) / errors,
        float(np.sign(lean)),
        100.0 * moving / moves.size,
        *_region(combed, tops),
    )


def _flat(rows: Bytes) -> Bytes:
    return np.ascontiguousarray(rows).reshape(-1, rows.shape[2])


def _in_cells(values: NDArray[Any], bands: int) -> tuple[Sums, Sums]:
    """Sums over cells of the rows of either field, shape (bands, 8)."""
    width = values.shape[1] // _COLUMNS * _COLUMNS
    # OpenCV's mean of whole boxes is many times as fast as numpy's sum of bytes.
    narrow = np.ascontiguousarray(values[:, :width])
    fields = narrow.reshape(bands, _BAND_ROWS // 2, 2, width)
    one, two = (
        cv2.resize(
            np.ascontiguousarray(fields[:, :, field]).reshape(-1, width).astype(np.float32),
            (_COLUMNS, bands),
            interpolation=cv2.INTER_AREA,
        ).astype(np.float64)
        for field in (0, 1)
    )
    return one, two


def _region(combed: NDArray[np.bool_], tops: Sums) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the cells as fractions; all of the picture if none.

    Between bands nothing is seen: each stands for what reaches down to the next.
    """
    if not combed.any():
        return 0.0, 0.0, 1.0, 1.0
    bands, columns = np.flatnonzero(combed.any(axis=1)), np.flatnonzero(combed.any(axis=0))
    ends = np.append(tops[1:], 1.0)
    return (
        float(columns[0] / _COLUMNS),
        float(tops[bands[0]]),
        float((columns[-1] + 1) / _COLUMNS),
        float(ends[bands[-1]]),
    )
