"""Timecode as SMPTE ST 12-1 writes it, for display and entry only."""

from __future__ import annotations

import re
from fractions import Fraction
from math import floor

FRAME_SLACK = Fraction(1, 16)
"""Share of a frame by which its start may come early: PTS of milliseconds are off by up to half of
one, which is a sixteenth of a frame at 120 frames a second."""

_DROP_RATES = (Fraction(30000, 1001), Fraction(60000, 1001))
_RATE_SLACK = Fraction(1, 1000)
_PATTERN = re.compile(r"^(-)?(?:(\d+)[:.])?(\d{1,2})[:.](\d{1,2})[:;.](\d{1,3})$")


def supports_drop_frame(rate: Fraction) -> bool:
    """Whether drop-frame counting is defined for this rate (29.97 and 59.94)."""
    # Containers round the rate: 2997/100, or what an average of time stamps gives.
    return any(abs(rate - exact) < _RATE_SLACK for exact in _DROP_RATES)


def format_timecode(seconds: Fraction, rate: Fraction, drop_frame: bool = False) -> str:
    """Write a time as `HH:MM:SS:FF`, or `HH:MM:SS;FF` in drop-frame counting.

    Args:
        seconds: Time from zero; negative times get a leading minus.
        rate: Frames per second; counting uses the nearest whole number of frames a second.
        drop_frame: Skip frame numbers 0 and 1 (0 to 3 at 59.94) each minute but every tenth.

    Returns:
        The timecode of the frame that is on screen at `seconds`.
    """
    sign = "-" if seconds < 0 else ""
    frame = floor(abs(seconds) * rate + FRAME_SLACK)
    nominal = max(round(rate), 1)
    separator = ":"
    if drop_frame and supports_drop_frame(rate):
        frame, separator = _with_dropped_numbers(frame, nominal), ";"
    whole, frames = divmod(frame, nominal)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    width = max(2, len(str(nominal - 1)))
    return f"{sign}{hour:02d}:{minute:02d}:{second:02d}{separator}{frames:0{width}d}"


def parse_timecode(text: str, rate: Fraction, drop_frame: bool = False) -> Fraction:
    """Read `[HH:]MM:SS:FF`; a semicolon before the frames means drop-frame counting.

    Args:
        text: What was typed.
        rate: Frames per second.
        drop_frame: Count in drop-frame also where there is no semicolon.

    Returns:
        Seconds of the frame's start.

    Raises:
        ValueError: The text is no timecode, or names a frame that cannot exist.
    """
    match = _PATTERN.match(text.strip())
    if match is None:
        raise ValueError(f"not a timecode: {text!r}")
    minus, hours, minute, second, frames = match.groups()
    nominal = max(round(rate), 1)
    if int(minute) > 59 or int(second) > 59 or int(frames) >= nominal:
        raise ValueError(f"no such timecode at {nominal} frames a second: {text!r}")
    minutes = int(hours or 0) * 60 + int(minute)
    frame = (minutes * 60 + int(second)) * nominal + int(frames)
    if (drop_frame or ";" in text) and supports_drop_frame(rate):
        dropped = nominal // 15
        if minutes % 10 and int(second) == 0 and int(frames) < dropped:
            raise ValueError(f"drop-frame timecode skips {text!r}")
        frame -= dropped * (minutes - minutes // 10)
    return Fraction(-frame if minus else frame) / rate


def format_clock(seconds: float) -> str:
    """Write a time as `H:MM:SS.mmm`, for streams without a frame rate."""
    sign = "-" if seconds < 0 else ""
    milliseconds = round(abs(seconds) * 1000)
    whole, milli = divmod(milliseconds, 1000)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    return f"{sign}{hour}:{minute:02d}:{second:02d}.{milli:03d}"


def _with_dropped_numbers(frame: int, nominal: int) -> int:
    """Turn a count of real frames into drop-frame numbering (SMPTE ST 12-1)."""
    dropped = nominal // 15
    per_minute = nominal * 60 - dropped
    per_ten = per_minute * 10 + dropped
    tens, rest = divmod(frame, per_ten)
    minutes_in = max(rest - dropped, 0) // per_minute
    return frame + dropped * 9 * tens + dropped * minutes_in
