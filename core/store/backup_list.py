"""Which backups of a store there are, what is in them, and what would be lost by going back."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from core.domain.errors import KnownError
from core.store.backup import STAMP, backups_dir
from core.store.database import connect_sqlite

_DAMAGED = "This file is damaged."
_SENTENCES = {
    sqlite3.SQLITE_ERROR: "This file is not a store.",
    sqlite3.SQLITE_NOTADB: "This file is not a store, or it is damaged beyond reading.",
    sqlite3.SQLITE_CANTOPEN: "This file cannot be opened.",
    sqlite3.SQLITE_IOERR: "The disk reported an error while this file was read.",
}


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """One backup.

    Attributes:
        path: The file.
        made: When, UTC.
        label: Why, as its name says: `automatic`, `manual`, `before-restore`, `before-0003`.
        size_bytes: How large.
        schema: Revision of its schema; empty when it cannot be read.
        titles: How many titles it holds; None when it cannot be read.
        verdicts: How many rows of verdicts; None when it cannot be read.
        problem: What is wrong with it as a sentence, or empty.
        checked: It was read from end to end; until then `problem` is a first impression.
    """

    path: Path
    made: datetime
    label: str
    size_bytes: int
    schema: str = ""
    titles: int | None = None
    verdicts: int | None = None
    problem: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a restore would change.

    Attributes:
        lost: Rows of verdicts that the store has and the backup has not.
        gained: Rows of verdicts that only the backup has.
        titles: Names of the titles that rows would be lost of, most rows first, with how many.
    """

    lost: int
    gained: int
    titles: tuple[tuple[str, int], ...] = ()


def list_backups(path: Path) -> tuple[BackupInfo, ...]:
    """The backups in the folder beside a store, newest first; none of them is read through.

    Args:
        path: The store's file.

    Raises:
        KnownError: The folder cannot be read.
    """
    folder = backups_dir(path)
    try:
        files = list(folder.glob(f"{path.stem}.*.db")) if folder.is_dir() else []
        found = [info for info in (_named(path, file) for file in files) if info is not None]
    except OSError as error:
        raise KnownError("The folder of the backups cannot be read.", str(error)) from error
    found.sort(key=lambda info: (info.made, info.path.name), reverse=True)
    return tuple(_filled(info) for info in found)


def check_backup(info: BackupInfo) -> BackupInfo:
    """Read a backup from end to end, and say what is wrong with it."""
    try:
        with _reading(info.path) as connection:
            (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except KnownError as error:
        return replace(info, problem=error.sentence, checked=True)
    filled = _filled(replace(info, problem="" if answer == "ok" else _DAMAGED))
    return replace(filled, checked=True)


def compare(backup: Path, path: Path) -> Comparison:
    """What a store would lose and gain if a backup took its place.

    Raises:
        KnownError: One of the two cannot be read.
    """
    if not path.exists():
        with _reading(backup) as connection:
            return Comparison(0, int(_count(connection, "verdicts") or 0))
    with _reading(path) as connection:
        connection.execute("ATTACH ? AS kept", (f"{backup.absolute().as_uri()}?mode=ro",))
        lost = connection.execute(_MISSING.format("main", "kept")).fetchone()[0]
        gained = connection.execute(_MISSING.format("kept", "main")).fetchone()[0]
        titles = connection.execute(_TITLES).fetchall()
    return Comparison(int(lost), int(gained), tuple((str(n), int(c)) for n, c in titles))


_MISSING = "SELECT count(*) FROM {}.verdicts WHERE id NOT IN (SELECT id FROM {}.verdicts)"
_TITLES = """
SELECT coalesce(t.name, v.fingerprint), count(*) AS rows FROM main.verdicts v
LEFT JOIN main.titles t ON t.fingerprint = v.fingerprint
WHERE v.id NOT IN (SELECT id FROM kept.verdicts)
GROUP BY v.fingerprint ORDER BY rows DESC, 1
"""


def _named(path: Path, file: Path) -> BackupInfo | None:
    """What the name of a file says; None when it is no backup of this store."""
    stamp, _, label = file.name.removeprefix(f"{path.stem}.").removesuffix(".db").partition(".")
    try:
        made = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return BackupInfo(file, made, label, file.stat().st_size)


def _filled(info: BackupInfo) -> BackupInfo:
    try:
        with _reading(info.path) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return replace(
                info,
                schema=str(row[0]) if row else "",
                titles=_count(connection, "titles"),
                verdicts=_count(connection, "verdicts"),
            )
    except KnownError as error:
        return replace(info, problem=error.sentence)


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing.

    Raises:
        KnownError: The file is missing, damaged or not a store.
    """
    try:
        with contextlib.closing(connect_sqlite(path, mode="ro")) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        raise KnownError(_SENTENCES.get(code, _DAMAGED), str(error)) from error
