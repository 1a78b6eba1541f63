"""The pace: what is usual counts, pauses do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.review.pace import LEAST, PAUSE_S, Pace


def _paced(*intervals_s: float, flags: int = 1) -> Pace:
    pace, now_s = Pace(), 100.0
    pace.note(now_s, flags)
    for interval_s in intervals_s:
        now_s += interval_s
        pace.note(now_s, flags)
    return pace


def test_no_pace_is_told_before_enough_is_decided() -> None:
    assert _paced(*[3.0] * (LEAST - 1)).progress(4, 60).minutes is None
    assert _paced(*[3.0] * LEAST).progress(6, 60).minutes == pytest.approx(3.0)


def test_pauses_and_one_long_look_do_not_count() -> None:
    steady = _paced(*[4.0] * 10).seconds_per_flag
    assert _paced(*[4.0] * 5, PAUSE_S + 1, *[4.0] * 5).seconds_per_flag == steady
    assert _paced(*[4.0] * 5, 3600.0, *[4.0] * 3, 80.0, *[4.0] * 2).seconds_per_flag == steady


def test_flags_decided_together_share_the_time() -> None:
    assert _paced(*[6.0] * 8, flags=3).seconds_per_flag == pytest.approx(2.0)


def test_only_the_latest_decisions_count() -> None:
    assert _paced(*[20.0] * 50, *[2.0] * 40).seconds_per_flag == pytest.approx(2.0)


def test_another_title_starts_anew() -> None:
    pace = _paced(*[4.0] * 10)
    pace.clear()
    assert pace.seconds_per_flag is None


@given(st.lists(st.floats(0.1, 200.0), min_size=1, max_size=60), st.integers(0, 500))
def test_pace_lies_among_the_intervals_and_nothing_left_takes_no_time(
    intervals_s: list[float], left: int
) -> None:
    pace = _paced(*intervals_s)
    each_s = pace.seconds_per_flag
    if each_s is not None:
        assert min(intervals_s) - 1e-6 <= each_s <= PAUSE_S + 1e-6
        assert pace.progress(1, 0).minutes == 0.0
        assert pace.progress(1, left).minutes == pytest.approx(left * each_s / 60)
