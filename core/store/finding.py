"""Findings in the store, by run and by the profile that decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from core.domain.errors import BugError
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.store.codec import finding_of, finding_values, profile_document, profile_of
from core.store.database import Database
from core.store.table import FindingRow, ProfileRow, RunRow


class FindingRepository:
    """Findings by run and profile."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(self, run_id: str, profile: Profile, findings: Sequence[Finding]) -> None:
        """Keep what a profile decided about a run; it is the run's answer from now on.

        What other profiles decided stays and can be asked for by their hash.

        Raises:
            KnownError: The store cannot be written.
            BugError: There is no such run.
        """
        digest = profile.hash
        rows = [finding_values(run_id, digest, finding) for finding in findings]

        def work(connection: Connection) -> None:
            _ensure_profile(connection, profile)
            mine = (FindingRow.run == run_id, FindingRow.profile == digest)
            connection.execute(delete(FindingRow).where(*mine))
            if rows:
                connection.execute(insert(FindingRow), rows)
            found = connection.execute(
                update(RunRow).where(RunRow.id == run_id).values(profile=digest)
            )
            if not found.rowcount:
                raise BugError(f"no run {run_id}")

        self._database.write(work)

    def of(self, run_id: str, profile_hash: str | None = None) -> tuple[Finding, ...]:
        """Findings of a run in the order in which they were given.

        Args:
            run_id: The run; an unknown one has no findings.
            profile_hash: Whose; None means the profile that was kept last.
        """
        decider = (
            select(RunRow.profile).where(RunRow.id == run_id).scalar_subquery()
            if profile_hash is None
            else profile_hash
        )
        with self._database.reading() as connection:
            rows = connection.execute(
                select(FindingRow.__table__)
                .where(FindingRow.run == run_id, FindingRow.profile == decider)
                .order_by(FindingRow.number)
            ).all()
        return tuple(map(finding_of, rows))

    def profile_of(self, run_id: str) -> Profile | None:
        """The profile that was kept last for a run."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(ProfileRow.document)
                .join(RunRow, RunRow.profile == ProfileRow.hash)
                .where(RunRow.id == run_id)
            ).first()
        return None if row is None else profile_of(json.loads(row.document))

    def profiles(self) -> tuple[Profile, ...]:
        """Every profile that ever decided, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                select(ProfileRow.document).order_by(ProfileRow.added, ProfileRow.hash)
            ).all()
        return tuple(profile_of(json.loads(row.document)) for row in rows)


def _ensure_profile(connection: Connection, profile: Profile) -> None:
    known = connection.execute(select(ProfileRow.hash).where(ProfileRow.hash == profile.hash))
    if known.first() is None:
        values = {
            "hash": profile.hash,
            "name": profile.name,
            "title": profile.title,
            "document": json.dumps(profile_document(profile)),
            "added": datetime.now(UTC),
        }
        connection.execute(insert(ProfileRow).values(values))
