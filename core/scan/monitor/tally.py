"""What is counted of one channel: coverage, latency, rates, gaps."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.domain.channel import ChannelFigures

_COVERAGE_S = 3600.0
_RATE_S = 10.0
_MOST_LATENCIES = 7500
_MOST_ARRIVALS = 4096


@dataclass(frozen=True, slots=True)
class _Part:
    """Wall seconds of the stream that were looked at in one way."""

    end: float
    seconds: float
    full: bool


class Tally:
    """Counts; receiving and analysing both tell it, anybody may read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._parts: deque[_Part] = deque()
        self._latencies: deque[float] = deque(maxlen=_MOST_LATENCIES)
        self._arrivals: deque[tuple[float, float]] = deque(maxlen=_MOST_ARRIVALS)
        self._rates: deque[tuple[float, int, int]] = deque()
        self.bytes = self.pictures = self.packets = self.corrupt = 0
        self.received_s = self.analysed_s = self.gap_s = 0.0
        self.gaps = self.reconnects = self.findings = self.alerts_lost = 0
        self.by_kind: Counter[tuple[str, str]] = Counter()

    def received(self, arrived: float, size: int, picture: bool, corrupt: bool) -> None:
        """A packet came."""
        with self._lock:
            self.packets += 1
            self.bytes += size
            self.pictures += picture
            self.corrupt += corrupt
            self._rates.append((arrived, size, int(picture)))
            while self._rates and arrived - self._rates[0][0] > _RATE_S:
                self._rates.popleft()

    def arrival(self, at_s: float, arrived: float) -> None:
        """A picture or block of a time of the stream is about to be looked at."""
        with self._lock:
            self._arrivals.append((at_s, arrived))

    def decided(self, reached_s: float, now: float) -> None:
        """Everything up to a time of the stream is decided."""
        with self._lock:
            while self._arrivals and self._arrivals[0][0] <= reached_s:
                self._latencies.append(now - self._arrivals.popleft()[1])

    def anew(self) -> None:
        """The stream's clock begins anew."""
        with self._lock:
            self._arrivals.clear()

    def covered(self, now: float, seconds: float, full: bool) -> None:
        """Seconds of the stream were looked at, by all detectors or by some."""
        with self._lock:
            self.received_s += seconds
            self.analysed_s += seconds * full
            self._add(_Part(now, seconds, full))

    def found(self, detector: str, severity: str) -> None:
        """A finding was told."""
        with self._lock:
            self.findings += 1
            self.by_kind[detector, severity] += 1

    def missed(self, now: float, seconds: float, count: bool = True) -> None:
        """Seconds of the stream were not looked at."""
        with self._lock:
            self.gaps += count
            self.gap_s += seconds
            self._add(_Part(now, seconds, full=False))

    def _add(self, part: _Part) -> None:
        self._parts.append(part)
        while self._parts and part.end - self._parts[0].end > _COVERAGE_S:
            self._parts.popleft()
        if len(self._parts) > 1 and self._parts[-2].full == part.full:
            before = self._parts[-2]
            if part.end - before.end < 1.0 and before.seconds < 10.0:
                self._parts.pop()
                self._parts[-1] = _Part(before.end, before.seconds + part.seconds, part.full)

    def figures(
        self,
        now: float,
        level: str,
        detectors: tuple[str, ...],
        left_out: Mapping[str, str],
        lag_s: float,
        ring_bytes: int,
        note: str,
    ) -> ChannelFigures:
        """All of it as a value."""
        with self._lock:
            total = sum(part.seconds for part in self._parts)
            full = sum(part.seconds for part in self._parts if part.full)
            late = np.array(self._latencies or [0.0])
            recent = [rate for rate in self._rates if now - rate[0] <= _RATE_S]
            over = max(now - recent[0][0], 1.0) if recent else 1.0
            return ChannelFigures(
                coverage=round(full / total, 4) if total else 0.0,
                level=level,
                detectors=detectors,
                left_out=dict(left_out),
                lag_s=round(lag_s, 2),
                latency_p50_s=round(float(np.percentile(late, 50)), 3),
                latency_p99_s=round(float(np.percentile(late, 99)), 3),
                frames_per_s=round(sum(r[2] for r in recent) / over, 2),
                kilobits_per_s=round(sum(r[1] for r in recent) * 8 / 1000 / over, 1),
                received_s=round(self.received_s, 1),
                analysed_s=round(self.analysed_s, 1),
                gaps=self.gaps,
                gap_s=round(self.gap_s, 1),
                reconnects=self.reconnects,
                findings=self.findings,
                ring_bytes=ring_bytes,
                note=note,
            )
