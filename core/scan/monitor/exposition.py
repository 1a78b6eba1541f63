"""The monitor's figures for Prometheus, on loopback unless another address is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Thread
from typing import Any, Protocol

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from core.domain.channel import ChannelFigures, ChannelState
from core.domain.errors import KnownError
from core.scan.monitor.tally import Tally

LOOPBACK = "127.0.0.1"
_GAUGES = {
    "coverage": "Share of the last hour that all detectors looked at",
    "lag_s": "Age of the oldest packet that was not looked at, seconds",
    "latency_p50_s": "Median of packet arrival to decision, seconds",
    "latency_p99_s": "99th percentile of packet arrival to decision, seconds",
    "frames_per_s": "Pictures received a second",
    "kilobits_per_s": "Received, kbit/s",
    "ring_bytes": "Size of the ring on the disk",
}
_COUNTERS = {
    "received_s": "Stream time looked at, seconds",
    "analysed_s": "Stream time that all detectors looked at, seconds",
    "gaps": "Stretches that were not seen",
    "gap_s": "How long they were together, seconds",
    "reconnects": "Times that the stream was opened again",
}


class Watched(Protocol):
    """A channel whose figures are exposed."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def tally(self) -> Tally:
        """What was counted."""

    def report(self) -> tuple[ChannelState, ChannelFigures]:
        """How it stands."""


class Figures(Collector):
    """Reads the channels whenever somebody asks.

    Args:
        channels: All of them.
    """

    def __init__(self, channels: Sequence[Watched]) -> None:
        self._channels = channels

    def collect(self) -> Iterator[Metric]:
        """All figures of all channels."""
        reports = [(channel, *channel.report()) for channel in self._channels]
        state = GaugeMetricFamily(
            "onglass_channel_state", "1 for the state it is in", labels=["channel", "state"]
        )
        for channel, now, _ in reports:
            for other in ChannelState:
                state.add_metric([channel.name, str(other)], float(other is now))
        yield state
        for field, text in _GAUGES.items():
            gauge = GaugeMetricFamily(f"onglass_{_named(field)}", text, labels=["channel"])
            for channel, _, figures in reports:
                gauge.add_metric([channel.name], float(getattr(figures, field)))
            yield gauge
        for field, text in _COUNTERS.items():
            counter = CounterMetricFamily(f"onglass_{_named(field)}", text, labels=["channel"])
            for channel, _, figures in reports:
                counter.add_metric([channel.name], float(getattr(figures, field)))
            yield counter
        yield from self._counted()

    def _counted(self) -> Iterator[Metric]:
        found = CounterMetricFamily(
            "onglass_findings", "Findings told", labels=["channel", "detector", "severity"]
        )
        packets = CounterMetricFamily("onglass_packets", "Packets received", labels=["channel"])
        corrupt = CounterMetricFamily(
            "onglass_corrupt_packets",
            "Packets that the container calls damaged",
            labels=["channel"],
        )
        for channel in self._channels:
            for (detector, severity), number in sorted(channel.tally.by_kind.copy().items()):
                found.add_metric([channel.name, detector, severity], number)
            packets.add_metric([channel.name], channel.tally.packets)
            corrupt.add_metric([channel.name], channel.tally.corrupt)
        yield from (found, packets, corrupt)


class Exposition:
    """Serves the figures over HTTP until it is closed.

    Args:
        channels: All of them.
        port: 0 lets the system choose.
        address: Who may ask; loopback is this machine alone.

    Raises:
        KnownError: The port is taken.
    """

    def __init__(self, channels: Sequence[Watched], port: int, address: str = LOOPBACK) -> None:
        registry = CollectorRegistry()
        registry.register(Figures(channels))
        try:
            self._server: Any
            self._thread: Thread
            self._server, self._thread = start_http_server(port, address, registry)
        except (OSError, OverflowError) as error:
            raise KnownError(
                f"The figures cannot be served at {address}:{port}; name another port.", str(error)
            ) from error
        self.port = int(self._server.server_address[1])

    def close(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _named(field: str) -> str:
    """Prometheus writes units out."""
    return f"{field[:-2]}_seconds" if field.endswith("_s") and "_per_" not in field else field
