"""Frames and timecode of a title, for formats that know neither PTS nor a time base.

Editing systems count frames from the first one of a file and call that one by a timecode. Here it
is called as the desk shows it, by its time, unless another name is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.timecode import (
    FRAME_SLACK,
    format_timecode,
    parse_timecode,
    supports_drop_frame,
)
from core.domain.title import Title

_RATES = tuple(
    Fraction(rate)
    for rate in (
        *(Fraction(24000, 1001), 24, 25, Fraction(30000, 1001), 30),
        *(Fraction(48000, 1001), 48, 50, Fraction(60000, 1001), 60),
    )
)
_FASTEST = 60
_SAME = Fraction(1, 2000)
_WITHOUT_PICTURE = Fraction(25)
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class EditClock:
    """Counts frames of one title.

    Attributes:
        rate: Frames a second that are counted.
        drop_frame: Timecode leaves numbers out.
        origin: Time of the first frame on the title's time line, in seconds.
        first: Frame number that the timecode of the first frame stands for.
        length: Frames from the first one to the end of the title, at least one.
    """

    rate: Fraction
    drop_frame: bool
    origin: Fraction
    first: int
    length: int

    @property
    def nominal(self) -> int:
        """The whole number of frames a second that timecode counts."""
        return round(self.rate)

    @property
    def ntsc(self) -> bool:
        """Whether the rate is a whole one slowed down by 1000/1001."""
        return self.rate != self.nominal

    def frames(self, span: Span) -> tuple[int, int]:
        """First frame of a span and the first after it, counted from the title's first frame.

        Times within the rounding of the span's own time base of a frame's start are that frame's;
        elsewhere the frames on screen count, so that no part of the span is left out.
        """
        start = max(self._frame(span.start_time.exact, span.base, up=False), 0)
        stop = self._frame(span.end_time.exact, span.base, up=True)
        return start, max(stop, start + 1)

    def timecode(self, frame: int) -> str:
        """Timecode of a frame that is counted from the title's first; it starts anew at 24 h."""
        number = (self.first + frame) % self.day
        return format_timecode(Fraction(number) / self.rate, self.rate, self.drop_frame)

    def _frame(self, time: Fraction, base: Fraction, *, up: bool) -> int:
        exact = (time - self.origin) * self.rate
        nearest = floor(exact + _HALF)
        slack = min(max(base * self.rate, FRAME_SLACK), _HALF)
        if abs(exact - nearest) <= slack:
            return nearest
        return ceil(exact) if up else floor(exact)

    def frame_at(self, timecode: str) -> int | None:
        """The frame that a timecode names, counted from the title's first; None for no timecode.

        A timecode before that of the first frame is one of the next day.
        """
        text = timecode[:-3].replace(";", ":") + (";" if self.drop_frame else ":") + timecode[-2:]
        try:
            number = round(parse_timecode(text, self.rate) * self.rate)
        except ValueError:
            return None
        return (number - self.first) % self.day

    def times(self, start: int, stop: int) -> tuple[Fraction, Fraction]:
        """When frames begin and end on the title's time line, in seconds; the inverse of `frames`.

        Args:
            start: First frame, counted from the title's first.
            stop: First frame after.
        """
        return self.origin + start / self.rate, self.origin + stop / self.rate

    @property
    def day(self) -> int:
        """Frames that timecode counts in 24 hours."""
        frames = 86_400 * self.nominal
        return frames - 9 * 144 * (self.nominal // 15) if self.drop_frame else frames


def clock_of(title: Title, drop_frame: bool = False, start: str = "") -> EditClock:
    """The clock of a title.

    Args:
        title: The title.
        drop_frame: Use drop-frame counting where the rate has one.
        start: Timecode of the first frame; empty takes its time, as the desk shows it. A
            semicolon before the frames asks for drop-frame counting.

    Raises:
        KnownError: `start` is no timecode at the title's rate.
    """
    rate = edit_rate(title)
    drop = (drop_frame or ";" in start) and supports_drop_frame(rate)
    video = title.video[0] if title.video else None
    origin = video.span.start_time.exact if video is not None else title.start.exact
    if start:
        first = _number(start, rate, drop)
    else:
        # Rounded as `format_timecode` does, so that the desk and the export name it alike.
        first = floor(max(origin, Fraction(0)) * rate + FRAME_SLACK)
    end = title.start.exact + Fraction(title.duration_s)
    return EditClock(rate, drop, origin, first, max(ceil((end - origin) * rate - _HALF), 1))


def edit_rate(title: Title) -> Fraction:
    """The rate at which the frames of a title are counted.

    That is the picture's own where editing systems know it, half of it above 60 frames a second
    (as timecode does), and the nearest whole number where it varies or is unusual, because
    timecode then keeps up with the clock. Sound alone is counted at 25.
    """
    if not title.video or title.video[0].rate <= 0:
        return _WITHOUT_PICTURE
    rate = title.video[0].rate
    while rate > _FASTEST * (1 + _SAME):
        rate /= 2
    nearest = min(_RATES, key=lambda known: abs(known - rate))
    if abs(nearest - rate) <= _SAME * rate:
        return nearest
    return Fraction(max(round(rate), 1))


def _number(start: str, rate: Fraction, drop_frame: bool) -> int:
    text = start.replace(";", ":")
    if drop_frame:
        text = ";".join(text.rsplit(":", 1))
    try:
        seconds = parse_timecode(text, rate)
    except ValueError as error:
        raise KnownError(f"{start} is no timecode at {float(rate):.6g} frames a second.") from error
    if seconds < 0:
        raise KnownError("The timecode of the first frame cannot be negative.")
    return round(seconds * rate)
