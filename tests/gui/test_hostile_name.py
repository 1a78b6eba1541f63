"""A name is shown as it is written: no widget takes it for markup, or turns its letters around."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as QtGui
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.desk import Desk
from gui.desk.leave import ask

EVIL = "<img src='x'><b>evil<br>\n\u202e4pm.mp4"


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as lent:
        lent.title = replace(lent.title, path=Path("/nowhere") / EVIL)
        yield lent


def taken_for_markup(root: QObject) -> list[str]:
    """Texts below a widget in which Qt would read markup that holds the name."""
    found = []
    for each in (root, *root.findChildren(QObject)):
        if isinstance(each, QLabel) and "evil" in each.text():
            plain = each.textFormat() is Qt.TextFormat.PlainText
            if not plain and QtGui.mightBeRichText(each.text()):
                found.append(f"{type(each).__name__} {each.objectName()}: {each.text()}")
        if isinstance(each, QWidget | QAction):
            tip = each.toolTip()
            if "<img" in tip and QtGui.mightBeRichText(tip):
                found.append(f"tip of {type(each).__name__}: {tip}")
    return found


def shown_dialog(desk: Desk) -> QDialog:
    dialog = desk.window.findChild(QDialog)
    assert isinstance(dialog, QDialog)
    return dialog


def test_hostile_name_is_plain_text_everywhere_in_the_desk(house: House) -> None:
    desk = house.open(name=EVIL)
    desk.complain(f"{EVIL} is broken.", EVIL)
    desk.actions["review.next"].trigger()
    assert "evil" in desk.window.windowTitle()
    assert "\n" not in desk.window.windowTitle()
    assert "\u202e" not in desk.window.windowTitle()
    assert taken_for_markup(desk.window) == []
    for action in ("file.export", "file.backups", "file.simulate"):
        desk.actions[action].trigger()
        dialog = shown_dialog(desk)
        house.settle(desk)
        assert taken_for_markup(dialog) == [], action
        dialog.reject()
        dialog.deleteLater()
        house.settle(desk)
    desk.window.banner.details.click()
    assert taken_for_markup(desk.window) == []
    ask(desk.window, f"Leave {EVIL}?", lambda: None)
    box = desk.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert box.textFormat() is Qt.TextFormat.PlainText
    desk.close_title()
    assert taken_for_markup(desk.window) == []
