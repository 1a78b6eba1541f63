"""The training loop: from a pool of seconds to a calibrated network.

What a step is given follows from seed and step alone, so that training goes on from its last
checkpoint as if it had never stopped. With a budget in minutes the learning rate follows the clock
instead of the number of steps: how many steps are made, and so the result, then depends on the
machine.
"""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from core.domain.errors import KnownError
from core.learning.audio_artifact.calibrate import calibrate
from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.pool import UNTOLD, Pool
from core.learning.audio_artifact.way import as_far_as_serves
from core.learning.checkpoint import load_checkpoint, save_checkpoint
from core.learning.figure import balanced_accuracy
from core.models.artifact_feature import FEATURES, PANNS_MEL
from core.models.audio_artifact import BODY, AudioArtifactNet

_WARM_UP = 0.05
_AVERAGE = 0.998
_CLIP = 2.0
_LOG_EVERY = 50
_LOOK_BATCH = 256
_SHIFT = 24
_SHIFT_INSTANTS = 125
_MASKED_FRAMES, _MASKED_BANDS = 12, 8
_MASKED = 0.3
_MELS = ("mel", PANNS_MEL)
_LEVEL_FIGURE, _LEVEL_JITTER = 0, 0.3

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Course:
    """What is trained and for how long, besides the lesson.

    Attributes:
        body: Of `AudioArtifactNet`.
        fine: Its fine branch, too.
        wide: The fine branch hears what `core/models/artifact_wide.py` tells.
        keep_body: The body stays as it is; what it says is asked once. A step is several times
            shorter, and only what joins the branches, and the fine one, learns.
        context: A second head hears in context; not for PANNs' bodies, and not without what a wide
            branch hears.
        only_context: Nothing but that head learns; the rest is a whole network to go on from.
        start: Published weights of the body, or a whole network to go on from.
        minutes: Budget of wall time; 0 goes by the lesson's number of examples.
        device: `cpu`, `cuda`, or empty for a GPU when there is one.
    """

    body: str = "yamnet"
    fine: bool = True
    wide: bool = True
    keep_body: bool = False
    context: bool = True
    only_context: bool = False
    start: Path | None = None
    minutes: float = 0.0
    device: str = ""

    @property
    def panns(self) -> bool:
        """Whether it hears as PANNs' networks do."""
        return self.body.startswith("panns")

    @property
    def in_context(self) -> bool:
        """Whether there is a head that hears in context."""
        return self.context and self.fine and self.wide and not self.panns

    @property
    def names(self) -> tuple[str, ...]:
        """Of the features that the pool has to have."""
        return (*FEATURES, *((PANNS_MEL,) if self.panns else ()))

    @property
    def key(self) -> str:
        """What tells this training from another of the same lesson."""
        start = self.start.name if self.start else "-"
        return f"{self.body} {self.fine} {self.wide} {self.keep_body} {start} {self.minutes:g}"


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of the training curves.

    Attributes:
        step: After how many batches.
        loss: Mean since the last mark.
        accuracy: Balanced accuracy of the exclusive answer on the validation side; NaN between
            looks.
        seconds: Wall seconds in all so far.
    """

    step: int
    loss: float
    accuracy: float
    seconds: float


@dataclass(slots=True)
class Trained:
    """What came of training.

    Attributes:
        net: Calibrated, ready to be saved.
        curve: The marks.
        seconds: Wall seconds in all.
        steps: Batches in all.
        way: Share of the way from the network that was gone on from; 1 without one.
    """

    net: AudioArtifactNet
    curve: list[Mark]
    seconds: float
    steps: int
    way: float = 1.0


def train(
    lesson: Lesson,
    learned: Pool,
    validated: Pool,
    work: Path,
    course: Course,
    *,
    progress: Callable[[float, str], None] | None = None,
    check: Callable[[], None] | None = None,
) -> Trained:
    """Train, going on from what is in `work`.

    Args:
        lesson: What is taught.
        learned: Seconds to learn from.
        validated: Seconds of other families, to choose the best step and to calibrate on.
        work: Folder of checkpoint and curves.
        course: Which network, for how long.
        progress: Told the share that is done and how it stands.
        check: Called every step; what it raises ends the work. The last checkpoint stays.

    Raises:
        KnownError: A class is missing from the pool, or folder or weights are at fault.
    """
    for pool in (learned, validated):
        if set(range(len(CLASSES))) - set(pool.classes.tolist()):
            raise KnownError("There is too little to learn from: make a larger pool.")
    torch.manual_seed(lesson.seed)
    where = torch.device(course.device or ("cuda" if torch.cuda.is_available() else "cpu"))
    net = AudioArtifactNet(course.body, course.fine, course.fine and course.wide)
    whole = course.start is not None and net.start_from(course.start)
    first = copy.deepcopy(net)
    if course.keep_body and net.hearing is not None:
        net.hearing.requires_grad_(False)
    run = _Run(lesson, net.to(where), work, where, course)
    run.resume()
    if course.keep_body:
        told = progress or (lambda share, what: None)
        validated = said_by_body(net, validated, where, told)
        learned = said_by_body(net, learned, where, told) if run.part < 1.0 else learned
    began = time.monotonic() - run.seconds
    while run.part < 1.0:
        if check is not None:
            check()
        run.learn(drawn(lesson, learned, run.step))
        run.seconds = time.monotonic() - began
        if run.step % lesson.look_every == 0 or run.part >= 1.0:
            run.look(validated)
            run.save()
        elif run.step % _LOG_EVERY == 0:
            run.mark()
        if progress is not None:
            progress(min(run.part, 1.0), run.said)
    way = 1.0
    if whole:
        way = as_far_as_serves(
            first.to(where), run.best, lambda: accuracy_on(run.best, validated, where)
        )
    calibrate(run.best, lambda: answers(run.best, validated, where), validated)
    return Trained(run.best.to("cpu"), run.curve, run.seconds, run.step, way)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some seconds.

    Attributes:
        features: By name, float32.
        present: As in `Pool`.
        counted: As in `Pool`.
        classes: As in `Pool`.
        weights: Of each class, so that all classes of the pool weigh alike.
    """

    features: dict[str, Floats]
    present: Floats
    counted: Floats
    classes: NDArray[np.int64]
    weights: Floats


def drawn(lesson: Lesson, pool: Pool, step: int) -> Batch:
    """The batch of a step, a little varied.

    Sounds are moved in time; now and then some frames or some bands of the mel spectrum are covered
    (SpecAugment, Park et al. 2019), and the level is told a little wrong.
    """
    rng = np.random.default_rng([lesson.seed, step, 7])
    rows = np.sort(rng.choice(len(pool), lesson.batch, replace=len(pool) < lesson.batch))
    known = BODY in pool.features
    features = {
        name: np.asarray(values[rows], np.float32)
        for name, values in pool.features.items()
        if not (known and name in _MELS)
    }
    instants, mels = features["instants"], [v for n, v in features.items() if n in _MELS]
    for row in range(len(rows)):
        by = int(rng.integers(-_SHIFT_INSTANTS, _SHIFT_INSTANTS + 1))
        instants[row] = np.roll(instants[row], by, axis=1)
        for mel in mels:
            _vary(mel[row], rng)
    features["figures"][:, _LEVEL_FIGURE] += rng.normal(0.0, _LEVEL_JITTER, len(rows))
    counts = np.bincount(pool.classes[pool.classes != UNTOLD], minlength=len(CLASSES))
    weights = (counts.sum() / len(CLASSES) / counts).astype(np.float32)
    return Batch(features, pool.present[rows], pool.counted[rows], pool.classes[rows], weights)


def _vary(mel: Floats, rng: np.random.Generator) -> None:
    """Move one mel spectrum (frames, bands) in time, and cover some of it, in place."""
    mel[:] = np.roll(mel, int(rng.integers(-_SHIFT, _SHIFT + 1)), axis=0)
    mean = mel.mean()
    if rng.random() < _MASKED:
        at = int(rng.integers(mel.shape[0] - _MASKED_FRAMES))
        mel[at : at + int(rng.integers(1, _MASKED_FRAMES + 1))] = mean
    if rng.random() < _MASKED:
        at = int(rng.integers(mel.shape[1] - _MASKED_BANDS))
        mel[:, at : at + int(rng.integers(1, _MASKED_BANDS + 1))] = mean


def loss_of(classes: Tensor, artifacts: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of the exclusive answer, and of each artifact by itself.

    Args:
        classes: Logits, shape (n, 5).
        artifacts: Logits, shape (n, 4).
        batch: Two artifacts at once, and hidden ones, have no exclusive answer.
    """
    where = classes.device
    exclusive = functional.cross_entropy(
        classes,
        torch.from_numpy(batch.classes).to(where),
        torch.from_numpy(batch.weights).to(where),
        ignore_index=UNTOLD,
        reduction="sum",
    )
    counted = torch.from_numpy(batch.counted).to(where)
    each = functional.binary_cross_entropy_with_logits(
        artifacts, torch.from_numpy(batch.present).to(where), reduction="none"
    )
    told = batch.classes[batch.classes != UNTOLD]
    weight = max(float(batch.weights[told].sum()), 1.0)
    return exclusive / weight + (each * counted).sum() / counted.sum().clamp(min=1.0) * 2.0


def said_by_body(
    net: AudioArtifactNet, pool: Pool, where: torch.device, progress: Callable[[float, str], None]
) -> Pool:
    """The pool with what the body says of each second, as the feature `BODY`."""
    hearing, mel = net.hearing, net.heard[0]
    if hearing is None:
        return pool
    hearing.eval()
    found = []
    for first in range(0, len(pool), _LOOK_BATCH):
        rows = np.asarray(pool.features[mel][first : first + _LOOK_BATCH], np.float32)
        with torch.no_grad():
            found.append(hearing(torch.from_numpy(rows).to(where)).cpu().numpy().astype(np.float16))
        progress(min(first / len(pool), 1.0), "asking the body")
    return replace(pool, features={**pool.features, BODY: np.concatenate(found)})


def _given(net: AudioArtifactNet, features: Mapping[str, object]) -> tuple[str, ...]:
    """Names of the features that a network is given, of those that there are."""
    if BODY not in features or net.hearing is None:
        return net.heard
    return (BODY, *net.heard[1:])


def answers(
    net: AudioArtifactNet, pool: Pool, where: torch.device
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Logits of a whole pool, without variation: shapes (n, 5) and (n, 4)."""
    net.eval()
    found: list[tuple[np.ndarray, np.ndarray]] = []
    for first in range(0, len(pool), _LOOK_BATCH):
        rows = slice(first, first + _LOOK_BATCH)
        features = {
            name: torch.from_numpy(np.asarray(pool.features[name][rows], np.float32)).to(where)
            for name in _given(net, pool.features)
        }
        with torch.no_grad():
            classes, artifacts = net(features)
        found.append((classes.cpu().numpy(), artifacts.cpu().numpy()))
    classes, artifacts = (np.concatenate(column) for column in zip(*found, strict=True))
    return classes, artifacts


def accuracy_on(net: AudioArtifactNet, pool: Pool, where: torch.device) -> float:
    """Balanced accuracy of the exclusive answer, where there is one."""
    classes, _artifacts = answers(net, pool, where)
    told = pool.classes != UNTOLD
    return balanced_accuracy(classes[told].argmax(axis=1), pool.classes[told])


class _Run:
    """Network, optimiser, moving average, the best so far and the curve, at some step."""

    def __init__(
        self,
        lesson: Lesson,
        net: AudioArtifactNet,
        work: Path,
        where: torch.device,
        course: Course,
    ) -> None:
        if net.hearing is not None:
            # Depthwise convolutions of a processor learn a tenth to a half faster so.
            net.hearing.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.lesson, self.net, self.where, self.course = lesson, net, where, course
        self.path = work / "checkpoint.safetensors"
        self.step, self.seconds, self.top = 0, 0.0, -1.0
        self.curve: list[Mark] = []
        self._losses: list[float] = []
        self._average, self.best = copy.deepcopy(net), copy.deepcopy(net)
        self._solver = torch.optim.AdamW(_groups(net, lesson, course))
        self._shares = [float(group["lr"]) for group in self._solver.param_groups]

    @property
    def part(self) -> float:
        """How much is done, 0..1 and over."""
        if self.course.minutes > 0:
            return self.seconds / (60.0 * self.course.minutes)
        return self.step / math.ceil(self.lesson.examples / self.lesson.batch)

    @property
    def said(self) -> str:
        """How it stands."""
        loss = float(np.mean(self._losses)) if self._losses else self.curve[-1].loss
        return f"step {self.step}, loss {loss:.3f}, best balanced accuracy {self.top:.4f}"

    def learn(self, batch: Batch) -> None:
        """One step."""
        rate = _rate(self.part)
        for group, share in zip(self._solver.param_groups, self._shares, strict=True):
            group["lr"] = rate * share
        # Dropout, too, follows from seed and step.
        torch.manual_seed(self.lesson.seed * 1_000_003 + self.step)
        self.net.train()
        classes, artifacts = self.net(
            {
                name: torch.from_numpy(batch.features[name]).to(self.where)
                for name in _given(self.net, batch.features)
            }
        )
        lost = loss_of(classes, artifacts, batch)
        self._solver.zero_grad()
        lost.backward()
        nn.utils.clip_grad_norm_(self.net.parameters(), _CLIP)
        self._solver.step()
        self.step += 1
        self._losses.append(float(lost.detach()))
        self._follow()

    def _follow(self) -> None:
        kept = min(_AVERAGE, (1 + self.step) / (10 + self.step))
        mine = self.net.state_dict()
        with torch.no_grad():
            for name, value in self._average.state_dict().items():
                if self.course.keep_body and name.startswith("hearing."):
                    continue
                if value.dtype.is_floating_point:
                    value.lerp_(mine[name], 1 - kept)
                else:
                    value.copy_(mine[name])

    def look(self, pool: Pool) -> None:
        """Mark how the average does on the validation side, and keep it where it is the best."""
        accuracy = accuracy_on(self._average, pool, self.where)
        if accuracy >= self.top:
            self.top = accuracy
            self.best.load_state_dict(self._average.state_dict())
        self.mark(accuracy)

    def mark(self, accuracy: float = math.nan) -> None:
        """Add to the curve."""
        loss = float(np.mean(self._losses)) if self._losses else math.nan
        self._losses = []
        self.curve.append(Mark(self.step, loss, accuracy, self.seconds))

    def save(self) -> None:
        """Write a checkpoint."""
        table = {
            "key": self._key,
            "step": self.step,
            "seconds": self.seconds,
            "top": self.top,
            "curve": [asdict(mark) for mark in self.curve],
        }
        save_checkpoint(self.path, self._nets, self._solver, table)

    def resume(self) -> None:
        """Go on from the checkpoint, if it is of this lesson and course."""
        table = load_checkpoint(self.path, self._nets, self._solver, self.where, self._key)
        if table is None:
            return
        self.step, self.seconds = int(table["step"]), float(table["seconds"])
        self.top = float(table["top"])
        self.curve = [Mark(**mark) for mark in table["curve"]]

    @property
    def _nets(self) -> dict[str, nn.Module]:
        return {"net": self.net, "average": self._average, "best": self.best}

    @property
    def _key(self) -> str:
        table = asdict(self.lesson)
        # Stretches are for another head.
        table.pop("stretch")
        lesson = json.dumps(table, default=sorted, sort_keys=True)
        return f"{lesson} {self.course.key}"


def _groups(net: AudioArtifactNet, lesson: Lesson, course: Course) -> list[dict[str, object]]:
    """Parameters by rate and decay: a body that has learned already goes slowly."""
    body = set() if course.start is None or net.hearing is None else {*net.hearing.parameters()}
    learning = [p for p in net.parameters() if p.requires_grad]
    groups: list[dict[str, object]] = []
    for slow in (False, True):
        for flat in (False, True):
            mine = [p for p in learning if (p in body) == slow and (p.ndim < 2) == flat]
            if mine:
                rate = lesson.rate * (lesson.body_share if slow else 1.0)
                decay = 0.0 if flat else lesson.decay
                groups.append({"params": mine, "lr": rate, "weight_decay": decay})
    return groups


def _rate(part: float) -> float:
    """Share of the highest learning rate: up in a line, down as a cosine."""
    if part < _WARM_UP:
        return part / _WARM_UP + 0.02
    return 0.5 * (1 + math.cos(math.pi * min((part - _WARM_UP) / (1 - _WARM_UP), 1.0))) + 0.003
