"""The wall of channels: who is silent, what is urgent, what came last."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from helpers.wall_store import MadeChannel, MadeEvent, beat, newsroom, put_channels
from typer.testing import CliRunner

from core.cli.app import app
from core.domain.channel import ChannelEvent, ChannelEventKind, ChannelFigures, ChannelState
from core.review.channel import Wall, WallOrder, WallQuery, WallState
from core.store.store import Store

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clock:
    """Two clocks that a test sets."""

    def __init__(self) -> None:
        self.ahead_s = 0.0
        self.passed_s = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.passed_s - self.ahead_s)

    def clock_s(self) -> float:
        return 1000.0 + self.passed_s


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wall(store: Store, clock: Clock) -> Wall:
    return Wall(store, clock.now, clock.clock_s)


def names(wall: Wall, query: WallQuery) -> list[str]:
    look = wall.look(query)
    lines = wall.lines(look.keys)
    return [lines[key].channel.name for key in look.keys]


def path_of(store: Store) -> Path:
    assert store.path is not None
    return store.path


def test_most_urgent_channels_stand_first_and_silent_ones_are_never_live(
    store: Store, wall: Wall
) -> None:
    put_channels(path_of(store), newsroom())
    look = wall.look()
    states = [look.lines[key].state for key in look.keys]
    assert states == sorted(states, key=lambda state: state.rank)
    by_name = {line.channel.name: line for line in look.lines.values()}
    assert by_name["Parliament"].channel.state is ChannelState.LIVE
    assert by_name["Parliament"].state is WallState.SILENT
    assert by_name["Parliament"].since == by_name["Parliament"].channel.heartbeat
    assert by_name["Shopping"].state is WallState.FAILED
    assert look.counts[WallState.SILENT] == 1
    assert (look.total, len(look.keys)) == (12, 12)


def test_words_and_states_choose_and_counts_tell_what_else_there_is(
    store: Store, wall: Wall
) -> None:
    put_channels(path_of(store), newsroom())
    assert names(wall, WallQuery("SPORTS live.example")) == ["Sports HD"]
    assert names(wall, WallQuery("sports nowhere")) == []
    chosen = WallQuery(states=frozenset({WallState.BEHIND, WallState.STARTING}))
    assert names(wall, chosen) == ["Documentary", "Weather"]
    assert wall.look(chosen).counts[WallState.LIVE] == 7
    assert names(wall, WallQuery(order=WallOrder.NAME))[:2] == ["Cinema 2", "City 24"]
    assert names(wall, WallQuery(order=WallOrder.FINDING))[:2] == ["Sports HD", "Parliament"]


def test_monitor_falls_silent_when_its_signs_stop_whatever_its_own_clock_says(
    store: Store, wall: Wall, clock: Clock
) -> None:
    put_channels(path_of(store), [MadeChannel("One")])
    clock.ahead_s = 600.0
    (line,) = wall.look().lines.values()
    assert line.state is WallState.SILENT
    beat(path_of(store), ["c0"])
    (line,) = wall.look().lines.values()
    assert line.state is WallState.LIVE
    clock.passed_s = 29.0
    assert [line.state for line in wall.look().lines.values()] == [WallState.LIVE]
    clock.passed_s = 31.0
    assert [line.state for line in wall.look().lines.values()] == [WallState.SILENT]
    beat(path_of(store), ["c0"])
    assert [line.state for line in wall.look().lines.values()] == [WallState.LIVE]


def test_stopped_channel_is_not_called_silent(store: Store, wall: Wall) -> None:
    put_channels(path_of(store), [MadeChannel("One", ChannelState.STOPPED, heard_s=1e6)])
    assert [line.state for line in wall.look().lines.values()] == [WallState.STOPPED]


def test_last_findings_follow_as_they_come_and_as_their_clips_do(store: Store, wall: Wall) -> None:
    channel, _ = store.channels.begin("One", "udp://host:1234")

    def found(defect: str) -> ChannelEvent:
        return ChannelEvent(ChannelEventKind.FINDING, NOW, "", 1.0, None, defect, "issue")

    def update(*events: ChannelEvent) -> tuple[int, ...]:
        return store.channels.update(channel.id, ChannelState.LIVE, ChannelFigures(), events)

    def shown() -> list[str]:
        (line,) = wall.look().lines.values()
        return [event.defect + ("+" if event.clip else "") for event in line.findings]

    assert shown() == []
    update(*(found(d) for d in ("black", "freeze", "silence", "hum")))
    assert shown() == ["hum", "silence", "freeze"]
    (number,) = update(found("blur"))
    assert shown() == ["blur", "hum", "silence"]
    store.channels.complete(
        number, replace(found("blur"), clip="/ring/1.ts", end_s=2.0, channel=channel.id)
    )
    assert shown() == ["blur+", "hum", "silence"]
    # Another wall, as after a start, sees the same.
    assert [e.defect for e in Wall(store).look().lines[channel.id].findings] == [
        "blur",
        "hum",
        "silence",
    ]


def test_state_began_with_the_last_turn_not_with_the_last_finding(store: Store, wall: Wall) -> None:
    kind = ChannelEventKind
    events = (
        MadeEvent(kind.STARTED, 900),
        MadeEvent(kind.CAUGHT_UP, 300),
        MadeEvent(kind.FINDING, 10, defect="black"),
    )
    now = datetime.now(UTC)
    put_channels(path_of(store), [MadeChannel("One", events=events)], now)
    (line,) = wall.look().lines.values()
    assert (now - line.since).total_seconds() == pytest.approx(300)


def test_lines_come_a_page_at_a_time(store: Store, wall: Wall) -> None:
    put_channels(path_of(store), [MadeChannel(f"Channel {n:04}") for n in range(200)])
    look = wall.look(seen=["c150", "nobody"])
    assert len(look.keys) == 200
    assert len(look.lines) == 61
    assert "c150" in look.lines
    assert wall.lines(["c199"])["c199"].channel.name == "Channel 0199"


def test_events_of_a_channel_are_listed_newest_first_or_findings_alone(
    store: Store, wall: Wall
) -> None:
    put_channels(path_of(store), newsroom())
    all_of_it = wall.events("c0", 100)
    assert [event.number for event in all_of_it] == sorted(
        (event.number for event in all_of_it), reverse=True
    )
    assert len(wall.events("c0", 2)) == 2
    findings = wall.events("c0", 100, findings_only=True)
    assert [event.defect for event in findings] == ["silence", "block_corruption", "freeze"]


def test_command_lists_the_same(tmp_path: Path) -> None:
    where = tmp_path / "s.db"
    Store.open(where).close()
    empty = CliRunner().invoke(app, ["channels", "--store", str(where)])
    assert "onglass monitor" in empty.stdout
    put_channels(where, newsroom())
    told = CliRunner().invoke(app, ["channels", "parliament", "--json", "--store", str(where)])
    (channel,) = json.loads(told.stdout)["channels"]
    assert (channel["name"], channel["state"]) == ("Parliament", "silent")
    assert channel["findings"][0]["defect"] == "black"
    assert channel["figures"]["coverage"] == 1.0
    table = CliRunner().invoke(app, ["channels", "--state", "behind", "--store", str(where)])
    assert "Documentary" in table.stdout
    assert "62%" in table.stdout
    assert "Sports" not in table.stdout
