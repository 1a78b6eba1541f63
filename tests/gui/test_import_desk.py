"""Importing from the desk: a file is shown first, kept when asked, and can be taken out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from pytestqt.qtbot import QtBot

from core.domain.run import IMPORTED
from gui.desk.desk import Desk
from gui.dialogs.intake import ImportDialog


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        yield house


def listed(folder: Path) -> Path:
    path = folder / "partner.json"
    note = "seen by the partner"
    path.write_text(json.dumps([{"start_s": 31, "end_s": 33, "defect": "tearing", "note": note}]))
    return path


def dialog_of(desk: Desk) -> ImportDialog:
    desk.actions["file.import"].trigger()
    dialog = desk.window.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    return dialog


def imported(desk: Desk) -> list[str]:
    return [flag.defect for flag in desk.snapshot.flags if flag.detector == IMPORTED]


def test_a_list_is_shown_then_kept_then_taken_out(
    house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    before = len(desk.snapshot.flags)
    dialog = dialog_of(desk)
    assert not dialog.take.isEnabled()
    dialog.choose(listed(tmp_path))
    qtbot.waitUntil(dialog.take.isEnabled)
    assert dialog.flags.rowCount() == 1
    note = dialog.flags.item(0, 4)
    assert note is not None
    assert note.text() == "seen by the partner"
    assert imported(desk) == []
    dialog.take.click()
    qtbot.waitUntil(lambda: imported(desk) == ["tearing"])
    assert len(desk.snapshot.flags) == before + 1
    assert dialog.earlier.rowCount() == 1
    assert not dialog.take.isEnabled()
    assert any(lane.detector == IMPORTED for lane in desk.parts.lanes.lanes)
    assert not dialog.remove.isEnabled()
    dialog.earlier.selectRow(0)
    dialog.remove.click()
    qtbot.waitUntil(lambda: imported(desk) == [])
    qtbot.waitUntil(lambda: dialog.earlier.rowCount() == 0)
    dialog.reject()


def test_a_file_that_holds_nothing_is_a_sentence(
    house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    dialog = dialog_of(desk)
    (tmp_path / "empty.json").write_text("{}")
    dialog.choose(tmp_path / "empty.json")
    qtbot.waitUntil(lambda: "no list of flags" in dialog.said.text())
    assert not dialog.take.isEnabled()
    (tmp_path / "empty.json").write_text('[{"start_s": 1, "end_s": 2}]')
    dialog.choose(tmp_path / "empty.json")
    qtbot.waitUntil(dialog.take.isEnabled)
    dialog.reject()


def test_what_was_imported_is_there_at_the_next_start(
    house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    dialog = dialog_of(desk)
    dialog.choose(listed(tmp_path))
    qtbot.waitUntil(dialog.take.isEnabled)
    dialog.take.click()
    qtbot.waitUntil(lambda: imported(desk) == ["tearing"])
    dialog.reject()
    house.end(desk)
    again = house.open("--store", str(tmp_path / "s.db"))
    assert imported(again) == ["tearing"]
