"""What the detectors of sound lengths and clocks share: the cells of the time line."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from core.domain.title import Stream

CELL_S = Fraction(1, 4)


class Cells:
    """Counts quarters of a second since the beginning of a stream.

    Args:
        stream: Whose start counts as zero.
    """

    def __init__(self, stream: Stream) -> None:
        self._start, self._base = stream.start_pts, stream.base

    def number(self, pts: int) -> int:
        """The cell that a PTS lies in."""
        return floor((pts - self._start) * self._base / CELL_S)

    def pts(self, cell: int) -> int:
        """First PTS of a cell, rounded half up."""
        return self._start + floor(cell * CELL_S / self._base + Fraction(1, 2))

    def since_start_s(self, pts: int) -> float:
        """Seconds since the beginning."""
        return float((pts - self._start) * self._base)
