"""The wall of channels: how it stands with each, what was found last, what happened.

A channel is said to be watched only while its monitor gives signs of life. These carry the
monitor's clock, which another machine may have set otherwise; so once a sign was seen to come, it
is this machine's own clock that says how long ago, and the other one matters no more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from core.domain.channel import (
    SILENT_AFTER_S,
    Channel,
    ChannelEvent,
    ChannelEventKind,
    ChannelState,
)

if TYPE_CHECKING:
    from core.store.channel_list import ChannelGlance
    from core.store.store import Store

LAST_FINDINGS = 3
"""How many of the last findings a line holds."""

_FIRST = 60
_TURNS = frozenset(
    {
        ChannelEventKind.STARTED,
        ChannelEventKind.RECONNECTED,
        ChannelEventKind.GAP,
        ChannelEventKind.BEHIND,
        ChannelEventKind.CAUGHT_UP,
        ChannelEventKind.STOPPED,
        ChannelEventKind.FAILED,
    }
)


class WallState(StrEnum):
    """How it stands with a channel as far as anybody can know, the most urgent first."""

    FAILED = "failed"
    SILENT = "silent"
    RECONNECTING = "reconnecting"
    BEHIND = "behind"
    STARTING = "starting"
    LIVE = "live"
    STOPPED = "stopped"

    @property
    def rank(self) -> int:
        """Its place in the order of urgency, 0 for the most urgent."""
        return _RANKS[self]


_RANKS = {state: rank for rank, state in enumerate(WallState)}


class WallOrder(StrEnum):
    """What a wall is sorted by; channels that tie stand by name."""

    STATE = "state"
    NAME = "name"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class WallQuery:
    """Which channels are wanted, and in which order.

    Attributes:
        text: Words that must all occur in name or address.
        states: Only channels in one of these; empty means all.
        order: What they are sorted by.
    """

    text: str = ""
    states: frozenset[WallState] = frozenset()
    order: WallOrder = WallOrder.STATE

    @property
    def restricts(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text.split() or self.states)


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """What a wall shows of one channel.

    Attributes:
        channel: The channel.
        state: How it stands with it.
        since: Since when, UTC.
        findings: The last ones, newest first.
    """

    channel: Channel
    state: WallState
    since: datetime
    findings: tuple[ChannelEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class WallLook:
    """A wall at one moment.

    Attributes:
        query: What was asked.
        keys: Ids of the channels of the query, in order.
        lines: Lines of those that were asked for, by id.
        counts: Channels by state, whatever the query's states.
        total: How many channels there are.
        at: When, UTC.
    """

    query: WallQuery
    keys: tuple[str, ...]
    lines: Mapping[str, ChannelLine]
    counts: Mapping[WallState, int]
    total: int
    at: datetime


@dataclass(slots=True)
class _Heard:
    """The last sign of life of a monitor, and when this machine saw it come, if it did."""

    heartbeat: datetime
    seen_s: float | None = None


@dataclass(slots=True)
class _Last:
    """Numbers of the last events of some kinds by channel, kept up as events come."""

    kinds: frozenset[ChannelEventKind]
    most: int
    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)


class Wall:
    """Reads channels from a store; one thread at a time.

    Args:
        store: The store.
        now: Tells the time, UTC.
        clock_s: A clock of this machine that never goes back.
    """

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._now, self._clock_s = store, now, clock_s
        self._heard: dict[str, _Heard] = {}
        self._newest: int | None = None
        self._places: dict[str, int] | None = None
        self._findings = _Last(frozenset({ChannelEventKind.FINDING}), LAST_FINDINGS)
        self._turns = _Last(_TURNS, 1)

    def look(self, query: WallQuery = WallQuery(), seen: Sequence[str] = ()) -> WallLook:
        """How it stands with all channels now.

        Args:
            query: Which ones, in which order.
            seen: Ids whose lines are wanted beside those of the first channels.

        Raises:
            KnownError: The store cannot be read.
        """
        self._catch_up()
        if query.order is WallOrder.FINDING and self._places is None:
            self._places = self._store.channel_list.newest_of(ChannelEventKind.FINDING)
        glances = self._store.channel_list.glances()
        states = self._states(glances)
        words = query.text.casefold().split()
        named = [g for g in glances if all(w in f"{g.name} {g.url}".casefold() for w in words)]
        counts: dict[WallState, int] = {}
        for glance in named:
            counts[states[glance.id]] = counts.get(states[glance.id], 0) + 1
        kept = [g for g in named if not query.states or states[g.id] in query.states]
        kept.sort(key=lambda glance: (*self._place(glance, states, query.order), glance.name))
        keys = tuple(glance.id for glance in kept)
        listed = frozenset(keys)
        wanted = dict.fromkeys((*keys[:_FIRST], *(key for key in seen if key in listed)))
        lines = self._lines(tuple(wanted), states)
        return WallLook(query, keys, lines, counts, len(glances), self._now())

    def lines(self, ids: Sequence[str]) -> dict[str, ChannelLine]:
        """Lines of some channels by id, as they were at the last look.

        Raises:
            KnownError: The store cannot be read.
        """
        return self._lines(ids, {})

    def events(
        self, channel_id: str, limit: int, *, findings_only: bool = False
    ) -> tuple[ChannelEvent, ...]:
        """What happened last on a channel, newest first.

        Raises:
            KnownError: The store cannot be read.
        """
        kinds = (ChannelEventKind.FINDING,) if findings_only else ()
        return self._store.channels.events(channel_id, limit, kinds=kinds)

    def _place(
        self, glance: ChannelGlance, states: Mapping[str, WallState], order: WallOrder
    ) -> tuple[int, ...]:
        if order is WallOrder.STATE:
            return (states[glance.id].rank,)
        if order is WallOrder.FINDING:
            return (-(self._places or {}).get(glance.id, 0),)
        return ()

    def _lines(self, ids: Sequence[str], states: Mapping[str, WallState]) -> dict[str, ChannelLine]:
        self._learn(ids)
        channels = self._store.channel_list.channels(ids)
        known = [
            number
            for last in (self._findings, self._turns)
            for key in ids
            for number in last.numbers.get(key, ())
        ]
        events = self._store.channel_list.events(known)
        return {
            key: self._line(channels[key], states.get(key), events)
            for key in ids
            if key in channels
        }

    def _line(
        self, channel: Channel, state: WallState | None, events: Mapping[int, ChannelEvent]
    ) -> ChannelLine:
        stands = state or self._state(channel.id, channel.state, channel.heartbeat)
        turns = [events[n] for n in self._turns.numbers.get(channel.id, ()) if n in events]
        since = max((turn.at for turn in turns), default=channel.started)
        if stands is WallState.SILENT:
            since = channel.heartbeat
        findings = (events.get(n) for n in self._findings.numbers.get(channel.id, ()))
        return ChannelLine(channel, stands, since, tuple(filter(None, findings)))

    def _catch_up(self) -> None:
        """Learn which events came since the last look."""
        if self._newest is None:
            self._newest = self._store.channel_list.newest()
        came = self._store.channel_list.came(self._newest)
        for number, channel, kind in came:
            for last in (self._findings, self._turns):
                known = last.numbers.get(channel)
                if known is not None and kind in last.kinds and number not in known:
                    last.numbers[channel] = (number, *known)[: last.most]
            if self._places is not None and kind == ChannelEventKind.FINDING:
                self._places[channel] = number
        if came:
            self._newest = came[-1][0]

    def _learn(self, ids: Sequence[str]) -> None:
        """Find the last events of channels that were not looked at yet."""
        for last in (self._findings, self._turns):
            new = [key for key in ids if key not in last.numbers]
            last.numbers |= self._store.channel_list.last_numbers(new, last.kinds, last.most)

    # Signs of life

    def _states(self, glances: Sequence[ChannelGlance]) -> dict[str, WallState]:
        clock_s = self._clock_s()
        for glance in glances:
            heard = self._heard.get(glance.id)
            if heard is None:
                self._heard[glance.id] = _Heard(glance.heartbeat)
            elif heard.heartbeat != glance.heartbeat:
                self._heard[glance.id] = _Heard(glance.heartbeat, clock_s)
        return {g.id: self._state(g.id, g.state, g.heartbeat) for g in glances}

    def _state(self, key: str, state: ChannelState, heartbeat: datetime) -> WallState:
        if not state.is_watched:
            return WallState(state)
        heard = self._heard.get(key)
        if heard is not None and heard.seen_s is not None:
            ago_s = self._clock_s() - heard.seen_s
        else:
            # A clock that is ahead must not make a monitor that is gone look alive for hours.
            ago_s = abs((self._now() - heartbeat).total_seconds())
        return WallState.SILENT if ago_s > SILENT_AFTER_S else WallState(state)
