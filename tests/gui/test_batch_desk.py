"""Incidents and batches in the desk: decided once, seen before, undone in one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desk_house import TITLE, House, lent_house
from helpers.triage_store import fill_store, finding
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from core.review.order import QueueOrder
from gui.desk.desk import Desk
from gui.triage.batch_dialog import BatchDialog, Scope
from gui.triage.ruling import RULINGS

CTRL = Qt.KeyboardModifier.ControlModifier
FINDINGS = (
    finding(TITLE, 2.0, 1.0, "freeze", 0.9),
    finding(TITLE, 2.5, 1.0, "stutter", 0.6),
    finding(TITLE, 4.0, 1.0, "freeze", 0.7),
    finding(TITLE, 20.0, 1.0, "hum", 0.55),
    finding(TITLE, 30.0, 1.0, "hum", 0.95),
    finding(TITLE, 40.0, 1.0, "blur", 0.5),
)


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        yield house


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Desk:
    store = tmp_path / "batch.db"
    fill_store(store, TITLE, FINDINGS)
    return house.open("--store", str(store))


def press(
    desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or desk.window, key, modifier)


def states(desk: Desk) -> list[str]:
    return [flag.state for flag in desk.snapshot.flags]


def decided_by(dialog: BatchDialog) -> int:
    return len(dialog.batch.decided)


def dialog_of(desk: Desk) -> BatchDialog:
    found = desk.window.findChild(BatchDialog)
    assert isinstance(found, BatchDialog)
    return found


def test_one_key_decides_an_incident_and_one_takes_it_back(house: House, desk: Desk) -> None:
    assert desk.parts.queue.model.rowCount() == 4
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_C)
    house.settle(desk)
    assert states(desk) == ["confirm"] * 3 + ["undecided"] * 3
    assert desk.selection.flag is not None
    assert desk.selection.flag.detector == "hum"
    assert desk.window.message.text() == "Decided together: 3; left alone: 0"
    press(desk, Qt.Key.Key_Z, CTRL)
    house.settle(desk)
    assert states(desk) == ["undecided"] * 6
    assert desk.selection.flag.detector == "freeze"
    assert desk.parts.queue.row_of_selected() == 0


def test_a_flag_of_an_open_incident_is_decided_alone_and_kept_by_the_rest(
    house: House, desk: Desk
) -> None:
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_Y)
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_X)
    house.settle(desk)
    assert states(desk) == ["reject"] + ["undecided"] * 5
    press(desk, Qt.Key.Key_Y)
    assert desk.parts.queue.model.rowCount() == 4
    press(desk, Qt.Key.Key_C)
    house.settle(desk)
    assert states(desk) == ["reject", "confirm", "confirm"] + ["undecided"] * 3


def test_a_decided_incident_is_not_decided_again_but_can_be_taken_back(
    house: House, desk: Desk
) -> None:
    desk.actions["review.advance"].setChecked(False)
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_C)
    house.settle(desk)
    press(desk, Qt.Key.Key_X)
    house.settle(desk)
    assert states(desk)[:3] == ["confirm"] * 3
    assert "Y opens it" in desk.window.message.text()
    press(desk, Qt.Key.Key_Backspace)
    house.settle(desk)
    assert states(desk) == ["undecided"] * 6


def test_a_batch_shows_what_it_decides_and_spares_what_is_decided(house: House, desk: Desk) -> None:
    for _ in range(2):
        press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_C)
    house.settle(desk)
    assert states(desk)[3] == "confirm"
    desk.parts.queue.select(desk.snapshot.flags[4].key)
    press(desk, Qt.Key.Key_B, CTRL)
    dialog = dialog_of(desk)
    dialog.scope_box.setCurrentIndex(dialog.scope_box.findData(Scope.DETECTOR.value))
    assert dialog.detector_box.currentData() == "hum"
    assert dialog.count.text() == "To be decided in one step: 1. Left alone: 1."
    fates = [dialog.model.index(row, 0).data() for row in range(2)]
    assert fates == ["Will be decided", "Left alone: decided already"]
    dialog.below.setValue(0.9)
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    dialog.scope_box.setCurrentIndex(dialog.scope_box.findData(Scope.SHOWN.value))
    assert decided_by(dialog) == 5
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    house.settle(desk)
    with house.qtbot.waitActive(desk.window):
        desk.window.activateWindow()
    assert states(desk) == ["reject"] * 3 + ["confirm"] + ["reject"] * 2
    press(desk, Qt.Key.Key_Z, CTRL)
    house.settle(desk)
    assert states(desk) == ["undecided"] * 3 + ["confirm"] + ["undecided"] * 2


def test_a_batch_overwrites_only_when_it_is_asked_to(house: House, desk: Desk) -> None:
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_C)
    house.settle(desk)
    press(desk, Qt.Key.Key_B, CTRL)
    dialog = dialog_of(desk)
    dialog.scope_box.setCurrentIndex(dialog.scope_box.findData(Scope.SHOWN.value))
    assert decided_by(dialog) == 3
    dialog.overwrite.setChecked(True)
    assert decided_by(dialog) == 6
    dialog.ruling_box.setCurrentIndex([r.title for r in RULINGS].index("Confirm: fix"))
    assert decided_by(dialog) == 3
    dialog.reject()
    assert states(desk)[:3] == ["confirm"] * 3


def test_order_and_grouping_are_chosen_by_key_and_remembered(
    house: House, desk: Desk, tmp_path: Path
) -> None:
    press(desk, Qt.Key.Key_G, CTRL)
    assert desk.parts.queue.model.rowCount() == 6
    press(desk, Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    press(desk, Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.parts.queue.model.order is QueueOrder.SCORE
    assert [f.score for f in desk.parts.queue.model.shown()] == [0.95, 0.9, 0.7, 0.6, 0.55, 0.5]
    house.end(desk)
    again = house.open("--store", str(tmp_path / "batch.db"))
    assert again.parts.queue.model.order is QueueOrder.SCORE
    assert again.parts.queue.model.rowCount() == 6


def test_pace_counts_flags_and_not_keys(house: House, desk: Desk) -> None:
    assert (desk.triage.progress.decided, desk.triage.progress.left) == (0, 6)
    press(desk, Qt.Key.Key_Down)
    press(desk, Qt.Key.Key_C)
    assert (desk.triage.progress.decided, desk.triage.progress.left) == (3, 3)
    assert desk.triage.progress.minutes is None
