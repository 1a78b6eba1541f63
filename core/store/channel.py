"""Watched channels in the store, and what happened on them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from core.domain.channel import (
    Channel,
    ChannelEvent,
    ChannelEventKind,
    ChannelFigures,
    ChannelState,
    masked,
)
from core.domain.errors import BugError
from core.store.codec import plain_text
from core.store.database import Database
from core.store.run import this_worker
from core.store.table import ChannelEventRow, ChannelRow


class ChannelRepository:
    """Channels by id, and their events in the order in which they came."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, name: str, url: str) -> tuple[Channel, Channel | None]:
        """Begin to watch a channel; one that was watched before keeps its id and its events.

        Args:
            name: What people call it.
            url: Where it comes from; credentials are masked before anything is kept.

        Returns:
            The channel as it is now, and as an earlier monitor left it, None for a new one.

        Raises:
            KnownError: The store cannot be written.
        """
        now = datetime.now(UTC)
        name = plain_text(name)

        def work(connection: Connection) -> tuple[Channel, Channel | None]:
            row = connection.execute(_CHANNELS.where(ChannelRow.name == name)).first()
            before = None if row is None else channel_of(row)
            channel = Channel(
                before.id if before is not None else uuid.uuid4().hex,
                name,
                plain_text(masked(url)),
                ChannelState.STARTING,
                now,
                now,
                this_worker(),
            )
            values = _values(channel)
            if before is None:
                connection.execute(insert(ChannelRow).values(values))
            else:
                connection.execute(
                    update(ChannelRow).where(ChannelRow.id == channel.id).values(values)
                )
            return channel, before

        return self._database.write(work)

    def update(
        self,
        channel_id: str,
        state: ChannelState,
        figures: ChannelFigures,
        events: Sequence[ChannelEvent] = (),
    ) -> tuple[int, ...]:
        """Note how a channel stands and what happened; also the sign of life of its monitor.

        Args:
            channel_id: Which.
            state: How it stands.
            figures: What was measured.
            events: What happened since the last call; kept in the same transaction.

        Returns:
            The numbers of the events.

        Raises:
            KnownError: The store cannot be written; nothing was kept.
            BugError: There is no such channel.
        """
        values = {
            "state": str(state),
            "document": json.dumps(asdict(figures)),
            "heartbeat": datetime.now(UTC),
        }
        rows = [_event_values(channel_id, event) for event in events]

        def work(connection: Connection) -> tuple[int, ...]:
            here = update(ChannelRow).where(ChannelRow.id == channel_id).values(values)
            if not connection.execute(here).rowcount:
                raise BugError(f"no channel {channel_id}")
            return tuple(
                int(number)
                for row in rows
                for number in connection.execute(
                    insert(ChannelEventRow).values(row)
                ).inserted_primary_key
                or ()
            )

        return self._database.write(work)

    def complete(self, number: int, event: ChannelEvent) -> None:
        """Add to a finding what came later: where it ends, its clip, its last severity.

        Raises:
            KnownError: The store cannot be written.
            BugError: There is no such event.
        """
        values = _event_values(event.channel, event)
        for fixed in ("channel", "at", "kind"):
            del values[fixed]
        here = update(ChannelEventRow).where(ChannelEventRow.number == number).values(values)

        def work(connection: Connection) -> None:
            if not connection.execute(here).rowcount:
                raise BugError(f"no channel event {number}")

        self._database.write(work)

    def all(self) -> tuple[Channel, ...]:
        """All channels by name."""
        return self._channels()

    def get(self, channel_id: str) -> Channel | None:
        """The channel with this id."""
        found = self._channels(channel_id)
        return found[0] if found else None

    def _channels(self, channel_id: str = "") -> tuple[Channel, ...]:
        query = _CHANNELS.order_by(ChannelRow.name)
        if channel_id:
            query = query.where(ChannelRow.id == channel_id)
        with self._database.reading() as connection:
            return tuple(map(channel_of, connection.execute(query).all()))

    def events(
        self,
        channel_id: str = "",
        limit: int = 100,
        *,
        kinds: Sequence[ChannelEventKind] = (),
        after: int = 0,
    ) -> tuple[ChannelEvent, ...]:
        """What happened last, newest first.

        Args:
            channel_id: On this channel; empty means on all.
            limit: At most so many.
            kinds: Only these; empty means all.
            after: Only events with a higher number.
        """
        query = _EVENTS.where(ChannelEventRow.number > after)
        if channel_id:
            query = query.where(ChannelEventRow.channel == channel_id)
        if kinds:
            query = query.where(ChannelEventRow.kind.in_([str(kind) for kind in kinds]))
        query = query.order_by(ChannelEventRow.number.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(map(event_of, connection.execute(query).all()))


_CHANNELS = select(ChannelRow.__table__)
_EVENTS = select(ChannelEventRow.__table__)


def _values(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "name": channel.name,
        "url": channel.url,
        "state": str(channel.state),
        "document": json.dumps(asdict(channel.figures)),
        "started": channel.started,
        "heartbeat": channel.heartbeat,
        "worker": channel.worker,
    }


def channel_of(row: Row[Any]) -> Channel:
    """The channel of a whole row."""
    return Channel(
        row.id,
        row.name,
        row.url,
        ChannelState(row.state),
        row.started,
        row.heartbeat,
        row.worker,
        _figures_of(json.loads(row.document or "{}")),
    )


def _figures_of(document: dict[str, Any]) -> ChannelFigures:
    """Figures that another version of the program kept may have other names."""
    known = {field.name for field in fields(ChannelFigures)}
    values = {name: value for name, value in document.items() if name in known}
    if "detectors" in values:
        values["detectors"] = tuple(values["detectors"])
    return ChannelFigures(**values)


def _event_values(channel_id: str, event: ChannelEvent) -> dict[str, Any]:
    return {
        "channel": channel_id,
        "at": event.at,
        "kind": str(event.kind),
        "start_s": None if event.start_s is None else float(event.start_s),
        "end_s": None if event.end_s is None else float(event.end_s),
        "sentence": plain_text(event.sentence),
        "defect": event.defect,
        "severity": event.severity,
        "fingerprint": event.fingerprint,
        "run": event.run,
        "clip": plain_text(event.clip),
    }


def event_of(row: Row[Any]) -> ChannelEvent:
    """The event of a whole row."""
    return ChannelEvent(
        ChannelEventKind(row.kind),
        row.at,
        row.sentence,
        row.start_s,
        row.end_s,
        row.defect,
        row.severity,
        row.fingerprint,
        row.run,
        row.clip,
        row.channel,
        row.number,
    )
