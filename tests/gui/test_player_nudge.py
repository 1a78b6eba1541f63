"""Nudging the sound while it plays: exact to the sample, without a gap, and the picture goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from helpers.player_fake import BASE, RATE, Bench, even_pts, make_title
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from core.domain.time import Span

Wait = Callable[[Callable[[], bool]], None]

_BEND = 256


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    return lambda condition: qtbot.waitUntil(condition)


@pytest.fixture
def bench(wait: Wait) -> Iterator[Bench]:
    bench = Bench(even_pts(200), device=True)
    bench.player.load(make_title(bench.reader.pts, sound=True))
    wait(lambda: bool(bench.shown) and bench.player.sound._device_there)
    yield bench
    bench.player.close()


def play(bench: Bench, wait: Wait, at_ms: int = 2000) -> None:
    bench.player.seek_pts(at_ms)
    bench.player.play()
    wait(lambda: bench.player.clock.running)
    bench.run(wait, 0.6)


def numbers(block: NDArray[np.float32]) -> NDArray[np.int64]:
    """Which sample of the title each one that was heard is."""
    return np.rint(block[:, 0].astype(np.float64) * 1000 * RATE).astype(np.int64)


def hear(bench: Bench, wait: Wait, blocks: int) -> NDArray[np.int64]:
    heard = []
    for _ in range(blocks):
        bench.now_s += 0.01
        heard.append(numbers(bench.devices[-1].ask(0.01)))
        bench.settle(wait)
    return np.concatenate(heard)


def spliced(bench: Bench) -> bool:
    """Whether the sound that was asked for last lies in the buffer."""
    output = bench.player.sound._output
    assert output is not None
    head = output.fifo.peek()
    return head is not None and head.generation == bench.player.sound._numbers


@pytest.mark.parametrize("nudge_ms", [40, 10, -40, -10, 600, -600])
def test_a_nudge_moves_the_sound_by_exactly_as_many_samples(
    bench: Bench, wait: Wait, nudge_ms: int
) -> None:
    play(bench, wait)
    before = hear(bench, wait, 5)
    assert np.all(np.diff(before) == 1)
    bench.player.set_nudge(nudge_ms)
    wait(lambda: spliced(bench))
    after = hear(bench, wait, 20)
    expected = before[-1] + 1 + np.arange(len(after)) - nudge_ms * RATE // 1000
    assert np.array_equal(after[_BEND:], expected[_BEND:])


def test_the_sound_bends_over_without_an_edge(bench: Bench, wait: Wait) -> None:
    play(bench, wait)
    before = hear(bench, wait, 5)
    bench.player.set_nudge(40)
    wait(lambda: spliced(bench))
    after = hear(bench, wait, 2)
    steps = np.abs(np.diff(np.append(before, after)))
    # A hard edge would be one step of 1920.
    assert steps.max() <= 12


def test_the_picture_plays_on_and_the_clock_stays_the_sounds(bench: Bench, wait: Wait) -> None:
    play(bench, wait)
    shown, states, clocks = len(bench.shown), len(bench.states), len(bench.clocks)
    assert bench.clocks[-1] == "audio"
    for nudge_ms in (40, 80, 120, 0):
        bench.player.set_nudge(nudge_ms)
        wait(lambda: spliced(bench))
        bench.run(wait, 0.3)
    assert bench.player.position.pts == pytest.approx(2000 + 600 + 1200, abs=40)
    assert set(np.diff(bench.shown[shown - 1 :])) == {40}
    assert (len(bench.states), len(bench.clocks)) == (states, clocks)
    assert bench.player.dropped == 0
    assert len(bench.sounds) == 1


def test_back_at_nothing_the_sound_is_where_it_was(bench: Bench, wait: Wait) -> None:
    play(bench, wait)
    before = hear(bench, wait, 1)
    for nudge_ms in (-10, 30, 0):
        bench.player.set_nudge(nudge_ms)
        wait(lambda: spliced(bench))
        after = hear(bench, wait, 4)
    later = before[-1] + 2 * 4 * RATE // 100
    assert after[-1] == later + 4 * RATE // 100


def test_a_nudge_while_paused_holds_from_the_next_start_on(bench: Bench, wait: Wait) -> None:
    bench.player.set_nudge(120)
    bench.player.seek_pts(2000)
    bench.player.play()
    wait(lambda: bench.player.clock.running)
    bench.settle(wait)
    assert bench.sounds[-1].asked[0] == pytest.approx(1.88)


def test_a_nudge_adds_to_the_offset_of_the_device(bench: Bench, wait: Wait) -> None:
    bench.player.set_audio_offset(250)
    bench.player.set_nudge(-50)
    bench.player.seek_pts(2000)
    bench.player.play()
    wait(lambda: bench.player.clock.running)
    bench.settle(wait)
    assert bench.sounds[-1].asked[0] == pytest.approx(1.8)


def test_a_nudge_right_after_a_seek_is_heard_where_the_picture_is(bench: Bench, wait: Wait) -> None:
    play(bench, wait, 6000)
    bench.player.seek_pts(1000)
    wait(lambda: bench.player.clock.running)
    bench.player.set_nudge(40)
    wait(lambda: spliced(bench))
    hear(bench, wait, 30)
    bench.now_s += 0.01
    heard_s = numbers(bench.devices[-1].ask(0.01))[0] / RATE
    expected_s = bench.player.clock.position(bench.now_s + bench.devices[-1].latency_s) - 0.04
    assert heard_s == pytest.approx(expected_s, abs=0.003)


def test_in_the_next_lap_of_a_loop_the_sound_is_held_as_much(bench: Bench, wait: Wait) -> None:
    bench.player.set_loop(Span(2000, 3000, BASE))
    play(bench, wait)
    bench.player.set_nudge(-40)
    wait(lambda: spliced(bench))
    hear(bench, wait, 60)
    lap = hear(bench, wait, 20)
    bench.player.set_nudge(40)
    wait(lambda: spliced(bench))
    later = hear(bench, wait, 20)
    moved = later[_BEND:] - (lap[-1] + 1 + np.arange(_BEND, len(later)))
    assert set(moved.tolist()) == {-80 * RATE // 1000}
