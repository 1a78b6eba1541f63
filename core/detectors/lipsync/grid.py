"""Brings pictures of any rate to 25 a second, by their time stamps.

Place k of the grid is k / 25 s of media time, whatever a title's first picture is; so pieces of a
title have the places of the whole. Each place takes the picture that is nearest to it in time: of
a rate that is no divisor of 25 some show twice, of a higher one some not at all, and on average
none is early or late. What remains is told with the picture, for the offset to be corrected by.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

RATE = 25
"""Places a second."""

_HOLD = RATE
"""Places for which a picture stands at most on either side of a gap: a second."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A picture at a place of the grid.

    Attributes:
        place: Which, k / 25 s.
        after_s: By how much the picture is later than its place.
        picture: What was given.
    """

    place: int
    after_s: float
    picture: T


class Grid(Generic[T]):
    """Puts pictures on the grid; holds the newest back until the next one is there."""

    def __init__(self) -> None:
        self._held: tuple[Fraction, T] | None = None
        self._next: int | None = None

    def take(self, at_s: Fraction, picture: T) -> list[Placed[T]]:
        """Add a picture; what the one before it stands for.

        Args:
            at_s: When it shows; one that is not later than the one before is left out.
            picture: What to put on the grid.
        """
        if self._held is None:
            self._held, self._next = (at_s, picture), _first_within(at_s)
            return []
        before = self._held[0]
        if at_s <= before:
            return []
        between = (before + at_s) / 2
        placed = self._until(min(_last_until(between), _last_until(before) + _HOLD))
        self._held = (at_s, picture)
        assert self._next is not None
        self._next = max(_last_until(between) + 1, _last_until(at_s) - _HOLD, self._next)
        return placed

    def flush(self) -> list[Placed[T]]:
        """What the last picture stands for."""
        if self._held is None:
            return []
        placed = self._until(_last_until(self._held[0] + Fraction(1, 2 * RATE)))
        self._held = None
        return placed

    def _until(self, last: int) -> list[Placed[T]]:
        assert self._held is not None
        assert self._next is not None
        at_s, picture = self._held
        return [
            Placed(place, float(at_s - Fraction(place, RATE)), picture)
            for place in range(self._next, last + 1)
        ]


def _last_until(at_s: Fraction) -> int:
    """The last place that is not later."""
    return (at_s * RATE).__floor__()


def _first_within(at_s: Fraction) -> int:
    """The first place that is at most half a place earlier."""
    return _last_until(at_s - Fraction(1, 2 * RATE)) + 1
