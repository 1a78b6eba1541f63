"""Reliability and drift say what is the case, and nothing where little is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ks_2samp

from core.domain.interval import wilson
from core.domain.reliability import calibration_error, probability_by
from core.review.calibration import Told, reliability
from core.review.drift import Shift, drift


def told(probability: float, right: int, wrong: int, weight: float = 1.0) -> list[Told]:
    return [Told(probability, i < right, weight) for i in range(right + wrong)]


def test_probabilities_that_come_true_have_no_error() -> None:
    found = reliability(told(0.25, 25, 75) + told(0.75, 75, 25))
    assert found.error == pytest.approx(0.0)
    assert found.brier == pytest.approx(0.25 * 0.75)
    assert [one.count for one in found.bins] == [100, 100]
    assert not any(one.misleads for one in found.bins)


def test_overconfidence_shows_as_error_and_below_the_line() -> None:
    found = reliability(told(0.95, 20, 20))
    assert found.error == pytest.approx(0.45)
    assert found.bins[0].off == pytest.approx(-0.45)
    assert found.bins[0].misleads


def test_the_error_is_that_of_the_training_figures() -> None:
    rng = np.random.default_rng(3)
    said = rng.random(300)
    true = rng.random(300) < said**2
    found = reliability([Told(float(p), bool(t)) for p, t in zip(said, true, strict=True)])
    assert found.error == pytest.approx(calibration_error(said, true))
    assert found.brier == pytest.approx(float(((said - true) ** 2).mean()))


def test_a_fitted_curve_is_straight_between_its_points_and_level_beyond() -> None:
    curve = ((0.2, 0.1), (0.6, 0.5))
    said = [probability_by(curve, score) for score in (0.0, 0.2, 0.4, 0.9)]
    assert said == pytest.approx([0.1, 0.1, 0.3, 0.5])


def test_weights_bring_a_lopsided_draw_back_to_the_library() -> None:
    # One in ten of the rejected was asked about, all of the confirmed.
    drawn = told(0.85, 50, 0) + told(0.85, 0, 5, weight=10.0)
    found = reliability(drawn)
    assert found.weighted
    assert found.bins[0].share == pytest.approx(0.5)
    plain = reliability(told(0.85, 50, 50)).bins[0]
    width = found.bins[0].share_high - found.bins[0].share_low
    assert width > plain.share_high - plain.share_low


def test_few_or_onesided_answers_are_not_enough() -> None:
    assert not reliability(told(0.9, 5, 5)).enough
    assert not reliability(told(0.9, 50, 0)).enough
    assert reliability(told(0.9, 40, 10)).enough
    assert reliability([]).count == 0


def test_wilsons_interval_is_that_of_the_books() -> None:
    # Newcombe (1998), table I: 81 of 263, 0 of 20.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(0, 0) == (0.0, 1.0)


def titles(rng: np.random.Generator, count: int, middle: float) -> list[np.ndarray]:
    return [rng.normal(middle, 1.0, rng.integers(50, 200)) for _ in range(count)]


def test_titles_alike_do_not_drift_and_others_do() -> None:
    rng = np.random.default_rng(1)
    before = titles(rng, 12, 0.0)
    same, other = (drift(before, titles(rng, 12, m)) for m in (0.0, 2.0))
    assert same.shift is Shift.NONE
    assert same.psi < 0.1
    assert other.shift is Shift.MUCH
    assert other.distance > other.chance
    for shares in (same.before, same.after):
        assert sum(shares) == pytest.approx(1.0)


def test_the_distance_is_kolmogorov_and_smirnovs() -> None:
    rng = np.random.default_rng(2)
    x, y = rng.normal(0, 1, 300), rng.normal(0.4, 1.2, 200)
    assert drift([x], [y]).distance == pytest.approx(ks_2samp(x, y).statistic)


def test_a_long_title_counts_no_more_than_a_short_one() -> None:
    short, long = np.full(10, 1.0), np.full(10_000, 0.0)
    found = drift([long, short], [short, long])
    assert found.distance == pytest.approx(0.0)
    assert found.psi == pytest.approx(0.0)


def test_few_titles_say_nothing() -> None:
    rng = np.random.default_rng(4)
    assert drift(titles(rng, 2, 0.0), titles(rng, 9, 3.0)).shift is Shift.UNKNOWN
    assert drift([], titles(rng, 9, 3.0)).shift is Shift.UNKNOWN


def test_curves_that_stand_still_are_compared_too() -> None:
    still = [np.zeros(50) for _ in range(5)]
    assert drift(still, still).psi == pytest.approx(0.0)
    assert drift(still, [np.ones(50) for _ in range(5)]).psi > 0.25
