"""Block corruption from verdicts: the map and the decision learn, the features stay.

The features see each picture once and are kept in memory; the tuning never touches a picture again.
That is what makes it a minute on a processor. With the last blocks of the features learning as
well, a training of few pictures forgot more and gained nothing (docs/retraining.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.lineage import GateLine
from core.domain.sample import SampleKind
from core.learning.block_corruption.cell import cell_truth
from core.learning.block_corruption.lesson import Lesson, read_lesson
from core.learning.block_corruption.pool import Entry, build_pool
from core.learning.lesson_file import Side
from core.learning.retrain.answer import balanced, divergence, percent, surest
from core.learning.retrain.damaged import damaged_line, damaged_remarks
from core.learning.retrain.frames import JudgedPicture, judged_pictures, pictures_over
from core.learning.retrain.gate import (
    RANKING,
    Pair,
    line_of,
    ranked,
    share_above,
)
from core.learning.retrain.subject import Check, Progress, Subject, spread
from core.learning.retrain.tune import (
    DRIFT,
    FALSE_ALARMS,
    KEPT,
    LEFT,
    RECALL,
    SURENESS,
    Rows,
    Study,
)
from core.learning.snapshot.drawn import drawn_cells
from core.learning.snapshot.media import OpenSample
from core.models.block_corruption import BlockCorruptionNet
from core.models.card import WeightsCard
from core.models.corruption_runtime import load_net, open_runtime
from core.models.export import export_int8
from core.models.weights import Weights, load_into, save, write_card

LINE = DETECTORS["block_corruption"].threshold("probability").default
"""Probability from which a picture counts as flagged."""

AGAIN = {"mobilenet_v2": 1, "resnet18": 0}
"""Last parts of the features that are gone through at every step, by backbone: what goes into them
takes a quarter of the memory of what comes out."""

_MEMORY_WEIGHT = 4.0
_AT_A_TIME = 16
_MAY_DIFFER = 0.02
_FRAMES = 6
"""Pictures in a piece; drawn scenes take most of the time of the replay."""

_COMPARED = 40
_DAMAGED_PICTURES = 24
_LONGEST_SIDE_PX = 1920


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """What the frozen part sees of a picture, and what is true of it."""

    features: Tensor
    cells: Tensor
    counted: Tensor
    decided: float
    decided_counted: float
    title: str
    weight: float = 1.0
    stretch: int = 0


class _Tail(nn.Module):
    """The part of the network that learns, and what of the features is gone through again."""

    def __init__(self, net: BlockCorruptionNet) -> None:
        super().__init__()
        cut = len(net.features) - AGAIN[net.backbone]  # type: ignore[arg-type]
        self.features = net.features[cut:]  # type: ignore[index]
        self.cells, self.decision = net.cells, net.decision
        self.features.requires_grad_(False)
        for part in (self.cells, self.decision):
            part.requires_grad_(True)
        self.register_buffer("calibration", net.calibration, persistent=False)
        self.calibration: Tensor

    def forward(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """Calibrated logits of map and decision, as the network's own."""
        seen = self.features(features)
        cells = self.cells(seen)
        scale, offset, scale_of_all, offset_of_all = self.calibration
        decided = self.decision(seen, cells) * scale_of_all + offset_of_all
        return cells.squeeze(1) * scale + offset, decided


class BlockStudy(Study):
    """The tail on kept features.

    What people rejected is clean in every cell. What they confirmed is corrupted somewhere: the
    decision learns it, and the map learns what they drew and else stays near the parent's. The
    replay learns its truth, and is held to the parent's answers (Li and Hoiem, "Learning without
    forgetting", 2016), so that nothing is forgotten.

    Args:
        tail: Is tuned.
        replay: Simulated pictures.
        watched: Simulated pictures of other sources.
        judged: Pictures of judged stretches.
    """

    def __init__(
        self,
        tail: _Tail,
        replay: Sequence[_Thing],
        watched: Sequence[_Thing],
        judged: Sequence[_Thing],
    ) -> None:
        self.part, self._tail = tail, tail
        self._replay, self._watched, self._judged = replay, watched, judged
        self.replay = len(replay)
        self.chances = balanced([(t.decided > 0, t.title, t.weight) for t in judged])
        with torch.no_grad():
            self._was = self._answers(replay)
            self._was_judged = self._answers(judged)
        self._first = self._said(watched)

    def loss(self, replay: Rows, verdicts: Rows) -> Tensor:
        """Cross-entropy of both, and the distance from the parent."""
        total = torch.zeros(())
        known = [self._replay[number] for number in replay.tolist()]
        told = [self._judged[number] for number in verdicts.tolist()]
        answers = self._answers([*known, *told])
        for number, thing, (cells, decided) in zip(replay.tolist(), known, answers, strict=False):
            was_cells, was = self._was[number]
            far = divergence(cells, was_cells).mean() + divergence(decided, was).mean()
            total = total + (_cost(thing, cells, decided) + _MEMORY_WEIGHT * far) / len(known)
        mine = answers[len(known) :]
        for number, thing, (cells, decided) in zip(verdicts.tolist(), told, mine, strict=True):
            cost = _cost(thing, cells, decided)
            if thing.decided > 0:
                # Only where nobody drew what is there.
                far = divergence(cells, self._was_judged[number][0])
                cost = cost + (far * (1 - thing.counted)).mean()
            total = total + cost / len(told)
        return total

    def look(self) -> Mapping[str, float]:
        """On simulated pictures, and on judged stretches, each by its surest picture."""
        said, true = self._said(self._watched), np.array([t.decided for t in self._watched])
        counted = np.array([t.decided_counted for t in self._watched]) > 0
        mine, yours = surest(
            self._said(self._judged),
            [t.stretch for t in self._judged],
            [t.decided > 0 for t in self._judged],
        )
        return {
            RECALL: _share(said[counted & (true > 0)]),
            FALSE_ALARMS: _share(said[counted & (true == 0)]),
            LEFT: _share(mine[~yours]),
            KEPT: _share(mine[yours]),
            SURENESS: percent(mine[~yours]),
            DRIFT: percent(np.abs(said - self._first)),
        }

    def _said(self, things: Sequence[_Thing]) -> NDArray[np.float64]:
        with torch.no_grad():
            return np.array([float(torch.sigmoid(of_all)) for _, of_all in self._answers(things)])

    def _answers(self, things: Sequence[_Thing]) -> list[tuple[Tensor, Tensor]]:
        """Logits of map (1, rows, columns) and decision (1,) of each; alike ones at a time."""
        found: dict[int, tuple[Tensor, Tensor]] = {}
        shapes: dict[torch.Size, list[int]] = {}
        for number, thing in enumerate(things):
            shapes.setdefault(thing.features.shape, []).append(number)
        for numbers in shapes.values():
            for first in range(0, len(numbers), _AT_A_TIME):
                mine = numbers[first : first + _AT_A_TIME]
                cells, decided = self._tail(torch.cat([things[n].features for n in mine]).float())
                found |= {n: (cells[k : k + 1], decided[k : k + 1]) for k, n in enumerate(mine)}
        return [found[number] for number in range(len(things))]


def _cost(thing: _Thing, cells: Tensor, decided: Tensor) -> Tensor:
    plain = functional.binary_cross_entropy_with_logits
    of_cells = plain(cells[0], thing.cells, reduction="none") * thing.counted
    cost = of_cells.sum() / thing.counted.sum().clamp(min=1.0)
    truth = torch.full_like(decided, thing.decided)
    return cost + thing.decided_counted * plain(decided, truth)


def _share(said: NDArray[np.float64]) -> float:
    return 100.0 * float((said >= LINE).mean()) if len(said) else float("nan")


class BlockSubject(Subject):
    """Block corruption."""

    def gather(self, progress: Progress, check: Check) -> Study:
        """Pools of simulated pictures, pictures of judged stretches, and their features."""
        self._net = load_net(self.parent)
        self._replay = self._pool("train", self.material.budget.replay, progress, check)
        watched = self._pool("validation", self.material.budget.watched, progress, check)
        cut = len(self._net.features) - AGAIN[self._net.backbone]  # type: ignore[arg-type]
        trunk: nn.Module = self._net.features[:cut]  # type: ignore[index]
        see = _Trunk(self._net, trunk, self.material.device)
        everything = [*self._replay, *watched]
        things = []
        for number, entry in enumerate(everything):
            check()
            progress(number / len(everything), "looking at simulated pictures")
            things.append(_simulated(entry, see(entry.picture()), self._lesson.cell))
        taught = spread(learnable(self.material.taught), self.material.budget.stretches)
        judged = []
        for shown in judged_pictures(taught, self.material.budget.frames, check):
            progress(shown.number / len(taught), "looking at judged pictures")
            judged.append(_judged(shown, see(_fitting(shown.picture)), self._lesson.cell))
        if not judged:
            raise KnownError("There is no verdict to learn from whose file can be read.")
        self._counts = (len(self._replay), len(judged), len(taught))
        tail = _Tail(self._net).to(self.material.device)
        return BlockStudy(
            tail.eval(), things[: len(self._replay)], things[len(self._replay) :], judged
        )

    @property
    def recipe(self) -> str:
        """What learns and on how much."""
        pace, (replay, judged, stretches) = self.material.budget.pace, self._counts
        return (
            f"The decision and the map, {pace.steps} steps of {pace.replay} simulated pictures "
            f"(of {replay}) and {pace.verdicts} judged ones (of {judged}, from {stretches} "
            f"stretches), AdamW, highest rate {pace.rate:g}, seed {self.material.seed}; the replay "
            "is held to its truth and to the parent's answers."
        )

    def write(self, card: WeightsCard, folder: Path, progress: Progress) -> Weights:
        """Tensors, eight bits, and the card with what was proven."""
        progress(0.0, "writing the weights")
        net = self._net.cpu().eval()
        # The card comes last: without it the files are not there for anybody.
        (folder / f"{card.name}.json").unlink(missing_ok=True)
        weights = save(net, replace(card, proven=()), folder)
        load_into(net, weights)
        rng = np.random.default_rng([self.material.seed, 17])
        order = rng.permutation(len(self._replay))[: self.material.budget.exported]
        pictures = [self._replay[int(n)].picture() for n in order]
        export_int8(net, iter(pictures), folder / f"{card.name}.int8.onnx")
        weights = write_card(replace(card, proven=()), folder)
        exact, quick = open_runtime("onnx_fp32", weights), open_runtime("onnx_int8", weights)
        apart = [
            abs(exact.see(p).probability - quick.see(p).probability) for p in pictures[:_COMPARED]
        ]
        if float(np.mean(apart)) <= _MAY_DIFFER:
            weights = write_card(replace(card, proven=("onnx_int8",)), folder)
        return replace(weights, own=True)

    def examine(self, candidate: Weights, progress: Progress, check: Check) -> list[GateLine]:
        """Simulated pictures of held-out sources, the gold titles, and those learned from."""
        budget = self.material.budget
        entries = self._pool("test", budget.examined, progress, check)
        runtimes = [open_runtime("auto", weights) for weights in (self.parent, candidate)]

        def both(picture: NDArray[np.uint8]) -> tuple[float, ...]:
            check()
            return tuple(runtime.see(picture).probability for runtime in runtimes)

        said, true, titles = [], [], []
        for number, entry in enumerate(entries):
            progress(number / len(entries), "gate: simulated test")
            truth = cell_truth(entry.truth(), self._lesson.cell)
            if truth.decided_counted > 0:
                said.append(both(entry.picture()))
                true.append(truth.decided)
                titles.append(entry.origin.source)
        lines = simulated_lines(_pair(said, true, titles))
        gold, learned = (
            self._judge(spread(learnable(samples), budget.stretches), both, progress, where)
            for samples, where in (
                (self.material.gold, "gate: your gold titles"),
                (self.material.taught, "gate: titles learned from"),
            )
        )
        return [*lines, *verdict_lines(gold, learned, LINE), *self._damaged(both, progress)]

    def _damaged(
        self, both: Callable[[NDArray[np.uint8]], tuple[float, ...]], progress: Progress
    ) -> list[GateLine]:
        """Really damaged files, each at its surest picture, with a remark a file."""
        said: dict[str, tuple[float, float]] = {}
        for number, path in enumerate(self.material.damaged):
            progress(number / len(self.material.damaged), "gate: really damaged files")
            surest = np.zeros(2)
            looked = 0
            for picture in pictures_over(path, _DAMAGED_PICTURES):
                looked += 1
                surest = np.maximum(surest, both(picture))
            if looked:
                said[path.name] = float(surest[0]), float(surest[1])
        self.remarks += damaged_remarks(said, LINE)
        return damaged_line(said, LINE)

    def _judge(
        self,
        samples: Sequence[OpenSample],
        both: Callable[[NDArray[np.uint8]], tuple[float, ...]],
        progress: Progress,
        where: str,
    ) -> Pair:
        """The surest picture of each stretch, as its rule would take it."""
        surest: dict[int, NDArray[np.float64]] = {}
        for shown in judged_pictures(samples, self.material.budget.frames, lambda: None):
            progress(shown.number / len(samples), where)
            said = np.array(both(shown.picture))
            surest[shown.number] = np.maximum(surest.get(shown.number, said), said)
        looked = sorted(surest)
        return _pair(
            [tuple(surest[n]) for n in looked],
            [float(samples[n].sample.kind.is_defect) for n in looked],
            [samples[n].sample.fingerprint for n in looked],
        )

    def _pool(self, side: Side, pieces: int, progress: Progress, check: Check) -> list[Entry]:
        def told(share: float, what: str) -> None:
            check()
            progress(share, f"simulated data, {side}: {what}")

        return build_pool(
            self._lesson,
            self.material.data,
            side,
            self.material.keep / side,
            pieces=pieces,
            processes=self.material.budget.processes,
            progress=told,
        )

    @property
    def _lesson(self) -> Lesson:
        return replace(read_lesson(), frames=_FRAMES)


def simulated_lines(pair: Pair) -> list[GateLine]:
    """What must not be forgotten: a point of the ranking, two of recall, one of false alarms."""
    on = "simulated test"
    found = [
        line_of(RANKING, on, pair, ranked, 1.0),
        line_of("recall", on, pair, share_above(LINE, 1.0), 2.0, kind=1.0),
        line_of(
            "false alarms", on, pair, share_above(LINE, 0.0), 1.0, higher_is_better=False, kind=0.0
        ),
    ]
    return [line for line in found if line is not None]


def verdict_lines(gold: Pair, learned: Pair, line: float) -> list[GateLine]:
    """What should be better, and what must stay, on titles that people judged.

    The gold titles decide where they hold rejected flags that the parent raises; else the titles
    that were learned from do, which the line's words say.
    """
    found: list[GateLine | None] = []
    raised = (gold.parent >= line) & (gold.truth == 0)
    for pair, on, decides in (
        (gold, "your gold titles", bool(raised.any())),
        (learned, "the titles learned from", not raised.any()),
    ):
        found.append(
            line_of(
                "rejected flags still raised",
                on,
                pair,
                share_above(line, 0.0),
                0.0,
                higher_is_better=False,
                must_improve=decides,
                kind=0.0,
            )
        )
        found.append(
            line_of("confirmed flags still raised", on, pair, share_above(line, 1.0), 5.0, kind=1.0)
        )
    return [one for one in found if one is not None]


def _pair(said: Sequence[tuple[float, ...]], true: Sequence[float], titles: Sequence[str]) -> Pair:
    table = np.array(said, np.float64).reshape(-1, 2)
    return Pair(table[:, 0], table[:, 1], np.array(true, np.float64), titles)


def learnable(samples: Sequence[OpenSample]) -> list[OpenSample]:
    """Without creative intent, which is neither a defect to learn nor a mistake."""
    return [one for one in samples if one.sample.kind is not SampleKind.INTENT]


def _simulated(entry: Entry, features: Tensor, cell: float) -> _Thing:
    truth = cell_truth(entry.truth(), cell)
    cells, counted = (torch.from_numpy(v.copy()) for v in (truth.cells, truth.counted))
    return _Thing(
        features, cells, counted, truth.decided, truth.decided_counted, entry.origin.source
    )


def _judged(shown: JudgedPicture, features: Tensor, cell: float) -> _Thing:
    there = shown.sample.kind.is_defect
    shape = features.shape[-2:]
    # Where in a confirmed picture the damage is, only the machine has said, unless it was drawn.
    cells = torch.zeros(shape)
    counted = torch.zeros(shape) if there else torch.ones(shape)
    drawn = next((one for one in shown.sample.drawn if one.pts == shown.pts), None)
    if there and drawn is not None:
        shares, said = drawn_cells(drawn)
        # Of a picture that is larger than what is looked at, the cells are others.
        if shares.shape == tuple(shape):
            cells = torch.from_numpy((shares >= cell).astype(np.float32))
            counted = torch.from_numpy(said.astype(np.float32))
    return _Thing(
        features,
        cells,
        counted,
        float(there),
        1.0,
        shown.sample.fingerprint,
        shown.sample.weight,
        shown.number,
    )


def _fitting(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The middle of a picture larger than 1920 x 1920: features of more would fill the memory."""
    top, left = (max(0, (side - _LONGEST_SIDE_PX) // 2) for side in picture.shape[:2])
    return picture[top : top + _LONGEST_SIDE_PX, left : left + _LONGEST_SIDE_PX]


class _Trunk:
    """The frozen part: a picture in, its features out, with 16 bits to save memory."""

    def __init__(self, net: BlockCorruptionNet, trunk: nn.Module, device: str) -> None:
        self._net, self._trunk, self._device = net.to(device), trunk, device

    def __call__(self, picture: NDArray[np.uint8]) -> Tensor:
        # A decoder's pictures may not be written to, which torch does not take.
        mine = np.require(picture, requirements=("C", "W"))
        given = torch.from_numpy(mine).to(self._device)
        with torch.no_grad():
            shaped = given.permute(2, 0, 1)[None].float() / 255.0
            found: Tensor = self._trunk((shaped - self._net.mean) / self._net.deviation)
        return found.half()
