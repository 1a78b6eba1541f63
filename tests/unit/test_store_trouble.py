"""Full disks, locks, damage and crowds: a sentence each, and nothing lost."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from helpers.old_store import fill
from helpers.review_value import FINGERPRINT, make_title, make_track, make_verdict
from sqlalchemy import text

from core.domain.errors import KnownError
from core.store.backup import automatic_backup, automatic_backups, backup, backups_dir, restore
from core.store.check import check, check_store
from core.store.database import connect_sqlite
from core.store.export import export_store
from core.store.store import Store
from gui.store_archive import StoreArchive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.db"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("SKIPPED: only root can mount a small disk")
    arguments = ["mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", str(folder)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"SKIPPED: this machine does not let a test mount a disk: {done.stderr}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(store: Store) -> int:
    """Append until the store refuses; gives how many were acknowledged."""
    for kept in range(10_000):
        try:
            store.verdicts.append(make_verdict(kept, kept + 1, comment="x" * 5000))
        except KnownError as error:
            if "disk that holds the store is full" not in error.sentence:
                raise
            return kept
    raise AssertionError("the disk never filled up")


def test_full_disk_is_said_and_what_was_kept_stays(small_disk: Path) -> None:
    with Store.open(small_disk / "s.db") as store:
        kept = fill_up(store)
        assert kept > 0
        assert len(store.verdicts.of(FINGERPRINT)) == kept
        with pytest.raises(KnownError, match="full"):
            store.verdicts.append(make_verdict(comment="y" * 50_000))
    report = check_store(small_disk / "s.db")
    assert report.ok
    assert report.counts["verdicts"] == kept


def test_writing_goes_on_once_a_full_store_has_room_again(path: Path) -> None:
    with Store.open(path) as store:
        # One connection is pooled, so the limit set here holds for the writes below.
        with store.database.reading() as connection:
            pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")
        kept = fill_up(store)
        with store.database.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        store.verdicts.append(make_verdict(comment="z" * 5000))
        assert len(store.verdicts.of(FINGERPRINT)) == kept + 1
        assert check(store).ok


def test_lock_that_is_held_too_long_is_said(path: Path) -> None:
    with Store.open(path, patience_s=0.05) as store:
        with contextlib.closing(connect_sqlite(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(KnownError, match="locked for too long"):
                store.verdicts.append(make_verdict())
            other.execute("ROLLBACK")
        store.verdicts.append(make_verdict())
        assert len(store.verdicts.of(FINGERPRINT)) == 1


def test_lock_that_is_let_go_is_waited_for(path: Path) -> None:
    with Store.open(path) as store, contextlib.closing(connect_sqlite(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer = threading.Thread(target=store.verdicts.append, args=(make_verdict(),))
        writer.start()
        assert store.verdicts.of(FINGERPRINT) == ()
        other.execute("ROLLBACK")
        writer.join()
        assert len(store.verdicts.of(FINGERPRINT)) == 1


def test_many_threads_of_two_stores_lose_nothing(path: Path) -> None:
    with Store.open(path) as one, Store.open(path) as two:
        one.titles.put(make_title())
        run = one.runs.start(FINGERPRINT, ("black",))
        errors: list[BaseException] = []

        def work(store: Store, number: int) -> None:
            try:
                for i in range(20):
                    store.verdicts.append(make_verdict(number, number + 1, comment=str(i)))
                    store.tracks.append(run.id, make_track(40 * i, 1, stream=number), done_s=i)
                    store.verdicts.of(FINGERPRINT)
            except BaseException as error:  # noqa: BLE001 - reported by the test's own thread
                errors.append(error)

        threads = [threading.Thread(target=work, args=((one, two)[n % 2], n)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        rows = one.verdicts.of(FINGERPRINT)
        assert len({row.id for row in rows}) == 120
        for number in range(6):
            mine = [int(r.comment) for r in rows if r.span.start_s == number]
            assert mine == list(range(20))
        assert [len(track) for track in two.tracks.load(run.id)] == [20] * 6


def damage(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * page)
        file.write(b"\xa5" * 4096)


def test_damaged_file_is_said_and_its_backup_brings_everything_back(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
    copy = backup(path, path.with_name("copy.db"))
    for page in range(1, path.stat().st_size // 4096):
        damage(path, page)
    assert not check_store(path).ok
    with pytest.raises(KnownError, match="damaged"), Store.open(path) as store:
        store.verdicts.of(FINGERPRINT)
    aside = restore(copy, path)
    assert aside is not None
    assert aside.exists()
    with Store.open(path) as store:
        assert check(store).ok
        assert len(store.verdicts.of(FINGERPRINT)) == 2


def test_check_names_a_damaged_track(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
        assert check(store).ok
        store.database.write(lambda c: c.execute(text("UPDATE tracks SET data = x'00'")))
        problems = check(store).problems
    assert len(problems) == 2
    assert "black" in problems[0]


def test_check_names_rows_that_point_nowhere(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE findings SET run = 'gone'")
    assert any("findings" in problem for problem in check_store(path).problems)


def test_check_notices_when_verdicts_lost_their_protection(path: Path) -> None:
    Store.open(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER verdicts_refuse_update")
    assert any("protected" in problem for problem in check_store(path).problems)


def test_check_of_nothing_is_refused(path: Path) -> None:
    with pytest.raises(KnownError, match="There is no store"):
        check_store(path)


def test_check_changes_nothing(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
    before = path.read_bytes()
    assert check_store(path).ok
    assert path.read_bytes() == before


def test_backup_of_a_store_in_use_holds_all_that_was_acknowledged(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
        copy = backup(path, path.with_name("b") / "copy.db")
        store.verdicts.append(make_verdict(8, 9))
    assert [p.name for p in copy.parent.iterdir()] == ["copy.db"]
    with Store.open(copy) as store:
        assert len(store.verdicts.of(FINGERPRINT)) == 2
        assert check(store).ok


def test_backup_that_cannot_be_made_leaves_the_former_one(path: Path) -> None:
    copy = path.with_name("copy.db")
    with Store.open(path) as store:
        fill(store)
    backup(path, copy)
    former = copy.read_bytes()
    for page in range(1, path.stat().st_size // 4096):
        damage(path, page)
    with pytest.raises(KnownError, match="damaged"):
        backup(path, copy)
    assert copy.read_bytes() == former
    with pytest.raises(KnownError, match="no store"):
        backup(path.with_name("missing.db"), copy)
    with pytest.raises(KnownError, match="onto itself"):
        backup(path, path)


def test_automatic_backups_come_in_time_and_the_oldest_go(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
    assert automatic_backup(path, keep=2) is not None
    assert automatic_backup(path, keep=2) is None
    made = [automatic_backup(path, keep=2, every_h=0.0) for _ in range(3)]
    assert automatic_backups(path) == made[1:]
    old = datetime.now(UTC) - timedelta(days=2)
    for copy in automatic_backups(path):
        copy.unlink()
    stamp = old.strftime("%Y%m%dT%H%M%S%fZ")
    shutil.copy(path, backups_dir(path) / f"s.{stamp}.automatic.db")
    assert automatic_backup(path) is not None


def test_restoring_what_is_no_backup_changes_nothing(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
    before = path.read_bytes()
    wrong = path.with_name("wrong.db")
    with contextlib.closing(sqlite3.connect(wrong)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks (id INTEGER)")
    broken = path.with_name("broken.db")
    broken.write_bytes(before[:5000])
    for source in (wrong, broken, path.with_name("missing.db"), path):
        with pytest.raises(KnownError):
            restore(source, path)
    assert path.read_bytes() == before


def test_restored_store_holds_the_backup_and_the_former_one_is_set_aside(path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
    copy = backup(path, path.with_name("copy.db"))
    with Store.open(path) as store:
        store.verdicts.append(make_verdict(8, 9))
    aside = restore(copy, path)
    assert aside is not None
    for file, count in ((path, 2), (aside, 3)):
        with Store.open(file) as store:
            assert len(store.verdicts.of(FINGERPRINT)) == count


def test_export_holds_everything_but_tracks(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        fill(store)
        counts = export_store(store, tmp_path / "all.jsonl")
        ids = [v.id for v in store.verdicts.all()]
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    once = {"store", "profile", "title", "run", "finding", "assignment", "spot_plan", "spot_answer"}
    once |= {"mask_project", "mask_layer", "mask_round"}
    assert counts == {"verdict": 2, **dict.fromkeys(once, 1)}
    assert len(lines) == sum(counts.values())
    assert [line["id"] for line in lines if line["kind"] == "verdict"] == ids
    (finding,) = (line for line in lines if line["kind"] == "finding")
    assert (finding["start_pts"], finding["time_base"], finding["end_s"]) == (1000, "1/1000", 2.0)
    (layer,) = (line for line in lines if line["kind"] == "mask_layer")
    assert layer["labels"] == [[0, 1], [1, 2], [255, 1], [0, 2], [2, 1], [255, 1]]


def test_export_that_cannot_be_written_is_said(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store, pytest.raises(KnownError, match="cannot be written"):
        export_store(store, tmp_path / "no" / "all.jsonl")
    with Store.open(path) as store, pytest.raises(KnownError, match="could replace"):
        export_store(store, tmp_path)
    with pytest.raises(KnownError, match="could replace"):
        backup(path, tmp_path)


def test_leaving_the_desk_keeps_a_copy_of_the_store_once_a_day(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    for _ in range(2):
        StoreArchive(path).close()
    (kept,) = automatic_backups(path)
    with Store.open(kept, read_only=True) as copy:
        assert copy.titles.recent(1) == ()
