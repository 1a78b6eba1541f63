"""`onglass monitor`: watches streams that do not end."""

from __future__ import annotations

import json
import signal
import sys
import threading
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from core.catalog.profile_file import load_profile
from core.cli.output import ProfileOption, StoreOption, progress_console, where_store
from core.domain.channel import ChannelEvent
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.media.live.ring import RingLimits
from core.scan.monitor.alert import Command, Receiver, Syslog, Webhook
from core.scan.monitor.channel import ChannelPlan
from core.scan.monitor.config import ChannelEntry, name_of, read_channels, unique
from core.scan.monitor.exposition import LOOPBACK
from core.scan.monitor.service import Monitor, duration_s, ring_folder
from core.store.store import Store


def monitor(
    urls: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[URL]...",
            help="Streams: http(s) (HLS), rtsp, rtmp, udp, rtp, srt, device:NAME, screen:.",
        ),
    ] = None,
    name: Annotated[
        str, typer.Option("--name", help="What people call the channel, when there is one.")
    ] = "",
    profile: ProfileOption = "",
    detectors: Annotated[
        str, typer.Option("--detectors", help="Only these, with commas between.")
    ] = "",
    store: StoreOption = "",
    ring: Annotated[
        Path | None,
        typer.Option(
            "--ring", help="Folder that keeps the last hours, so that findings have clips."
        ),
    ] = None,
    keep: Annotated[
        float, typer.Option("--keep", help="Hours that the ring keeps.", min=0.01)
    ] = 2.0,
    keep_gb: Annotated[
        float, typer.Option("--keep-gb", help="Most that a channel's ring takes.", min=0.01)
    ] = 50.0,
    webhook: Annotated[
        list[str] | None, typer.Option("--webhook", help="POST alerts to this URL as JSON.")
    ] = None,
    syslog: Annotated[
        list[str] | None,
        typer.Option("--syslog", metavar="HOST[:PORT]", help="Send alerts there (RFC 5424, UDP)."),
    ] = None,
    command: Annotated[
        list[str] | None,
        typer.Option(
            "--command",
            help="Start a program for each alert, such as 'notify-send {channel} {sentence}'; no "
            "shell is used.",
        ),
    ] = None,
    alert_from: Annotated[
        Severity, typer.Option("--alert-from", help="Findings of this severity or worse alert.")
    ] = Severity.ISSUE,
    metrics_port: Annotated[
        int | None,
        typer.Option("--metrics-port", help="Serve figures for Prometheus.", min=0, max=65535),
    ] = None,
    metrics_address: Annotated[
        str, typer.Option("--metrics-address", help="Who may ask for them.")
    ] = LOOPBACK,
    config: Annotated[
        Path | None, typer.Option("--config", help="TOML file that names channels.")
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", help="Seconds that a stream may say nothing.", min=0.5)
    ] = 10.0,
    lasts: Annotated[
        str, typer.Option("--for", metavar="DURATION", help="End after 90s, 15m, 4h or 2d.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Write each event as a line of JSON.")
    ] = False,
) -> None:
    """Watch streams, keep what is broken in the store, and tell those who should know."""
    entries = _entries(urls or [], name, config)
    wanted = tuple(filter(None, (part.strip() for part in detectors.split(","))))
    limits = RingLimits(keep_s=keep * 3600, keep_bytes=int(keep_gb * (1 << 30)))
    plans = [_plan(entry, profile, wanted, ring, limits, timeout, alert_from) for entry in entries]
    receivers: list[Receiver] = [
        *map(Webhook, webhook or ()),
        *map(Syslog, syslog or ()),
        *map(Command, command or ()),
    ]
    seconds = duration_s(lasts) if lasts else None
    printer = _Printer(as_json)
    with Store.open(where_store(store)) as opened:
        service = Monitor(plans, opened, receivers, metrics_port, metrics_address, printer.event)
        if service.metrics_port is not None:
            where = f"http://{metrics_address}:{service.metrics_port}/metrics"
            progress_console().print(f"Figures for Prometheus: {where}")
        _run(service, seconds)
        printer.summary(service)


def _run(service: Monitor, seconds: float | None) -> None:
    """Watch; the first signal to end is obeyed in order, what waits is still analysed."""
    kept: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for number in map(int, (signal.SIGINT, signal.SIGTERM)):
            kept[number] = signal.signal(number, lambda _number, _frame: service.stop())
    try:
        service.start()
        service.run(seconds)
    finally:
        service.close()
        for number, handler in kept.items():
            signal.signal(number, handler)


def _entries(urls: list[str], name: str, config: Path | None) -> tuple[ChannelEntry, ...]:
    if name and len(urls) != 1:
        raise typer.BadParameter("--name goes with one URL; name several in a file (--config).")
    found = list(read_channels(config)) if config is not None else []
    found += [ChannelEntry(name or name_of(url), url) for url in urls]
    if not found:
        raise typer.BadParameter("name a URL, or a file of channels with --config.")
    return unique(found)


def _plan(
    entry: ChannelEntry,
    profile: str,
    detectors: tuple[str, ...],
    ring: Path | None,
    limits: RingLimits,
    timeout_s: float,
    alert_from: Severity,
) -> ChannelPlan:
    named = entry.profile or profile
    return ChannelPlan(
        entry.name,
        entry.url,
        load_profile(named) if named else DEFAULT_PROFILE,
        entry.detectors or detectors,
        None if ring is None else ring_folder(ring, entry.name),
        limits,
        timeout_s,
        alert_from,
    )


class _Printer:
    """Writes events to standard output as they are kept."""

    def __init__(self, as_json: bool) -> None:
        self._as_json = as_json

    def event(self, channel: str, event: ChannelEvent) -> None:
        """One line an event; a clip is a line of its own."""
        if self._as_json:
            document = asdict(event) | {"channel": channel, "at": event.at.isoformat()}
            del document["number"]
            line = json.dumps(document)
        else:
            clock = datetime.fromtimestamp(event.start_s or event.at.timestamp(), UTC)
            kind = f"{event.defect or event.kind} {event.severity}".strip()
            tail = f" Clip: {event.clip}" if event.clip else ""
            line = f"{clock:%H:%M:%S} {channel}: {kind}: {event.sentence}{tail}"
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def summary(self, service: Monitor) -> None:
        """How it ended, for people; a channel that failed makes the command fail.

        Raises:
            KnownError: A channel could not be watched.
        """
        failed = []
        for watcher in service.watchers:
            state, figures = watcher.report()
            progress_console().print(
                f"{watcher.name}: {state}, {figures.received_s:.0f} s seen, "
                f"{figures.coverage:.1%} of it by all detectors, {figures.findings} findings, "
                f"{figures.gaps} gaps ({figures.gap_s:.1f} s), decided after "
                f"{figures.latency_p50_s:.2f} s (median), {figures.latency_p99_s:.2f} s (p99).",
                markup=False,
                highlight=False,
            )
            if state.value == "failed":
                failed.append(figures.note)
        if failed:
            raise KnownError(failed[0], "\n".join(failed[1:]))
