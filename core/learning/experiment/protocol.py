"""What is fixed before an experiment, as a file: domains, split, sizes, and what was named."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from core.learning.lesson_file import read_table, shipped_lesson
from core.selection.plan import Rule

Role = Literal["library", "shifted_test", "original_test", "replay"]

ROLES: tuple[Role, ...] = ("library", "shifted_test", "original_test", "replay")

Stage = Literal["tuning", "held_out"]
"""Where choices are made, and what is measured on once they are made."""


@dataclass(frozen=True, slots=True)
class Domain:
    """Where damage comes from.

    Attributes:
        name: What the protocol calls it.
        seed: Chooses everything that chance decides in it.
        codecs: Whose damaged streams occur; what is not damaged is coded with them, too.
        generators: Ways of painting damage.
        painted: Lowest and highest severity of painted damage.
        shown_first: Of a damaged stream's pictures those that show damage are kept first.
    """

    name: str
    seed: int
    codecs: tuple[str, ...]
    generators: tuple[str, ...]
    painted: tuple[float, float]
    shown_first: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """How many pieces a set has, and of what.

    Attributes:
        pieces: How many.
        damaged: Share of them that is damaged.
        decoys: Share with clean content that looks damaged.
    """

    pieces: int
    damaged: float
    decoys: float


@dataclass(frozen=True, slots=True)
class Learner:
    """How a round learns.

    Attributes:
        wide: It goes by all features, not only by what the shipped decision hears.
        directions: How many principal directions of them it goes by.
        evenness: 1 gives all directions the same deviation, 0 leaves them as they are.
        decay: What a unit of weight costs, in verdicts.
        replay: How much the whole of replay counts, in verdicts.
        held: What replay learns: 0 its truth, 1 what the shipped weights say of it, which is what
            is not to be forgotten; between them a mixture.
    """

    wide: bool
    directions: int
    evenness: float
    decay: float
    replay: float
    held: float = 0.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """When is asked how much.

    Attributes:
        start: Verdicts by chance that all strategies of a seed begin with.
        steps: Pairs of a number of verdicts and the budget of a round until there are so many.
    """

    start: int
    steps: tuple[tuple[int, int], ...]

    def counts(self, size: int) -> list[int]:
        """Verdicts after each round, up to the whole library."""
        found = [min(self.start, size)]
        for until, budget in self.steps:
            while found[-1] < min(until, size):
                found.append(min(found[-1] + budget, size))
        return found


@dataclass(frozen=True, slots=True)
class Protocol:
    """All that an experiment follows from besides the sources and the weights.

    Attributes:
        title: What people call it.
        seeds: Of the repetitions.
        frames: Pictures in a row that a piece is made of.
        kept: Of these, how many are asked about.
        window: Largest width and height in pixels.
        library_below: First byte of a source's digest below which it is in the library, 0..256.
        tuning_share: How large the sets are that choices are made on, against those that are
            reported.
        shelves: Sizes by role.
        domains: By name: `held_out`, `tuning` and `original`.
        learner: How a round learns.
        rule: How the product chooses what to ask.
        schedule: When is asked how much.
        target: Share of the way from the shipped weights to a learner that was told everything.
    """

    title: str
    seeds: tuple[int, ...]
    frames: int
    kept: int
    window: tuple[int, int]
    library_below: int
    tuning_share: float
    shelves: Mapping[str, Shelf]
    domains: Mapping[str, Domain]
    learner: Learner
    rule: Rule
    schedule: Schedule
    target: float

    def pieces(self, stage: Stage, role: Role) -> int:
        """How many pieces a set has."""
        share = self.tuning_share if stage == "tuning" and role != "replay" else 1.0
        return max(round(self.shelves[role].pieces * share), 1)

    def in_library(self, source: str) -> bool:
        """Whether a source is asked about; all others are measured on.

        Args:
            source: Its name without folder and suffix.
        """
        digest = hashlib.sha256(f"library {source}".encode()).digest()
        return digest[0] < self.library_below


def read_protocol(path: Path | None = None) -> Protocol:
    """Read a protocol; without a path the one that ships.

    Raises:
        KnownError: It cannot be read or lacks something.
    """
    return read_table(path or shipped_lesson("active_learning"), _protocol)


def _protocol(table: Mapping[str, Any]) -> Protocol:
    picture = table["picture"]
    width, height = (int(side) for side in picture["window"])
    return Protocol(
        title=str(table["title"]),
        seeds=tuple(int(seed) for seed in table["seeds"]),
        frames=int(picture["frames"]),
        kept=int(picture["kept"]),
        window=(width, height),
        library_below=int(table["split"]["library_below"]),
        tuning_share=float(table["tuning_share"]),
        shelves={
            role: Shelf(
                int(table[role]["pieces"]),
                float(table[role]["damaged"]),
                float(table[role]["decoys"]),
            )
            for role in ROLES
        },
        domains={
            name: Domain(
                name,
                int(entry["seed"]),
                tuple(map(str, entry["codecs"])),
                tuple(map(str, entry["generators"])),
                (float(entry["painted"][0]), float(entry["painted"][1])),
                bool(entry["shown_first"]),
            )
            for name, entry in table["domain"].items()
        },
        learner=_learner(table["learner"]),
        rule=_rule(table["selection"]),
        schedule=Schedule(
            int(table["rounds"]["start"]),
            tuple((int(until), int(budget)) for until, budget in table["rounds"]["steps"]),
        ),
        target=float(table["target"]["share"]),
    )


def _learner(table: Mapping[str, Any]) -> Learner:
    return Learner(
        wide=bool(table["wide"]),
        directions=int(table["directions"]),
        evenness=float(table["evenness"]),
        decay=float(table["decay"]),
        replay=float(table["replay"]),
        held=float(table.get("held", 0.0)),
    )


def _rule(table: Mapping[str, Any]) -> Rule:
    return Rule(
        audit_share=float(table["audit_share"]),
        few_verdicts=int(table["few_verdicts"]),
        most_a_title=int(table["most_a_title"]),
        near=float(table["near"]),
        unsure_share=float(table["unsure_share"]),
    )
