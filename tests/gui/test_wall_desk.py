"""The wall in the desk: keys find and choose, a finding opens its clip, silence is never fine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.desk_fake import make_finding, make_title
from helpers.desk_house import House, lent_house
from helpers.wall_store import MadeChannel, MadeEvent, beat, newsroom, put_channels
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.domain.channel import ChannelEventKind
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.review import channel
from core.review.channel import Wall, WallState
from core.store.store import Store
from gui.desk.desk import Desk
from gui.wall.view import WallView

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    # What was heard a moment ago must not fall silent on a machine that does much else.
    monkeypatch.setattr(channel, "SILENT_AFTER_S", 300.0)
    with lent_house(qtbot, monkeypatch) as lent:
        yield lent


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """A store with a dozen channels, one of which has a clip that is there."""
    path, clip = tmp_path / "s.db", tmp_path / "clip.ts"
    clip.write_bytes(b"clip")
    with Store.open(path) as store:
        title = replace(make_title(60.0, clip), fingerprint="c" * 32)
        store.titles.put(title, opened=False)
        run = store.runs.start(title.fingerprint, ("black",))
        store.findings.replace(run.id, DEFAULT_PROFILE, [make_finding(3.0)])
        store.runs.finish(run.id, RunState.DONE)
    event = MadeEvent(
        ChannelEventKind.FINDING, 5, "", 2.0, "black", "issue", "c" * 32, run.id, str(clip)
    )
    put_channels(path, [*newsroom(), MadeChannel("Clipped", events=(event,))])
    return path


def until(house: House, holds: Callable[[], object]) -> None:
    """Wait; machines that do much else are slow."""
    house.qtbot.waitUntil(holds, timeout=30_000)


def settle(house: House, desk: Desk) -> WallView:
    until(house, lambda: desk.idle)
    QApplication.processEvents()
    until(house, lambda: desk.idle)
    return desk.wall.view


def opened(house: House, path: Path) -> tuple[Desk, WallView]:
    desk = house.start("--store", str(path))
    settle(house, desk)
    QTest.keyClick(desk.window, Qt.Key.Key_W, CONTROL | SHIFT)
    until(house, lambda: desk.wall.shown and desk.wall.view.model.rowCount() > 0)
    return desk, settle(house, desk)


def choose(house: House, desk: Desk, name: str) -> None:
    view = desk.wall.view
    row = next(
        n for n in range(view.model.rowCount())
        if (line := view.model.line_at(n)) is not None and line.channel.name == name
    )  # fmt: skip
    view.grid.select(row)
    until(house, lambda: view.name.text() == name and desk.idle)
    until(house, lambda: view.events.rowCount() > 0)


def test_wall_opens_by_its_key_finds_by_typing_and_goes_back(
    house: House, store_path: Path
) -> None:
    desk, view = opened(house, store_path)
    assert view.model.rowCount() == 13
    assert "1 Silent" in view.counts.text()
    QTest.keyClicks(view.grid, "sports")
    assert view.filters.search.text() == "sports"
    until(house, lambda: view.model.rowCount() == 1)
    QTest.keyClick(view.filters.search, Qt.Key.Key_Escape)
    until(house, lambda: view.model.rowCount() == 13)
    QTest.keyClick(view.grid, Qt.Key.Key_Escape)
    assert not desk.wall.shown


def test_state_filter_offers_counts_and_an_empty_choice_says_so(
    house: House, store_path: Path
) -> None:
    desk, view = opened(house, store_path)
    box = view.filters.state_box
    assert "Live (8)" in [box.itemText(n) for n in range(box.count())]
    box.setCurrentIndex(box.findData(WallState.SILENT.value))
    until(house, lambda: view.model.rowCount() == 1)
    box.setCurrentIndex(box.findData(WallState.STOPPED.value))
    until(house, lambda: view.model.rowCount() == 0)
    assert "No channel fits" in view.empty.text()
    settle(house, desk)


def test_finding_opens_its_clip_with_the_analysis_that_found_it(
    house: House, store_path: Path, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.ts"
    house.title = replace(make_title(60.0, clip), fingerprint="c" * 32)
    desk, view = opened(house, store_path)
    choose(house, desk, "Clipped")
    QTest.keyClick(view.grid, Qt.Key.Key_Return)
    assert view.list.hasFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    until(house, lambda: desk.title is not None and desk.idle)
    assert not desk.wall.shown
    assert desk.title is not None
    assert desk.title.path == clip
    until(house, lambda: len(desk.snapshot.flags) == 1)
    assert desk.snapshot.run is not None
    assert desk.snapshot.run.state is RunState.DONE


def test_clip_that_is_gone_is_said_so(house: House, store_path: Path) -> None:
    desk, view = opened(house, store_path)
    choose(house, desk, "Sports HD")
    assert view.open_clip.isEnabled()
    view.open_clip.click()
    until(house, lambda: bool(desk.window.banner.messages))
    assert "not there any more" in str(desk.window.banner.messages[0])
    assert desk.wall.shown


def test_list_can_leave_out_all_but_findings(house: House, store_path: Path) -> None:
    desk, view = opened(house, store_path)
    choose(house, desk, "Sports HD")
    until(house, lambda: view.events.rowCount() == 6)
    view.only.click()
    until(house, lambda: view.events.rowCount() == 3)
    settle(house, desk)


def test_selected_channel_stays_selected_while_others_come_and_go(
    house: House, store_path: Path
) -> None:
    desk, view = opened(house, store_path)
    choose(house, desk, "Sports HD")
    key, row = view.grid.key, view.grid.currentIndex().row()
    # Parliament is heard again and moves down among the live ones.
    beat(store_path, ["c4"])
    desk.wall._look()
    until(house, lambda: "Silent" not in view.counts.text())
    assert view.grid.key == key
    assert view.name.text() == "Sports HD"
    assert view.grid.currentIndex().row() == row
    settle(house, desk)


def test_without_channels_the_wall_says_how_to_start_one(house: House, tmp_path: Path) -> None:
    desk = house.start("--store", str(tmp_path / "s.db"))
    settle(house, desk)
    desk.wall.toggle()
    view = desk.wall.view
    until(house, lambda: "onglass monitor URL" in view.empty.text())
    assert str(tmp_path / "s.db") in view.empty.text()
    assert not view.columns.isVisible()


def test_store_that_cannot_be_read_leaves_nothing_looking_fine(
    house: House, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, view = opened(house, store_path)

    def broken(*_: object) -> None:
        raise KnownError("The disk that holds the store reported an error.")

    monkeypatch.setattr(Wall, "look", broken)
    desk.wall._look()
    until(house, lambda: desk.idle)
    assert not view.trouble.isVisible()
    desk.wall._looked_s -= 10
    desk.wall._tick()
    until(house, lambda: desk.idle)
    assert "reported an error" in view.trouble.text()
    live = next(
        line for key in view.model.keys
        if (line := view.model.line(key)) is not None and line.state is WallState.LIVE
    )  # fmt: skip
    assert view.model.state_of(live) is WallState.LIVE
    desk.wall._looked_s -= 30
    desk.wall._tick()
    assert view.model.state_of(live) is WallState.SILENT
    assert not desk.window.banner.messages
    until(house, lambda: desk.idle)


def test_tiles_say_in_words_what_they_show_in_colours(house: House, store_path: Path) -> None:
    desk, view = opened(house, store_path)
    spoken = {
        view.model.line_at(n).channel.name: str(  # type: ignore[union-attr]
            view.model.data(view.model.index(n), Qt.ItemDataRole.AccessibleTextRole)
        )
        for n in range(view.model.rowCount())
    }
    assert "Silent" in spoken["Parliament"]
    assert "Not known what is analysed" in spoken["Parliament"]
    assert "Nothing looked at yet" in spoken["Weather"]
    assert "99 % analysed" in spoken["Sports HD"]
    assert "Silence" in spoken["Sports HD"]
    settle(house, desk)
