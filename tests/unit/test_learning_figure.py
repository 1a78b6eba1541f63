"""Figures of a ranking: ROC AUC, average precision, intervals by title."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.learning.figure import average_precision, bootstrap, roc_auc


def test_perfect_ranking_is_one_and_its_reverse_nought() -> None:
    scores, truth = np.array([0.1, 0.2, 0.8, 0.9]), np.array([0.0, 0.0, 1.0, 1.0])
    assert roc_auc(scores, truth) == 1.0
    assert roc_auc(-scores, truth) == 0.0
    assert average_precision(scores, truth) == 1.0


def test_figures_of_a_known_ranking() -> None:
    scores, truth = np.array([4.0, 3.0, 2.0, 1.0]), np.array([1.0, 0.0, 1.0, 0.0])
    assert roc_auc(scores, truth) == pytest.approx(0.75)
    assert average_precision(scores, truth) == pytest.approx(0.5 * 1.0 + 0.5 * 2 / 3)


def test_equal_scores_say_nothing() -> None:
    scores, truth = np.ones(10), np.array([1.0, 0.0] * 5)
    assert roc_auc(scores, truth) == 0.5
    assert average_precision(scores, truth) == 0.5


def test_without_both_kinds_there_is_no_figure() -> None:
    assert np.isnan(roc_auc(np.ones(3), np.ones(3)))
    assert np.isnan(average_precision(np.ones(3), np.zeros(3)))


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
def test_auc_is_the_chance_that_a_positive_is_ranked_higher(pairs: list[tuple[int, bool]]) -> None:
    scores = np.array([float(score) for score, _ in pairs])
    truth = np.array([float(yes) for _, yes in pairs])
    yes, no = scores[truth > 0], scores[truth == 0]
    if not len(yes) or not len(no):
        assert np.isnan(roc_auc(scores, truth))
        return
    wins = (yes[:, None] > no).mean() + 0.5 * (yes[:, None] == no).mean()
    assert roc_auc(scores, truth) == pytest.approx(wins)


def test_interval_is_wider_where_few_titles_decide() -> None:
    rng = np.random.default_rng(1)
    truth = np.tile([0.0, 1.0], 100)
    titles = [f"t{i // 50}" for i in range(200)]
    per_title = np.repeat([1.5, 0.0, 1.5, 0.0], 50)
    scores = truth * per_title + rng.normal(0, 1, 200)
    few = bootstrap(roc_auc, scores, truth, titles)
    many = bootstrap(roc_auc, scores, truth, [str(i) for i in range(200)])
    assert few[0] <= roc_auc(scores, truth) <= few[1]
    assert few[1] - few[0] > many[1] - many[0]
