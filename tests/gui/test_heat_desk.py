"""The heat map over the picture: always that of the frame on screen, or said not to be there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
import pytest
from helpers.desk_house import House, lent_house
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.catalog.table import DETECTORS
from core.config.settings import Settings
from core.domain.errors import KnownError
from core.domain.heat import HeatMap, heat_shape
from core.domain.track import Track
from gui.desk import heat as heat_module
from gui.desk.desk import Desk
from gui.desk.heat import COMPUTING, NOT_LOOKED
from gui.player.heat_image import HeatStyle
from gui.player.picture_queue import Picture
from gui.player.state import Mode
from gui.store_archive import StoreArchive

BASE = Fraction(1, 1000)
WIDTH, HEIGHT = 1280, 720
FRAME = 40
ROWS = (0, 40, 80, 400)


@dataclass
class Maps:
    """Stored maps; each is told apart by the one cell that is warm."""

    asked: list[int] = field(default_factory=list)
    broken: str = ""

    def near(self, pts: int) -> HeatMap | None:
        self.asked.append(pts)
        if self.broken:
            raise KnownError(self.broken)
        return heat_at(max((row for row in ROWS if row <= pts), default=0))


def heat_at(pts: int, probability: float = 0.9) -> HeatMap:
    values = np.zeros(heat_shape(WIDTH, HEIGHT), np.uint8)
    values[5, 5 + pts // FRAME % 20] = round(probability * 255)
    return HeatMap(pts, BASE, values, WIDTH, HEIGHT)


def frame_at(pts: int, provisional: bool = False) -> Picture:
    pixels = np.full((360, 640, 4), 255, np.uint8)
    return Picture(pts, pts + FRAME, BASE, pixels, 0.0, provisional)


class Watch:
    """One desk with stored maps, and what it shows."""

    def __init__(self, house: House, desk: Desk, maps: Maps) -> None:
        self.house, self.desk, self.maps = house, desk, maps
        self.worker = house.workers[-1]
        desk.parts.picture.set_picture_size(WIDTH, HEIGHT)
        pts = np.array(ROWS, np.int64)
        track = Track("black", 0, BASE, pts, 440, {"m": np.ones(len(pts), np.float32)})
        desk.review.changed.emit(replace(desk.snapshot, tracks=(track,)))

    def show(self, pts: int, provisional: bool = False) -> None:
        self.desk.player.frame_shown.emit(frame_at(pts, provisional))

    def play(self, playing: bool = True) -> None:
        self.desk.player._mode = Mode.PLAYING if playing else Mode.PAUSED
        self.desk.player._speed = 1.0
        self.desk.player.state_changed.emit(playing, 1.0)

    @property
    def over(self) -> int | None:
        """PTS of the map over the frame on screen."""
        picture = self.desk.heat.overlay.picture
        return None if picture is None else picture.heat.pts

    @property
    def state(self) -> str:
        return self.desk.heat.state.casefold()

    def wait(self, holds: Callable[[], bool]) -> None:
        self.house.qtbot.waitUntil(holds)

    def drawn(self) -> None:
        self.wait(lambda: self.desk.heat._lane.idle)


@pytest.fixture
def watch(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    with lent_house(qtbot, monkeypatch) as house:
        maps = Maps()
        table = {**DETECTORS, "black": replace(DETECTORS["black"], maps=True)}
        monkeypatch.setattr(heat_module, "DETECTORS", table)
        monkeypatch.setattr(StoreArchive, "heat", lambda *_: maps)
        watch = Watch(house, house.open(), maps)
        watch.desk.actions["view.heat"].setChecked(True)
        yield watch


def pixels(watch: Watch) -> np.ndarray:
    image = watch.desk.parts.picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), image.width(), 4)[..., :3].copy()


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or desk.window, key, modifier)


def test_a_stored_map_of_exactly_this_frame_is_shown(watch: Watch) -> None:
    watch.show(40)
    watch.wait(lambda: watch.over == 40)
    assert watch.state == "map of this frame · highest 0.90"
    watch.show(80)
    watch.wait(lambda: watch.over == 80)
    assert watch.worker.looks == {}


def test_a_map_is_never_painted_over_another_frame(watch: Watch) -> None:
    watch.show(40)
    watch.wait(lambda: watch.over == 40)
    view, overlay = watch.desk.parts.picture, watch.desk.heat.overlay
    warm = pixels(watch)
    view.set_picture(frame_at(80))
    cold = pixels(watch)
    assert overlay.picture is not None
    assert not np.array_equal(warm, cold)
    watch.desk.actions["view.heat"].setChecked(False)
    assert np.array_equal(cold[:200], pixels(watch)[:200])


def test_a_paused_frame_without_a_map_is_computed_and_says_so_meanwhile(watch: Watch) -> None:
    watch.show(200)
    assert watch.over is None
    assert watch.state == COMPUTING
    assert watch.desk.heat.overlay.state == COMPUTING
    assert watch.desk.heat.overlay.unknown
    watch.wait(lambda: bool(watch.worker.looks))
    (request,) = watch.worker.looks.values()
    assert (request.pts, request.stream) == (200, 0)
    assert not watch.desk.idle
    watch.worker.answer_look(heat_at(200, 0.7))
    watch.wait(lambda: watch.over == 200)
    assert watch.state == "map of this frame · highest 0.70"
    assert not watch.desk.heat.overlay.unknown
    watch.show(0)
    watch.show(200)
    watch.wait(lambda: watch.over == 200)
    assert watch.worker.looks == {}


def test_moving_on_cancels_what_is_computed_and_the_newest_frame_wins(watch: Watch) -> None:
    watch.show(200)
    watch.wait(lambda: bool(watch.worker.looks))
    watch.show(240)
    assert watch.worker.looks == {}
    watch.show(280)
    watch.wait(lambda: bool(watch.worker.looks))
    assert [look.pts for look in watch.worker.looks.values()] == [280]
    watch.show(40)
    assert watch.worker.looks == {}
    watch.wait(lambda: watch.over == 40)


def test_nothing_is_computed_for_a_picture_that_stands_in_or_while_playing(watch: Watch) -> None:
    watch.show(200, provisional=True)
    assert not watch.desk.heat.asking
    watch.play()
    watch.show(240)
    assert not watch.desk.heat.asking


def test_while_playing_the_map_before_stands_in_for_a_tenth_of_a_second(watch: Watch) -> None:
    watch.play()
    watch.show(80)
    watch.wait(lambda: watch.over == 80)
    watch.show(160)
    assert watch.over == 80
    assert watch.state == "map of 80 ms earlier"
    watch.show(200)
    assert watch.over is None
    assert watch.state == "no map: last look 120 ms earlier"
    assert watch.desk.heat.overlay.state == ""
    watch.show(1200)
    assert watch.state == NOT_LOOKED
    assert watch.desk.heat.overlay.state == NOT_LOOKED


def test_while_playing_coming_maps_are_there_before_their_frames(watch: Watch) -> None:
    watch.play()
    watch.show(0)
    watch.drawn()
    watch.maps.asked.clear()
    watch.show(40)
    assert watch.over == 40
    watch.show(80)
    assert watch.over == 80
    assert watch.maps.asked == []


def test_what_cannot_be_computed_is_told_in_words_and_not_tried_again(watch: Watch) -> None:
    watch.show(200)
    watch.wait(lambda: bool(watch.worker.looks))
    watch.worker.answer_look(KnownError("The weights are missing."))
    watch.wait(lambda: watch.state == "no map: the weights are missing.")
    assert watch.desk.window.banner.messages == ()
    watch.show(200)
    assert watch.desk.heat.idle
    watch.desk.actions["view.heat_now"].trigger()
    watch.wait(lambda: bool(watch.worker.looks))


def test_a_stored_map_that_cannot_be_read_is_computed(watch: Watch) -> None:
    watch.maps.broken = "A stored measurement is damaged; analyse the title again."
    watch.show(40)
    watch.wait(lambda: bool(watch.worker.looks))
    watch.worker.answer_look(heat_at(40))
    watch.wait(lambda: watch.over == 40)


def test_zooming_and_panning_move_the_map_with_the_picture(watch: Watch) -> None:
    watch.show(40)
    watch.wait(lambda: watch.over == 40)
    view = watch.desk.parts.picture
    view.zoom_to(2.0, QPointF(view.width() / 4, view.height() / 4))
    assert watch.over == 40
    watch.wait(
        lambda: watch.desk.heat.overlay.picture.place.geometry == view.geometry_of_picture  # type: ignore[union-attr]
    )


def test_keys_change_threshold_opacity_and_style_and_settings_keep_them(watch: Watch) -> None:
    desk, alt = watch.desk, Qt.KeyboardModifier.AltModifier
    watch.show(40)
    press(desk, Qt.Key.Key_Up, alt)
    press(desk, Qt.Key.Key_Left, alt)
    press(desk, Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    assert desk.heat.look.threshold == pytest.approx(0.35)
    assert desk.heat.look.opacity == pytest.approx(0.65)
    assert desk.heat.look.style is HeatStyle.FILL
    assert "0.35" in desk.parts.player.heat.legend.toolTip()
    watch.drawn()
    watch.house.end(desk)
    kept = Settings.load()
    assert kept.flag("heat.shown")
    assert [kept.get(f"heat.{name}") for name in ("threshold", "opacity", "style")] == [
        35,
        65,
        "fill",
    ]


def test_a_high_threshold_shows_nothing_but_still_tells_the_highest_value(watch: Watch) -> None:
    watch.show(40)
    watch.wait(lambda: watch.over == 40)
    watch.desk.parts.player.heat.threshold_slider.setValue(95)
    watch.wait(lambda: watch.desk.heat.overlay.picture.image is None)  # type: ignore[union-attr]
    assert watch.state == "map of this frame · highest 0.90"


def test_the_picture_is_bare_while_a_key_is_held(watch: Watch) -> None:
    desk = watch.desk
    watch.show(40)
    watch.wait(lambda: watch.over == 40)
    warm = pixels(watch)
    target = QApplication.focusWidget() or desk.window
    QTest.keyPress(target, Qt.Key.Key_B)
    assert not np.array_equal(pixels(watch), warm)
    QTest.keyRelease(target, Qt.Key.Key_B)
    assert np.array_equal(pixels(watch), warm)


def test_the_switch_shows_and_hides_map_and_panel(watch: Watch) -> None:
    desk = watch.desk
    panel = desk.parts.player.heat
    assert panel.isVisible()
    press(desk, Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier)
    assert not panel.isVisible()
    watch.show(200)
    assert desk.heat.idle
    desk.actions["view.heat_now"].trigger()
    assert panel.isVisible()
    assert desk.actions["view.heat"].isChecked()
    watch.wait(lambda: bool(watch.worker.looks))


def test_the_cell_under_the_pointer_is_told(watch: Watch) -> None:
    desk = watch.desk
    watch.show(40)
    watch.wait(lambda: watch.over == 40)
    view = desk.parts.picture
    geometry = view.geometry_of_picture
    before = pixels(watch)
    view.pointer_moved.emit(QPointF(*geometry.to_widget(6 * 32 + 5, 5 * 32 + 5)))
    told = desk.heat.overlay.readout(geometry, 40)
    assert told == "cell 5,6 · 0.90 · x 192–224, y 160–192"
    assert not np.array_equal(pixels(watch)[-60:], before[-60:])
    view.pointer_moved.emit(None)
    assert np.array_equal(pixels(watch), before)


def test_every_control_of_the_panel_has_a_name_and_tells_its_keys(watch: Watch) -> None:
    panel = watch.desk.parts.player.heat
    for control, key in (
        (panel.threshold_slider, "Alt+Up"),
        (panel.opacity_slider, "Alt+Right"),
        (panel.style_box, "Shift+H"),
    ):
        assert control.accessibleName()
        assert key in control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert panel.legend.accessibleDescription()


def test_closing_the_title_takes_the_map_away(watch: Watch) -> None:
    watch.show(40)
    watch.wait(lambda: watch.over == 40)
    watch.desk.close_title()
    assert watch.over is None
    assert watch.state == ""
