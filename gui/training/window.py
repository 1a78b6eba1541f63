"""The window of training: detectors on the left, what concerns the chosen one on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.domain.lineage import TrainingState
from core.review.training import is_at_work
from gui.language import tr
from gui.queue.flag_text import detector_title
from gui.training import word
from gui.training.change import ChangesTab
from gui.training.gate import GateTab
from gui.training.history import HistoryTab
from gui.training.progress import ProgressTab
from gui.training.score import ScoreTab
from gui.training.threshold import ThresholdTab
from gui.widget import ElidedLabel

if TYPE_CHECKING:
    from core.review.training import DetectorLine, Lineage

_SIZE = (1180, 680)
_LIST_PX = 250
_ID = Qt.ItemDataRole.UserRole


class TrainingWindow(QWidget):
    """What verdicts make of detectors.

    Signals:
        chosen: Id of the detector that is shown from now on.
        shown: The tab that is shown, which may have to be filled.
        closed: The window is gone.

    Attributes:
        progress: Training itself.
        gate: Its examination.
        changes: What it changes on the library.
        scores: Reliability and drift.
        thresholds: Fitted thresholds.
        history: Lineage and roll-back.
    """

    chosen = Signal(str)
    shown = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Training"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lines: dict[str, DetectorLine] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Detectors"))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMinimumWidth(_LIST_PX)
        self.head, self.used = QLabel(), ElidedLabel()
        self.head.setProperty("heading", True)
        self.used.setProperty("muted", True)
        self.used.setAccessibleName(tr("Weights in use"))
        self.said = ElidedLabel()
        self.said.setAccessibleName(tr("Status"))
        self.progress, self.gate, self.changes = ProgressTab(), GateTab(), ChangesTab()
        self.scores, self.thresholds, self.history = ScoreTab(), ThresholdTab(), HistoryTab()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("About this detector"))
        self._lay_out()
        self.list.currentItemChanged.connect(self._on_chosen)
        self.tabs.currentChanged.connect(lambda _row: self.shown.emit(self.tabs.currentWidget()))
        self.resize(*_SIZE)

    def _lay_out(self) -> None:
        for tab, title in (
            (self.progress, tr("Training")),
            (self.gate, tr("Gate")),
            (self.changes, tr("What changes")),
            (self.scores, tr("Calibration")),
            (self.thresholds, tr("Thresholds")),
            (self.history, tr("History")),
        ):
            self.tabs.addTab(tab, title)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.head)
        row.addWidget(self.used, 1)
        column.addLayout(row)
        column.addWidget(self.tabs, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setAccessibleName(tr("Detectors and training"))
        halves.addWidget(self.list)
        halves.addWidget(right)
        halves.setSizes([_LIST_PX, _SIZE[0] - _LIST_PX])
        halves.setStretchFactor(0, 0)
        halves.setStretchFactor(1, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(8, 8, 8, 6)
        page.setSpacing(4)
        page.addWidget(halves, 1)
        page.addWidget(self.said)

    # What it shows

    @property
    def detector(self) -> str:
        """Id of the detector that is shown; empty before there is one."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    @property
    def line(self) -> DetectorLine | None:
        """What is known of the detector that is shown."""
        return self._lines.get(self.detector)

    def show_lines(self, lines: Sequence[DetectorLine], running: str = "") -> None:
        """List detectors; the chosen one stays chosen.

        Args:
            lines: What is known of each.
            running: Id of the one that is being trained here.
        """
        chosen = self.detector
        self._lines = {line.detector: line for line in lines}
        self.list.blockSignals(True)
        self.list.clear()
        for line in lines:
            item = QListWidgetItem(f"{detector_title(line.detector)}\n{_below(line, running)}")
            item.setData(_ID, line.detector)
            item.setSizeHint(QSize(0, 2 * self.fontMetrics().height() + 12))
            self.list.addItem(item)
        names = [line.detector for line in lines]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self.list.blockSignals(False)
        if self.detector != chosen:
            self._on_chosen()
        self.progress.show_line(self.line)

    def choose(self, detector: str) -> None:
        """Show a detector."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == detector:
                self.list.setCurrentRow(row)

    def show_lineage(self, lineage: Lineage, running: bool, deciding: bool) -> None:
        """Show where the weights of the detector come from, and how its training stands."""
        used, newest = lineage.in_use, lineage.newest
        self.used.setText(
            tr("Weights in use: {name}", name=used.name)
            if used is not None
            else tr("This detector measures without weights.")
        )
        candidate = newest.candidate if newest is not None else ""
        open_one = newest is not None and newest.state is TrainingState.EXAMINED
        self.progress.show_training(newest, running)
        self.gate.show_training(newest, deciding)
        self.changes.show_state(candidate if open_one else "", running=False)
        self.history.show_lineage(lineage, deciding)

    def say(self, text: str) -> None:
        """Say something below."""
        self.said.setText(text)

    def _on_chosen(self, *_items: object) -> None:
        line = self.line
        if line is None:
            return
        self.head.setText(detector_title(line.detector))
        for tab in (self.progress, self.gate, self.changes, self.history):
            self.tabs.setTabVisible(self.tabs.indexOf(tab), line.learns)
        self.progress.show_line(line)
        self.chosen.emit(line.detector)

    # Leaving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the desk; a training goes on."""
        self.closed.emit()
        super().closeEvent(event)


def _below(line: DetectorLine, running: str) -> str:
    if line.detector == running:
        return tr("training now")
    if line.training is not None and line.training.state is TrainingState.EXAMINED:
        return word.state_text(line.training)
    if line.training is not None and is_at_work(line.training):
        return tr("paused")
    if line.fresh.total:
        return tr("%n new verdicts", line.fresh.total)
    return tr("nothing new")
