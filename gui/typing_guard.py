"""Which keys the control with the keyboard needs itself, so that no shortcut takes them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from gui.actions import normal

_TEXT_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QKeySequenceEdit)
_PRESS = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOVE = {
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}
_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_EDITING = {normal(k) for k in ("Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+Left", "Ctrl+Right")}


class TypingGuard(QObject):
    """Keeps shortcuts from firing while the focused control needs the key itself.

    In a text field every key that writes or edits belongs to the field; on a button Space and
    Enter press it; in a list box, slider or row of tabs the arrows move. Qt asks first by a
    `ShortcutOverride` event; accepting it gives the key to the control.
    """

    def follow(self, app: QApplication) -> None:
        """Watch only what has the keyboard: a filter on everything costs each event its share."""
        app.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, app.focusWidget())

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer Qt's question for the widget with the keyboard."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            widget = QApplication.focusWidget()
            if widget is not None and watched is widget and wants_key(widget, event):
                event.accept()
                return True
        return False


def wants_key(widget: QWidget, event: QKeyEvent) -> bool:
    """Whether the control with the keyboard needs this key more than a shortcut does."""
    key = Qt.Key(event.key())
    command = bool(event.modifiers() & _COMMAND)
    if isinstance(widget, _TEXT_FIELDS) or (isinstance(widget, QComboBox) and widget.isEditable()):
        is_function_key = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
        if command:
            return _sequence(event) in _EDITING
        return not is_function_key
    if command:
        return False
    if isinstance(widget, QAbstractButton):
        return key in _PRESS
    if isinstance(widget, QComboBox):
        return key in _PRESS | _MOVE
    if isinstance(widget, (QAbstractSlider, QTabBar)):
        return key in _MOVE
    return False


def _sequence(event: QKeyEvent) -> str:
    combination = QKeyCombination(event.modifiers(), Qt.Key(event.key()))
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)
