"""Answers of a network in training: held to the parent's, and counted as people count flags."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional


def divergence(said: Tensor, was: Tensor) -> Tensor:
    """Kullback-Leibler divergence of what logits say from what others said, of each, in nats.

    Its slope does not fade where both are sure, as that of a squared distance of probabilities
    does: there an answer moves far before such a distance tells.
    """
    plain = functional.binary_cross_entropy_with_logits
    wanted = torch.sigmoid(was)
    return plain(said, wanted, reduction="none") - plain(was, wanted, reduction="none")


def surest(
    said: NDArray[np.floating], stretches: Sequence[int], true: Sequence[bool]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The surest answer of each judged stretch, as its rule would take it, and what it is."""
    most: dict[int, float] = {}
    for stretch, value in zip(stretches, said.tolist(), strict=True):
        most[stretch] = max(most.get(stretch, 0.0), value)
    truth = dict(zip(stretches, true, strict=True))
    numbers = sorted(most)
    return np.array([most[n] for n in numbers]), np.array([truth[n] for n in numbers], np.bool_)


def percent(values: NDArray[np.floating]) -> float:
    """Their mean in %; NaN without any."""
    return 100.0 * float(values.mean()) if len(values) else float("nan")


def balanced(judged: Sequence[tuple[bool, str, float]]) -> NDArray[np.float64]:
    """How often each judged thing is drawn: what is there and what is not alike, titles alike.

    Args:
        judged: Whether it is there, its title and its weight.

    Returns:
        Shape (n,), of sum 1.
    """
    chances = np.zeros(len(judged))
    kinds = {there for there, _title, _weight in judged}
    for kind in kinds:
        titles = sorted({title for there, title, _weight in judged if there == kind})
        for title in titles:
            rows = [n for n, (t, of, _w) in enumerate(judged) if (t, of) == (kind, title)]
            weights = np.array([judged[n][2] for n in rows])
            chances[rows] = weights / weights.sum() / len(titles) / len(kinds)
    return chances
