"""The same store on PostgreSQL.

Runs on a server of its own where Debian's package is installed, else where
`ONGLASS_TEST_POSTGRESQL` holds the URL of an empty database that may be filled, for example
`postgresql+psycopg://tester@localhost/onglass_test`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.clip import make_clip
from helpers.inline_engine import InlineEngine
from helpers.old_store import fill
from helpers.postgres import programs, server
from helpers.review_value import FINGERPRINT, decide_above, make_finding, make_title, make_verdict
from sqlalchemy import Connection, text

from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import RunState
from core.domain.summary import TitleOrder, TitleQuery, TitleState
from core.domain.verdict import Decision
from core.review.library import Library
from core.review.session import ReviewSession
from core.scan.drive import drive
from core.scan.ledger import Order, make_batch
from core.store.check import check, check_store
from core.store.store import Store


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
def store(url: str) -> Iterator[Store]:
    def empty(connection: Connection) -> None:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))

    with Store.open(url) as former:
        former.database.write(empty)
    with Store.open(url) as opened:
        yield opened


def test_everything_comes_back_from_a_server(store: Store, url: str) -> None:
    fill(store)
    assert store.titles.get(FINGERPRINT) == make_title()
    run = store.runs.latest(FINGERPRINT)
    assert run is not None
    assert store.findings.of(run.id) == (make_finding(1, 2),)
    assert [len(track) for track in store.tracks.load(run.id, maps=True)] == [100, 20]
    assert check(store).ok
    assert check_store(url).counts["verdicts"] == 2


def test_library_on_a_server_counts_every_change(store: Store) -> None:
    library = Library(store)

    def told() -> tuple[TitleState, int, int, str]:
        assert not library.lines([FINGERPRINT])[FINGERPRINT].counted
        assert library.refresh() == 0
        line = library.lines([FINGERPRINT])[FINGERPRINT]
        return line.state, line.undecided, line.flags, line.reviewers

    store.titles.put(make_title(), opened=False)
    assert told() == (TitleState.NOT_ANALYSED, 0, 0, "")
    run = store.runs.start(FINGERPRINT, ("black",))
    assert told()[0] is TitleState.PARTLY
    store.runs.advance(run.id, 30.0)
    assert library.lines([FINGERPRINT])[FINGERPRINT].counted
    store.findings.replace(run.id, DEFAULT_PROFILE, [make_finding(1, 2), make_finding(3, 4)])
    store.runs.finish(run.id, RunState.DONE)
    assert told() == (TitleState.TO_REVIEW, 2, 2, "")
    store.verdicts.append(make_verdict(1, 2))
    assert told() == (TitleState.IN_REVIEW, 1, 2, "Ada")
    todo = TitleQuery(text="REEL ä", defects=frozenset({"black"}), reviewers=frozenset({"Ada"}))
    for order in TitleOrder:
        for descending in (False, True):
            asked = replace(todo, order=order, descending=descending)
            assert library.keys(asked) == (FINGERPRINT,)
    assert library.next_to_review(todo) is not None
    assert library.counts(todo) == {TitleState.IN_REVIEW: 1}
    store.findings.replace(run.id, DEFAULT_PROFILE, [])
    assert told() == (TitleState.REVIEWED, 0, 1, "Ada")
    store.database.write(lambda c: c.execute(text("DELETE FROM runs")))
    assert told()[0] is TitleState.NOT_ANALYSED


def test_verdicts_on_a_server_refuse_every_change(store: Store) -> None:
    fill(store)
    for statement in (
        "UPDATE verdicts SET comment = 'x'",
        "DELETE FROM verdicts",
        "TRUNCATE verdicts",
    ):
        with pytest.raises(Exception, match="append-only"):
            store.database.write(lambda c, s=statement: c.execute(text(s)))
    assert len(store.verdicts.of(FINGERPRINT)) == 2


def test_desks_that_write_at_once_lose_nothing_on_a_server(store: Store, url: str) -> None:
    def work(number: int) -> None:
        with Store.open(url) as mine:
            session = ReviewSession(mine, make_title(), f"Reviewer {number}", decide=decide_above)
            for i in range(10):
                session.mark_missed("black", 0, make_verdict(i, i + 1).span, comment=str(i))
            session.undo()

    store.titles.put(make_title())
    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = store.verdicts.of(FINGERPRINT)
    assert len(rows) == 4 * 11
    for number in range(4):
        mine = [row for row in rows if row.reviewer == f"Reviewer {number}"]
        assert [row.comment for row in mine[:10]] == [str(i) for i in range(10)]
        assert mine[10].decision is Decision.WITHDRAWN


def test_interrupted_run_is_taken_over_on_a_server(store: Store) -> None:
    store.titles.put(make_title())
    run = store.runs.start(FINGERPRINT, ("black",), settings={"version": "1"})
    taken = store.runs.resumable(FINGERPRINT, ("black",), settings={"version": "1"})
    assert taken is not None
    assert taken.id == run.id


def test_store_opened_to_read_on_a_server_refuses_to_write(store: Store, url: str) -> None:
    with (
        Store.open(url, read_only=True) as reader,
        pytest.raises(KnownError, match="reading only"),
    ):
        reader.verdicts.append(make_verdict())


def test_server_that_is_not_there_is_said(url: str) -> None:
    away = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    with pytest.raises(KnownError, match="cannot be reached"):
        Store.open(away)


def test_a_batch_is_driven_into_a_server_and_leaves_nothing_for_another_driver(
    store: Store, url: str, tmp_path: Path
) -> None:
    files = [make_clip(tmp_path / f"{i}.mkv", 2.6 + i / 5, sound=False).path for i in range(3)]
    order = Order(detectors=("black",), split_s=0.9)
    batch = make_batch(store, "shared", [*files, tmp_path / "missing.mp4"], order)
    engines = [InlineEngine(1), InlineEngine(1)]

    def help_out() -> None:
        with Store.open(url) as other:
            drive(other, batch, engines[1])

    told = drive(store, batch, engines[0])
    helper = threading.Thread(target=help_out)
    helper.start()
    helper.join()
    assert (told.done, told.failed, told.left) == (3, 1, 0)
    assert engines[1].looked.total() == 0
    assert engines[0].measured.total() > 3
    for path in files:
        (task, *_) = [t for t in store.tasks.of(batch.id) if t.path == path]
        (run,) = store.runs.of(task.fingerprint)
        assert run.state is RunState.DONE
        assert [f.detector for f in store.findings.of(run.id)] == ["black"]
    assert check(store).problems == ()
