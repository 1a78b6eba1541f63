"""Channels from the network to the store: findings with clips, outages, and nothing secret."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

import pytest
from helpers.clip import make_clip
from helpers.live_server import HlsServer, Piece, UdpSender, cut, free_udp_port

from core.domain.channel import (
    ChannelEvent,
    ChannelEventKind,
    ChannelFigures,
    ChannelState,
)
from core.media.live.ring import RingLimits
from core.scan.monitor.alert import Alert
from core.scan.monitor.channel import ChannelPlan
from core.scan.monitor.service import Monitor
from core.store.store import Store

DETECTORS = ("black", "freeze")
PATIENCE_S = 60.0
SMALL = RingLimits(segment_s=1.0, free_bytes=0)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Black from 1 to 2 s."""
    return make_clip(tmp_path_factory.mktemp("live") / "a.ts", 6.0).path


@pytest.fixture(scope="module")
def pieces(recording: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Piece]:
    return cut(recording, tmp_path_factory.mktemp("pieces"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


class Heard:
    """What a monitor told, and waiting for it."""

    def __init__(self) -> None:
        self.events: list[ChannelEvent] = []
        self._changed = threading.Condition()

    def __call__(self, _channel: str, event: ChannelEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait(self, wanted: Callable[[ChannelEvent], bool]) -> ChannelEvent:
        with self._changed:
            done = self._changed.wait_for(lambda: any(map(wanted, self.events)), PATIENCE_S)
            assert done, self.events
            return next(filter(wanted, self.events))


def clipped(event: ChannelEvent) -> bool:
    return event.defect == "black" and bool(event.clip)


def outage(event: ChannelEvent) -> bool:
    return event.kind is ChannelEventKind.GAP and event.sentence.startswith("Nothing was seen")


def of(kind: ChannelEventKind) -> Callable[[ChannelEvent], bool]:
    return lambda event: event.kind is kind


def test_udp_stream_gives_a_finding_whose_clip_is_a_title_with_the_finding(
    tmp_path: Path, recording: Path, store: Store
) -> None:
    port = free_udp_port()
    sender = UdpSender(recording, 6.0, port, pace=2.0)
    heard = Heard()
    plan = ChannelPlan(
        "News", f"udp://127.0.0.1:{port}", detectors=DETECTORS, ring=tmp_path / "r", limits=SMALL
    )
    monitor = Monitor([plan], store, metrics_port=0, told=heard)
    try:
        monitor.start()
        event = heard.wait(clipped)
        address = f"http://127.0.0.1:{monitor.metrics_port}/metrics"
        with urlopen(address, timeout=10) as answer:
            figures = answer.read().decode()
    finally:
        monitor.close()
        sender.close()
    assert 'onglass_findings_total{channel="News",detector="black",severity="' in figures
    assert Path(event.clip).is_file()
    title = store.titles.get(event.fingerprint)
    assert title is not None
    findings = [f for f in store.findings.of(event.run) if f.detector == "black"]
    assert findings
    assert findings[0].span.duration_s == pytest.approx(1.0, abs=0.09)
    assert {t.detector for t in store.tracks.load(event.run)} >= {"black"}
    (channel,) = store.channels.all()
    assert channel.state is ChannelState.STOPPED
    kept = next(e for e in store.channels.events(channel.id) if clipped(e) and e.run == event.run)
    assert kept.clip == event.clip
    assert kept.start_s is not None
    assert abs(kept.start_s - time.time()) < 600


def test_hls_that_goes_away_is_a_gap_and_comes_back(
    tmp_path: Path, pieces: list[Piece], store: Store
) -> None:
    server = HlsServer(pieces)
    port, began = server.port, server.began
    heard = Heard()
    alerts: list[Alert] = []

    class Receiver:
        title = "A receiver"

        def send(self, alert: Alert) -> None:
            alerts.append(alert)

    plan = ChannelPlan("News", server.url, detectors=("black",), timeout_s=4.0)
    monitor = Monitor([plan], store, [Receiver()], told=heard)
    try:
        monitor.start()
        heard.wait(of(ChannelEventKind.FINDING))
        server.close()
        heard.wait(lambda event: outage(event) and event.end_s is None)
        server = HlsServer(pieces, port, began)
        heard.wait(of(ChannelEventKind.RECONNECTED))
    finally:
        monitor.close()
        server.close()
    # A machine under load may miss more of the playlist.
    gaps = list(filter(outage, store.channels.events(kinds=[ChannelEventKind.GAP])))
    assert gaps
    assert all(gap.end_s and gap.start_s and gap.end_s > gap.start_s for gap in gaps)
    (channel,) = store.channels.all()
    assert channel.figures.gaps >= 1
    assert channel.figures.coverage < 1.0
    assert channel.figures.reconnects >= 1
    outages = [alert.state for alert in alerts if alert.kind == "gap"]
    assert outages[:2] == ["opened", "closed"]
    everything = " ".join(str(alert) for alert in alerts) + str(store.channels.events())
    assert "secret" not in everything + channel.url
    assert "abc" not in everything + channel.url


def test_monitor_that_was_killed_tells_the_time_that_nobody_saw(
    tmp_path: Path, store: Store
) -> None:
    before, _ = store.channels.begin("News", "udp://127.0.0.1:9")
    store.channels.update(before.id, ChannelState.LIVE, ChannelFigures(findings=3))
    left = store.channels.get(before.id)
    assert left is not None
    heard = Heard()
    plan = ChannelPlan("News", "nosuch://127.0.0.1:9", detectors=("black",))
    monitor = Monitor([plan], store, told=heard)
    monitor.start()
    monitor.run(PATIENCE_S)
    monitor.close()
    (gap,) = store.channels.events(before.id, kinds=[ChannelEventKind.GAP])
    assert gap.start_s == pytest.approx(left.heartbeat.timestamp())
    assert gap.end_s is not None
    assert datetime.now(UTC) - datetime.fromtimestamp(gap.end_s, UTC) < timedelta(minutes=5)


def test_source_that_can_never_be_opened_fails_with_a_sentence(store: Store) -> None:
    monitor = Monitor([ChannelPlan("x", "nosuch://host", detectors=("black",))], store)
    monitor.start()
    monitor.run(PATIENCE_S)
    monitor.close()
    (channel,) = store.channels.all()
    assert channel.state is ChannelState.FAILED
    assert "no stream that can be watched" in channel.figures.note
    (event,) = store.channels.events(kinds=[ChannelEventKind.FAILED])
    assert event.sentence == channel.figures.note
