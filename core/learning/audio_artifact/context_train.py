"""Teaching the head that hears in context, with everything else left as it is.

It takes minutes, so that there are no checkpoints: an interrupted course begins it anew. What is
said of sources that were learned from is surer than what is said of others; so answers are shrunk
and moved a little, each stretch otherwise, or the head would trust them too much.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from core.domain.errors import KnownError
from core.learning.audio_artifact.calibrate import calibrate
from core.learning.audio_artifact.context_rows import RowsSaid
from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.pool import UNTOLD
from core.learning.figure import balanced_accuracy
from core.models.artifact_context import Context
from core.models.artifact_feature import ARTIFACTS

_WARM_UP = 0.05
_AVERAGE = 0.99
_CLIP = 2.0
_LOOKED_AT = 16
_OWN_WEIGHT = 2.0
_SHRUNK = 0.6

LEFT = ("hum",)
"""Artifacts whose own probability stays that of the second by itself. In context it is better over
stretches, but on whole clean recordings of the validation side it told of hum in held notes of
one album where that of seconds, which the rule averages over five, told of none."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ContextTaught:
    """What came of it.

    Attributes:
        rounds: How often every stretch came.
        best: Balanced accuracy of rows on the validation side, in context.
        alone: The same of seconds by themselves.
        seconds: Wall seconds.
    """

    rounds: int
    best: float
    alone: float
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    said: Tensor
    joint: Tensor
    lasts: dict[str, Tensor]
    heard: Tensor
    classes: Tensor
    present: Tensor
    counted: Tensor


def teach_context(
    context: Context,
    lesson: Lesson,
    learned: RowsSaid,
    validated: RowsSaid,
    where: torch.device,
    *,
    progress: Callable[[float, str], None] | None = None,
    check: Callable[[], None] | None = None,
) -> ContextTaught:
    """Train the head and calibrate it; it is set to the round that did best.

    Args:
        context: The head; is changed.
        lesson: How long and how fast.
        learned: Rows to learn from.
        validated: Rows of other families, to choose the round and to calibrate on.
        where: To train on.
        progress: Told the share that is done and how it stands.
        check: Called every step; what it raises ends the work.

    Raises:
        KnownError: A class is missing.
    """
    for side in (learned, validated):
        if set(range(len(CLASSES))) - set(side.classes.tolist()):
            raise KnownError("There is too little to learn from: make more stretches.")
    began, plan = time.monotonic(), lesson.stretch
    rng = np.random.default_rng([lesson.seed, 11])
    torch.manual_seed(lesson.seed)
    context.to(where)
    weights = _class_weights(learned).to(where)
    flat = [p for p in context.parameters() if p.ndim < 2]
    steep = [p for p in context.parameters() if p.ndim >= 2]
    groups = [{"params": steep, "weight_decay": plan.decay}, {"params": flat, "weight_decay": 0.0}]
    solver = torch.optim.AdamW(groups, lr=plan.rate)
    average, best = copy.deepcopy(context), copy.deepcopy(context)
    top, step = -1.0, 0
    steps = plan.rounds * math.ceil(len(learned.origins) / plan.batch)
    for done in range(1, plan.rounds + 1):
        order = rng.permutation(len(learned.origins))
        for first in range(0, len(order), plan.batch):
            if check is not None:
                check()
            for group in solver.param_groups:
                group["lr"] = plan.rate * _pace(step / steps)
            batch = _batch(learned, order[first : first + plan.batch].tolist(), where)
            context.train()
            lost = _loss(context, batch, weights, plan.unsure)
            solver.zero_grad()
            lost.backward()
            nn.utils.clip_grad_norm_(context.parameters(), _CLIP)
            solver.step()
            step += 1
            _follow(average, context, min(_AVERAGE, (1 + step) / (10 + step)))
        accuracy = accuracy_in_context(average, validated, where)
        if accuracy >= top:
            top = accuracy
            best.load_state_dict(average.state_dict())
        if progress is not None:
            progress(done / plan.rounds, f"in context, best balanced accuracy {top:.4f}")
    context.load_state_dict(best.state_dict())
    calibrate(context, lambda: answers_in_context(context, validated, where), validated)
    leave(context)
    told = validated.classes != UNTOLD
    alone = validated.said[told, : len(CLASSES)].argmax(axis=1)
    before = balanced_accuracy(alone, validated.classes[told])
    context.to("cpu")
    return ContextTaught(plan.rounds, top, before, time.monotonic() - began)


def answers_in_context(
    context: Context, rows: RowsSaid, where: torch.device
) -> tuple[Floats, Floats]:
    """Logits of all rows in context: shapes (n, 5) and (n, 4)."""
    context.to(where).eval()
    classes = np.zeros((len(rows), len(CLASSES)), np.float32)
    artifacts = np.zeros((len(rows), len(ARTIFACTS)), np.float32)
    for begin in range(0, len(rows.origins), _LOOKED_AT):
        chosen = list(range(begin, min(begin + _LOOKED_AT, len(rows.origins))))
        batch = _batch(rows, chosen, where)
        with torch.no_grad():
            found = context(batch.said, batch.joint, batch.lasts, batch.heard)
        for values, into in zip(found, (classes, artifacts), strict=True):
            for place, number in enumerate(chosen):
                first, end = rows.starts[number], rows.starts[number + 1]
                into[first:end] = values[place, : end - first].cpu().numpy()
    return classes, artifacts


def accuracy_in_context(context: Context, rows: RowsSaid, where: torch.device) -> float:
    """Balanced accuracy of the exclusive answer, where there is one."""
    classes, _artifacts = answers_in_context(context, rows, where)
    told = rows.classes != UNTOLD
    return balanced_accuracy(classes[told].argmax(axis=1), rows.classes[told])


def leave(context: Context) -> None:
    """Have the head say of what `LEFT` names by itself what the network says.

    It learns that, too, because what shows hum shows what is none.
    """
    with torch.no_grad():
        for name in LEFT:
            column = ARTIFACTS.index(name)
            context.correction.weight[len(CLASSES) + column] = 0.0
            context.correction.bias[len(CLASSES) + column] = 0.0
            context.calibration[column] = torch.tensor([1.0, 0.0])


def _batch(rows: RowsSaid, chosen: Sequence[int], where: torch.device) -> _Batch:
    """Some stretches side by side; what is missing of shorter ones was not heard."""
    longest = max(int(rows.starts[n + 1] - rows.starts[n]) for n in chosen)

    def side_by_side(values: NDArray[np.generic], fill: float = 0) -> Tensor:
        shape = (len(chosen), longest, *values.shape[1:])
        kind = values.dtype if values.dtype == np.int64 else np.dtype(np.float32)
        found = np.full(shape, fill, kind)
        for place, number in enumerate(chosen):
            first, end = rows.starts[number], rows.starts[number + 1]
            found[place, : end - first] = values[first:end]
        return torch.from_numpy(found).to(where)

    return _Batch(
        side_by_side(rows.said),
        side_by_side(rows.joint),
        {name: side_by_side(values) for name, values in rows.lasts.items()},
        side_by_side(rows.heard),
        side_by_side(rows.classes, UNTOLD),
        side_by_side(rows.present),
        side_by_side(rows.counted),
    )


def _loss(context: Context, batch: _Batch, weights: Tensor, unsure: float) -> Tensor:
    """Cross-entropy of the exclusive answer, all classes alike, and of each artifact by itself."""
    stretches, rows, width = batch.said.shape
    shrunk = 1.0 - _SHRUNK * torch.rand(stretches, 1, 1)
    moved = unsure * (torch.randn(stretches, 1, width) + 0.5 * torch.randn(stretches, rows, width))
    said = batch.said * shrunk.to(batch.said.device) + moved.to(batch.said.device)
    classes, artifacts = context(said, batch.joint, batch.lasts, batch.heard)
    exclusive = functional.cross_entropy(
        classes.flatten(0, 1), batch.classes.flatten(), weights, ignore_index=UNTOLD
    )
    each = functional.binary_cross_entropy_with_logits(artifacts, batch.present, reduction="none")
    own = (each * batch.counted).sum() / batch.counted.sum().clamp(min=1.0)
    return exclusive + _OWN_WEIGHT * own


def _class_weights(rows: RowsSaid) -> Tensor:
    counts = np.bincount(rows.classes[rows.classes != UNTOLD], minlength=len(CLASSES))
    return torch.from_numpy((counts.sum() / len(CLASSES) / counts).astype(np.float32))


def _follow(average: Context, context: Context, kept: float) -> None:
    mine = context.state_dict()
    with torch.no_grad():
        for name, value in average.state_dict().items():
            if value.dtype.is_floating_point:
                value.lerp_(mine[name], 1 - kept)
            else:
                value.copy_(mine[name])


def _pace(part: float) -> float:
    """Share of the highest learning rate: up in a line, down as a cosine."""
    if part < _WARM_UP:
        return part / _WARM_UP + 0.02
    return 0.5 * (1 + math.cos(math.pi * min((part - _WARM_UP) / (1 - _WARM_UP), 1.0))) + 0.003
