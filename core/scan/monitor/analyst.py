"""Works a channel's backlog off: stretches, decisions, gaps, and how much is analysed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from core.catalog.spec import DetectorSpec
from core.domain.channel import ChannelEvent, ChannelEventKind, ChannelState
from core.domain.title import VideoStream
from core.media.live.reader import LEAP_S, LivePacket, LiveReader
from core.media.live.ring import Ring
from core.scan.monitor.admission import Admission, AdmissionRule
from core.scan.monitor.alert import Alert
from core.scan.monitor.backlog import Backlog, Begin, End, Item, Skip
from core.scan.monitor.level import Level, at_level
from core.scan.monitor.news import Desk, NewsDesk, Place
from core.scan.monitor.stretch import ChangedError, Stretch

_DECIDE_S = 1
_LEAST_PAUSE_S = 0.3
_NO_PICTURES_S = 5
_OUTAGE_S = 3.0


class Host(Desk, Protocol):
    """The channel that is analysed."""

    @property
    def backlog(self) -> Backlog:
        """What waits."""

    @property
    def rule(self) -> AdmissionRule:
        """When less is analysed."""

    @property
    def clip_folder(self) -> Path | None:
        """Where clips go."""

    @property
    def stopping(self) -> bool:
        """The end was asked for."""

    def become(self, state: ChannelState, note: str = "") -> None:
        """Take on a state."""

    def write(self, event: ChannelEvent) -> int:
        """Have an event written; the key to amend it with."""

    def amend(self, key: int, event: ChannelEvent) -> None:
        """Have an event replaced."""


@dataclass(slots=True, eq=False)
class _Connection:
    reader: LiveReader
    session: int
    video: VideoStream | None
    fresh: bool = True


@dataclass(slots=True, eq=False)
class _Outage:
    """Nothing is seen since a time of day."""

    since_s: float
    sentence: str
    key: int = 0


class Analyst:
    """Takes what the backlog gives; one thread uses it.

    Args:
        host: The channel.
        specs: Its detectors.
        ring: Where clips come from.
        alert: Takes alerts.
    """

    def __init__(
        self,
        host: Host,
        specs: Sequence[DetectorSpec],
        ring: Ring | None,
        alert: Callable[[Alert], None],
    ) -> None:
        self._host = host
        self._specs = specs
        self._admission = Admission(host.rule, time.monotonic)
        self._news = NewsDesk(host, ring, host.clip_folder, alert)
        self._connection: _Connection | None = None
        self._place: Place | None = None
        self._level = Level.FULL
        self._reached: dict[int, Fraction] = {}
        self._clock = 0
        self._decided_at: Fraction | None = None
        self._decided = self._looked = time.monotonic()
        self._outage: _Outage | None = _Outage(time.time(), "It was not opened yet.")
        self._faults: set[str] = set()

    @property
    def level(self) -> Level:
        """How much is analysed."""
        return self._level

    @property
    def detectors(self) -> tuple[str, ...]:
        """Who is at work."""
        place = self._place
        return () if place is None else place.stretch.detectors

    def take(self, item: Item | None) -> None:
        """Work one item off; None when there is none for now."""
        if isinstance(item, LivePacket):
            self._packet(item)
        elif isinstance(item, Begin):
            self._connection = _Connection(item.reader, item.session, item.reader.video)
            self._clock = 0
        elif isinstance(item, End):
            self._end(item.sentence)
        elif isinstance(item, Skip):
            self._skipped(item)
        self._look_around()

    def close(self) -> None:
        """Nothing more comes."""
        self._end("")
        if self._outage is not None and self._outage.key:
            self._seen_again(time.time())

    # Packets

    def _packet(self, item: LivePacket) -> None:
        connection = self._connection
        if connection is None or item.at is None:
            return
        if item.clock != self._clock or self._lacks_pictures(item, item.at):
            self._hole(item, item.at)
            self._clock = item.clock
        starts = item.key and (item.is_picture or connection.video is None)
        wanted = self._admission.level
        if self._place is not None and starts and wanted is not self._level:
            self._close_stretch()
        if self._place is None:
            if not starts:
                return
            self._level = wanted
            self._begin_stretch(connection, item, item.at)
        self._measure(connection, item, item.at)

    def _measure(self, connection: _Connection, item: LivePacket, at: Fraction) -> None:
        place = self._place
        if place is None:
            return
        try:
            place.stretch.take(item)
        except ChangedError as error:
            self._close_stretch()
            if connection.video is not None:
                width, height = error.size
                connection.video = replace(connection.video, width=width, height=height)
            self._begin_stretch(connection, item, at)
            assert self._place is not None
            self._place.stretch.take(item)
        before = self._reached.get(item.stream)
        self._reached[item.stream] = at
        if item.is_picture or connection.video is None:
            self._host.tally.arrival(float(at), item.arrived)
            if before is not None:
                full = self._level is Level.FULL
                self._host.tally.covered(time.monotonic(), float(at - before), full)
            self._decide_when_due(at)

    def _decide_when_due(self, at: Fraction) -> None:
        now = time.monotonic()
        since = self._decided_at
        if since is None:
            self._decided_at = at
        elif at - since >= _DECIDE_S and now - self._decided >= _LEAST_PAUSE_S:
            self._decided_at, self._decided = at, now
            self._decide()

    def _decide(self, closing: bool = False) -> None:
        place = self._place
        if place is None:
            return
        changes = place.stretch.decide(closing)
        middle = place.stretch.middle_s()
        if middle is not None:
            self._host.tally.decided(middle, time.monotonic())
        self._news.take(changes, place, closing)
        self._faults.update(place.stretch.faults())

    # Stretches

    def _begin_stretch(self, connection: _Connection, item: LivePacket, at: Fraction) -> None:
        specs = at_level(self._specs, self._level)
        stretch = Stretch(
            connection.reader,
            specs,
            self._host.profile,
            connection.video,
            key_only=self._level is Level.SPARSE,
        )
        arrived_s = time.time() - (time.monotonic() - item.arrived)
        self._place = Place(
            stretch,
            (connection.session, item.clock),
            connection.reader.indices,
            arrived_s - float(at),
        )
        self._decided_at = None
        self._seen_again(arrived_s)

    def _close_stretch(self) -> None:
        if self._place is not None:
            self._decide(closing=True)
            self._place = None
        self._reached.clear()
        self._host.tally.anew()

    def _end(self, sentence: str) -> None:
        """The connection is over."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        self._close_stretch()
        connection.reader.close()
        if sentence and self._outage is None and not self._host.stopping:
            self._outage = _Outage(time.time(), sentence)

    # Holes

    def _lacks_pictures(self, item: LivePacket, at: Fraction) -> bool:
        """Sound goes on and pictures do not come."""
        connection = self._connection
        if connection is None or connection.video is None or item.is_picture:
            return False
        pictures = self._reached.get(connection.video.index)
        return pictures is not None and at - pictures > _NO_PICTURES_S

    def _hole(self, item: LivePacket, at: Fraction) -> None:
        """Something is missing, or the clock begins anew."""
        same_clock = item.clock == self._clock
        before = self._reached.get(item.stream, at)
        offset_s = None if self._place is None else self._place.offset_s
        self._close_stretch()
        missing_s = float(at - before)
        if same_clock:
            since_s = time.time() - _NO_PICTURES_S
            self._outage = self._outage or _Outage(since_s, "No pictures come.")
        elif offset_s is not None and missing_s > LEAP_S:
            self._gap(
                float(before) + offset_s, float(at) + offset_s, "The stream leaps over some time."
            )

    def _skipped(self, skip: Skip) -> None:
        self._close_stretch()
        ahead_s = time.time() - time.monotonic()
        sentence = "This machine does not keep up: a stretch was received and not analysed."
        self._gap(skip.first + ahead_s, skip.last + ahead_s, sentence)

    def _gap(self, start_s: float, end_s: float, sentence: str) -> None:
        event = ChannelEvent(ChannelEventKind.GAP, datetime.now(UTC), sentence, start_s, end_s)
        self._host.write(event)
        self._host.tally.missed(time.monotonic(), max(end_s - start_s, 0.0))

    def _seen_again(self, now_s: float) -> None:
        """Pictures or sound are there, after an outage or for the first time."""
        outage, self._outage = self._outage, None
        connection = self._connection
        fresh = connection is not None and connection.fresh
        if connection is not None:
            connection.fresh = False
        if outage is None:
            return
        event = self._outage_event(outage, max(now_s, outage.since_s))
        if outage.key:
            self._host.amend(outage.key, event)
            self._news.outage(event, "closed")
        elif self._host.tally.received_s > 0:
            self._host.write(event)
        if outage.key or self._host.tally.received_s > 0:
            missed_s = max(now_s - outage.since_s, 0.0)
            self._host.tally.missed(time.monotonic(), missed_s, count=not outage.key)
        if fresh and self._host.tally.received_s > 0:
            self._host.tally.reconnects += 1
            again = f"{self._host.name} is received again."
            at = datetime.now(UTC)
            self._host.write(ChannelEvent(ChannelEventKind.RECONNECTED, at, again))

    def _outage_event(self, outage: _Outage, end_s: float | None) -> ChannelEvent:
        sentence = f"Nothing was seen. {outage.sentence}"
        at = datetime.now(UTC)
        return ChannelEvent(ChannelEventKind.GAP, at, sentence, outage.since_s, end_s)

    # Now and then

    def _look_around(self) -> None:
        now = time.monotonic()
        if now - self._looked < _LEAST_PAUSE_S:
            return
        self._looked = now
        outage = self._outage
        if outage is not None:
            if not outage.key and time.time() - outage.since_s >= _OUTAGE_S:
                event = self._outage_event(outage, None)
                outage.key = self._host.write(event)
                self._host.tally.missed(now, 0.0)
                self._news.outage(event, "opened")
            return
        if self._place is None:
            return
        lag_s = self._host.backlog.lag_s
        before = self._admission.level
        level = self._admission.update(lag_s)
        if level is not before:
            self._tell_level(level, before, lag_s)
        note = " ".join(sorted(self._faults))
        state = ChannelState.LIVE if level is Level.FULL else ChannelState.BEHIND
        self._host.become(state, note)

    def _tell_level(self, level: Level, before: Level, lag_s: float) -> None:
        at = datetime.now(UTC)
        if level < before:
            sentence = (
                f"This machine does not keep up (analysis is {lag_s:.0f} s late): "
                f"{level.explained}. The stream itself is received and kept."
            )
            self._host.write(ChannelEvent(ChannelEventKind.BEHIND, at, sentence))
        else:
            sentence = f"Analysis has caught up: {level.explained}."
            self._host.write(ChannelEvent(ChannelEventKind.CAUGHT_UP, at, sentence))
