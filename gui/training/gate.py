"""The gate's report on a candidate, and what a person says to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QBrush, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.domain.lineage import GateLine, GateReport, Outcome, Training, TrainingState
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
        said = _reasons(gate) if gate is not None else (_none(training),)
        self.reasons.setText("\n".join(said))
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
    name, on = figure_of(line)
    return (
        name if line.higher_is_better else tr("{name} (less is better)", name=name),
        on,
        word.figure_text(line.parent, line.unit),
        word.figure_text(line.candidate, line.unit),
        word.interval_text(line),
        tr(word.OUTCOMES[line.outcome][0]),
        str(line.count),
    )


def figure_of(line: GateLine) -> tuple[str, str]:
    """What was measured and on what, in the person's language."""
    return tr(word.FIGURES.get(line.name, line.name)), tr(word.PLACES.get(line.on, line.on))


def _reasons(gate: GateReport) -> tuple[str, ...]:
    """The conclusion in a sentence, then what the gate notes besides its figures."""
    worse = [line for line in gate.lines if line.outcome is Outcome.WORSE]
    behind = [one for one in gate.lines if one.must_improve and one.outcome is not Outcome.BETTER]
    if gate.passes:
        said = tr("It is better where it should be and no worse elsewhere.")
    elif worse:
        said = tr("It is worse here: {places}.", places=_places(worse))
    elif behind:
        said = tr("It is not better here: {places}.", places=_places(behind))
    else:
        said = tr("There is no verdict that it could be better at.")
    # After the conclusion comes a sentence a figure; the table says the same.
    return (said, *map(told, gate.sentences[1 + len(gate.lines) :]))


def _places(lines: Sequence[GateLine]) -> str:
    return ", ".join("{} ({})".format(*figure_of(line)) for line in lines)


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
