"""Backups are listed, compared and brought back whole, whenever the process is ended."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from helpers.old_store import fill
from helpers.review_value import FINGERPRINT, make_title, make_verdict
from typer.testing import CliRunner

from core.cli.app import app
from core.domain.errors import CancelledError, KnownError
from core.store.backup import automatic_backup, backup, backups_dir, restore, set_aside
from core.store.backup_list import check_backup, compare, list_backups
from core.store.check import check_store
from core.store.database import connect_sqlite
from core.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two verdicts."""
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        fill(store)
    return path


def verdicts(path: Path) -> int:
    assert check_store(path).ok
    with Store.open(path, create=False) as store:
        return len(store.verdicts.of(FINGERPRINT))


def test_backups_are_listed_newest_first_with_what_is_in_them(path: Path) -> None:
    assert list_backups(path) == ()
    first = automatic_backup(path)
    with Store.open(path) as store:
        store.verdicts.append(make_verdict(8, 9))
    second = set_aside(path, "manual")
    shutil.copy(path, backups_dir(path) / "s.notes.db")
    shutil.copy(path, backups_dir(path) / "other.20260101T000000000000Z.manual.db")
    found = list_backups(path)
    assert [info.path for info in found] == [second, first]
    assert [info.label for info in found] == ["manual", "automatic"]
    assert [(info.titles, info.verdicts) for info in found] == [(1, 3), (1, 2)]
    assert found[0].size_bytes == second.stat().st_size
    assert found[0].schema == check_store(path).schema
    assert all(check_backup(info).checked and not check_backup(info).problem for info in found)


def test_damage_in_a_backup_is_found_by_the_check(path: Path) -> None:
    made = set_aside(path, "manual")
    with made.open("r+b") as file:
        file.seek(made.stat().st_size - 8192)
        file.write(b"\xa5" * 8192)
    (backups_dir(path) / "s.20260101T000000000000Z.manual.db").write_bytes(b"not a database" * 99)
    with contextlib.closing(
        sqlite3.connect(backups_dir(path) / "s.20250101T000000000000Z.manual.db")
    ) as foreign:
        foreign.execute("CREATE TABLE bookmarks (id INTEGER)")
    problems = [check_backup(info).problem for info in list_backups(path)]
    assert all(problems)
    assert problems[1:] == [
        "This file is not a store, or it is damaged beyond reading.",
        "This file is not a store.",
    ]


def test_comparison_tells_which_verdicts_a_restore_would_lose(path: Path) -> None:
    made = set_aside(path, "manual")
    with Store.open(path) as store:
        store.titles.put(make_title("other", "/media/Reel 2.mov"))
        store.verdicts.append(make_verdict(8, 9), make_verdict(10, 11))
        store.verdicts.append(make_verdict(8, 9, fingerprint="other"))
        difference = compare(made, path)
    assert (difference.lost, difference.gained) == (3, 0)
    assert difference.titles == ((make_title().path.name, 2), ("Reel 2.mov", 1))
    aside = restore(made, path)
    assert aside is not None
    assert (compare(aside, path).lost, compare(aside, path).gained) == (0, 3)
    path.unlink()
    assert compare(made, path).gained == 2


def test_store_in_use_is_not_replaced(path: Path) -> None:
    made = set_aside(path, "manual")
    with Store.open(path) as store:
        store.verdicts.append(make_verdict(8, 9))
        with pytest.raises(KnownError, match="in use"):
            restore(made, path)
        store.verdicts.append(make_verdict(10, 11))
    assert verdicts(path) == 4
    assert [p.name for p in path.parent.iterdir() if "restoring" in p.name] == []
    restore(made, path)
    assert verdicts(path) == 2


def test_thread_that_still_reads_does_not_keep_a_closed_store_from_being_replaced(
    path: Path,
) -> None:
    made = set_aside(path, "manual")
    store = Store.open(path)
    reads, may_end = threading.Event(), threading.Event()
    later: list[BaseException] = []

    def read() -> None:
        with store.database.reading():
            reads.set()
            assert may_end.wait(60)
        try:
            store.verdicts.of(FINGERPRINT)
        except CancelledError as error:
            later.append(error)

    reader, closer = threading.Thread(target=read), threading.Thread(target=store.close)
    reader.start()
    assert reads.wait(60)
    closer.start()
    while store.database.is_open:
        pass
    may_end.set()
    for thread in (closer, reader):
        thread.join()
    restore(made, path)
    assert len(later) == 1
    with pytest.raises(CancelledError):
        store.verdicts.append(make_verdict(8, 9))
    assert verdicts(path) == 2


def test_backup_of_a_newer_version_is_refused(path: Path) -> None:
    made = set_aside(path, "manual")
    with contextlib.closing(sqlite3.connect(made)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(KnownError, match="newer version"):
        restore(made, path)
    assert verdicts(path) == 2


def test_log_that_a_crash_left_never_meets_the_restored_file(path: Path, tmp_path: Path) -> None:
    made = set_aside(path, "manual")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    with Store.open(path) as store:
        store.verdicts.append(make_verdict(8, 9))
        for name in ("s.db", "s.db-wal"):
            shutil.copy(path.with_name(name), crashed / name)
    aside = restore(made, crashed / "s.db")
    assert aside is not None
    assert (verdicts(crashed / "s.db"), verdicts(aside)) == (2, 3)
    (crashed / "s.db").unlink()
    shutil.copy(path.with_name("s.db"), crashed / "s.db-wal")
    restore(made, crashed / "s.db")
    assert verdicts(crashed / "s.db") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="processes are split by fork here")
@pytest.mark.parametrize("damaged", [False, True])
def test_restore_that_is_killed_anywhere_leaves_the_old_or_the_new(
    path: Path, tmp_path: Path, damaged: bool
) -> None:
    made = set_aside(path, "manual")
    with Store.open(path) as store:
        store.verdicts.append(make_verdict(8, 9))
    if damaged:
        path.write_bytes(b"nothing that SQLite knows" * 999)
    before = path.read_bytes()
    found = set()
    for step in range(1, 200):
        shutil.rmtree(tmp_path / "try", ignore_errors=True)
        (tmp_path / "try").mkdir()
        target = tmp_path / "try" / "s.db"
        target.write_bytes(before)
        ended = killed_at(step, made, target)
        for left in target.parent.glob("s.db.*.restoring"):
            assert left.name.count(".") == 3
        if damaged and target.read_bytes() == before:
            found.add(0)
        else:
            with contextlib.closing(connect_sqlite(target)) as connection:
                (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
                (rows,) = connection.execute("SELECT count(*) FROM verdicts").fetchone()
            assert answer == "ok"
            found.add(rows)
        if not ended:
            break
    assert found == ({0, 2} if damaged else {3, 2})
    restore(made, target)
    assert verdicts(target) == 2
    assert not list(target.parent.glob("*.restoring"))


_TOUCHES = ("open", "os.rename", "os.remove", "os.truncate", "sqlite3.connect", "shutil.copyfile")


def killed_at(step: int, source: Path, target: Path) -> bool:
    """Restore in a process that ends at its n-th touch of the disk; whether it came to that."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    touches = 0

    def watch(event: str, _arguments: object) -> None:
        nonlocal touches
        touches += event in _TOUCHES
        if touches >= step:
            os._exit(9)

    sys.addaudithook(watch)
    try:
        restore(source, target)
    finally:
        os._exit(0)


def test_command_line_lists_backups_and_what_each_would_lose(path: Path) -> None:
    runner = CliRunner()
    assert "no backups" in runner.invoke(app, ["store", "list", "--store", str(path)]).stdout
    backup(path, backups_dir(path) / "s.20260101T000000000000Z.manual.db")
    with Store.open(path) as store:
        store.verdicts.append(make_verdict(8, 9))
    said = runner.invoke(app, ["store", "list", "--store", str(path)]).stdout
    assert "2026-01-01 00:00:00Z  manual" in said
    assert "2 verdicts, 1 less than now" in said
    said = runner.invoke(app, ["store", "list", "--store", str(path), "--json"]).stdout
    assert '"lost": 1' in said
