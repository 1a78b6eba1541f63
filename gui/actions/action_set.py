"""The table of actions brought to life for one window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.actions.spec import ActionSpec, When
from gui.actions.table import ACTIONS, normal, shown
from gui.language import tr

_ROLES = {
    "file.quit": QAction.MenuRole.QuitRole,
    "file.settings": QAction.MenuRole.PreferencesRole,
    "help.about": QAction.MenuRole.AboutRole,
}


class ActionSet(QObject):
    """The table brought to life for one window: `QAction`s with the person's shortcuts.

    Args:
        overrides: Shortcuts by action id where they differ from the table; an action of the
            table that is not named keeps its defaults.
        parent: The window; shortcuts work while it is active.
    """

    shortcuts_changed = Signal()

    def __init__(self, overrides: Mapping[str, Iterable[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._connected: set[str] = set()
        for spec in ACTIONS.values():
            action = QAction(tr(spec.title), parent)
            action.setObjectName(spec.id)
            action.setCheckable(spec.checkable)
            action.setAutoRepeat(spec.repeats)
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
            parent.addAction(action)
            self._actions[spec.id] = action
        self._state: When | None = None
        self.set_overrides(overrides)
        self.set_state(When.ALWAYS)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def connect_to(self, action_id: str, slot: Callable[[], object]) -> None:
        """Call `slot` when the action is triggered."""
        self._actions[action_id].triggered.connect(lambda _checked=False: slot())
        self._connected.add(action_id)

    def connect_switch(self, action_id: str, slot: Callable[[bool], object]) -> None:
        """Call `slot` when a checkable action changes, with its new state."""
        self._actions[action_id].toggled.connect(slot)
        self._connected.add(action_id)

    def unconnected(self) -> tuple[str, ...]:
        """Ids of actions that do nothing; a test expects none."""
        return tuple(action_id for action_id in ACTIONS if action_id not in self._connected)

    def shortcuts(self) -> dict[str, tuple[str, ...]]:
        """Shortcuts that hold now, by action id."""
        return {
            action_id: tuple(
                s.toString(QKeySequence.SequenceFormat.PortableText) for s in action.shortcuts()
            )
            for action_id, action in self._actions.items()
        }

    def overrides(self) -> dict[str, tuple[str, ...]]:
        """Shortcuts that differ from the table, to be stored."""
        return {
            action_id: keys
            for action_id, keys in self.shortcuts().items()
            if keys != tuple(normal(k) for k in ACTIONS[action_id].shortcuts)
        }

    def set_overrides(self, overrides: Mapping[str, Iterable[str]]) -> None:
        """Take the person's shortcuts; ids that the table does not know are left out."""
        for action_id, spec in ACTIONS.items():
            keys = overrides.get(action_id, spec.shortcuts)
            self._actions[action_id].setShortcuts([QKeySequence(normal(k)) for k in keys])
            self._describe(spec)
        self.shortcuts_changed.emit()

    def set_state(self, state: When) -> None:
        """Enable what applies now."""
        if state == self._state:
            return
        before, self._state = self._state, state
        if before is None or (before ^ state) & When.WRITABLE:
            for spec in ACTIONS.values():
                self._describe(spec)
            self.shortcuts_changed.emit()
        for spec in ACTIONS.values():
            action, enabled = self._actions[spec.id], (spec.when & state) == spec.when
            if action.isEnabled() != enabled:
                action.setEnabled(enabled)

    def hint(self, action_id: str) -> str:
        """The tooltip of a control that does the same: help and shortcut."""
        return self._actions[action_id].toolTip()

    def keys(self, action_id: str) -> str:
        """The shortcuts that hold now, as people write them; empty when there is none."""
        shortcuts = self._actions[action_id].shortcuts()
        return f" {tr('or')} ".join(shown(key.toString()) for key in shortcuts)

    def _describe(self, spec: ActionSpec) -> None:
        action = self._actions[spec.id]
        keys = self.keys(spec.id)
        help_text = tr(spec.help)
        if (
            self._state is not None
            and When.WRITABLE in spec.when
            and When.WRITABLE not in self._state
        ):
            help_text = tr("The store can only be read here, so decisions cannot be kept.")
        action.setToolTip(f"{help_text} ({keys})" if keys else help_text)
        action.setStatusTip(help_text)
