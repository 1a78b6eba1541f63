"""Help › Save support bundle…: shows all of it before anything is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.support import machine


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(machine, "QUESTIONS", {"gpu": "print('{\"devices\": []}')"})
    with lent_house(qtbot, monkeypatch) as lent:
        yield lent


def test_bundle_is_shown_whole_and_then_saved(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "for-support"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    desk = house.open()
    desk.actions["help.bundle"].trigger()
    dialog = desk.support.dialog
    assert dialog is not None
    assert not dialog.save_button.isEnabled()
    house.until(lambda: dialog.parts)
    shown = {}
    for row in range(dialog.files.count()):
        dialog.files.setCurrentRow(row)
        shown[dialog.files.item(row).text()] = dialog.text.toPlainText()
    assert "title.mp4" not in "".join(shown.values())
    dialog.save_button.click()
    house.until(lambda: desk.support.dialog is None)
    with zipfile.ZipFile(out.with_suffix(".zip")) as archive:
        saved = {name: archive.read(name).decode() for name in archive.namelist()}
    assert saved == shown
    assert "onglass" in saved["machine.json"]
    assert "for-support.zip" in desk.window.message.text()


def test_bundle_that_cannot_be_saved_says_so(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "nowhere" / "a.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    desk = house.start()
    desk.actions["help.bundle"].trigger()
    dialog = desk.support.dialog
    assert dialog is not None
    house.until(lambda: dialog.parts)
    dialog.save_button.click()
    house.until(lambda: desk.support.dialog is None)
    assert "cannot be written" in desk.window.banner.sentence.text()
