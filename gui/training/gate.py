"""The gate's report on a candidate, and what a person says to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QBrush, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.domain.lineage import GateLine, Training, TrainingState
from gui import theme
from gui.dialogs.sheet import Sheet
from gui.language import told, tr
from gui.training import word

_VERDICT = 5


class GateTab(QWidget):
    """A table of figures with the conclusion above it and the decision below.

    Signals:
        accepted: Use the candidate from now on.
        refused: It is not wanted.
    """

    accepted = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training: Training | None = None
        self.verdict, self.reasons = QLabel(), QLabel()
        self.verdict.setAccessibleName(tr("What the gate says"))
        self.reasons.setAccessibleName(tr("Why"))
        self.reasons.setWordWrap(True)
        self.table = Sheet(
            tr("Figures of the gate"),
            tr("Figure"),
            tr("On what"),
            tr("Before"),
            tr("After"),
            tr("Difference, 95 %"),
            tr("Verdict"),
            tr("Counted on"),
        )
        self.accept = QPushButton(tr("Accept"))
        self.accept.setProperty("primary", True)
        self.refuse = QPushButton(tr("Refuse"))
        self.refuse.setToolTip(tr("Keep the weights in use; this candidate is not offered again"))
        self.hint = QLabel()
        self.hint.setProperty("muted", True)
        self.hint.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.accept)
        row.addWidget(self.refuse)
        row.addWidget(self.hint, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(10, 8, 10, 8)
        page.setSpacing(6)
        page.addWidget(self.verdict)
        page.addWidget(self.reasons)
        page.addWidget(self.table, 1)
        page.addLayout(row)
        self.accept.clicked.connect(self.accepted)
        self.refuse.clicked.connect(self.refused)
        theme.hub().changed.connect(self._restyle)
        self.show_training(None)

    def show_training(self, training: Training | None, deciding: bool = False) -> None:
        """Show what the gate says of a training's candidate.

        Args:
            training: Which; None or one without a report shows nothing.
            deciding: A decision about it is on its way.
        """
        self._training = training
        gate = training.gate if training is not None else None
        self.table.fill([_row(line) for line in gate.lines] if gate is not None else [])
        self.table.setVisible(gate is not None)
        self.reasons.setText(
            "\n".join(told(s) for s in gate.sentences) if gate else _none(training)
        )
        open_one = training is not None and training.state is TrainingState.EXAMINED
        passes = gate is not None and gate.passes
        self.accept.setEnabled(open_one and passes and not deciding)
        self.refuse.setEnabled(open_one and not deciding)
        self.accept.setVisible(gate is not None)
        self.refuse.setVisible(gate is not None)
        self.hint.setText(_hint(training, passes))
        self._restyle()

    def _restyle(self) -> None:
        gate = self._training.gate if self._training is not None else None
        colors = theme.current()
        font = QFont(self.font())
        font.setBold(True)
        font.setPointSizeF(self.font().pointSizeF() * 1.25)
        self.verdict.setFont(font)
        if gate is None:
            self.verdict.setText("")
            self.verdict.setVisible(False)
            return
        self.verdict.setVisible(True)
        said = tr("Passes the gate") if gate.passes else tr("Does not pass the gate")
        role = "confirmed" if gate.passes else "blocker"
        name = self._training.candidate if self._training is not None else ""
        self.verdict.setText(f"{said}: {name}" if name else said)
        self.verdict.setStyleSheet(f"color: {colors.color(role).name()}")
        for row, line in enumerate(gate.lines):
            item = self.table.item(row, _VERDICT)
            if item is not None:
                item.setForeground(QBrush(colors.color(word.OUTCOMES[line.outcome][1])))


def _row(line: GateLine) -> tuple[str, ...]:
    name = (
        line.name if line.higher_is_better else tr("{name} (less is better)", name=told(line.name))
    )
    return (
        told(name),
        told(line.on),
        word.figure_text(line.parent, line.unit),
        word.figure_text(line.candidate, line.unit),
        word.interval_text(line),
        tr(word.OUTCOMES[line.outcome][0]),
        str(line.count),
    )


def _none(training: Training | None) -> str:
    if training is None:
        return tr("There is no candidate yet. Train first; the gate examines what comes of it.")
    return tr("This training was not examined yet; the gate says nothing before its end.")


def _hint(training: Training | None, passes: bool) -> str:
    if training is None or training.gate is None:
        return ""
    if training.state is TrainingState.ACCEPTED:
        return tr("You accepted it. History takes you back.")
    if training.state is TrainingState.REFUSED:
        return tr("You refused it.")
    if not passes:
        return tr(
            "It cannot be accepted here, because it is worse somewhere. Refuse it, decide more "
            "flags and train again."
        )
    return tr("Look at what changes on the library before you accept. Old flags keep their stamp.")
