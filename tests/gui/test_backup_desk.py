"""Backups in the desk: seen, made, compared, and gone back to without losing the present."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from helpers.desk_house import House, lent_house
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from core.config.paths import default_store
from core.store.backup import backups_dir
from core.store.store import Store
from gui.desk.desk import Desk
from gui.dialogs.backup import BackupDialog


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as lent:
        yield lent


def asked(house: House, desk: Desk) -> BackupDialog:
    desk.actions["file.backups"].trigger()
    dialog = desk.window.findChild(BackupDialog)
    assert isinstance(dialog, BackupDialog)
    house.settle(desk)
    return dialog


def decide_next(house: House, desk: Desk, action: str) -> None:
    desk.actions["review.next_undecided"].trigger()
    desk.actions[action].trigger()
    house.settle(desk)


def states(desk: Desk) -> list[str]:
    return [flag.state for flag in desk.snapshot.flags]


def cells(dialog: BackupDialog) -> list[tuple[str, str, str]]:
    table = dialog.table
    texts = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in (1, 3, 4)]
        why, verdicts, state = (item.text() if item is not None else "" for item in items)
        texts.append((why, verdicts, state))
    return texts


def test_going_back_is_told_confirmed_and_sets_the_present_aside(house: House) -> None:
    desk = house.open()
    desk.actions["review.advance"].setChecked(False)
    decide_next(house, desk, "review.fix")
    dialog = asked(house, desk)
    assert dialog.table.rowCount() == 0
    assert "no backups yet" in dialog.message.text()
    assert not dialog.restore.isEnabled()
    dialog.make.click()
    house.settle(desk)
    assert cells(dialog) == [("By hand", "1", "Whole")]
    dialog.reject()
    decide_next(house, desk, "review.unsure")
    assert states(desk) == ["confirm", "unsure", "undecided"]

    dialog = asked(house, desk)
    dialog.table.selectRow(0)
    house.settle(desk)
    assert "would lose: 1 – title.mp4 (1)." in dialog.message.text()
    dialog.restore.click()
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "would lose: 1" in box.informativeText()
    assert states(desk) == ["confirm", "unsure", "undecided"]
    next(b for b in box.buttons() if b.text() == "Go back").click()
    house.settle(desk)
    # The title stays on screen until it is opened again from the restored store.
    house.qtbot.waitUntil(lambda: desk.idle and states(desk) == ["confirm", *["undecided"] * 2])
    (aside,) = backups_dir(default_store()).glob("*.before-restore.db")
    with Store.open(aside, read_only=True) as kept:
        assert len(kept.verdicts.all()) == 2
    decide_next(house, desk, "review.reject")
    assert states(desk) == ["confirm", "reject", "undecided"]
    assert len(cells(asked(house, desk))) == 2


def test_failure_is_said_and_the_desk_goes_on_with_the_store_as_it_was(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = house.open()
    decide_next(house, desk, "review.fix")
    dialog = asked(house, desk)
    dialog.make.click()
    house.settle(desk)
    dialog.table.selectRow(0)
    house.settle(desk)
    info = dialog.selected
    assert info is not None

    def full(_file: int) -> None:
        raise OSError(28, os.strerror(28))

    room = desk.review.archive.backups if desk.review.archive is not None else None
    assert room is not None
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        dialog.make.click()
        house.settle(desk)
        assert dialog.message.text() == "The backup cannot be written there."
        desk.backups.restore(room, info)
        house.qtbot.waitUntil(lambda: desk.title is not None and desk.idle)
    assert dialog.message.text() == "The backup cannot be written there."
    decide_next(house, desk, "review.unsure")
    assert states(desk)[:2] == ["confirm", "unsure"]


def test_damaged_backup_cannot_be_gone_back_to(house: House) -> None:
    desk = house.open()
    folder = backups_dir(default_store())
    folder.mkdir()
    name = f"{default_store().stem}.20260101T000000000000Z.automatic.db"
    (folder / name).write_bytes(b"nothing" * 1000)
    dialog = asked(house, desk)
    dialog.table.selectRow(0)
    ((why, verdicts, state),) = cells(dialog)
    assert (why, verdicts) == ("Automatic", "–")
    assert "damaged" in state
    assert dialog.message.text() == state
    assert not dialog.restore.isEnabled()
