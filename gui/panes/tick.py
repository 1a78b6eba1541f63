"""Ticks of a time axis, on whole frames where there is a frame rate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from core.domain.timecode import FRAME_SLACK, format_clock, format_timecode

_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000, 36000)
_PARTS = (5, 4, 3, 2)


class TimeUnit(StrEnum):
    """In what times are written."""

    TIMECODE = "timecode"
    CLOCK = "clock"
    PTS = "pts"
    FRAMES = "frames"
    SECONDS = "seconds"


@dataclass(frozen=True, slots=True)
class TimeFormat:
    """How times are written.

    Attributes:
        rate: Frames a second; without any, timecode and frames become a clock with milliseconds.
        drop_frame: Count as drop-frame timecode where that is defined.
        origin_s: The second of the title's time line that is written as zero; not for PTS.
        unit: In what times are written.
        base: Seconds a tick of the stream whose PTS are written.
    """

    rate: Fraction = Fraction(0)
    drop_frame: bool = False
    origin_s: float = 0.0
    unit: TimeUnit = TimeUnit.TIMECODE
    base: Fraction = Fraction(1, 1000)

    @property
    def on_frames(self) -> bool:
        """Whether what is written counts frames, so that ticks belong on them."""
        return self.rate > 0 and self.unit not in (TimeUnit.CLOCK, TimeUnit.SECONDS)

    def text(self, seconds: float | Fraction) -> str:
        """A time in this format.

        Args:
            seconds: On the title's time line; a Fraction is written without rounding.
        """
        if self.unit is TimeUnit.PTS:
            return str(round(Fraction(seconds) / self.base))
        if self.unit is TimeUnit.SECONDS:
            return f"{float(seconds) - self.origin_s:.3f} s"
        if not self.on_frames:
            return format_clock(float(seconds) - self.origin_s)
        elapsed = Fraction(seconds) - Fraction(self.origin_s)
        if self.unit is TimeUnit.FRAMES:
            return str(floor(elapsed * self.rate + FRAME_SLACK))
        return format_timecode(elapsed, self.rate, self.drop_frame)

    def seconds(self, text: str) -> Fraction | None:
        """What a bare number means in this format; None when it counts neither PTS nor frames."""
        number = text.strip()
        if not number.removeprefix("-").isdecimal():
            return None
        if self.unit is TimeUnit.PTS:
            return int(number) * self.base
        if self.unit is TimeUnit.FRAMES and self.rate > 0:
            return int(number) / self.rate + Fraction(self.origin_s)
        return None


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
    return 1 / form.rate if form.on_frames else Fraction(1, 1000)


def _steps(form: TimeFormat) -> list[int]:
    """Steps that have labels, in units."""
    if form.unit is TimeUnit.FRAMES and form.on_frames:
        return [part * 10**power for power in range(7) for part in (1, 2, 5)]
    if not form.on_frames:
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
