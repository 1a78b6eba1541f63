"""The whole experiment: sets, features, repetitions of every strategy, and what they save."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from core.learning.block_corruption.lesson import Lesson, read_lesson
from core.learning.block_corruption.source import drawn_scenes, sources_in
from core.learning.experiment.feature import Looked, look
from core.learning.experiment.protocol import ROLES, Protocol, Role, Stage
from core.learning.experiment.rounds import Ground, Round, repeat
from core.learning.experiment.saving import Saving, saving, verdicts_to
from core.learning.experiment.strategy import RANDOM, STRATEGIES
from core.learning.work_folder import write_whole
from core.models.block_corruption import BlockCorruptionNet
from core.models.corruption_runtime import DETECTOR, load_net
from core.models.weights import Weights, find

Progress = Callable[[float, str], None]

VERSION = 1
"""Of the table that is written."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to do and where.

    Attributes:
        protocol: What was fixed beforehand.
        data: Folders of clean titles and photographs; none takes scenes that are drawn by code.
        work: What the network saw is kept here; an interrupted experiment goes on from there.
        seeds: Of the repetitions.
        stage: `held_out` is what is reported; `tuning` is for making choices.
        weights: Name of the shipped weights.
    """

    protocol: Protocol
    data: tuple[Path, ...]
    work: Path
    seeds: tuple[int, ...]
    stage: Stage = "held_out"
    weights: str = DETECTOR


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One strategy in one repetition.

    Attributes:
        strategy: Its name.
        seed: Of the repetition.
        rounds: In order.
        asked: Indices of the library, in the order of asking.
        verdicts: Asked to the target; NaN where it was not reached.
    """

    strategy: str
    seed: int
    rounds: tuple[Round, ...]
    asked: NDArray[np.int64]
    verdicts: float


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """All that an experiment found.

    Attributes:
        order: What was asked for.
        weights: Name of the weights.
        sets: By role.
        ground: What the repetitions shared.
        target: Mean recall on the shifted test that was to be reached.
        courses: Every strategy in every repetition.
        savings: Against chance, by strategy.
        seconds: Of processor time, for looking and for the rounds.
    """

    order: Order
    weights: str
    sets: dict[Role, Looked]
    ground: Ground
    target: float
    courses: tuple[Course, ...]
    savings: dict[str, Saving]
    seconds: tuple[float, float]

    def of(self, strategy: str) -> list[Course]:
        """The repetitions of a strategy, by seed."""
        return [course for course in self.courses if course.strategy == strategy]


def experiment(order: Order, progress: Progress) -> Outcome:
    """Run it.

    Args:
        order: What to do.
        progress: Told the share that is done and what is going on.

    Raises:
        KnownError: Folders or weights are at fault, or there are too few titles.
    """
    torch.set_num_threads(1)
    began = time.process_time()
    found = find(order.weights)
    sets = look_at_all(order, found, load_net(found), read_lesson(), progress)
    looked = time.process_time()
    protocol = order.protocol
    ground = Ground(
        sets["library"],
        sets["replay"],
        sets["shifted_test"],
        sets["original_test"],
        protocol.learner,
        protocol.rule,
    )
    low, high = ground.shipped[0].mean_recall, ground.taught_all[0].mean_recall
    target = low + protocol.target * (high - low)
    courses = tuple(_courses(order, ground, target, progress))
    savings = savings_of(courses, len(sets["library"]))
    seconds = (looked - began, time.process_time() - looked)
    return Outcome(order, found.card.name, sets, ground, target, courses, savings, seconds)


def look_at_all(
    order: Order, weights: Weights, net: BlockCorruptionNet, lesson: Lesson, progress: Progress
) -> dict[Role, Looked]:
    """Make all sets and have the network look at them; see `feature.look`."""
    sources = sources_in(order.data, drawn=True) if order.data else drawn_scenes()
    name = weights.tensors_sha256
    return {
        role: look(
            order.protocol, lesson, net, name, sources, order.stage, role, order.work, progress
        )
        for role in ROLES
    }


def _courses(order: Order, ground: Ground, target: float, progress: Progress) -> list[Course]:
    found = []
    for seed in order.seeds:
        for name in STRATEGIES:
            rounds, asked = repeat(ground, name, order.protocol.schedule, seed)
            counts = [r.verdicts for r in rounds]
            reached = verdicts_to(target, counts, [r.shifted.mean_recall for r in rounds])
            found.append(Course(name, seed, tuple(rounds), asked, reached))
            done = len(found) / (len(order.seeds) * len(STRATEGIES))
            progress(done, f"seed {seed}, {name}")
    return found


def savings_of(courses: Sequence[Course], size: int) -> dict[str, Saving]:
    """What each strategy saves against chance.

    Args:
        courses: Every strategy has the same seeds, in the same order.
        size: Of the library.
    """
    reached = {
        name: np.array([c.verdicts for c in courses if c.strategy == name]) for name in STRATEGIES
    }
    return {name: saving(mine, reached[RANDOM], size) for name, mine in reached.items()}


def write(outcome: Outcome, folder: Path) -> Path:
    """Write everything that was found as JSON, with every seed and what was asked in which order.

    Raises:
        KnownError: The folder cannot be written.
    """
    path = folder / "active_learning.json"
    write_whole(path, json.dumps(as_table(outcome), indent=1) + "\n")
    return path


def as_table(outcome: Outcome) -> dict[str, Any]:
    """All figures, for JSON; NaN is null."""
    ground = outcome.ground
    ends = (("shipped", ground.shipped), ("told everything", ground.taught_all))
    return {
        "version": VERSION,
        "stage": outcome.order.stage,
        "weights": outcome.weights,
        "seeds": list(outcome.order.seeds),
        "target": outcome.target,
        "sets": {
            role: {
                "pictures": len(one),
                "corrupted": int(one.corrupted.sum()),
                "unclear": one.unclear,
                "titles": list(one.names),
            }
            for role, one in outcome.sets.items()
        },
        "ends": {
            name: {"shifted": asdict(both[0]), "original": asdict(both[1])} for name, both in ends
        },
        "savings": {name: asdict(one) for name, one in outcome.savings.items()},
        "courses": [
            {
                "strategy": course.strategy,
                "seed": course.seed,
                "verdicts": None if np.isnan(course.verdicts) else course.verdicts,
                "asked": course.asked.tolist(),
                "rounds": [asdict(one) for one in course.rounds],
            }
            for course in outcome.courses
        ],
        "seconds": {"looking": outcome.seconds[0], "rounds": outcome.seconds[1]},
    }
