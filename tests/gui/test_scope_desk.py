"""Scopes of the desk: they show the frame on screen, in full when it stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.desk_house import House, lent_house
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.compare.signal import Signal
from core.config.settings import Settings
from core.media.frame import VideoFrame
from core.media.probe import probe
from core.media.reader import VideoReader
from core.media.sound_meter import SoundReading
from gui.desk.desk import Desk
from gui.desk.scope import ScopeDesk
from gui.player.picture_queue import Picture
from gui.player.state import Mode
from gui.scopes.lane import FieldView, ScopeLane, ScopeWish
from gui.scopes.meter import HOLD_S, Ballistics, MeterPane
from gui.scopes.pace import MOST, Pace
from gui.scopes.pane import ScopeKind, ScopePane, ticks_of
from gui.scopes.panel import PaneGrid


class Viewer:
    """A desk with a real title, and its frames as the player would show them."""

    def __init__(self, house: House, desk: Desk, frames: list[VideoFrame]) -> None:
        self.house, self.desk, self.frames = house, desk, frames

    @property
    def scope(self) -> ScopeDesk:
        return self.desk.scope

    def show(self, number: int) -> None:
        frame = self.frames[number]
        self.desk.player._place = replace(self.desk.player._place, pts=frame.pts, base=frame.base)
        picture = Picture(
            frame.pts, frame.end_pts, frame.base, frame.bgra(160, 96), frame=lambda: frame
        )
        self.desk.parts.picture.set_picture(picture)
        self.desk.player.frame_shown.emit(picture)

    def play(self, playing: bool = True) -> None:
        self.desk.player._mode = Mode.PLAYING if playing else Mode.PAUSED
        self.desk.player._speed = 1.0 if playing else 0.0
        self.desk.player.state_changed.emit(playing, self.desk.player._speed)

    def on(self, *names: str) -> None:
        for name in names:
            self.desk.actions[f"scope.{name}"].setChecked(True)

    def settle(self) -> None:
        self.house.qtbot.waitUntil(lambda: self.scope.idle)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scopes") / "clip.mp4"
    make_clip(path, 1.5)
    return path


@pytest.fixture(scope="module")
def frames(clip: Path) -> list[VideoFrame]:
    with VideoReader(clip, probe(clip).video[0]) as reader:
        return list(reader.frames())


@pytest.fixture
def viewer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, clip: Path, frames: list[VideoFrame]
) -> Iterator[Viewer]:
    title = probe(clip)
    with lent_house(qtbot, monkeypatch) as house:
        house.title = title
        yield Viewer(house, house.open(), frames)


def seen(image: QImage | None) -> np.ndarray:
    assert image is not None
    data = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), image.width(), 4).copy()


def test_nothing_is_computed_before_a_scope_is_opened(viewer: Viewer) -> None:
    viewer.show(0)
    assert viewer.scope.idle
    assert viewer.scope.dock.isHidden()
    before = viewer.desk.parts.picture.grab().toImage()
    viewer.on("safe")
    assert viewer.desk.parts.picture.grab().toImage() != before
    assert viewer.scope.last is None, "safe areas need no computing"


def test_every_scope_shows_the_frame_on_screen(viewer: Viewer) -> None:
    viewer.on("waveform", "parade", "vector", "histogram")
    viewer.show(3)
    viewer.settle()
    assert viewer.scope.last is not None
    assert viewer.scope.last.pts == viewer.frames[3].pts
    for pane in viewer.scope.panes.values():
        # Something stands out from the ground in every scope, and fills its plot exactly.
        assert seen(pane.trace)[..., :3].max() > 100, pane.kind
        assert pane.trace is not None
        assert pane.trace.width() == pane.trace_size()[0]


def test_playing_looks_at_fewer_lines_and_says_so_and_standing_still_at_all(
    viewer: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.scopes.lane._MOST_SAMPLES", 160 * 96 // 3)
    viewer.on("waveform")
    viewer.play()
    viewer.show(1)
    viewer.settle()
    assert viewer.scope.last is not None
    assert viewer.scope.last.step == 3
    assert "1 line in 3" in viewer.scope.panel.state.text()
    assert "1 line in 3" in viewer.scope.panes[ScopeKind.WAVEFORM].note
    viewer.play(False)
    viewer.settle()
    assert viewer.scope.last.step == 1
    assert "1 line" not in viewer.scope.panel.state.text()


def test_a_busy_lane_passes_over_all_but_the_newest_frame(
    qtbot: QtBot, frames: list[VideoFrame]
) -> None:
    lane = ScopeLane()
    made: list[int] = []
    lane.made.connect(lambda done: made.append(done.pts))
    for frame in frames[:6]:
        lane.want(ScopeWish(frame, {ScopeKind.VECTOR: (64, 64)}))
    qtbot.waitUntil(lambda: lane.idle)
    lane.close()
    assert made == [frames[0].pts, frames[5].pts]
    assert lane.passed_over == 4


def test_scopes_give_way_where_frames_are_dropped_and_come_back() -> None:
    pace = Pace()
    pace.begin(7)
    assert all(pace.take(7) for _ in range(10))
    taken = [pace.take(8 + number) for number in range(40)]
    assert pace.every == MOST
    assert sum(taken) < 10
    for _ in range(400):
        pace.take(47)
    assert pace.every == 1
    assert pace.take(47)


def test_the_probe_reads_the_stored_pixel_under_the_pointer(viewer: Viewer) -> None:
    viewer.on("probe")
    viewer.show(2)
    viewer.settle()
    view, probe = viewer.desk.parts.picture, viewer.scope.probe
    geometry = view.geometry_of_picture
    x, y = geometry.to_widget(geometry.width * 0.5 + 0.5, geometry.height * 0.25 + 0.5)
    view.pointer_moved.emit(QPointF(x, y))
    at = probe.pixel(geometry)
    stored = viewer.frames[2]
    assert at == (stored.width // 2, stored.height // 4)
    texts = probe.texts(geometry)
    assert texts[0] == f"x {at[0]}  y {at[1]}"
    assert texts[1].startswith(f"Y {stored.luma()[at[1], at[0]]} ")
    before = view.grab().toImage()
    view.pointer_moved.emit(None)
    assert probe.texts(geometry) == []
    assert view.grab().toImage() != before


def test_false_colour_belongs_to_the_frame_on_screen(viewer: Viewer) -> None:
    viewer.on("zones")
    viewer.show(4)
    viewer.settle()
    zones = viewer.scope.zones
    assert zones.image is not None
    assert [text for _, text in zones.texts()], "the textures leave the gamut somewhere"
    painted = viewer.desk.parts.picture.grab().toImage()
    viewer.desk.actions["scope.zones"].setChecked(False)
    viewer.settle()
    assert viewer.desk.parts.picture.grab().toImage() != painted
    assert zones.image is None


def test_field_view_goes_round_and_shows_the_lines_of_one_field(viewer: Viewer) -> None:
    viewer.show(5)
    views = []
    for _ in range(4):
        viewer.desk.actions["scope.field"].trigger()
        viewer.settle()
        views.append((viewer.scope.field_view, len(viewer.scope.field.images)))
    assert views == [
        (FieldView.UPPER, 1),
        (FieldView.LOWER, 1),
        (FieldView.BOB, 2),
        (FieldView.OFF, 0),
    ]
    assert "progressive" in viewer.scope.field.name


def test_meters_read_the_sound_before_the_playhead(viewer: Viewer) -> None:
    viewer.on("meters", "phase")
    viewer.show(25)
    viewer.settle()
    reading = viewer.scope.meters.reading
    assert reading is not None
    assert len(reading.peak_db) == 2
    # The second channel is the first at 0.8.
    assert reading.rms_db[0] - reading.rms_db[1] == pytest.approx(1.94, abs=0.3)
    assert viewer.scope.phase.correlation == pytest.approx(1.0, abs=0.02)
    assert viewer.scope.meters.held_db == viewer.scope.meters.bars_db


def test_scopes_are_off_at_first_and_remembered(viewer: Viewer) -> None:
    viewer.on("panel")
    assert viewer.scope.panel.grid.wanted, "an empty dock would say nothing"
    viewer.on("safe")
    viewer.house.end(viewer.desk)
    assert Settings.load().layout["scopes"].split()
    again = viewer.house.start()
    assert again.actions["scope.panel"].isChecked()
    assert not again.scope.dock.isHidden()
    assert again.actions["scope.safe"].isChecked()
    assert again.scope.safe.shown
    assert not again.actions["scope.zones"].isChecked()


def test_closing_the_dock_by_hand_switches_the_scopes_off(viewer: Viewer) -> None:
    viewer.on("waveform")
    viewer.show(0)
    viewer.settle()
    viewer.scope.dock.close()
    assert not viewer.desk.actions["scope.panel"].isChecked()
    viewer.on("panel")
    assert not viewer.scope.dock.isHidden()


def test_a_click_forgets_the_highest_true_peaks(qtbot: QtBot) -> None:
    pane = MeterPane()
    qtbot.addWidget(pane)
    pane.set_channels(("L", "R"))

    def reading(peak: float) -> SoundReading:
        pair = np.zeros((2, 0), np.float32)
        return SoundReading((peak,) * 2, (peak,) * 2, (peak,) * 2, -23.0, None, None, pair, 0.04)

    pane.show_reading(reading(-0.5), moving=True)
    pane.show_reading(reading(-40.0), moving=True)
    assert "TP −0.5" in pane.text()
    assert "S −∞" in pane.text()
    QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    pane.show_reading(reading(-40.0), moving=True)
    assert "TP −40.0" in pane.text()


def test_bars_fall_twenty_decibels_in_1_7_seconds_and_hold_their_peak() -> None:
    bar = Ballistics()
    bar.take(-6.0, 0.04)
    for _ in range(34):
        bar.take(-90.0, 0.05)
    assert bar.level_db == pytest.approx(-26.0, abs=0.1)
    assert bar.held_db == -6.0
    bar.take(-90.0, HOLD_S)
    assert bar.held_db < -26.0


def test_graticules_carry_the_figures_of_depth_range_and_curve() -> None:
    plain = {tick.text: tick.code for tick in ticks_of(ScopeKind.WAVEFORM, Signal(10))}
    assert plain["100 %"] == 940
    assert plain["20"] == 20
    assert plain["984"] == 984
    full = {tick.text for tick in ticks_of(ScopeKind.WAVEFORM, Signal(8, full_range=True))}
    assert "5" not in full
    from core.compare.signal import Curve

    bright = {t.text: t.code for t in ticks_of(ScopeKind.PARADE, Signal(10, curve=Curve.PQ))}
    assert bright["10000"] == pytest.approx(940)
    assert "203" in bright


@pytest.mark.parametrize(("size", "rows"), [((200, 900), 4), ((1200, 200), 1), ((600, 500), 2)])
def test_panes_are_arranged_by_the_shape_of_the_dock(
    qtbot: QtBot, size: tuple[int, int], rows: int
) -> None:
    panes = [ScopePane(kind, kind.value) for kind in ScopeKind]
    grid = PaneGrid(panes)
    qtbot.addWidget(grid)
    for pane in panes:
        pane.show()
    grid.resize(*size)
    grid.arrange()
    assert len({pane.y() for pane in panes}) == rows
