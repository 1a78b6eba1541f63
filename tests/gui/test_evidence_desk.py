"""Evidence of a flag of the sound shows over the panes where it is, as long as it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.desk_fake import make_flag
from helpers.desk_house import lent_house
from helpers.ears import Ears
from helpers.sound_title import CLICKS, RATE, clicking, programme, sound_flag
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.config.settings import Settings
from core.domain.finding import Band
from core.simulate.hum import Hum


@pytest.fixture
def ears(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Ears]:
    with lent_house(qtbot, monkeypatch) as house:
        yield Ears(house, tmp_path)


def seen(widget: QWidget, area: QRect, color: QColor) -> np.ndarray:
    """Where a colour shows in an area, shape (height, width)."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    part = bits[area.top() : area.bottom() + 1, area.left() : area.right() + 1]
    return np.asarray((part & 0xFFFFFF) == (color.rgb() & 0xFFFFFF))


def test_clicks_are_pointed_at_in_their_channel_alone(ears: Ears) -> None:
    ears.open(clicking(), drawn=True)
    title = ears.house.title
    assert ears.desk.parts.spectrogram.channel == 0
    ears.flag(sound_flag(title, "clicks", 2.4, 3.0, CLICKS[0] / RATE, channels=(1,)))
    found = ears.desk.listen.evidence.found
    assert list(found) == [1]
    assert ears.desk.parts.spectrogram.channel == 1
    assert np.rint(found[1].clicks_s * RATE).tolist() == list(CLICKS)
    wave = ears.desk.parts.waveform
    ears.desk.parts.axis.set_view(2.0, 3.0)
    upper, lower = wave.strips(wave.plot_rect())
    top = [QRect(s.left(), s.top() + 5, s.width(), 1) for s in (upper, lower)]
    columns = np.flatnonzero(seen(wave, top[1], wave.colors.evidence)[0])
    for place in CLICKS:
        x = wave.x_of(place / RATE) - lower.left()
        assert np.abs(columns - x).min() <= 2
    middle = round(wave.x_of(CLICKS[1] / RATE)) - lower.left()
    assert not seen(wave, top[0], wave.colors.evidence)[0][middle - 3 : middle + 4].any()


def test_the_worst_second_stands_inside_the_flag(ears: Ears) -> None:
    ears.open(clicking())
    ears.flag(sound_flag(ears.house.title, "hum", 1.0, 5.0, 1.0))
    shown = ears.desk.parts.waveform.evidence
    assert shown is not None
    assert (shown.span_s, shown.second_s) == ((1.0, 5.0), (1.0, 2.0))
    ears.flag(sound_flag(ears.house.title, "clicks", 3.0, 3.1, 3.0))
    shown = ears.desk.parts.waveform.evidence
    assert shown is not None
    assert shown.second_s == (2.5, 3.5)


def test_hum_is_drawn_as_lines_over_the_flagged_part_only(ears: Ears) -> None:
    samples = programme()
    part = slice(round(1.5 * RATE), round(4.5 * RATE))
    samples[:, part] = Hum(1.0, 2, "50").apply(samples[:, part], RATE)
    ears.open(samples, drawn=True)
    pane = ears.desk.parts.spectrogram
    pane.setFixedHeight(300)
    ears.flag(sound_flag(ears.house.title, "hum", 1.5, 4.5, 3.0, band=Band(50.0, 400.0)))
    assert len(ears.desk.listen.evidence.found[0].lines) >= 4
    plot = pane.plot_rect()
    white = seen(pane, plot, QColor(255, 255, 255))
    left, right = (round(pane.x_of(s)) - plot.left() for s in (1.6, 2.4))
    rows = np.flatnonzero(white[:, left:right].all(axis=1))
    assert len(rows) >= 4
    before = round(pane.x_of(1.4)) - plot.left()
    assert not white[rows, 8:before].any()


def test_evidence_goes_with_its_key_and_comes_back(ears: Ears) -> None:
    ears.open(clicking())
    ears.flag(sound_flag(ears.house.title, "clicks", 2.4, 3.0, channels=(1,)))
    wave, desk = ears.desk.parts.waveform, ears.desk
    assert desk.actions["view.evidence"] in wave.menu.actions()
    QTest.keyClick(desk.window, Qt.Key.Key_E)
    assert [pane.evidence for pane in (wave, desk.parts.spectrogram)] == [None, None]
    assert not Settings.load().flag("panes.evidence")
    QTest.keyClick(desk.window, Qt.Key.Key_E)
    ears.house.settle(desk)
    assert wave.evidence is not None
    assert 1 in wave.evidence.channels


def test_flags_of_picture_or_of_other_defects_show_no_evidence(ears: Ears) -> None:
    ears.open(clicking())
    title = ears.house.title
    clicks = sound_flag(title, "clicks", 2.4, 3.0)
    silence = sound_flag(title, "silence", 1.0, 2.0)
    picture = make_flag(4.0)
    picture = replace(picture, stream=99)
    ears.flag(clicks, silence, picture)
    for key in (silence.key, picture.key, ""):
        ears.select(clicks.key)
        assert ears.desk.parts.waveform.evidence is not None
        ears.select(key)
        assert ears.desk.parts.waveform.evidence is None


def test_a_file_that_is_gone_shows_the_second_and_no_error(ears: Ears) -> None:
    ears.open(clicking())
    ears.house.title.path.unlink()
    ears.flag(sound_flag(ears.house.title, "clicks", 2.4, 3.0))
    assert ears.desk.listen.evidence.found == {}
    assert ears.desk.parts.waveform.evidence is not None
    assert ears.desk.window.banner.messages == ()
