"""What a newcomer stumbled over in the first hour stays mended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.desk_house import House, lent_house
from pytestqt.qtbot import QtBot


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as lent:
        yield lent


def test_queue_of_a_title_that_is_not_analysed_yet_does_not_look_clean(house: House) -> None:
    house.held = True
    desk = house.open()
    assert desk.parts.queue._counts.text() == "No flags yet"


def test_queue_of_an_analysed_title_counts_its_flags(house: House) -> None:
    desk = house.open()
    assert "yet" not in desk.parts.queue._counts.text()


def test_flag_that_goes_away_under_the_hand_is_told(house: House) -> None:
    desk = house.open()
    flags = desk.snapshot.flags
    desk.parts.queue.select(flags[0].key)
    desk.selection.set_flags(flags[1:])
    assert desk.selection.flag is None
    assert "is gone" in desk.window.message.text()
