"""Spot checks in the desk: clips are drawn, shown without opinion, answered, and estimated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.desk_fake import make_title
from helpers.desk_house import House, lent_house
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.domain.errors import KnownError
from core.domain.title import Title
from core.store.store import Store
from gui.desk import clip_file, spot
from gui.desk.desk import Desk
from gui.player.engine import Player
from gui.spot.dialog import SpotDialog
from gui.spot.window import SpotWindow


class StillPlayer(Player):
    """Plays nothing, for the made-up title has no file."""

    def load(self, title: Title) -> None:
        pass

    def seek(self, seconds: float) -> None:
        pass

    def play(self) -> None:
        pass


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(spot, "Player", StillPlayer)
    monkeypatch.setattr(spot, "there", lambda title: title)
    with lent_house(qtbot, monkeypatch) as house:
        yield house


def dialog_of(house: House, desk: Desk) -> SpotDialog:
    if desk.spot.dialog is None:
        desk.actions["review.spot"].trigger()
    house.settle(desk)
    assert desk.spot.dialog is not None
    return desk.spot.dialog


def drawn(house: House, desk: Desk, count: int) -> SpotDialog:
    dialog = dialog_of(house, desk)
    dialog.count.setValue(count)
    dialog.clip.setValue(5.0)
    for box in dialog.strata.values():
        box.setChecked(False)
    dialog.draw.click()
    house.qtbot.waitUntil(lambda: dialog.plans.rowCount() == 1)
    return dialog


def window_of(house: House, desk: Desk, dialog: SpotDialog) -> SpotWindow:
    dialog.start.click()
    house.settle(desk)
    assert desk.spot.window is not None
    return desk.spot.window


def test_clips_are_drawn_answered_by_keys_and_estimated(house: House, tmp_path: Path) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    dialog = dialog_of(house, desk)
    assert dialog.plans.rowCount() == 0
    assert not dialog.start.isEnabled()
    assert "at most" in dialog.precision.text()
    window = window_of(house, desk, drawn(house, desk, 4))
    assert len(window.plan.clips) == 4
    said = " ".join(label.text() for label in window.findChildren(QLabel))
    assert desk.title is not None
    assert desk.title.name not in said
    assert not any(clip.stratum in said for clip in window.plan.clips)
    QTest.keyClick(window, Qt.Key.Key_Return)
    house.settle(desk)
    assert window.place == 1
    QTest.keyClicks(window.panel.search, "hum")
    QTest.keyClick(window.panel.search, Qt.Key.Key_Return)
    assert window.panel.seen == frozenset({"hum"})
    QTest.keyClick(window.panel.search, Qt.Key.Key_Return)
    house.settle(desk)
    assert window.place == 2
    assert window.progress.value() == 2
    QTest.keyClick(window, Qt.Key.Key_PageUp)
    assert window.panel.seen == frozenset({"hum"})
    window.close()
    house.settle(desk)
    dialog = dialog_of(house, desk)
    assert "2 by you" in str(dialog.plans.item(0, 3).text())  # type: ignore[union-attr]
    house.qtbot.waitUntil(lambda: dialog.misses.rowCount() == 2)
    assert dialog.misses.item(1, 0).text() == "Hum"  # type: ignore[union-attr]
    assert "1 of 2" in dialog.misses.item(1, 1).text()  # type: ignore[union-attr]
    dialog.reject()
    with Store.open(tmp_path / "s.db") as store:
        (plan,) = store.spots.all()
        assert [a.seen for a in store.spots.answers(plan.id)] == [frozenset(), frozenset({"hum"})]


def test_one_goes_on_where_one_left(house: House, tmp_path: Path) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    window = window_of(house, desk, drawn(house, desk, 3))
    window.answer()
    house.settle(desk)
    window.close()
    house.settle(desk)
    again = window_of(house, desk, dialog_of(house, desk))
    assert again.place == 1
    house.end(desk)
    assert desk.spot.window is None


def test_a_title_that_is_gone_is_a_sentence_and_is_not_answered(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(title: Title) -> Title:
        raise KnownError(f"{title.name} is not where it was; the library finds it again.")

    desk = house.open("--store", str(tmp_path / "s.db"))
    dialog = drawn(house, desk, 2)
    monkeypatch.setattr(spot, "there", gone)
    window = window_of(house, desk, dialog)
    assert "not where it was" in window.said.text()
    window.answer()
    house.settle(desk)
    assert window.place == 1
    assert window.progress.value() == 0


def test_a_file_that_changed_is_not_taken_for_the_title(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = make_title(path=tmp_path / "film.mp4")
    with pytest.raises(KnownError, match="not where it was"):
        clip_file.there(title)
    title.path.write_bytes(b"x")
    monkeypatch.setattr(clip_file, "probe", lambda _path: replace(title, fingerprint="ff" * 32))
    with pytest.raises(KnownError, match="was changed since"):
        clip_file.there(title)


def test_a_draw_that_cannot_be_is_a_sentence(house: House, tmp_path: Path) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    dialog = dialog_of(house, desk)
    dialog.clip.setValue(600.0)
    dialog.draw.click()
    house.qtbot.waitUntil(lambda: "long enough" in dialog.said.text())
    dialog.reject()
