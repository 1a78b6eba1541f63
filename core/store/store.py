"""The store: one database with its repositories.

```python
with Store.open(default_store()) as store:
    store.verdicts.append(verdict)  # on the disk when this returns
```
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from core.domain.errors import KnownError
from core.store import backup, migration
from core.store.assignment import AssignmentRepository
from core.store.channel import ChannelRepository
from core.store.channel_list import ChannelListRepository
from core.store.database import (
    PATIENCE_S,
    Database,
    private_copy,
    server_database,
    sqlite_database,
    use_wal,
)
from core.store.finding import FindingRepository
from core.store.mask import MaskRepository
from core.store.mask_round import MaskRoundRepository
from core.store.reviewer import ReviewerRepository
from core.store.run import RunRepository
from core.store.share import network_share
from core.store.spot import SpotRepository
from core.store.summary import SummaryRepository
from core.store.task import TaskRepository
from core.store.title import TitleRepository
from core.store.track import TrackRepository
from core.store.verdict import VerdictRepository


class Store:
    """One open database; any thread may use it. Made by `Store.open`.

    Attributes:
        url: What `open` takes to open the same store elsewhere: an SQLAlchemy URL, or the plain
            path where a URL could not say it.
        path: The file, None for a server.
        read_only: Writing raises `KnownError`.
        notice: One sentence that people should see, or empty.
        titles: Titles by fingerprint.
        runs: Analyses.
        tracks: Measurements of runs.
        findings: Findings of runs.
        verdicts: Rows of verdicts.
        reviewers: People.
        assignments: Who is asked to look at what.
        spots: Spot checks.
        masks: Masks over video.
        mask_rounds: Rounds of learning them.
        summaries: What a library shows of each title.
        tasks: Batches and their tasks.
        channels: Watched channels.
        channel_list: The same, many at a glance.
    """

    def __init__(self, database: Database, url: str, path: Path | None, notice: str = "") -> None:
        self.url = url
        self.path = path
        self.read_only = database.read_only
        self.notice = notice
        self.database = database
        self.titles = TitleRepository(database)
        self.runs = RunRepository(database)
        self.tracks = TrackRepository(database)
        self.findings = FindingRepository(database)
        self.verdicts = VerdictRepository(database)
        self.reviewers = ReviewerRepository(database)
        self.assignments = AssignmentRepository(database)
        self.spots = SpotRepository(database)
        self.masks = MaskRepository(database)
        self.mask_rounds = MaskRoundRepository(database)
        self.summaries = SummaryRepository(database)
        self.tasks = TaskRepository(database)
        self.channels = ChannelRepository(database)
        self.channel_list = ChannelListRepository(database)

    @classmethod
    def open(
        cls,
        where: str | Path,
        read_only: bool = False,
        create: bool = True,
        *,
        patience_s: float = PATIENCE_S,
        upgrade_server: bool = False,
    ) -> Store:
        """Open a store, make it when missing, upgrade it when older (after a backup).

        A file is backed up and upgraded by whoever opens it. A server is backed up by its own
        tools and shared with others, so it is upgraded only when somebody says so.

        Args:
            where: A path, or an SQLAlchemy URL such as `postgresql+psycopg://host/onglass`.
            read_only: Change nothing, not even the schema.
            create: Make a missing file.
            patience_s: How long to wait for locks of other processes.
            upgrade_server: Upgrade it also when it is on a server.

        Raises:
            KnownError: It is missing, damaged, newer, locked, on a network share, not ours, or an
                older one on a server.
        """
        path = path_of(where)
        if path is None:
            return cls._open_server(str(where), read_only, patience_s, upgrade_server)
        return cls._open_file(path, read_only, create, patience_s)

    @classmethod
    def _open_server(cls, url: str, read_only: bool, patience_s: float, upgrade: bool) -> Store:
        database = server_database(make_url(url), read_only=read_only, patience_s=patience_s)
        return cls._prepared(database, url, None, "", upgrade)

    @classmethod
    def _open_file(cls, path: Path, read_only: bool, create: bool, patience_s: float) -> Store:
        share = network_share(path)
        if share:
            raise KnownError(
                "A store cannot lie on a network share; put it on a local disk, or give the URL "
                "of a PostgreSQL database to share it.",
                f"{path} is on {share}",
            )
        if not path.exists() and (read_only or not create):
            raise KnownError(f"There is no store at {path}.")
        if path.is_dir():
            raise KnownError(f"{path} is a folder, not a store.")
        notice = ""
        if not read_only and path.exists() and is_write_protected(path):
            read_only = True
            notice = "This store can only be read here, so decisions cannot be kept."
        if read_only:
            return cls._open_to_read(path, notice, patience_s)
        make_folder(path.parent)
        if path.exists() and path.stat().st_size:
            # Before anything is written: what is refused must stay as it is.
            _refuse_foreign(path, patience_s)
        use_wal(path, patience_s)
        database = sqlite_database(path, mode="rw", patience_s=patience_s)
        return cls._prepared(database, url_of(path), path, notice)

    @classmethod
    def _open_to_read(cls, path: Path, notice: str, patience_s: float) -> Store:
        database = sqlite_database(path, mode="ro", patience_s=patience_s)
        if is_write_protected(path):
            database.close()
            log = path.with_name(path.name + "-wal")
            if log.exists() and log.stat().st_size:
                copy, scratch = private_copy(path)
                database = sqlite_database(copy, mode="rw", patience_s=patience_s, scratch=scratch)
                database.read_only = True
            else:
                database = sqlite_database(path, mode="immutable", patience_s=patience_s)
        return cls._prepared(database, url_of(path), path, notice)

    @classmethod
    def _prepared(
        cls, database: Database, url: str, path: Path | None, notice: str, upgrade: bool = True
    ) -> Store:
        """Check the schema, and upgrade it when that is allowed."""
        try:
            with database.reading() as connection:
                revision = migration.schema_of(connection)
            migration.refuse_newer(revision)
            if revision != migration.HEAD:
                if revision is not None and not upgrade:
                    raise KnownError(
                        "This store on a server was written by an older version; have it backed "
                        "up there, then bring it up to date with `onglass store upgrade`. Desks "
                        "of the older version cannot open it after that.",
                        f"schema {revision}, this version has {migration.HEAD}",
                    )
                if database.read_only:
                    raise KnownError(
                        "This store was written by an older version and must be opened for "
                        "writing once, to bring it up to date."
                    )
                if revision is not None and path is not None:
                    backup.set_aside(path, f"before-{migration.HEAD}")
                migration.upgrade(database)
        except BaseException:
            database.close()
            raise
        return cls(database, url, path, notice)

    def close(self) -> None:
        """Close all connections; calling it again changes nothing."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _refuse_foreign(path: Path, patience_s: float) -> None:
    database = sqlite_database(path, mode="ro", patience_s=patience_s)
    try:
        with database.reading() as connection:
            migration.refuse_newer(migration.schema_of(connection))
    finally:
        database.close()


def path_of(where: str | Path) -> Path | None:
    """The SQLite file that a path or URL names; None for a database server.

    Raises:
        KnownError: It is a URL that makes no sense, or a SQLite database in memory.
    """
    if isinstance(where, Path) or "://" not in where:
        return Path(where)
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise KnownError("This is not the URL of a database.", str(error)) from error
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:":
        raise KnownError("A store needs a file; name one after sqlite:///.")
    return Path(url.database)


def url_of(path: Path) -> str:
    """The URL of a SQLite file, or its plain path where a URL cannot say it."""
    absolute = path.absolute()
    text = URL.create("sqlite", database=str(absolute)).render_as_string()
    return text if path_of(text) == absolute else str(absolute)


def make_folder(folder: Path) -> None:
    """Make the folder of a store.

    Raises:
        KnownError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError("The folder of the store cannot be made.", str(error)) from error


def is_write_protected(path: Path) -> bool:
    """Whether a file or its folder refuses to be written.

    The file itself is never opened for that on POSIX: closing it would drop every lock that SQLite
    holds on it in this process (https://www.sqlite.org/howtocorrupt.html, 2.2), and another process
    could then take away the log of a store that is open here.
    """
    if os.name == "posix" and not os.access(path, os.W_OK):
        return True
    probe = path.with_name(f".{path.name}.{os.getpid()}.probe")
    try:
        if os.name != "posix":
            with path.open("r+b"):
                pass
        probe.touch()
        probe.unlink(missing_ok=True)
    except OSError as error:
        return error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
    return False
