"""One repetition: a strategy asks, the reviewer answers, the learner learns, again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.learning.experiment.feature import Looked
from core.learning.experiment.head import Basis, Floats, Known, features_of, fit, says
from core.learning.experiment.protocol import Learner, Schedule
from core.learning.experiment.saving import mean_recall
from core.learning.experiment.strategy import STRATEGIES, Open
from core.learning.figure import average_precision, roc_auc
from core.selection.plan import Rule

Indices = NDArray[np.int64]

_MEMBERS = 5
_EMBEDDED = 32
_ALARMS = 0.01


@dataclass(frozen=True, slots=True)
class Score:
    """What a decision is worth on a set.

    Attributes:
        mean_recall: Over shares of false alarms from 0 to 5 %.
        auc: ROC AUC.
        precision: Average precision.
        recall: At 1 % false alarms.
    """

    mean_recall: float
    auc: float
    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a round.

    Attributes:
        verdicts: Given so far.
        corrupted: Of these, how many said that there is damage.
        shifted: Figures on the domain that is asked about, other titles.
        original: Figures on the domain that the shipped weights learned from.
    """

    verdicts: int
    corrupted: int
    shifted: Score
    original: Score


class Ground:
    """Everything that repetitions share: features of all sets, and the figures at both ends.

    Args:
        library: What is asked about.
        replay: Of the domain that the shipped weights learned from.
        shifted: Measured on, never asked about.
        original: Likewise.
        learner: How a round learns.
        rule: How the product chooses.
    """

    def __init__(
        self,
        library: Looked,
        replay: Looked,
        shifted: Looked,
        original: Looked,
        learner: Learner,
        rule: Rule,
    ) -> None:
        self.library, self.learner, self.rule = library, learner, rule
        sets = (library, replay, shifted, original)
        given = [features_of(one, learner.wide) for one in sets]
        basis = Basis.of(given[:2], learner.directions, learner.evenness)
        self.known, self.replay, self._shifted, self._original = (
            Known(one.logit, basis(mine), one.corrupted)
            for one, mine in zip(sets, given, strict=True)
        )
        everything = features_of(library, wide=True)
        self.embedding = Basis.of([everything], _EMBEDDED, 0.0)(everything)
        self.shipped = self.scored(np.zeros(1 + self.known.given.shape[1]))
        self.taught_all = self.scored(fit(learner, self.known, self.replay))

    def scored(self, values: Floats) -> tuple[Score, Score]:
        """Figures of a decision on the shifted and on the original test."""
        first, second = (
            score(says(values, one.offset, one.given), one.truth)
            for one in (self._shifted, self._original)
        )
        return first, second

    def start(self, count: int, seed: int) -> Indices:
        """The verdicts that every strategy of a seed begins with, by chance."""
        drawn = np.random.default_rng([seed, 3]).permutation(len(self.library))
        return np.asarray(drawn[:count], np.int64)


def score(said: Floats, truth: Floats) -> Score:
    """Figures of probabilities against the truth, both of shape (n,)."""
    clean = np.sort(said[truth <= 0])[::-1]
    line = clean[min(int(len(clean) * _ALARMS), len(clean) - 1)]
    return Score(
        mean_recall(said, truth),
        roc_auc(said, truth),
        average_precision(said, truth),
        float((said[truth > 0] > line).mean()),
    )


def repeat(
    ground: Ground,
    name: str,
    schedule: Schedule,
    seed: int,
    check: Callable[[], None] | None = None,
) -> tuple[list[Round], Indices]:
    """Ask until the whole library is answered.

    Args:
        ground: What is asked about and measured on.
        name: Of the strategy.
        schedule: Budgets.
        seed: Decides the start and all that chance decides later.
        check: Called every round; what it raises ends the work.

    Returns:
        The rounds, the first after the start; and what was asked, in order.
    """
    strategy = STRATEGIES[name]
    counts = schedule.counts(len(ground.library))
    asked = ground.start(counts[0], seed)
    rounds: list[Round] = []
    values = np.zeros(1 + ground.known.given.shape[1])
    for number, count in enumerate(counts):
        if check is not None:
            check()
        if number:
            open_ = _open(ground, asked, values, seed, number)
            fresh = strategy(open_, count - len(asked), seed * 1000 + number)
            asked = np.concatenate([asked, _left(ground, asked)[fresh]])
        values = fit(ground.learner, ground.known.at(asked), ground.replay)
        corrupted = int(ground.known.truth[asked].sum())
        rounds.append(Round(len(asked), corrupted, *ground.scored(values)))
    return rounds, asked


def _left(ground: Ground, asked: Sequence[int] | Indices) -> Indices:
    free = np.ones(len(ground.library), bool)
    free[asked] = False
    return np.flatnonzero(free)


def _open(ground: Ground, asked: Indices, values: Floats, seed: int, number: int) -> Open:
    left = _left(ground, asked)
    offset, given = ground.known.offset[left], ground.known.given[left]

    def members() -> Floats:
        """Heads that saw the verdicts with other weights (Bayesian bootstrap)."""
        rng = np.random.default_rng([seed, number, 11])
        found = []
        for _ in range(_MEMBERS):
            count = rng.exponential(size=len(asked))
            member = fit(ground.learner, ground.known.at(asked), ground.replay, count)
            found.append(says(member, offset, given))
        return np.stack(found)

    return Open(
        says(values, offset, given),
        members,
        ground.embedding[left],
        ground.library.title[left],
        len(asked),
        ground.rule,
    )
