"""Buttons that do what an action does, and name its key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gui.actions import ActionSet, shown


class ActionButton(QPushButton):
    """A button for an action of the table.

    Args:
        actions: The table of actions.
        action_id: Which.
        words: What stands on it before its key; shorter than the action's own title.
    """

    def __init__(
        self, actions: ActionSet, action_id: str, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._actions, self._id, self._words = actions, action_id, words
        self.setProperty("compact", True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # As wide as its words at least: names of keys are long in some languages.
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        action = actions[action_id]
        self.setAccessibleName(action.text())
        self.setCheckable(action.isCheckable())
        self.clicked.connect(self._on_clicked)
        action.toggled.connect(self.setChecked)
        action.enabledChanged.connect(self.setEnabled)
        actions.shortcuts_changed.connect(self._describe)
        self.setChecked(action.isChecked())
        self.setEnabled(action.isEnabled())
        self._describe()

    def _on_clicked(self) -> None:
        action = self._actions[self._id]
        action.trigger()
        # Of several tools one stays in the hand, whatever the click did to the button.
        if self.isCheckable():
            self.setChecked(action.isChecked())

    def _describe(self) -> None:
        keys = self._actions[self._id].shortcuts()
        key = shown(keys[0].toString()) if keys else ""
        self.setText(f"{self._words} {key}".strip())
        self.setToolTip(self._actions.hint(self._id))
