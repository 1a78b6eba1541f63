"""What the trained network is worth, picture by picture, on sources it never saw.

Figures come with what they are compared with, on the very same pictures: the published decision by
the corrupted area, and FFmpeg's `blockdetect`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from core.learning.block_corruption.cell import CellTruth, cell_truth
from core.learning.block_corruption.lesson import Lesson
from core.learning.block_corruption.pool import Entry
from core.learning.figure import average_precision, bootstrap, roc_auc
from core.media.filter_graph import picture_numbers
from core.simulate.bitstream import CODECS

AREA_LINE = 0.07
"""Share of corrupted cells above which the published rule calls a picture corrupted."""

AREAS = ((0.0, 0.01), (0.01, 0.07), (0.07, 1.01))
"""Share of a picture that is visibly damaged: small, middling, large."""

_SURE = 0.5
_BLOCKDETECT = (("blockdetect", ""),)
_BLOCK = "lavfi.block"

Seeing = Callable[[NDArray[np.uint8]], tuple[float, NDArray[np.floating]]]
"""Takes RGB, gives the probability of the picture and the map, 0..1."""


class Progress(Protocol):
    """Told the share that is done and what is being looked at."""

    def __call__(self, share: float, what: str, /) -> None:
        """Take it."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was said of one picture.

    Attributes:
        entry: The picture.
        truth: Of its cells.
        learned: Probability by the learned decision.
        area: Share of cells of at least one half.
        peak: The strongest cell.
        shared: Cells that are corrupted and said to be, of those that count.
        either: Cells that are corrupted or said to be.
        block: FFmpeg's `blockdetect`; NaN where it was not asked.
    """

    entry: Entry
    truth: CellTruth
    learned: float
    area: float
    peak: float
    shared: int
    either: int
    block: float

    @property
    def counts(self) -> bool:
        """There is visible damage, or none at all."""
        return self.truth.decided_counted > 0

    @property
    def corrupted(self) -> bool:
        """Some cell is visibly corrupted."""
        return self.truth.decided > 0


def examine(
    lesson: Lesson,
    entries: Sequence[Entry],
    see: Seeing,
    *,
    peer: bool = True,
    progress: Progress | None = None,
) -> list[Answer]:
    """Ask of every picture.

    Args:
        lesson: Says what is true.
        entries: Of a pool's test side.
        see: The network.
        peer: Ask FFmpeg's filter, too.
        progress: Told how far it is.
    """
    answers = []
    for number, entry in enumerate(entries):
        picture = entry.picture()
        truth = cell_truth(entry.truth(), lesson.cell)
        learned, cells = see(picture)
        said = (cells >= _SURE) & (truth.counted > 0)
        true = truth.cells > 0
        block = picture_numbers([picture], _BLOCKDETECT, _BLOCK)[0] if peer else float("nan")
        answers.append(
            Answer(
                entry,
                truth,
                float(learned),
                float((cells >= _SURE).mean()),
                float(cells.max()),
                int((said & true).sum()),
                int((said | true).sum()),
                block,
            )
        )
        if progress is not None:
            progress((number + 1) / len(entries), entry.origin.source)
    return answers


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well one number tells corrupted pictures from clean ones.

    Attributes:
        auc: ROC AUC.
        auc_interval: 95 %, by drawing source titles.
        precision: Average precision.
        corrupted: Pictures with visible damage.
        clean: Pictures without.
        sources: Titles that they are of.
    """

    auc: float
    auc_interval: tuple[float, float]
    precision: float
    corrupted: int
    clean: int
    sources: int


def ranking(answers: Sequence[Answer], score: Callable[[Answer], float]) -> Ranking:
    """The ranking by a score, over the pictures that count."""
    counted = [answer for answer in answers if answer.counts]
    scores = np.array([score(answer) for answer in counted])
    truth = np.array([float(answer.corrupted) for answer in counted])
    groups = [answer.entry.origin.source for answer in counted]
    yes = int(truth.sum())
    return Ranking(
        roc_auc(scores, truth),
        bootstrap(roc_auc, scores, truth, groups),
        average_precision(scores, truth),
        yes,
        len(counted) - yes,
        len(set(groups)),
    )


def map_iou(answers: Sequence[Answer]) -> float:
    """Intersection over union of corrupted cells, over all pictures with visible damage."""
    damaged = [answer for answer in answers if answer.corrupted]
    either = sum(answer.either for answer in damaged)
    return sum(answer.shared for answer in damaged) / either if either else float("nan")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    hits: int
    of: int


def answered(
    answers: Sequence[Answer], says: Callable[[Answer], bool], area: tuple[float, float]
) -> Share:
    """Of the corrupted pictures with so much visible damage, how many were called corrupted."""
    chosen = [a for a in answers if a.corrupted and area[0] <= a.entry.share < area[1]]
    return Share(sum(map(says, chosen)), len(chosen))


def alarmed(answers: Sequence[Answer], says: Callable[[Answer], bool]) -> Share:
    """Of the pictures without any damage, how many were called corrupted."""
    clean = [answer for answer in answers if answer.counts and not answer.corrupted]
    return Share(sum(map(says, clean)), len(clean))


def line_for(answers: Sequence[Answer], score: Callable[[Answer], float], alarms: float) -> float:
    """The lowest line that at most a share of clean pictures is above."""
    clean = sorted(score(a) for a in answers if a.counts and not a.corrupted)
    if not clean:
        return 0.0
    place = min(int(np.ceil(len(clean) * (1 - alarms))), len(clean) - 1)
    return float(np.nextafter(clean[place], np.inf))


GROUPS: dict[str, Callable[[Lesson, Answer], bool]] = {
    "generators that were learned from": lambda lesson, a: (
        a.entry.origin.variant not in CODECS and a.entry.origin.variant not in lesson.held_variants
    ),
    "generator never learned from": lambda lesson, a: (
        a.entry.origin.variant not in CODECS and a.entry.origin.variant in lesson.held_variants
    ),
    "codecs that were learned from": lambda lesson, a: (
        a.entry.origin.variant in CODECS and a.entry.origin.variant not in lesson.held_variants
    ),
    "codec never learned from": lambda lesson, a: (
        a.entry.origin.variant in CODECS and a.entry.origin.variant in lesson.held_variants
    ),
}
"""Kinds of damage, told apart; each is held against all pictures without damage."""


def group(lesson: Lesson, answers: Sequence[Answer], name: str) -> list[Answer]:
    """The damaged pictures of a group, and every picture without damage."""
    mine = GROUPS[name]
    return [a for a in answers if not a.corrupted or mine(lesson, a)]
