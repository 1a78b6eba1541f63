"""The row below the verdicts for flags of the sound: what to hear, one press each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.actions import ActionSet, shown
from gui.language import mark, tr

_BUTTONS = {
    "listen.play": mark("Second"),
    "listen.loop": mark("Loop"),
    "listen.solo": mark("Alone"),
    "listen.without": mark("Without"),
    "listen.original": mark("Original"),
}


class AuditionBar(QFrame):
    """Buttons for what can be heard of a flag; each does what its action does.

    Args:
        actions: The table of actions.
        parent: Qt parent.
    """

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAccessibleName(tr("Listen"))
        self._actions = actions
        self._reasons: Mapping[str, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 6)
        row.setSpacing(4)
        label = QLabel(tr("Listen"))
        label.setProperty("muted", True)
        # As wide as the words of the verdict bar above it.
        label.setMinimumWidth(label.fontMetrics().horizontalAdvance(tr("Comment")))
        row.addWidget(label)
        self.buttons: dict[str, QPushButton] = {}
        for action_id, text in _BUTTONS.items():
            self.buttons[action_id] = self._button(action_id, tr(text))
            row.addWidget(self.buttons[action_id], 1)
        actions.shortcuts_changed.connect(self.refresh)
        self.refresh()

    def _button(self, action_id: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(self._actions[action_id].isCheckable())
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(60)
        button.setProperty("compact", True)
        action = self._actions[action_id]
        button.setAccessibleName(tr("Listen: {text}", text=action.text()))
        button.clicked.connect(action.trigger)
        action.changed.connect(self.refresh)
        return button

    def set_reasons(self, reasons: Mapping[str, str]) -> None:
        """Say why buttons do nothing for this flag, by action; empty where they do something."""
        self._reasons = reasons
        self.refresh()

    def refresh(self) -> None:
        """Follow the actions: their keys, whether they apply, whether they are on."""
        for action_id, button in self.buttons.items():
            action = self._actions[action_id]
            keys = action.shortcuts()
            hint = shown(keys[0].toString()) if keys else ""
            text = tr(_BUTTONS[action_id])
            button.setText(f"{text} {hint}" if 0 < len(hint) <= 2 else text)
            button.setEnabled(action.isEnabled())
            button.setChecked(action.isChecked())
            reason = self._reasons.get(action_id, "")
            button.setToolTip(action.toolTip() if action.isEnabled() or not reason else reason)
