"""Which keys are down: what holding K while pressing J or L needs to know."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

_KINDS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyRelease)


class HeldKeys(QObject):
    """Follows presses and releases in the control that has the keyboard.

    A shortcut swallows its press, but Qt asks the control beforehand whether it wants the key,
    and brings it the release.

    Signals:
        released: A `Qt.Key` is up again.

    Args:
        window: Watched as well, for when no control has the keyboard.
    """

    released = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._down: set[int] = set()
        window.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
            self._on_focus_changed(None, app.focusWidget())

    def holds(self, action: QAction) -> bool:
        """Whether a key that is this action's shortcut is down, with or without its modifiers."""
        down = {QKeySequence(key).toString() for key in self._down}
        return any((s.toString().rpartition("+")[2] or "+") in down for s in action.shortcuts())

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and old is not self.parent():
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)
        else:
            # The release will go to another application.
            lost, self._down = self._down, set()
            for key in lost:
                self.released.emit(key)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take note; nothing is swallowed."""
        kind = event.type()
        if kind not in _KINDS or not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return False
        if kind is QEvent.Type.ShortcutOverride:
            self._down.add(event.key())
        elif event.key() in self._down:
            self._down.discard(event.key())
            self.released.emit(event.key())
        return False
