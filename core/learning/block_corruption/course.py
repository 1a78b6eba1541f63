"""The whole course: pools, training, weights with their card, and the examination."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.learning.block_corruption.crop import windows
from core.learning.block_corruption.examination import examine
from core.learning.block_corruption.lesson import Lesson
from core.learning.block_corruption.pool import (
    EXAMINATION_PIECES,
    EXAMINATION_WRECKS,
    Asking,
    Entry,
    build_pool,
    wreck,
    wreck_asked_for,
)
from core.learning.block_corruption.report import figures_of, measured
from core.learning.block_corruption.source import sources_in
from core.learning.block_corruption.train import Trained, train
from core.learning.lesson_file import Side
from core.models.card import WeightsCard
from core.models.corruption_runtime import Choice, open_runtime
from core.models.export import export_int8
from core.models.weights import Weights, save, write_card

ROUNDS = 3
"""How often everything of the examination is asked, of other sources and places."""

_VALIDATION_PIECES = 200
_CALIBRATION_PICTURES = 160
_COMPARED = 120
_MAY_DIFFER = 0.02

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What to do and where.

    Attributes:
        lesson: What is taught.
        data: Folders of clean titles and photographs.
        work: Pools and checkpoints; an interrupted course goes on from there.
        out: Where weights and card go.
        name: Of the weights, as `block_corruption.r1`.
        start: Weights of the backbone to begin with.
        start_licence: Theirs, and where they are from.
        device: `cpu`, `cuda` or empty for what there is.
        processes: How many make pieces.
        minutes: Budget of wall time to train in; 0 goes by the lesson's number of examples.
    """

    lesson: Lesson
    data: tuple[Path, ...]
    work: Path
    out: Path
    name: str
    start: Path | None = None
    start_licence: str = ""
    device: str = ""
    processes: int = 1
    minutes: float = 0.0


def teach(order: Order, progress: Progress, check: Callable[[], None] | None = None) -> Weights:
    """Make the pools, train, export and write the card.

    Raises:
        KnownError: Folders, sources or weights are at fault.
    """
    learned = pool(order, "train", order.lesson.pieces, progress)
    learned += pool(order, "train", order.lesson.wrecks, progress, folder="wrecks", asking=wreck)
    validated = pool(order, "validation", _VALIDATION_PIECES, progress)
    folder = order.work / order.name
    trained = train(
        order.lesson,
        learned,
        validated,
        folder,
        start=order.start,
        minutes=order.minutes,
        device=order.device,
        progress=progress,
        check=check,
    )
    progress(1.0, "writing the weights")
    weights = save(trained.net, _card(order, trained, learned), order.out)
    net = trained.net.eval()
    export_int8(net, _pictures(learned, order.lesson), order.out / f"{order.name}.int8.onnx")
    weights = write_card(weights.card, order.out)
    if _agree(weights, validated):
        weights = write_card(replace(weights.card, proven=("onnx_int8",)), order.out)
    return weights


def pool(
    order: Order,
    side: Side,
    pieces: int,
    progress: Progress,
    *,
    folder: str = "",
    asking: Asking | None = None,
) -> list[Entry]:
    """The pictures of one side; pieces that are missing are made.

    Args:
        order: What is taught, and where pools are.
        side: Which.
        pieces: How many.
        progress: Told how far it is.
        folder: Name of the pool; empty is the side's.
        asking: See `build_pool`.
    """
    name = folder or side
    return build_pool(
        order.lesson,
        order.data,
        side,
        order.work / "pool" / name,
        pieces=pieces,
        asking=asking,
        processes=order.processes,
        progress=lambda share, what: progress(share, f"{name}: {what}"),
    )


def put_to_the_test(
    order: Order,
    weights: Weights,
    choice: Choice,
    line: float,
    progress: Progress,
    *,
    card: bool = False,
) -> dict[str, Any]:
    """Examine weights on the test side.

    Args:
        order: Says what is held out, and where pools are.
        weights: Which.
        choice: What the network runs in.
        line: Probability from which the learned decision calls a picture corrupted.
        progress: Told how far it is.
        card: Write the chief figures onto the card.

    Returns:
        All figures; see `report.figures_of`.

    Raises:
        KnownError: Folders or weights are at fault.
    """
    entries = pool(order, "test", ROUNDS * EXAMINATION_PIECES, progress)
    wrecks = pool(
        order,
        "test",
        ROUNDS * EXAMINATION_WRECKS,
        progress,
        folder="test-wrecks",
        asking=wreck_asked_for,
    )
    runtime = open_runtime(choice, weights)

    def see(picture: NDArray[np.uint8]) -> tuple[float, NDArray[np.floating]]:
        seen = runtime.see(picture)
        return seen.probability, seen.map

    answers = examine(order.lesson, entries, see, progress=progress)
    wrecked = examine(order.lesson, wrecks, see, peer=False, progress=progress)
    figures = figures_of(order.lesson, answers, wrecked, line)
    figures["runtime"], figures["seed"] = runtime.choice, order.lesson.seed
    on = f"test side of the split by source title, seed {order.lesson.seed}, {runtime.choice}"
    if card:
        chief = tuple(measured(figures, on))
        write_card(replace(weights.card, metrics=chief), weights.folder)
    return figures


def _card(order: Order, trained: Trained, learned: Sequence[Entry]) -> WeightsCard:
    lesson = order.lesson
    last = next((mark for mark in reversed(trained.curve) if np.isfinite(mark.auc)), None)
    held = ", ".join(sorted(lesson.held_variants))
    start = "" if order.start is None else order.start.stem
    return WeightsCard(
        name=order.name,
        architecture="BlockCorruptionNet",
        options={"backbone": lesson.backbone},
        preprocessing="RGB, 8 bits, of the picture's own size; one cell of the map is 32 x 32",
        classes=("clean", "corrupted"),
        recipe=(
            f"onglass learn train block_corruption, lesson “{lesson.title}”, seed {lesson.seed}: "
            f"{trained.steps * lesson.batch:,} crops of {lesson.crop} pixels from "
            f"{lesson.pieces + lesson.wrecks:,} pieces of {lesson.frames} pictures "
            f"({len(learned):,} pictures kept), AdamW, highest rate {lesson.rate:g}, "
            f"{trained.seconds / 60:.0f} minutes; never seen: {held}. Validation "
            + (f"ROC AUC of pictures {last.auc:.4f}." if last is not None else "not looked at.")
        ),
        data=tuple(_data(order)),
        licence="Apache-2.0",
        parent=start,
        parent_licence=order.start_licence,
        notes=(
            "Damage that differs from the clean decode by no more than "
            f"{lesson.visible} codes, or that nothing in the single picture gives away, was "
            "neither taught nor counted (docs/learning.md says how that is told).",
        ),
    )


def _data(order: Order) -> Iterator[str]:
    """A line a side and kind, with the sources' names."""
    found = sources_in(order.data, order.lesson.drawn > 0)
    for side in ("train", "validation", "test"):
        mine = [source for source in found if order.lesson.side_of(source.name) == side]
        for kind, names in (
            ("titles of film", [source.name for source in mine if source.title is not None]),
            ("photographs and artwork", [source.name for source in mine if source.is_photo]),
            ("drawn scenes", [source.name for source in mine if source.scene is not None]),
        ):
            if names:
                yield f"{side}: {len(names)} {kind}: {', '.join(names)}"


def _pictures(entries: Sequence[Entry], lesson: Lesson) -> Iterator[NDArray[np.uint8]]:
    """Pictures to take the ranges of activations from: as they come, damaged and clean."""
    rng = np.random.default_rng([lesson.seed, 17])
    for place in rng.permutation(len(entries))[:_CALIBRATION_PICTURES]:
        yield windows([entries[int(place)]], lesson.window, lesson.cell, None).pictures[0]


def _agree(weights: Weights, entries: Sequence[Entry]) -> bool:
    """Whether eight bits say the same as 32 do, on average over pictures."""
    exact, quick = open_runtime("onnx_fp32", weights), open_runtime("onnx_int8", weights)
    chosen = entries[:: max(len(entries) // _COMPARED, 1)]
    differences = []
    for entry in chosen:
        picture = entry.picture()
        differences.append(abs(exact.see(picture).probability - quick.see(picture).probability))
    return float(np.mean(differences)) <= _MAY_DIFFER
