"""Stores of earlier versions on PostgreSQL are upgraded by command, whole or not at all.

Needs a server as `test_store_postgresql.py` does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from helpers.old_store import FOLDER, load_old
from helpers.postgres import programs, server
from helpers.review_value import FINGERPRINT, make_finding, make_title, make_verdict
from sqlalchemy import Connection, MetaData, create_engine, insert, inspect, make_url, select, text

from core.cli.app import main
from core.domain.errors import KnownError
from core.review.library import Library
from core.store import migration
from core.store.check import check, check_store
from core.store.database import Database, server_database
from core.store.store import Store

OLD = sorted(FOLDER.glob("v*.sql"))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    pytest.importorskip("psycopg", reason="SKIPPED: psycopg is not installed")
    given, installed = os.environ.get("ONGLASS_TEST_POSTGRESQL", ""), programs()
    if given:
        yield given
    elif installed is None:
        pytest.skip("SKIPPED: PostgreSQL is not installed, and ONGLASS_TEST_POSTGRESQL names none")
    else:
        with server(installed) as own:
            yield own


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An empty database on the server."""
    opened = server_database(make_url(url), read_only=False)

    def empty(connection: Connection) -> None:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))

    opened.write(empty)
    yield opened
    opened.close()


def put_old(dump: Path, database: Database, folder: Path) -> None:
    """Put what a released schema left in a file into the same schema on the server."""
    path = folder / "old.db"
    load_old(dump, path)
    source = create_engine(f"sqlite:///{path}")
    former = MetaData()
    former.reflect(source)

    def work(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(migration.SCRIPTS))
        config.attributes["connection"] = connection
        command.upgrade(config, dump.stem.removeprefix("v"))
        present = MetaData()
        present.reflect(connection)
        # Triggers have counted already what is copied as it was counted.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        with source.connect() as reading:
            for table in former.sorted_tables:
                target = present.tables[table.name]
                connection.execute(target.delete())
                flags = [c.name for c in target.columns if str(c.type) == "BOOLEAN"]
                for row in reading.execute(select(table)).mappings():
                    values = {**row, **{name: bool(row[name]) for name in flags}}
                    connection.execute(insert(target).values(values))
                for column in table.primary_key.columns:
                    if column.name == "seq" or str(column.type) == "INTEGER":
                        _count_on(connection, table.name, column.name)

    database.write(work)
    source.dispose()


def _count_on(connection: Connection, table: str, column: str) -> None:
    """Let the server number rows behind those that were copied."""
    sequence = connection.execute(
        text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table, "c": column}
    ).scalar()
    if sequence:
        last = f'(SELECT coalesce(max("{column}"), 0) + 1 FROM "{table}")'
        connection.execute(text(f"SELECT setval('{sequence}', {last}, false)"))


def schema(database: Database) -> str | None:
    with database.reading() as connection:
        return migration.schema_of(connection)


@pytest.mark.parametrize("dump", OLD, ids=lambda dump: dump.stem)
def test_store_of_every_released_schema_is_upgraded_by_command_and_holds_its_rows(
    dump: Path, database: Database, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put_old(dump, database, tmp_path)
    assert main(["store", "upgrade", "--store", url]) == 0
    assert f"schema {migration.HEAD}" in capsys.readouterr().out
    with Store.open(url) as store:
        assert check(store).problems == ()
        assert store.titles.get(FINGERPRINT) == make_title()
        run = store.runs.latest(FINGERPRINT)
        assert run is not None
        assert store.findings.of(run.id) == (make_finding(1, 2),)
        assert [v.reviewer for v in store.verdicts.of(FINGERPRINT)] == ["Ada", "Béla"]
        library = Library(store)
        library.refresh()
        line = library.lines([FINGERPRINT])[FINGERPRINT]
        assert (line.flags, line.undecided, line.reviewers) == (2, 0, "Ada, Béla")
        store.verdicts.append(make_verdict(8, 9))
        assert len(store.verdicts.of(FINGERPRINT)) == 3


def test_whoever_only_opens_an_older_store_on_a_server_leaves_it_as_it_is(
    database: Database, url: str, tmp_path: Path
) -> None:
    put_old(OLD[0], database, tmp_path)
    for read_only in (False, True):
        with pytest.raises(KnownError, match="onglass store upgrade"):
            Store.open(url, read_only=read_only)
    assert "backed up there" in check_store(url).problems[0]
    assert schema(database) == "0001"


def test_upgrade_that_fails_leaves_the_server_as_it_was(
    database: Database, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_old(OLD[0], database, tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("half way")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_table", fail)
        with pytest.raises(RuntimeError, match="half way"):
            Store.open(url, upgrade_server=True)
    assert schema(database) == "0001"
    with database.reading() as connection:
        columns = {c["name"] for c in inspect(connection).get_columns("tracks")}
    assert "maps" not in columns
    Store.open(url, upgrade_server=True).close()
    assert schema(database) == migration.HEAD


def test_two_that_upgrade_at_once_do_it_once(database: Database, url: str, tmp_path: Path) -> None:
    put_old(OLD[0], database, tmp_path)

    def upgrade(_: int) -> None:
        Store.open(url, upgrade_server=True).close()

    with ThreadPoolExecutor(2) as helpers:
        assert list(helpers.map(upgrade, range(2))) == [None, None]
    assert schema(database) == migration.HEAD


def test_upgrade_gives_up_when_a_table_stays_in_use_and_says_so(
    database: Database, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_old(OLD[0], database, tmp_path)
    monkeypatch.setattr(migration, "PATIENCE_S", 0.05)
    with database.reading() as connection:
        connection.execute(text("SELECT count(*) FROM tracks"))
        with pytest.raises(KnownError, match="kept the store locked"):
            Store.open(url, upgrade_server=True)
    assert schema(database) == "0001"


def test_database_of_another_program_is_refused(database: Database, url: str) -> None:
    def foreign(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('ae10')"))

    database.write(foreign)
    with pytest.raises(KnownError, match="Another program"):
        Store.open(url)
