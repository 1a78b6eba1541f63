"""`onglass channels`: the wall of channels, for scripts and at a glance."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from core.cli.output import StoreOption, report_console, where_store, write_json
from core.domain.channel import ChannelEvent
from core.review.channel import ChannelLine, Wall, WallQuery, WallState
from core.store.store import Store

StateName = StrEnum("StateName", {state.name: state.value for state in WallState})  # type: ignore[misc]


def channels(
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD]…", help="Words in name or address.")
    ] = None,
    state: Annotated[
        list[StateName] | None, typer.Option("--state", help="Only channels in this state.")
    ] = None,
    store: StoreOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """List watched channels: how they stand, what is analysed, what was found last.

    A channel whose monitor gives no sign of life is silent, whatever it said before.
    """
    states = frozenset(WallState(str(name)) for name in state or ())
    with Store.open(where_store(store), read_only=True, create=False) as opened:
        wall = Wall(opened)
        look = wall.look(WallQuery(" ".join(text or ()), states))
        lines = wall.lines(look.keys)
    found = [lines[key] for key in look.keys if key in lines]
    if as_json:
        write_json({"channels": [_document(line) for line in found]})
        return
    table = Table("Channel", "State", "Since", "Analysed", "Latency", "Gaps", "Last flag")
    now = datetime.now(UTC)
    for line in found:
        table.add_row(*_cells(line, now))
    report_console().print(table)
    if not look.total:
        report_console().print("No channel is watched yet; `onglass monitor URL` starts one.")


def _document(line: ChannelLine) -> dict[str, Any]:
    channel = line.channel
    return {
        "id": channel.id,
        "name": channel.name,
        "url": channel.url,
        "state": str(line.state),
        "since": line.since.isoformat(),
        "started": channel.started.isoformat(),
        "heartbeat": channel.heartbeat.isoformat(),
        "figures": {**asdict(channel.figures), "left_out": dict(channel.figures.left_out)},
        "findings": [_event(event) for event in line.findings],
    }


def _event(event: ChannelEvent) -> dict[str, Any]:
    return {**asdict(event), "kind": str(event.kind), "at": event.at.isoformat()}


def _cells(line: ChannelLine, now: datetime) -> tuple[str, ...]:
    figures = line.channel.figures
    known = figures.received_s > 0 and line.state is not WallState.SILENT
    last = line.findings[0] if line.findings else None
    return (
        escape(line.channel.name),
        str(line.state),
        f"{line.since.astimezone():%Y-%m-%d %H:%M:%S}",
        f"{figures.coverage:.0%}" if known else "–",
        f"{figures.latency_p99_s:.1f} s" if known and figures.latency_p99_s else "–",
        f"{figures.gaps} ({figures.gap_s:.0f} s)" if figures.gaps else "0",
        "–" if last is None else f"{last.defect}, {_ago(now, last.at)} ago",
    )


def _ago(now: datetime, at: datetime) -> str:
    seconds = max((now - at).total_seconds(), 0.0)
    for unit, scale in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= scale:
            return f"{seconds // scale:.0f} {unit}"
    return f"{seconds:.0f} s"
