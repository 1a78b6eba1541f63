"""Rounds of learning in the panel: what to ask, how far it is, what came of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.domain.mask import MaskRound
from core.jobs.progress import Progress
from gui.actions import ActionSet
from gui.annotate.button import ActionButton
from gui.language import mark, told, tr

_STEPS = 1000
_USUAL_BUDGET, _MOST = 20, 5000
_RULES = {
    "hvsa": mark("unsure and unlike each other"),
    "uncertainty": mark("most unsure"),
    "diversity": mark("unlike each other"),
    "random": mark("by chance"),
}
STAGES = (
    *(mark("reading frames"), mark("looking at frames"), mark("following motion")),
    *(mark("learning masks"), mark("predicting masks")),
)
"""What the worker calls what it does."""


class RoundBox(QWidget):
    """What is said about rounds.

    Signals:
        stop_wanted: Stop the round that runs.
    """

    stop_wanted = Signal()

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start = ActionButton(actions, "masks.round", tr("Start a round"))
        self.stop = QPushButton(tr("Stop the round"))
        self.stop.setProperty("compact", True)
        self.stop.setAutoDefault(False)
        self.stop.setToolTip(tr("What was seen in the frames is kept for the next round"))
        self.stop.clicked.connect(self.stop_wanted)
        self.budget = QSpinBox()
        self.budget.setRange(1, _MOST)
        self.budget.setValue(_USUAL_BUDGET)
        self.budget.setAccessibleName(tr("How many pieces to ask about"))
        self.rule = QComboBox()
        self.rule.setAccessibleName(tr("Which pieces to ask about"))
        self.rule.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for rule, words in _RULES.items():
            self.rule.addItem(tr(words), rule)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setAccessibleName(tr("Progress of the round"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setProperty("muted", True)
        self.said.setAccessibleName(tr("The last round"))
        self._lay_out(actions)
        self.show_running(False)

    def _lay_out(self, actions: ActionSet) -> None:
        heading = QLabel(tr("Rounds"))
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.start)
        head.addWidget(self.stop)
        grid = QGridLayout()
        grid.setSpacing(4)
        grid.setColumnStretch(2, 1)
        grid.addWidget(QLabel(tr("Ask")), 0, 0)
        grid.addWidget(self.budget, 0, 1)
        grid.addWidget(self.rule, 0, 2)
        asked = QHBoxLayout()
        asked.setSpacing(3)
        asked.addWidget(ActionButton(actions, "masks.next_asked", tr("Next asked")), 1)
        asked.addWidget(ActionButton(actions, "draw.asked", tr("Asked is right")), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(grid)
        column.addWidget(self.bar)
        column.addWidget(self.said)
        column.addLayout(asked)

    @property
    def chosen_rule(self) -> str:
        """How pieces are chosen, as the core calls it."""
        return str(self.rule.currentData())

    def show_running(self, running: bool) -> None:
        """Say whether a round runs."""
        self.start.setVisible(not running)
        self.stop.setVisible(running)
        self.stop.setEnabled(running)
        self.bar.setVisible(running)
        if running:
            self.show_progress(Progress(0.0, 0.0))

    def show_progress(self, progress: Progress) -> None:
        """Say how far the round is."""
        # A bar paints itself within `setValue`, the whole window's dirt along with it.
        self.bar.setUpdatesEnabled(False)
        words = told(progress.stage) if progress.stage else tr("waiting")
        self.bar.setFormat(f"{words} · {progress.fraction:.0%}")
        self.bar.setValue(round(progress.fraction * _STEPS))
        self.bar.setUpdatesEnabled(True)

    def show_stopping(self) -> None:
        """Say that it was asked to stop."""
        self.stop.setEnabled(False)
        self.bar.setFormat(tr("stopping"))

    def show_round(self, last: MaskRound | None, left: int) -> None:
        """Say what came of the last round.

        Args:
            last: None before the first.
            left: Regions that it asks about and nobody has answered.
        """
        if last is None:
            self.said.setText(
                tr("A round learns from what is drawn, predicts every frame, and asks about more.")
            )
            return
        self.said.setText(
            tr(
                "Round {number} took {seconds} s; of {asked} pieces asked {left} are open.",
                number=last.number,
                seconds=round(last.seconds),
                asked=len(last.asked),
                left=left,
            )
        )
