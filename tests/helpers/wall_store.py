"""Channels in a store, as monitors would leave them: for tests, the bench and a picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.domain.channel import ChannelEventKind, ChannelFigures, ChannelState
from core.store.database import connect_sqlite


@dataclass(frozen=True, slots=True)
class MadeEvent:
    """An event, some seconds ago."""

    kind: ChannelEventKind
    ago_s: float
    sentence: str = ""
    length_s: float = 0.0
    defect: str = ""
    severity: str = ""
    fingerprint: str = ""
    run: str = ""
    clip: str = ""


@dataclass(frozen=True, slots=True)
class MadeChannel:
    """A channel, with its signs of life some seconds ago."""

    name: str
    state: ChannelState = ChannelState.LIVE
    heard_s: float = 1.0
    started_s: float = 7200.0
    url: str = "https://live.example/channel.m3u8"
    figures: ChannelFigures = field(
        default_factory=lambda: ChannelFigures(
            coverage=1.0, level="full", latency_p99_s=2.1, received_s=3600.0, analysed_s=3600.0
        )
    )
    events: tuple[MadeEvent, ...] = ()


def put_channels(path: Path, channels: Sequence[MadeChannel], now: datetime | None = None) -> None:
    """Enter channels and their events into a store that exists; ids are `c0`, `c1`, …"""
    moment = now or datetime.now(UTC)

    def ago(seconds: float) -> str:
        return (moment - timedelta(seconds=seconds)).isoformat(timespec="microseconds")

    rows, events = [], []
    for number, made in enumerate(channels):
        key = f"c{number}"
        figures = json.dumps(asdict(made.figures))
        times = (ago(made.started_s), ago(made.heard_s))
        rows.append((key, made.name, made.url, str(made.state), figures, *times, "worker"))
        for event in made.events:
            start = moment.timestamp() - event.ago_s
            end = start + event.length_s if event.length_s else None
            told = (event.sentence, event.defect, event.severity, event.fingerprint)
            kept = (*told, event.run, event.clip)
            events.append((key, ago(event.ago_s), str(event.kind), start, end, *kept))
    with closing(connect_sqlite(path)) as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO channels (id, name, url, state, document, started, heartbeat, worker)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        connection.executemany(
            "INSERT INTO channel_events (channel, at, kind, start_s, end_s, sentence, defect,"
            " severity, fingerprint, run, clip) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            sorted(events, key=lambda row: row[1]),
        )
        connection.execute("COMMIT")


def beat(path: Path, keys: Sequence[str]) -> None:
    """Have monitors give a sign of life."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    with closing(connect_sqlite(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "UPDATE channels SET heartbeat = ? WHERE id = ?", [(now, key) for key in keys]
        )
        connection.execute("COMMIT")


def newsroom() -> tuple[MadeChannel, ...]:
    """A dozen channels of all states, as a picture shows them."""
    kind, state = ChannelEventKind, ChannelState

    def figures(coverage: float, late_s: float, gaps: int = 0, **more: object) -> ChannelFigures:
        plain = {"received_s": 3600.0, "analysed_s": 3600 * coverage, "level": "full"}
        known = {"gaps": gaps, "gap_s": 4.0 * gaps, "latency_p99_s": late_s, "coverage": coverage}
        return ChannelFigures(**{**plain, **known, **more})  # type: ignore[arg-type]

    def found(defect: str, severity: str, ago_s: float, length_s: float) -> MadeEvent:
        clip = f"/ring/{defect}-{ago_s:.0f}.ts"
        return MadeEvent(kind.FINDING, ago_s, "", length_s, defect, severity, "f" * 32, "run", clip)

    gap = MadeEvent(kind.GAP, 1500, "Nothing was received.", 4.0)
    started = MadeEvent(kind.STARTED, 7200, "The monitor began.")
    again = MadeEvent(kind.RECONNECTED, 1490, "The stream was opened again.")
    calm = tuple(
        MadeChannel(name, figures=figures(1.0, 1.6 + n / 10), events=(started,))
        for n, name in enumerate(("City 24", "Film Classics", "Kids", "Music One", "Regional 3"))
    )
    return (
        MadeChannel(
            "Sports HD",
            figures=figures(0.998, 2.4, 2),
            events=(
                started, gap, again,
                found("freeze", "blocker", 940, 6.2),
                found("block_corruption", "issue", 312, 1.4),
                found("silence", "issue", 42, 3.0),
            ),
        ),
        MadeChannel("News", figures=figures(1.0, 1.9), events=(started, gap, again)),
        MadeChannel(
            "Documentary", state.BEHIND, figures=figures(0.62, 31.0, level="light"),
            events=(started, MadeEvent(kind.BEHIND, 200, "Every second frame is analysed.")),
        ),
        MadeChannel(
            "Cinema 2", state.RECONNECTING, figures=figures(0.91, 2.2, 7),
            events=(started, MadeEvent(kind.GAP, 25, "The server closed the connection.")),
        ),
        MadeChannel("Parliament", state.LIVE, heard_s=400, figures=figures(1.0, 2.0),
                    events=(started, found("black", "fyi", 3000, 2.0))),
        MadeChannel(
            "Shopping", state.FAILED, heard_s=900,
            figures=figures(0.4, 0.0, note="The address answers with 403, forbidden."),
            events=(started, MadeEvent(kind.FAILED, 900, "The address answers with 403.")),
        ),
        MadeChannel("Weather", state.STARTING, figures=ChannelFigures(), started_s=6),
        *calm,
    )  # fmt: skip
