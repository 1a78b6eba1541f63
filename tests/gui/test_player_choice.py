"""Which device plays, which sound stream is heard, and how places are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from helpers.player_fake import Bench, even_pts, make_title
from pytestqt.qtbot import QtBot

from core.config.settings import Settings
from core.domain.title import AudioStream, Title
from gui.dialogs.settings import SettingsDialog
from gui.panes.tick import TimeFormat, TimeUnit, ticks
from gui.player.channel_panel import ChannelPanel, stream_text
from gui.player.pane import PlayerPane


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(even_pts(50), device=True)
    yield bench
    bench.player.close()
    bench.player.deleteLater()


def two_sounds() -> Title:
    title = make_title(even_pts(50), sound=True)
    other = AudioStream(
        7, "ac3", Fraction(1, 48000), language="de", sample_rate=48000, channels=6, layout="5.1"
    )
    return replace(title, audio=(*title.audio, other))


def test_chosen_device_is_opened_in_place_of_the_one_before(bench: Bench, qtbot: QtBot) -> None:
    bench.player.load(make_title(even_pts(50), sound=True))
    qtbot.waitUntil(lambda: [d.name for d in bench.devices] == [""])
    bench.player.set_sound_device("Headphones")
    qtbot.waitUntil(lambda: [d.name for d in bench.devices] == ["", "Headphones"])
    assert bench.devices[0].closed
    bench.player.set_sound_device("Headphones")
    bench.player.load(make_title(even_pts(50), sound=True))
    qtbot.waitUntil(lambda: len(bench.devices) == 3)
    assert bench.devices[2].name == "Headphones"


def test_device_is_chosen_from_a_list_and_stays_while_unplugged(qtbot: QtBot) -> None:
    settings = Settings.load()
    settings.set("sound.device", "Gone")
    dialog = SettingsDialog(settings, devices=("Speaker",))
    qtbot.addWidget(dialog)
    assert dialog.value("sound.device") == "Gone"
    dialog.set_value("sound.device", "Speaker")
    dialog.accept()
    assert settings.text("sound.device") == "Speaker"


def test_other_sound_stream_is_heard_and_announced(bench: Bench, qtbot: QtBot) -> None:
    pane = PlayerPane(bench.player)
    qtbot.addWidget(pane)
    title = two_sounds()
    pane.load(title)
    chosen: list[int] = []
    pane.sound_chosen.connect(lambda _title, stream: chosen.append(stream.index))
    pane.choose_sound(0)
    assert chosen == []
    pane.choose_sound(1)
    assert chosen == [7]
    assert bench.player.sound.mixer.channels == 6


def test_panel_offers_streams_only_where_there_is_a_choice(qtbot: QtBot) -> None:
    title = two_sounds()
    panel = ChannelPanel("stereo", 2)
    qtbot.addWidget(panel)
    panel.set_streams(title.audio[:1], 0)
    assert panel.stream_box.isHidden()
    panel.set_streams(title.audio, 1)
    assert not panel.stream_box.isHidden()
    assert panel.stream_box.currentText() == stream_text(2, title.audio[1]) == "2: de, 5.1, ac3"


def test_slow_shuttle_is_slow_only_until_it_pauses(bench: Bench, qtbot: QtBot) -> None:
    bench.player.load(make_title(even_pts(50)))
    qtbot.waitUntil(lambda: bool(bench.shown))
    bench.player.shuttle(1, slow=True)
    assert (bench.player.slow, bench.player.speed) == (True, 0.5)
    bench.player.pause()
    assert not bench.player.slow
    bench.player.shuttle(1)
    assert not bench.player.slow


RATE = Fraction(30000, 1001)


@pytest.mark.parametrize("number", [0, 1, 29, 1799, 107_892])
def test_frames_and_pts_read_back_what_they_write(number: int) -> None:
    base = Fraction(1, 90000)
    pts = int(number / RATE / base) + 9000
    frames = TimeFormat(RATE, origin_s=0.1, unit=TimeUnit.FRAMES)
    assert frames.text(pts * base) == str(number)
    back = frames.seconds(str(number))
    assert back is not None
    assert frames.text(back) == str(number)
    stamps = TimeFormat(RATE, unit=TimeUnit.PTS, base=base)
    assert stamps.text(pts * base) == str(pts)
    assert stamps.seconds(str(pts)) == pts * base


def test_bare_digits_stay_a_timecode_where_timecode_is_shown() -> None:
    assert TimeFormat(RATE).seconds("10203") is None
    assert TimeFormat(unit=TimeUnit.FRAMES).seconds("12") is None


def test_ticks_of_frames_stand_on_round_numbers() -> None:
    form = TimeFormat(Fraction(25), unit=TimeUnit.FRAMES)
    labels = [tick.label for tick in ticks(0.0, 90.0, 6, form) if tick.label]
    assert labels == ["0", "500", "1000", "1500", "2000"]
