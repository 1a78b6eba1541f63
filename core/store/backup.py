"""Copies of a store: made while it is in use, checked, rotated, and brought back."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.domain.errors import KnownError
from core.store.database import connect_sqlite
from core.store.failure import is_busy, translated
from core.store.migration import refuse_newer

STAMP = "%Y%m%dT%H%M%S%fZ"
_AUTOMATIC = "automatic"
BEFORE_RESTORE = "before-restore"
_IN_USE = (
    "The store is in use by another desk or an analysis, so it was not replaced; close them and "
    "try again."
)


def backup(source: Path, target: Path) -> Path:
    """Copy a store that may be in use; the copy appears whole or not at all.

    Args:
        source: The store's file.
        target: Where to; an existing file is replaced.

    Returns:
        `target`.

    Raises:
        KnownError: The store is missing or damaged, or the copy cannot be written.
    """
    if not source.exists():
        raise KnownError(f"There is no store at {source}.")
    if target.exists() and target.samefile(source):
        raise KnownError("A store cannot be backed up onto itself.")
    if target.exists() and not target.is_file():
        raise KnownError(f"{target} is not a file that a backup could replace.")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with translated():
            _copy(source, part)
        _flush(part)
        part.replace(target)
    except OSError as error:
        raise KnownError("The backup cannot be written there.", str(error)) from error
    finally:
        for leftover in (part, _beside(part, "-wal"), _beside(part, "-shm")):
            # Where the disk is read-only, nothing was left over, and trying to remove it fails.
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
    return target


def set_aside(path: Path, label: str) -> Path:
    """Back a store up into the folder `backups` beside it, under the time and a label."""
    return backup(path, _aside(path, label))


def _aside(path: Path, label: str) -> Path:
    name = f"{path.stem}.{datetime.now(UTC).strftime(STAMP)}.{label}.db"
    return backups_dir(path) / name


def backups_dir(path: Path) -> Path:
    """Folder that holds the backups of a store."""
    return path.parent / "backups"


def automatic_backup(path: Path, keep: int = 7, every_h: float = 24.0) -> Path | None:
    """Back a store up when the last automatic backup is old enough, and drop the oldest ones.

    Args:
        path: The store's file.
        keep: How many automatic backups stay, at least one.
        every_h: Hours that must have passed since the last one.

    Returns:
        The new backup, or None when it was not time.

    Raises:
        KnownError: The backup cannot be written; older ones stay.
    """
    known = automatic_backups(path)
    if known and _age(known[-1], path) < timedelta(hours=every_h):
        return None
    made = set_aside(path, _AUTOMATIC)
    for old in automatic_backups(path)[: -max(keep, 1)]:
        old.unlink(missing_ok=True)
    return made


def automatic_backups(path: Path) -> list[Path]:
    """Automatic backups of a store, oldest first."""
    folder = backups_dir(path)
    prefix, suffix = f"{path.stem}.", f".{_AUTOMATIC}.db"
    names = list(folder.glob("*.db")) if folder.is_dir() else []
    return sorted(p for p in names if p.name.startswith(prefix) and p.name.endswith(suffix))


def restore(source: Path, path: Path) -> Path | None:
    """Put a backup in the place of a store; what stood there is set aside first.

    The store is replaced in one step: whoever ends the process meanwhile leaves the former store or
    the backup, whole, and never a mixture.

    Args:
        source: The backup.
        path: The store's file; it may be missing or damaged.

    Returns:
        Where the former store was set aside; None when there was none.

    Raises:
        KnownError: The backup is missing, damaged or not a store, or the store is in use; it was
            not changed.
    """
    if not source.exists():
        raise KnownError(f"There is no backup at {source}.")
    if path.exists() and path.samefile(source):
        raise KnownError("A store cannot be restored from itself.")
    with translated():
        _require_store(source)
    for leftover in path.parent.glob(f"{path.name}.*.restoring"):
        # Of one that was killed.
        leftover.unlink(missing_ok=True)
    fresh = backup(source, path.with_name(f"{path.name}.{os.getpid()}.restoring"))
    try:
        former = _keep_former(path)
        fresh.replace(path)
    except OSError as error:
        raise KnownError("The store cannot be replaced there.", str(error)) from error
    finally:
        fresh.unlink(missing_ok=True)
    return former


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with (
        contextlib.closing(connect_sqlite(source, mode="ro")) as reading,
        contextlib.closing(connect_sqlite(target, mode="rwc")) as writing,
    ):
        reading.backup(writing)
        # One file that can be carried anywhere, also to a read-only disk.
        writing.execute("PRAGMA journal_mode=DELETE")
        (answer,) = writing.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise KnownError("The store is damaged; restore its latest backup.", str(answer))


def _require_store(path: Path) -> None:
    with contextlib.closing(connect_sqlite(path, mode="ro")) as connection:
        (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if answer != "ok":
            raise KnownError("The backup is damaged.", str(answer))
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT count(*) FROM verdicts").fetchone()
        except sqlite3.OperationalError as error:
            raise KnownError("This file is not a backup of a store.", str(error)) from error
    refuse_newer(str(row[0]) if row else None)


def _keep_former(path: Path) -> Path | None:
    """Copy the former store into the backups, and leave no log that another file could meet."""
    if not path.exists():
        _remove_log(path)
        return None
    try:
        with translated():
            _rest(path)
        return set_aside(path, BEFORE_RESTORE)
    except KnownError as error:
        if error.sentence == _IN_USE:
            raise
        return _copy_raw(path)


def _rest(path: Path) -> None:
    """Merge the log into the file, which only its last user can.

    Raises:
        KnownError: Another process has the store open.
    """
    with contextlib.closing(connect_sqlite(path)) as connection:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            raise KnownError(_IN_USE, str(error)) from error
    if mode != "delete":
        raise KnownError(_IN_USE, f"journal mode stays {mode}")


def _copy_raw(path: Path) -> Path:
    """Keep a damaged store as it is, byte by byte, with its log."""
    aside = _aside(path, BEFORE_RESTORE)
    aside.parent.mkdir(parents=True, exist_ok=True)
    try:
        for suffix in ("-wal", ""):
            if _beside(path, suffix).exists():
                shutil.copyfile(_beside(path, suffix), _beside(aside, suffix))
                _flush(_beside(aside, suffix))
    except OSError:
        for suffix in ("-wal", ""):
            _beside(aside, suffix).unlink(missing_ok=True)
        raise
    _remove_log(path)
    return aside


def _remove_log(path: Path) -> None:
    for suffix in ("-wal", "-shm", "-journal"):
        _beside(path, suffix).unlink(missing_ok=True)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _age(copy: Path, path: Path) -> timedelta:
    stamp = copy.name.removeprefix(f"{path.stem}.").split(".")[0]
    try:
        made = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return timedelta.max
    return datetime.now(UTC) - made


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
