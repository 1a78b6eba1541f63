"""Worker processes of one machine: what comes back, and what becomes of those that are lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from helpers.fake_worker import COMMAND
from helpers.review_value import make_title

from core.domain.errors import BugError, CancelledError, KnownError
from core.jobs.remote import WorkerLostError
from core.jobs.request import PieceRequest, PieceResult
from core.scan.engine.base import Advanced, Ended, HungError
from core.scan.engine.local import LocalEngine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake worker uses signals")

SOON_S = 60.0


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    engine = LocalEngine(2, COMMAND)
    yield engine
    engine.close()


def piece(stem: str) -> PieceRequest:
    return PieceRequest(replace(make_title(), path=Path(f"/t/{stem}.mp4")), "run", ("black",))


def ends(engine: LocalEngine, count: int) -> dict[str, object]:
    found: dict[str, object] = {}
    while len(found) < count:
        for news in engine.wait(SOON_S):
            if isinstance(news, Ended):
                found[news.key] = news.outcome
            else:
                assert isinstance(news, Advanced)
                assert news.progress.fraction == 0.25
    return found


def test_each_worker_has_one_job_and_the_others_wait(engine: LocalEngine) -> None:
    assert engine.slots == 2
    for name in "abcde":
        engine.submit(name, piece(name), 0)
    found = ends(engine, 5)
    assert set(found) == set("abcde")
    workers = {r.faults[0] for r in found.values() if isinstance(r, PieceResult)}
    assert 1 <= len(workers) <= 2
    assert {int(pid) for pid in workers} <= set(engine.pids)


def test_errors_of_a_file_are_told_from_lost_workers(engine: LocalEngine) -> None:
    for name in ("known", "killed", "segfault", "bug", "fine"):
        engine.submit(name, piece(name), 0)
    found = ends(engine, 5)
    assert not isinstance(found["known"], WorkerLostError)
    assert isinstance(found["known"], KnownError)
    assert isinstance(found["bug"], BugError)
    assert isinstance(found["killed"], WorkerLostError)
    assert "decoder crashed" in str(found["segfault"])
    assert isinstance(found["fine"], PieceResult)


def test_a_job_that_takes_too_long_is_ended_and_its_worker_replaced(engine: LocalEngine) -> None:
    engine.submit("forever", piece("forever"), 1.0)
    hung = ends(engine, 1)["forever"]
    assert isinstance(hung, HungError)
    assert "longer than its limit of 1 seconds" in hung.sentence
    engine.submit("fine", piece("fine"), 0)
    assert isinstance(ends(engine, 1)["fine"], PieceResult)


def test_jobs_can_be_cancelled_before_and_while_they_run(engine: LocalEngine) -> None:
    for name in ("1", "2", "3"):
        engine.submit(name, piece("forever"), 0)
    while not any(isinstance(news, Advanced) for news in engine.wait(SOON_S)):
        continue
    for name in ("3", "1", "2"):
        engine.cancel(name)
    assert {type(end) for end in ends(engine, 3).values()} == {CancelledError}


def test_closing_ends_every_process_at_once() -> None:
    engine = LocalEngine(2, COMMAND)
    for name in "ab":
        engine.submit(name, piece("forever"), 0)
    while len(engine.pids) < 2 or not engine.wait(SOON_S):
        continue
    pids = engine.pids
    engine.close()
    engine.close()
    assert not [pid for pid in pids if psutil.pid_exists(pid)]


def test_waiting_for_nothing_ends_in_time(engine: LocalEngine) -> None:
    assert list(engine.wait(0.0)) == []
