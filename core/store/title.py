"""Titles in the store."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from core.domain.title import Title
from core.store.codec import plain_text, title_document, title_of
from core.store.database import Database
from core.store.table import TitleRow


class TitleRepository:
    """Titles by fingerprint."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, title: Title) -> None:
        """Keep a title as it was found now, and note that it was opened.

        Raises:
            KnownError: The store cannot be written.
        """
        now = datetime.now(UTC)
        values = {
            "name": plain_text(title.name),
            "document": json.dumps(title_document(title)),
            "opened": now,
        }

        def work(connection: Connection) -> None:
            mine = TitleRow.fingerprint == title.fingerprint
            if not connection.execute(update(TitleRow).where(mine).values(values)).rowcount:
                row = {**values, "fingerprint": title.fingerprint, "added": now}
                connection.execute(insert(TitleRow).values(row))

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
                select(TitleRow.document).order_by(TitleRow.opened.desc()).limit(n)
            ).all()
        return tuple(title_of(json.loads(row.document)) for row in rows)

    def all(self) -> tuple[Title, ...]:
        """Every title, in the order in which they were first seen."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(TitleRow.document).order_by(TitleRow.added, TitleRow.fingerprint)
            ).all()
        return tuple(title_of(json.loads(row.document)) for row in rows)
