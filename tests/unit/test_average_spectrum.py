"""The average spectrum says how loud a sine is and where."""

from __future__ import annotations

import numpy as np
import pytest

from core.media.average_spectrum import average_spectrum

RATE = 48000


def test_a_sine_stands_at_its_level_and_frequency() -> None:
    time = np.arange(2 * RATE) / RATE
    made = average_spectrum((0.1 * np.sin(2 * np.pi * 50 * time)).astype(np.float32), RATE)
    assert made is not None
    assert made.step_hz < 2.0
    assert int(made.levels_db.argmax()) * made.step_hz == pytest.approx(50.0, abs=made.step_hz)
    assert made.level_at(45, 55) == pytest.approx(-20.0, abs=1.5)
    assert made.level_at(100, 110) < -100.0
    assert made.high_hz == pytest.approx(RATE / 2)


def test_between_two_bins_the_level_lies_between_theirs() -> None:
    noise = np.random.default_rng(1).standard_normal(RATE).astype(np.float32)
    made = average_spectrum(noise, RATE)
    assert made is not None
    low, high = sorted(float(level) for level in made.levels_db[100:102])
    assert low <= made.level_at(100.4 * made.step_hz, 100.6 * made.step_hz) <= high
    assert made.level_at(1e6, 2e6) == float(made.levels_db[-1])


@pytest.mark.parametrize(("count", "some"), [(0, False), (63, False), (64, True), (1000, True)])
def test_short_stretches_are_taken_whole_until_they_say_nothing(count: int, some: bool) -> None:
    assert (average_spectrum(np.ones(count, np.float32), RATE) is not None) is some
