"""What is held ends when the key comes up, or when its release would go elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.key_held import HeldKeys


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def action_of(*keys: str) -> QAction:
    action = QAction()
    action.setShortcuts([QKeySequence(key) for key in keys])
    return action


@pytest.mark.parametrize("keys", [("B",), ("F5", "Ctrl+B"), ("Ctrl+Shift+B",)])
def test_a_key_is_held_with_or_without_the_modifiers_of_its_shortcut(
    window: QWidget, keys: tuple[str, ...]
) -> None:
    held, action = HeldKeys(window), action_of(*keys)
    QTest.keyPress(window, Qt.Key.Key_B)
    assert held.holds(action)
    QTest.keyRelease(window, Qt.Key.Key_B)
    assert not held.holds(action)


def test_a_plus_is_a_key_like_any_other(window: QWidget) -> None:
    held, action = HeldKeys(window), action_of("Ctrl++")
    QTest.keyPress(window, Qt.Key.Key_Plus)
    assert held.holds(action)
    assert not held.holds(action_of("B"))


def test_losing_the_keyboard_releases_what_was_held(window: QWidget, qtbot: QtBot) -> None:
    held, action = HeldKeys(window), action_of("B")
    window.setFocus()
    QTest.keyPress(window, Qt.Key.Key_B)
    with qtbot.waitSignal(held.released) as caught:
        window.clearFocus()
    assert caught.args == [Qt.Key.Key_B.value]
    assert not held.holds(action)
