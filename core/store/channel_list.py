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
        self, kinds: Iterable[ChannelEventKind], most: int, after: int = 0
    ) -> dict[str, tuple[int, ...]]:
        """Numbers of the last events of some kinds, newest first, by channel.

        Args:
            kinds: Which kinds.
            most: At most so many a channel.
            after: Only events with a higher number.
        """
        number = ChannelEventRow.number
        ranked = (
            select(
                ChannelEventRow.channel,
                number,
                func.row_number()
                .over(partition_by=ChannelEventRow.channel, order_by=number.desc())
                .label("rank"),
            )
            .where(ChannelEventRow.kind.in_([str(kind) for kind in kinds]), number > after)
            .subquery()
        )
        query = select(ranked.c.channel, ranked.c.number).where(ranked.c.rank <= most)
        found: dict[str, tuple[int, ...]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query.order_by(ranked.c.number.desc())):
                found[row.channel] = (*found.get(row.channel, ()), row.number)
        return found

    def events(self, numbers: Sequence[int]) -> dict[int, ChannelEvent]:
        """Some events by number, as they are now: a finding's clip comes later than it."""
        found: dict[int, ChannelEvent] = {}
        with self._database.reading() as connection:
            for start in range(0, len(numbers), _TOGETHER):
                some = numbers[start : start + _TOGETHER]
                query = select(ChannelEventRow.__table__).where(ChannelEventRow.number.in_(some))
                found |= {row.number: event_of(row) for row in connection.execute(query)}
        return found
