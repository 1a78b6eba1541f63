"""Opening a store: what is made, what is upgraded, what is refused and in which words."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.mask_value import make_round
from helpers.old_store import FOLDER, MAPPED, fill, load_old
from helpers.review_value import (
    FINGERPRINT,
    make_finding,
    make_title,
    make_verdict,
    with_maps,
)
from sqlalchemy import Connection, inspect, select

from core.domain.errors import KnownError
from core.review.library import Library
from core.store import database as database_module
from core.store import migration, share
from core.store import store as store_module
from core.store.backup import backup, backups_dir
from core.store.check import check, check_store
from core.store.export import export_store
from core.store.store import Store, path_of, url_of
from core.store.table import Base, BatchRow, ChannelEventRow, ChannelRow, TaskRow


@contextlib.contextmanager
def write_protected(folder: Path) -> Iterator[None]:
    """Make what a folder holds unwritable, as a read-only disk does."""
    if os.name == "nt":
        pytest.skip("a folder cannot be write-protected this way on Windows")
    if os.geteuid() != 0:
        files = [folder, *folder.iterdir()]
        for file in files:
            file.chmod(0o555 if file.is_dir() else 0o444)
        try:
            yield
        finally:
            for file in files:
                file.chmod(0o755 if file.is_dir() else 0o644)
        return
    mount(["--bind", str(folder), str(folder)])
    try:
        mount(["-o", "remount,ro,bind", str(folder)])
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def mount(arguments: list[str]) -> None:
    if shutil.which("mount") is None:
        pytest.skip("SKIPPED: nothing here can mount a disk")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"SKIPPED: this machine does not let a test mount a disk: {done.stderr}")


def test_missing_store_is_made_with_its_folder(tmp_path: Path) -> None:
    with Store.open(tmp_path / "deep" / "er" / "store.db") as store:
        assert store.titles.recent(5) == ()
        assert not store.read_only
        assert store.notice == ""


def test_missing_store_is_not_made_unless_asked(tmp_path: Path) -> None:
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(KnownError, match="There is no store"):
            Store.open(tmp_path / "store.db", **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b.db", "ä#1.db", "100%25.db", "q?x=1&y.db", "a'b\".db"])
def test_url_of_a_store_opens_the_same_store(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and set(name) & set('?"'):
        pytest.skip("not a file name on Windows")
    with Store.open(tmp_path / name) as store:
        store.titles.put(make_title())
    with Store.open(store.url, create=False) as again:
        assert again.titles.get(FINGERPRINT) == make_title()
    assert path_of(url_of(tmp_path / name)) == tmp_path / name


def test_sqlite_url_names_a_file(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path.as_posix()}/s.db") as store:
        assert store.path == tmp_path / "s.db"


def test_url_of_a_server_is_no_file() -> None:
    assert path_of("postgresql+psycopg://host/onglass") is None


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_store_in_memory_is_refused(url: str) -> None:
    with pytest.raises(KnownError, match="needs a file"):
        Store.open(url)


def test_every_write_waits_for_the_disk_and_guards_references(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store, store.database.reading() as connection:
        asked = ("synchronous", "foreign_keys", "journal_mode", "recursive_triggers")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
        assert values == [2, 1, "wal", 1]
        assert int(connection.exec_driver_sql("PRAGMA busy_timeout").scalar() or 0) >= 1000


def test_two_stores_on_one_file_see_each_other(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as one, Store.open(tmp_path / "s.db") as two:
        one.verdicts.append(make_verdict(0, 1))
        two.verdicts.append(make_verdict(1, 2))
        assert one.verdicts.of(FINGERPRINT) == two.verdicts.of(FINGERPRINT)
        assert len(one.verdicts.of(FINGERPRINT)) == 2


_OTHER = """
import sys
from core.store.store import Store
with Store.open(sys.argv[1]) as store:
    store.titles.all()
"""


def test_opening_a_store_again_does_not_let_go_of_it_to_other_processes(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        store.verdicts.append(make_verdict(0, 1))
        Store.open(path).close()
        # Who believes to be the last to leave takes the log away.
        subprocess.run([sys.executable, "-c", _OTHER, str(path)], check=True)
        assert path.with_name("s.db-wal").exists()
        store.verdicts.append(make_verdict(1, 2))
    with Store.open(path) as again:
        assert len(again.verdicts.of(FINGERPRINT)) == 2
        assert check(again).ok


def test_newer_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    Store.open(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(KnownError, match="newer version of Onglass"):
        Store.open(path)
    assert check_store(path).problems == (
        "This store was written by a newer version of Onglass; update Onglass to open it.",
    )


def test_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (id INTEGER)")
    with pytest.raises(KnownError, match="another program"):
        Store.open(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"not a database at all, but long enough to be read as one" * 40)
    before = path.read_bytes()
    with pytest.raises(KnownError, match="not a store"):
        Store.open(path)
    assert path.read_bytes() == before


def test_folder_in_the_place_of_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="is a folder"):
        Store.open(tmp_path)
    assert "is a folder" in check_store(tmp_path).problems[0]


def test_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KnownError, match="folder of the store"):
        Store.open(tmp_path / "file" / "s.db")


def test_schema_of_the_scripts_is_the_schema_of_the_tables(tmp_path: Path) -> None:
    def shape(connection: Connection, table: str) -> Any:
        inspector = inspect(connection)
        columns = {(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)}
        indexes = {(i["name"], *i["column_names"]) for i in inspector.get_indexes(table)}
        keys = {
            (*k["constrained_columns"], k["referred_table"], str(k["options"]))
            for k in inspector.get_foreign_keys(table)
        }
        return columns, indexes, keys

    plain = database_module.sqlite_database(tmp_path / "plain.db", mode="rwc")
    plain.write(lambda connection: Base.metadata.create_all(connection))
    with Store.open(tmp_path / "s.db") as store:
        for table in Base.metadata.tables:
            with store.database.reading() as by_script, plain.reading() as by_table:
                assert shape(by_script, table) == shape(by_table, table)
    plain.close()


@pytest.mark.parametrize("dump", sorted(FOLDER.glob("v*.sql")), ids=lambda dump: dump.stem)
def test_store_of_every_released_schema_opens_and_holds_its_rows(
    dump: Path, tmp_path: Path
) -> None:
    load_old(dump, tmp_path / "s.db")
    with Store.open(tmp_path / "s.db") as store:
        assert check(store).ok
        assert store.titles.get(FINGERPRINT) == make_title()
        run = store.runs.latest(FINGERPRINT)
        assert run is not None
        assert store.findings.of(run.id) == (make_finding(1, 2),)
        (black,) = store.tracks.load(run.id, ["black"], maps=True)
        assert (len(black), black.maps) == (100, None)
        if dump.stem >= "v0002":
            (mapped,) = store.tracks.load(run.id, [MAPPED], maps=True)
            assert mapped.maps is not None
            np.testing.assert_array_equal(mapped.maps, with_maps(mapped).maps)
        assert [v.reviewer for v in store.verdicts.of(FINGERPRINT)] == ["Ada", "Béla"]
        fleet = 1 if dump.stem >= "v0005" else 0
        for table in (BatchRow, TaskRow, ChannelRow, ChannelEventRow):
            with store.database.reading() as connection:
                assert len(connection.execute(select(table)).all()) == fleet
        if dump.stem >= "v0006":
            (project,) = store.masks.all(FINGERPRINT)
            (layer,) = store.masks.layers(project.id)
            assert layer.labels.tolist() == [[0, 1, 1, 255], [0, 0, 2, 255]]
            rounds = (make_round(1),) if dump.stem >= "v0007" else ()
            assert store.mask_rounds.all(project.id) == rounds
        library = Library(store)
        assert library.refresh() == 0
        line = library.lines([FINGERPRINT])[FINGERPRINT]
        assert (line.flags, line.undecided, line.reviewers) == (2, 0, "Ada, Béla")
        store.verdicts.append(make_verdict(8, 9))
        assert len(store.verdicts.of(FINGERPRINT)) == 3
        assert not library.lines([FINGERPRINT])[FINGERPRINT].counted


def test_every_schema_has_left_a_database_and_the_last_one_is_current() -> None:
    scripts = sorted((migration.SCRIPTS / "versions").glob("v*.py"))
    released = [dump.stem for dump in sorted(FOLDER.glob("v*.sql"))]
    assert [script.stem.split("_")[0] for script in scripts] == released
    assert released[-1] == f"v{migration.HEAD}"


_NEXT = """
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "{next}", "{head}", None, None
def upgrade() -> None:
    op.add_column("titles", sa.Column("note", sa.Text))
    {more}
"""


_AFTER_HEAD = f"{int(migration.HEAD) + 1:04}"


def release_next(folder: Path, patch: pytest.MonkeyPatch, more: str = "") -> None:
    """Pretend that a further schema was released."""
    scripts = folder / "migrations"
    shutil.copytree(migration.SCRIPTS, scripts)
    script = _NEXT.format(more=more, next=_AFTER_HEAD, head=migration.HEAD)
    (scripts / "versions" / f"v{_AFTER_HEAD}_next.py").write_text(script)
    patch.setattr(migration, "SCRIPTS", scripts)
    patch.setattr(migration, "HEAD", _AFTER_HEAD)


def test_older_store_is_backed_up_then_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        fill(store)
    present = migration.HEAD
    release_next(tmp_path, monkeypatch)
    with Store.open(path) as store, store.database.reading() as connection:
        assert migration.schema_of(connection) == _AFTER_HEAD
        assert "note" in {c["name"] for c in inspect(connection).get_columns("titles")}
        assert len(store.verdicts.of(FINGERPRINT)) == 2
    (copy,) = backups_dir(path).iterdir()
    assert f"before-{_AFTER_HEAD}" in copy.name
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        assert row == (present,)
        assert connection.execute("SELECT count(*) FROM verdicts").fetchone() == (2,)


def test_upgrade_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        fill(store)
    with monkeypatch.context() as patch:
        release_next(tmp_path, patch, more="raise RuntimeError('half way')")
        with pytest.raises(RuntimeError, match="half way"):
            Store.open(path)
    with Store.open(path) as store, store.database.reading() as connection:
        assert "note" not in {c["name"] for c in inspect(connection).get_columns("titles")}
        assert len(store.verdicts.of(FINGERPRINT)) == 2


def test_older_store_that_may_not_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.db"
    Store.open(path).close()
    release_next(tmp_path, monkeypatch)
    with pytest.raises(KnownError, match="older version"):
        Store.open(path, read_only=True)


def test_store_opened_to_read_shows_everything_and_refuses_to_write(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db") as store:
        fill(store)
        with Store.open(tmp_path / "s.db", read_only=True) as reader:
            assert len(reader.verdicts.of(FINGERPRINT)) == 2
            store.verdicts.append(make_verdict(7, 8))
            assert len(reader.verdicts.of(FINGERPRINT)) == 3
            with pytest.raises(KnownError, match="reading only"):
                reader.verdicts.append(make_verdict())


def test_store_on_a_read_only_disk_opens_to_read_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with Store.open(folder / "s.db") as store:
        fill(store)
    with write_protected(folder):
        with Store.open(folder / "s.db") as store:
            assert store.read_only
            assert "only be read" in store.notice
            assert len(store.verdicts.of(FINGERPRINT)) == 2
            with pytest.raises(KnownError, match="nothing was changed"):
                store.verdicts.append(make_verdict())
        with pytest.raises(KnownError):
            Store.open(folder / "new.db")


def test_rows_still_in_the_log_are_seen_on_a_read_only_disk(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    with Store.open(tmp_path / "s.db") as store:
        fill(store)
        # As a crash leaves it: rows in the log, not merged into the file yet.
        shutil.copy(tmp_path / "s.db", folder / "s.db")
        shutil.copy(tmp_path / "s.db-wal", folder / "s.db-wal")
    with write_protected(folder), Store.open(folder / "s.db") as store:
        assert store.read_only
        assert len(store.verdicts.of(FINGERPRINT)) == 2


_LINUX = """\
/dev/vda / ext4 rw 0 0
server:/vol /mnt/qc nfs4 rw 0 0
//nas/a\\040b /mnt/a\\040b cifs rw 0 0
me@host:/ /home/me/far fuse.sshfs rw 0 0
/dev/vdb /mnt/qc/local xfs rw 0 0
"""
_MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ada@nas/media on /Volumes/media (smbfs, nodev, nosuid, mounted by ada)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/s.db", "ext4"),
        ("/mnt/qc/s.db", "nfs4"),
        ("/mnt/qc2/s.db", "ext4"),
        ("/mnt/a b/s.db", "cifs"),
        ("/home/me/far/s.db", "fuse.sshfs"),
        ("/mnt/qc/local/s.db", "xfs"),
    ],
)
def test_longest_mount_point_tells_the_kind_of_disk_on_linux(path: str, kind: str) -> None:
    assert share.type_at(path, share.mounts_of_linux(_LINUX)) == kind


def test_mounts_of_a_mac_are_understood() -> None:
    mounts = share.mounts_of_mac(_MAC)
    assert share.type_at("/Users/ada/s.db", mounts) == "apfs"
    assert share.type_at("/Volumes/media/s.db", mounts) == "smbfs"


@pytest.mark.skipif(os.name == "nt", reason="drives tell there, not mount points")
def test_store_on_a_network_share_is_refused_with_a_pointer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [("/", "ext4"), (str(tmp_path.resolve()), "nfs4")]
    monkeypatch.setattr(share, "_mounts", lambda: mounts)
    with pytest.raises(KnownError, match="PostgreSQL") as caught:
        Store.open(tmp_path / "new" / "s.db")
    assert "nfs4" in caught.value.details
    assert list(tmp_path.iterdir()) == []


def test_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(database_module, "create_engine", missing)
    with pytest.raises(KnownError, match="postgresql"):
        Store.open("postgresql+psycopg://nowhere/onglass")


def test_kind_of_database_that_nobody_knows_is_named() -> None:
    with pytest.raises(KnownError, match="kind bogus"):
        Store.open("bogus://nowhere/onglass")


def test_copies_beside_a_store_on_a_read_only_disk_are_refused_in_a_sentence(
    tmp_path: Path,
) -> None:
    path = tmp_path / "s.db"
    with Store.open(path) as store:
        fill(store)
    with write_protected(tmp_path):
        with pytest.raises(KnownError, match="cannot be written"):
            backup(path, tmp_path / "copy.db")
        with (
            Store.open(path, read_only=True) as store,
            pytest.raises(KnownError, match="cannot be written"),
        ):
            export_store(store, tmp_path / "all.jsonl")


def test_probe_for_a_read_only_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.touch()
    assert not store_module.is_write_protected(path)
    assert list(tmp_path.iterdir()) == [path]


def test_database_of_somebody_else_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(KnownError):
        Store.open(path)
    assert path.read_bytes() == before
