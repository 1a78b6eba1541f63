"""The sample title is made at its first opening, and the picture tells how far that is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from pytestqt.qtbot import QtBot

from gui import app as gui_app


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        yield house


def test_share_and_time_left_are_told_while_the_sample_is_made(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    goes_on = threading.Event()

    def make(grown: Callable[[float], None]) -> Path:
        grown(0.25)
        assert goes_on.wait(60)
        return Path("/nowhere/title.mp4")

    monkeypatch.setattr(gui_app, "sample_path", make)
    desk = house.start("--store", str(tmp_path / "s.db"))
    desk.actions["file.open_sample"].trigger()
    try:
        house.until(lambda: "25%" in desk.parts.picture.accessibleDescription())
        assert desk.parts.picture.accessibleDescription().endswith(" left …")
    finally:
        goes_on.set()
    house.settle(desk)
    assert desk.title is not None
