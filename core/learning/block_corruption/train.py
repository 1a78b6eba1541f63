"""The training loop: from a pool of pieces to a calibrated network.

On a processor or a GPU; in bfloat16 where that is quick. What a step sees follows from seed and
step alone, so that training goes on from its last checkpoint as if it had never stopped.
Checkpoints are safetensors, like all weights.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from core.domain.errors import KnownError
from core.learning.block_corruption.crop import Batch, Sampler, ahead, crops, windows
from core.learning.block_corruption.lesson import Lesson
from core.learning.block_corruption.pool import Entry
from core.learning.calibration import platt
from core.learning.checkpoint import load_checkpoint, save_checkpoint
from core.learning.figure import average_precision, roc_auc
from core.models.block_corruption import BlockCorruptionNet

_WARM_UP = 0.06
_AVERAGE = 0.998
_DECISION_WEIGHT = 0.5
_CLIP = 1.0
_LOG_EVERY = 50
_SAVE_EVERY = 100
_LOOK_EVERY = 400
_LOOKED_AT = 240
_CALIBRATED_ON = 600
_WINDOW = 32


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of the training curves.

    Attributes:
        step: After how many batches.
        loss: Mean since the last mark.
        auc: ROC AUC of the decision on validation pictures; NaN between looks.
        precision: Average precision on the same.
        seconds: Wall seconds in all so far.
    """

    step: int
    loss: float
    auc: float
    precision: float
    seconds: float


@dataclass(slots=True)
class Trained:
    """What came of training.

    Attributes:
        net: Calibrated, ready to be saved.
        curve: The marks.
        seconds: Wall seconds in all.
        steps: Batches in all.
    """

    net: BlockCorruptionNet
    curve: list[Mark]
    seconds: float
    steps: int


def train(
    lesson: Lesson,
    learned_from: Sequence[Entry],
    validated_on: Sequence[Entry],
    work: Path,
    *,
    start: Path | None = None,
    minutes: float = 0.0,
    device: str = "",
    progress: Callable[[float, str], None] | None = None,
    check: Callable[[], None] | None = None,
) -> Trained:
    """Train, going on from what is in `work`.

    Args:
        lesson: What is taught.
        learned_from: Pictures to learn from.
        validated_on: Pictures of other sources, to watch and to calibrate on.
        work: Folder of checkpoint and curves.
        start: Weights to begin with: see `begin_with`.
        minutes: Budget of wall time that the learning rate follows; 0 goes by the lesson's number
            of examples.
        device: `cpu`, `cuda`, or empty for a GPU when there is one.
        progress: Told the share that is done and how it stands.
        check: Called every step; what it raises ends the work. The last checkpoint stays.

    Raises:
        KnownError: A pool is empty, or the folder or the weights are at fault.
    """
    if not any(e.damaged for e in learned_from) or not any(not e.damaged for e in learned_from):
        raise KnownError("There is too little to learn from: make a larger pool.")
    torch.manual_seed(lesson.seed)
    where = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    net = BlockCorruptionNet(lesson.backbone)
    fixed = lesson.fixed if start is not None and begin_with(net, start) else 0
    for part in list(net.features.children())[:fixed]:
        part.requires_grad_(False)
    run = _Run(lesson, net.to(where, memory_format=torch.channels_last), work, where, minutes)  # type: ignore[call-overload]
    run.resume()
    sampler = Sampler(learned_from)
    began = time.monotonic() - run.seconds

    batches = (_drawn(lesson, sampler, number) for number in count(run.step))
    for batch in ahead(batches):
        if run.part >= 1:
            break
        if check is not None:
            check()
        run.learn(batch)
        run.seconds = time.monotonic() - began
        if run.step % _LOOK_EVERY == 0 or run.part >= 1:
            run.look(validated_on[:: max(len(validated_on) // _LOOKED_AT, 1)])
        elif run.step % _LOG_EVERY == 0:
            run.mark()
        if run.step % _SAVE_EVERY == 0 or run.part >= 1:
            run.save()
        if progress is not None:
            progress(min(run.part, 1.0), f"step {run.step}, loss {run.loss:.3f}")
    done = run.averaged()
    calibrate(done, validated_on[:: max(len(validated_on) // _CALIBRATED_ON, 1)], lesson, where)
    return Trained(done.to("cpu"), run.curve, run.seconds, run.step)


def begin_with(net: BlockCorruptionNet, path: Path) -> bool:
    """Begin with the weights of a torchvision classifier, or with those of such a network as this.

    Args:
        net: Of a classifier only the backbone is taken.
        path: A classifier's as torchvision names them, or `block_corruption.rN`.

    Returns:
        Whether they were a whole network's.

    Raises:
        KnownError: They are not of this backbone, or cannot be read.
    """
    try:
        found = load_file(path)
        if found.keys() == net.state_dict().keys():
            net.load_state_dict(found)
            return True
        kept = {k.removeprefix("features."): v for k, v in found.items() if "classifier" not in k}
        net.features.load_state_dict(kept)
        return False
    except (OSError, SafetensorError, RuntimeError) as error:
        raise KnownError(f"{path.name} holds no weights of {net.backbone}.", str(error)) from error


def loss_of(cells: Tensor, decided: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
    """Cross-entropy of the cells that count, and of the decisions.

    Args:
        cells: Logits, shape (n, rows, columns).
        decided: Logits, shape (n,).
        batch: `cells`, `counted`, `decided` and `decided_counted`, as in `Batch`.
    """
    plain = functional.binary_cross_entropy_with_logits
    of_cells = plain(cells.float(), batch["cells"], reduction="none") * batch["counted"]
    of_all = plain(decided.float(), batch["decided"], reduction="none") * batch["decided_counted"]
    # A corrupted cell weighs more in a picture with few of them: small damage is to be seen, too.
    corrupted = (batch["cells"] * batch["counted"]).sum((1, 2), keepdim=True)
    total = batch["counted"].sum((1, 2), keepdim=True)
    rare = (total / (2.0 * corrupted.clamp(min=1.0))).clamp(1.0, 4.0)
    weight = torch.where(batch["cells"] > 0, rare, torch.ones_like(of_cells))
    mean_of_cells = (of_cells * weight).sum() / (weight * batch["counted"]).sum().clamp(min=1.0)
    mean_of_all = of_all.sum() / batch["decided_counted"].sum().clamp(min=1.0)
    return mean_of_cells + _DECISION_WEIGHT * mean_of_all


def calibrate(
    net: BlockCorruptionNet, entries: Sequence[Entry], lesson: Lesson, where: torch.device
) -> None:
    """Set scale and offset of both logits by maximum likelihood (Platt) on whole windows."""
    net.calibration.copy_(torch.tensor([1.0, 0.0, 1.0, 0.0]))
    seen = look_at(net, entries, lesson, where)
    pairs = (
        (seen.cells[seen.counted > 0], seen.true_cells[seen.counted > 0]),
        (seen.decided[seen.decided_counted > 0], seen.true_decided[seen.decided_counted > 0]),
    )
    fitted = [value for logits, truth in pairs for value in platt(logits, truth)]
    net.calibration.copy_(torch.tensor(fitted))


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """Logits and truth over many pictures, flat."""

    cells: np.ndarray
    true_cells: np.ndarray
    counted: np.ndarray
    decided: np.ndarray
    true_decided: np.ndarray
    decided_counted: np.ndarray


def look_at(
    net: BlockCorruptionNet, entries: Sequence[Entry], lesson: Lesson, where: torch.device
) -> Looked:
    """What a network says of whole windows, without variation."""
    net.eval()
    size = _whole_size(lesson)
    found: list[tuple[np.ndarray, ...]] = []
    for first in range(0, len(entries), lesson.whole_batch):
        batch = windows(entries[first : first + lesson.whole_batch], size, lesson.cell, None)
        with torch.no_grad(), _quick(where):
            cells, decided = net(_pictures(batch, where))
        found.append(
            (
                cells.float().cpu().numpy().ravel(),
                batch.cells.ravel(),
                batch.counted.ravel(),
                decided.float().cpu().numpy(),
                batch.decided,
                batch.decided_counted,
            )
        )
    return Looked(*(np.concatenate(column) for column in zip(*found, strict=True)))


class _Run:
    """Network, optimiser, moving average and curve, at some step."""

    def __init__(
        self,
        lesson: Lesson,
        net: BlockCorruptionNet,
        work: Path,
        where: torch.device,
        minutes: float,
    ) -> None:
        self.lesson, self.net, self.work, self.where = lesson, net, work, where
        self._minutes = minutes
        self.step, self.seconds, self.loss = 0, 0.0, math.nan
        self.curve: list[Mark] = []
        self._losses: list[float] = []
        self._best = BlockCorruptionNet(lesson.backbone).to(where)
        self._best.load_state_dict(net.state_dict())
        self._fixed = [
            part
            for part in net.features.children()
            if not any(p.requires_grad for p in part.parameters())
        ]
        learning = [p for p in net.parameters() if p.requires_grad]
        plain = [p for p in learning if p.ndim < 2]
        decayed = [p for p in learning if p.ndim >= 2]
        self._solver = torch.optim.AdamW(
            [
                {"params": decayed, "weight_decay": lesson.decay},
                {"params": plain, "weight_decay": 0},
            ]
        )

    @property
    def part(self) -> float:
        """How much is done, 0..1 and over."""
        if self._minutes > 0:
            return self.seconds / (60.0 * self._minutes)
        return self.step / math.ceil(self.lesson.examples / self.lesson.batch)

    def learn(self, batch: Batch) -> None:
        """One step."""
        rate = _rate(min(self.part, 1.0)) * self.lesson.rate
        for group in self._solver.param_groups:
            group["lr"] = rate
        self.net.train()
        for part in self._fixed:
            part.eval()
        with _quick(self.where):
            cells, decided = self.net(_pictures(batch, self.where))
        truth = {
            name: torch.from_numpy(getattr(batch, name)).to(self.where)
            for name in ("cells", "counted", "decided", "decided_counted")
        }
        lost = loss_of(cells, decided, truth)
        self._solver.zero_grad()
        lost.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), _CLIP)
        self._solver.step()
        self.step += 1
        self._losses.append(float(lost.detach()))
        self.loss = float(np.mean(self._losses[-_LOG_EVERY:]))
        self._average()

    def _average(self) -> None:
        kept = min(_AVERAGE, (1 + self.step) / (10 + self.step))
        mine = self.net.state_dict()
        with torch.no_grad():
            for name, value in self._best.state_dict().items():
                if value.dtype.is_floating_point:
                    value.lerp_(mine[name], 1 - kept)
                else:
                    value.copy_(mine[name])

    def averaged(self) -> BlockCorruptionNet:
        """The moving average of the network."""
        return self._best

    def look(self, entries: Sequence[Entry]) -> None:
        """Mark how the average does on validation pictures."""
        if not entries:
            return self.mark()
        seen = look_at(self._best, entries, self.lesson, self.where)
        counts = seen.decided_counted > 0
        said, true = seen.decided[counts], seen.true_decided[counts]
        return self.mark(roc_auc(said, true), average_precision(said, true))

    def mark(self, auc: float = math.nan, precision: float = math.nan) -> None:
        """Add to the curve."""
        loss = float(np.mean(self._losses)) if self._losses else math.nan
        self._losses = []
        self.curve.append(Mark(self.step, loss, auc, precision, self.seconds))

    def save(self) -> None:
        """Write a checkpoint."""
        table = {
            "key": _lesson_key(self.lesson),
            "step": self.step,
            "seconds": self.seconds,
            "curve": [asdict(mark) for mark in self.curve],
        }
        save_checkpoint(self._path, self._nets, self._solver, table)

    def resume(self) -> None:
        """Go on from the checkpoint, if it is of this lesson."""
        key = _lesson_key(self.lesson)
        table = load_checkpoint(self._path, self._nets, self._solver, self.where, key)
        if table is None:
            return
        self.step, self.seconds = int(table["step"]), float(table["seconds"])
        self.curve = [Mark(**mark) for mark in table["curve"]]

    @property
    def _path(self) -> Path:
        return self.work / "checkpoint.safetensors"

    @property
    def _nets(self) -> dict[str, nn.Module]:
        return {"net": self.net, "average": self._best}


def _drawn(lesson: Lesson, sampler: Sampler, step: int) -> Batch:
    rng = np.random.default_rng([lesson.seed, step, 5])
    if step % lesson.whole_every == lesson.whole_every - 1:
        entries = sampler.drawn(lesson.whole_batch, rng)
        return windows(entries, _whole_size(lesson), lesson.cell, rng)
    return crops(sampler.drawn(lesson.batch, rng), lesson.crop, lesson.cell, rng)


def _whole_size(lesson: Lesson) -> tuple[int, int]:
    width, height = lesson.window
    return width // _WINDOW * _WINDOW, height // _WINDOW * _WINDOW


def _pictures(batch: Batch, where: torch.device) -> Tensor:
    pictures = torch.from_numpy(batch.pictures).to(where)
    shaped = pictures.permute(0, 3, 1, 2).float() / 255.0
    return shaped.contiguous(memory_format=torch.channels_last)


def _quick(where: torch.device) -> torch.autocast:
    return torch.autocast(where.type, torch.bfloat16)


def _rate(part: float) -> float:
    """Share of the highest learning rate: up in a line, down as a cosine."""
    if part < _WARM_UP:
        return part / _WARM_UP + 0.02
    return 0.5 * (1 + math.cos(math.pi * (part - _WARM_UP) / (1 - _WARM_UP))) + 0.005


def _lesson_key(lesson: Lesson) -> str:
    """The same for the same lesson, in every process."""
    return json.dumps(asdict(lesson), default=sorted, sort_keys=True)
