"""Timecode, against the counting rule of SMPTE ST 12-1 written out frame by frame."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.domain.timecode import (
    format_clock,
    format_timecode,
    parse_timecode,
    supports_drop_frame,
)

NTSC = Fraction(30000, 1001)
NTSC_60 = Fraction(60000, 1001)
PAL = Fraction(25)


def _count(frames: int, nominal: int, dropped: int) -> str:
    """Count drop-frame labels one by one."""
    hour = minute = second = frame = 0
    for _ in range(frames):
        frame += 1
        if frame == nominal:
            frame, second = 0, second + 1
            if second == 60:
                second, minute = 0, minute + 1
                if minute % 10:
                    frame = dropped
                if minute == 60:
                    minute, hour = 0, hour + 1
    return f"{hour:02d}:{minute:02d}:{second:02d};{frame:02d}"


@pytest.mark.parametrize(
    "frame", [0, 1, 1799, 1800, 1801, 3597, 3598, 17981, 17982, 17983, 19781, 107892]
)
def test_drop_frame_labels_follow_the_counting_rule(frame: int) -> None:
    assert format_timecode(frame / NTSC, NTSC, drop_frame=True) == _count(frame, 30, 2)


@pytest.mark.parametrize("frame", [3599, 3600, 3601, 35963, 35964, 35965])
def test_double_rate_drops_four_numbers(frame: int) -> None:
    assert format_timecode(frame / NTSC_60, NTSC_60, drop_frame=True) == _count(frame, 60, 4)


def test_every_frame_of_a_second_has_its_own_label() -> None:
    labels = [format_timecode(Fraction(n, 25), PAL) for n in range(51)]
    assert labels[0] == "00:00:00:00"
    assert labels[24:26] == ["00:00:00:24", "00:00:01:00"]
    assert len(set(labels)) == 51


@pytest.mark.parametrize("rate", [NTSC, NTSC_60, Fraction(120)])
def test_time_stamps_rounded_to_milliseconds_keep_their_frame_at_high_rates(
    rate: Fraction,
) -> None:
    for n in range(2000):
        seconds = Fraction(round(n * 1000 / rate), 1000)
        assert format_timecode(seconds, rate) == format_timecode(n / rate, rate)


def test_time_stamps_rounded_down_to_milliseconds_keep_their_frame() -> None:
    for n in range(2000):
        seconds = Fraction(int(n * 1000 / PAL), 1000)
        assert format_timecode(seconds, PAL) == format_timecode(Fraction(n, 25), PAL)


@pytest.mark.parametrize(("rate", "drop"), [(PAL, False), (NTSC, False), (NTSC, True)])
def test_what_is_written_is_read_back(rate: Fraction, drop: bool) -> None:
    for frame in (0, 1, 29, 1800, 1801, 17982, 53946):
        text = format_timecode(frame / rate, rate, drop)
        assert parse_timecode(text, rate) == frame / rate


def test_negative_times_have_a_minus() -> None:
    assert format_timecode(Fraction(-1), PAL) == "-00:00:01:00"
    assert parse_timecode("-00:00:01:00", PAL) == -1


@pytest.mark.parametrize("text", ["", "12", "00:00:61:00", "00:61:00:00", "00:00:00:25", "a:b:c:d"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="timecode"):
        parse_timecode(text, PAL)


def test_a_dropped_number_names_no_frame() -> None:
    with pytest.raises(ValueError, match="skips"):
        parse_timecode("00:01:00;01", NTSC)
    assert parse_timecode("00:10:00;01", NTSC) > 0


def test_drop_frame_is_only_for_the_ntsc_rates() -> None:
    assert supports_drop_frame(NTSC)
    assert supports_drop_frame(NTSC_60)
    assert not supports_drop_frame(PAL)
    assert ";" not in format_timecode(Fraction(60), PAL, drop_frame=True)


def test_rates_above_a_hundred_keep_three_digits() -> None:
    assert format_timecode(Fraction(119, 120), Fraction(120)) == "00:00:00:119"


def test_clock_rounds_to_milliseconds() -> None:
    assert format_clock(3661.2345) == "1:01:01.234"
    assert format_clock(-0.5) == "-0:00:00.500"
    assert format_clock(59.9996) == "0:01:00.000"
