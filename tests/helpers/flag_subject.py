"""A stand-in for a network that learns from verdicts: one number a kind of content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from helpers.lineage_value import CARD
from torch import Tensor, nn

from core.domain.errors import KnownError
from core.domain.lineage import GateLine
from core.learning.retrain import course
from core.learning.retrain.block import learnable, simulated_lines, verdict_lines
from core.learning.retrain.gate import Pair
from core.learning.retrain.subject import Budget, Check, Progress, Subject, spread
from core.learning.retrain.tune import Pace, Rows, Study
from core.models.card import WeightsCard
from core.models.weights import Weights, load_into, save

BUDGET = Budget(pace=Pace(steps=60, replay=8, verdicts=4, rate=0.2, decay=0.0, save_every=4))
KINDS = 4  # What a stretch shows: nothing, faint damage, plain damage, a mosaic.


class Flags(nn.Module):
    """Says of each kind how sure it is; knows damage, and takes mosaics for it."""

    def __init__(self) -> None:
        super().__init__()
        self.row = nn.Linear(KINDS, 1, bias=False)

    def forward(self, kinds: Tensor) -> Tensor:
        said: Tensor = self.row(nn.functional.one_hot(kinds, KINDS).float())
        return said.squeeze(1)


class FlagStudy(Study):
    def __init__(self, net: Flags, judged: list[tuple[int, bool]]) -> None:
        self.part, self._net, self._judged = net, net, judged
        self.replay, self.chances = 3, np.full(len(judged), 1 / len(judged))

    def loss(self, replay: Rows, verdicts: Rows) -> Tensor:
        shown = [(int(k), k > 0) for k in replay] + [self._judged[int(v)] for v in verdicts]
        kinds = torch.tensor([kind for kind, _ in shown])
        truth = torch.tensor([float(there) for _, there in shown])
        return nn.functional.binary_cross_entropy_with_logits(self._net(kinds), truth)

    def look(self) -> Mapping[str, float]:
        return {"recall": 100.0 * float(torch.sigmoid(self._net(torch.tensor([2])).detach())[0])}


class FlagSubject(Subject):
    """Stands for block corruption: the clip's name says what it shows."""

    def gather(self, progress: Progress, check: Check) -> Study:
        self._net = Flags()
        load_into(self._net, self.parent)
        taught = spread(learnable(self.material.taught), 50)
        if not taught:
            raise KnownError("There is no verdict to learn from whose file can be read.")
        return FlagStudy(self._net, [(shown(o.path), o.sample.kind.is_defect) for o in taught])

    @property
    def recipe(self) -> str:
        return "The row."

    def write(self, card: WeightsCard, folder: Path, progress: Progress) -> Weights:
        return replace(save(self._net, card, folder), own=True)

    def examine(self, candidate: Weights, progress: Progress, check: Check) -> list[GateLine]:
        simulated = self._pair(candidate, [(0, False), (1, True), (2, True)] * 4)
        gold, learned = (
            self._pair(candidate, [(shown(o.path), o.sample.kind.is_defect) for o in samples])
            for samples in (self.material.gold, self.material.taught)
        )
        return [*simulated_lines(simulated), *verdict_lines(gold, learned, 0.9)]

    def _pair(self, candidate: Weights, things: list[tuple[int, bool]]) -> Pair:
        said = [sure(weights, [kind for kind, _ in things]) for weights in (self.parent, candidate)]
        truth = np.array([float(there) for _, there in things])
        return Pair(said[0], said[1], truth, [str(n % 4) for n in range(len(things))])


def shown(path: Path) -> int:
    return 3 if path.name.startswith("mosaic") else 2


def sure(weights: Weights, kinds: list[int]) -> np.ndarray:
    net = Flags()
    load_into(net, weights)
    given = torch.tensor(kinds, dtype=torch.int64)
    return np.asarray(torch.sigmoid(net(given)).detach().numpy() if kinds else [])


STAND_IN = {"block_corruption": f"{__name__}:FlagSubject"}
"""In the place of `course.SUBJECTS`."""


def ship(folder: Path) -> None:
    """Write the weights that stand for those that ship."""
    net = Flags()
    net.row.weight.data = torch.tensor([[-5.0, 4.0, 5.0, 5.0]])
    save(net, CARD, folder)


def stand_in() -> None:
    """Use it in this process, for good."""
    course.SUBJECTS = STAND_IN
