"""A training from beginning to gate: paused and gone on with at any step, never half done."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import torch

from core.domain.errors import CancelledError, KnownError
from core.domain.lineage import Curve, GateReport, Training, TrainingState
from core.domain.sample import Side, Snapshot
from core.learning.retrain.gate import reported
from core.learning.retrain.subject import DAMAGED, Budget, Check, Material, Progress, Subject
from core.learning.retrain.tune import tune
from core.learning.snapshot import file as snapshots
from core.learning.snapshot.media import finder, open_samples
from core.learning.snapshot.take import take
from core.media.folder import media_files
from core.models.card import Measured
from core.models.weights import Weights, find, in_use, own_folder, taken_names, write_card
from core.store.lineage import LineageBook
from core.store.store import Store

FIRST_REVISION = 101
"""Of weights made here: those that ship will hardly ever have so high a one."""

SUBJECTS: Mapping[str, str] = {
    "block_corruption": "core.learning.retrain.block:BlockSubject",
    "audio_artifact": "core.learning.retrain.sound:SoundSubject",
}
"""Who trains a detector again, by its id."""

_SHARES = {"gather": (0.0, 0.45), "tune": (0.45, 0.75), "write": (0.75, 0.85), "gate": (0.85, 1.0)}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be trained.

    Attributes:
        detector: One of `SUBJECTS`.
        snapshot: Id of a snapshot, or how it begins; None takes one now.
        training: Id of a training to go on with; empty for none.
        data: Folders of clean content of the user's.
        seed: Chooses all that chance decides.
        device: `cpu`, `cuda` or empty for what there is.
        damaged: Files, or folders of files, that are really damaged: measured with at the gate,
            beside those in the folder `damaged` beside the trainings.
        budget: How much is made and looked at.
    """

    detector: str
    snapshot: str | None = None
    training: str = ""
    data: tuple[Path, ...] = ()
    seed: int = 0
    device: str = ""
    damaged: tuple[Path, ...] = ()
    budget: Budget = field(default_factory=Budget)


def retrain(
    store: Store,
    order: Order,
    *,
    book: LineageBook | None = None,
    progress: Callable[[Training], None] = lambda _training: None,
    check: Check = lambda: None,
) -> Training:
    """Train a candidate from verdicts and hold it against its parent.

    What is kept after each step lets the same order go on from there, after a pause as after a
    crash: the pools, the checkpoint, the candidate once its card is written.

    Args:
        store: Where verdicts and titles are.
        order: What is asked for.
        book: Where trainings are kept; None takes the product's.
        progress: Told how it stands, with curves.
        check: Called often; what it raises pauses.

    Returns:
        The training, examined.

    Raises:
        KnownError: There is nothing to learn from, or something cannot be read or written; the
            training says so, too.
        CancelledError: It was paused.
    """
    book = book or LineageBook()
    if order.detector not in SUBJECTS:
        raise KnownError(
            f"{order.detector} does not learn from verdicts, but its thresholds can be fitted.",
            f"onglass learn refit {order.detector}",
        )
    training, snapshot = _begun(store, order, book)
    if training.state is TrainingState.EXAMINED:
        return training
    run = _Course(store, order, book, training, snapshot, progress, check)
    try:
        return run.whole()
    except CancelledError:
        run.keep(state=TrainingState.PAUSED)
        raise
    except KnownError as error:
        run.keep(state=TrainingState.FAILED, error=error.sentence)
        raise
    except BaseException:
        # A fault of ours, or the end of the process: the checkpoint is as good as after a pause.
        run.keep(state=TrainingState.PAUSED)
        raise


def open_subject(parent: Weights, material: Material) -> Subject:
    """Who trains the detector of these weights again."""
    detector = parent.card.detector
    module, _, name = SUBJECTS[detector].partition(":")
    made: Subject = getattr(import_module(module), name)(parent, material)
    return made


def _begun(store: Store, order: Order, book: LineageBook) -> tuple[Training, Snapshot]:
    """The training to go on with, or a new one that is kept already."""
    if order.training:
        training = book.training(order.training)
        if training.detector != order.detector:
            raise KnownError(f"The training {training.id} is of {training.detector}.")
        return training, snapshots.load(training.snapshot)
    snapshot = snapshots.load(order.snapshot) if order.snapshot else take(store, order.detector)
    if snapshot.detector != order.detector:
        raise KnownError(f"The snapshot {snapshot.id[:12]} is of {snapshot.detector}.")
    snapshots.keep(snapshot)
    parent = in_use(order.detector).weights.card.name
    data = tuple(str(folder.resolve()) for folder in order.data)
    for earlier in book.trainings(order.detector):
        same = (earlier.parent, earlier.snapshot, earlier.seed, earlier.data)
        over = (TrainingState.ACCEPTED, TrainingState.REFUSED)
        if same == (parent, snapshot.id, order.seed, data) and earlier.state not in over:
            return earlier, snapshot
    training = Training(
        uuid.uuid4().hex[:12],
        order.detector,
        parent,
        snapshot.id,
        order.seed,
        TrainingState.WAITING,
        datetime.now(UTC),
        data=data,
    )
    book.save(training)
    return training, snapshot


class _Course:
    """One training under way."""

    def __init__(
        self,
        store: Store,
        order: Order,
        book: LineageBook,
        training: Training,
        snapshot: Snapshot,
        progress: Callable[[Training], None],
        check: Check,
    ) -> None:
        self._store, self._order, self._book = store, order, book
        self._training, self._snapshot = training, snapshot
        self._told, self._check = progress, check

    def keep(self, **changes: object) -> None:
        """Change the training, and write it."""
        self._training = replace(self._training, **changes)  # type: ignore[arg-type]
        self._book.save(self._training)

    def whole(self) -> Training:
        """Gather, tune, write, examine; what is done already is not done again."""
        self._check()
        self.keep(state=TrainingState.TRAINING, error="")
        parent = find(self._training.parent)
        subject = open_subject(parent, self._material())
        study = subject.gather(self._part("gather"), self._check)
        folder = self._book.training_folder(self._training.id)
        self.keep(recipe=subject.recipe)

        def told(step: int, curves: tuple[Curve, ...], seconds: float) -> None:
            steps = self._order.budget.pace.steps
            self._training = replace(self._training, curves=curves, seconds=seconds)
            self._say(_within("tune", step / steps), f"step {step} of {steps}")
            self._book.save(self._training)

        # A candidate whose card is there was tuned to the end; the checkpoint says the same.
        tuned = tune(
            study,
            self._order.budget.pace,
            self._training.seed,
            folder / "checkpoint.safetensors",
            f"{self._training.id} {parent.tensors_sha256} {self._order.budget} best",
            told=told,
            check=self._check,
            where=self._device,
        )
        recipe = f"{subject.recipe} Kept: {tuned.sentence}"
        self.keep(curves=tuned.curves, seconds=tuned.seconds, recipe=recipe)
        candidate = self._written(subject, parent)
        lines = subject.examine(candidate, self._part("gate"), self._check)
        notes = [*self._notes(), *subject.remarks]
        report = reported(lines, candidate.card.name, notes)
        self._measured(candidate, report)
        self.keep(state=TrainingState.EXAMINED, gate=report, progress=1.0, stage="")
        self._told(self._training)
        return self._training

    def _written(self, subject: Subject, parent: Weights) -> Weights:
        name = self._training.candidate or _next_name(self._training.detector, self._book)
        self.keep(candidate=name)
        card = replace(
            parent.card,
            name=name,
            recipe=f"onglass learn retrain {self._training.detector}. {self._training.recipe}",
            data=(
                *(f"snapshot {self._snapshot.id}: {line}" for line in self._said_of_snapshot()),
                *(f"clean content in {folder}" for folder in self._training.data),
                "scenes that the product draws",
            ),
            metrics=(),
            parent=parent.card.name,
            parent_licence=parent.card.licence,
            training=self._training.id,
            files={},
        )
        self._check()
        candidate = subject.write(card, own_folder(), self._part("write"))
        self.keep(candidate_sha256=candidate.tensors_sha256)
        return candidate

    def _measured(self, candidate: Weights, report: GateReport) -> None:
        """The gate's figures on the card, whose files stay as they are."""
        metrics = tuple(
            Measured(line.name, line.candidate, f"{line.on}; parent {line.parent:.4g}", line.unit)
            for line in report.lines
        )
        write_card(replace(candidate.card, metrics=metrics), candidate.folder)

    def _material(self) -> Material:
        find_media = finder(self._store)
        taught, gold = (
            open_samples(self._snapshot, find_media, side) for side in (Side.TRAIN, Side.GOLD)
        )
        self._skipped = [left.sentence for left in (*taught.skipped, *gold.skipped)]
        data = tuple(Path(folder) for folder in self._training.data)
        return Material(
            taught.samples,
            gold.samples,
            data,
            self._book.folder / "replay" / self._training.detector / _name_of(data),
            self._training.seed,
            self._order.budget,
            self._device,
            damaged_files((*self._order.damaged, self._book.folder / DAMAGED)),
        )

    def _notes(self) -> list[str]:
        gold = sum(s.side is Side.GOLD for s in self._snapshot.samples)
        notes = list(dict.fromkeys(self._skipped))
        if not gold:
            notes.append(
                "None of the judged titles is kept for the gate yet, so what people judged was "
                "measured on titles that were learned from."
            )
        return notes

    def _said_of_snapshot(self) -> list[str]:
        kinds: dict[str, int] = {}
        for sample in self._snapshot.on(Side.TRAIN):
            kinds[str(sample.kind)] = kinds.get(str(sample.kind), 0) + 1
        return [", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))]

    @property
    def _device(self) -> str:
        return self._order.device or ("cuda" if torch.cuda.is_available() else "cpu")

    def _part(self, name: str) -> Progress:
        return lambda share, what: self._say(_within(name, share), what)

    def _say(self, share: float, what: str) -> None:
        self._training = replace(self._training, progress=share, stage=what)
        self._told(self._training)


def damaged_files(places: Sequence[Path]) -> tuple[Path, ...]:
    """The media files among, in and below some places; a place that is not there holds none."""
    found = [
        path
        for place in places
        for path in (media_files(place) if place.is_dir() else [place] if place.is_file() else [])
    ]
    return tuple(dict.fromkeys(path.resolve() for path in found))


def _within(name: str, share: float) -> float:
    low, high = _SHARES[name]
    return low + (high - low) * min(max(share, 0.0), 1.0)


def _name_of(data: tuple[Path, ...]) -> str:
    """A folder name that tells one choice of folders from another."""
    if not data:
        return "drawn"
    return hashlib.sha256(os.pathsep.join(map(str, data)).encode()).hexdigest()[:12]


def _next_name(detector: str, book: LineageBook) -> str:
    taken = set(taken_names()) | {t.candidate for t in book.trainings()}
    revision = FIRST_REVISION
    while f"{detector}.r{revision}" in taken:
        revision += 1
    return f"{detector}.r{revision}"
