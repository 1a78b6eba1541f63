"""Deciding several flags at once, after a look at what is decided and what is left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.review.batch import Batch, of_detector, plan_batch
from core.review.flag import Flag
from gui.language import tr
from gui.queue import flag_text
from gui.triage.preview import PreviewColumn, PreviewModel
from gui.triage.ruling import RULINGS, Ruling

_SIZE = (680, 520)


class Scope(StrEnum):
    """Which flags a batch is about."""

    SELECTED = "selected"
    SHOWN = "shown"
    DETECTOR = "detector"


@dataclass(frozen=True, slots=True)
class Candidates:
    """The flags that a batch may be about.

    Attributes:
        selected: The selected flag, or all of its incident.
        shown: What the filter of the queue keeps.
        every: All flags of the title.
    """

    selected: tuple[Flag, ...]
    shown: tuple[Flag, ...]
    every: tuple[Flag, ...]


class BatchDialog(QDialog):
    """Asks which flags and which decision, and lists what that means before it is done.

    Signals:
        chosen: The `Batch` and the `Ruling`.

    Args:
        candidates: What there is.
        clock: Writes seconds as the desk shows them.
        parent: The window.
    """

    chosen = Signal(object, object)

    def __init__(
        self,
        candidates: Candidates,
        clock: Callable[[float], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Decide several flags"))
        self._candidates = candidates
        self._build_scope()
        self._build_ruling()
        self.model = PreviewModel(clock, self)
        self.table = _table(self.model)
        self.count = QLabel()
        self.count.setAccessibleName(tr("What happens"))
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(self._form())
        layout.addWidget(self.table, 1)
        layout.addWidget(self.count)
        layout.addWidget(self.buttons)
        self._batch = Batch()
        self.refresh()
        self.resize(*_SIZE)

    def _build_scope(self) -> None:
        some = self._candidates
        self.scope_box = QComboBox()
        if some.selected:
            single = len(some.selected) == 1
            title = tr("The selected flag") if single else tr("The selected incident")
            self.scope_box.addItem(title, Scope.SELECTED.value)
        self.scope_box.addItem(tr("All that the queue shows"), Scope.SHOWN.value)
        self.scope_box.addItem(tr("All of one detector in this title"), Scope.DETECTOR.value)
        self.detector_box = QComboBox()
        for detector in sorted({f.detector for f in some.every if f.finding is not None}):
            self.detector_box.addItem(flag_text.detector_title(detector), detector)
        if some.selected:
            row = self.detector_box.findData(some.selected[0].detector)
            self.detector_box.setCurrentIndex(max(row, 0))
        self.below = QDoubleSpinBox()
        self.below.setRange(0.0, 1.0)
        self.below.setSingleStep(0.05)
        self.below.setValue(1.0)
        self.scope_box.currentIndexChanged.connect(self.refresh)
        self.detector_box.currentIndexChanged.connect(self.refresh)
        self.below.valueChanged.connect(self.refresh)

    def _build_ruling(self) -> None:
        self.ruling_box = QComboBox()
        for ruling in RULINGS:
            self.ruling_box.addItem(ruling.title)
        self.overwrite = QCheckBox(tr("Also change what is decided already"))
        self.ruling_box.currentIndexChanged.connect(self.refresh)
        self.overwrite.toggled.connect(self.refresh)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        detector_row = QHBoxLayout()
        detector_row.addWidget(self.detector_box, 1)
        upto = QLabel(tr("up to score"))
        detector_row.addWidget(upto)
        detector_row.addWidget(self.below)
        for name, field in (
            (tr("Flags"), self.scope_box),
            (tr("Detector"), self.detector_box),
            (tr("Highest score"), self.below),
            (tr("Verdict"), self.ruling_box),
        ):
            field.setAccessibleName(name)
        form.addRow(tr("&Flags"), self.scope_box)
        form.addRow(tr("Detector"), detector_row)
        form.addRow(tr("&Verdict"), self.ruling_box)
        form.addRow("", self.overwrite)
        return form

    @property
    def scope(self) -> Scope:
        """The chosen scope."""
        return Scope(self.scope_box.currentData())

    @property
    def ruling(self) -> Ruling:
        """The chosen decision."""
        return RULINGS[self.ruling_box.currentIndex()]

    @property
    def batch(self) -> Batch:
        """What is listed."""
        return self._batch

    def flags(self) -> Sequence[Flag]:
        """What the chosen scope holds."""
        match self.scope:
            case Scope.SELECTED:
                return self._candidates.selected
            case Scope.SHOWN:
                return self._candidates.shown
            case Scope.DETECTOR:
                detector = self.detector_box.currentData() or ""
                return of_detector(self._candidates.every, detector, self.below.value())

    def refresh(self) -> None:
        """List again what would happen."""
        by_detector = self.scope is Scope.DETECTOR
        self.detector_box.setEnabled(by_detector)
        self.below.setEnabled(by_detector)
        ruling = self.ruling
        self._batch = plan_batch(
            self.flags(),
            ruling.decision,
            ruling.reason,
            ruling.disposition,
            overwrite=self.overwrite.isChecked(),
        )
        self.model.set_batch(self._batch)
        decided, kept = len(self._batch.decided), len(self._batch.kept)
        self.count.setText(
            tr(
                "To be decided in one step: {decided}. Left alone: {kept}.",
                decided=decided,
                kept=kept,
            )
        )
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setText(tr("Decide {count}", count=decided))
        button.setEnabled(bool(decided))

    def _on_accepted(self) -> None:
        self.chosen.emit(self._batch, self.ruling)
        self.accept()


def _table(model: PreviewModel) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setAccessibleName(tr("What happens to each flag"))
    table.setSelectionMode(QTableView.SelectionMode.NoSelection)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.setTabKeyNavigation(False)
    header = table.horizontalHeader()
    header.setStretchLastSection(True)
    header.setHighlightSections(False)
    for column, ems in ((PreviewColumn.FATE, 22), (PreviewColumn.TIME, 7)):
        table.setColumnWidth(column, ems * table.fontMetrics().horizontalAdvance("n") + 40)
    table.setColumnWidth(PreviewColumn.SCORE, 60)
    return table
