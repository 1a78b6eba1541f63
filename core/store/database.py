"""One database: its engine, its writer lane and its transactions.

SQLite runs in WAL mode with `synchronous=FULL`: a write is on the disk when it returns, and the
desk reads while the worker writes. All writers of this process take turns; those of other
processes are waited for.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from core.domain.errors import CancelledError, KnownError
from core.store.failure import is_busy, translated

T = TypeVar("T")

PATIENCE_S = 20.0
_PAUSE_S = 0.02
_POSTGRESQL_LANE = 0x0A61A55

_lanes: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
_lanes_guard = threading.Lock()


def _lane(name: str) -> threading.RLock:
    with _lanes_guard:
        return _lanes[name]


class Database:
    """Connections to one database.

    Attributes:
        is_open: It was not closed; once it was, reading and writing raise `CancelledError`.

    Args:
        engine: Makes connections.
        lane: Names the database, so that all that write to it in this process take turns.
        read_only: Refuse to write.
        patience_s: How long to wait for other processes before giving up.
        scratch: Folder with a private copy, removed on `close`.
    """

    def __init__(
        self,
        engine: Engine,
        lane: str,
        *,
        read_only: bool = False,
        patience_s: float = PATIENCE_S,
        scratch: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        self.engine = engine
        self.read_only = read_only
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._lane = _lane(lane)
        self._patience_s = patience_s
        self._scratch = scratch
        self._uses = 0
        self.is_open = True
        self._free = threading.Condition()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database throughout.

        Raises:
            KnownError: The database cannot be read.
            CancelledError: The database was closed.
        """
        with translated(), self._in_use(), self.engine.connect() as connection:
            yield connection

    def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction and return its answer once that is on the disk.

        Args:
            work: Called with the connection; called again when another process was in the way,
                so it must change nothing but the database.

        Raises:
            KnownError: The database cannot be written; nothing was changed.
            CancelledError: The database was closed; nothing was changed.
        """
        if self.read_only:
            raise KnownError("The store is open for reading only, so nothing was changed.")
        give_up = time.monotonic() + self._patience_s
        with translated(), self._lane:
            while True:
                try:
                    return self._once(work)
                except DBAPIError as error:
                    if not is_busy(error) or time.monotonic() >= give_up:
                        raise
                    time.sleep(_PAUSE_S)

    def _once(self, work: Callable[[Connection], T]) -> T:
        with self._in_use(), self._writing() as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                # Rows of two writers would otherwise become visible out of order.
                lane = {"lane": _POSTGRESQL_LANE}
                connection.execute(text("SELECT pg_advisory_xact_lock(:lane)"), lane)
            return work(connection)

    def _writing(self) -> Connection:
        return self.engine.connect().execution_options(onglass_write=True)

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        with self._free:
            if not self.is_open:
                raise CancelledError
            self._uses += 1
        try:
            yield
        finally:
            with self._free:
                self._uses -= 1
                self._free.notify_all()

    def close(self) -> None:
        """Give all connections back; the last one out merges the log into the file.

        Other threads finish what they read or write just now, and begin nothing more: whoever
        closes a store may be about to replace its file.
        """
        with self._free:
            self.is_open = False
            self._free.wait_for(lambda: not self._uses, self._patience_s)
        self.engine.dispose()
        if self._scratch is not None:
            self._scratch.cleanup()


def connect_sqlite(path: Path, *, mode: str = "rw", timeout_s: float = 5.0) -> sqlite3.Connection:
    """Open a SQLite file without going through SQLAlchemy.

    Args:
        path: The file.
        mode: `rwc` makes it when missing, `rw` needs it, `ro` only reads, `immutable` trusts
            that nobody writes (a read-only disk).
        timeout_s: How long SQLite itself waits for a lock.
    """
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{query}",
        uri=True,
        isolation_level=None,
        timeout=timeout_s,
        check_same_thread=False,
    )


def sqlite_database(
    path: Path,
    *,
    mode: str,
    patience_s: float = PATIENCE_S,
    lane: str | None = None,
    scratch: tempfile.TemporaryDirectory[str] | None = None,
) -> Database:
    """A database in a file; `mode` as in `connect_sqlite`."""
    wait_s = min(patience_s, 5.0)

    def connect() -> sqlite3.Connection:
        connection = connect_sqlite(path, mode=mode, timeout_s=wait_s)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA recursive_triggers=ON")
        if sys.platform == "darwin":
            # There, plain fsync leaves data in the drive's cache.
            connection.execute("PRAGMA fullfsync=ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "begin", _begin)
    return Database(
        engine,
        lane or str(path.absolute()),
        read_only=mode in ("ro", "immutable"),
        patience_s=patience_s,
        scratch=scratch,
    )


def _begin(connection: Connection) -> None:
    # A writer takes the lock first: one that starts by reading cannot be retried by SQLite.
    writes = connection.get_execution_options().get("onglass_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def server_database(url: URL, *, read_only: bool, patience_s: float = PATIENCE_S) -> Database:
    """A database on a server, PostgreSQL as a rule.

    Raises:
        KnownError: The driver is not installed, or there is no such kind of database.
    """
    options: dict[str, Any] = {"pool_pre_ping": True}
    try:
        engine = create_engine(url, **options)
    except ModuleNotFoundError as error:
        raise KnownError(
            "The driver for this database is not installed; install Onglass with its "
            "`postgresql` extra.",
            str(error),
        ) from error
    except NoSuchModuleError as error:
        raise KnownError(
            f"Onglass knows no database of the kind {url.drivername}.", str(error)
        ) from error
    return Database(
        engine, engine.url.render_as_string(), read_only=read_only, patience_s=patience_s
    )


def use_wal(path: Path, patience_s: float) -> None:
    """Switch a file to WAL for good.

    Raises:
        KnownError: It is locked, damaged or cannot be written.
    """
    give_up = time.monotonic() + patience_s
    with translated():
        while True:
            try:
                connection = connect_sqlite(path, mode="rwc")
                try:
                    (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
                finally:
                    connection.close()
                break
            except sqlite3.OperationalError as error:
                # Two processes that make one store at once meet here.
                if not is_busy(error) or time.monotonic() >= give_up:
                    raise
                time.sleep(_PAUSE_S)
    if mode != "wal":
        raise KnownError(
            "This disk cannot hold a store; put it on a local disk, or use PostgreSQL.",
            f"journal mode stays {mode}",
        )


def private_copy(path: Path) -> tuple[Path, tempfile.TemporaryDirectory[str]]:
    """Copy a store and its log where they can be merged, because its own disk is read-only."""
    folder = tempfile.TemporaryDirectory(prefix="onglass-store-", ignore_cleanup_errors=True)
    copy = Path(folder.name) / "store.db"
    shutil.copyfile(path, copy)
    shutil.copyfile(path.with_name(path.name + "-wal"), copy.with_name("store.db-wal"))
    return copy, folder
