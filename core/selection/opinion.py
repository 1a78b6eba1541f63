"""A committee of small models that learn from verdicts which flags people confirm."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.linear_model import LogisticRegression

MEMBERS = 8
"""More change the order of questions little."""


def opinions(
    known: ArrayLike, answers: ArrayLike, asked: ArrayLike, seed: int, members: int = MEMBERS
) -> NDArray[np.float64]:
    """How probable each member thinks it is that a person would confirm.

    Each member learns from verdicts drawn anew with replacement (Breiman 1996), both kinds of
    answer among them, so that they disagree where verdicts say little.

    Args:
        known: Embeddings of what has a verdict, shape (n, d), scaled as `asked`.
        answers: True where a person confirmed, shape (n,); both answers occur.
        asked: Embeddings of what has none, shape (k, d).
        seed: Decides the draws.
        members: How many.

    Returns:
        Shape (members, k), 0..1.

    Raises:
        ValueError: All answers are the same.
    """
    points, said = np.asarray(known, np.float64), np.asarray(answers, bool)
    if said.all() or not said.any():
        raise ValueError("a committee needs both answers")
    draw = np.random.default_rng(seed)
    sides = [np.flatnonzero(said), np.flatnonzero(~said)]
    told = []
    for _ in range(members):
        rows = np.concatenate([draw.choice(side, len(side)) for side in sides])
        model = LogisticRegression(max_iter=500).fit(points[rows], said[rows])
        told.append(model.predict_proba(np.asarray(asked, np.float64))[:, 1])
    return np.asarray(told)
