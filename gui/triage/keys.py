"""The keys of triage mode on screen: each is a button that does what the key does."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from gui.actions import ActionSet, shown
from gui.language import mark, tr

_COLUMNS = 3
_KEYS = {
    "review.next_undecided": mark("Skip"),
    "review.previous_undecided": mark("Back"),
    "play.toggle": mark("Play"),
    "review.triage": mark("Leave"),
    "play.worst": mark("Worst"),
    "view.heat": mark("Heat"),
    "review.fold": mark("Open"),
    "review.batch": mark("Several"),
}
"""What is asked for most while deciding, beside the verdicts, whose buttons name their keys."""


class KeySheet(QWidget):
    """Rows of buttons with their keys.

    Args:
        actions: The table of actions.
    """

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setAccessibleName(tr("Keys"))
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 0, 6, 4)
        grid.setSpacing(3)
        self.buttons: dict[str, QPushButton] = {}
        for number, action_id in enumerate(_KEYS):
            button = self._button(action_id)
            self.buttons[action_id] = button
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        actions.shortcuts_changed.connect(self.refresh)
        self.refresh()

    def _button(self, action_id: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # As wide as its words at least: names of keys are long in some languages.
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        action = self._actions[action_id]
        button.setAccessibleName(action.text())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(self._refresh_enabled)
        return button

    def refresh(self) -> None:
        """Write the shortcuts that hold now."""
        for action_id, button in self.buttons.items():
            keys = self._actions[action_id].shortcuts()
            key = shown(keys[0].toString()) if keys else ""
            button.setText(f"{tr(_KEYS[action_id])} {key}".strip())
            button.setToolTip(self._actions.hint(action_id))
        self._refresh_enabled()

    def _refresh_enabled(self) -> None:
        for action_id, button in self.buttons.items():
            button.setEnabled(self._actions[action_id].isEnabled())
