"""A desk whose store can only be read: it shows everything, says so, and takes no decision."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers.desk_house import House, lent_house
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.config.paths import default_store
from core.store import store as store_module
from core.store.store import Store
from gui.actions import ACTIONS, When


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as lent:
        yield lent


def test_read_only_store_is_shown_with_its_reason_and_keys_decide_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = house.open()
    QTest.keyClick(desk.window, Qt.Key.Key_Down)
    desk.actions["review.fix"].trigger()
    house.settle(desk)
    assert not desk.window.badge.isVisible()
    house.end(desk)
    monkeypatch.setattr(store_module, "is_write_protected", lambda path: path == default_store())

    desk = house.open()
    assert desk.window.badge.isVisible()
    assert desk.window.badge.text() == desk.parts.verdict.saved.text() == "Read only"
    assert "only be read" in desk.window.banner.messages[-1][0]
    states = [flag.state for flag in desk.snapshot.flags]
    assert states == ["confirm", "undecided", "undecided"]
    desk.actions["review.next"].trigger()
    assert desk.selection.flag is not None
    for spec in ACTIONS.values():
        if When.WRITABLE in spec.when:
            assert not desk.actions[spec.id].isEnabled(), spec.id
            assert "only be read" in desk.actions[spec.id].toolTip()
    assert not desk.actions["review.undo"].isEnabled()
    assert not desk.parts.verdict.comment.isEnabled()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_9, Qt.Key.Key_Backspace):
        QTest.keyClick(desk.window, key)
    house.settle(desk)
    assert [flag.state for flag in desk.snapshot.flags] == states
    assert desk.parts.verdict.drafts == {}
    desk.actions["view.zoom_flag"].trigger()
    assert desk.actions["file.export"].isEnabled()
    house.end(desk)
    with Store.open(default_store(), read_only=True) as store:
        assert len(store.verdicts.all()) == 1


def test_title_that_was_never_analysed_is_open_without_an_analysis_that_could_not_be_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(default_store()).close()
    monkeypatch.setattr(store_module, "is_write_protected", lambda path: path == default_store())
    desk = house.open()
    assert desk.title is not None
    assert [m for m in desk.window.banner.messages if "only be read" not in m[0]] == []
    kinds = {type(request).__name__ for request in house.workers[-1].requests}
    assert kinds == {"PrepareRequest"}
