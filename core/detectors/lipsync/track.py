"""Tracks: which faces of successive looks are one face, within a shot.

A Kalman filter with constant speed says where each face is to be expected; faces found are shared
out among the expected ones by how much they overlap. Two looks in a row in which a face is not
found are bridged: turned away, or behind a hand. Between two looks a box goes in a straight line,
because both ends are known by then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from core.detectors.lipsync.face import EVERY, Face

BRIDGED = 30
"""Places for which a face may be missing."""

LEAST_OVERLAP = 0.25
"""Overlap (intersection over union) of a face with where it was expected, at least."""

# Of shares of the picture: a face shakes by half a hundredth from look to look, and its speed
# changes by a hundredth.
_SHAKES = 0.005**2
_SPEEDS = 0.01**2

Boxes = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class FaceTrack:
    """One face in successive pictures.

    Attributes:
        first: Place of the grid of the first box.
        boxes: Left, top, width, height in shares of the picture, one a place, shape (n, 4).
        looks: At which places it was found, and as the how manieth face there; names the track.
    """

    first: int
    boxes: Boxes
    looks: frozenset[tuple[int, int]]

    @property
    def last(self) -> int:
        """The place after its last."""
        return self.first + len(self.boxes)

    def part(self, first: int, last: int) -> FaceTrack | None:
        """What of it is between two places; None for nothing."""
        low, high = max(first, self.first), min(last, self.last)
        if low >= high:
            return None
        return FaceTrack(low, self.boxes[low - self.first : high - self.first], self.looks)


@dataclass(slots=True, eq=False)
class _Going:
    """A track that is being followed: state and uncertainty are box and speed a look."""

    state: NDArray[np.float64]
    spread: NDArray[np.float64]
    found: list[tuple[int, int, Boxes]] = field(default_factory=list)

    def expect(self, looks: int) -> Boxes:
        """Go on by some looks; where the face should be."""
        for _ in range(looks):
            self.state = np.concatenate([self.state[:4] + self.state[4:], self.state[4:]])
            step = np.array([[1.0, 1.0], [0.0, 1.0]])
            self.spread = step @ self.spread @ step.T + np.diag([0.0, _SPEEDS])
        return self.state[:4]

    def correct(self, place: int, index: int, box: Boxes) -> None:
        """Take a face that was found."""
        gain = self.spread[:, 0] / (self.spread[0, 0] + _SHAKES)
        error = box - self.state[:4]
        self.state = self.state + np.concatenate([gain[0] * error, gain[1] * error])
        self.spread = self.spread - np.outer(gain, self.spread[0])
        self.found.append((place, index, box))


def tracks_of(
    looks: Mapping[int, Sequence[Face]], starts: Sequence[int], first: int, last: int
) -> list[FaceTrack]:
    """Follow faces through looks.

    Args:
        looks: Faces by place of the grid, every `EVERY` places; places may be missing.
        starts: First places of shots: no track goes over one.
        first: The first place that there is a picture of.
        last: The place after the last.

    Returns:
        In order of their beginning. Between the first look of a shot and its start a box stands
        still, and so it does after its last look.
    """
    bounds = [first, *(place for place in starts if first < place < last), last]
    found: list[FaceTrack] = []
    for begin, end in pairwise(bounds):
        going: list[_Going] = []
        ended: list[_Going] = []
        for place in sorted(place for place in looks if begin <= place < end):
            lost = [one for one in going if place - one.found[-1][0] > BRIDGED]
            ended += lost
            going = [one for one in going if one not in lost]
            _share_out(going, place, [face.box for face in looks[place]])
        found += [_finished(one, begin, end) for one in (*ended, *going)]
    return sorted(found, key=lambda track: (track.first, sorted(track.looks)[0]))


def _share_out(going: list[_Going], place: int, boxes: Sequence[Boxes]) -> None:
    """Give each face to the track that expects it; the rest begin tracks of their own."""
    free = set(range(len(boxes)))
    if going and boxes:
        # Each expects from its last look on; the states move on only with a find.
        expected = [_expected(one, place) for one in going]
        alike = np.array([[overlap(one, box) for box in boxes] for one in expected])
        tracks, faces = linear_sum_assignment(-alike)
        for track, index in zip(tracks.tolist(), faces.tolist(), strict=True):
            if alike[track, index] >= LEAST_OVERLAP:
                one = going[track]
                one.expect((place - one.found[-1][0]) // EVERY)
                one.correct(place, index, boxes[index])
                free.discard(index)
    for index in sorted(free):
        state = np.concatenate([boxes[index], np.zeros(4)])
        new = _Going(state, np.diag([_SHAKES, _SPEEDS]))
        new.found.append((place, index, boxes[index]))
        going.append(new)


def _expected(one: _Going, place: int) -> Boxes:
    looks = (place - one.found[-1][0]) // EVERY
    return np.asarray(one.state[:4] + looks * one.state[4:])


def overlap(one: Boxes, other: Boxes) -> float:
    """Intersection over union of two boxes."""
    low = np.maximum(one[:2], other[:2])
    high = np.minimum(one[:2] + one[2:], other[:2] + other[2:])
    both = float(np.prod(np.maximum(high - low, 0.0)))
    together = float(np.prod(one[2:]) + np.prod(other[2:])) - both
    return both / together if together > 0 else 0.0


def _finished(one: _Going, begin: int, end: int) -> FaceTrack:
    """The boxes of all places, from the shot's bounds where these are less than a look away."""
    places = np.array([place for place, _, _ in one.found])
    boxes = np.stack([box for _, _, box in one.found])
    first = begin if places[0] - begin < EVERY else int(places[0])
    last = min(int(places[-1]) + EVERY, end)
    every = np.arange(first, last)
    between = np.stack([np.interp(every, places, side) for side in boxes.T], axis=1)
    return FaceTrack(first, between, frozenset((place, index) for place, index, _ in one.found))
