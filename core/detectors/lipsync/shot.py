"""Shot boundaries: where one shot ends and the next begins.

TransNetV2 sees a hundred pictures at once and is believed about the middle half. Its windows lie on
the grid of media time, so that pieces of a title find what the whole does.

A window takes more than a second of processor time, so it is asked only about those with faces (a
track is all that a shot ends), and of these about those in which within half a second pictures
change as much as at a cut, and their colours too. In 27 windows with a cut, hard or gradual,
pixels changed by 29 levels or more and histograms were alike to .85 or less; where a camera or a
face moves within a shot pixels change by up to 40, but colours stay alike to .97 or more.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.models.color_likeness import REACH, color_likeness

WINDOW = 100
"""Places of the grid that the network sees at once."""

STEP = 50
"""Places that each window is believed about: the middle half."""

ENDS_FROM = 0.5
"""Probability from which a picture is the last of its shot, after the authors."""

CHANGE = 18.0
"""Mean difference of a colour over `APART` places, in levels of 255, from which it is asked."""

ALIKE = 0.93
"""Likeness of the colours over `APART` places (cosine of histograms) below which it is asked."""

APART = 12

NEAR = 10
"""Places around one where shots matter in which they matter, too."""

Bytes = NDArray[np.uint8]


class ShotNetwork(Protocol):
    """Whoever knows shots."""

    def ends(self, pictures: Bytes) -> NDArray[np.float32]:
        """How probable it is that each picture of (100, 27, 48, 3) is the last of its shot."""


class ShotFinder:
    """Finds the first places of shots.

    Args:
        open_network: Gives the network; asked once, at the first window that is worth it.
    """

    def __init__(self, open_network: Callable[[], ShotNetwork]) -> None:
        self._open = open_network
        self._network: ShotNetwork | None = None
        self._thumbs: dict[int, Bytes] = {}
        self._ended: set[int] = set()
        self._starts: set[int] = set()
        self._wanted: set[int] = set()
        self._window: int | None = None
        self._newest = 0
        self.asked = 0

    @property
    def known_until(self) -> int:
        """All shots that begin before this place are found."""
        return 0 if self._window is None else self._window * STEP - STEP // 2

    def take(self, place: int, thumb: Bytes | None, wanted: bool) -> None:
        """Add the next picture.

        Args:
            place: On the grid, later than the one before.
            thumb: RGB, shape (27, 48, 3); None where shots matter nowhere near.
            wanted: Whether shots matter here, and up to `NEAR` places around.
        """
        if self._window is None:
            self._window = (place + STEP // 2) // STEP
        if thumb is not None:
            self._thumbs[place] = thumb
        self._newest = place
        if wanted:
            reach = STEP // 2 + NEAR
            self._wanted |= set(range(ceil((place - reach) / STEP), (place + reach) // STEP + 1))
        while place >= self._window * STEP + STEP - 1:
            self._find(self._window)

    def flush(self) -> None:
        """Nothing more comes: find what is left."""
        if self._window is None:
            return
        while self.known_until <= self._newest:
            self._find(self._window)

    def starts(self, first: int, last: int) -> list[int]:
        """First places of shots from `first` up to before `last`, in order."""
        return sorted(place for place in self._starts if first <= place < last)

    def forget(self, before: int) -> None:
        """Shots that begin before this place are asked for no more."""
        self._starts = {place for place in self._starts if place >= before}

    def _find(self, window: int) -> None:
        """Find the ends in a window's middle, the starts that follow from them, and go on."""
        self._window = window + 1
        middle = range(window * STEP - STEP // 2, window * STEP + STEP // 2)
        if window in self._wanted:
            pictures = self._pictures(window * STEP - WINDOW // 2)
            if pictures is not None and _may_cut(pictures):
                self._network = self._network or self._open()
                self.asked += 1
                said = self._network.ends(pictures)[(WINDOW - STEP) // 2 :][:STEP]
                self._ended |= {middle[i] for i in np.flatnonzero(said > ENDS_FROM)}
        # Of the pictures of a transition the first one ends the shot.
        self._starts |= {
            place + 1 for place in middle if place in self._ended and place - 1 not in self._ended
        }
        self._wanted.discard(window)
        oldest = middle[-1] - 1
        self._ended = {place for place in self._ended if place >= oldest}
        keep = self._window * STEP - WINDOW // 2
        self._thumbs = {place: thumb for place, thumb in self._thumbs.items() if place >= keep}

    def _pictures(self, first: int) -> Bytes | None:
        """The pictures of a window; where there is none, the one before it or the first."""
        places = sorted(place for place in self._thumbs if first <= place < first + WINDOW)
        if not places:
            return None
        found = np.searchsorted(places, np.arange(first, first + WINDOW), side="right") - 1
        return np.stack([self._thumbs[places[max(int(i), 0)]] for i in found])


def _may_cut(pictures: Bytes) -> bool:
    """Whether anything in or near the middle half changes as much as a cut does."""
    edge = (WINDOW - STEP) // 2
    near = pictures[edge - APART : edge + STEP + APART]
    wide = near.astype(np.int16)
    apart = np.abs(wide[APART:] - wide[:-APART]).mean(axis=(1, 2, 3))
    if apart.max() < CHANGE:
        return False
    return bool(color_likeness(near)[:-APART, REACH + APART].min() < ALIKE)
