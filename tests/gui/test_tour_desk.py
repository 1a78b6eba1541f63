"""The tour: offered once at the sample title, goes on when a step was done, never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui import app as gui_app
from gui.actions import ACTIONS
from gui.desk.desk import Desk
from gui.tour.step import DECIDED, LAST_KEYS, SELECTED, STEPS


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(gui_app, "sample_path", lambda _progress: Path("/nowhere/title.mp4"))
    with lent_house(qtbot, monkeypatch) as house:
        yield house


def at_sample(house: House, tmp_path: Path) -> Desk:
    desk = house.start("--store", str(tmp_path / "s.db"))
    desk.actions["file.open_sample"].trigger()
    house.qtbot.waitUntil(lambda: desk.title is not None and bool(desk.snapshot.flags))
    house.settle(desk)
    return desk


def press(house: House, desk: Desk, action_id: str) -> None:
    """Press the first shortcut of an action, in the window."""
    keys = desk.actions[action_id].shortcuts()[0]
    QTest.keySequence(desk.window, keys)
    house.settle(desk)


def test_every_step_names_actions_that_exist() -> None:
    for step in STEPS:
        assert set(step.keys) | set(step.done_by) <= {*ACTIONS, SELECTED, DECIDED}
    assert set(LAST_KEYS) <= set(ACTIONS)


def test_doing_each_step_leads_through_to_the_end(house: House, tmp_path: Path) -> None:
    desk = at_sample(house, tmp_path)
    bar = desk.window.tour
    assert bar.isVisible()
    assert "Down" in bar.text.text()
    for number, action_id in enumerate(
        (
            "review.next",
            "play.next_frame",
            "play.worst",
            "review.reject",
            "review.undo",
            "review.next_undecided",
            "mark.in",
            "file.export",
        )
    ):
        assert desk.tour.step == number
        press(house, desk, action_id)
        assert desk.tour.step == number + 1
    for dialog in desk.window.findChildren(QDialog):
        dialog.reject()
    assert "all" in bar.text.text()
    assert bar.skip.isHidden()
    bar.end.click()
    assert not bar.isVisible()


def test_other_keys_do_not_move_it(house: House, tmp_path: Path) -> None:
    desk = at_sample(house, tmp_path)
    press(house, desk, "view.zoom_in")
    assert desk.tour.step == 0


def test_it_is_offered_once_and_again_when_asked(house: House, tmp_path: Path) -> None:
    desk = at_sample(house, tmp_path)
    QTest.mouseClick(desk.window.tour.end, Qt.MouseButton.LeftButton)
    house.end(desk)
    desk = at_sample(house, tmp_path)
    assert not desk.window.tour.isVisible()
    desk.actions["help.tour"].trigger()
    assert desk.tour.step == 0
    for _ in STEPS:
        desk.window.tour.skip.click()
    assert desk.tour.step == len(STEPS)


def test_a_title_of_ones_own_is_left_in_peace(house: House, tmp_path: Path) -> None:
    desk = house.open("--store", str(tmp_path / "s.db"))
    assert desk.tour.step is None
    assert not desk.window.tour.isVisible()


def test_the_text_follows_the_persons_shortcuts(house: House, tmp_path: Path) -> None:
    desk = at_sample(house, tmp_path)
    desk.actions.set_overrides({"review.next": ("Ctrl+F9",)})
    assert "Ctrl+F9" in desk.window.tour.text.text()
    desk.actions.set_overrides({"review.next": ()})
    assert "“Next flag”" in desk.window.tour.text.text()
