"""The row below the verdicts for flags of sync: what is said here, and moving the sound."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.catalog.sync_verdict import Fragment, SyncState
from gui import theme
from gui.actions import ActionSet, shown
from gui.language import tr
from gui.sync.paint import state_icon
from gui.sync.word import held_text, offset_text, sentence
from gui.widget import ElidedLabel

_SIGN_PX = 16


class SyncBar(QFrame):
    """Says the verdict under the playhead and holds the buttons of the nudge.

    Args:
        actions: The table of actions.
        parent: Qt parent.
    """

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setAccessibleName(tr("Lip sync"))
        self._actions = actions
        self._shown: tuple[SyncState | None, str] | None = None
        self._titles = {
            "sync.frame_earlier": tr("Earlier"),
            "sync.earlier": tr("−10 ms"),
            "sync.later": tr("+10 ms"),
            "sync.frame_later": tr("Later"),
            "sync.proposed": tr("Proposed"),
            "sync.reset": tr("Reset"),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 6)
        column.setSpacing(4)
        column.addLayout(self._head())
        column.addLayout(self._row())
        actions.shortcuts_changed.connect(self.refresh)
        self.refresh()
        self.show_fragment(None)
        self.show_nudge(0.0)

    def _head(self) -> QHBoxLayout:
        self._sign = QLabel()
        self._sign.setFixedWidth(_SIGN_PX + 2)
        self.verdict = ElidedLabel()
        self.verdict.setAccessibleName(tr("Lip sync at the playhead"))
        self.nudge = QLabel()
        self.nudge.setAccessibleName(tr("How far the sound is held"))
        row = QHBoxLayout()
        row.setSpacing(5)
        row.addWidget(self._sign)
        row.addWidget(self.verdict, 1)
        row.addWidget(self.nudge)
        return row

    def _row(self) -> QHBoxLayout:
        row = self._places = QHBoxLayout()
        row.setSpacing(4)
        self.buttons: dict[str, QPushButton] = {}
        for action_id in self._titles:
            self.buttons[action_id] = self._button(action_id)
            row.addWidget(self.buttons[action_id])
        return row

    def _button(self, action_id: str) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(False)
        button.setAutoRepeat(self._actions[action_id].autoRepeat())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(56)
        button.setProperty("compact", True)
        action = self._actions[action_id]
        button.setAccessibleName(action.text())
        button.clicked.connect(action.trigger)
        action.changed.connect(self.refresh)
        return button

    def refresh(self) -> None:
        """Follow the actions: their keys, and whether they apply."""
        for action_id, button in self.buttons.items():
            action = self._actions[action_id]
            keys = action.shortcuts()
            hint = shown(keys[0].toString()) if keys else ""
            title = self._titles[action_id]
            button.setText(f"{title} {hint}" if 0 < len(hint) <= 2 else title)
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())
            # Words differ in length, and from language to language.
            self._places.setStretchFactor(button, button.sizeHint().width())

    def show_fragment(self, fragment: Fragment | None) -> None:
        """Say what was judged under the playhead."""
        self.verdict.setText(sentence(fragment))
        state = fragment.state if fragment is not None else None
        colors = theme.current()
        # A new pixmap makes the whole window lay itself out: only when it differs.
        if (state, colors.name) != self._shown:
            self._shown = (state, colors.name)
            self._sign.setPixmap(state_icon(state, colors, _SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))

    def show_nudge(self, nudge_ms: float) -> None:
        """Say how far the sound is held."""
        self.nudge.setText(offset_text(nudge_ms) if nudge_ms else "")
        self.nudge.setToolTip(held_text(nudge_ms))
