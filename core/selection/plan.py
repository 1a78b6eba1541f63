"""What to ask a person next: chance, typical samples or uncertain ones, and why each was chosen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.selection.audit import audit
from core.selection.diversity import cap_near_duplicates, typical, uncertain_half_clusters

AUDIT_SHARE = 0.1
"""Of what is asked, so much is drawn by chance."""

FEW_VERDICTS = 20
"""Below so many verdicts typical samples are asked first: what the detector says is unsure means
little while nobody has told it anything about this library."""

MOST_A_TITLE = 5
"""At most so many of one title; unless the titles are so few that the budget could not be spent."""

NEAR = 0.1
"""Of the typical distance between two samples: closer ones of a title are near duplicates."""

UNSURE_SHARE = 0.1
"""Of the samples, so many of the least sure are chosen from. The annotation article takes half, of
pictures in which every class is common; of flags of a rare defect that is mostly what is sure to be
clean, and took two to four times the verdicts (docs/active-learning.md)."""

_PAIRS = 20_000
_ROUNDS = 6


class Why(StrEnum):
    """Why a sample was chosen."""

    AUDIT = "audit"
    TYPICAL = "typical"
    UNCERTAIN = "uncertain"


SENTENCES = {
    Why.AUDIT: "Drawn by chance, so that figures about the library stay honest.",
    Why.TYPICAL: "Typical of many: there are few verdicts yet.",
    Why.UNCERTAIN: "The detector is unsure here, and about others like it.",
}
"""What to tell a person."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One sample to ask about.

    Attributes:
        index: Of the sample.
        why: Why it was chosen.
        chance: Its probability to be drawn, of one drawn by chance; 0 for the others, whose
            verdicts say nothing about how common something is.
    """

    index: int
    why: Why
    chance: float = 0.0

    @property
    def sentence(self) -> str:
        """Why, in words."""
        return SENTENCES[self.why]


@dataclass(frozen=True, slots=True)
class Rule:
    """How to choose.

    Attributes:
        audit_share: Of the budget, drawn by chance; at least one from a budget of five on.
        few_verdicts: Below so many verdicts typical samples come first.
        most_a_title: At most so many of a title, those drawn by chance aside.
        near: Share of the typical distance below which two samples of a title are the same.
        unsure_share: Of the samples, so many of the least sure are chosen from.
    """

    audit_share: float = AUDIT_SHARE
    few_verdicts: int = FEW_VERDICTS
    most_a_title: int | None = MOST_A_TITLE
    near: float = NEAR
    unsure_share: float = UNSURE_SHARE


def plan(
    uncertainty: ArrayLike,
    embeddings: ArrayLike,
    titles: Sequence[Hashable],
    budget: int,
    seed: int,
    verdicts: int = 0,
    rule: Rule | None = None,
) -> tuple[Choice, ...]:
    """Choose what to ask about.

    The audit share is drawn first, from all samples alike. Of the rest, those that nearly repeat
    another choice of their title give way to others, and so does what exceeds a title's share.

    Args:
        uncertainty: Of each sample without a verdict, shape (n,); more is less sure.
        embeddings: Of each, shape (n, d), on scales that may be compared (`scaled`).
        titles: Of each, length n.
        budget: How many to choose at most.
        seed: Decides all that chance decides.
        verdicts: How many there are already of this detector.
        rule: How to choose; None as usual.

    Returns:
        Choices in the order to ask them in: what matters most first, those by chance spread
        evenly among them.
    """
    rule = rule or Rule()
    unsure = np.asarray(uncertainty, np.float64)
    points = np.asarray(embeddings, np.float64)
    n = len(unsure)
    budget = min(budget, n)
    if budget <= 0:
        return ()
    drawn = audit(n, _audit_count(budget, rule.audit_share) / n, seed)
    by_chance = [
        Choice(int(index), Why.AUDIT, float(chance))
        for index, chance in zip(drawn.indices, drawn.chance, strict=True)
    ]
    why = Why.TYPICAL if verdicts < rule.few_verdicts else Why.UNCERTAIN
    most = rule.most_a_title
    if most is not None:
        most = max(most, -(-budget // max(len(set(titles)), 1)))
    closer = rule.near * _usual_distance(points, seed)
    picker = _Picker(unsure, points, titles, why, most, closer, rule.unsure_share)
    picked = picker.pick(budget - len(by_chance), [c.index for c in by_chance], seed)
    return _spread([Choice(index, why) for index in picked], by_chance)


def scaled(features: ArrayLike) -> NDArray[np.float64]:
    """Features as embeddings: each centred and divided by its spread, constant ones left out.

    Args:
        features: Shape (n, d).
    """
    values = np.asarray(features, np.float64)
    spread = values.std(axis=0) if len(values) else np.zeros(values.shape[1])
    kept = spread > 1e-12
    if not kept.any():
        return np.zeros((len(values), 1))
    return np.asarray((values[:, kept] - values[:, kept].mean(axis=0)) / spread[kept])


class _Picker:
    """Picks in rounds: what has to give way in one is replaced in the next."""

    def __init__(
        self,
        unsure: NDArray[np.float64],
        points: NDArray[np.float64],
        titles: Sequence[Hashable],
        why: Why,
        most: int | None,
        closer: float,
        share: float,
    ) -> None:
        self._unsure, self._points, self._titles = unsure, points, titles
        self._why, self._most, self._closer, self._share = why, most, closer, share
        numbers = {title: i for i, title in enumerate(dict.fromkeys(titles))}
        self._title = np.array([numbers[title] for title in titles], np.int64)

    def pick(self, count: int, by_chance: Sequence[int], seed: int) -> list[int]:
        """Choose `count`, fewer when all the rest repeats what is chosen."""
        open_ = np.ones(len(self._unsure), bool)
        open_[list(by_chance)] = False
        self._close_like(open_, by_chance)
        picked: list[int] = []
        for turn in range(_ROUNDS):
            left = count - len(picked)
            pool = np.flatnonzero(open_)
            if not left or not len(pool):
                break
            if turn < _ROUNDS - 1:
                asked = self._ask(pool, left, seed + turn, picked)
            else:
                asked = pool[np.argsort(-self._unsure[pool], kind="stable")]
            fresh = cap_near_duplicates(
                asked, self._titles, self._points, self._most, self._closer, picked
            )[:left].tolist()
            picked += fresh
            open_[fresh] = False
            self._close_like(open_, fresh)
            self._close_full(open_, picked)
        return picked

    def _ask(
        self, pool: NDArray[np.int64], count: int, seed: int, picked: Sequence[int]
    ) -> NDArray[np.int64]:
        if self._why is Why.TYPICAL:
            both = np.concatenate([pool, np.asarray(picked, np.int64)])
            known = range(len(pool), len(both))
            return both[typical(self._points[both], count, seed, known)]
        unsure, points = self._unsure[pool], self._points[pool]
        return pool[uncertain_half_clusters(unsure, points, count, seed, self._share)]

    def _close_like(self, open_: NDArray[np.bool_], fresh: Iterable[int]) -> None:
        """Nothing is asked that nearly repeats a choice of its title."""
        for index in fresh:
            same = np.flatnonzero(open_ & (self._title == self._title[index]))
            distance = np.linalg.norm(self._points[same] - self._points[index], axis=1)
            open_[same[distance <= self._closer]] = False

    def _close_full(self, open_: NDArray[np.bool_], picked: Sequence[int]) -> None:
        if self._most is not None and picked:
            numbers, counts = np.unique(self._title[list(picked)], return_counts=True)
            open_[np.isin(self._title, numbers[counts >= self._most])] = False


def _audit_count(budget: int, share: float) -> int:
    if share <= 0:
        return 0
    return max(round(budget * share), 1 if budget >= 5 else 0)


def _usual_distance(points: NDArray[np.float64], seed: int) -> float:
    """Median distance of pairs drawn by chance."""
    if len(points) < 2:
        return 0.0
    pairs = np.random.default_rng(seed).integers(len(points), size=(2, _PAIRS))
    distance = np.linalg.norm(points[pairs[0]] - points[pairs[1]], axis=1)
    return float(np.median(distance[pairs[0] != pairs[1]]))


def _spread(choices: Sequence[Choice], by_chance: Sequence[Choice]) -> tuple[Choice, ...]:
    """Those by chance in even steps among the others, so that half a session has half of them."""
    total = len(choices) + len(by_chance)
    places = {(2 * i + 1) * total // (2 * len(by_chance)) for i in range(len(by_chance))}
    rest, drawn = iter(choices), iter(by_chance)
    return tuple(next(drawn if place in places else rest) for place in range(total))
