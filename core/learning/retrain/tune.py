"""The loop that fine-tunes: little of a network, on verdicts, beside replay of what it knew.

Each step takes some of the replay and some of the verdicts. What a step sees follows from seed and
step alone, so that a training goes on from its checkpoint as if it had never stopped. What is kept
is not the last network but that of the best look, and of the way from the parent to it only as much
as serves: weights between two that are near each other do what both do, and forget less (Wortsman
and others, "Robust fine-tuning of zero-shot models", 2022).
"""

from __future__ import annotations

import copy
import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.domain.lineage import Curve
from core.learning.checkpoint import load_checkpoint, save_checkpoint

_CLIP = 1.0
_WARM_UP = 0.1
_FORGETTING = 3.0
_SURENESS = 0.1
_WAYS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

RECALL, FALSE_ALARMS = "recall", "false alarms"
LEFT, KEPT = "rejected flags left", "confirmed flags kept"
SURENESS, DRIFT = "sureness of rejected flags", "drift from the parent"
"""Names of what a look gives."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pace:
    """How long and how fast.

    Attributes:
        steps: Batches in all.
        replay: Things of the replay in a batch.
        verdicts: Things that people judged in a batch.
        rate: Highest learning rate.
        decay: Weight decay.
        look_every: Steps between looks at how it does.
        save_every: Steps between checkpoints.
    """

    steps: int = 300
    replay: int = 12
    verdicts: int = 6
    rate: float = 1e-3
    decay: float = 0.01
    look_every: int = 25
    save_every: int = 25


class Study(ABC):
    """What is tuned, and on what.

    Attributes:
        part: What of the network learns is what of this asks for gradients; the rest is as it was.
        replay: How many things of the replay there are.
        chances: How often each thing that people judged is drawn, shape (n,), of sum 1.
    """

    part: nn.Module
    replay: int
    chances: NDArray[np.float64]

    @abstractmethod
    def loss(self, replay: Rows, verdicts: Rows) -> Tensor:
        """What a batch costs.

        Args:
            replay: Numbers of things of the replay.
            verdicts: Numbers of things that people judged.
        """

    @abstractmethod
    def look(self) -> Mapping[str, float]:
        """How it does now, in %, by name of the curve.

        `RECALL`, `FALSE_ALARMS` and `DRIFT`, the mean distance of its probabilities from the
        parent's, on simulated things that are not learned from; `LEFT`, `KEPT` and `SURENESS`, the
        mean probability of the rejected ones, on the stretches that people judged.
        """


@dataclass(frozen=True, slots=True)
class Tuned:
    """How a tuning went.

    Attributes:
        curves: Loss by step, and what the looks gave.
        seconds: Wall seconds in all.
        kept: The step whose network was kept.
        way: How much of the way from the parent to that network was gone, 0..1.
    """

    curves: tuple[Curve, ...]
    seconds: float
    kept: int
    way: float

    @property
    def sentence(self) -> str:
        """Which network was kept, in words."""
        return f"{self.way:.0%} of the way from the parent to the network of step {self.kept}."


Told = Callable[[int, tuple[Curve, ...], float], None]
"""Takes the step, the curves and the wall seconds so far."""


def tune(
    study: Study,
    pace: Pace,
    seed: int,
    checkpoint: Path,
    key: str,
    *,
    told: Told,
    check: Callable[[], None],
    where: str = "cpu",
) -> Tuned:
    """Tune, going on from the checkpoint.

    Args:
        study: Is changed in place.
        pace: How long and how fast.
        seed: Chooses the batches.
        checkpoint: The file.
        key: Names this training; a checkpoint of another is not gone on with.
        told: Called at every look.
        check: Called every step; what it raises ends the work, and the checkpoint is written first.
        where: `cpu` or `cuda`.

    Raises:
        KnownError: The checkpoint cannot be read or written.
    """
    run = _Run(study, pace, seed, checkpoint, key, torch.device(where))
    run.resume()
    began = time.monotonic() - run.seconds
    if run.step == 0:
        run.look()
    while run.step < pace.steps:
        try:
            check()
        except BaseException:
            run.save()
            raise
        run.learn()
        run.seconds = time.monotonic() - began
        if run.step % pace.look_every == 0 or run.step == pace.steps:
            run.look()
            told(run.step, run.curves, run.seconds)
        if run.step % pace.save_every == 0 or run.step == pace.steps:
            run.save()
    way = run.take_best(check)
    return Tuned(run.curves, run.seconds, run.kept, way)


def shortfall(first: Mapping[str, float], now: Mapping[str, float]) -> float:
    """How far a look is from what is wanted, in points; smaller is better.

    Rejected flags that are left count, as do confirmed ones lost beyond 5 points. Recall lost
    beyond 2 points and false alarms gained beyond 1, on simulated things, count threefold: the
    margins are the gate's. Shares over a line are coarse where little is watched, so the drift
    from the parent counts besides, which grows before anything crosses the line; and a tenth of
    how sure the rejected flags still are, as the next ones of their kind will differ a little.

    Args:
        first: The look before anything was learned, in %, by name.
        now: The look in question.
    """

    def lost(name: str, margin: float, sign: float = 1.0) -> float:
        before, after = first.get(name, math.nan), now.get(name, math.nan)
        fall = sign * (before - after) - margin
        return max(fall, 0.0) if math.isfinite(fall) else 0.0

    def there(name: str) -> float:
        value = now.get(name, 0.0)
        return value if math.isfinite(value) else 0.0

    forgotten = lost(RECALL, 2.0) + lost(FALSE_ALARMS, 1.0, -1.0)
    told = lost(KEPT, 5.0) + there(LEFT) + _SURENESS * there(SURENESS)
    return _FORGETTING * forgotten + told + there(DRIFT)


class _Run:
    def __init__(
        self,
        study: Study,
        pace: Pace,
        seed: int,
        path: Path,
        key: str,
        where: torch.device,
    ) -> None:
        self._study, self._pace, self._seed, self._where = study, pace, seed, where
        self._path, self._key = path, key
        self.step, self.seconds = 0, 0.0
        self.curves: tuple[Curve, ...] = (Curve("loss"),)
        self._losses: list[float] = []
        self._first: dict[str, float] = {}
        self._parent = copy.deepcopy(study.part.state_dict())
        self._best, self._least, self.kept = copy.deepcopy(study.part), math.inf, 0
        learning = [p for p in study.part.parameters() if p.requires_grad]
        self._learning = learning
        self._solver = torch.optim.AdamW(learning, lr=pace.rate, weight_decay=pace.decay)

    def learn(self) -> None:
        rng = np.random.default_rng([self._seed, self.step, 29])
        pace, study = self._pace, self._study
        replay = rng.integers(study.replay, size=pace.replay if study.replay else 0)
        count = pace.verdicts if len(study.chances) else 0
        verdicts = rng.choice(len(study.chances), count, p=study.chances) if count else replay[:0]
        for group in self._solver.param_groups:
            group["lr"] = pace.rate * _share(self.step / pace.steps)
        lost = study.loss(replay, np.asarray(verdicts, np.int64))
        self._solver.zero_grad()
        lost.backward()
        nn.utils.clip_grad_norm_(self._learning, _CLIP)
        self._solver.step()
        self.step += 1
        self._losses.append(float(lost.detach()))

    @property
    def _nets(self) -> dict[str, nn.Module]:
        return {"part": self._study.part, "best": self._best}

    def look(self) -> None:
        """Add a point to each curve, and remember the network where it is the best so far."""
        found: dict[str, tuple[str, float]] = {}
        if self._losses:
            found["loss"] = ("", float(np.mean(self._losses)))
            self._losses = []
        seen = dict(self._study.look())
        self._first = self._first or seen
        # Of two that do as well, the later one learned more.
        if shortfall(self._first, seen) <= self._least:
            self._least, self.kept = shortfall(self._first, seen), self.step
            self._best.load_state_dict(self._study.part.state_dict())
        found |= {name: ("%", value) for name, value in seen.items()}
        known = {curve.name: curve for curve in self.curves}
        for name, (unit, value) in found.items():
            if math.isfinite(value):
                curve = known.get(name, Curve(name, unit))
                known[name] = replace(curve, points=(*curve.points, (self.step, value)))
        self.curves = tuple(known.values())

    def take_best(self, check: Callable[[], None]) -> float:
        """Give the part what falls least short on the way from the parent to the best look.

        Returns:
            How much of the way that is.
        """
        best, way = self._best.state_dict(), 1.0
        least = self._least
        for share in _WAYS:
            check()
            self._go(best, share)
            short = shortfall(self._first, self._study.look())
            if short < least:
                least, way = short, share
        self._go(best, way)
        return way

    def _go(self, best: Mapping[str, Tensor], share: float) -> None:
        table = {
            name: torch.lerp(self._parent[name], value, share)
            if value.is_floating_point() and share < 1
            else value
            for name, value in best.items()
        }
        self._study.part.load_state_dict(table)

    def save(self) -> None:
        """Write a checkpoint."""
        table = {
            "first": self._first,
            "least": self._least,
            "kept": self.kept,
            "key": self._key,
            "step": self.step,
            "seconds": self.seconds,
            "losses": self._losses,
            "curves": [[c.name, c.unit, [list(p) for p in c.points]] for c in self.curves],
        }
        save_checkpoint(self._path, self._nets, self._solver, table)

    def resume(self) -> None:
        """Go on from the checkpoint, if it is of this training."""
        table = load_checkpoint(self._path, self._nets, self._solver, self._where, self._key)
        if table is None:
            return
        self._first = {name: float(value) for name, value in table["first"].items()}
        self._least, self.kept = float(table["least"]), int(table["kept"])
        self.step, self.seconds = int(table["step"]), float(table["seconds"])
        self._losses = [float(value) for value in table["losses"]]
        self.curves = tuple(
            Curve(name, unit, tuple((int(s), float(v)) for s, v in points))
            for name, unit, points in table["curves"]
        )


def _share(part: float) -> float:
    """Share of the highest rate: up in a line, down as a cosine."""
    if part < _WARM_UP:
        return part / _WARM_UP + 0.05
    return 0.5 * (1 + math.cos(math.pi * (part - _WARM_UP) / (1 - _WARM_UP))) + 0.01
