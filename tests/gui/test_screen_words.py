"""Every window has names for screen readers, is operated by keys, and speaks one language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.desk_house import House, lent_house
from helpers.screen_walk import cut, operated, spoken_name, texts
from helpers.translation_tool import translation
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui import language
from gui.desk.desk import Desk
from gui.language import tr
from gui.queue.model import Column

DIALOGS = (
    *("file.settings", "file.profile", "file.export", "file.simulate", "file.import"),
    *("file.backups", "file.find_missing", "file.compare_runs", "help.shortcuts", "help.about"),
    *("mark.missed", "review.batch"),
)
# Other faces of the desk itself.
MODES = ("scope.panel", "review.triage", "file.library")
# An English word here, another German one there.
SAME_IN_GERMAN = {"Profile"}


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        yield house
    language.choose("en")


def open_desk(house: House) -> Desk:
    desk = house.open()
    desk.actions["view.spectrum"].setChecked(True)
    desk.actions["review.next"].trigger()
    desk.parts.axis.set_selection((5.0, 8.0))
    house.settle(desk)
    return desk


def windows(house: House, desk: Desk) -> Iterator[tuple[str, QWidget]]:
    """The desk, then each of its dialogs while it is open."""
    yield "desk", desk.window
    for action in DIALOGS:
        assert desk.actions[action].isEnabled(), action
        before = set(QApplication.topLevelWidgets())
        desk.actions[action].trigger()
        house.qtbot.waitUntil(lambda: len(_dialogs()) > 0)
        for dialog in _dialogs() - before:
            QApplication.processEvents()
            yield action, dialog
            dialog.close()
    for action in MODES:
        desk.actions[action].trigger()
        house.settle(desk)
        yield action, desk.window


def _dialogs() -> set[QWidget]:
    return {w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()}


def test_controls_have_names_and_take_the_keyboard(house: House) -> None:
    desk = open_desk(house)
    wrong = []
    for where, window in windows(house, desk):
        for widget in operated(window):
            told = f"{where}: {type(widget).__name__} {spoken_name(widget)!r}"
            if not spoken_name(widget).strip():
                wrong.append(f"{told} in {type(widget.parentWidget()).__name__}: no name")
            if isinstance(widget, QToolButton) and not widget.toolTip():
                wrong.append(f"{told}: no tooltip")
            if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                wrong.append(f"{told}: no way there with Tab")
    assert wrong == []


def test_tab_goes_round_the_whole_desk(house: House) -> None:
    desk = open_desk(house)
    window = desk.window
    wanted = {
        widget
        for widget in operated(window)
        if widget.isVisibleTo(window) and widget.isEnabled() and widget.visibleRegion()
    }
    window.activateWindow()
    desk.parts.queue.table.setFocus()
    reached: set[QWidget] = set()
    for _ in range(2 * len(wanted) + 20):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    left = [f"{type(w).__name__} {spoken_name(w)!r}" for w in wanted - reached]
    assert left == []


def test_german_windows_say_no_english_word_and_cut_none(house: House) -> None:
    assert language.choose("de") == "de"
    desk = open_desk(house)
    english = _english_texts()
    wrong = []
    for where, window in windows(house, desk):
        for kind, text in texts(window):
            if text.strip() in english:
                wrong.append(f"{where}: {kind} says {text!r}")
        wrong += [f"{where}: {line}" for line in cut(window)]
    assert sorted(set(wrong)) == []
    model = desk.parts.queue.model
    said = [model.text_of(flag, column) for flag in model.entries for column in Column]
    assert {"Stille", "Schwarzbild"} <= set(said)
    assert any(text.startswith("Kein Ton für") for text in said), said
    desk.parts.queue.search.setText("schwarzbild")
    assert {flag.defect for flag in model.shown()} == {"black"}


def _english_texts() -> set[str]:
    known = translation.read(translation.FOLDER / "onglass_de.ts")
    return {text for text in known if tr(text) != text} - SAME_IN_GERMAN
