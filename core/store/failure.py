"""What a database says, in a sentence that a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from core.domain.errors import BugError, KnownError


class StoreError(KnownError):
    """The database is at fault, not what was to be kept in it; later it may well be kept."""


_SENTENCES: dict[int, str] = {
    sqlite3.SQLITE_FULL: (
        "The disk that holds the store is full; nothing was changed, so free some space and "
        "try again."
    ),
    sqlite3.SQLITE_CORRUPT: "The store is damaged; restore its latest backup.",
    sqlite3.SQLITE_NOTADB: "This file is not a store, or it is damaged beyond reading.",
    sqlite3.SQLITE_BUSY: (
        "Another program kept the store locked for too long; nothing was changed, so close it "
        "and try again."
    ),
    sqlite3.SQLITE_LOCKED: (
        "Another program kept the store locked for too long; nothing was changed, so close it "
        "and try again."
    ),
    sqlite3.SQLITE_READONLY: "The store can only be read, so nothing was changed.",
    sqlite3.SQLITE_PERM: "The store may not be written here; check the folder's permissions.",
    sqlite3.SQLITE_CANTOPEN: "The store cannot be opened; check that its folder can be written.",
    sqlite3.SQLITE_IOERR: (
        "The disk that holds the store reported an error; nothing was changed, so check the disk."
    ),
    sqlite3.SQLITE_NOLFS: "The store has grown beyond what its disk can hold.",
    sqlite3.SQLITE_TOOBIG: "One entry is too large for the store.",
    sqlite3.SQLITE_NOMEM: "There is not enough memory to use the store.",
}
_NO_ROOM = {"SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMMAP"}
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _sqlite_code(error: BaseException) -> int | None:
    """The primary result code of a SQLite error, else None."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _cause(error: BaseException) -> BaseException:
    original = getattr(error, "orig", None)
    return original if isinstance(original, BaseException) else error


def is_busy(error: BaseException) -> bool:
    """Whether another connection holds a lock, so that trying again may help."""
    return _sqlite_code(_cause(error)) in _BUSY


def known(error: BaseException) -> StoreError | None:
    """The sentence for a database error; None when it is a mistake of ours."""
    cause = _cause(error)
    name = str(getattr(cause, "sqlite_errorname", ""))
    details = f"{name or type(cause).__name__}: {cause}"
    code = sqlite3.SQLITE_FULL if name in _NO_ROOM else _sqlite_code(cause)
    if code is not None:
        sentence = _SENTENCES.get(code)
        return StoreError(sentence, details) if sentence else None
    if isinstance(cause, sqlite3.DatabaseError) and "not a database" in str(cause):
        return StoreError(_SENTENCES[sqlite3.SQLITE_NOTADB], details)
    if isinstance(error, DBAPIError) and type(cause).__name__ == "ReadOnlySqlTransaction":
        return StoreError(_SENTENCES[sqlite3.SQLITE_READONLY], details)
    if isinstance(error, DBAPIError) and type(cause).__name__ == "LockNotAvailable":
        return StoreError(_SENTENCES[sqlite3.SQLITE_BUSY], details)
    if isinstance(error, DBAPIError) and type(cause).__name__ in (
        "OperationalError",
        "AdminShutdown",
        "InterfaceError",
    ):
        return StoreError("The database server cannot be reached; nothing was changed.", details)
    return None


@contextmanager
def translated() -> Iterator[None]:
    """Turn database errors into `KnownError`, and broken constraints into `BugError`.

    Raises:
        KnownError: The disk is full, the file damaged, locked, read-only or out of reach.
        BugError: A constraint was broken, which correct code never does.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        sentence = known(error)
        if sentence is not None:
            raise sentence from error
        if isinstance(error, IntegrityError | sqlite3.IntegrityError):
            raise BugError(f"the store refused a row: {_cause(error)}") from error
        raise
