"""Looking only now and then, at places that do not depend on where a piece starts."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from core.detectors.base import Sample


class Pace:
    """Picks the first frame of each cell of the PTS time line.

    Cells are counted from PTS 0, so that pieces of a title pick the same frames as the whole; to
    know that a frame is the first of its cell, the one before must have been seen (a warmup of 1).

    Args:
        period_s: Length of a cell in seconds.
    """

    def __init__(self, period_s: Fraction) -> None:
        self._period = period_s
        self._cell: int | None = None

    def due(self, sample: Sample) -> bool:
        """Whether this frame is the first of its cell."""
        cell = floor(sample.pts * sample.base / self._period)
        first = cell != self._cell
        self._cell = cell
        return first
