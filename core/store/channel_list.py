"""Many channels at a glance: what a wall asks every second, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from core.domain.channel import Channel, ChannelEvent, ChannelEventKind, ChannelState
from core.store.channel import channel_of, event_of
from core.store.database import Database
from core.store.table import ChannelEventRow, ChannelRow

_TOGETHER = 400


@dataclass(frozen=True, slots=True)
class ChannelGlance:
    """What is needed of every channel to sort and to filter.

    Attributes:
        id: Its id.
        name: What people call it.
        url: Where it comes from, credentials masked.
        state: As its monitor last said.
        heartbeat: Its last sign of life, UTC.
    """

    id: str
    name: str
    url: str
    state: ChannelState
    heartbeat: datetime


class ChannelListRepository:
    """Reads channels for a wall; each call is one state of the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def glances(self) -> tuple[ChannelGlance, ...]:
        """Every channel, without what was measured of it."""
        query = select(
            ChannelRow.id, ChannelRow.name, ChannelRow.url, ChannelRow.state, ChannelRow.heartbeat
        )
        with self._database.reading() as connection:
            return tuple(
                ChannelGlance(row.id, row.name, row.url, ChannelState(row.state), row.heartbeat)
                for row in connection.execute(query)
            )

    def channels(self, ids: Sequence[str]) -> dict[str, Channel]:
        """Some channels, whole, by id."""
        found: dict[str, Channel] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ids), _TOGETHER):
                some = ids[start : start + _TOGETHER]
                query = select(ChannelRow.__table__).where(ChannelRow.id.in_(some))
                found |= {row.id: channel_of(row) for row in connection.execute(query)}
        return found

    def newest(self) -> int:
        """The number of the newest event; 0 without any."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.max(ChannelEventRow.number))).scalar() or 0)

    def last_numbers(
        self, ids: Iterable[str], kinds: Iterable[ChannelEventKind], most: int
    ) -> dict[str, tuple[int, ...]]:
        """Numbers of the last events of some kinds on some channels, newest first.

        Args:
            ids: Which channels; each is asked for by itself, which reads its last rows alone.
            kinds: Which kinds.
            most: At most so many a channel.
        """
        number = ChannelEventRow.number
        wanted = ChannelEventRow.kind.in_([str(kind) for kind in kinds])
        newest = select(number).where(wanted).order_by(number.desc()).limit(most)
        with self._database.reading() as connection:
            return {
                key: tuple(
                    connection.execute(newest.where(ChannelEventRow.channel == key)).scalars()
                )
                for key in ids
            }

    def newest_of(self, kind: ChannelEventKind) -> dict[str, int]:
        """The number of the newest event of a kind by channel; reads all events."""
        here = select(ChannelEventRow.channel, func.max(ChannelEventRow.number))
        query = here.where(ChannelEventRow.kind == str(kind)).group_by(ChannelEventRow.channel)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def came(self, after: int) -> tuple[tuple[int, str, str], ...]:
        """Number, channel and kind of the events after a number, oldest first."""
        row = ChannelEventRow
        query = select(row.number, row.channel, row.kind).where(row.number > after)
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(row.number))
            return tuple((r.number, r.channel, r.kind) for r in found)

    def events(self, numbers: Sequence[int]) -> dict[int, ChannelEvent]:
        """Some events by number, as they are now: a finding's clip comes later than it."""
        found: dict[int, ChannelEvent] = {}
        with self._database.reading() as connection:
            for start in range(0, len(numbers), _TOGETHER):
                some = numbers[start : start + _TOGETHER]
                query = select(ChannelEventRow.__table__).where(ChannelEventRow.number.in_(some))
                found |= {row.number: event_of(row) for row in connection.execute(query)}
        return found
