"""Hot pixel: points that stay while the picture changes, or come and go while it does not."""

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
_MOST_TURNING = 2000
_MOST_TURNED = 16
_CALM = 4.0
_MOST_APART = 12
_LEFT_OVER = 0.5
_SURROUNDINGS = 8
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
_AROUND = np.array(
    [
        (y, x)
        for y in range(-_SURROUNDINGS, _SURROUNDINGS + 1)
        for x in range(-_SURROUNDINGS, _SURROUNDINGS + 1)
        if max(abs(y), abs(x)) > 1
    ]
)

STAYS, COMES, GOES = 0, 1, 2
"""What a point does: it stays while the picture changes; it comes or goes while it does not."""

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Points = tuple[Places, NDArray[np.float64]]
_NOTHING = (0.0,) * (2 + 4 * _SLOTS)


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """A frame that was looked at.

    Attributes:
        picture: A copy of it.
        suspects: Where a pixel differs from the four at distance 2, which all lie on the same side
            of it; flat.
        places: Of the suspects, in order.
    """

    picture: Bytes
    suspects: NDArray[np.bool_]
    places: Places

    def common(self, other: _Look) -> Places:
        """Places that are suspects in both."""
        return self.places[other.suspects[self.places]]


class HotPixelDetector(Detector):
    """Looks at every pixel of two frames a second.

    A point is a pixel that is brighter (or darker) by 18 grey levels than all 16 pixels at distance
    2, and the extreme of its 8 neighbours: no line, no edge, no larger spot is. It stays where it
    was a point of the same sign in one of the two frames looked at before, though its ring has
    changed by 6 grey levels, and so has a quarter of the picture; and though most other points are
    elsewhere now: the camera moves, or there was a cut.
    It comes where it is a point of the same sign in this frame and the one before, and there was
    none in the one before that, though nothing else within 8 pixels changed; it goes the other way
    round. Neither needs motion elsewhere. Many at once are a scene that a key frame made sharper.
    Where more than three are within 24 pixels of each other they are detail of something that
    stands, like a station's bug.

    `moved` says with how many frames there was motion, `staying` counts the points; the four
    strongest are given by place and impulse, and what they do.
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
        suspects = _suspects(picture)
        now = _Look(picture.copy(), suspects, np.flatnonzero(suspects))
        if self._earlier and self._earlier[-1].picture.shape != picture.shape:
            self._earlier.clear()
        pairs = [_staying(now, before) for before in self._earlier]
        stays = [pair for pair in pairs if pair is not None]
        found = [(STAYS, points) for points in stays]
        if len(self._earlier) == _EARLIER:
            first, second = self._earlier
            found += [(COMES, _turning(first, second, now)), (GOES, _turning(now, second, first))]
        self._earlier.append(now)
        return [Row(sample.pts, (float(len(stays)), *_values(found, picture.shape[:2])))]


def _suspects(picture: Bytes) -> NDArray[np.bool_]:
    """Those of `_Look`, made in bands that the processor's caches hold."""
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
        marked = cv2.threshold(alone, _LEVELS - 1, 1, cv2.THRESH_BINARY)[1]
        mask[top:bottom, _REACH:-_REACH] = marked
    return mask.view(np.bool_).reshape(-1)


def _has_moved(now: _Look, before: _Look) -> bool:
    """Whether much of the picture has changed."""
    half = _GRID // 2
    mine, theirs = (look.picture[half::_GRID, half::_GRID] for look in (now, before))
    changed = cv2.absdiff(np.ascontiguousarray(mine), np.ascontiguousarray(theirs)) >= _CHANGE
    return bool(changed.mean() >= _MOVING)


def _staying(now: _Look, before: _Look) -> Points | None:
    """Places that stayed points since `before`, and the weaker of both impulses, signed.

    None where they cannot be told from the scene, because the camera stands.
    """
    if not _has_moved(now, before):
        return None
    place = now.common(before)
    fewer = min(len(now.places), len(before.places))
    if len(place) > max(_STANDING * fewer, _FEW):
        return None
    if not len(place):
        return np.zeros(0, np.int64), np.zeros(0)
    mine, ring = _impulses(now.picture, place)
    theirs, ring_before = _impulses(before.picture, place)
    weaker = np.where(np.abs(mine) <= np.abs(theirs), mine, theirs)
    stays = (np.sign(mine) == np.sign(theirs)) & (np.abs(weaker) >= _LEVELS)
    stays &= np.abs(ring - ring_before).mean(axis=1) >= _CHANGE
    return place[stays], weaker[stays].astype(np.float64)


def _turning(without: _Look, beside: _Look, beyond: _Look) -> Points:
    """Places that are points in two looks and nothing at all in the third, while all else stands.

    Args:
        without: The look that does not have them.
        beside: The one next to it in time.
        beyond: The one at the other side of `beside`.
    """
    nothing = np.zeros(0, np.int64), np.zeros(0)
    place = beside.common(beyond)
    place = place[~without.suspects[place]]
    if not 0 < len(place) <= _MOST_TURNING:
        return nothing
    place = place[_may_stand(without.picture, beside.picture, place)]
    if not len(place):
        return nothing
    mine, ring = _impulses(beside.picture, place)
    theirs, _ = _impulses(beyond.picture, place)
    weaker = np.where(np.abs(mine) <= np.abs(theirs), mine, theirs).astype(np.float64)
    _, ring_without = _impulses(without.picture, place)
    before, after = (look.picture.reshape(-1)[place].astype(int) for look in (without, beside))
    rest = (before - ring_without.mean(axis=1)) * np.sign(weaker)
    turns = (np.sign(mine) == np.sign(theirs)) & (np.abs(weaker) >= _LEVELS)
    turns &= rest <= _LEFT_OVER * np.abs(weaker)
    turns &= np.abs(ring - ring_without).mean(axis=1) <= _CALM
    place, weaker, step = place[turns], weaker[turns], np.abs(after - before)[turns]
    if len(place):
        calm = _stands_around(without.picture, beside.picture, place, step)
        place, weaker = place[calm], weaker[calm]
    return (place, weaker) if len(place) <= _MOST_TURNED else nothing


def _may_stand(one: Bytes, other: Bytes, place: Places) -> NDArray[np.bool_]:
    """Whether the four pixels at distance 2 are much the same, which few are while all moves."""
    steps = np.array((-1, 1, -one.shape[1], one.shape[1])) * _REACH
    near = place + steps[:, None]
    change = cv2.absdiff(one.reshape(-1)[near], other.reshape(-1)[near])
    return np.asarray(change.max(axis=0) <= _MOST_APART)


def _stands_around(one: Bytes, other: Bytes, place: Places, step: Places) -> NDArray[np.bool_]:
    """Whether nothing near a place changed by half as much as it did itself, which is `step`."""
    height, width = one.shape
    rows, columns = np.divmod(place, width)
    near = (
        np.clip(rows[:, None] + _AROUND[:, 0], 0, height - 1),
        np.clip(columns[:, None] + _AROUND[:, 1], 0, width - 1),
    )
    # Clipped steps may lead back to the place.
    itself = np.maximum(np.abs(near[0] - rows[:, None]), np.abs(near[1] - columns[:, None])) <= 1
    change = np.abs(one[near].astype(np.int16) - other[near])
    change[itself] = 0
    return np.asarray((change.max(axis=1) <= _LEFT_OVER * step) & (change.mean(axis=1) <= _CALM))


def _impulses(picture: Bytes, place: Places) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Signed impulse of each place, and the ring of 16 pixels around it."""
    flat = picture.reshape(-1)
    steps = _STEPS[:, 0] * picture.shape[1] + _STEPS[:, 1]
    around = flat[place[:, None] + steps].astype(np.int16)
    ring, inner = around[:, : len(_RING)], around[:, len(_RING) :]
    center = flat[place].astype(np.int16)
    bright = np.where(center >= inner.max(axis=1), center - ring.max(axis=1), 0)
    dark = np.where(center <= inner.min(axis=1), ring.min(axis=1) - center, 0)
    return np.where(bright >= dark, bright, -dark).astype(np.int16), ring


def _values(found: list[tuple[int, Points]], size: tuple[int, ...]) -> tuple[float, ...]:
    joined = np.concatenate([place for _, (place, _) in found]) if found else np.zeros(0, np.int64)
    if not joined.size:
        return _NOTHING[1:]
    impulse = np.concatenate([strength for _, (_, strength) in found])
    does = np.concatenate([np.full(len(place), what) for what, (place, _) in found])
    # The first of each place is where it comes or goes, else the strongest.
    order = np.lexsort((-np.abs(impulse), does == STAYS))
    place, first = np.unique(joined[order], return_index=True)
    impulse, does = impulse[order][first], does[order][first]
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
            float(does[at]),
        ]
    return (*values, *_NOTHING[1 + len(values) :])


def _are_alone(rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Those with no more than two others nearby."""
    apart = np.maximum(
        np.abs(rows[:, None] - rows[None, :]), np.abs(columns[:, None] - columns[None, :])
    )
    return np.asarray((apart <= _NEIGHBOURHOOD).sum(axis=1) - 1 <= _MOST_NEIGHBOURS)
