"""The bar above the desk that shows one step of the tour at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.actions import ActionSet, shown
from gui.language import tr
from gui.tour.step import LAST, LAST_KEYS, STEPS


class TourBar(QFrame):
    """Shows where the tour is; it never takes the keys away from the desk.

    Signals:
        skipped: On to the next step.
        ended: The person has had enough, or is through.

    Args:
        actions: For the shortcuts that hold now.
        parent: The window.
    """

    skipped = Signal()
    ended = Signal()

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tour", True)
        self.setAccessibleName(tr("Tour"))
        self._actions = actions
        self._step: int | None = None
        self.place = QLabel()
        self.place.setProperty("muted", True)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.skip = _button(tr("Skip"), tr("Go on without trying it"))
        self.end = _button(tr("End the tour"), tr("Help › Tour begins it again"))
        self.skip.clicked.connect(self.skipped)
        self.end.clicked.connect(self.ended)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.setSpacing(10)
        layout.addWidget(self.place)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.skip)
        layout.addWidget(self.end)
        actions.shortcuts_changed.connect(self._write)
        self.hide()

    def show_step(self, step: int | None) -> None:
        """Show a step; after the last one the way on; None hides the bar."""
        self._step = step
        self.setVisible(step is not None)
        self._write()

    def _write(self) -> None:
        if self._step is None:
            return
        over = self._step >= len(STEPS)
        text, keys = (LAST, LAST_KEYS) if over else self._of(self._step)
        self.text.setText(tr(text).format(*(self._key(action) for action in keys)))
        self.text.setAccessibleName(self.text.text())
        place = tr("{step} of {count}", step=self._step + 1, count=len(STEPS))
        self.place.setText("" if over else place)
        self.skip.setVisible(not over)
        self.end.setText(tr("Close") if over else tr("End the tour"))

    def _of(self, step: int) -> tuple[str, Sequence[str]]:
        return STEPS[step].text, STEPS[step].keys

    def _key(self, action_id: str) -> str:
        keys = self._actions[action_id].shortcuts()
        # Without a shortcut the menu is the way.
        return shown(keys[0].toString()) if keys else f"“{self._actions[action_id].text()}”"


def _button(text: str, hint: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(hint)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
