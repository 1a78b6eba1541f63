"""Ticks of a time axis, on whole frames where there is a frame rate."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from core.domain.timecode import format_clock, format_timecode

_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000, 36000)
_PARTS = (5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class TimeFormat:
    """How times are written.

    Attributes:
        rate: Frames a second; 0 writes a clock with milliseconds.
        drop_frame: Count as drop-frame timecode where that is defined.
        origin_s: The second of the title's time line that is written as zero.
    """

    rate: Fraction = Fraction(0)
    drop_frame: bool = False
    origin_s: float = 0.0

    def text(self, seconds: float) -> str:
        """A time as timecode, or as clock time when there is no rate."""
        seconds -= self.origin_s
        if self.rate <= 0:
            return format_clock(seconds)
        return format_timecode(Fraction(seconds), self.rate, self.drop_frame)


@dataclass(frozen=True, slots=True)
class Tick:
    """One tick.

    Attributes:
        seconds: Where, on the title's time line.
        label: What it says; empty for a minor tick.
    """

    seconds: float
    label: str = ""


@lru_cache(maxsize=16)
def ticks(start_s: float, end_s: float, most_labels: float, form: TimeFormat) -> tuple[Tick, ...]:
    """Ticks of a view, major ones with a label, in order.

    Kept for the last few views, because every pane asks for the same ones.

    Args:
        start_s: Left edge of the view in seconds.
        end_s: Right edge.
        most_labels: How many labels have room; at least 1 is assumed.
        form: How times are written; with a rate every tick stands on a frame.
    """
    unit = _unit(form)
    steps = _steps(form)
    room = Fraction((end_s - start_s) / max(most_labels, 1.0))
    step = next((s for s in steps if s * unit >= room), steps[-1])
    minor = _minor(step, steps)
    origin = Fraction(form.origin_s)
    first = ceil((Fraction(start_s) - origin) / (minor * unit))
    last = floor((Fraction(end_s) - origin) / (minor * unit))
    result = []
    start, spacing_s = float(origin), float(minor * unit)
    for number in range(first, last + 1):
        seconds = start + number * spacing_s
        result.append(Tick(seconds, form.text(seconds) if number * minor % step == 0 else ""))
    return tuple(result)


def _unit(form: TimeFormat) -> Fraction:
    """Seconds of the smallest step: a frame, or a millisecond."""
    return 1 / form.rate if form.rate > 0 else Fraction(1, 1000)


def _steps(form: TimeFormat) -> list[int]:
    """Steps that have labels, in units."""
    if form.rate <= 0:
        return [1, 2, 5, 10, 20, 50, 100, 200, 500, *(s * 1000 for s in _SECONDS)]
    nominal = max(round(form.rate), 1)
    frames = [f for f in (1, 2, 5, 10, 15, 20) if f < nominal and (f < 3 or nominal % f == 0)]
    return [*frames, *(s * nominal for s in _SECONDS)]


def _minor(step: int, steps: list[int]) -> int:
    """The largest usual step that divides a step into two to five parts, else the step itself."""
    for parts in _PARTS:
        if step % parts == 0 and (step // parts in steps or step // parts == 1):
            return step // parts
    return step
