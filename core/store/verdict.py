"""Verdicts in the store: appended, never changed, on the disk when `append` returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, func, insert, select

from core.domain.errors import KnownError
from core.domain.verdict import Verdict
from core.store.codec import plain_text, verdict_of, verdict_values
from core.store.database import Database
from core.store.reviewer import ensure_reviewers
from core.store.table import VerdictRow


class OutdatedError(KnownError):
    """Rows that the writer has not seen were appended meanwhile; nothing was written."""


After = Callable[[int], tuple[int, tuple[Verdict, ...]]]
"""Rows that came after a number, and the number of the last."""


class VerdictRepository:
    """Rows of verdicts in the order in which they were appended."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, *verdicts: Verdict, seen: int | None = None) -> int:
        """Append rows in one transaction; they are on the disk when this returns.

        Args:
            verdicts: The rows, in order.
            seen: Number of the last row of the title that the writer knows (`after` gives it);
                None appends whatever others did.

        Returns:
            Number of the last row appended, 0 when there was nothing to append.

        Raises:
            OutdatedError: The title has rows after `seen`; nothing was written.
            KnownError: The store cannot be written; nothing was.
            BugError: A row with one of these ids is there already.
        """
        if not verdicts:
            return 0
        rows = [verdict_values(verdict) for verdict in verdicts]
        names = {row["reviewer"] for row in rows}
        titles = {row["fingerprint"] for row in rows}

        def work(connection: Connection) -> int:
            if seen is not None and _last_number(connection, titles) > seen:
                raise OutdatedError("Somebody else decided meanwhile; nothing was written.")
            ensure_reviewers(connection, names)
            connection.execute(insert(VerdictRow), rows)
            return _last_number(connection, titles)

        return self._database.write(work)

    def append_planned(
        self, fingerprint: str, plan: Callable[[After], Sequence[Verdict]]
    ) -> tuple[int, tuple[Verdict, ...]]:
        """Append rows that are planned while nobody else can write, so that none is overtaken.

        Args:
            fingerprint: Of the title that they are about.
            plan: Gives the rows; told how to ask for rows as `after` does. May be called again.

        Returns:
            Number of the title's last row then, and the rows that were appended.

        Raises:
            KnownError: The store cannot be written, or `plan` refuses; nothing was written.
        """

        def work(connection: Connection) -> tuple[int, tuple[Verdict, ...]]:
            rows = tuple(plan(lambda seen: _after(connection, fingerprint, seen)))
            if rows:
                ensure_reviewers(connection, {plain_text(row.reviewer) for row in rows})
                connection.execute(insert(VerdictRow), [verdict_values(row) for row in rows])
            return _last_number(connection, [fingerprint]), rows

        return self._database.write(work)

    def of(self, fingerprint: str) -> tuple[Verdict, ...]:
        """All rows about a title, in order."""
        return self.after(fingerprint, 0)[1]

    def after(self, fingerprint: str, seen: int) -> tuple[int, tuple[Verdict, ...]]:
        """Rows about a title that came after row number `seen`.

        Returns:
            The number of the last row there is (`seen` when there is none), and the rows in order.
        """
        with self._database.reading() as connection:
            return _after(connection, fingerprint, seen)

    def all(self) -> tuple[Verdict, ...]:
        """All rows about all titles, in order."""
        with self._database.reading() as connection:
            rows = connection.execute(select(VerdictRow.__table__).order_by(VerdictRow.seq)).all()
        return tuple(map(verdict_of, rows))


def _after(connection: Connection, fingerprint: str, seen: int) -> tuple[int, tuple[Verdict, ...]]:
    rows = connection.execute(
        select(VerdictRow.__table__)
        .where(VerdictRow.fingerprint == fingerprint, VerdictRow.seq > seen)
        .order_by(VerdictRow.seq)
    ).all()
    return (rows[-1].seq if rows else seen), tuple(map(verdict_of, rows))


def _last_number(connection: Connection, titles: Iterable[str]) -> int:
    last = connection.execute(
        select(func.max(VerdictRow.seq)).where(VerdictRow.fingerprint.in_(list(titles)))
    ).scalar()
    return int(last or 0)
