"""What each detector that learns has to bring to be trained again from verdicts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.domain.lineage import GateLine
from core.domain.sample import Sample
from core.learning.retrain.tune import Pace, Study
from core.learning.snapshot.media import OpenSample
from core.models.card import WeightsCard
from core.models.weights import Weights

Progress = Callable[[float, str], None]
Check = Callable[[], None]

DAMAGED = "damaged"
"""Folder beside the trainings: really damaged files, measured with and never learned from."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is made and looked at; what stands here takes minutes on two cores.

    Attributes:
        replay: Pieces of simulated data to learn from.
        watched: Pieces of other sources, to watch.
        examined: Pieces of sources that are held out, for the gate.
        frames: Pictures, or seconds, taken of a judged stretch at most.
        stretches: Judged stretches that are looked at, at most, on either side.
        exported: Pictures that the ranges of eight bits are taken from.
        processes: How many make pieces at a time.
        pace: Of the tuning.
    """

    replay: int = 160
    watched: int = 24
    examined: int = 100
    frames: int = 4
    stretches: int = 150
    exported: int = 96
    processes: int = 2
    pace: Pace = field(default_factory=Pace)


@dataclass(frozen=True, slots=True)
class Material:
    """What a subject is given.

    Attributes:
        taught: Judged stretches of the train side whose files are there.
        gold: Of the gold side.
        data: Folders of clean content of the user's.
        keep: Folder for what all trainings of the detector share.
        seed: Chooses all that chance decides.
        budget: How much is made.
        device: `cpu` or `cuda`.
        damaged: Media files that are really damaged, for the gate.
    """

    taught: tuple[OpenSample, ...]
    gold: tuple[OpenSample, ...]
    data: tuple[Path, ...]
    keep: Path
    seed: int
    budget: Budget
    device: str = "cpu"
    damaged: tuple[Path, ...] = ()


class Subject(ABC):
    """A detector that learns from verdicts, for one training.

    Args:
        parent: Weights to start from.
        material: What there is to learn from.

    Attributes:
        remarks: Sentences of `examine` about single things, for the gate's report.
    """

    def __init__(self, parent: Weights, material: Material) -> None:
        self.parent, self.material = parent, material
        self.remarks: list[str] = []

    @abstractmethod
    def gather(self, progress: Progress, check: Check) -> Study:
        """Make or read everything that is learned from.

        Raises:
            KnownError: There is nothing to learn from, or it cannot be read.
        """

    @abstractmethod
    def write(self, card: WeightsCard, folder: Path, progress: Progress) -> Weights:
        """Write the tuned network, its graphs and, last, its card."""

    @abstractmethod
    def examine(self, candidate: Weights, progress: Progress, check: Check) -> list[GateLine]:
        """Hold the candidate against its parent, on what neither learned from."""

    @property
    @abstractmethod
    def recipe(self) -> str:
        """What learns and on how much, in words."""


def spread(samples: Sequence[OpenSample], most: int) -> list[OpenSample]:
    """At most so many samples, taken in turn from every title, so that none fills all places."""
    by_title: dict[str, list[OpenSample]] = {}
    for one in samples:
        by_title.setdefault(one.sample.fingerprint, []).append(one)
    found: list[OpenSample] = []
    turn = 0
    while len(found) < most and any(len(mine) > turn for mine in by_title.values()):
        found += [mine[turn] for mine in by_title.values() if len(mine) > turn]
        turn += 1
    return found[:most]


def instants(sample: Sample, count: int) -> list[int]:
    """PTS of a judged stretch to look at: those that people drew, the one that shows it best, then
    evenly over it.

    Args:
        sample: The stretch.
        count: How many at most.
    """
    span = sample.span
    last = max(span.end - 1, span.start)
    first = [] if sample.mask is None else [min(max(sample.mask.pts, span.start), last)]
    places = max(count - len(first), 1)
    step = (span.end - span.start) / (2 * places)
    even = [min(span.start + int((2 * place + 1) * step), last) for place in range(places)]
    drawn = [one.pts for one in sample.drawn]
    return list(dict.fromkeys([*drawn, *first, *even]))[:count]
