"""Making probabilities mean what they say, on sources that were not learned from."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

_STEPS = 100
_LONGEST_STEP = 2.0


def platt(logits: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """Scale and offset that make logits most likely; the scale is positive.

    After Platt 1999. Both kinds of truth must occur, else nothing is changed.
    """
    if not 0 < truth.sum() < len(truth):
        return 1.0, 0.0
    said = torch.tensor(logits, dtype=torch.float64)
    true = torch.tensor(truth, dtype=torch.float64)
    values = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    _least(
        values,
        lambda: functional.binary_cross_entropy_with_logits(
            said * values[0].exp() + values[1], true
        ),
    )
    scale, offset = values.detach().tolist()
    return math.exp(scale), float(offset)


def temperature(logits: np.ndarray, classes: np.ndarray) -> float:
    """What logits of exclusive classes are divided by to be most likely (Guo et al. 2017).

    Args:
        logits: Shape (n, classes).
        classes: The right ones, shape (n,).

    Returns:
        A positive number; 1 where there is nothing to go by.
    """
    if not len(classes):
        return 1.0
    said = torch.tensor(logits, dtype=torch.float64)
    true = torch.tensor(classes, dtype=torch.int64)
    value = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    _least(value, lambda: functional.cross_entropy(said / value.exp(), true))
    return math.exp(float(value.detach()))


def _least(values: Tensor, lost: Callable[[], Tensor]) -> None:
    solver = torch.optim.LBFGS([values], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        solver.zero_grad()
        loss = lost()
        loss.backward()
        return loss

    solver.step(closure)


def logistic(
    features: np.ndarray, truth: np.ndarray, weights: np.ndarray, decay: float = 1e-3
) -> tuple[float, ...]:
    """Weights of a logistic regression.

    Args:
        features: Shape (n, features); the first is 1 and is not held back.
        truth: 0 or 1, shape (n,).
        weights: How much each counts, shape (n,).
        decay: How much large weights cost, of features scaled to a deviation of 1.

    Returns:
        One for each feature, for features as they are given.
    """
    middle, spread = features.mean(axis=0), features.std(axis=0)
    middle[0], spread[0] = 0.0, 1.0
    spread = np.maximum(spread, 1e-9)
    given = (features - middle) / spread
    share = weights / weights.sum()
    held = np.full(features.shape[1], 2 * decay)
    held[0] = 1e-9
    values = np.zeros(features.shape[1])
    for _ in range(_STEPS):
        said = 1 / (1 + np.exp(-np.clip(given @ values, -30, 30)))
        slope = given.T @ (share * (said - truth)) + held * values
        bend = (given * (share * said * (1 - said))[:, None]).T @ given + np.diag(held)
        step = np.linalg.solve(bend, slope)
        # Newton's step may overshoot where nearly all is certain.
        values -= step * min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-8:
            break
    found = values / spread
    found[0] -= float((found[1:] * middle[1:]).sum())
    return tuple(float(value) for value in found)
