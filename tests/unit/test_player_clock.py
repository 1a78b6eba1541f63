"""The clock of playback against sound devices that behave, run wild, stall, jump and drift."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.player.clock import (
    AudioMaster,
    ClockSource,
    HeardReport,
    MediaClock,
    RateWatchdog,
    SyncStep,
)

BLOCK_S = 0.01


class World:
    """A monotonic clock, a device that asks for blocks, and a player that looks now and then."""

    def __init__(self, latency_s: float = 0.03, speed: float = 1.0) -> None:
        self.now_s = 100.0
        self.clock = MediaClock(lambda: self.now_s)
        self.watchdog = RateWatchdog()
        self.master = AudioMaster(self.clock, self.watchdog)
        self.latency_s = latency_s
        self.speed = speed
        self.device_s = 0.0
        self.media_s = 0.0
        self.restarts = 0
        self.seen: list[float] = []
        self.master.begin(1, self.now_s)
        self.clock.start(0.0, speed, self.now_s + latency_s)

    def block(self, latency_s: float | None = None, media: bool = True) -> None:
        latency_s = self.latency_s if latency_s is None else latency_s
        self.master.report(
            HeardReport(
                self.now_s,
                self.now_s + latency_s,
                self.device_s,
                self.media_s if media else None,
                1,
            )
        )
        self.device_s += BLOCK_S
        if media:
            self.media_s += BLOCK_S * self.speed

    def look(self) -> None:
        self.seen.append(self.clock.position())
        if self.master.update(self.now_s) is SyncStep.RESTART_SOUND:
            self.restarts += 1
            self.media_s = self.clock.position(self.now_s + self.latency_s)

    def run(
        self,
        seconds: float,
        rate: float = 1.0,
        latency: Callable[[int], float] | None = None,
        blocks: bool = True,
    ) -> None:
        end_s = self.now_s + seconds
        due_s = self.now_s
        count = 0
        while self.now_s < end_s:
            while blocks and due_s <= self.now_s:
                self.block(latency(count) if latency else None)
                due_s += BLOCK_S / rate
                count += 1
            self.look()
            self.now_s += 0.005

    @property
    def source(self) -> ClockSource:
        return self.master.source(self.now_s)

    @property
    def lag_s(self) -> float:
        """How far the clock is behind the sound that is heard now."""
        heard = self.media_s - self.latency_s * self.speed
        return heard - self.clock.position()

    def never_went_back(self) -> bool:
        return all(b >= a for a, b in zip(self.seen, self.seen[1:], strict=False))


def test_a_steady_device_becomes_the_master() -> None:
    world = World()
    world.run(2.0)
    assert world.source is ClockSource.AUDIO
    assert abs(world.lag_s) < 0.012
    assert world.restarts == 0


@pytest.mark.parametrize("rate", [0.995, 1.005, 0.97, 1.03])
def test_the_clock_follows_a_device_that_drifts(rate: float) -> None:
    world = World()
    world.run(20.0, rate=rate)
    assert world.source is ClockSource.AUDIO
    assert world.clock.position() == pytest.approx(20.0 * rate, abs=0.08)
    assert world.never_went_back()


def test_a_null_device_that_runs_free_never_steers() -> None:
    world = World()
    world.run(2.0, rate=660.0)
    assert world.source is ClockSource.SYSTEM
    assert world.watchdog.runaway()
    assert world.clock.position() == pytest.approx(2.0 - world.latency_s, abs=0.01)


def test_a_stalled_sink_leaves_the_clock_running_and_is_joined_again_afterwards() -> None:
    world = World()
    world.run(2.0)
    world.run(2.0, blocks=False)
    assert world.source is ClockSource.SYSTEM
    assert world.watchdog.stalled(world.now_s)
    assert world.clock.position() == pytest.approx(4.0, abs=0.05)
    world.run(3.0)
    assert world.restarts >= 1
    assert world.source is ClockSource.AUDIO
    assert abs(world.lag_s) < 0.03
    assert world.clock.position() == pytest.approx(7.0, abs=0.1)
    assert world.never_went_back()


def test_times_that_jump_far_are_not_believed() -> None:
    world = World()
    world.run(2.0)
    world.run(2.0, latency=lambda n: 0.03 if (n // 30) % 2 else 0.6)
    assert world.clock.position() == pytest.approx(4.0, abs=0.15)
    assert world.never_went_back()


def test_times_that_jitter_a_little_hardly_move_the_clock() -> None:
    world = World()
    world.run(5.0, latency=lambda n: 0.03 + (0.01 if n % 3 == 0 else -0.01))
    assert world.clock.position() == pytest.approx(5.0, abs=0.06)
    assert world.restarts == 0
    assert world.never_went_back()


@pytest.mark.parametrize("rate", [0.8, 1.25])
def test_a_device_at_a_wrong_rate_does_not_steer_but_its_sound_stays_near(rate: float) -> None:
    world = World()
    world.run(6.0, rate=rate)
    assert world.source is ClockSource.SYSTEM
    assert world.clock.position() == pytest.approx(6.0, abs=0.05)
    assert world.restarts >= 2
    assert abs(world.lag_s) < 0.6


def test_sound_at_double_speed_steers_too() -> None:
    world = World(speed=2.0)
    world.run(4.0, rate=1.01)
    assert world.source is ClockSource.AUDIO
    assert world.clock.position() == pytest.approx(8.0 * 1.01, abs=0.15)


def test_reports_of_an_earlier_start_are_ignored() -> None:
    world = World()
    world.run(1.0)
    world.master.begin(2, world.now_s)
    world.run(1.0)
    assert world.source is ClockSource.SYSTEM
    assert world.restarts == 0


def test_silence_keeps_the_watchdog_informed_but_does_not_steer() -> None:
    world = World()
    for _ in range(100):
        world.block(media=False)
        world.now_s += BLOCK_S
    assert world.watchdog.trusted(world.now_s)
    assert world.source is ClockSource.SYSTEM


def test_the_clock_waits_for_its_start_and_stands_after_its_stop() -> None:
    now = [10.0]
    clock = MediaClock(lambda: now[0])
    clock.start(3.0, 2.0, 10.5)
    assert clock.position() == 3.0
    now[0] = 11.0
    assert clock.position() == pytest.approx(4.0)
    assert clock.due_at(5.0) == pytest.approx(11.5)
    assert clock.stop() == pytest.approx(4.0)
    now[0] = 20.0
    assert clock.position() == pytest.approx(4.0)


def test_the_clock_runs_backwards() -> None:
    now = [0.0]
    clock = MediaClock(lambda: now[0])
    clock.start(10.0, -4.0)
    now[0] = 1.5
    assert clock.position() == pytest.approx(4.0)
    assert clock.due_at(0.0) == pytest.approx(2.5)


@given(
    gaps=st.lists(st.floats(0.0, 0.2), min_size=5, max_size=120),
    latencies=st.lists(st.floats(0.0, 2.0), min_size=1, max_size=40),
    rate=st.floats(0.01, 50.0),
)
def test_whatever_a_device_says_the_clock_never_jumps(
    gaps: list[float], latencies: list[float], rate: float
) -> None:
    world = World()
    started_s = world.now_s
    last = world.clock.position()
    for number, gap_s in enumerate(gaps):
        world.now_s += gap_s
        world.device_s += gap_s * rate
        world.media_s += gap_s * rate
        world.block(latencies[number % len(latencies)])
        world.look()
        position = world.clock.position()
        assert position >= last - 1e-9
        assert position - last <= gap_s * 1.06 + 1e-9
        last = position
    passed_s = world.now_s - started_s
    assert passed_s * 0.94 - 0.05 <= last <= passed_s * 1.06 + 0.05
