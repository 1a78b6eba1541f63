"""Two desks on one store: each shows what the other decides, unless it looks blindly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.desk_house import House, lent_house
from pytestqt.qtbot import QtBot

from core.config.settings import Settings
from core.domain.verdict import Decision
from core.review.blind import blinded
from gui.desk.desk import Desk
from gui.dialogs.missed import MissedDialog
from gui.verdict.choice import Choice


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as house:
        yield house


def desk_of(house: House, store: Path, reviewer: str, blind: bool = False) -> Desk:
    settings = Settings.load()
    settings.set("review.reviewer", reviewer)
    settings.set("review.blind", blind)
    settings.save()
    desk = house.open("--store", str(store))
    assert desk.reviewer == reviewer
    return desk


def confirm(desk: Desk, place: int) -> str:
    flag = desk.snapshot.flags[place]
    desk.review.choose(Choice(flag, Decision.CONFIRM))
    return flag.key


def others(desk: Desk, key: str) -> list[str]:
    flag = desk.snapshot.flag(key)
    assert flag is not None
    return [verdict.reviewer for verdict in flag.others]


def test_a_verdict_of_another_desk_shows_without_asking(
    house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    ann = desk_of(house, tmp_path / "s.db", "ann")
    bob = desk_of(house, tmp_path / "s.db", "bob")
    key = confirm(bob, 0)
    qtbot.waitUntil(lambda: others(ann, key) == ["bob"])
    ann.actions["review.blind"].setChecked(True)
    house.settle(ann)
    assert others(ann, key) == []
    ann.review.choose(Choice(ann.snapshot.flags[0], Decision.CONFIRM))
    house.settle(ann)
    assert others(ann, key) == ["bob"]
    qtbot.waitUntil(lambda: others(bob, key) == ["ann"])


def test_a_blind_desk_starts_blind_and_hides_what_only_others_brought_up(
    house: House, tmp_path: Path, qtbot: QtBot
) -> None:
    bob = desk_of(house, tmp_path / "s.db", "bob")
    key = confirm(bob, 1)
    house.settle(bob)
    ann = desk_of(house, tmp_path / "s.db", "ann", blind=True)
    assert others(ann, key) == []
    bob.parts.axis.set_selection((30.0, 31.0))
    bob.actions["mark.missed"].trigger()
    dialog = bob.window.findChild(MissedDialog)
    assert dialog is not None
    dialog.accept()
    house.settle(bob)
    assert any(flag.missed for flag in bob.snapshot.flags)
    ann.actions["review.blind"].setChecked(False)
    qtbot.waitUntil(lambda: any(flag.missed for flag in ann.snapshot.flags))
    assert not any(flag.missed for flag in blinded(ann.snapshot.flags))
