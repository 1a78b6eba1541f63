"""What is fixed before the experiment, as a file: videos, ways of asking, budgets and targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.annotation.granularity import Granularity
from core.learning.lesson_file import read_table, shipped_lesson
from core.learning.mask.ask import RULES
from core.learning.mask_experiment.rounds import Course
from core.learning.mask_experiment.sequence import Shelf, shelf_of


@dataclass(frozen=True, slots=True)
class Protocol:
    """All that the experiment follows from besides files and weights.

    Attributes:
        title: What people call it.
        seeds: Of the repetitions.
        targets: Of mean IoU, rising; savings are reported at the last.
        good_enough: See `reviewer.Reviewer`.
        shares: See `rounds.repeat`.
        key_distances: Of the baseline of key frames.
        courses: Ways of asking, the most important first.
        videos: Labelled by all of them.
    """

    title: str
    seeds: tuple[int, ...]
    targets: tuple[float, ...]
    good_enough: float
    shares: tuple[float, ...]
    key_distances: tuple[int, ...]
    courses: tuple[Course, ...]
    videos: tuple[Shelf, ...]


def read_protocol(path: Path | None = None) -> Protocol:
    """Read a protocol; without a path the one that ships.

    Raises:
        KnownError: It cannot be read or lacks something.
    """
    return read_table(path or shipped_lesson("mask_experiment"), _protocol)


def _protocol(table: Mapping[str, Any]) -> Protocol:
    return Protocol(
        title=str(table["title"]),
        seeds=tuple(map(int, table["seeds"])),
        targets=tuple(sorted(map(float, table["targets"]))),
        good_enough=float(table["good_enough"]),
        shares=tuple(sorted(map(float, table["shares"]))),
        key_distances=tuple(map(int, table["key_distances"])),
        courses=tuple(_course(entry) for entry in table["course"]),
        videos=tuple(shelf_of(entry) for entry in table["video"]),
    )


def _course(table: Mapping[str, Any]) -> Course:
    rule = next((known for known in RULES if known == table["rule"]), None)
    if rule is None:
        raise ValueError(f"there is no rule {table['rule']}")
    granularity = Granularity.parse(str(table["granularity"]))
    return Course(
        granularity, rule, bool(table.get("consistency", True)), bool(table.get("carried", True))
    )
