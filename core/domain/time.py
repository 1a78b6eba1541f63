"""Media time: integer presentation time stamps (PTS) on a rational base, and half-open spans.

Floats appear only for display and only at the edge (`MediaTime.seconds`, `Span.duration_s`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from math import floor


def rescale(pts: int, source: Fraction, target: Fraction) -> int:
    """Convert a PTS between time bases, rounding half up.

    Args:
        pts: Time stamp in units of `source` seconds.
        source: Seconds per unit of `pts`.
        target: Seconds per unit of the result.

    Returns:
        The nearest time stamp in units of `target`.
    """
    return pts if source == target else floor(pts * source / target + Fraction(1, 2))


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class MediaTime:
    """A point on a stream's time line.

    Two times are equal when they name the same instant, whatever their bases.

    Attributes:
        pts: Time stamp in units of `base`; may be negative.
        base: Seconds per unit, positive.
    """

    pts: int
    base: Fraction

    def __post_init__(self) -> None:
        if self.base <= 0:
            raise ValueError(f"time base must be positive, got {self.base}")

    @classmethod
    def from_seconds(cls, seconds: float | Fraction, base: Fraction) -> MediaTime:
        """The representable time nearest to `seconds`."""
        return cls(floor(Fraction(seconds) / base + Fraction(1, 2)), base)

    @property
    def exact(self) -> Fraction:
        """Seconds, exactly."""
        return self.pts * self.base

    @property
    def seconds(self) -> float:
        """Seconds, for display."""
        return float(self.exact)

    def to(self, base: Fraction) -> MediaTime:
        """The same instant on another base, rounded half up."""
        return MediaTime(rescale(self.pts, self.base, base), base)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MediaTime) and self.exact == other.exact

    def __lt__(self, other: MediaTime) -> bool:
        return self.exact < other.exact

    def __hash__(self) -> int:
        return hash(self.exact)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of time `[start, end)` on one time base.

    Seconds are divided as integers, which rounds as `float(Fraction)` does and costs a tenth:
    thousands of spans are drawn each time a threshold moves.

    Attributes:
        start: First PTS inside.
        end: First PTS after; not before `start`.
        base: Seconds per unit of both.
    """

    start: int
    end: int
    base: Fraction

    def __post_init__(self) -> None:
        if self.base <= 0:
            raise ValueError(f"time base must be positive, got {self.base}")
        if self.end < self.start:
            raise ValueError(f"span ends before it starts: [{self.start}, {self.end})")

    @classmethod
    def from_seconds(cls, start: float | Fraction, end: float | Fraction, base: Fraction) -> Span:
        """The span between two times in seconds, each rounded to `base`."""
        return cls(
            MediaTime.from_seconds(start, base).pts, MediaTime.from_seconds(end, base).pts, base
        )

    @property
    def start_time(self) -> MediaTime:
        """The first instant inside."""
        return MediaTime(self.start, self.base)

    @property
    def end_time(self) -> MediaTime:
        """The first instant after."""
        return MediaTime(self.end, self.base)

    @property
    def start_s(self) -> float:
        """Start in seconds, for display."""
        return self.start * self.base.numerator / self.base.denominator

    @property
    def end_s(self) -> float:
        """End in seconds, for display."""
        return self.end * self.base.numerator / self.base.denominator

    @property
    def duration_s(self) -> float:
        """Length in seconds, for display."""
        return (self.end - self.start) * self.base.numerator / self.base.denominator

    def to(self, base: Fraction) -> Span:
        """The same stretch on another base, rounded half up."""
        return Span(rescale(self.start, self.base, base), rescale(self.end, self.base, base), base)

    def contains(self, time: MediaTime) -> bool:
        """Whether `time` lies inside."""
        return self.start_time.exact <= time.exact < self.end_time.exact

    def overlap(self, other: Span) -> Fraction:
        """Seconds that both share; zero when they only touch."""
        start = max(self.start * self.base, other.start * other.base)
        end = min(self.end * self.base, other.end * other.base)
        return max(end - start, Fraction(0))

    def iou(self, other: Span) -> float:
        """Temporal intersection over union in 0..1; two empty spans at one instant give 1."""
        shared = self.overlap(other)
        mine = (self.end - self.start) * self.base
        theirs = (other.end - other.start) * other.base
        union = mine + theirs - shared
        if union == 0:
            return 1.0 if self.start_time == other.start_time else 0.0
        return float(shared / union)
