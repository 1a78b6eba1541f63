"""What a teach session is about: which detector, how many flags, from where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.language import tr
from gui.queue.flag_text import detector_title

_WIDTH_PX = 520
_USUAL_COUNT = 20


class TeachDialog(QDialog):
    """Asks what to teach.

    Args:
        title: Name of the open title; empty when none is open.

    Signals:
        start_wanted: Detector id, how many flags, and whether only the open title counts.
    """

    start_wanted = Signal(str, int, bool)

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Teach a detector"))
        self.detector = QComboBox()
        self.count = QSpinBox()
        self.count.setRange(1, 500)
        self.count.setValue(_USUAL_COUNT)
        self.where = QComboBox()
        self.where.addItem(tr("All titles"), False)
        if title:
            self.where.addItem(tr("Only {title}", title=title), True)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("muted", True)
        self.start = QPushButton(tr("Start"))
        self.start.setProperty("primary", True)
        self.start.setDefault(True)
        self._lay_out()
        self.start.clicked.connect(self._on_start)
        self.show_detectors(())
        self.say(tr("Looking for undecided flags …"))

    def _lay_out(self) -> None:
        form = QFormLayout()
        for name, field in (
            (tr("Detector"), self.detector),
            (tr("Flags"), self.count),
            (tr("From"), self.where),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.start, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(_WIDTH_PX)

    def show_detectors(self, detectors: Sequence[str]) -> None:
        """Offer detectors; those with most undecided flags come first."""
        self.detector.clear()
        for detector in detectors:
            self.detector.addItem(detector_title(detector), detector)
        self._allow(bool(detectors))
        self.say(
            tr(
                "The flags whose verdicts teach most are chosen across titles: those the detector "
                "is unsure about, no two alike, and some by chance, so that figures stay honest."
            )
            if detectors
            else tr("No flag is undecided. Analyse titles first.")
        )

    def show_busy(self, sentence: str) -> None:
        """Say that flags are being chosen; nothing can be started meanwhile."""
        self._allow(False)
        self.say(sentence)

    def show_failure(self, sentence: str) -> None:
        """Say why none were chosen; something else can be tried."""
        self._allow(self.detector.count() > 0)
        self.say(sentence)

    def say(self, sentence: str) -> None:
        """Show a sentence."""
        self.said.setText(sentence)

    def _allow(self, wanted: bool) -> None:
        for field in (self.detector, self.count, self.where, self.start):
            field.setEnabled(wanted)

    def _on_start(self) -> None:
        detector, only = self.detector.currentData(), bool(self.where.currentData())
        if detector:
            self.start_wanted.emit(str(detector), self.count.value(), only)
