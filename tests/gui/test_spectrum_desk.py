"""The spectrum view shows what is marked, flagged or under the playhead, and says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from helpers.desk_house import lent_house
from helpers.ears import Ears
from helpers.sound_title import RATE, programme, sound_flag
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.config.settings import Settings
from core.domain.finding import Band
from gui.panes.spectrum import EMPTY, SpectrumPane


@pytest.fixture
def ears(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ears]:
    with lent_house(qtbot, monkeypatch) as house:
        yield Ears(house, tmp_path)


def sound() -> np.ndarray:
    """A chord, with 1 kHz from 3 s to 4 s in the first channel and 3 kHz in the second."""
    samples = programme()
    time = np.arange(RATE) / RATE
    for channel, hertz in enumerate((1000.0, 3000.0)):
        samples[channel, 3 * RATE : 4 * RATE] += (0.2 * np.sin(2 * np.pi * hertz * time)).astype(
            np.float32
        )
    return samples


def show(ears: Ears) -> SpectrumPane:
    QTest.keyClick(ears.desk.window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    ears.house.settle(ears.desk)
    return ears.desk.parts.spectrum


def levels(pane: SpectrumPane, hertz: float) -> tuple[float, float]:
    """Level at a frequency in the stretch, and before it."""
    assert pane.shown is not None
    assert pane.shown.before is not None
    near = (hertz * 0.99, hertz * 1.01)
    return pane.shown.spectrum.level_at(*near), pane.shown.before.level_at(*near)


def test_it_is_closed_at_first_and_remembers_that_it_was_opened(ears: Ears) -> None:
    ears.open(sound())
    assert not ears.desk.parts.spectrum.isVisible()
    assert show(ears).isVisible()
    ears.desk.leave()
    again = ears.house.start()
    again.window.restore_layout(Settings.load().layout)
    assert again.actions["view.spectrum"].isChecked()
    again.window.reset_layout()
    assert not again.actions["view.spectrum"].isChecked()


def test_a_flag_is_compared_with_what_came_before_it(ears: Ears) -> None:
    ears.open(sound())
    pane = show(ears)
    ears.flag(sound_flag(ears.house.title, "distortion", 3.0, 4.0, 3.5, channels=(0,)))
    now, before = levels(pane, 1000.0)
    assert now > before + 40.0
    assert "flag" in pane.accessibleDescription()


def test_the_channel_that_is_drawn_is_the_one_that_is_shown(ears: Ears) -> None:
    ears.open(sound())
    pane = show(ears)
    ears.flag(sound_flag(ears.house.title, "distortion", 3.0, 4.0, 3.5))
    ears.desk.parts.spectrogram.set_channel(1)
    ears.house.settle(ears.desk)
    assert levels(pane, 3000.0)[0] > levels(pane, 1000.0)[0] + 40.0


def test_a_marked_stretch_goes_before_the_flag(ears: Ears) -> None:
    ears.open(sound())
    pane = show(ears)
    ears.flag(sound_flag(ears.house.title, "distortion", 3.0, 4.0, 3.5))
    ears.desk.parts.axis.set_selection((1.0, 2.0))
    ears.house.settle(ears.desk)
    assert levels(pane, 1000.0)[0] < -60.0
    assert "marked" in pane.accessibleDescription()


def test_without_marks_and_flags_it_follows_the_playhead(ears: Ears) -> None:
    ears.open(sound())
    pane = show(ears)
    assert pane.shown is not None
    assert pane.shown.before is None
    ears.desk.parts.axis.set_playhead(3.5)
    ears.house.settle(ears.desk)
    now, before = levels(pane, 1000.0)
    assert now > before + 40.0


def test_lines_and_band_of_the_flag_are_marked(ears: Ears) -> None:
    ears.open(sound())
    pane = show(ears)
    ears.desk.actions["view.evidence"].setChecked(False)
    ears.flag(sound_flag(ears.house.title, "hum", 1.0, 4.0, band=Band(50.0, 400.0)))
    assert pane.shown is not None
    assert list(pane.shown.lines_hz) == [50.0 * n for n in range(1, 9)]
    ears.flag(sound_flag(ears.house.title, "hiss", 1.0, 4.0, band=Band(4000.0, 8000.0)))
    assert pane.shown is not None
    assert pane.shown.band == Band(4000.0, 8000.0)
    image = pane.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    y = pane.plot_rect().top()
    inside, outside = (round(pane.x_of(hertz)) for hertz in (6000.0, 3000.0))
    evidence = pane.colors.evidence.rgb()
    assert image.pixelColor(inside, y).rgb() == evidence
    assert image.pixelColor(outside, y).rgb() != evidence


def test_pointing_reads_frequency_and_level(ears: Ears) -> None:
    ears.open(sound())
    pane = show(ears)
    ears.flag(sound_flag(ears.house.title, "distortion", 3.0, 4.0, 3.5))
    said = pane.read_out(pane.x_of(1000.0))
    assert said.startswith("1.0 kHz   −1")
    assert "before" in said
    bare = pane.grab().toImage()
    QTest.mouseMove(pane, QPoint(round(pane.x_of(1000.0)), pane.plot_rect().center().y()))
    ears.house.qtbot.waitUntil(lambda: pane.grab().toImage() != bare)


def test_where_there_is_nothing_to_show_it_says_what_to_do(ears: Ears) -> None:
    desk = ears.house.start()
    pane = desk.parts.spectrum
    assert pane.hint == EMPTY
    desk.actions["view.spectrum"].setChecked(True)
    assert pane.hint == "Open a title to see its spectrum"
    assert pane.read_out(100.0) == ""
    ears.desk = desk


def test_a_file_that_cannot_be_read_is_told(ears: Ears) -> None:
    ears.open(sound())
    ears.house.title.path.unlink()
    pane = show(ears)
    assert pane.hint
    assert pane.hint != EMPTY
