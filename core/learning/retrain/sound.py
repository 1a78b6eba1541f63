"""Audio artifacts from verdicts: the head learns on what body and fine branch heard once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.lineage import GateLine
from core.learning.audio_artifact.lesson import Lesson, read_lesson
from core.learning.audio_artifact.pool import Pool, build_pool
from core.learning.audio_artifact.source import Recording, library
from core.learning.lesson_file import Side
from core.learning.retrain.answer import balanced, divergence, percent, surest
from core.learning.retrain.block import LINE, learnable, simulated_lines, verdict_lines
from core.learning.retrain.damaged import damaged_line, damaged_remarks
from core.learning.retrain.gate import Pair
from core.learning.retrain.seconds import JudgedSecond, judged_seconds, seconds_over
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
from core.learning.snapshot.media import OpenSample
from core.models.artifact_feature import ARTIFACTS, features_of
from core.models.artifact_runtime import load_net
from core.models.audio_artifact import AudioArtifactNet
from core.models.card import WeightsCard
from core.models.weights import Weights, load_into, save, write_card

SECONDS_A_PIECE = 12
"""Seconds of sound for each piece of the budget, which is counted in pictures' pieces."""

_LINES = np.array(
    [DETECTORS["audio_artifact"].threshold(f"{name}_line").default for name in ARTIFACTS],
    np.float32,
)
_SHARD = 60
_AT_A_TIME = 64
_DAMAGED_SECONDS = 60
_MEMORY_WEIGHT = 4.0

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Things:
    """Seconds as the frozen part hears them, and what is true of them.

    Attributes:
        heard: Shape (n, width).
        present: 0 or 1, shape (n, 4).
        counted: 0 or 1, shape (n, 4): which of `present` are known.
        titles: Which title each is of.
        weights: How much each counts, shape (n,).
        about: Which artifact people spoke of; empty for simulated seconds.
        stretches: Which judged stretch each is of; empty likewise.
    """

    heard: Tensor
    present: Tensor
    counted: Tensor
    titles: tuple[str, ...]
    weights: tuple[float, ...] = ()
    about: tuple[int, ...] = ()
    stretches: tuple[int, ...] = ()


class _Head(nn.Module):
    """What joins both branches, and answers."""

    def __init__(self, net: AudioArtifactNet) -> None:
        super().__init__()
        self.narrow = net.narrow if net.hearing is not None else None
        self.joint, self.classes, self.artifacts = net.joint, net.classes, net.artifacts
        first = net.narrow[1] if net.hearing is not None else None
        self.width = first.in_features if isinstance(first, nn.Linear) else 0
        self.register_buffer("temperature", net.temperature, persistent=False)
        self.register_buffer("calibration", net.calibration, persistent=False)
        self.temperature: Tensor
        self.calibration: Tensor

    def forward(self, heard: Tensor) -> tuple[Tensor, Tensor]:
        """Calibrated logits of classes and artifacts, as the network's own."""
        parts = [] if self.narrow is None else [self.narrow(heard[:, : self.width])]
        parts.append(heard[:, self.width :])
        joint = self.joint(torch.cat(parts, dim=1))
        scale, offset = self.calibration.unbind(1)
        return self.classes(joint) / self.temperature, self.artifacts(joint) * scale + offset


class SoundStudy(Study):
    """The head on what was heard.

    A rejected flag says of one artifact that it is not there; of the others nobody said anything,
    so there the head stays near its parent, as it does on the replay.

    Args:
        head: Is tuned.
        replay: Simulated seconds.
        watched: Simulated seconds of other families.
        judged: Seconds of judged stretches.
    """

    def __init__(self, head: _Head, replay: _Things, watched: _Things, judged: _Things) -> None:
        self.part, self._head = head, head
        self._replay, self._watched, self._judged = replay, watched, judged
        self.replay = len(replay.titles)
        said = judged.present[range(len(judged.about)), list(judged.about)]
        there = (said > 0).tolist()
        self.chances = balanced(list(zip(there, judged.titles, judged.weights, strict=True)))
        with torch.no_grad():
            self._was = head(replay.heard)
            self._was_judged = head(judged.heard)
        self._first = self._said(watched)

    def loss(self, replay: Rows, verdicts: Rows) -> Tensor:
        """Cross-entropy of what is known, and the distance from the parent."""
        total = torch.zeros((), device=self._replay.heard.device)
        for things, was, rows in (
            (self._replay, self._was, replay),
            (self._judged, self._was_judged, verdicts),
        ):
            if not len(rows):
                continue
            chosen = torch.from_numpy(rows).to(things.heard.device)
            classes, artifacts = self._head(things.heard[chosen])
            total = total + _cost(artifacts, things.present[chosen], things.counted[chosen])
            was_classes, was_artifacts = (one[chosen] for one in was)
            known = things.counted[chosen] if things.about else torch.zeros_like(artifacts)
            moved = divergence(artifacts, was_artifacts) * (1 - known)
            total = total + _MEMORY_WEIGHT * moved.mean()
            far = functional.kl_div(
                torch.log_softmax(classes, 1),
                torch.log_softmax(was_classes, 1),
                reduction="batchmean",
                log_target=True,
            )
            total = total + _MEMORY_WEIGHT * far
        return total

    def look(self) -> Mapping[str, float]:
        """Recall and false alarms on simulated seconds, and what is left of the rejected flags."""
        watched, judged = self._said(self._watched), self._said(self._judged)
        counted, present = (
            of.cpu().numpy() > 0 for of in (self._watched.counted, self._watched.present)
        )
        rows, columns = range(len(self._judged.about)), list(self._judged.about)
        there = self._judged.present.cpu().numpy()[rows, columns] > 0
        about, true = surest(judged[rows, columns], self._judged.stretches, there.tolist())
        return {
            RECALL: _share(watched[counted & present]),
            FALSE_ALARMS: _share(watched[counted & ~present]),
            LEFT: _share(about[~true]),
            KEPT: _share(about[true]),
            SURENESS: percent(about[~true]),
            DRIFT: percent(np.abs(watched - self._first)[counted]),
        }

    def _said(self, things: _Things) -> Floats:
        with torch.no_grad():
            return levelled(torch.sigmoid(self._head(things.heard)[1]).cpu().numpy())


class SoundSubject(Subject):
    """Audio artifacts."""

    def gather(self, progress: Progress, check: Check) -> Study:
        """Pools of simulated seconds, seconds of judged stretches, and what is heard of them."""
        self._net = load_net(self.parent).to(self.material.device)
        budget = self.material.budget
        replay = self._simulated(self._pool("train", budget.replay, progress, check))
        watched = self._simulated(self._pool("validation", budget.watched, progress, check))
        taught = spread(_told(self.material.taught), budget.stretches)
        seconds = list(judged_seconds(taught, budget.frames, check))
        if not seconds:
            raise KnownError("There is no verdict to learn from whose file can be read.")
        progress(1.0, "listening to judged seconds")
        head = _Head(self._net)
        for part in head.parameters():
            part.requires_grad_(True)
        self._counts = (len(replay.titles), len(seconds), len(taught))
        return SoundStudy(head.eval(), replay, watched, self._judged(seconds))

    @property
    def recipe(self) -> str:
        """What learns and on how much."""
        pace, (replay, judged, stretches) = self.material.budget.pace, self._counts
        return (
            f"The head, {pace.steps} steps of {pace.replay} simulated seconds (of {replay}) and "
            f"{pace.verdicts} judged ones (of {judged}, from {stretches} stretches), AdamW, "
            f"highest rate {pace.rate:g}, seed {self.material.seed}; the replay is held to its "
            "truth and to the parent's answers."
        )

    def write(self, card: WeightsCard, folder: Path, progress: Progress) -> Weights:
        """Tensors and card; the graph is made when it is first asked for."""
        progress(0.0, "writing the weights")
        (folder / f"{card.name}.json").unlink(missing_ok=True)
        weights = save(self._net.cpu().eval(), card, folder)
        load_into(self._net, weights)
        return replace(write_card(weights.card, folder), own=True)

    def examine(self, candidate: Weights, progress: Progress, check: Check) -> list[GateLine]:
        """Simulated seconds of held-out families, the gold titles, and those learned from."""
        budget = self.material.budget
        pool = self._pool("test", budget.examined, progress, check)
        nets = [load_net(weights).to(self.material.device) for weights in (self.parent, candidate)]
        check()
        said = [_answers(net, pool.features) for net in nets]
        counts = pool.counted > 0
        families = np.array([origin.source for origin in pool.origins])
        titles = np.repeat(families[:, None], len(ARTIFACTS), axis=1)[counts].tolist()
        pair = Pair(said[0][counts], said[1][counts], pool.present[counts], titles)
        gold, learned = (
            self._judge(spread(_told(samples), budget.stretches), nets, check)
            for samples in (self.material.gold, self.material.taught)
        )
        lines = [*simulated_lines(pair), *verdict_lines(gold, learned, LINE)]
        return [*lines, *self._damaged(nets, progress)]

    def _damaged(self, nets: Sequence[AudioArtifactNet], progress: Progress) -> list[GateLine]:
        """Really damaged files, each at its surest second of any artifact, with a remark a file."""
        said: dict[str, tuple[float, float]] = {}
        for number, path in enumerate(self.material.damaged):
            progress(number / len(self.material.damaged), "gate: really damaged files")
            seconds = list(seconds_over(path, _DAMAGED_SECONDS))
            if seconds:
                heard = _heard_alone(seconds, nets[0].heard)
                surest = [float(_answers(net, heard).max()) for net in nets]
                said[path.name] = surest[0], surest[1]
        self.remarks += damaged_remarks(said, LINE)
        return damaged_line(said, LINE)

    def _judge(
        self, samples: Sequence[OpenSample], nets: Sequence[AudioArtifactNet], check: Check
    ) -> Pair:
        """The surest second of each stretch."""
        surest: dict[int, Floats] = {}
        for one in judged_seconds(samples, self.material.budget.frames, check):
            features = _features([one], nets[0].heard)
            column = ARTIFACTS.index(one.sample.defect)
            said = np.array([_answers(net, features)[0, column] for net in nets])
            surest[one.number] = np.maximum(surest.get(one.number, said), said)
        looked = sorted(surest)
        table = np.array([surest[n] for n in looked], np.float64).reshape(-1, 2)
        truth = np.array([float(samples[n].sample.kind.is_defect) for n in looked])
        titles = [samples[n].sample.fingerprint for n in looked]
        return Pair(table[:, 0], table[:, 1], truth, titles)

    def _simulated(self, pool: Pool) -> _Things:
        device = self.material.device
        return _Things(
            self._heard(pool.features),
            torch.from_numpy(pool.present).to(device),
            torch.from_numpy(pool.counted).to(device),
            tuple(origin.source for origin in pool.origins),
        )

    def _judged(self, seconds: Sequence[JudgedSecond]) -> _Things:
        columns = [ARTIFACTS.index(one.sample.defect) for one in seconds]
        present, counted = (torch.zeros(len(seconds), len(ARTIFACTS)) for _ in range(2))
        for row, (one, column) in enumerate(zip(seconds, columns, strict=True)):
            present[row, column] = float(one.sample.kind.is_defect)
            counted[row, column] = 1.0
        device = self.material.device
        return _Things(
            self._heard(_features(seconds, self._net.heard)),
            present.to(device),
            counted.to(device),
            tuple(one.sample.fingerprint for one in seconds),
            tuple(one.sample.weight for one in seconds),
            tuple(columns),
            tuple(one.number for one in seconds),
        )

    def _heard(self, features: Mapping[str, NDArray[np.floating]]) -> Tensor:
        net, found = self._net, []
        for given in _batches(features, self.material.device):
            with torch.no_grad():
                parts = [] if net.hearing is None else [net.hearing(given[net.heard[0]])]
                parts += [] if net.fine is None else [net.fine(given)]
                found.append(torch.cat(parts, dim=1))
        return torch.cat(found)

    def _pool(self, side: Side, pieces: int, progress: Progress, check: Check) -> Pool:
        def told(share: float, what: str) -> None:
            check()
            progress(share, f"simulated sound, {side}: {what}")

        budget, keep, lesson = self.material.budget, self.material.keep, self._lesson
        if self.material.data:
            recordings = library(
                self.material.data, keep / "sound", lesson.most_s_a_file, budget.processes, told
            )
        else:
            recordings = [_drawn_for(lesson, side)]
        return build_pool(
            lesson,
            recordings,
            side,
            keep / side,
            names=tuple(self._net.heard),
            seconds=pieces * SECONDS_A_PIECE,
            processes=budget.processes,
            progress=told,
        )

    @property
    def _lesson(self) -> Lesson:
        lesson = replace(read_lesson(), shard=_SHARD)
        return lesson if self.material.data else replace(lesson, drawn=1.0)


def _told(samples: Sequence[OpenSample]) -> list[OpenSample]:
    """Stretches about one of the artifacts, without creative intent."""
    return [one for one in learnable(samples) if one.sample.defect in ARTIFACTS]


def _drawn_for(lesson: Lesson, side: Side) -> Recording:
    """Stands for sounds that code makes on one side; nothing is ever read of it."""
    name = next(n for n in (f"drawn{k}" for k in count()) if lesson.side_of(n) == side)
    return Recording(name, name, "drawn", 48_000, 1.0, (48_000,), "")


def _features(seconds: Sequence[JudgedSecond], names: Sequence[str]) -> dict[str, Floats]:
    return _heard_alone([(one.sound, one.rate) for one in seconds], names)


def _heard_alone(seconds: Sequence[tuple[Floats, int]], names: Sequence[str]) -> dict[str, Floats]:
    made: list[Mapping[str, NDArray[np.floating]]] = [
        features_of(sound[None], rate, tuple(names)) for sound, rate in seconds
    ]
    return {
        name: np.concatenate([np.asarray(one[name], np.float32) for one in made]) for name in names
    }


def _batches(features: Mapping[str, NDArray[np.floating]], device: str) -> list[dict[str, Tensor]]:
    total = len(next(iter(features.values())))
    return [
        {
            name: torch.from_numpy(np.asarray(v[at : at + _AT_A_TIME], np.float32)).to(device)
            for name, v in features.items()
        }
        for at in range(0, total, _AT_A_TIME)
    ]


def levelled(said: Floats) -> Floats:
    """Probabilities bent so that each artifact's own threshold lies at `LINE`; order stays.

    Args:
        said: Probability of each artifact, shape (n, 4).
    """
    below = said / _LINES * LINE
    above = LINE + (said - _LINES) / (1 - _LINES) * (1 - LINE)
    return np.where(said < _LINES, below, above).astype(np.float32)


def _answers(net: AudioArtifactNet, features: Mapping[str, NDArray[np.floating]]) -> Floats:
    """How sure it is of each artifact, shape (n, 4), where `LINE` is the threshold of all."""
    device = str(net.calibration.device)
    with torch.no_grad():
        said = [torch.sigmoid(net(given)[1]).cpu() for given in _batches(features, device)]
    return levelled(np.asarray(torch.cat(said).numpy(), np.float32))


def _cost(artifacts: Tensor, present: Tensor, counted: Tensor) -> Tensor:
    each = functional.binary_cross_entropy_with_logits(artifacts, present, reduction="none")
    return (each * counted).sum() / counted.sum().clamp(min=1.0)


def _share(said: NDArray[np.floating]) -> float:
    return 100.0 * float((said >= LINE).mean()) if said.size else float("nan")
