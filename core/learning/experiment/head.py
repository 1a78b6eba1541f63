"""The learner of a round: the shipped decision, moved by what the verdicts say.

A logistic regression on what the shipped network sees, with the shipped logit as its offset:
without verdicts it says what the shipped weights say, and replay keeps it there on what they have
learned.
It is convex, so that a round is the same on every machine and takes a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.learning.experiment.feature import Looked
from core.learning.experiment.protocol import Learner

Floats = NDArray[np.float64]

_STEPS = 100
_SHORTEST = 1e-6
_ENOUGH = 1e-4
_DONE = 1e-10
_SURE = 30.0
_CONSTANT = 1e-3
_FAR = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Few numbers in place of many: principal directions, found without any verdict.

    Attributes:
        middle: Of the features, shape (d,).
        scale: One over their deviations; 0 for features that are the same everywhere, shape (d,).
        directions: Shape (d, k).
    """

    middle: Floats
    scale: Floats
    directions: Floats

    @classmethod
    def of(cls, sets: Sequence[Floats], count: int, evenness: float) -> Self:
        """From pictures alone.

        Args:
            sets: Features of what may be looked at beforehand, each of shape (n, d): the library
                and replay, nothing that is measured on.
            count: How many directions.
            evenness: 1 gives all directions the same deviation, 0 leaves them as they are.
        """
        values = np.concatenate(sets)
        middle, spread = values.mean(axis=0), values.std(axis=0)
        scale = np.where(spread > _CONSTANT, 1 / np.maximum(spread, _CONSTANT), 0.0)
        scaled = np.clip((values - middle) * scale, -_FAR, _FAR)
        size, vectors = _largest(scaled, count)
        if vectors.shape[0] == len(values):
            vectors = scaled.T @ (vectors / np.sqrt(size * len(values)))
        # Signs are arbitrary: fix them, so that every library of algebra gives the same.
        vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), range(len(size))])
        return cls(middle, scale, vectors / np.sqrt(size[0] ** (1 - evenness) * size**evenness))

    def __call__(self, features: Floats) -> Floats:
        """Shape (n, k) of features of shape (n, d)."""
        scaled = np.clip((features - self.middle) * self.scale, -_FAR, _FAR)
        return np.asarray(scaled @ self.directions)


def _largest(scaled: Floats, count: int) -> tuple[Floats, Floats]:
    """Variances and directions of the smaller of the two Gram matrices, largest first."""
    n, d = scaled.shape
    gram = scaled @ scaled.T if n < d else scaled.T @ scaled
    size, vectors = np.linalg.eigh(gram / n)
    order = np.argsort(-size)[:count]
    kept = order[size[order] > _CONSTANT * size[order[0]]]
    return size[kept], vectors[:, kept]


def features_of(looked: Looked, wide: bool) -> Floats:
    """What a learner goes by: what the shipped decision hears, or all features, shape (n, d)."""
    parts = (looked.heard, looked.seen) if wide else (looked.heard,)
    return np.concatenate(parts, axis=1).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Pictures with what was said of them.

    Attributes:
        offset: Shipped logits, shape (n,).
        given: By `Basis`, shape (n, k).
        truth: 1 corrupted, 0 not, shape (n,).
    """

    offset: Floats
    given: Floats
    truth: Floats

    def at(self, places: NDArray[np.int64]) -> Known:
        """Some of them."""
        return Known(self.offset[places], self.given[places], self.truth[places])


def fit(learner: Learner, verdicts: Known, replay: Known, count: Floats | None = None) -> Floats:
    """Learn from verdicts, with replay.

    Args:
        learner: How.
        verdicts: Of the reviewer.
        replay: Of the domain that the shipped weights learned from.
        count: How much each verdict counts, shape (n,); None is once.

    Returns:
        Offset and weights, shape (1 + k,).
    """
    each = np.ones(len(verdicts.truth)) if count is None else count
    share = np.concatenate([each, np.full(len(replay.truth), learner.replay / len(replay.truth))])
    held = learner.held
    wanted = (1 - held) * replay.truth + held * _probability(replay.offset)
    truth = np.concatenate([verdicts.truth, wanted])
    offset = np.concatenate([verdicts.offset, replay.offset])
    given = np.concatenate([verdicts.given, replay.given])
    given = np.concatenate([np.ones((len(given), 1)), given], axis=1)
    values = np.zeros(given.shape[1])
    lost = _loss(values, learner.decay, offset, given, truth, share)
    for _ in range(_STEPS):
        said = _probability(offset + given @ values)
        slope = given.T @ (share * (said - truth)) + learner.decay * values
        bend = (given * (share * said * (1 - said))[:, None]).T @ given
        step = np.linalg.solve(bend + learner.decay * np.eye(len(values)), slope)
        # Newton's step overshoots where nearly all is certain: halved until it goes down.
        length = 1.0
        while length > _SHORTEST:
            there = values - length * step
            now = _loss(there, learner.decay, offset, given, truth, share)
            if now <= lost - _ENOUGH * length * float(slope @ step):
                break
            length /= 2
        values, before, lost = there, lost, now
        if before - lost <= _DONE * max(lost, 1.0):
            break
    return values


def _loss(
    values: Floats, decay: float, offset: Floats, given: Floats, truth: Floats, share: Floats
) -> float:
    """Cross-entropy and what the weights cost."""
    logit = offset + given @ values
    of_each = np.logaddexp(0.0, logit) - truth * logit
    return float(share @ of_each + decay / 2 * values @ values)


def says(values: Floats, offset: Floats, given: Floats) -> Floats:
    """Probabilities that pictures are corrupted.

    Args:
        values: Of `fit`.
        offset: Shipped logits, shape (n,).
        given: By `Basis`, shape (n, k).
    """
    return _probability(offset + values[0] + given @ values[1:])


def _probability(logit: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -_SURE, _SURE))))
