from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.sound import FINGERPRINT, NOWHERE, blocks_of, noise, sound_stream, sound_title
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.domain.title import Title
from core.media.sample_run import SampleRun
from core.media.sound_cache import build_sound
from core.media.spectrogram import SpectrogramWriter, spectrogram_path
from core.media.waveform import WaveformWriter, waveform_path
from gui import theme
from gui.panes.channel_name import channel_names
from gui.panes.color import PaneColors, heat, lightness
from gui.panes.frequency import frequency_text
from gui.panes.ruler import TimeRuler
from gui.panes.sound_pane import SoundPane
from gui.panes.spectrogram import SpectrogramPane
from gui.panes.tick import TimeFormat, ticks
from gui.panes.time_pane import GUTTER_PX, TimePane
from gui.panes.waveform import LevelScale, WaveformPane, heights, level_text, wave_rows
from gui.time_axis import TimeAxis

RATE = 8000
SHIFT = Qt.KeyboardModifier.ShiftModifier


class CountingPane(TimePane):
    """A pane that counts how often its picture is drawn."""

    drawn = 0

    def _draw_picture(self, _painter: object, _plot: object) -> None:
        self.drawn += 1


@pytest.fixture
def axis(qtbot: QtBot) -> TimeAxis:
    axis = TimeAxis()
    axis.set_extent(0.0, 100.0)
    return axis


@pytest.fixture
def pane(qtbot: QtBot, axis: TimeAxis) -> CountingPane:
    pane = CountingPane(axis, "Test")
    qtbot.addWidget(pane)
    pane.resize(GUTTER_PX + 1000, 100)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


@pytest.fixture
def sound_panes(qtbot: QtBot, axis: TimeAxis) -> Iterator[tuple[WaveformPane, SpectrogramPane]]:
    panes = WaveformPane(axis), SpectrogramPane(axis)
    for pane in panes:
        qtbot.addWidget(pane)
        pane.resize(GUTTER_PX + 500, 120)
        pane.show()
    yield panes
    for pane in panes:
        pane.close_stream()


def picture(widget: QWidget) -> np.ndarray:
    """Pixels as (height, width) of 24-bit colour."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return bits[:, : image.width()] & 0xFFFFFF


def rgb(color: QColor) -> int:
    return color.rgb() & 0xFFFFFF


def wheel(
    pane: TimePane, x: float, turn: QPoint, modifiers: Qt.KeyboardModifier | None = None
) -> None:
    event = QWheelEvent(
        QPointF(x, 20),
        QPointF(x, 20),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        modifiers or Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pane, event)


def drag(
    pane: TimePane,
    xs: list[float],
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    def send(kind: QEvent.Type, x: float, held: Qt.MouseButton) -> None:
        at = QPointF(x, 20)
        QApplication.sendEvent(pane, QMouseEvent(kind, at, at, button, held, modifiers))

    send(QEvent.Type.MouseButtonPress, xs[0], button)
    for x in xs[1:]:
        send(QEvent.Type.MouseMove, x, button)
    send(QEvent.Type.MouseButtonRelease, xs[-1], Qt.MouseButton.NoButton)


# Mouse, wheel, keys


def test_wheel_zooms_around_the_pointer(pane: CountingPane, axis: TimeAxis) -> None:
    x = GUTTER_PX + 250
    wheel(pane, x, QPoint(0, 120))
    assert axis.view[1] - axis.view[0] == pytest.approx(80)
    assert pane.seconds_at(x) == pytest.approx(25)


def test_shift_wheel_and_sideways_wheel_pan(pane: CountingPane, axis: TimeAxis) -> None:
    axis.set_view(40, 60)
    wheel(pane, 300, QPoint(0, -120), SHIFT)
    assert axis.view == pytest.approx((42, 62))
    wheel(pane, 300, QPoint(120, 0))
    assert axis.view == pytest.approx((40, 60))


def test_drag_scrubs_and_stays_inside_the_title(pane: CountingPane, axis: TimeAxis) -> None:
    wanted: list[float] = []
    axis.seek_requested.connect(wanted.append)
    drag(pane, [GUTTER_PX + 100, GUTTER_PX + 200, GUTTER_PX + 5000, 0])
    assert wanted == pytest.approx([10, 20, 100, 0])
    assert axis.selection is None


def test_shift_drag_marks_and_shift_click_clears(pane: CountingPane, axis: TimeAxis) -> None:
    wanted: list[float] = []
    axis.seek_requested.connect(wanted.append)
    drag(pane, [GUTTER_PX + 700, GUTTER_PX + 400], modifiers=SHIFT)
    assert axis.selection == pytest.approx((40, 70))
    drag(pane, [GUTTER_PX + 100, GUTTER_PX + 101], modifiers=SHIFT)
    assert axis.selection is None
    assert wanted == []


def test_middle_drag_pans_with_the_pointer(pane: CountingPane, axis: TimeAxis) -> None:
    axis.set_view(40, 60)
    drag(pane, [GUTTER_PX + 500, GUTTER_PX + 250], Qt.MouseButton.MiddleButton)
    assert axis.view == pytest.approx((45, 65))


def test_keys_zoom_pan_and_go_to_the_ends(qtbot: QtBot, pane: CountingPane, axis: TimeAxis) -> None:
    wanted: list[float] = []
    axis.seek_requested.connect(wanted.append)
    qtbot.keyClick(pane, Qt.Key.Key_Plus)
    assert axis.view[1] - axis.view[0] == pytest.approx(64)
    qtbot.keyClick(pane, Qt.Key.Key_Minus)
    assert axis.view == pytest.approx((0, 100))
    axis.set_view(0, 20)
    qtbot.keyClick(pane, Qt.Key.Key_PageDown)
    assert axis.view == pytest.approx((18, 38))
    qtbot.keyClick(pane, Qt.Key.Key_PageUp)
    assert axis.view == pytest.approx((0, 20))
    qtbot.keyClick(pane, Qt.Key.Key_0)
    assert axis.view == pytest.approx((0, 100))
    qtbot.keyClick(pane, Qt.Key.Key_End)
    qtbot.keyClick(pane, Qt.Key.Key_Home)
    assert wanted == [100, 0]
    axis.set_selection((1, 2))
    qtbot.keyClick(pane, Qt.Key.Key_Escape)
    assert axis.selection is None


# Painting


def test_moving_playhead_never_draws_the_picture_again(
    qtbot: QtBot, pane: CountingPane, axis: TimeAxis
) -> None:
    picture(pane)
    drawn = pane.drawn
    for seconds in (10.0, 50.0, 90.0):
        axis.set_playhead(seconds)
        column = picture(pane)[50, GUTTER_PX + int(seconds * 10)]
        assert column == rgb(pane.colors.playhead)
    axis.set_selection((20, 30))
    picture(pane)
    assert pane.drawn == drawn
    axis.zoom(2)
    picture(pane)
    assert pane.drawn == drawn + 1


def test_focus_ring_is_a_ring(qtbot: QtBot, pane: CountingPane, axis: TimeAxis) -> None:
    pane.setFocus()
    assert pane.hasFocus()
    seen = picture(pane)
    assert seen[0, 5] == seen[-1, 500] == rgb(pane.colors.focus)
    assert seen[50, GUTTER_PX + 500] == rgb(pane.colors.ground)


def test_marks_show_where_they_are(pane: CountingPane) -> None:
    color = QColor("#00ff00")
    pane.set_marks([(30.0, 40.0, color), (200.0, 300.0, color)])
    top = picture(pane)[1, GUTTER_PX:]
    assert np.flatnonzero(top == rgb(color)).tolist() == list(range(300, 400))


def test_colours_can_be_changed(pane: CountingPane) -> None:
    pane.set_colors(PaneColors.of(theme.LIGHT))
    assert picture(pane)[50, GUTTER_PX + 500] == rgb(theme.LIGHT.surface)


def test_panes_have_names_for_screen_readers(
    qtbot: QtBot, axis: TimeAxis, sound_panes: tuple[WaveformPane, SpectrogramPane]
) -> None:
    ruler = TimeRuler(axis)
    qtbot.addWidget(ruler)
    for pane in (ruler, *sound_panes):
        assert pane.accessibleName()
        assert pane.accessibleDescription()
        assert pane.focusPolicy() == Qt.FocusPolicy.StrongFocus


# States


def test_states_are_said_in_words(
    sound_panes: tuple[WaveformPane, SpectrogramPane], axis: TimeAxis
) -> None:
    waveform, spectrogram = sound_panes
    assert waveform.state_text() == "Open a title to see its waveform"
    waveform.show_stream(sound_title(None))
    assert waveform.state_text() == "This title has no sound"
    spectrogram.show_stream(sound_title(sound_stream(samples=48_000)))
    assert spectrogram.state_text() == "Computing the spectrogram…"
    spectrogram.set_failure("The disk is full.")
    assert spectrogram.state_text() == "The disk is full."
    for pane in sound_panes:
        assert len(np.unique(picture(pane)[:, GUTTER_PX:])) > 2


def fill_to_share(samples: np.ndarray, share: float) -> list[WaveformWriter | SpectrogramWriter]:
    first = SampleRun(0.0, RATE, 0, samples)
    claimed_s = samples.shape[1] / RATE
    writers = [
        WaveformWriter(waveform_path(FINGERPRINT, 1), 1, first),
        SpectrogramWriter(spectrogram_path(FINGERPRINT, 1), 1, first, claimed_s),
    ]
    for writer in writers:
        writer.push(samples[:, : round(samples.shape[1] * share)])
    return writers


def test_what_is_not_computed_yet_is_hatched_until_it_is(
    sound_panes: tuple[WaveformPane, SpectrogramPane], axis: TimeAxis
) -> None:
    samples = noise(2, 4 << 20)
    seconds = samples.shape[1] / RATE
    axis.set_extent(0, seconds)
    axis.set_playhead(1.0)
    title = sound_title(sound_stream(2, RATE, samples.shape[1]))
    writers = fill_to_share(samples, 0.5)
    for pane, writer in zip(sound_panes, writers, strict=True):
        pane.show_stream(title)
        assert f"{pane._cache.filled_s / seconds * 100:.0f} %" in pane.state_text()
        pending = rgb(pane.colors.pending)
        seen = picture(pane)[:40, GUTTER_PX:] == pending  # above the words
        assert not seen[:, 20:210].any()
        assert seen[:, 280:480].any(axis=0).all()
        writer.push(samples[:, samples.shape[1] // 2 :])
        writer.finish()
        writer.close()
        pane.refresh()
        assert pane.state_text() == ""
        assert not (picture(pane)[:, GUTTER_PX:] == pending).any()


def test_pane_follows_the_cache_by_itself(
    qtbot: QtBot, sound_panes: tuple[WaveformPane, SpectrogramPane], axis: TimeAxis
) -> None:
    samples = noise(2, RATE * 20)
    stream = sound_stream(2, RATE, samples.shape[1])
    for pane in sound_panes:
        pane.show_stream(sound_title(stream))
    build_sound(NOWHERE, stream, FINGERPRINT, open_blocks=lambda: blocks_of(samples, RATE))
    for pane in sound_panes:
        qtbot.waitUntil(lambda pane=pane: pane.state_text() == "")
        assert not pane._poll.isActive()


# Waveform and spectrogram


@pytest.fixture
def built(sound_panes: tuple[WaveformPane, SpectrogramPane], axis: TimeAxis) -> np.ndarray:
    """100 s: silence, then a 1 kHz tone in the left channel from 50 s, at full scale from 80 s."""
    at = np.arange(100 * RATE) / RATE
    left = np.cos(2 * np.pi * 1000 * at) * np.select([at < 50, at < 80], [0, 0.5], 1.2)
    samples = np.stack([np.clip(left, -1, 1), np.zeros_like(left)]).astype(np.float32)
    stream = sound_stream(2, RATE, samples.shape[1])
    build_sound(NOWHERE, stream, FINGERPRINT, open_blocks=lambda: blocks_of(samples, RATE))
    for pane in sound_panes:
        pane.show_stream(sound_title(stream))
    return samples


def test_wave_stands_as_high_as_the_sound(
    sound_panes: tuple[WaveformPane, SpectrogramPane], built: np.ndarray
) -> None:
    waveform = sound_panes[0]
    wave = rgb(waveform.colors.waveform)
    seen = picture(waveform)[:, GUTTER_PX:]
    upper, lower = seen[:60], seen[60:]
    assert (upper[:, 100:240] == wave).sum(axis=0).max() <= 2
    middle = (upper[:, 260:390] == wave).sum(axis=0)
    assert 24 <= np.median(middle) <= 33
    assert (lower[:, 260:] == wave).sum(axis=0).max() <= 2
    waveform.set_scale(LevelScale.DECIBEL)
    seen = picture(waveform)[:60, GUTTER_PX:]
    assert np.median((seen[:, 260:390] == wave).sum(axis=0)) > 48


def test_full_scale_is_marked_and_less_is_not(
    sound_panes: tuple[WaveformPane, SpectrogramPane], built: np.ndarray
) -> None:
    waveform = sound_panes[0]
    marked = picture(waveform)[:, GUTTER_PX:] == rgb(waveform.colors.clip)
    # Grid lines lie over the marks.
    assert marked[:60, 405:].any(axis=0).mean() > 0.95
    assert not marked[:, :395].any()
    assert not marked[60:].any()


def test_spectrogram_is_bright_at_the_tone(
    sound_panes: tuple[WaveformPane, SpectrogramPane], built: np.ndarray
) -> None:
    spectrogram = sound_panes[1]
    spectrogram.set_logarithmic(False)
    seen = lightness(picture(spectrogram)[:, GUTTER_PX:].ravel()).reshape(120, 500)
    tone = seen[:, 300:380].mean(axis=1)
    assert abs(int(tone[10:].argmax()) + 10 - 120 * 3 // 4) <= 2
    assert seen[90, 300:380].mean() > seen[90, 50:200].mean() + 0.4
    spectrogram.set_channel(1)
    silent = lightness(picture(spectrogram)[:, GUTTER_PX:].ravel()).reshape(120, 500)
    assert silent[90, 300:380].mean() < 0.3


def test_read_outs_name_time_level_and_frequency(
    sound_panes: tuple[WaveformPane, SpectrogramPane], built: np.ndarray
) -> None:
    waveform, spectrogram = sound_panes
    for pane in sound_panes:
        pane.set_time_format(TimeFormat(Fraction(25)))
        picture(pane)
    assert waveform._read_out(60.0, 10.0) == "00:01:00:00   L −6.0 dBFS"
    assert waveform._read_out(60.0, 110.0) == "00:01:00:00   R −∞ dBFS"
    spectrogram.set_logarithmic(False)
    picture(spectrogram)
    assert spectrogram._read_out(60.0, 90.0).startswith("00:01:00:00   1 kHz   −")


def test_menu_offers_channels_and_scales(
    sound_panes: tuple[WaveformPane, SpectrogramPane], built: np.ndarray
) -> None:
    waveform, spectrogram = sound_panes
    actions = {action.text(): action for action in spectrogram.menu.actions()}
    actions["Channel R"].trigger()
    assert spectrogram.channel == 1
    actions = {action.text(): action for action in spectrogram.menu.actions()}
    assert actions["Channel R"].isChecked()
    actions["Linear frequency"].trigger()
    assert not spectrogram.logarithmic
    {action.text(): action for action in waveform.menu.actions()}["Decibel scale"].trigger()
    assert waveform.scale is LevelScale.DECIBEL


@pytest.mark.parametrize("height", [1, 20, 60, 61, 300])
def test_panes_draw_at_any_height(
    sound_panes: tuple[WaveformPane, SpectrogramPane], built: np.ndarray, height: int
) -> None:
    for pane in sound_panes:
        pane.resize(GUTTER_PX + 300, height)
        assert picture(pane).shape == (height, GUTTER_PX + 300)
        pane.resize(30, height)
        picture(pane)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_clip(tmp_path_factory.mktemp("panes") / "clip.mkv", picture=False)


def test_close_view_is_drawn_from_samples_read_in_the_background(
    qtbot: QtBot,
    sound_panes: tuple[WaveformPane, SpectrogramPane],
    axis: TimeAxis,
    clip: Title,
    home: Path,
) -> None:
    build_sound(clip.path, clip.audio[0], clip.fingerprint)
    axis.set_extent(0, clip.duration_s)
    for pane in sound_panes:
        pane.show_stream(clip)
    axis.set_view(1.0, 1.02)
    for pane in sound_panes:
        picture(pane)
        qtbot.waitUntil(lambda pane=pane: pane._detail is not None)
        picture(pane)
    waveform = sound_panes[0]
    assert waveform._drawn is not None
    lows, highs, valid = waveform._drawn
    assert valid.all()
    # 440 Hz: 8.8 periods in the view, thin as a line, of the height that was written.
    assert np.sum(np.diff(np.sign(lows[0] + highs[0])) != 0) in (17, 18)
    assert (highs[0] - lows[0]).max() < 0.05
    assert 0.2 < highs[0].max() < 0.3
    levels, _ = sound_panes[1]._picture_of(sound_panes[1]._cache, 500, 120)
    assert (levels.max(axis=0) > 200).all()


def test_close_view_of_a_file_that_is_gone_keeps_the_coarse_picture(
    qtbot: QtBot,
    sound_panes: tuple[WaveformPane, SpectrogramPane],
    built: np.ndarray,
    axis: TimeAxis,
) -> None:
    waveform = sound_panes[0]
    assert waveform._loader is not None
    with qtbot.waitSignal(waveform._loader.failed) as failed:
        axis.set_view(60, 60.5)
        picture(waveform)
    assert "does not exist" in failed.args[0]
    assert waveform._drawn is not None
    assert waveform._drawn[1][0].min() > 0.4


def test_showing_another_stream_closes_the_one_before(
    sound_panes: tuple[WaveformPane, SpectrogramPane], built: np.ndarray
) -> None:
    pane: SoundPane = sound_panes[1]
    before = pane._loader
    assert before is not None
    pane.show_stream(None)
    assert not before._lane._thread.is_alive()
    assert pane.state_text() == "Open a title to see its spectrogram"


# Parts


def test_wave_covers_at_least_a_pixel_and_at_most_the_strip() -> None:
    flat = np.zeros(10, np.float32)
    covered = wave_rows(flat, flat, 40)
    assert (covered.sum(axis=0) == 16).all()
    full = wave_rows(np.full(10, -1, np.float32), np.full(10, 1, np.float32), 40)
    assert (full == 16).all()


def test_neighbouring_columns_are_joined() -> None:
    lows = np.array([-1, 0.8], np.float32)
    highs = np.array([-0.8, 1], np.float32)
    covered = wave_rows(lows, highs, 100)
    assert (covered[5:90, 1] > 0).all()


def test_decibel_heights_end_at_the_floor_and_keep_the_sign() -> None:
    levels = np.array([0, 1e-4, 0.001, 10 ** (-30 / 20), 1, 2, -1, -(10 ** (-15 / 20))], np.float32)
    expected = [0, 0, 0, 0.5, 1, 1, -1, -0.75]
    assert heights(levels, LevelScale.DECIBEL) == pytest.approx(expected, abs=1e-6)


def test_colour_map_gets_lighter_in_even_steps() -> None:
    steps = np.diff(lightness(heat()))
    assert len(heat()) == 256
    assert (steps > 0).all()
    assert steps.max() < 2.5 * np.median(steps)


@pytest.mark.parametrize(
    ("layout", "channels", "names"),
    [
        ("stereo", 2, ("L", "R")),
        ("", 1, ("Mono",)),
        ("5.1(side)", 6, ("L", "R", "C", "LFE", "Ls", "Rs")),
        ("5.1", 2, ("1", "2")),
        ("16 channels", 3, ("1", "2", "3")),
    ],
)
def test_channels_have_names(layout: str, channels: int, names: tuple[str, ...]) -> None:
    assert channel_names(layout, channels) == names


def test_words_for_levels_and_frequencies() -> None:
    assert level_text(0.0) == "−∞ dBFS"
    assert level_text(1.0) == "0.0 dBFS"
    assert level_text(0.5) == "−6.0 dBFS"
    assert level_text(1.2) == "+1.6 dBFS"
    assert [frequency_text(f) for f in (50, 1000, 12_500)] == ["50", "1k", "12.5k"]


@pytest.mark.parametrize("rate", [Fraction(0), Fraction(25), Fraction(30000, 1001), Fraction(60)])
@pytest.mark.parametrize("length_s", [0.02, 0.5, 7.0, 95.0, 7200.0, 43_200.0])
def test_ticks_are_labelled_sparsely_and_on_frames(rate: Fraction, length_s: float) -> None:
    found = ticks(3.3, 3.3 + length_s, 10, TimeFormat(rate))
    labels = [tick for tick in found if tick.label]
    assert len(labels) <= 11
    assert len(labels) >= 1 or length_s < 0.05
    assert len(found) <= 60
    assert all(3.3 <= tick.seconds <= 3.3 + length_s for tick in found)
    assert len({tick.label for tick in labels}) == len(labels)
    if rate:
        for tick in found:
            assert tick.seconds * rate == pytest.approx(round(tick.seconds * rate), abs=1e-6)


def test_ruler_writes_clock_time_without_a_rate() -> None:
    assert TimeFormat().text(3661.5) == "1:01:01.500"
    assert TimeFormat(Fraction(25)).text(3661.52) == "01:01:01:13"
    assert TimeFormat(Fraction(25), origin_s=10.0).text(11.0) == "00:00:01:00"
