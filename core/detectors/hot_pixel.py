"""Hot pixel: points that stay where they are while the picture around them changes."""

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
from core.detectors.picture import as_bytes

_PERIOD_S = Fraction(1, 2)
_EARLIER = 2
_SLOTS = 4
_REACH = 2
_LEVELS = 18
_CHANGE = 6.0
_MOVING = 0.25
_STANDING = 0.15
_FEW = 16
_BAND_ROWS = 64
_GRID = 16
_NEIGHBOURHOOD = 24
_MOST_NEIGHBOURS = 2
_MOST_STAYING = 500
_LEAST_SIDE = 16

_RING = np.array(
    [
        (y, x)
        for y in range(-_REACH, _REACH + 1)
        for x in range(-_REACH, _REACH + 1)
        if max(abs(y), abs(x)) == _REACH
    ]
)
_INNER = np.array([(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1) if (y, x) != (0, 0)])
_STEPS = np.vstack((_RING, _INNER))

Bytes = NDArray[np.uint8]
Stays = tuple[NDArray[np.int64], NDArray[np.float64]]
_NOTHING = (0.0,) * (2 + 3 * _SLOTS)


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A frame that was looked at.

    Attributes:
        picture: A copy of it.
        suspects: 255 where a pixel differs from the four at distance 2, which all lie on the same
            side of it.
    """

    picture: Bytes
    suspects: Bytes


class HotPixelDetector(Detector):
    """Looks at every pixel of two frames a second.

    A point is a pixel that is brighter (or darker) by 18 grey levels than all 16 pixels at distance
    2, and the extreme of its 8 neighbours: no line, no edge, no larger spot is. It stays where it
    was a point of the same sign in one of the two frames looked at before, though its ring has
    changed by 6 grey levels, and so has a quarter of the picture; and though most other points are
    elsewhere now: the camera moves, or there was a cut.
    Where more than three stay within 24 pixels of each other they are detail of something that
    stands, like a station's bug.

    `moved` says with how many frames there was such a change, `staying` counts the points; the
    four strongest are given by place and impulse.
    """

    id = "hot_pixel"

    def reset(self) -> None:
        """Forget the frames before."""
        self._pace = Pace(_PERIOD_S)
        self._earlier: deque[_Look] = deque(maxlen=_EARLIER)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for a frame that is looked at."""
        if not self._pace.due(views["events"]):
            return []
        sample = views["luma"]
        picture = as_bytes(sample)
        if min(picture.shape[:2]) < _LEAST_SIDE:
            return [Row(sample.pts, _NOTHING)]
        now = _Look(picture.copy(), _suspects(picture))
        pairs = [
            _staying(now, before)
            for before in self._earlier
            if before.picture.shape == picture.shape
        ]
        found = [pair for pair in pairs if pair is not None]
        self._earlier.append(now)
        return [Row(sample.pts, (float(len(found)), *_values(found, picture.shape[:2])))]


def _suspects(picture: Bytes) -> Bytes:
    """The mask of `_Look`, made in bands that the processor's caches hold."""
    height = picture.shape[0]
    mask = np.zeros_like(picture)
    for top in range(_REACH, height - _REACH, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, height - _REACH)
        here = picture[top:bottom, _REACH:-_REACH]
        up = picture[top - _REACH : bottom - _REACH, _REACH:-_REACH]
        down = picture[top + _REACH : bottom + _REACH, _REACH:-_REACH]
        left, right = picture[top:bottom, : -2 * _REACH], picture[top:bottom, 2 * _REACH :]
        highest = cv2.max(cv2.max(up, down), cv2.max(left, right))
        lowest = cv2.min(cv2.min(up, down), cv2.min(left, right))
        alone = cv2.max(cv2.subtract(here, highest), cv2.subtract(lowest, here))
        marked = cv2.threshold(alone, _LEVELS - 1, 255, cv2.THRESH_BINARY)[1]
        mask[top:bottom, _REACH:-_REACH] = marked
    return mask


def _has_moved(now: _Look, before: _Look) -> bool:
    """Whether much of the picture has changed."""
    half = _GRID // 2
    mine, theirs = (look.picture[half::_GRID, half::_GRID] for look in (now, before))
    changed = cv2.absdiff(np.ascontiguousarray(mine), np.ascontiguousarray(theirs)) >= _CHANGE
    return bool(changed.mean() >= _MOVING)


def _staying(now: _Look, before: _Look) -> Stays | None:
    """Places that stayed points since `before`, and the weaker of both impulses, signed.

    None where they cannot be told from the scene, because the camera stands.
    """
    if not _has_moved(now, before):
        return None
    both = cv2.bitwise_and(now.suspects, before.suspects)
    count = cv2.countNonZero(both)
    fewer = min(cv2.countNonZero(now.suspects), cv2.countNonZero(before.suspects))
    if count > max(_STANDING * fewer, _FEW):
        return None
    if not count:
        return np.zeros(0, np.int64), np.zeros(0)
    spots = cv2.findNonZero(both).reshape(-1, 2).astype(np.int64)
    width = now.picture.shape[1]
    place = spots[:, 1] * width + spots[:, 0]
    mine, ring = _impulses(now.picture, place)
    theirs, ring_before = _impulses(before.picture, place)
    weaker = np.where(np.abs(mine) <= np.abs(theirs), mine, theirs)
    stays = (mine * theirs > 0) & (np.abs(weaker) >= _LEVELS)
    stays &= np.abs(ring - ring_before).mean(axis=1) >= _CHANGE
    return place[stays], weaker[stays].astype(np.float64)


def _impulses(
    picture: Bytes, place: NDArray[np.int64]
) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Signed impulse of each place, and the ring of 16 pixels around it."""
    flat = picture.reshape(-1)
    steps = _STEPS[:, 0] * picture.shape[1] + _STEPS[:, 1]
    around = flat[place[:, None] + steps].astype(np.int16)
    ring, inner = around[:, : len(_RING)], around[:, len(_RING) :]
    center = flat[place].astype(np.int16)
    bright = np.where(center >= inner.max(axis=1), center - ring.max(axis=1), 0)
    dark = np.where(center <= inner.min(axis=1), ring.min(axis=1) - center, 0)
    return np.where(bright >= dark, bright, -dark).astype(np.int16), ring


def _values(found: list[Stays], size: tuple[int, ...]) -> tuple[float, ...]:
    if not found or not (joined := np.concatenate([place for place, _ in found])).size:
        return _NOTHING[1:]
    impulse = np.concatenate([strength for _, strength in found])
    order = np.argsort(-np.abs(impulse), kind="stable")
    # The first of each place is the strongest.
    place, first = np.unique(joined[order], return_index=True)
    impulse = impulse[order][first]
    if len(place) > _MOST_STAYING:
        return _NOTHING[1:]
    rows, columns = np.divmod(place, size[1])
    lonely = np.flatnonzero(_are_alone(rows, columns))
    best = lonely[np.argsort(-np.abs(impulse[lonely]), kind="stable")][:_SLOTS]
    values = [float(len(lonely))]
    for at in best:
        values += [
            100.0 * (columns[at] + 0.5) / size[1],
            100.0 * (rows[at] + 0.5) / size[0],
            float(impulse[at]),
        ]
    return (*values, *_NOTHING[1 + len(values) :])


def _are_alone(rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Those with no more than two others nearby."""
    apart = np.maximum(
        np.abs(rows[:, None] - rows[None, :]), np.abs(columns[:, None] - columns[None, :])
    )
    return np.asarray((apart <= _NEIGHBOURHOOD).sum(axis=1) - 1 <= _MOST_NEIGHBOURS)
