"""The picture area and the transport: what they paint, offer and say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from helpers.player_fake import Bench, even_pts, make_title
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from core.config.paths import resources_dir
from core.domain.media import Cue
from core.domain.time import MediaTime, Span
from gui import theme
from gui.player.caption import CaptionTrack
from gui.player.channel_panel import ChannelPanel
from gui.player.geometry import PictureGeometry
from gui.player.icon import icon, icon_names
from gui.player.pane import PlayerPane
from gui.player.picture import PictureView, ViewState
from gui.player.picture_queue import Picture
from gui.player.transport import TransportBar

BASE = Fraction(1, 1000)


@pytest.fixture(autouse=True)
def _dark(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView()
    qtbot.addWidget(made)
    made.resize(320, 240)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def bar(qtbot: QtBot) -> TransportBar:
    made = TransportBar()
    qtbot.addWidget(made)
    made.resize(1100, 44)
    made.show()
    qtbot.waitExposed(made)
    made.set_title(make_title(even_pts(50), sound=True))
    return made


def checker(width: int = 160, height: int = 90, pts: int = 0) -> Picture:
    """Single pixels of red and blue in turn, so that any smoothing shows as purple."""
    pixels = np.zeros((height, width, 4), np.uint8)
    odd = (np.arange(width)[None, :] + np.arange(height)[:, None]) % 2 == 1
    pixels[..., 0] = np.where(odd, 255, 0)
    pixels[..., 2] = np.where(odd, 0, 255)
    pixels[..., 3] = 255
    return Picture(pts, pts + 40, BASE, pixels)


def shot(widget: PictureView) -> QImage:
    return widget.grab().toImage()


def at(image: QImage, x: int, y: int) -> str:
    return QColor(image.pixel(x, y)).name()


@pytest.mark.parametrize(
    ("show", "state", "text"),
    [
        (lambda v: v.show_empty(), ViewState.EMPTY, "Drop a file here or press Ctrl+O"),
        (lambda v: v.show_loading("a.mp4"), ViewState.LOADING, "Opening a.mp4 …"),
        (lambda v: v.show_no_picture(), ViewState.NO_PICTURE, "No picture in this title"),
        (lambda v: v.show_error("It broke."), ViewState.ERROR, "It broke."),
    ],
)
def test_without_a_picture_it_says_why(view: PictureView, show, state, text) -> None:
    view.set_picture(checker())
    show(view)
    assert view.state is state
    assert view.picture is None
    assert view.accessibleDescription() == text
    image = shot(view)
    ground = theme.current().letterbox.name()
    assert at(image, 3, 3) == ground
    assert any(at(image, x, y) != ground for x in range(60, 260, 2) for y in range(60, 180, 2))


def test_at_100_percent_every_pixel_is_exact(view: PictureView) -> None:
    view.set_picture_size(160, 90)
    view.set_picture(checker())
    view.actual_size()
    image = shot(view)
    left, top, width, height = view.geometry_of_picture.rect
    assert (left, top, width, height) == (80, 75, 160, 90)
    for x, y in ((0, 0), (1, 0), (77, 33), (159, 89)):
        expected = "#0000ff" if (x + y) % 2 else "#ff0000"
        assert at(image, 80 + x, 75 + y) == expected


def test_above_2x_pixels_stay_sharp(view: PictureView) -> None:
    view.set_picture_size(160, 90)
    view.set_picture(checker())
    view.zoom_to(8.0)
    image = shot(view)
    seen = {at(image, x, y) for x in range(0, 320, 3) for y in range(0, 240, 3)}
    assert seen == {"#0000ff", "#ff0000"}


def test_zoom_stops_at_16x_and_fit_comes_back(view: PictureView) -> None:
    view.set_picture_size(160, 90)
    view.set_picture(checker())
    for _ in range(40):
        view.zoom_by(1.5)
    assert view.geometry_of_picture.zoom == 16.0
    assert not view.fitted
    view.fit()
    assert view.geometry_of_picture.rect == (0, 30, 320, 180)


def test_the_render_size_is_what_is_seen_and_never_more_than_the_picture_has(
    view: PictureView,
) -> None:
    sizes: list[tuple[int, int]] = []
    view.render_size_changed.connect(lambda w, h: sizes.append((w, h)))
    view.set_picture_size(1920, 1080)
    assert sizes[-1] == (320, 180)
    view.set_picture(checker())
    view.zoom_to(4.0)
    assert sizes[-1] == (1920, 1080)


def test_dragging_pans_a_zoomed_picture(view: PictureView, qtbot: QtBot) -> None:
    view.set_picture_size(160, 90)
    view.set_picture(checker())
    view.zoom_to(8.0)
    before = view.geometry_of_picture.left
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 120))
    qtbot.mouseMove(view, QPoint(150, 120))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 120))
    assert view.geometry_of_picture.left == before - 50


def test_overlays_paint_in_picture_coordinates_and_know_the_pts(view: PictureView) -> None:
    calls: list[int | None] = []

    def overlay(painter: QPainter, geometry: PictureGeometry, pts: int | None) -> None:
        assert geometry.width == 160
        calls.append(pts)
        painter.fillRect(40, 20, 10, 10, QColor("#00ff00"))

    view.set_picture_size(160, 90)
    view.add_overlay(overlay)
    view.set_picture(checker(pts=400))
    image = shot(view)
    assert calls[-1] == 400
    assert at(image, 2 * 40 + 1, 30 + 2 * 20 + 1) == "#00ff00"
    assert at(image, 2 * 50 + 2, 30 + 2 * 30 + 2) != "#00ff00"
    view.remove_overlay(overlay)
    assert at(shot(view), 81, 71) != "#00ff00"


def test_the_caption_of_the_frame_is_painted_and_can_be_hidden(view: PictureView) -> None:
    view.set_picture_size(160, 90)
    view.set_cues((Cue(Span(400, 800, BASE), "Hello there"),))
    view.set_picture(checker(pts=300))
    without = shot(view)
    view.set_picture(checker(pts=400))
    assert shot(view) != without
    view.set_captions_visible(False)
    assert shot(view) == without
    view.set_captions_visible(True)
    view.set_picture(checker(pts=800))
    assert shot(view) == without


def test_overlapping_cues_show_together_in_order() -> None:
    track = CaptionTrack(
        (Cue(Span(5, 6, BASE), "c"), Cue(Span(2, 9, BASE), "b"), Cue(Span(0, 10, BASE), "a"))
    )
    assert track.text_at(MediaTime(5, BASE)) == "a\nb\nc"
    assert track.text_at(MediaTime(6, BASE)) == "a\nb"
    assert track.text_at(MediaTime(10, BASE)) == ""
    assert CaptionTrack(()).text_at(MediaTime(0, BASE)) == ""


def test_a_picture_is_announced_once_when_it_is_painted(view: PictureView) -> None:
    painted: list[int] = []
    view.picture_painted.connect(lambda picture: painted.append(picture.pts))
    view.set_picture(checker(pts=40))
    shot(view)
    shot(view)
    assert painted == [40]


def test_every_control_is_named_explained_and_reached_by_keyboard(bar: TransportBar) -> None:
    for kind in (QToolButton, QComboBox, QSlider, QLineEdit):
        for control in bar.findChildren(kind):
            assert control.accessibleName(), control
            assert control.toolTip(), control
            assert control.focusPolicy() & (Qt.FocusPolicy.TabFocus | Qt.FocusPolicy.ClickFocus), (
                control.accessibleName()
            )


def test_buttons_only_say_what_was_asked_for(bar: TransportBar, qtbot: QtBot) -> None:
    for button, signal in (
        (bar.to_start_button, bar.to_start_clicked),
        (bar.step_back_button, bar.step_back_clicked),
        (bar.play_button, bar.play_clicked),
        (bar.step_forward_button, bar.step_forward_clicked),
        (bar.to_end_button, bar.to_end_clicked),
        (bar.full_screen_button, bar.full_screen_clicked),
        (bar.fit_button, bar.fit_clicked),
        (bar.channels_button, bar.channels_clicked),
        (bar.captions_button, bar.captions_toggled),
        (bar.mute_button, bar.mute_toggled),
        (bar.loop_button, bar.loop_toggled),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_state_speed_and_health_are_shown_and_ask_for_nothing(bar: TransportBar) -> None:
    chosen: list[float] = []
    bar.speed_chosen.connect(chosen.append)
    bar.set_state(True, -4.0)
    assert bar.play_button.accessibleName() == "Pause"
    assert bar.speed_combo.placeholderText() == "-4×"
    bar.set_state(True, 2.0)
    assert bar.speed_combo.currentText() == "2×"
    bar.set_dropped(7)
    assert bar.dropped_label.text() == "7 dropped"
    bar.set_clock("system", "No device.")
    assert bar.clock_label.text() == "System clock"
    assert bar.clock_label.toolTip() == "No device."
    bar.set_position(MediaTime(1480, BASE))
    assert bar.timecode_field.text() == "00:00:01:12"
    assert bar.pts_label.text() == "PTS 1480"
    assert chosen == []


def test_a_typed_timecode_is_asked_for_and_is_not_overwritten_meanwhile(
    bar: TransportBar, qtbot: QtBot
) -> None:
    field = bar.timecode_field
    field.begin_entry()
    qtbot.keyClicks(field, "00:00:01:05")
    bar.set_position(MediaTime(40, BASE))
    assert field.text() == "00:00:01:05"
    with qtbot.waitSignal(bar.timecode_entered) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == [Fraction(30, 25)]
    assert field.text() == "00:00:00:01"


def test_what_is_no_timecode_is_a_sentence_and_escape_takes_it_back(
    bar: TransportBar, qtbot: QtBot
) -> None:
    field = bar.timecode_field
    bar.set_position(MediaTime(40, BASE))
    field.begin_entry()
    qtbot.keyClicks(field, "nonsense")
    with qtbot.waitSignal(bar.notice) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "no place" in caught.args[0]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "00:00:00:01"


def test_without_a_title_or_without_sound_controls_are_off(bar: TransportBar) -> None:
    bar.set_title(make_title(even_pts(50)))
    assert bar.play_button.isEnabled()
    assert not bar.volume_slider.isEnabled()
    bar.set_title(None)
    assert not bar.play_button.isEnabled()
    assert bar.timecode_field.text() == "--:--:--:--"


def test_a_narrow_bar_gives_up_labels_before_controls(bar: TransportBar) -> None:
    bar.resize(2000, 44)
    assert bar.pts_label.isVisible()
    bar.resize(600, 44)
    assert not bar.pts_label.isVisible()
    assert bar.play_button.isVisible()
    assert bar.minimumSizeHint().width() <= 640


def source_of(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def test_every_sign_is_drawn_in_the_colour_of_the_theme() -> None:
    assert {"play", "pause", "loop", "captions", "full_screen"} <= set(icon_names())
    drawn = [n for n in icon_names() if "currentColor" in source_of(n)]
    assert len(drawn) >= 14
    for name in drawn:
        image = icon(name).pixmap(24, 24).toImage()
        colors = {
            QColor.fromRgba(image.pixel(x, y)).name()
            for x in range(24)
            for y in range(24)
            if QColor.fromRgba(image.pixel(x, y)).alpha() == 255
        }
        assert theme.current().text.name() in colors, name


def test_the_mixer_has_a_row_for_each_channel(qtbot: QtBot) -> None:
    panel = ChannelPanel("5.1", 6)
    qtbot.addWidget(panel)
    heard: list[tuple[object, ...]] = []
    panel.gain_changed.connect(lambda *a: heard.append(("gain", *a)))
    panel.mute_changed.connect(lambda *a: heard.append(("mute", *a)))
    panel.solo_changed.connect(lambda *a: heard.append(("solo", *a)))
    panel.sliders[2].setValue(50)
    panel.mute_buttons[3].click()
    panel.solo_buttons[5].click()
    assert heard == [("gain", 2, 0.25), ("mute", 3, True), ("solo", 5, True)]
    assert panel.sliders[3].accessibleName() == "Volume of channel LFE"


@pytest.fixture
def pane(qtbot: QtBot) -> Iterator[tuple[Bench, PlayerPane]]:
    bench = Bench(even_pts(100))
    made = PlayerPane(bench.player)
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    qtbot.waitExposed(made)
    yield bench, made
    bench.player.close()


def test_the_pane_loads_plays_steps_and_goes_to_a_timecode(
    pane: tuple[Bench, PlayerPane], qtbot: QtBot
) -> None:
    bench, made = pane
    made.load(make_title(bench.reader.pts))
    assert made.view.state is ViewState.LOADING
    qtbot.waitUntil(lambda: made.view.state is ViewState.PICTURE)
    made.bar.step_forward_button.click()
    qtbot.waitUntil(lambda: made.view.picture is not None and made.view.picture.pts == 40)
    made.go_to_timecode()
    qtbot.keyClicks(made.bar.timecode_field, "210")
    qtbot.keyClick(made.bar.timecode_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.view.picture is not None and made.view.picture.pts == 2400)
    assert made.bar.timecode_field.text() == "00:00:02:10"
    made.bar.play_button.click()
    assert bench.player.playing
    made.bar.play_button.click()
    assert not bench.player.playing


def test_the_pane_asks_for_pictures_of_its_own_size(
    pane: tuple[Bench, PlayerPane], qtbot: QtBot
) -> None:
    bench, made = pane
    title = make_title(bench.reader.pts)
    stream = replace(title.video[0], width=1280, height=720)
    made.load(replace(title, video=(stream,)))
    qtbot.waitUntil(lambda: made.view.picture is not None)
    _, _, width, height = made.view.geometry_of_picture.rect
    qtbot.waitUntil(
        lambda: (
            made.view.picture is not None
            and made.view.picture.pixels.shape[:2] == (round(height), round(width))
        )
    )


def test_the_pane_says_when_there_is_no_picture_and_when_nothing_is_open(
    pane: tuple[Bench, PlayerPane],
) -> None:
    _, made = pane
    made.load(make_title(sound=True, duration_s=3.0))
    assert made.view.state is ViewState.NO_PICTURE
    made.unload()
    assert made.view.state is ViewState.EMPTY


def test_full_screen_shows_place_and_speed_over_the_picture(
    pane: tuple[Bench, PlayerPane], qtbot: QtBot
) -> None:
    bench, made = pane
    made.load(make_title(bench.reader.pts))
    qtbot.waitUntil(lambda: made.view.state is ViewState.PICTURE)
    plain = shot(made.view)
    made.set_full_screen(True)
    assert not made.bar.isVisible()
    assert shot(made.view) != plain
    made.set_full_screen(False)
    assert made.bar.isVisible()
    assert made.view._osd == ""


def test_wheel_zooms_around_the_pointer(view: PictureView, qtbot: QtBot) -> None:
    view.set_picture_size(160, 90)
    view.set_picture(checker())
    view.zoom_to(8.0)
    place = QPointF(200, 130)
    inside = view.geometry_of_picture.to_picture(place.x(), place.y())
    view.zoom_by(1.25, place)
    assert view.geometry_of_picture.to_picture(place.x(), place.y()) == pytest.approx(
        inside, abs=0.2
    )
