"""Answers in training: how far from the parent's, and each stretch by its surest."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from core.learning.retrain.answer import divergence, percent, surest


def test_the_same_answers_are_no_way_apart_and_others_are() -> None:
    was = torch.tensor([-8.0, -1.0, 0.0, 3.0, 8.0])
    assert divergence(was, was).tolist() == pytest.approx([0.0] * 5, abs=1e-6)
    p, q = 0.3, 0.8
    said, wanted = (torch.logit(torch.tensor([v])) for v in (q, p))
    told = p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))
    assert float(divergence(said, wanted)) == pytest.approx(told, abs=1e-5)


def test_it_pulls_where_both_are_sure_of_opposite_things() -> None:
    said = torch.tensor([9.0], requires_grad=True)
    divergence(said, torch.tensor([-9.0])).sum().backward()
    assert said.grad is not None
    assert float(said.grad) == pytest.approx(1.0, abs=1e-3)


def test_each_stretch_counts_once_by_its_surest_picture() -> None:
    said = np.array([0.2, 0.95, 0.4, 0.1])
    most, true = surest(said, [3, 1, 1, 3], [False, True, True, False])
    assert most.tolist() == [0.95, 0.2]
    assert true.tolist() == [True, False]
    assert percent(most[~true]) == pytest.approx(20.0)
    assert np.isnan(percent(most[:0]))
