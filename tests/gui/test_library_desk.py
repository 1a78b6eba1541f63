"""The library in the desk: keys find, filter, open and go on; folders and lost files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.desk_fake import make_finding, make_title
from helpers.desk_house import House, lent_house
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.summary import TitleOrder, TitleState
from core.domain.title import Title
from core.media.probe import fingerprint
from core.store.store import Store
from gui import app as gui_app
from gui.desk.desk import Desk
from gui.dialogs.details import DetailsDialog
from gui.library.missing import MissingDialog
from gui.library.model import Column

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
REELS = 150


def look_into(path: Path) -> Title:
    if "broken" in path.name:
        raise KnownError(f"{path.name} is not a media file.")
    size = path.stat().st_size
    return replace(make_title(60.0, path), fingerprint=fingerprint(path), size_bytes=size)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of many titles: `b` and `d` have flags, the files of the reels are gone."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "media").mkdir()
    with Store.open(folder / "s.db") as store:
        reels = [
            replace(make_title(60.0, Path(f"/gone/Reel {n:03d}.mov")), fingerprint=f"{n:032x}")
            for n in range(REELS)
        ]
        store.titles.put(*reels, opened=False)
        for name in "abcd":
            path = folder / "media" / f"{name}.mp4"
            path.write_bytes(name.encode())
            title = look_into(path)
            store.titles.put(title, opened=False)
            for extra in range(2 if name in "bd" else 0):
                run = store.runs.start(title.fingerprint, ("black",))
                findings = [make_finding(3.0 * i) for i in range(2 + extra)]
                store.findings.replace(run.id, DEFAULT_PROFILE, findings)
                store.runs.finish(run.id, RunState.DONE)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy whose titles lie where they lay."""
    shutil.copyfile(made / "s.db", tmp_path / "s.db")
    return made


@pytest.fixture
def house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    with lent_house(qtbot, monkeypatch) as lent:
        monkeypatch.setattr(gui_app, "probe", look_into)
        yield lent


@pytest.fixture
def desk(house: House, folder: Path, tmp_path: Path) -> Desk:
    started = house.start("--store", str(tmp_path / "s.db"))
    settle(house, started)
    return started


def settle(house: House, desk: Desk) -> None:
    """Wait until what is shown is what was asked for."""
    view = desk.window.library

    def still() -> bool:
        timers = (view._look, view.filters._pause, view.model._pages._timer, desk.library._again)
        return desk.idle and not any(timer.isActive() for timer in timers)

    house.qtbot.waitUntil(still)
    QApplication.processEvents()
    house.qtbot.waitUntil(still)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


def shown(desk: Desk) -> list[str]:
    view = desk.window.library
    return [
        view.model.text_of(view.model.lines[key], Column.NAME)
        for key in view.model.keys
        if key in view.model.lines
    ]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_library_takes_the_place_of_the_empty_page_where_there_are_titles(
    house: House, desk: Desk, tmp_path: Path
) -> None:
    view = desk.window.library
    assert desk.library.shown
    assert view.model.rowCount() == REELS + 4
    assert view.counts.text().startswith(f"{REELS + 4} titles")
    assert len(view.model.lines) < REELS
    assert view.back.isHidden()
    bare = house.start("--store", str(tmp_path / "bare.db"))
    house.qtbot.waitUntil(lambda: bare.idle)
    assert bare.window.stack.currentWidget() is bare.window.empty
    bare.actions["file.library"].trigger()
    settle(house, bare)
    assert bare.library.shown
    assert "Add a folder" in bare.window.library.empty.text()


def test_typing_finds_and_enter_opens(house: House, desk: Desk) -> None:
    view = desk.window.library
    assert focused() is view.table
    QTest.keyClicks(focused(), "d.mp4")
    settle(house, desk)
    assert focused() is view.filters.search
    assert shown(desk) == ["d.mp4"]
    press(focused(), Qt.Key.Key_Return)
    house.qtbot.waitUntil(lambda: desk.title is not None and desk.idle)
    assert desk.title is not None
    assert desk.title.name == "d.mp4"
    assert not desk.library.shown


def test_rows_that_come_into_sight_are_fetched(house: House, desk: Desk) -> None:
    view = desk.window.library
    last = view.model.key_at(REELS + 3)
    assert last not in view.model.lines
    press(view.table, Qt.Key.Key_End, CONTROL)
    house.qtbot.waitUntil(lambda: last in view.model.lines)
    assert view.table.key == last


def test_filters_and_order_are_reached_and_left_by_keys(house: House, desk: Desk) -> None:
    view = desk.window.library
    box = view.filters.state_box
    box.setFocus()
    for _ in range(box.findData(TitleState.TO_REVIEW)):
        press(box, Qt.Key.Key_Down)
    settle(house, desk)
    assert shown(desk) == ["b.mp4", "d.mp4"]
    view.filters.down.setFocus()
    press(view.filters.down, Qt.Key.Key_Space)
    settle(house, desk)
    assert shown(desk) == ["d.mp4", "b.mp4"]
    view.filters.set_order(TitleOrder.UNDECIDED, descending=False)
    view.table.select(1)
    chosen = view.table.key
    settle(house, desk)
    assert view.table.horizontalHeader().sortIndicatorSection() == Column.FLAGS
    view.filters.set_order(TitleOrder.NAME, descending=True)
    settle(house, desk)
    assert (view.table.key, view.model.row_of(chosen)) == (chosen, 1)
    view.filters.set_order(TitleOrder.NAME, descending=False)
    settle(house, desk)
    assert (view.table.key, view.model.row_of(chosen)) == (chosen, 0)
    view.table.setFocus()
    press(view.table, Qt.Key.Key_Escape)
    settle(house, desk)
    assert view.model.rowCount() == REELS + 4


def test_defects_and_folders_filter(house: House, desk: Desk, folder: Path) -> None:
    view = desk.window.library
    view.filters.defect_box.setCurrentIndex(view.filters.defect_box.findData("black"))
    settle(house, desk)
    assert shown(desk) == ["b.mp4", "d.mp4"]
    view.filters.clear()
    view.folders.choose((folder / "media").as_posix())
    settle(house, desk)
    assert shown(desk) == ["a.mp4", "b.mp4", "c.mp4", "d.mp4"]
    QTest.keyClicks(view.table, "nothing like it")
    settle(house, desk)
    assert view.empty.isVisible()
    assert "Escape" in view.empty.text()


def test_keys_decide_nothing_while_the_library_hides_the_flags(house: House, desk: Desk) -> None:
    view = desk.window.library
    desk.actions["file.next_to_review"].trigger()
    house.qtbot.waitUntil(lambda: desk.title is not None and bool(desk.snapshot.flags))
    settle(house, desk)
    press(desk.window, Qt.Key.Key_Down)
    assert desk.selection.flag is not None
    press(desk.window, Qt.Key.Key_L, CONTROL | SHIFT)
    settle(house, desk)
    assert desk.library.shown
    assert view.back.isVisible()
    assert desk.title is not None
    assert view.table.key == desk.title.fingerprint
    for action in ("review.confirm", "play.toggle", "mark.in"):
        assert not desk.actions[action].isEnabled()
    press(view.table, Qt.Key.Key_Return)
    settle(house, desk)
    assert not desk.library.shown
    assert not any(flag.decided for flag in desk.snapshot.flags)
    assert desk.actions["review.confirm"].isEnabled()


def test_next_title_goes_on_and_the_library_hears_of_verdicts(house: House, desk: Desk) -> None:
    desk.actions["file.next_to_review"].trigger()
    house.qtbot.waitUntil(lambda: desk.title is not None and bool(desk.snapshot.flags))
    settle(house, desk)
    assert desk.title is not None
    assert desk.title.name == "b.mp4"
    flags = len(desk.snapshot.flags)
    for _ in range(flags):
        desk.actions["review.next_undecided"].trigger()
        desk.actions["review.fix"].trigger()
        settle(house, desk)
    press(desk.window, Qt.Key.Key_N, CONTROL | SHIFT)
    house.qtbot.waitUntil(lambda: desk.title is not None and desk.title.name == "d.mp4")
    settle(house, desk)
    press(desk.window, Qt.Key.Key_L, CONTROL | SHIFT)
    settle(house, desk)
    done = {line.name: line.state for line in desk.window.library.model.lines.values()}
    assert done["b.mp4"] is TitleState.REVIEWED
    desk.window.show_library(False)
    desk.actions["file.close"].trigger()
    settle(house, desk)
    assert desk.library.shown
    assert desk.title is None


def test_an_older_analysis_can_be_shown(house: House, desk: Desk) -> None:
    view = desk.window.library
    QTest.keyClicks(view.table, "b.mp4")
    settle(house, desk)
    runs = view.detail.runs
    assert [runs.topLevelItem(i).text(2) for i in range(2)] == ["3", "2"]  # type: ignore[union-attr]
    runs.setFocus()
    press(runs, Qt.Key.Key_Down)
    press(runs, Qt.Key.Key_Return)
    house.qtbot.waitUntil(lambda: desk.snapshot.run is not None and desk.idle)
    older = desk.snapshot.run
    assert older is not None
    assert older.id == str(runs.topLevelItem(1).data(0, Qt.ItemDataRole.UserRole))  # type: ignore[union-attr]


def test_folder_brings_its_titles_and_says_what_cannot_be_read(
    house: House, desk: Desk, tmp_path: Path
) -> None:
    more = tmp_path / "more" / "deep"
    more.mkdir(parents=True)
    for name in ("x.mov", "y.mkv", "broken.mp4", "notes.txt"):
        (more / name).write_bytes(name.encode())
    view = desk.window.library
    desk.actions["file.add_folder"].trigger()
    dialog = desk.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "more"))
    dialog.reject()
    settle(house, desk)
    assert "2 titles added, 1 file could not be read" in view.told.text().replace("files", "file")
    QTest.keyClicks(view.table, "deep")
    settle(house, desk)
    assert shown(desk) == ["x.mov", "y.mkv"]
    assert {line.state for line in map(view.model.lines.get, view.model.keys) if line} == {
        TitleState.NOT_ANALYSED
    }
    view.more.click()
    details = desk.window.findChild(DetailsDialog)
    assert details is not None
    assert "broken.mp4 is not a media file." in details.field.toPlainText()
    details.close()
    desk.library.add_folder(tmp_path / "more")
    settle(house, desk)
    assert "2 known already" in view.told.text()


def test_moved_file_is_found_by_its_content(
    house: House, desk: Desk, folder: Path, tmp_path: Path
) -> None:
    view = desk.window.library
    home, moved = folder / "media" / "a.mp4", tmp_path / "elsewhere" / "renamed.mp4"
    moved.parent.mkdir()
    shutil.move(home, moved)
    try:
        QTest.keyClicks(view.table, "a.mp4")
        settle(house, desk)
        press(focused(), Qt.Key.Key_Return)
        house.qtbot.waitUntil(lambda: desk.window.findChild(MissingDialog) is not None)
        key = view.table.key
        assert key in view.model.missing
        dialog = desk.window.findChild(MissingDialog)
        assert dialog is not None
        dialog.folder_chosen.emit(str(tmp_path))
        dialog.accept()
        house.qtbot.waitUntil(lambda: desk.title is not None and desk.idle)
        assert desk.title is not None
        assert (desk.title.path, desk.title.fingerprint) == (moved, key)
    finally:
        shutil.move(moved, home)


def test_wrong_file_is_not_taken_for_a_missing_one(house: House, desk: Desk, folder: Path) -> None:
    view = desk.window.library
    QTest.keyClicks(view.table, "reel 007")
    settle(house, desk)
    assert view.model.missing >= {view.table.key}
    press(focused(), Qt.Key.Key_Return)
    house.qtbot.waitUntil(lambda: desk.window.findChild(MissingDialog) is not None)
    dialog = desk.window.findChild(MissingDialog)
    assert dialog is not None
    dialog.file_chosen.emit(str(folder / "media" / "c.mp4"))
    dialog.accept()
    settle(house, desk)
    assert desk.title is None
    assert "another file" in desk.window.banner.messages[0][0]
