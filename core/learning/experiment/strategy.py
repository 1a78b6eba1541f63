"""Ways of choosing what to ask: by chance, by one rule, and as the product does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.selection.plan import Rule, plan
from core.selection.uncertainty import committee, entropy, margin

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

OURS = "ours"
RANDOM = "random"


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """The pictures of the library that nothing was said of yet.

    What is true of them is no part of it, and nothing that is measured on is.

    Attributes:
        probability: What the learner says now, shape (n,).
        members: What each of a committee says, shape (m, n).
        embedding: Shape (n, k), on comparable scales.
        title: Number of the source, shape (n,).
        verdicts: How many there are already.
        rule: How the product chooses.
    """

    probability: Floats
    members: Callable[[], Floats]
    embedding: Floats
    title: Indices
    verdicts: int
    rule: Rule


Strategy = Callable[[Open, int, int], Indices]
"""Takes what is open, a budget and a seed; gives indices into what is open."""


def _by_chance(open_: Open, budget: int, seed: int) -> Indices:
    drawn = np.random.default_rng([seed, 7]).permutation(len(open_.title))
    return np.asarray(drawn[:budget], np.int64)


def _highest(unsure: Floats, budget: int) -> Indices:
    return np.asarray(np.argsort(-unsure, kind="stable")[:budget], np.int64)


def _by_margin(open_: Open, budget: int, _seed: int) -> Indices:
    return _highest(margin(open_.probability), budget)


def _by_entropy(open_: Open, budget: int, _seed: int) -> Indices:
    return _highest(entropy(open_.probability), budget)


def _by_committee(open_: Open, budget: int, _seed: int) -> Indices:
    return _highest(committee(open_.members(), "kl"), budget)


def _ours(open_: Open, budget: int, seed: int) -> Indices:
    chosen = plan(
        margin(open_.probability),
        open_.embedding,
        [int(title) for title in open_.title],
        budget,
        seed,
        open_.verdicts,
        open_.rule,
    )
    found = np.array([choice.index for choice in chosen], np.int64)
    # Where all that is left repeats what was asked, a round is filled up by chance.
    rest = [index for index in _by_chance(open_, len(open_.title), seed) if index not in set(found)]
    return np.concatenate([found, np.array(rest[: budget - len(found)], np.int64)])


STRATEGIES: Mapping[str, Strategy] = MappingProxyType(
    {
        RANDOM: _by_chance,
        "margin": _by_margin,
        "entropy": _by_entropy,
        "committee": _by_committee,
        OURS: _ours,
    }
)
"""By name. For two classes margin and entropy rank alike, and are both there to show it."""
