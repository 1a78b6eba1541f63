"""Assignments in the store."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from core.domain.assignment import Assignment, AssignmentState, Role
from core.store.codec import plain_text
from core.store.database import Database
from core.store.reviewer import ensure_reviewers
from core.store.table import AssignmentRow


class AssignmentRepository:
    """Who is asked to look at what; rows are appended, the last of a person and role counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, *assignments: Assignment) -> None:
        """Append rows in one transaction.

        Raises:
            KnownError: The store cannot be written.
        """
        rows = [
            {
                "fingerprint": a.fingerprint,
                "reviewer": plain_text(a.reviewer),
                "role": str(a.role),
                "by": plain_text(a.by),
                "at": a.at,
                "state": str(a.state),
            }
            for a in assignments
        ]

        names = {plain_text(name) for a in assignments for name in (a.reviewer, a.by)}

        def work(connection: Connection) -> None:
            ensure_reviewers(connection, names)
            connection.execute(insert(AssignmentRow), rows)

        if rows:
            self._database.write(work)

    def current(self, fingerprint: str = "", reviewer: str = "") -> tuple[Assignment, ...]:
        """What counts now and was not withdrawn, oldest first.

        Args:
            fingerprint: Of one title; empty means all.
            reviewer: Of one person; empty means all.
        """
        query = select(AssignmentRow.__table__).order_by(AssignmentRow.number)
        if fingerprint:
            query = query.where(AssignmentRow.fingerprint == fingerprint)
        if reviewer:
            query = query.where(AssignmentRow.reviewer == plain_text(reviewer))
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        last: dict[tuple[str, str, str], Assignment] = {}
        for row in rows:
            last[row.fingerprint, row.reviewer, row.role] = Assignment(
                row.fingerprint,
                row.reviewer,
                Role(row.role),
                row.by,
                row.at,
                AssignmentState(row.state),
            )
        return tuple(a for a in last.values() if a.state is not AssignmentState.WITHDRAWN)
