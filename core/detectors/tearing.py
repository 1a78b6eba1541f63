"""Tearing: a row on one side of which the last frame is repeated while the other moves on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.picture import as_bytes

_GROUPS = 8
_LEAST_GROUPS = 5
_HISTORY = 3
_BAND = 4
_SKIP = 1
_MOVED = 2.0
_REPEATS = 0.25
_QUIET = 0.5
_NOISE = 0.4
_GOES_ON = 0.5
_CONTRAST = 3.0
_NOTHING = (0.0, 0.0)

Plane = NDArray[np.uint8]
Profile = NDArray[np.float32]
Mask = NDArray[np.bool_]


class TearingDetector(Detector):
    """Compares bands of rows with the frame before, on luma averaged over 4 x 4 pixels.

    Change is averaged over eight groups of columns for each row. At a torn row, bands of four rows
    on either side disagree: in one the change falls to a quarter or less of what it was over the
    three frames before, in the other it goes on. `torn_pct` is the share of groups that agree on
    the best row, of those in which both sides moved, if there are five of either at least.
    """

    id = "tearing"

    def reset(self) -> None:
        """Forget the frames before."""
        self._previous: Plane | None = None
        self._past: list[Profile] = []

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row a frame; the first four have nothing to be compared with."""
        sample = views["luma/4"]
        picture = as_bytes(sample)
        if picture.size == 0:
            return []
        before, self._previous = self._previous, picture
        if before is None or before.shape != picture.shape:
            self._past = []
            return [Row(sample.pts, _NOTHING)]
        change = _profile(picture, before)
        torn = _NOTHING
        if len(self._past) == _HISTORY:
            torn = _torn(change, self._past)
        self._past = [*self._past[1 - _HISTORY :], change]
        return [Row(sample.pts, torn)]


def _profile(picture: Plane, before: Plane) -> Profile:
    """Mean change of each row in each group of columns, shape (rows, 8)."""
    changed = np.asarray(cv2.absdiff(picture, before))
    width = changed.shape[1]
    if width < _GROUPS:
        return np.zeros((changed.shape[0], _GROUPS), np.float32)
    edges = [round(i * width / _GROUPS) for i in range(_GROUPS + 1)]
    columns = [
        cv2.reduce(changed[:, left:right], 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        for left, right in pairwise(edges)
    ]
    return np.asarray(np.hstack(columns), np.float32)


def _torn(change: Profile, past: Sequence[Profile]) -> tuple[float, float]:
    """Percent of the groups that agree on the best row, and that row as a fraction of height."""
    usual = np.asarray(np.mean(past, axis=0), np.float32)
    height = change.shape[0]
    if height < 3 * (_BAND + _SKIP):
        return _NOTHING
    if np.count_nonzero(usual.max(axis=0) >= _MOVED) < _LEAST_GROUPS:
        return _NOTHING
    quiet = (change <= _QUIET * usual + _NOISE) & (usual >= _MOVED)
    # Spares most frames what follows.
    if np.count_nonzero(quiet.sum(axis=1) >= _LEAST_GROUPS) < _BAND - _SKIP:
        return _NOTHING
    above, below = _bands(change)
    used_above, used_below = _bands(usual)
    # What came to rest a frame ago, as under a caption that appears, does not tear.
    moved = np.minimum(used_above, used_below) >= _MOVED
    last_above, last_below = _bands(past[-1])
    moved &= (last_above >= _GOES_ON * used_above) & (last_below >= _GOES_ON * used_below)
    groups = moved.sum(axis=1)
    best, line = 0.0, 0.0
    for still, was, going, went in (
        (above, used_above, below, used_below),
        (below, used_below, above, used_above),
    ):
        agree = moved & (still <= _REPEATS * was + _NOISE)
        agree &= (going >= _GOES_ON * went) & (going >= _CONTRAST * still)
        count = agree.sum(axis=1)
        enough = (groups >= _LEAST_GROUPS) & (count >= _LEAST_GROUPS)
        share = np.where(enough, count / np.maximum(groups, 1), 0.0)
        # Of rows with the same share that with the most groups, then that of the sharpest contrast.
        fall = np.minimum(going / np.maximum(went, 1.0), 1.0) - still / np.maximum(was, 1.0)
        sharp = (agree * fall).sum(axis=1)
        at = int(np.argmax(share + enough * (1e-3 * count + 1e-4 * sharp)))
        if share[at] > best:
            best, line = float(share[at]), float((at + _BAND + _SKIP) / height)
    return 100.0 * best, line


def _bands(profile: Profile) -> tuple[Profile, Profile]:
    """Means of four rows above and below each possible line, one row away from it."""
    sums = np.zeros((profile.shape[0] + 1, _GROUPS), np.float64)
    np.cumsum(profile, axis=0, out=sums[1:])
    means = ((sums[_BAND:] - sums[:-_BAND]) / _BAND).astype(np.float32)
    apart = _BAND + 2 * _SKIP
    return means[:-apart], means[apart:]
