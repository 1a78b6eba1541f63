"""Listening to a flag: its second, it alone, the title without it, and back to the original."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.desk_fake import make_flag
from helpers.desk_house import lent_house
from helpers.ears import Ears
from helpers.player_fake import Bench, even_pts, make_title
from helpers.sound_title import CLICKS, RATE, clicking, programme, sound_flag
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.domain.time import MediaTime, Span
from gui.player.state import CLOCK_BASE, Mode
from gui.player.substitute import Substitute


class Room(Ears):
    """Ears whose player is heard of instead of heard."""

    def listen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.did: list[str] = []
        self.heard: Substitute | None = None
        player = self.desk.player

        def play() -> None:
            self.did.append("play")
            player._mode = Mode.PLAYING

        def pause() -> None:
            self.did.append("pause")
            player._mode = Mode.PAUSED

        def hear(substitute: Substitute | None) -> None:
            self.heard = substitute

        monkeypatch.setattr(player, "play", play)
        monkeypatch.setattr(player, "pause", pause)
        monkeypatch.setattr(player, "seek", lambda s: self.did.append(f"seek {s:g}"))
        monkeypatch.setattr(player, "set_substitute", hear)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.desk.window, key, modifier or Qt.KeyboardModifier.NoModifier)
        self.house.settle(self.desk)

    def original(self) -> bool:
        """Whether the title's own sound is heard, and nothing else is said."""
        return self.heard is None and not self.says

    def arrive(self, seconds: float) -> None:
        place = MediaTime.from_seconds(seconds, CLOCK_BASE)
        self.desk.player._place = place
        self.desk.player.position_changed.emit(place)

    @property
    def says(self) -> str:
        return self.desk.listen.audition.hearing

    def button(self, name: str) -> QPushButton:
        return self.desk.parts.audition.buttons[f"listen.{name}"]


@pytest.fixture
def room(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Room]:
    with lent_house(qtbot, monkeypatch) as house:
        room = Room(house, tmp_path)
        room.open(clicking())
        room.listen(monkeypatch)
        yield room


def click_flag(room: Room) -> None:
    title = room.house.title
    room.flag(sound_flag(title, "clicks", 2.4, 3.0, CLICKS[0] / RATE, channels=(1,)))
    room.did.clear()


def test_the_second_around_the_peak_is_played_once(room: Room) -> None:
    click_flag(room)
    room.press(Qt.Key.Key_A)
    assert room.did == ["seek 2", "play"]
    assert room.desk.player.loop is None
    room.arrive(2.9)
    assert room.desk.player.playing
    room.arrive(3.0)
    assert room.did[-1] == "pause"


def test_the_second_is_looped_until_the_key_is_pressed_again(room: Room) -> None:
    click_flag(room)
    room.press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    loop = room.desk.player.loop
    assert loop is not None
    assert (loop.start_s, loop.end_s) == (2.0, 3.0)
    assert room.button("loop").isChecked()
    room.arrive(3.0)
    assert room.did[-1] == "play"
    room.press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert room.desk.player.loop is None
    assert room.did[-1] == "pause"
    assert not room.button("loop").isChecked()


def test_without_the_clicks_the_stretch_is_the_clean_one(room: Room) -> None:
    click_flag(room)
    room.press(Qt.Key.Key_D)
    assert room.heard is not None
    assert room.says == "Hearing: without clicks"
    assert room.button("without").isChecked()
    assert room.did[:2] == ["seek 2", "play"]
    made, clean, broken = room.heard.samples, programme(), clicking()
    part = slice(room.heard.first, room.heard.first + made.shape[1])
    assert np.abs(made[1] - broken[1, part]).max() > 0.4
    assert np.abs(made - clean[:, part]).max() < 0.01


def test_one_key_brings_the_original_back(room: Room) -> None:
    click_flag(room)
    for key in (Qt.Key.Key_D, Qt.Key.Key_S):
        room.press(key)
        assert room.heard is not None
        room.press(Qt.Key.Key_Q)
        assert room.original()
        assert room.button("original").isChecked()
    room.press(Qt.Key.Key_D)
    room.press(Qt.Key.Key_D)
    assert room.original()


def test_only_one_way_is_on_and_both_are_kept(room: Room) -> None:
    click_flag(room)
    room.press(Qt.Key.Key_D)
    without = room.heard
    room.press(Qt.Key.Key_S)
    assert room.says.startswith("Hearing: only clicks")
    assert [room.button(n).isChecked() for n in ("solo", "without", "original")] == [1, 0, 0]
    room.press(Qt.Key.Key_D)
    assert room.heard is without


def test_it_ends_so_that_nobody_takes_it_for_the_title(room: Room) -> None:
    click_flag(room)
    table, desk = room.desk.parts.queue.table, room.desk
    ends: list[Callable[[], object]] = [
        lambda: QTest.keyClick(table, Qt.Key.Key_Escape),
        lambda: room.arrive(5.9),
        lambda: room.select(""),
        desk.close_title,
    ]
    for end in ends:
        room.select(desk.snapshot.flags[0].key)
        table.setFocus()
        room.press(Qt.Key.Key_D)
        room.arrive(2.5)
        assert room.says
        end()
        assert room.original()


def test_what_has_no_meaning_is_disabled_and_says_why(room: Room) -> None:
    room.flag(sound_flag(room.house.title, "clipping", 1.0, 2.0))
    assert not room.button("solo").isEnabled()
    assert "alone" in room.button("solo").toolTip()
    assert room.button("without").isEnabled()
    room.flag(sound_flag(room.house.title, "silence", 1.0, 2.0))
    for name in ("solo", "without"):
        assert not room.button(name).isEnabled()
        assert room.button(name).toolTip().startswith("This defect has no part")
    assert room.button("play").isEnabled()
    assert "(A)" in room.button("play").toolTip()


def test_only_flags_of_the_sound_can_be_listened_to(room: Room) -> None:
    assert not room.desk.parts.audition.isVisible()
    click_flag(room)
    assert room.desk.parts.audition.isVisible()
    room.flag(replace(make_flag(4.0), stream=99))
    assert room.desk.selection.flag is not None
    assert not room.desk.parts.audition.isVisible()
    assert not room.desk.actions["listen.play"].isEnabled()


def test_where_nothing_is_found_it_is_told_and_the_original_stays(room: Room) -> None:
    room.flag(sound_flag(room.house.title, "clicks", 0.5, 1.5, 1.0))
    room.press(Qt.Key.Key_D)
    assert room.original()
    assert "No clicks were found" in room.desk.window.message.text()
    assert not room.button("without").isChecked()


def test_a_button_does_what_its_key_does(room: Room) -> None:
    click_flag(room)
    room.button("without").click()
    room.house.settle(room.desk)
    assert room.says == "Hearing: without clicks"
    room.button("original").click()
    assert room.says == ""
    assert room.button("original").isChecked()


# What the sound thread makes of it

Wait = Callable[[Callable[[], bool]], None]


def test_a_substitute_is_heard_in_its_stretch_and_nowhere_else() -> None:
    own = np.zeros((2, 1000), np.float32)
    instead = Substitute(1500, np.ones((2, 2000), np.float32))
    assert (instead.over(own, 0) == own).all()
    assert (instead.over(own, 3500) == own).all()
    assert (instead.over(own, 2000) == 1.0).all()
    edge = instead.over(own, 1000)
    assert not edge[:, :500].any()
    assert 0 < edge[0, 500] < 0.01
    assert (np.diff(edge[0, 500:756]) > 0).all()
    assert (edge[:, 756:] == 1.0).all()
    assert (instead.over(np.zeros((1, 1000), np.float32), 2000) == 0.0).all()


def test_the_player_plays_the_substitute_and_forgets_it_with_the_stream(qtbot: QtBot) -> None:
    def wait(holds: Callable[[], bool]) -> None:
        qtbot.waitUntil(holds)

    bench = Bench(even_pts(100), device=True)
    player = bench.player
    try:
        player.load(make_title(bench.reader.pts, sound=True))
        wait(lambda: bool(bench.shown) and player.sound._device_there)
        player.set_loop(Span.from_seconds(1.0, 2.0, CLOCK_BASE))
        player.set_substitute(Substitute(0, np.full((2, 200_000), -0.25, np.float32)))
        player.play()
        wait(lambda: player.clock.running)
        bench.run(wait, 0.2)
        assert np.abs(bench.devices[-1].ask(0.01) + 0.25).max() < 1e-6
        player.set_substitute(None)
        wait(lambda: player.clock.running)
        bench.run(wait, 0.2)
        assert bench.devices[-1].ask(0.01).min() >= 0.0
        player.set_substitute(Substitute(0, np.ones((2, 10), np.float32)))
        player.load(make_title(bench.reader.pts, sound=True))
        assert player.sound._substitute is None
    finally:
        player.close()
