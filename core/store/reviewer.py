"""Reviewers in the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from core.store.codec import plain_text
from core.store.database import Database
from core.store.table import ReviewerRow


def ensure_reviewers(connection: Connection, names: Iterable[str]) -> None:
    """Add the reviewers that are not known yet, within a transaction."""
    wanted = set(names)
    known = connection.execute(
        select(ReviewerRow.name).where(ReviewerRow.name.in_(wanted))
    ).scalars()
    missing = sorted(wanted - set(known))
    if missing:
        now = datetime.now(UTC)
        connection.execute(insert(ReviewerRow), [{"name": n, "added": now} for n in missing])


class ReviewerRepository:
    """People by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure(self, name: str) -> str:
        """Add a reviewer unless known; returns the name as the store keeps it.

        Raises:
            KnownError: The store cannot be written.
        """
        kept = plain_text(name)
        self._database.write(lambda connection: ensure_reviewers(connection, [kept]))
        return kept

    def all(self) -> tuple[str, ...]:
        """All names, in alphabetical order."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ReviewerRow.name).order_by(ReviewerRow.name))
            return tuple(rows.scalars())
