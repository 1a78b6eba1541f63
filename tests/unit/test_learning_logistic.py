"""A logistic regression finds what truth was drawn by, and doubts where nothing tells."""

from __future__ import annotations

import numpy as np
import pytest

from core.learning.calibration import logistic


def drawn(count: int, slope: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    features = np.stack([np.ones(count), random.normal(3, 2, count)], axis=1)
    likely = 1 / (1 + np.exp(-(slope * (features[:, 1] - 3) + 0.5)))
    return features, (random.random(count) < likely).astype(np.float64)


@pytest.mark.parametrize("slope", [0.0, 1.5, -1.0])
def test_the_weights_are_those_that_truth_was_drawn_by(slope: float) -> None:
    features, truth = drawn(20_000, slope)
    bias, weight = logistic(features, truth, np.ones(len(truth)), 1e-6)
    assert weight == pytest.approx(slope, abs=0.1)
    assert bias == pytest.approx(0.5 - 3 * slope, abs=0.3)


def test_what_counts_more_is_heeded_more() -> None:
    features = np.ones((2, 1))
    [even] = logistic(features, np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    [uneven] = logistic(features, np.array([0.0, 1.0]), np.array([1.0, 9.0]))
    assert even == pytest.approx(0, abs=1e-6)
    assert uneven == pytest.approx(np.log(9), abs=1e-4)


def test_truth_that_is_told_apart_wholly_gives_finite_weights() -> None:
    features = np.stack([np.ones(40), np.arange(40.0)], axis=1)
    found = logistic(features, (np.arange(40) > 19).astype(float), np.ones(40))
    assert np.isfinite(found).all()
    assert found[1] > 0
