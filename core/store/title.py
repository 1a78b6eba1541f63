"""Titles in the store."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from core.domain.title import Title
from core.store.codec import plain_text, title_document, title_of
from core.store.database import Database
from core.store.table import TitleRow

NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""When a title was opened that nobody has opened yet."""


def put_title(connection: Connection, title: Title, opened: bool = False) -> None:
    """Keep a title as it was found now, within a transaction.

    Args:
        connection: Of the transaction.
        title: A known one is found where it is now; another is added.
        opened: Note that a person opened it.
    """
    now = datetime.now(UTC)
    values: dict[str, Any] = {
        "name": plain_text(title.name),
        "document": json.dumps(title_document(title)),
    }
    known = {**values, "opened": now} if opened else values
    mine = TitleRow.fingerprint == title.fingerprint
    if not connection.execute(update(TitleRow).where(mine).values(known)).rowcount:
        row = {**values, "fingerprint": title.fingerprint, "added": now}
        row["opened"] = now if opened else NEVER
        connection.execute(insert(TitleRow).values(row))


class TitleRepository:
    """Titles by fingerprint."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, *titles: Title, opened: bool = True) -> None:
        """Keep titles as they were found now, in one transaction.

        Args:
            titles: Known ones are found where they are now; others are added.
            opened: Note that a person opened them.

        Raises:
            KnownError: The store cannot be written.
        """

        def work(connection: Connection) -> None:
            for title in titles:
                put_title(connection, title, opened)

        self._database.write(work)

    def get(self, fingerprint: str) -> Title | None:
        """The title with this fingerprint, as it was found last."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(TitleRow.document).where(TitleRow.fingerprint == fingerprint)
            ).first()
        return None if row is None else title_of(json.loads(row.document))

    def recent(self, n: int) -> tuple[Title, ...]:
        """The `n` titles that were opened last, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(TitleRow.document)
                .where(TitleRow.opened > NEVER)
                .order_by(TitleRow.opened.desc())
                .limit(n)
            ).all()
        return tuple(title_of(json.loads(row.document)) for row in rows)

    def all(self) -> tuple[Title, ...]:
        """Every title, in the order in which they were first seen."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(TitleRow.document).order_by(TitleRow.added, TitleRow.fingerprint)
            ).all()
        return tuple(title_of(json.loads(row.document)) for row in rows)
