"""What is taught, as a file: who is held out, what is simulated, how clips are varied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.learning.lesson_file import read_table, shipped_lesson

Between = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Everything that training and examination depend on besides the clips.

    Attributes:
        title: What people call it.
        seed: Chooses everything that chance decides.
        persons: Names of clips by person; each person is held out once.
        others: Clips of faces beside a sound that is not theirs; never learned from.
        offsets: Simulated offsets of the sound, in frames of 40 ms.
        scan: Frames to either side that are searched.
        evidence: Pictures of evidence that are asked about; 0 is the whole clip.
        least: Share of an amount of evidence that a clip must have to be asked.
        variants: How many are made of each clip to learn from, besides the clip itself.
        turn_deg: By how much a variant is turned at most, to either side.
        zoom: By which share it is larger or smaller at most.
        move_px: By how many pixels of a cut it is moved at most, across and down.
        gain: What its brightness is multiplied by.
        lift: What is added to it at most, of 255.
        gamma: The power that it is raised to.
        decay: How much large weights of the regression cost.
    """

    title: str
    seed: int
    persons: Mapping[str, tuple[str, ...]]
    others: tuple[str, ...]
    offsets: tuple[int, ...]
    scan: int
    evidence: tuple[int, ...]
    least: float
    variants: int
    turn_deg: float
    zoom: float
    move_px: float
    gain: Between
    lift: float
    gamma: Between
    decay: float

    def person_of(self, clip: str) -> str:
        """Whose clip it is; the clip's own name for one of the others."""
        return next((who for who, clips in self.persons.items() if clip in clips), clip)


def read_lesson(path: Path | None = None) -> Lesson:
    """Read a lesson; without a path the one that ships.

    Raises:
        KnownError: It cannot be read, lacks something or names a clip twice.
    """
    return read_table(path or shipped_lesson("lipsync"), _lesson)


def _lesson(table: Mapping[str, Any]) -> Lesson:
    persons = {who: tuple(map(str, clips)) for who, clips in table["persons"].items()}
    others = tuple(map(str, table["others"]["clips"]))
    every = [clip for clips in persons.values() for clip in clips] + list(others)
    if len(set(every)) < len(every) or len(persons) < 2:
        raise ValueError("a clip is named twice, or there are no two persons")
    first, last, step = table["offsets"]["frames"]
    varied = table["variants"]
    return Lesson(
        title=str(table["title"]),
        seed=int(table["seed"]),
        persons=persons,
        others=others,
        offsets=tuple(range(int(first), int(last) + 1, int(step))),
        scan=int(table["offsets"]["scan"]),
        evidence=tuple(map(int, table["evidence"]["pictures"])),
        least=float(table["evidence"]["least"]),
        variants=int(varied["count"]),
        turn_deg=float(varied["turn_deg"]),
        zoom=float(varied["zoom"]),
        move_px=float(varied["move_px"]),
        gain=_between(varied["gain"]),
        lift=float(varied["lift"]),
        gamma=_between(varied["gamma"]),
        decay=float(table["training"]["decay"]),
    )


def _between(values: Any) -> Between:
    low, high = values
    return float(low), float(high)
