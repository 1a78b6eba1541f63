"""The ledger in the store: who gets a task, what comes of it, and what an interruption leaves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from helpers.review_value import FINGERPRINT, make_finding, make_title, make_track, with_maps
from sqlalchemy import update

from core.domain.batch import Batch, Part, Task, TaskState
from core.domain.errors import BugError, KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import Run, RunState
from core.domain.time import Span
from core.store.run import new_run
from core.store.store import Store
from core.store.table import TaskRow
from core.store.track import pack, unpack

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
BATCH = Batch("batch1", "March", {"split_s": 1.5}, WHEN)
SPAN = Span(-5, 7, Fraction(1, 25))


def make_task(name: str, **values: object) -> Task:
    plain: dict[str, object] = {
        "id": name,
        "batch": BATCH.id,
        "path": Path(f"/t/{name}"),
        "added": WHEN,
    }
    return Task(**{**plain, **values})  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def finished(run: Run) -> Run:
    return dataclasses.replace(run, state=RunState.DONE, finished=WHEN, done_s=4.0)


def test_a_batch_and_its_tasks_come_back_as_they_went_in(store: Store) -> None:
    tasks = [
        make_task("a", priority=3, detectors=("black",), weights={"x": "1"}),
        make_task("b", span=SPAN, part=Part.PICTURES, run="run1", fingerprint="f"),
        make_task("c", path=Path("/t/\udcff \N{WHITE HEAVY CHECK MARK}"), part=Part.REST),
    ]
    store.tasks.add(BATCH, tasks)
    assert store.tasks.batches() == (BATCH,)
    assert store.tasks.of(BATCH.id) == tuple(tasks)
    assert store.tasks.batch("March") == BATCH == store.tasks.batch("bat")
    with pytest.raises(KnownError, match="No batch of this store is called April"):
        store.tasks.batch("April")


def test_the_highest_priority_is_claimed_first_and_nothing_twice(store: Store) -> None:
    store.tasks.add(BATCH, [make_task("a"), make_task("b", priority=1), make_task("c")])
    first = store.tasks.claim(BATCH.id, 2)
    assert [task.id for task in first] == ["b", "a"]
    assert {(task.state, task.attempts) for task in first} == {(TaskState.RUNNING, 1)}
    assert [task.id for task in store.tasks.claim(BATCH.id, 9)] == ["c"]
    assert store.tasks.claim(BATCH.id) == ()
    assert store.tasks.counts(BATCH.id)[TaskState.RUNNING] == 3


@pytest.mark.parametrize(("counted", "attempts"), [(True, 1), (False, 0)])
def test_a_task_given_back_waits_again(store: Store, counted: bool, attempts: int) -> None:
    store.tasks.add(BATCH, [make_task("a")])
    (task,) = store.tasks.claim(BATCH.id)
    assert store.tasks.give_back(task, "Why.", counted=counted)
    (again,) = store.tasks.of(BATCH.id, TaskState.WAITING)
    assert (again.attempts, again.error, again.worker) == (attempts, "Why.", "")
    assert not store.tasks.give_back(task, counted=counted)


def test_a_whole_title_is_kept_with_its_task_or_not_at_all(store: Store) -> None:
    store.tasks.add(BATCH, [make_task("a")])
    (task,) = store.tasks.claim(BATCH.id)
    run = finished(new_run(FINGERPRINT, ("black",), settings={"v": "1"}))
    chunks = pack(run.id, with_maps(make_track(0, 20)), make_track(0, 30, "silence"))
    found = (DEFAULT_PROFILE, [make_finding(1, 2)])
    bad = [{**chunks[0], "run": "of nobody"}]
    with pytest.raises(BugError):
        store.tasks.keep(task, make_title(), run, bad, found)
    assert store.titles.all() == ()
    assert store.runs.get(run.id) is None
    assert store.tasks.of(BATCH.id) == (task,)
    assert store.tasks.keep(task, make_title(), run, chunks, found)
    assert store.runs.latest_done(FINGERPRINT) == run
    assert store.findings.of(run.id)[0].span == make_finding(1, 2).span
    assert [len(track) for track in store.tracks.load(run.id)] == [20, 30]
    (done,) = store.tasks.of(BATCH.id)
    assert (done.state, done.run, done.fingerprint) == (TaskState.DONE, run.id, FINGERPRINT)


def test_a_driver_that_lost_its_task_changes_nothing(store: Store) -> None:
    store.tasks.add(BATCH, [make_task("a")])
    (task,) = store.tasks.claim(BATCH.id)
    assert store.tasks.reclaim(BATCH.id) == 1
    run = finished(new_run(FINGERPRINT, ("black",)))
    assert not store.tasks.keep(task, make_title(), run, [], (DEFAULT_PROFILE, []))
    assert store.runs.get(run.id) is None
    (other,) = store.tasks.claim(BATCH.id)
    assert store.tasks.keep(other, make_title(), run, [], (DEFAULT_PROFILE, []))
    assert not store.tasks.fail(other, "Too late.")
    assert store.tasks.counts(BATCH.id)[TaskState.DONE] == 1


def test_only_tasks_of_drivers_that_are_gone_are_taken_back(store: Store) -> None:
    store.tasks.add(BATCH, [make_task("a"), make_task("b")])
    store.tasks.claim(BATCH.id, 2)
    silent = datetime.now(UTC) - timedelta(hours=1)
    rows = {"a": {"worker": "elsewhere:1"}, "b": {"worker": "elsewhere:1", "heartbeat": silent}}
    for name, values in rows.items():
        store.database.write(
            lambda c, n=name, v=values: c.execute(  # type: ignore[misc]
                update(TaskRow).where(TaskRow.id == n).values(v)
            )
        )
    assert store.tasks.reclaim(BATCH.id) == 1
    assert [task.id for task in store.tasks.of(BATCH.id, TaskState.WAITING)] == ["b"]


def divided(store: Store) -> tuple[Run, list[Task]]:
    """A title in three parts, all of them claimed."""
    store.tasks.add(BATCH, [make_task("whole")])
    (whole,) = store.tasks.claim(BATCH.id)
    run = new_run(FINGERPRINT, ("black",))
    parts = [
        make_task(name, run=run.id, part=Part.PICTURES, priority=1, fingerprint=FINGERPRINT)
        for name in ("one", "two", "three")
    ]
    assert store.tasks.divide(whole, make_title(), run, parts)
    return run, list(store.tasks.claim(BATCH.id, 3))


def test_the_last_part_ends_the_run_and_the_others_do_not(store: Store) -> None:
    run, (one, two, three) = divided(store)
    for place, task in enumerate((two, one)):
        assert store.tasks.keep_part(task, pack(run.id, make_track(place * 400, 10)))
    last = pack(run.id, make_track(800, 10))
    assert store.tasks.keep_part(three, last) is None
    assert len(store.tracks.load(run.id)[0]) == 20
    assert [len(track) for track in unpack(last)] == [10]
    found = (DEFAULT_PROFILE, [make_finding(1, 2)])
    assert store.tasks.keep_last(three, finished(run), last, found)
    assert len(store.tracks.load(run.id)[0]) == 30
    assert store.runs.latest_done(FINGERPRINT) == finished(run)
    assert [task.state for task in store.tasks.parts_of(run.id)] == [TaskState.DONE] * 3


def test_a_part_that_fails_ends_its_title_until_it_is_tried_again(store: Store) -> None:
    run, (one, two, three) = divided(store)
    assert store.tasks.give_back(three, counted=False)
    assert store.tasks.fail(one, "Broken.")
    assert store.tasks.keep_part(two, pack(run.id, make_track(0, 10)))
    kept = store.runs.get(run.id)
    assert kept is not None
    assert (kept.state, kept.error) == (RunState.FAILED, "Broken.")
    assert store.tasks.claim(BATCH.id) == ()
    assert store.tasks.retry_failed(BATCH.id) == 2
    again = store.tasks.claim(BATCH.id, 9)
    assert {task.id for task in again} == {"one", "three"}
    assert store.tasks.keep_part(again[0], [])
    assert store.tasks.keep_part(again[1], []) is None


def test_signs_of_life_are_given_for_what_is_ours(store: Store) -> None:
    _run, (one, *_) = divided(store)
    store.tasks.fail(one, "Broken.")
    before = store.tasks.of(BATCH.id)
    store.tasks.beat(BATCH.id)
    for old, new in zip(before, store.tasks.of(BATCH.id), strict=True):
        assert (new.heartbeat == old.heartbeat) == (old.state is not TaskState.RUNNING)


def test_what_waits_can_be_given_up(store: Store) -> None:
    store.tasks.add(BATCH, [make_task("a"), make_task("b")])
    store.tasks.claim(BATCH.id)
    assert store.tasks.drop(BATCH.id) == 1
    states = [task.state for task in store.tasks.of(BATCH.id)]
    assert states == [TaskState.RUNNING, TaskState.DROPPED]
