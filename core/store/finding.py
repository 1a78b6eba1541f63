"""Findings in the store, by run and by the profile that decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from core.domain.defect import Severity
from core.domain.errors import BugError
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.store.codec import claim_of, finding_of, finding_values, profile_document, profile_of
from core.store.database import Database
from core.store.table import FindingRow, ProfileRow, RunRow


def replace_findings(
    connection: Connection, run_id: str, profile: Profile, findings: Sequence[Finding]
) -> None:
    """Keep what a profile decided about a run, within a transaction.

    Raises:
        BugError: There is no such run.
    """
    digest = profile.hash
    rows = [finding_values(run_id, digest, finding) for finding in findings]
    _ensure_profile(connection, profile)
    mine = (FindingRow.run == run_id, FindingRow.profile == digest)
    connection.execute(delete(FindingRow).where(*mine))
    if rows:
        connection.execute(insert(FindingRow), rows)
    found = connection.execute(update(RunRow).where(RunRow.id == run_id).values(profile=digest))
    if not found.rowcount:
        raise BugError(f"no run {run_id}")


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
        self._database.write(lambda c: replace_findings(c, run_id, profile, findings))

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

    def claims(self, run_id: str) -> tuple[Finding, ...]:
        """Findings of a run as `of` gives them, without their evidence: four times as fast."""
        columns = [column for column in FindingRow.__table__.c if column.name != "evidence"]
        decider = select(RunRow.profile).where(RunRow.id == run_id).scalar_subquery()
        mine = (FindingRow.run == run_id, FindingRow.profile == decider)
        with self._database.reading() as connection:
            rows = connection.execute(
                select(*columns).where(*mine).order_by(FindingRow.number)
            ).all()
        return tuple(map(claim_of, rows))

    def tally(self, run_ids: Sequence[str]) -> dict[str, list[tuple[str, Severity, int]]]:
        """How many findings runs have under the profiles kept last: defect, severity, number.

        Returns:
            By run id; runs without findings are left out.
        """
        query = (
            select(FindingRow.run, FindingRow.defect, FindingRow.severity, func.count())
            .join(RunRow, and_(RunRow.id == FindingRow.run, RunRow.profile == FindingRow.profile))
            .where(RunRow.id.in_(run_ids))
            .group_by(FindingRow.run, FindingRow.defect, FindingRow.severity)
        )
        found: dict[str, list[tuple[str, Severity, int]]] = {}
        with self._database.reading() as connection:
            for run, defect, severity, count in connection.execute(query):
                found.setdefault(run, []).append((defect, Severity(severity), count))
        return found

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
