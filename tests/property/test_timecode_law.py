"""Laws of timecode, as SMPTE ST 12-1 counts: label after label, frame after frame."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.timecode import format_timecode, parse_timecode, supports_drop_frame

RATES = {
    "23.976": Fraction(24000, 1001),
    "24": Fraction(24),
    "25": Fraction(25),
    "29.97": Fraction(30000, 1001),
    "30": Fraction(30),
    "50": Fraction(50),
    "59.94": Fraction(60000, 1001),
    "60": Fraction(60),
}
DROP = ("29.97", "59.94")
# A little more than two days: hours beyond 24 count on.
FRAMES = st.integers(0, 60 * 60 * 60 * 50)


def ways() -> list[tuple[str, bool]]:
    return [(name, False) for name in RATES] + [(name, True) for name in DROP]


def after(label: str, nominal: int, drop: bool) -> str:
    """The label of the next frame, by the counting rule alone."""
    hour, minute, second, frame = map(int, re.split("[:;]", label))
    frame += 1
    if frame == nominal:
        frame, second = 0, second + 1
    if second == 60:
        second, minute = 0, minute + 1
        if drop and minute % 10:
            # Numbers 0 and 1 are left out each minute but every tenth; 0 to 3 at twice the rate.
            frame = 2 if nominal == 30 else 4
    if minute == 60:
        minute, hour = 0, hour + 1
    sign = ";" if drop else ":"
    return f"{hour:02d}:{minute:02d}:{second:02d}{sign}{frame:02d}"


@pytest.mark.parametrize(("name", "drop"), ways())
@given(FRAMES)
def test_each_frame_has_the_label_after_the_one_before(name: str, drop: bool, frame: int) -> None:
    rate = RATES[name]
    here = format_timecode(frame / rate, rate, drop)
    assert format_timecode((frame + 1) / rate, rate, drop) == after(here, round(rate), drop)


@pytest.mark.parametrize(("name", "drop"), ways())
@given(FRAMES)
def test_labels_are_read_back_to_the_same_frame(name: str, drop: bool, frame: int) -> None:
    rate = RATES[name]
    label = format_timecode(frame / rate, rate, drop)
    assert parse_timecode(label, rate) == frame / rate
    assert parse_timecode(label.replace(";", ":"), rate, drop) == frame / rate


@pytest.mark.parametrize("name", DROP)
@given(st.integers(0, 200))
def test_drop_frame_keeps_to_the_clock(name: str, tens: int) -> None:
    """Every ten minutes it is right within what a thousandth too slow a rate leaves over."""
    rate = RATES[name]
    label = f"{tens // 6:02d}:{tens % 6 * 10:02d}:00;00"
    assert abs(parse_timecode(label, rate) - tens * 600) <= tens * Fraction(1, 1000) * 600 / 1000


@pytest.mark.parametrize("name", DROP)
@given(st.integers(0, 47), st.integers(0, 59), st.integers(0, 3))
def test_left_out_numbers_are_refused(name: str, hour: int, minute: int, frame: int) -> None:
    rate = RATES[name]
    left_out = minute % 10 != 0 and frame < round(rate) // 15
    label = f"{hour:02d}:{minute:02d}:00;{frame:02d}"
    if left_out:
        with pytest.raises(ValueError, match="skips"):
            parse_timecode(label, rate)
    else:
        assert format_timecode(parse_timecode(label, rate), rate, True) == label


def test_rates_that_a_container_rounded_still_drop() -> None:
    assert supports_drop_frame(Fraction(2997, 100))
    assert supports_drop_frame(Fraction(5994, 100))
    assert [name for name, rate in RATES.items() if supports_drop_frame(rate)] == list(DROP)
