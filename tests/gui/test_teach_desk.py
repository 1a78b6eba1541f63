"""Teach sessions in the desk: chosen by the worker, looped, one key each, undone, and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.desk_fake import make_title
from helpers.desk_house import House, lent_house
from helpers.worker_fake import BASE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.title import Title
from core.domain.verdict import Decision, current_verdicts
from core.jobs.progress import Progress
from core.jobs.request import SelectRequest
from core.store.store import Store
from gui.desk import teach
from gui.desk.desk import Desk
from gui.player.engine import Player
from gui.teach.dialog import TeachDialog
from gui.teach.window import TeachWindow, around

LOOPS: list[Span | None] = []


class StillPlayer(Player):
    """Plays nothing, for the made-up title has no file."""

    def load(self, title: Title) -> None:
        pass

    def seek(self, seconds: float) -> None:
        pass

    def play(self) -> None:
        pass

    def set_loop(self, span: Span | None) -> None:
        LOOPS.append(span)


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[House]:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(teach, "Player", StillPlayer)
    monkeypatch.setattr(teach, "there", lambda title: title)
    LOOPS.clear()
    with lent_house(qtbot, monkeypatch) as house:
        yield house


def asked(house: House, desk: Desk) -> TeachDialog:
    desk.actions["review.teach"].trigger()
    house.settle(desk)
    assert desk.teach.dialog is not None
    return desk.teach.dialog


def begun(house: House, desk: Desk, detector: str = "silence", count: int = 20) -> TeachWindow:
    dialog = asked(house, desk)
    dialog.detector.setCurrentIndex(dialog.detector.findData(detector))
    dialog.count.setValue(count)
    dialog.start.click()
    house.settle(desk)
    house.qtbot.waitUntil(lambda: desk.teach.window is not None and desk.idle)
    assert desk.teach.window is not None
    return desk.teach.window


def said(store: Path) -> list[Decision]:
    with Store.open(store) as opened:
        return [v.decision for v in current_verdicts(opened.verdicts.all())]


def test_flags_are_answered_by_one_key_each_and_undone(house: House, tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    desk = house.open("--store", str(path))
    window = begun(house, desk)
    assert len(window.asked.questions) == 2
    assert window.count.text() == "1 of 2"
    assert window.claim.text() == "Silence"
    assert "Score" in window.facts.text()
    assert window.why.text()
    first = window.question.finding.span
    loop = LOOPS[-1]
    assert loop is not None
    assert loop.start_s <= first.start_s - 1 < first.end_s <= loop.end_s
    QTest.keyClick(window, Qt.Key.Key_X)
    house.settle(desk)
    assert window.count.text() == "2 of 2"
    assert said(path) == [Decision.REJECT]
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    house.settle(desk)
    assert window.place == 0
    assert window.progress.value() == 0
    assert said(path) == []
    QTest.keyClick(window, Qt.Key.Key_C)
    house.settle(desk)
    QTest.keyClick(window, Qt.Key.Key_U)
    house.settle(desk)
    assert said(path) == [Decision.CONFIRM, Decision.UNSURE]
    assert window.done
    assert window.finish.head.text() == "2 flags answered"
    assert "1 confirmed, 0 false positives, 1 unsure, 0 skipped" in window.finish.told.text()
    house.qtbot.waitUntil(lambda: sum(flag.decided for flag in desk.snapshot.flags) == 2)


def test_an_answer_is_not_taken_before_its_clip_is_there(house: House, tmp_path: Path) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    window = begun(house, desk)
    window.go(0)
    QTest.keyClick(window, Qt.Key.Key_C)
    assert window.place == 0
    house.settle(desk)
    QTest.keyClick(window, Qt.Key.Key_C)
    assert window.place == 1


def test_a_clip_that_is_gone_can_only_be_skipped(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(title: Title) -> Title:
        raise KnownError(f"{title.name} is not where it was; the library finds it again.")

    monkeypatch.setattr(teach, "there", gone)
    path = tmp_path / "s.db"
    desk = house.open("--store", str(path))
    window = begun(house, desk)
    assert "not where it was" in window.said.text()
    QTest.keyClick(window, Qt.Key.Key_C)
    assert window.place == 0
    QTest.keyClick(window, Qt.Key.Key_S)
    house.settle(desk)
    QTest.keyClick(window, Qt.Key.Key_S)
    house.settle(desk)
    assert said(path) == []
    assert "2 skipped" in window.finish.told.text()
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert window.place == 1
    assert not window.done


def test_an_answer_that_cannot_be_stored_brings_its_flag_back(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    window = begun(house, desk)

    def full(*_: object) -> None:
        raise KnownError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("core.review.teach.TeachBook.answer", full)
        QTest.keyClick(window, Qt.Key.Key_C)
        house.qtbot.waitUntil(lambda: window.place == 0)
        house.settle(desk)
    assert window.answers == {}
    assert not window.undo.isEnabled()


def test_nothing_undecided_is_said_and_nothing_can_be_started(house: House, tmp_path: Path) -> None:
    desk = house.start("--store", str(tmp_path / "empty.db"))
    house.qtbot.waitUntil(lambda: desk.review.archive is not None)
    dialog = asked(house, desk)
    assert "No flag is undecided" in dialog.said.text()
    assert not dialog.start.isEnabled()
    dialog.reject()


def test_what_the_worker_refuses_is_said_in_the_dialog(house: House, tmp_path: Path) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    dialog = asked(house, desk)
    dialog.start_wanted.emit("hum", 5, False)
    house.settle(desk)
    assert "No flag of this detector is undecided" in dialog.said.text()
    assert dialog.start.isEnabled()
    dialog.reject()


def test_closing_the_dialog_stops_the_choice(house: House, tmp_path: Path) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    dialog = asked(house, desk)
    house.workers[-1].held = True
    dialog.start.click()
    assert not desk.teach.idle
    assert "Choosing" in dialog.said.text()
    house.workers[-1].progress(Progress(3.0, 4.0))
    house.qtbot.waitUntil(lambda: "75%" in dialog.said.text())
    dialog.reject()
    house.qtbot.waitUntil(lambda: desk.teach.idle)
    assert desk.teach.window is None


def test_only_the_open_title_is_asked_about_when_that_is_wanted(
    house: House, tmp_path: Path
) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    dialog = asked(house, desk)
    dialog.where.setCurrentIndex(1)
    dialog.start.click()
    house.settle(desk)
    (request,) = [r for r in house.workers[-1].requests if isinstance(r, SelectRequest)]
    assert desk.title is not None
    assert request.fingerprints == (desk.title.fingerprint,)


def test_training_is_offered_only_where_the_desk_can_train(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    monkeypatch.setattr(teach, "ACTIONS", {})
    window = begun(house, desk)
    assert window.finish.train.isHidden()
    window.close()
    house.settle(desk)
    assert desk.teach.window is None
    monkeypatch.setattr(teach, "ACTIONS", {teach.TRAIN: None})
    assert not begun(house, desk).finish.train.isHidden()


def test_training_after_teaching_shows_what_was_taught(house: House, tmp_path: Path) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    window = begun(house, desk)
    QTest.keyClick(window, Qt.Key.Key_X)
    house.settle(desk)
    window.finish.train.click()
    house.settle(desk)
    training = desk.training.window
    assert training is not None
    house.until(lambda: training.detector == "silence")


def test_a_long_flag_is_looped_around_its_peak() -> None:
    title = make_title(600.0)

    def seconds(span: Span) -> tuple[float, float]:
        return span.start_s, span.end_s

    assert seconds(around(Span(100_000, 300_000, BASE), 200.0, title)) == (193.0, 207.0)
    assert seconds(around(Span(100_000, 300_000, BASE), 100.0, title)) == (99.0, 113.0)
    assert seconds(around(Span(0, 500, BASE), 0.2, title)) == (0.0, 1.5)
    late = replace(title, duration_s=10.0)
    assert seconds(around(Span(9_000, 10_000, BASE), 9.5, late)) == (8.0, 10.0)
