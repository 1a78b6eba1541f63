"""What the player shows, says and survives."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from helpers.player_fake import BASE, Bench, even_pts, make_title
from pytestqt.qtbot import QtBot

from core.domain.errors import KnownError
from core.domain.time import Span
from gui.player.sound import RUNAWAY, STALLED, WRONG_RATE

Wait = Callable[[Callable[[], bool]], None]
MakeBench = Callable[..., Bench]


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    return lambda condition: qtbot.waitUntil(condition)


@pytest.fixture
def make_bench(qtbot: QtBot) -> Iterator[MakeBench]:
    benches: list[Bench] = []

    def make(*args: object, **kwargs: object) -> Bench:
        benches.append(Bench(*args, **kwargs))  # type: ignore[arg-type]
        return benches[-1]

    yield make
    for bench in benches:
        bench.reader.gate.set()
        bench.player.close()


def opened(bench: Bench, wait: Wait, sound: bool = False) -> Bench:
    bench.player.load(make_title(bench.reader.pts, sound))
    wait(lambda: bool(bench.shown))
    if sound and bench.has_device:
        wait(lambda: bench.player.sound._device_there)
    return bench


def started(bench: Bench, wait: Wait) -> None:
    wait(lambda: bench.player.clock.running)
    bench.settle(wait)


UNEVEN = [90_000, 90_040, 90_055, 90_200, 90_210, 90_330, 90_400, 90_480, 90_700, 91_000]


def test_a_loaded_title_stands_on_its_first_frame_wherever_it_starts(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(UNEVEN), wait)
    assert bench.shown[-1] == 90_000
    assert (bench.player.position.pts, bench.player.position.base) == (90_000, BASE)
    assert not bench.player.playing


def test_playing_shows_every_frame_in_order_and_names_it_by_its_pts(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(UNEVEN), wait)
    bench.shown.clear()
    bench.player.play()
    started(bench, wait)
    bench.run(wait, 0.9)
    assert bench.shown == UNEVEN[:-1]
    assert bench.player.position.pts == 90_700
    assert bench.player.dropped == 0


def test_pausing_stands_on_the_frame_on_screen(make_bench: MakeBench, wait: Wait) -> None:
    bench = opened(make_bench(even_pts(50)), wait)
    bench.player.play()
    started(bench, wait)
    bench.run(wait, 0.5)
    bench.player.pause()
    assert bench.player.position.pts == 480
    assert bench.states[-1] == (False, 0.0)
    bench.player.play()
    started(bench, wait)
    assert bench.player.position.pts == 480


def test_the_end_stops_on_the_last_frame_and_play_begins_again(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(5)), wait)
    bench.player.play()
    started(bench, wait)
    bench.now_s += 0.16
    wait(lambda: bench.shown[-1] == 160)
    bench.now_s += 0.1
    wait(lambda: not bench.player.playing)
    assert bench.player.position.pts == 160
    bench.player.play()
    started(bench, wait)
    assert bench.player.position.pts == 0


@pytest.mark.parametrize(
    ("steps", "number"), [([1], 21), ([-1], 19), ([10], 30), ([-10, -10, -10], 0), ([99], 49)]
)
def test_steps_are_exact_and_stop_at_the_ends(
    make_bench: MakeBench, wait: Wait, steps: list[int], number: int
) -> None:
    bench = opened(make_bench(even_pts(50)), wait)
    bench.player.seek_pts(800)
    for frames in steps:
        bench.player.step(frames)
    wait(lambda: bench.shown[-1] == number * 40)
    assert bench.player.position.pts == number * 40


def test_of_many_seeks_the_newest_wins_and_the_others_are_not_decoded(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(2000)), wait)
    bench.reader.gate.clear()
    decoded = len(bench.reader.decoded)
    for number in range(100, 1900, 20):
        bench.player.seek(number * 0.04)
    bench.player.seek(77.245)
    bench.reader.gate.set()
    wait(lambda: bench.shown[-1] == 77_240)
    assert bench.player.position.pts == 77_240
    assert len(bench.reader.decoded) - decoded < 150


def test_a_seek_far_from_a_key_frame_shows_that_first(make_bench: MakeBench, wait: Wait) -> None:
    bench = make_bench(even_pts(100))
    provisional: list[tuple[int, bool]] = []
    bench.player.frame_shown.connect(lambda p: provisional.append((p.pts, p.provisional)))
    opened(bench, wait)
    source = bench.player._source
    assert source is not None
    source._keys = [0, 50]
    bench.player.seek_pts(99 * 40)
    wait(lambda: bench.shown[-1] == 99 * 40)
    assert provisional[-2:] == [(50 * 40, True), (99 * 40, False)]


def test_seeking_while_playing_plays_on_from_there(make_bench: MakeBench, wait: Wait) -> None:
    bench = opened(make_bench(even_pts(200)), wait)
    bench.player.play()
    started(bench, wait)
    bench.player.seek_pts(4000)
    started(bench, wait)
    bench.shown.clear()
    bench.run(wait, 0.2)
    assert bench.player.playing
    assert bench.shown == [4040, 4080, 4120, 4160, 4200]


def test_a_loop_comes_round_without_a_seam(make_bench: MakeBench, wait: Wait) -> None:
    bench = opened(make_bench(even_pts(100)), wait)
    bench.player.set_loop(Span(400, 520, BASE))
    bench.shown.clear()
    bench.player.play()
    started(bench, wait)
    bench.run(wait, 0.35)
    assert bench.shown == [400, 440, 480, 400, 440, 480, 400, 440, 480]
    assert bench.player.dropped == 0


def test_reverse_shows_every_frame_backwards_and_stops_on_the_first(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(30)), wait)
    bench.player.seek_pts(1000)
    wait(lambda: bench.shown[-1] == 1000)
    bench.shown.clear()
    bench.player.shuttle(-1)
    started(bench, wait)
    assert bench.states[-1] == (True, -1.0)
    for _ in range(102):
        bench.now_s += 0.01
        wait(lambda: not bench.player.playing or settled_backwards(bench))
    wait(lambda: not bench.player.playing)
    assert bench.shown[:26] == list(range(1000, -1, -40))
    assert bench.player.position.pts == 0


def settled_backwards(bench: Bench) -> bool:
    following = bench.player._deck.queue.next_due()
    return following is not None and following < bench.player.clock.position() - 0.0011


def test_frames_that_were_due_and_never_shown_are_counted(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(100)), wait)
    bench.player.play()
    started(bench, wait)
    wait(lambda: bench.player._deck.queue.count == 8)
    bench.player._tick_timer.stop()
    bench.now_s += 0.2
    bench.player._tick()
    assert bench.shown[-1] == 200
    assert bench.player.dropped == 4


def test_fast_forward_counts_no_dropped_frames(make_bench: MakeBench, wait: Wait) -> None:
    bench = opened(make_bench(even_pts(400)), wait)
    for _ in range(4):
        bench.player.shuttle(1)
    assert bench.player.speed == 8.0
    started(bench, wait)
    bench.run(wait, 0.3)
    assert bench.player.dropped == 0
    assert bench.player.position.pts >= 2000
    bench.player.shuttle(0)
    assert bench.player.speed == 0.0


def test_without_a_device_it_plays_by_the_system_clock_and_says_so(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(50)), wait, sound=True)
    wait(lambda: bool(bench.notices))
    assert bench.notices == ["No sound device was found."]
    assert bench.clocks[-1] == "system"
    bench.player.play()
    started(bench, wait)
    bench.run(wait, 0.2)
    assert bench.player.position.pts == 200


def test_a_good_device_becomes_the_master_and_is_in_step(make_bench: MakeBench, wait: Wait) -> None:
    bench = opened(make_bench(even_pts(100), device=True), wait, sound=True)
    bench.player.play()
    started(bench, wait)
    bench.run(wait, 1.0)
    assert bench.clocks[-1] == "audio"
    (device,) = bench.devices
    bench.now_s += 0.01
    heard_s = float(device.ask(0.01)[0, 0]) * 1000
    now_heard_s = bench.player.clock.position(bench.now_s + device.latency_s)
    assert heard_s == pytest.approx(now_heard_s, abs=0.002)


def test_after_a_seek_picture_and_sound_restart_in_step(make_bench: MakeBench, wait: Wait) -> None:
    bench = opened(make_bench(even_pts(500), device=True), wait, sound=True)
    bench.player.play()
    started(bench, wait)
    bench.run(wait, 0.3)
    bench.player.seek_pts(12_000)
    started(bench, wait)
    bench.run(wait, 0.1)
    (device,) = bench.devices
    bench.now_s += 0.01
    heard_s = float(device.ask(0.01)[0, 0]) * 1000
    expected_s = bench.player.clock.position(bench.now_s + device.latency_s)
    assert heard_s == pytest.approx(expected_s, abs=0.002)
    assert bench.player.position.pts == pytest.approx(12_080, abs=40)


def test_a_device_that_is_unplugged_leaves_the_picture_running(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(200), device=True), wait, sound=True)
    bench.player.play()
    started(bench, wait)
    bench.run(wait, 0.8)
    bench.has_device = False
    gone = bench.devices.pop()
    bench.run(wait, 1.2)
    assert STALLED in bench.notices
    assert bench.clocks[-1] == "system"
    assert bench.player.playing
    assert bench.player.position.pts == pytest.approx(1960, abs=60)
    wait(lambda: gone.closed)


def test_a_device_at_a_wrong_rate_is_told_of_once_and_not_followed(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(300), device=True), wait, sound=True)
    bench.player.play()
    started(bench, wait)
    for _ in range(350):
        bench.now_s += 0.01
        bench.devices[0].ask(0.013)
        bench.settle(wait)
    assert bench.notices == [WRONG_RATE]
    assert "audio" not in bench.clocks[-1:]
    assert bench.player.position.pts == pytest.approx(3480, abs=60)


def test_a_device_that_takes_sound_without_playing_it_is_let_go(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(100), device=True), wait, sound=True)
    bench.player.play()
    started(bench, wait)
    for _ in range(60):
        bench.now_s += 0.01
        bench.devices[0].ask(1.0)
        bench.settle(wait)
    wait(lambda: bench.devices[0].closed)
    assert bench.notices == [RUNAWAY]
    assert bench.player.position.pts == pytest.approx(580, abs=60)


def test_an_audio_offset_moves_the_sound_later(make_bench: MakeBench, wait: Wait) -> None:
    bench = opened(make_bench(even_pts(100), device=True), wait, sound=True)
    bench.player.set_audio_offset(250)
    bench.player.seek_pts(2000)
    bench.player.play()
    started(bench, wait)
    assert bench.sounds[-1].asked[0] == pytest.approx(1.75)


def test_sound_is_silent_backwards_and_above_double_speed(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(400), device=True), wait, sound=True)
    bench.player.set_speed(4.0)
    bench.player.play()
    started(bench, wait)
    bench.run(wait, 0.3)
    assert not bench.devices[0].ask(0.05).any()
    bench.player.set_speed(2.0)
    started(bench, wait)
    bench.run(wait, 0.2)
    assert bench.devices[0].ask(0.05).any()


def test_a_title_of_sound_alone_plays_to_its_end(make_bench: MakeBench, wait: Wait) -> None:
    bench = make_bench(device=True)
    bench.player.load(make_title(sound=True, duration_s=1.0))
    wait(lambda: bench.player.sound._device_there)
    bench.player.play()
    started(bench, wait)
    for _ in range(50):
        bench.now_s += 0.01
        bench.devices[0].ask(0.01)
    wait(lambda: bench.player.position.seconds > 0.45)
    assert bench.shown == []
    bench.now_s += 0.7
    wait(lambda: not bench.player.playing)
    bench.player.seek(0.25)
    assert bench.player.position.seconds == pytest.approx(0.25)


def test_play_asked_for_while_opening_starts_when_open(make_bench: MakeBench, wait: Wait) -> None:
    bench = make_bench(even_pts(50))
    bench.player.load(make_title(bench.reader.pts))
    bench.player.seek(0.4)
    bench.player.play()
    started(bench, wait)
    assert bench.player.position.pts == 400


def test_a_file_that_cannot_be_opened_is_one_sentence_and_the_next_one_opens(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = make_bench(even_pts(20))
    bench.open_error = KnownError("This file is broken.", "why")
    bench.player.load(make_title(bench.reader.pts))
    wait(lambda: bool(bench.failures))
    assert bench.failures == ["This file is broken."]
    bench.player.play()
    bench.player.pause()
    bench.open_error = None
    opened(bench, wait)
    assert bench.shown == [0]


def test_a_damaged_stretch_is_one_sentence_and_the_rest_still_plays(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(100), broken=frozenset({50})), wait)
    bench.player.seek_pts(50 * 40)
    wait(lambda: bool(bench.failures))
    assert bench.failures[0] == "This stretch of the file is damaged."
    bench.player.seek_pts(80 * 40)
    wait(lambda: bench.shown[-1] == 80 * 40)


def test_another_title_replaces_one_that_is_still_decoding(
    make_bench: MakeBench, wait: Wait
) -> None:
    bench = opened(make_bench(even_pts(100)), wait)
    first = bench.reader
    first.gate.clear()
    bench.player.seek_pts(99 * 40)
    bench.reader = type(first)(even_pts(10, start=7000))
    bench.player.load(make_title(bench.reader.pts))
    wait(lambda: bench.shown[-1] == 7000)
    first.gate.set()
    wait(lambda: first.closed)
    assert bench.player.position.pts == 7000


def test_what_is_in_memory_is_told(make_bench: MakeBench, wait: Wait) -> None:
    bench = make_bench(even_pts(100))
    spans: list[tuple[Span, ...]] = []
    bench.player.cached_changed.connect(spans.append)
    opened(bench, wait)
    wait(lambda: bool(spans) and bool(spans[-1]) and spans[-1][0].end >= 13 * 40)
    assert spans[-1][0].start == 0


def test_a_new_size_renders_the_frame_on_screen_again(make_bench: MakeBench, wait: Wait) -> None:
    bench = make_bench(even_pts(10))
    sizes: list[tuple[int, ...]] = []
    bench.player.frame_shown.connect(lambda p: sizes.append(p.pixels.shape[:2]))
    opened(bench, wait)
    bench.player.set_render_size(32, 18)
    wait(lambda: sizes[-1] == (18, 32))
    assert bench.shown[-1] == 0


def test_a_speed_that_is_not_positive_is_refused(make_bench: MakeBench) -> None:
    with pytest.raises(ValueError, match="positive"):
        make_bench().player.set_speed(0.0)


def test_without_a_title_nothing_happens(make_bench: MakeBench) -> None:
    bench = make_bench()
    player = bench.player
    for action in (player.play, player.pause, player.toggle, player.seek_start, player.seek_end):
        action()
    player.step(1)
    player.shuttle(1)
    player.seek_pts(5)
    assert not player.playing
    assert bench.shown == []
