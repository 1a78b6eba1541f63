"""The action table is complete and free of conflicts; typing never triggers it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.actions import ACTIONS, MENUS, ActionSet, When, conflicts, normal
from gui.typing_guard import TypingGuard

HABITS = {
    "J": "play.backward",
    "K": "play.pause",
    "L": "play.forward",
    "Space": "play.toggle",
    "Left": "play.previous_frame",
    "Right": "play.next_frame",
    ",": "play.previous_frame",
    ".": "play.next_frame",
    "Shift+Left": "play.previous_ten",
    "Shift+Right": "play.next_ten",
    "I": "mark.in",
    "O": "mark.out",
    "M": "review.comment",
    "Up": "review.previous",
    "Down": "review.next",
    "Ctrl+Z": "review.undo",
    "Ctrl+Shift+Z": "review.redo",
    "G": "play.goto",
    "?": "help.shortcuts",
    "+": "view.zoom_in",
    "-": "view.zoom_out",
    "F": "view.full_screen",
    "Ctrl+O": "file.open",
}


class Desk(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.field, self.box, self.button = QLineEdit(), QComboBox(), QPushButton("Press")
        self.box.addItems(["one", "two"])
        self.plain = QWidget()
        self.plain.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        for widget in (self.plain, self.field, self.box, self.button):
            layout.addWidget(widget)
        self.table = ActionSet({}, self)
        self.table.set_state(~(When.MASKS | When.DRAW))
        self.fired: list[str] = []
        for action_id in ACTIONS:
            self.table.connect_to(action_id, partial(self.fired.append, action_id))


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    guard = TypingGuard()
    app.installEventFilter(guard)
    desk = Desk()
    qtbot.addWidget(desk)
    with qtbot.waitActive(desk):
        desk.show()
        desk.activateWindow()
    yield desk
    app.removeEventFilter(guard)


def press(widget: QWidget, shortcut: str) -> None:
    widget.setFocus()
    QApplication.processEvents()
    combination = QKeySequence.fromString(shortcut)[0]  # type: ignore[index]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())


def test_defaults_do_not_conflict() -> None:
    assert conflicts({i: s.shortcuts for i, s in ACTIONS.items()}) == {}


def test_every_default_is_readable_by_qt() -> None:
    for spec in ACTIONS.values():
        assert all(normal(k) for k in spec.shortcuts), spec.id


@pytest.mark.parametrize(("key", "action_id"), HABITS.items())
def test_field_habits_are_the_defaults(key: str, action_id: str) -> None:
    assert normal(key) in {normal(k) for k in ACTIONS[action_id].shortcuts}


def test_every_action_has_a_menu_title_and_help() -> None:
    for spec in ACTIONS.values():
        assert spec.menu in MENUS
        assert spec.title
        assert spec.help.endswith("."), spec.id


@pytest.mark.parametrize(
    ("key", "action_id"),
    [
        *HABITS.items(),
        ("Return", "review.confirm"),
        ("X", "review.reject"),
        ("5", "review.not_visible"),
    ],
)
def test_shortcut_fires_while_nothing_is_typed(desk: Desk, key: str, action_id: str) -> None:
    press(desk.plain, key)
    assert desk.fired == [action_id]


@pytest.mark.parametrize("key", ["C", "X", "Space", "Left", "Return", "5", "Ctrl+Z", "Up", "?"])
def test_shortcut_is_silent_while_typing(desk: Desk, key: str) -> None:
    press(desk.field, key)
    assert desk.fired == []


def test_typing_writes_what_is_typed(desk: Desk) -> None:
    desk.field.setFocus()
    QTest.keyClicks(desk.field, "cx u5")
    assert desk.field.text() == "cx u5"
    assert desk.fired == []


def test_command_shortcut_works_while_typing(desk: Desk) -> None:
    press(desk.field, "Ctrl+O")
    assert desk.fired == ["file.open"]


def test_focused_button_takes_space_and_enter(desk: Desk) -> None:
    pressed: list[bool] = []
    desk.button.clicked.connect(lambda: pressed.append(True))
    press(desk.button, "Space")
    assert pressed == [True]
    assert desk.fired == []
    press(desk.button, "J")
    assert desk.fired == ["play.backward"]


def test_focused_list_box_takes_arrows(desk: Desk) -> None:
    press(desk.box, "Down")
    assert desk.box.currentText() == "two"
    assert desk.fired == []


def test_what_does_not_apply_is_disabled(desk: Desk) -> None:
    desk.table.set_state(When.TITLE)
    assert desk.table["play.toggle"].isEnabled()
    assert not desk.table["review.confirm"].isEnabled()
    press(desk.plain, "C")
    assert desk.fired == []


def test_overrides_replace_defaults_and_are_reported(desk: Desk) -> None:
    desk.table.set_overrides({"review.confirm": ["K"], "play.pause": [], "gone.action": ["Q"]})
    assert desk.table.overrides() == {"review.confirm": ("K",), "play.pause": ()}
    press(desk.plain, "K")
    assert desk.fired == ["review.confirm"]


def test_conflicts_name_both_actions() -> None:
    found = conflicts({"a": ["Ctrl+shift+z"], "b": ["Shift+Ctrl+Z"], "c": ["Z"]})
    assert found == {"Ctrl+Shift+Z": ("a", "b")}


def test_tooltip_names_the_shortcut(desk: Desk) -> None:
    assert "(X)" in desk.table.hint("review.reject")
