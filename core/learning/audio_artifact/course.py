"""The whole course: recordings, pools, training, and weights with their card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.pool import Pool, build_pool
from core.learning.audio_artifact.source import Recording, library
from core.learning.audio_artifact.train import Course, Trained, train
from core.learning.lesson_file import SIDES, Side
from core.models.card import WeightsCard
from core.models.weights import Weights, save

Progress = Callable[[float, str], None]


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
    progress(1.0, "writing the weights")
    return save(trained.net, _card(order, trained, recordings), order.out)


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


def _card(order: Order, trained: Trained, recordings: Sequence[Recording]) -> WeightsCard:
    lesson, course = order.lesson, order.course
    looked = [mark.accuracy for mark in trained.curve if np.isfinite(mark.accuracy)]
    held = "; ".join(
        f"{name}: {', '.join(generators)}" for name, generators in lesson.held_generators.items()
    )
    return WeightsCard(
        name=order.name,
        architecture="AudioArtifactNet",
        options=trained.net.options,
        preprocessing="one second of one channel at the stream's own rate, as "
        "core/models/artifact_feature.py hears it",
        classes=CLASSES,
        recipe=(
            f"onglass learn train audio_artifact, lesson “{lesson.title}”, seed {lesson.seed}: "
            f"{trained.steps:,} batches of {lesson.batch} from {lesson.seconds['train']:,} "
            f"seconds, AdamW, highest rate {lesson.rate:g} (a body that had learned already: "
            f"{'none' if course.keep_body else f'{lesson.body_share:g}'} of it), "
            f"{trained.seconds / 60:.0f} minutes; never heard: "
            f"{held}; coders: {', '.join(sorted(lesson.held_coders))}. Balanced accuracy on the "
            f"validation side {max(looked, default=float('nan')):.4f}."
            + (f" {trained.way:g} of the way from its parent is gone." if trained.way < 1 else "")
        ),
        data=tuple(_data(lesson, recordings)),
        licence="Apache-2.0",
        parent="" if course.start is None else course.start.stem,
        parent_licence=order.start_licence if course.start is not None else "",
        notes=(
            "Trained on artifacts that are made; docs/learning.md says how, and "
            "docs/audio-artifacts.md how good it is.",
        ),
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
