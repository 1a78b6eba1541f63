"""Several channels in one process, with their clerk, alerts and figures."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from core.domain.channel import ChannelEvent, ChannelEventKind
from core.domain.errors import KnownError
from core.media.live.source import LiveSource, live_source
from core.scan.monitor.alert import Alert, AlertDesk, Receiver
from core.scan.monitor.channel import ChannelPlan, Watcher
from core.scan.monitor.clerk import Clerk
from core.scan.monitor.exposition import LOOPBACK, Exposition
from core.store.store import Store

_TICK_S = 0.2
_ALERT_FAILED_PAUSE_S = 60.0


class Monitor:
    """Watches channels from `start` to `close`.

    Args:
        plans: The channels; names differ.
        store: Where states, events and findings go.
        receivers: Who is told of findings and outages.
        metrics_port: Where figures are served; None for nowhere, 0 lets the system choose.
        metrics_address: Who may ask for them.
        told: Hears each event, with the channel's name; not from the caller's thread.
        source: Finds out how to open a URL.

    Raises:
        KnownError: A plan makes no sense, the store cannot be written, or the port is taken.
    """

    def __init__(
        self,
        plans: Sequence[ChannelPlan],
        store: Store,
        receivers: Sequence[Receiver] = (),
        metrics_port: int | None = None,
        metrics_address: str = LOOPBACK,
        told: Callable[[str, ChannelEvent], None] = lambda channel, event: None,
        source: Callable[[str, float], LiveSource] = live_source,
    ) -> None:
        self._names: dict[str, str] = {}
        self._complained: dict[str, float] = {}
        self.clerk = Clerk(store, lambda channel, event: told(self._names[channel], event))
        self.watchers: list[Watcher] = []
        self._alerts: AlertDesk | None = None
        self._exposition: Exposition | None = None
        self._stop = threading.Event()
        for plan in plans:
            self._enroll(plan, store, source)
        if metrics_port is not None:
            self._exposition = Exposition(self.watchers, metrics_port, metrics_address)
        if receivers:
            self._alerts = AlertDesk(receivers, self._alert_failed)

    @property
    def metrics_port(self) -> int | None:
        """Where figures are served."""
        return None if self._exposition is None else self._exposition.port

    def start(self) -> None:
        """Begin to watch."""
        self.clerk.start()
        for watcher in self.watchers:
            watcher.start()

    def run(self, seconds: float | None = None) -> None:
        """Watch until it is stopped, all channels have ended, or the time is over."""
        give_up = None if seconds is None else time.monotonic() + seconds
        while not self._stop.wait(_TICK_S):
            if give_up is not None and time.monotonic() >= give_up:
                return
            if all(watcher.ended for watcher in self.watchers):
                return

    def stop(self) -> None:
        """Have `run` return; may be called from anywhere, also from a signal's handler."""
        self._stop.set()

    def close(self) -> None:
        """Analyse what waits, write all down, and end."""
        for watcher in self.watchers:
            watcher.stop()
        for watcher in self.watchers:
            watcher.join()
        if self._alerts is not None:
            self._alerts.close()
        self.clerk.close()
        if self._exposition is not None:
            self._exposition.close()

    def _enroll(
        self, plan: ChannelPlan, store: Store, source: Callable[[str, float], LiveSource]
    ) -> None:
        channel, before = store.channels.begin(plan.name, plan.url)
        self._names[channel.id] = plan.name
        watcher = Watcher(plan, channel.id, self.clerk, self._submit, source)
        self.watchers.append(watcher)
        self.clerk.enroll(channel.id, watcher.report)
        if before is not None and before.state.is_watched:
            now = datetime.now(UTC)
            sentence = "Nothing was seen. The monitor was cut off and has been started again."
            self.clerk.post(
                channel.id,
                ChannelEvent(
                    ChannelEventKind.GAP,
                    now,
                    sentence,
                    before.heartbeat.timestamp(),
                    now.timestamp(),
                ),
            )

    def _submit(self, alert: Alert) -> None:
        if self._alerts is not None:
            self._alerts.submit(alert)

    def _alert_failed(self, name: str, sentence: str) -> None:
        """Written down once a minute and channel: an outage of a receiver is one event."""
        now = time.monotonic()
        if now - self._complained.get(name, float("-inf")) < _ALERT_FAILED_PAUSE_S:
            return
        self._complained[name] = now
        for watcher in self.watchers:
            if watcher.name == name:
                watcher.post(ChannelEventKind.ALERT_FAILED, sentence)


def ring_folder(root: Path, name: str) -> Path:
    """The folder of a channel's ring below the one that was named; two names never share one."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:48]
    return root / f"{plain or 'channel'}-{sha256(name.encode()).hexdigest()[:8]}"


def duration_s(text: str) -> float:
    """Seconds that `90`, `90s`, `15m`, `4h` or `2d` name.

    Raises:
        KnownError: It is no duration.
    """
    match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)([smhd]?)", text.strip())
    if match is None:
        raise KnownError(f"{text} is no duration; write 90s, 15m, 4h or 2d.")
    return float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}[match[2]]
