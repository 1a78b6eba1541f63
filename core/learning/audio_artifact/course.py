"""The whole course: recordings, pools, training, and weights with their card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from core.domain.errors import KnownError
from core.learning.audio_artifact.context_rows import RowsSaid, rows_said
from core.learning.audio_artifact.context_train import ContextTaught, teach_context
from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.pool import Pool, build_pool
from core.learning.audio_artifact.source import Recording, library
from core.learning.audio_artifact.stretch_pool import build_stretches
from core.learning.audio_artifact.train import Course, Trained, train
from core.learning.lesson_file import SIDES, Side
from core.models.artifact_context import Context
from core.models.audio_artifact import AudioArtifactNet
from core.models.card import WeightsCard
from core.models.weights import Weights, save

Progress = Callable[[float, str], None]

STRETCHES = "stretches"
"""Name of the folder of stretches."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to do and where.

    Attributes:
        lesson: What is taught.
        data: Folders of clean recordings.
        work: Decoded sound, pools and checkpoints; an interrupted course goes on from there.
        out: Where weights and card go.
        name: Of the weights, as `audio_artifact.r1`.
        course: Which network, for how long.
        start_licence: Of the weights that it begins with, and where they are from.
        processes: How many decode and make seconds.
    """

    lesson: Lesson
    data: tuple[Path, ...]
    work: Path
    out: Path
    name: str
    course: Course = field(default_factory=Course)
    start_licence: str = ""
    processes: int = 1


def teach(order: Order, progress: Progress, check: Callable[[], None] | None = None) -> Weights:
    """Make the pools, train, and write weights and card.

    Raises:
        KnownError: Folders, recordings or weights are at fault.
    """
    recordings = sound(order, progress)
    if order.course.only_context:
        trained = _known(order.course)
    else:
        learned = pool(order, recordings, "train", progress)
        validated = pool(order, recordings, "validation", progress)
        kind = order.course.body + ("" if order.course.fine else "_alone")
        trained = train(
            order.lesson,
            learned,
            validated,
            order.work / f"{order.name}.{kind}",
            order.course,
            progress=progress,
            check=check,
        )
    taught = None
    if order.course.in_context:
        taught = _taught_context(order, recordings, trained.net, progress, check)
    progress(1.0, "writing the weights")
    return save(trained.net, _card(order, trained, taught, recordings), order.out)


def _known(course: Course) -> Trained:
    """A whole network as it is."""
    if course.start is None or not course.in_context:
        raise KnownError("The head that hears in context is taught to a whole network: name one.")
    net = AudioArtifactNet(course.body, course.fine, course.wide)
    if not net.start_from(course.start):
        raise KnownError(f"The weights {course.start.name} are of a body alone.")
    return Trained(net, [], 0.0, 0)


def _taught_context(
    order: Order,
    recordings: Sequence[Recording],
    net: AudioArtifactNet,
    progress: Progress,
    check: Callable[[], None] | None,
) -> ContextTaught:
    """Give a network a head that hears in context."""
    name = order.course.device or ("cuda" if torch.cuda.is_available() else "cpu")
    where = torch.device(name)

    def said(side: Side) -> RowsSaid:
        stretches(order, recordings, side, progress)
        folder = order.work / STRETCHES / side
        return rows_said(net.to(where), order.lesson, side, folder, where, progress)

    learned, validated = said("train"), said("validation")
    torch.manual_seed(order.lesson.seed)
    context = net.to("cpu").context = Context()
    return teach_context(
        context, order.lesson, learned, validated, where, progress=progress, check=check
    )


def stretches(
    order: Order, recordings: Sequence[Recording], side: Side, progress: Progress
) -> None:
    """The stretches of one side; those that are missing are made."""
    build_stretches(
        order.lesson,
        recordings,
        side,
        order.work / STRETCHES / side,
        processes=order.processes,
        progress=lambda share, what: progress(share, f"{side}: {what}"),
    )


def sound(order: Order, progress: Progress) -> list[Recording]:
    """The recordings, decoded where they were not yet."""
    return library(
        order.data,
        order.work / "sound",
        order.lesson.most_s_a_file,
        order.processes,
        progress,
    )


def pool(order: Order, recordings: Sequence[Recording], side: Side, progress: Progress) -> Pool:
    """The seconds of one side; those that are missing are made."""
    return build_pool(
        order.lesson,
        recordings,
        side,
        order.work / ("panns_pool" if order.course.panns else "pool") / side,
        names=order.course.names,
        processes=order.processes,
        progress=lambda share, what: progress(share, f"{side}: {what}"),
    )


def _card(
    order: Order, trained: Trained, taught: ContextTaught | None, recordings: Sequence[Recording]
) -> WeightsCard:
    lesson, course = order.lesson, order.course
    return WeightsCard(
        name=order.name,
        architecture="AudioArtifactNet",
        options=trained.net.options,
        preprocessing="one second of one channel at the stream's own rate, as "
        "core/models/artifact_feature.py hears it",
        classes=CLASSES,
        recipe=" ".join(_recipe(order, trained, taught)),
        data=tuple(_data(lesson, recordings)),
        licence="Apache-2.0",
        parent="" if course.start is None else course.start.stem,
        parent_licence=order.start_licence if course.start is not None else "",
        notes=(
            "Trained on artifacts that are made; docs/learning.md says how, and "
            "docs/audio-artifacts.md how good it is.",
        ),
    )


def _recipe(order: Order, trained: Trained, taught: ContextTaught | None) -> Iterator[str]:
    lesson, course = order.lesson, order.course
    held = "; ".join(
        f"{name}: {', '.join(generators)}" for name, generators in lesson.held_generators.items()
    )
    never = f"never heard: {held}; coders: {', '.join(sorted(lesson.held_coders))}."
    head = f"onglass learn train audio_artifact, lesson “{lesson.title}”, seed {lesson.seed}:"
    if course.only_context:
        yield f"{head} all but the head in context as in its parent; {never}"
    else:
        looked = [mark.accuracy for mark in trained.curve if np.isfinite(mark.accuracy)]
        yield (
            f"{head} {trained.steps:,} batches of {lesson.batch} from "
            f"{lesson.seconds['train']:,} seconds, AdamW, highest rate {lesson.rate:g} (a body "
            f"that had learned already: {'none' if course.keep_body else f'{lesson.body_share:g}'} "
            f"of it), {trained.seconds / 60:.0f} minutes; {never} Balanced accuracy on the "
            f"validation side {max(looked, default=float('nan')):.4f}."
        )
        if trained.way < 1:
            yield f"{trained.way:g} of the way from its parent is gone."
    if taught is not None:
        plan = lesson.stretch
        yield (
            f"The head in context: {taught.rounds} rounds of {plan.count['train']:,} stretches of "
            f"{plan.length_s:g} seconds or less, AdamW, highest rate {plan.rate:g}, "
            f"{taught.seconds / 60:.0f} minutes. Balanced accuracy of rows on the validation side "
            f"{taught.best:.4f}, of the same seconds by themselves {taught.alone:.4f}."
        )


def _data(lesson: Lesson, recordings: Sequence[Recording]) -> Iterator[str]:
    """A line a side and kind, with the families' names."""
    for side in SIDES:
        mine = [r for r in recordings if lesson.side_of(r.family) == side]
        for kind in sorted({r.kind for r in mine}):
            chosen = [r for r in mine if r.kind == kind]
            names = sorted({r.family for r in chosen})
            minutes = sum(r.seconds for r in chosen) / 60
            yield f"{side}: {minutes:.0f} minutes of {kind}: {', '.join(names)}"
