"""One watched channel: a thread that receives and one that analyses.

Receiving never waits for anything but the network: it writes the ring and fills the backlog.
Analysing works the backlog off. What was not seen is a gap with its times, never silence.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from core.catalog.spec import DetectorSpec
from core.domain.channel import (
    ChannelEvent,
    ChannelEventKind,
    ChannelFigures,
    ChannelState,
    masked,
)
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.media.live.reader import LiveReader, LostError
from core.media.live.ring import Ring, RingError, RingLimits
from core.media.live.source import LiveSource, UnsupportedSourceError, live_source
from core.scan.monitor.admission import AdmissionRule
from core.scan.monitor.alert import Alert
from core.scan.monitor.analyst import Analyst
from core.scan.monitor.backlog import Backlog, Begin, End
from core.scan.monitor.clerk import Clerk
from core.scan.monitor.level import watching
from core.scan.monitor.tally import Tally

_log = logging.getLogger(__name__)

_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 30.0
_RING_PAUSE_S = 10.0
_STEADY_S = 60.0


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """How a channel is watched.

    Attributes:
        name: What people call it.
        url: Where it comes from; may hold credentials.
        profile: What counts as a defect.
        detectors: Ids; empty means all that can watch a stream.
        ring: Folder of the ring of this channel, None for none.
        limits: How much the ring keeps.
        timeout_s: How long the peer may say nothing.
        alert_from: Findings of this severity or worse are told.
        admission: When less is analysed.
    """

    name: str
    url: str
    profile: Profile = DEFAULT_PROFILE
    detectors: tuple[str, ...] = ()
    ring: Path | None = None
    limits: RingLimits = field(default_factory=RingLimits)
    timeout_s: float = 10.0
    alert_from: Severity = Severity.ISSUE
    admission: AdmissionRule = field(default_factory=AdmissionRule)


class Watcher:
    """Watches one channel until it is stopped.

    Args:
        plan: What and how.
        channel: Id in the store.
        clerk: Writes what happens.
        alert: Takes alerts; returns at once.
        source: Finds out how to open a URL.

    Raises:
        KnownError: The detectors are unknown, or the ring's folder cannot be made.
    """

    def __init__(
        self,
        plan: ChannelPlan,
        channel: str,
        clerk: Clerk,
        alert: Callable[[Alert], None] = lambda alert: None,
        source: Callable[[str, float], LiveSource] = live_source,
    ) -> None:
        self.plan = plan
        self.channel = channel
        self._clerk = clerk
        self._source = source
        self._specs, self._left_out = watching(plan.profile, plan.detectors)
        self._ring = None if plan.ring is None else Ring(plan.ring, plan.limits)
        self.tally = Tally()
        self.backlog = Backlog()
        self._lock = threading.Lock()
        self._state = ChannelState.STARTING
        self._note = ""
        self._stop = threading.Event()
        self._received_all = threading.Event()
        self._ring_rests_until = 0.0
        self.analyst = Analyst(self, self._specs, self._ring, alert)
        self._threads = [
            threading.Thread(target=self._receive, name=f"monitor-read-{plan.name}"),
            threading.Thread(target=self._analyse, name=f"monitor-analyse-{plan.name}"),
        ]

    @property
    def name(self) -> str:
        """What people call it."""
        return self.plan.name

    @property
    def url(self) -> str:
        """Where it comes from."""
        return self.plan.url

    @property
    def profile(self) -> Profile:
        """What counts as a defect."""
        return self.plan.profile

    @property
    def alert_from(self) -> Severity:
        """Findings of this severity or worse are told."""
        return self.plan.alert_from

    @property
    def rule(self) -> AdmissionRule:
        """When less is analysed."""
        return self.plan.admission

    @property
    def clip_folder(self) -> Path | None:
        """Where clips go."""
        return self.plan.ring

    @property
    def specs(self) -> tuple[DetectorSpec, ...]:
        """The detectors at the level `full`."""
        return self._specs

    @property
    def state(self) -> ChannelState:
        """How it stands."""
        with self._lock:
            return self._state

    @property
    def stopping(self) -> bool:
        """The end was asked for."""
        return self._stop.is_set()

    def start(self) -> None:
        """Begin to receive and to analyse."""
        self.post(ChannelEventKind.STARTED, f"Watching of {self.plan.name} began.")
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask for the end; what waits is still analysed."""
        self._stop.set()

    def join(self) -> None:
        """Wait for the end."""
        for thread in self._threads:
            thread.join()

    @property
    def ended(self) -> bool:
        """Nothing is received or analysed any more."""
        return not any(thread.is_alive() for thread in self._threads)

    def report(self) -> tuple[ChannelState, ChannelFigures]:
        """How it stands, and what was measured."""
        with self._lock:
            state, note = self._state, self._note
        now = time.monotonic()
        figures = self.tally.figures(
            now,
            self.analyst.level.title,
            self.analyst.detectors,
            self._left_out,
            self.backlog.lag_s,
            0 if self._ring is None else self._ring.size,
            note,
        )
        return state, figures

    def become(self, state: ChannelState, note: str = "") -> None:
        """Take on a state; what has ended stays so."""
        with self._lock:
            if self._state.is_watched:
                self._state, self._note = state, note

    def post(
        self,
        kind: ChannelEventKind,
        sentence: str,
        start_s: float | None = None,
        end_s: float | None = None,
    ) -> int:
        """Have something written that happened now; the key to amend it with."""
        event = ChannelEvent(kind, datetime.now(UTC), sentence, start_s, end_s)
        return self.write(event)

    def write(self, event: ChannelEvent) -> int:
        """Have an event written."""
        return self._clerk.post(self.channel, event)

    def amend(self, key: int, event: ChannelEvent) -> None:
        """Have an event replaced by what is known now."""
        self._clerk.amend(key, self.channel, event)

    @property
    def clerk(self) -> Clerk:
        """Who writes."""
        return self._clerk

    # Receiving

    def _receive(self) -> None:
        try:
            self._keep_receiving()
        except Exception as error:  # noqa: BLE001 - one channel must not cost the others
            _log.exception("receiving %s ended by a mistake", self.plan.name)
            self._fail(f"Receiving ended because of a mistake of its own ({error}).")
        finally:
            self._received_all.set()

    def _keep_receiving(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                sentence, ended = self._connect()
            except UnsupportedSourceError as error:
                self._fail(error.sentence)
                return
            except LostError as error:
                sentence, ended = error.sentence, False
                _log.info("%s: %s %s", self.plan.name, error.sentence, error.details)
            if ended:
                break
            if self._stop.is_set():
                break
            if time.monotonic() - began > _STEADY_S:
                pause_s = _FIRST_PAUSE_S
            self.become(ChannelState.RECONNECTING, sentence)
            self._stop.wait(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    def _connect(self) -> tuple[str, bool]:
        """One connection from its beginning to its end: why it ended, and whether for good."""
        reader = LiveReader.open(
            self._source(self.plan.url, self.plan.timeout_s), self.plan.timeout_s
        )
        session = self._begin_ring(reader)
        self.backlog.put(Begin(reader, session))
        sentence, ended = f"{masked(self.plan.url)} ended.", reader.ends
        try:
            for item in reader.packets():
                self.tally.received(
                    item.arrived,
                    item.packet.size,
                    item.is_picture,
                    bool(item.packet.is_corrupt),
                )
                if self._ring is not None:
                    self._keep(partial(self._ring.take, item))
                self.backlog.put(item)
                if self._stop.is_set():
                    break
        except LostError as error:
            sentence, ended = error.sentence, False
            _log.info("%s: %s %s", self.plan.name, error.sentence, error.details)
        finally:
            if self._ring is not None:
                self._keep(self._ring.close)
            # Who analyses closes the reader: its decoders may still be at work.
            self.backlog.put(End(sentence))
        return sentence, ended

    def _begin_ring(self, reader: LiveReader) -> int:
        if self._ring is None:
            return 0
        if reader.is_uncompressed:
            sentence = "The source is not compressed: it is not kept, and findings have no clip."
            self.post(ChannelEventKind.RING_FAILED, sentence)
            self._ring_rests_until = float("inf")
            return 0
        self._ring_rests_until = min(self._ring_rests_until, time.monotonic())
        self._keep(partial(self._ring.begin, reader))
        return self._ring.session[0]

    def _keep(self, work: Callable[[], None]) -> None:
        """Do something with the ring; trouble costs clips, never the stream."""
        if time.monotonic() < self._ring_rests_until:
            return
        try:
            work()
        except RingError as error:
            if not self._ring_rests_until:
                self.post(ChannelEventKind.RING_FAILED, error.sentence)
            self._ring_rests_until = time.monotonic() + _RING_PAUSE_S
            _log.info("%s: %s %s", self.plan.name, error.sentence, error.details)
        else:
            self._ring_rests_until = 0.0

    def _fail(self, sentence: str) -> None:
        self.post(ChannelEventKind.FAILED, sentence)
        self.become(ChannelState.FAILED, sentence)

    # Analysing

    def _analyse(self) -> None:
        try:
            while True:
                item = self.backlog.get(0.2)
                if item is None and self._received_all.is_set():
                    break
                self.analyst.take(item)
        except Exception as error:  # noqa: BLE001 - one channel must not cost the others
            _log.exception("analysing %s ended by a mistake", self.plan.name)
            self._fail(f"Analysing ended because of a mistake of its own ({error}).")
            self._stop.set()
        finally:
            try:
                self.analyst.close()
            except KnownError as error:
                _log.info("%s: %s", self.plan.name, error.sentence)
            if self.state.is_watched:
                self.post(ChannelEventKind.STOPPED, f"Watching of {self.plan.name} ended.")
                self.become(ChannelState.STOPPED)
