"""Exporting from the desk: the dialog asks, a thread writes, the dialog says what came of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import cast

import pytest
from helpers.desk_fake import make_title
from helpers.desk_house import House, lent_house
from helpers.report_value import TIMINGS, frame_span, make_entry, make_report
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from core.config.settings import Settings
from core.reports.format import FORMATS
from core.reports.report import Only
from gui.desk import export
from gui.desk.desk import Desk
from gui.desk.review import Snapshot
from gui.dialogs.export import ExportDialog


class SmallDesk(QObject):
    """What exporting needs of the desk."""

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        timing = TIMINGS["25"]
        report = make_report(timing, [make_entry(1, frame_span(timing, 5, 9))])
        self.window, self.settings = window, Settings()
        self.title, self.snapshot = report.title, Snapshot()
        self.review = SimpleNamespace(archive=SimpleNamespace(report=lambda *_: report))
        self.said: list[str] = []
        self.say = self.said.append


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[SmallDesk]:
    window = QWidget()
    qtbot.addWidget(window)
    desk = SmallDesk(window)
    yield desk
    desk.closed.emit()


def asked(desk: SmallDesk) -> ExportDialog:
    export.open_export(cast(Desk, desk))
    dialog = desk.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    return dialog


def order(qtbot: QtBot, dialog: ExportDialog, name: str, target: Path) -> None:
    dialog.format_box.setCurrentIndex(dialog.format_box.findData(name))
    dialog.file.setText(str(target))
    dialog.export.click()
    qtbot.waitUntil(dialog.progress.isHidden, timeout=60_000)


def test_the_desk_writes_what_was_decided(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with lent_house(qtbot, monkeypatch) as house:
        _decide_and_export(house, tmp_path / "report.json")


def _decide_and_export(house: House, out: Path) -> None:
    desk = house.open()
    QTest.keyClick(desk.window, Qt.Key.Key_Down)
    desk.actions["review.fix"].trigger()
    house.settle(desk)
    desk.actions["file.export"].trigger()
    dialog = desk.window.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    order(house.qtbot, dialog, "json", out)
    assert dialog.message.text() == "report.json is written."
    document = json.loads(out.read_text("utf-8"))
    assert [e["state"] for e in document["entries"]] == ["confirm", "undecided", "undecided"]
    assert document["profile"]["hash"] == desk.snapshot.profile.hash
    dialog.only_box.setCurrentIndex(dialog.only_box.findData(Only.UNDECIDED.value))
    order(house.qtbot, dialog, "csv", out.with_suffix(".csv"))
    assert len(out.with_suffix(".csv").read_text("utf-8").splitlines()) == 3


def test_pictures_that_cannot_be_had_are_said(
    qtbot: QtBot, desk: SmallDesk, tmp_path: Path
) -> None:
    dialog = asked(desk)
    order(qtbot, dialog, "html", tmp_path / "report.html")
    assert dialog.message.text().splitlines() == [
        "report.html is written.",
        "title.mp4 was not at hand, so there are no pictures.",
    ]
    assert desk.said == ["report.html is written"]


def test_the_desk_asks_before_it_replaces_a_file(
    qtbot: QtBot, desk: SmallDesk, tmp_path: Path
) -> None:
    out = tmp_path / "report.csv"
    out.write_bytes(b"older")
    dialog = asked(desk)
    order(qtbot, dialog, "csv", out)
    box = dialog.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert out.read_bytes() == b"older"
    next(b for b in box.buttons() if b.text() == "Replace").click()
    qtbot.waitUntil(lambda: dialog.message.text() == "report.csv is written.", timeout=60_000)
    assert out.read_bytes() != b"older"


def test_a_failure_is_a_sentence_and_leaves_nothing(
    qtbot: QtBot, desk: SmallDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_file: int) -> None:
        raise OSError(28, os.strerror(28))

    dialog = asked(desk)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        order(qtbot, dialog, "edl", tmp_path / "report.edl")
    assert dialog.message.text().endswith("is full; nothing was written.")
    assert list(tmp_path.iterdir()) == []
    order(qtbot, dialog, "edl", tmp_path / "no" / "report.edl")
    assert dialog.message.text().startswith("There is no folder")


def test_stopping_writes_nothing(
    desk: SmallDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slow(report: object, _token: object) -> object:
        begun.set()
        go_on.wait(60)
        return report

    monkeypatch.setattr(export, "with_pictures", slow)
    dialog = asked(desk)
    dialog.file.setText(str(tmp_path / "report.html"))
    dialog.export.click()
    assert begun.wait(60)
    assert not dialog.export.isEnabled()
    dialog.reject()
    go_on.set()
    exporter = desk.findChild(export.ExportDesk)
    assert exporter is not None
    exporter._lane.drain()
    assert dialog.message.text() == "The export was stopped; nothing was written."
    assert list(tmp_path.iterdir()) == []


def test_the_dialog_offers_every_format_and_names_the_file_after_it(qtbot: QtBot) -> None:
    dialog = ExportDialog(make_title(), ("Ada",), drop_frame=False)
    qtbot.addWidget(dialog)
    assert [dialog.format_box.itemData(n) for n in range(len(FORMATS))] == list(FORMATS)
    for n, entry in enumerate(FORMATS.values()):
        dialog.format_box.setCurrentIndex(n)
        assert dialog.file.text().endswith(f"title.report{entry.suffix}")
        assert dialog.pictures.isEnabled() is entry.pictures
    dialog.file.setText("/tmp/other.name")
    dialog.format_box.setCurrentIndex(0)
    assert dialog.order.target == Path("/tmp/other.name").absolute()


def test_a_start_that_does_not_exist_cannot_be_ordered(qtbot: QtBot) -> None:
    dialog = ExportDialog(make_title(), (), drop_frame=False)
    qtbot.addWidget(dialog)
    dialog.start.setText("01:00:00:25")
    assert not dialog.export.isEnabled()
    assert "no timecode at 25" in dialog.message.text()
    dialog.start.setText("01:00:00:24")
    assert dialog.export.isEnabled()
    assert dialog.order.wish.start_timecode == "01:00:00:24"
