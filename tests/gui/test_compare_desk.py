"""Comparing two files on the desk: locked, aligned, flipped, measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from helpers.desk_house import House, lent_house
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.title import Title
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title
from gui.compare.lane import AHEAD
from gui.compare.view import Mode
from gui.compare.window import CompareWindow
from gui.desk.compare import CompareDesk
from gui.desk.desk import Desk
from gui.store_archive import StoreArchive

WIDTH, HEIGHT, RATE, COUNT, SHIFT = 160, 96, 25, 100, 5


def scene(first: int, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Iterator[NDArray[np.uint8]]:
    random = np.random.default_rng(5)
    large = np.kron(random.integers(20, 230, (60, 90, 3)), np.ones((8, 8, 1))).astype(np.uint8)
    steps = np.cumsum(random.integers(0, 9, (COUNT + 20, 2)), axis=0) % (300, 500)
    for y, x in steps[first : first + COUNT].tolist():
        yield np.ascontiguousarray(large[y : y + size[1], x : x + size[0]])


def written(
    path: Path, first: int, size: tuple[int, int] = (WIDTH, HEIGHT), crf: int = 18
) -> Title:
    coding = VideoSettings(crf=crf, gop=24, b_frames=2, preset="ultrafast")
    write_title(path, scene(first, size), RATE, settings=coding)
    return probe(path)


@pytest.fixture(scope="module")
def titles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Title, Title]:
    """The second file shows everything five frames later."""
    folder = tmp_path_factory.mktemp("pair")
    return written(folder / "a.mp4", SHIFT), written(folder / "b.mp4", 0, crf=34)


class Compared:
    """A desk, and the window of a comparison on it."""

    def __init__(self, house: House, desk: Desk, titles: tuple[Title, Title]) -> None:
        self.house, self.desk = house, desk
        desk.compare.open_path(titles[1].path)
        house.qtbot.waitUntil(lambda: desk.compare.window is not None)
        self.settle()

    @property
    def wing(self) -> CompareDesk:
        return self.desk.compare

    @property
    def window(self) -> CompareWindow:
        assert self.wing.window is not None
        return self.wing.window

    def settle(self) -> None:
        self.house.qtbot.waitUntil(lambda: self.wing.idle and self.window.view.pair is not None)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.window.view, key, modifier)


@pytest.fixture
def compared(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, titles: tuple[Title, Title]
) -> Iterator[Compared]:
    with lent_house(qtbot, monkeypatch) as house:
        house.title = titles[0]
        yield Compared(house, house.open(), titles)


@pytest.fixture
def window(qtbot: QtBot, titles: tuple[Title, Title]) -> Iterator[CompareWindow]:
    """The window alone, with the right offset."""
    window = CompareWindow(*titles)
    window.offset.setValue(SHIFT * 40)
    window.show()
    settle(qtbot, window)
    yield window
    window.close()


def settle(qtbot: QtBot, window: CompareWindow) -> None:
    qtbot.waitUntil(lambda: window.idle and window.view.pair is not None)


def press(
    window: CompareWindow,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.keyClick(window.view, key, modifier)


def alike(window: CompareWindow) -> float:
    """Mean distance of the two pictures on screen, in codes."""
    pair = window.view.pair
    assert pair is not None
    assert pair.second is not None
    return float(np.abs(pair.first.astype(int) - pair.second).mean())


def test_the_offset_is_found_and_both_files_show_the_same(compared: Compared) -> None:
    window = compared.window
    assert window.offset.value() == pytest.approx(SHIFT * 40)
    assert "picture" in window.message.text()
    locked = alike(window)
    window.nudge(1)
    compared.settle()
    compared.house.qtbot.waitUntil(lambda: alike(window) > 2 * locked)
    pair = window.view.pair
    assert pair is not None
    assert pair.second_s == pytest.approx(pair.seconds + (SHIFT + 1) / RATE)


def test_frames_step_by_keys_and_those_ahead_are_in_memory(
    qtbot: QtBot, window: CompareWindow
) -> None:
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.number == 11
    settle(qtbot, window)
    assert window.view.pair is not None
    assert window.view.pair.number == 11
    qtbot.waitUntil(lambda: window.lane.ready_ahead() == AHEAD)
    press(window, Qt.Key.Key_Right)
    # No waiting: the next pair was decoded before anybody asked.
    assert window.view.pair.number == 12
    press(window, Qt.Key.Key_End)
    settle(qtbot, window)
    assert window.number == COUNT - 1
    assert window.view.pair.second is None, "B ends five frames earlier"


def test_one_key_flips_between_two_pictures_that_are_both_in_memory(
    qtbot: QtBot, window: CompareWindow
) -> None:
    press(window, Qt.Key.Key_5)
    assert window.view.mode is Mode.SINGLE
    first = window.view.grab().toImage()
    press(window, Qt.Key.Key_X)
    second = window.view.grab().toImage()
    assert first != second
    press(window, Qt.Key.Key_X)
    assert window.view.grab().toImage() == first


def test_the_wipe_follows_mouse_and_keys(qtbot: QtBot, window: CompareWindow) -> None:
    assert window.view.mode is Mode.WIPE
    view = window.view
    geometry = view.geometry_in(view.areas()[0])
    left, _, width, _ = geometry.rect
    place = QPoint(round(left + width * 0.25), view.height() // 2)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=place)
    assert view.wipe == pytest.approx(0.25, abs=0.01)
    before = view.wipe
    press(window, Qt.Key.Key_BracketRight)
    assert view.wipe == pytest.approx(before + 0.02)


def test_every_mode_looks_different_and_difference_grows_with_gain(
    qtbot: QtBot, window: CompareWindow
) -> None:
    seen = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5):
        press(window, key)
        settle(qtbot, window)
        seen.append(window.view.grab().toImage())
        assert window.amount.isVisible() == (window.view.mode in (Mode.OVERLAY, Mode.DIFFERENCE))
    assert all(one != other for i, one in enumerate(seen) for other in seen[i + 1 :])
    press(window, Qt.Key.Key_4)
    gain = window.view.gain
    press(window, Qt.Key.Key_Plus)
    assert window.view.gain > gain
    assert window.view.grab().toImage() != seen[3]


def test_quality_is_measured_where_both_show_something(compared: Compared) -> None:
    window = compared.window
    window.measure_button.click()
    compared.house.qtbot.waitUntil(lambda: compared.wing.idle)
    compared.house.qtbot.waitUntil(lambda: not window.measure_button.isChecked())
    curve = window.curve._curve
    assert len(curve.values) == COUNT - SHIFT
    assert "SSIM Y 0." in window.message.text()
    assert "PSNR" in window.curve.text()
    compared.press(Qt.Key.Key_W)
    lowest = min(range(len(curve.values)), key=lambda i: curve.values[i].ssim_y)
    assert window.number == lowest
    window.nudge(1)
    # What was measured at another offset says nothing any more.
    assert window.curve.value() is None


def test_playing_moves_on_and_stops_at_the_end(qtbot: QtBot, window: CompareWindow) -> None:
    window.go_to(COUNT - 6)
    settle(qtbot, window)
    press(window, Qt.Key.Key_Space)
    assert window.playing
    qtbot.waitUntil(lambda: not window.playing)
    assert window.number == COUNT - 1


def test_a_file_of_another_size_is_fitted_into_the_first(
    qtbot: QtBot, titles: tuple[Title, Title], tmp_path: Path
) -> None:
    tall = written(tmp_path / "tall.mp4", SHIFT, (96, 96))
    window = CompareWindow(titles[0], tall)
    window.show()
    settle(qtbot, window)
    pair = window.view.pair
    assert pair is not None
    assert pair.second is not None
    assert pair.first.shape == pair.second.shape
    columns = pair.second[..., :3].any(axis=(0, 2))
    share = columns.mean()
    assert share == pytest.approx(96 / 160, abs=0.02)
    window.close()


def test_what_two_analyses_do_not_share_is_listed_and_leads_there(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lent_house(qtbot, monkeypatch) as house:
        desk = house.open()
        archive = desk._archive
        assert isinstance(archive, StoreArchive)
        old, _ = archive.analyses(house.title.fingerprint)[-1], archive
        found = archive._store.findings.of(old.id)
        assert found
        new = archive._store.runs.start(house.title.fingerprint, old.detectors)
        archive._store.findings.replace(new.id, DEFAULT_PROFILE, found[1:])
        archive._store.runs.finish(new.id, RunState.DONE)
        desk.actions["file.compare_runs"].trigger()
        qtbot.waitUntil(lambda: desk.compare.dialog is not None and desk.compare.idle)
        dialog = desk.compare.dialog
        assert dialog is not None
        assert dialog.table.rowCount() == 1
        assert "1 lost" in dialog.counts.text()
        dialog.same.setChecked(True)
        assert dialog.table.rowCount() == len(found)
        dialog.library.setChecked(True)
        qtbot.waitUntil(lambda: desk.compare.idle)
        assert dialog.table.rowCount() == len(found)
        dialog.same.setChecked(False)
        sought: list[float] = []
        monkeypatch.setattr(desk.selection, "seek", sought.append)
        dialog.table.cellActivated.emit(0, 0)
        assert sought == [found[0].span.start_s]
        assert desk.compare.dialog is None


def test_a_broken_file_is_told_in_a_sentence_and_leaving_closes_the_window(
    compared: Compared, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"nothing")
    compared.wing.open_path(broken)
    compared.house.qtbot.waitUntil(lambda: "broken.mp4" in compared.window.message.text())
    compared.house.end(compared.desk)
    assert compared.wing.window is None
