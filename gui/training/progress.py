"""Training one detector: what there is to learn from, the work itself, and its curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.domain.lineage import Training, TrainingState
from core.jobs.progress import Progress
from core.review.training import DetectorLine
from gui.language import told, tr
from gui.training import word
from gui.training.curve import CurvePlot

if TYPE_CHECKING:
    from core.review.training import Counts

_RESUMED = (TrainingState.PAUSED, TrainingState.WAITING, TrainingState.TRAINING)
_CAVEATS_PX = 330


class ProgressTab(QWidget):
    """Verdicts, buttons, progress and curves of one detector.

    Signals:
        train_wanted: Begin a training.
        pause_wanted: Pause it.
        resume_wanted: Go on with it.
        stop_wanted: Give it up.
    """

    train_wanted = Signal()
    pause_wanted = Signal()
    resume_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: dict[tuple[int, int], QLabel] = {}
        self._build_work()
        self.loss = CurvePlot(tr("Loss"))
        self.figures = CurvePlot(tr("Recall and false alarms"))
        curves = QHBoxLayout()
        curves.setSpacing(6)
        curves.addWidget(self.loss, 1)
        curves.addWidget(self.figures, 1)
        curves.addWidget(self._caveats())
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 8)
        page.setSpacing(6)
        page.addLayout(self._table())
        page.addWidget(self.advice)
        page.addLayout(self._row())
        page.addWidget(self.told)
        page.addLayout(curves, 1)
        self.show_line(None)
        self.show_training(None, running=False)

    def _build_work(self) -> None:
        self.train = self._button(tr("Train"), tr("Learn from all verdicts there are now"))
        self.train.setProperty("primary", True)
        self.pause = self._button(tr("Pause"), tr("Stop for now; what was learned so far is kept"))
        self.resume = self._button(tr("Resume"), tr("Go on where it was paused"))
        self.stop = self._button(tr("Give up"), tr("End this training; the weights stay"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Progress of the training"))
        self.told, self.advice = QLabel(), QLabel()
        for label, name in ((self.told, tr("Training")), (self.advice, tr("Advice"))):
            label.setWordWrap(True)
            label.setProperty("muted", True)
            label.setAccessibleName(name)
        self.train.clicked.connect(self.train_wanted)
        self.pause.clicked.connect(self.pause_wanted)
        self.resume.clicked.connect(self.resume_wanted)
        self.stop.clicked.connect(self.stop_wanted)

    def _button(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        return button

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.train, self.resume, self.pause, self.stop):
            row.addWidget(button)
        row.addWidget(self.bar, 1)
        return row

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(2)
        heads = (
            tr("Confirmed"),
            tr("Creative intent"),
            tr("Rejected"),
            tr("Missed"),
            tr("In gold titles"),
            tr("Titles"),
        )
        for column, head in enumerate(heads, 1):
            label = QLabel(head)
            label.setProperty("muted", True)
            grid.addWidget(label, 0, column)
        for row, head in enumerate((tr("Since the last training"), tr("All there are")), 1):
            grid.addWidget(QLabel(head), row, 0)
            for column, name in enumerate(heads, 1):
                cell = QLabel("0")
                cell.setAccessibleName(f"{head}: {name}")
                self._cells[row, column] = cell
                grid.addWidget(cell, row, column)
        grid.setColumnStretch(len(heads) + 1, 1)
        return grid

    def _caveats(self) -> QLabel:
        label = QLabel()
        label.setWordWrap(True)
        label.setProperty("muted", True)
        label.setAccessibleName(tr("What to keep in mind"))
        label.setText("\n\n".join(tr(text) for text in word.CAVEATS))
        label.setFixedWidth(_CAVEATS_PX)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.caveats = label
        return label

    # What it shows

    def show_line(self, line: DetectorLine | None) -> None:
        """Show what there is to learn from."""
        line = line or DetectorLine("", learns=True)
        for row, counts in enumerate((line.fresh, line.every), 1):
            for column, number in enumerate(_numbers(counts), 1):
                self._cells[row, column].setText(number)
        self.advice.setText(_advice(line))

    def show_training(self, training: Training | None, running: bool) -> None:
        """Show how a training stands.

        Args:
            training: The newest; None before the first.
            running: It runs in this desk's worker.
        """
        resumed = training is not None and training.state in _RESUMED and not running
        self.train.setVisible(not running and not resumed)
        self.resume.setVisible(resumed)
        self.pause.setVisible(running)
        self.stop.setVisible(running or resumed)
        curves = training.curves if training is not None else ()
        self.loss.show_curves([curve for curve in curves if "loss" in curve.name])
        figures = [c for c in curves if c.name != "loss" and c.name.capitalize() in word.CURVES]
        self.figures.show_curves(figures)
        if training is None:
            self.bar.setValue(0)
            self.told.setText(tr("This detector was not trained here yet."))
            return
        if not running:
            self.bar.setValue(round(1000 * training.progress))
        self.told.setText(_told(training))

    def show_progress(self, progress: Progress) -> None:
        """Show how far the running training is."""
        self.bar.setValue(round(1000 * progress.fraction))
        said = told(progress.stage) if progress.stage else tr("training")
        if progress.left_s is not None:
            said = tr(
                "{stage}; about {length} left", stage=said, length=word.span_text(progress.left_s)
            )
        self.bar.setFormat(f"%p % · {said}")

    def set_enabled(self, writable: bool, reason: str = "") -> None:
        """Allow training, or say why not."""
        for button in (self.train, self.resume):
            button.setEnabled(writable)
            button.setToolTip(reason or button.toolTip())


def _numbers(counts: Counts) -> tuple[str, ...]:
    gold = str(counts.gold)
    if counts.total:
        gold = f"{counts.gold} ({100 * counts.gold / counts.total:.0f} %)"
    told = (counts.confirmed, counts.intent, counts.rejected, counts.missed)
    return (*map(str, told), gold, str(counts.titles))


def _advice(line: DetectorLine) -> str:
    every = line.every
    if not every.total:
        return tr("Nothing was decided about this detector yet, so there is nothing to learn from.")
    if not line.fresh.total:
        return tr("Nothing was decided since the last training; another one would learn the same.")
    if not every.gold:
        return tr(
            "None of these verdicts lies in a gold title, one of five. The gate will go by "
            "simulated and shipped tests alone."
        )
    if not every.rejected or not every.confirmed + every.intent + every.missed:
        return tr("Only one kind of verdict is there. Both true and false flags teach best.")
    return tr(
        "Verdicts in gold titles, about one of five, are never trained on: the gate counts on them."
    )


def _told(training: Training) -> str:
    parts = [
        tr(
            "{state}, asked for on {day}",
            state=word.state_text(training),
            day=word.day(training.created),
        )
    ]
    if training.candidate:
        parts.append(
            tr("made {name} from {parent}", name=training.candidate, parent=training.parent)
        )
    else:
        parts.append(tr("starts from {parent}", parent=training.parent))
    if training.seconds >= 1:
        parts.append(tr("{length} of work", length=word.span_text(training.seconds)))
    if training.error:
        parts.append(told(training.error))
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}"
