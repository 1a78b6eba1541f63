"""The detectors that learn: how each is taught and examined from the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

Progress = Callable[[float, str], None]

_BLOCK_LINE = 0.9
_AUDIO_LINE = 0.9


@dataclass(frozen=True, slots=True)
class Teaching:
    """What was asked of training.

    Attributes:
        data: Folders of clean sources.
        name: Of the weights.
        out: Where they go; None is the user's own folder.
        lesson: A file; None is the one that ships.
        work: Where pools and checkpoints are kept.
        start: Weights of the backbone to begin with.
        start_licence: Theirs.
        device: `cpu`, `cuda` or empty.
        processes: How many make the pool.
        own: Options of this detector alone.
    """

    data: tuple[Path, ...]
    name: str
    out: Path | None
    lesson: Path | None
    work: Path
    start: Path | None
    start_licence: str
    device: str
    processes: int
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examining:
    """What was asked of an examination.

    Attributes:
        data: Folders of clean sources.
        weights: Name; empty is the newest of the detector.
        runtime: What the network runs in.
        line: Probability from which something counts as flagged; None is the detector's.
        lesson: A file; None is the one that ships.
        work: Where pools are kept.
        card: Write the chief figures onto the card.
        processes: How many make the pool.
        own: Options of this detector alone.
    """

    data: tuple[Path, ...]
    weights: str
    runtime: str
    line: float | None
    lesson: Path | None
    work: Path
    card: bool
    processes: int
    own: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """What an examination found.

    Attributes:
        values: For JSON.
        markdown: For a page.
        sentence: For the console.
    """

    values: dict[str, Any]
    markdown: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A detector that learns.

    Attributes:
        teach: Trains; returns what to tell.
        examine: Measures.
        of_training: Names of its own options of training.
        of_examination: Names of its own options of examination.
    """

    teach: Callable[[Teaching, Progress], str]
    examine: Callable[[Examining, Progress], Figures]
    of_training: frozenset[str] = frozenset()
    of_examination: frozenset[str] = frozenset()


def _teach_blocks(asked: Teaching, progress: Progress) -> str:
    from core.learning.block_corruption.course import Order, teach
    from core.learning.block_corruption.lesson import read_lesson
    from core.models.weights import own_folder

    order = Order(
        read_lesson(asked.lesson),
        asked.data,
        asked.work,
        asked.out or own_folder(),
        asked.name,
        asked.start,
        asked.start_licence,
        asked.device,
        asked.processes,
        asked.own.get("minutes", 0.0),
    )
    weights = teach(order, progress)
    return f"{weights.card.name} is in {weights.folder}."


def _examine_blocks(asked: Examining, progress: Progress) -> Figures:
    from core.learning.block_corruption.course import Order, put_to_the_test
    from core.learning.block_corruption.lesson import read_lesson
    from core.learning.block_corruption.report import as_sentence, markdown
    from core.models.corruption_runtime import Choice
    from core.models.weights import find

    found = find(asked.weights or "block_corruption")
    name = found.card.name
    order = Order(
        read_lesson(asked.lesson),
        asked.data,
        asked.work,
        found.folder,
        name,
        processes=asked.processes,
    )
    line = _BLOCK_LINE if asked.line is None else asked.line
    choice: Choice = asked.runtime  # type: ignore[assignment]
    figures = put_to_the_test(order, found, choice, line, progress, card=asked.card)
    return Figures(figures, markdown(figures, name), as_sentence(figures, name))


def _teach_audio(asked: Teaching, progress: Progress) -> str:
    from core.learning.audio_artifact.course import Order, teach
    from core.learning.audio_artifact.lesson import read_lesson
    from core.learning.audio_artifact.train import Course
    from core.models.weights import own_folder

    course = Course(
        body=asked.own.get("body", "yamnet"),
        fine=asked.own.get("fine", True),
        keep_body=asked.own.get("keep_body", False),
        context=asked.own.get("context", True),
        only_context=asked.own.get("only_context", False),
        start=asked.start,
        minutes=asked.own.get("minutes", 0.0),
        device=asked.device,
    )
    order = Order(
        read_lesson(asked.lesson),
        asked.data,
        asked.work,
        asked.out or own_folder(),
        asked.name,
        course,
        asked.start_licence,
        asked.processes,
    )
    weights = teach(order, progress)
    return f"{weights.card.name} is in {weights.folder}."


def _examine_audio(asked: Examining, progress: Progress) -> Figures:
    from core.learning.audio_artifact.course import Order
    from core.learning.audio_artifact.examination import put_to_the_test
    from core.learning.audio_artifact.lesson import read_lesson
    from core.learning.audio_artifact.report import as_sentence, markdown
    from core.learning.audio_artifact.train import Course
    from core.models.weights import find

    found = find(asked.weights or "audio_artifact")
    name = found.card.name
    order = Order(
        read_lesson(asked.lesson),
        asked.data,
        asked.work,
        found.folder,
        name,
        Course(body=found.card.options.get("body", "")),
        processes=asked.processes,
    )
    figures = put_to_the_test(
        order,
        found,
        _AUDIO_LINE if asked.line is None else asked.line,
        progress,
        real=asked.own.get("real", ()),
        against=asked.own.get("against", ()),
        card=asked.card,
    )
    return Figures(figures, markdown(figures, name), as_sentence(figures, name))


def _teach_lips(asked: Teaching, progress: Progress) -> str:
    from core.learning.lipsync.course import Order, teach
    from core.learning.lipsync.lesson import read_lesson
    from core.models.weights import own_folder

    order = Order(
        read_lesson(asked.lesson),
        asked.data,
        asked.work,
        asked.out or own_folder(),
        asked.name,
        asked.start,
        asked.start_licence,
    )
    weights = teach(order, progress)
    return f"{weights.card.name} is in {weights.folder}."


def _examine_lips(asked: Examining, progress: Progress) -> Figures:
    from core.catalog.rule_lipsync import LIPSYNC
    from core.catalog.sync_verdict import TOLERANCES, Lines
    from core.learning.lipsync.course import Order, put_to_the_test
    from core.learning.lipsync.examination import Tolerated
    from core.learning.lipsync.lesson import read_lesson
    from core.learning.lipsync.report import as_sentence, markdown
    from core.models.weights import find

    found = find(asked.weights or "lipsync")
    name = found.card.name
    order = Order(read_lesson(asked.lesson), asked.data, asked.work, found.folder, name)
    usual = next(t.default for t in LIPSYNC.thresholds if t.name == "confidence")
    line = usual if asked.line is None else asked.line
    tolerances = [
        Tolerated(t.id, t.title, t.early_ms, t.late_ms, Lines(t.early_ms, t.late_ms, line).judge)
        for t in TOLERANCES
    ]
    figures = put_to_the_test(
        order,
        found,
        tolerances,
        line,
        progress,
        against=asked.own.get("against", ()),
        card=asked.card,
    )
    return Figures(figures, markdown(figures, name), as_sentence(figures, name))


LEARNED: Mapping[str, Entry] = MappingProxyType(
    {
        "block_corruption": Entry(_teach_blocks, _examine_blocks, frozenset({"minutes"})),
        "audio_artifact": Entry(
            _teach_audio,
            _examine_audio,
            frozenset({"body", "fine", "keep_body", "context", "only_context", "minutes"}),
            frozenset({"real", "against"}),
        ),
        "lipsync": Entry(_teach_lips, _examine_lips, frozenset(), frozenset({"against"})),
    }
)
"""By id of the detector."""
