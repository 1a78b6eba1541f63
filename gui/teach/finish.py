"""The end of a teach session: what was said, and what is known of the detector now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.review.teach import Answer
from gui.language import tr
from gui.queue.flag_text import detector_title

if TYPE_CHECKING:
    from core.review.teach import Lesson

_WIDTH_PX = 560


class FinishPage(QWidget):
    """Tells what was learned.

    Args:
        can_train: Whether training can be started from the desk.

    Signals:
        train_wanted: Train with the verdicts there are.
        more_wanted: Choose as many flags again.
        close_wanted: Enough for now.
    """

    train_wanted = Signal()
    more_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, can_train: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QLabel()
        self.head.setProperty("heading", True)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.honest = QLabel()
        self.honest.setWordWrap(True)
        self.honest.setProperty("muted", True)
        self.train = QPushButton(tr("Train now"))
        self.train.setProperty("primary", True)
        self.train.setVisible(can_train)
        self.more = QPushButton(tr("Teach more"))
        self.more.setProperty("primary", not can_train)
        self.done = QPushButton(tr("Close"))
        row = QHBoxLayout()
        for button in (self.train, self.more, self.done):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(1)
        for label in (self.head, self.told, self.honest):
            # A label that wraps knows its height only once its width is fixed.
            label.setFixedWidth(_WIDTH_PX)
            column.addWidget(label)
        column.addLayout(row)
        column.addStretch(1)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(column)
        outer.addStretch(1)
        self.train.clicked.connect(self.train_wanted)
        self.more.clicked.connect(self.more_wanted)
        self.done.clicked.connect(self.close_wanted)

    def show_lesson(self, counts: Mapping[Answer, int], lesson: Lesson) -> None:
        """Say what a session came to."""
        answered = sum(n for answer, n in counts.items() if answer is not Answer.SKIP)
        self.head.setText(tr("%n flags answered", answered))
        session = tr(
            "In this session: {confirmed} confirmed, {rejected} false positives, {unsure} unsure, "
            "{skipped} skipped.",
            confirmed=counts[Answer.CONFIRM],
            rejected=counts[Answer.FALSE_POSITIVE],
            unsure=counts[Answer.UNSURE],
            skipped=counts[Answer.SKIP],
        )
        ever = tr(
            "Verdicts about {detector} so far: {confirmed} confirmed, {rejected} false positives.",
            detector=detector_title(lesson.detector),
            confirmed=lesson.confirmed,
            rejected=lesson.rejected,
        )
        self.told.setText(f"{session}\n{ever}")
        self.honest.setText(self._honest(lesson))

    def show_failure(self, sentence: str) -> None:
        """Say why it cannot be told."""
        self.told.setText(sentence)

    def _honest(self, lesson: Lesson) -> str:
        if not lesson.of_chance:
            return tr("No flag that chance drew is answered yet, so nothing is known of the rest.")
        return tr(
            "Of the flags that chance drew in all sessions, {hits} of {count} are real: between "
            "{low:.0%} and {high:.0%} of the flags that were undecided then (95 %). The others "
            "were chosen because they are hard and say nothing about the rest.",
            hits=lesson.chance,
            count=lesson.of_chance,
            low=lesson.low,
            high=lesson.high,
        )
