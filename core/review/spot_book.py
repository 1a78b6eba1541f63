"""Spot checks as the desk uses them; any thread may."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from core.domain.spot import SpotAnswer, SpotPlan
from core.domain.title import Title
from core.review.spot_check import Miss, estimate, outcomes, plan_spots

if TYPE_CHECKING:
    from core.store.store import Store


@dataclass(frozen=True, slots=True)
class SpotOrder:
    """What a person wants drawn.

    Attributes:
        count: How many clips.
        clip_s: Length of a clip in seconds.
        strata: What clips are told apart by.
        name: What to call it; empty takes the day.
        seed: The same seed draws the same clips again.
    """

    count: int
    clip_s: float
    strata: tuple[str, ...]
    name: str = ""
    seed: int = 1


@dataclass(frozen=True, slots=True)
class SpotProgress:
    """A plan, and how far one person has come with it.

    Attributes:
        plan: The draw.
        looked: Places of the clips that the person has answered.
        by_all: How many clips anybody has answered.
    """

    plan: SpotPlan
    looked: frozenset[int]
    by_all: int

    @property
    def next_place(self) -> int:
        """The first clip that the person has not answered; the first of all when none is left."""
        places = range(len(self.plan.clips))
        return next((place for place in places if place not in self.looked), 0)


class SpotBook:
    """Plans, answers and estimates of one store.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def progress(self, reviewer: str) -> tuple[SpotProgress, ...]:
        """Every plan, newest first, and how far somebody has come.

        Raises:
            KnownError: The store cannot be read.
        """
        told = []
        for plan in reversed(self._store.spots.all()):
            answers = self._store.spots.answers(plan.id)
            own = frozenset(a.place for a in answers if a.reviewer == reviewer)
            told.append(SpotProgress(plan, own, len({a.place for a in answers})))
        return tuple(told)

    def plan(self, order: SpotOrder, by: str) -> SpotPlan:
        """Draw clips and keep the plan.

        Raises:
            KnownError: As `plan_spots`.
        """
        return plan_spots(
            self._store,
            count=order.count,
            by=by,
            name=order.name,
            clip_s=order.clip_s,
            strata=order.strata,
            seed=order.seed,
        )

    def answer(self, plan: SpotPlan, place: int, reviewer: str, seen: Collection[str]) -> None:
        """Keep what somebody saw; it is on the disk when this returns.

        Raises:
            KnownError: The store cannot be written.
        """
        now = datetime.now(UTC)
        self._store.spots.answer(SpotAnswer(plan.id, place, reviewer, now, frozenset(seen)))

    def misses(self, plan: SpotPlan) -> tuple[Miss, ...]:
        """What detectors miss, all together first; empty before anybody has looked.

        Raises:
            KnownError: The store cannot be read.
        """
        came = outcomes(self._store, plan)
        return estimate(plan, came) if came else ()

    def title(self, fingerprint: str) -> Title | None:
        """The title of a clip, as it was found last."""
        return self._store.titles.get(fingerprint)
