"""A batch: what one by one finds, whatever fails, is cut off, or comes twice on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copyfile

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.inline_engine import InlineEngine

from core.analysis.pipeline import analyse
from core.domain.batch import Part, TaskState
from core.domain.errors import CancelledError, KnownError
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.run import RunState
from core.domain.track import Track
from core.jobs.progress import CancelToken
from core.jobs.remote import WorkerLostError
from core.jobs.request import AnalyseRequest, PieceRequest
from core.media.probe import fingerprint
from core.scan.drive import TaskNews, drive
from core.scan.engine.base import Ended, TaskRequest
from core.scan.ledger import LEAST_LIMIT_S, Order, make_batch, tally, tasks_for
from core.store.store import Store

WANTED = ("black", "freeze", "silence", "decode_error")
ORDER = Order(detectors=WANTED)
IN_RANGES = Order(detectors=WANTED, split_s=1.9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three titles; one of them is damaged beyond opening, and one is there twice."""
    folder = tmp_path_factory.mktemp("titles")
    make_clip(folder / "a.mkv", 5.0)
    make_clip(folder / "b.mp4", 3.0, sound=False)
    copyfile(folder / "a.mkv", folder / "copy.mkv")
    (folder / "damaged.mp4").write_bytes(bytes(range(256)) * 8)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        yield store


def paths(folder: Path, *names: str) -> list[Path]:
    return [folder / name for name in names]


def one_by_one(path: Path, where: Path) -> tuple[tuple[Finding, ...], tuple[Track, ...]]:
    with Store.open(where) as store:
        told = analyse(AnalyseRequest(path, store.url, detectors=WANTED), store)
        return store.findings.of(told.run_id), store.tracks.load(told.run_id)


def results(store: Store, path: Path) -> tuple[tuple[Finding, ...], tuple[Track, ...]]:
    (run,) = store.runs.of(fingerprint(path))
    assert (run.state, run.error) == (RunState.DONE, "")
    return store.findings.of(run.id), store.tracks.load(run.id)


def assert_same_tracks(found: Sequence[Track], expected: Sequence[Track]) -> None:
    assert [(t.detector, t.stream, t.end) for t in found] == [
        (t.detector, t.stream, t.end) for t in expected
    ]
    for mine, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(mine.pts, theirs.pts)
        for name, values in theirs.metrics.items():
            np.testing.assert_array_equal(mine.metrics[name], values)


@pytest.mark.parametrize("order", [ORDER, IN_RANGES], ids=["whole", "in ranges"])
def test_a_batch_finds_what_one_by_one_finds(
    folder: Path, tmp_path: Path, store: Store, order: Order
) -> None:
    batch = make_batch(store, "", paths(folder, "a.mkv", "b.mp4"), order)
    told = drive(store, batch, InlineEngine())
    assert (told.done, told.failed, told.left, told.errors) == (2, 0, 0, {})
    for name in ("a.mkv", "b.mp4"):
        findings, tracks = results(store, folder / name)
        expected, expected_tracks = one_by_one(folder / name, tmp_path / f"{name}.db")
        assert findings == expected
        assert len(findings) > 0
        assert_same_tracks(tracks, expected_tracks)


def test_a_title_in_ranges_is_one_run_that_one_by_one_need_not_measure_again(
    folder: Path, store: Store
) -> None:
    batch = make_batch(store, "", paths(folder, "a.mkv"), IN_RANGES)
    engine = InlineEngine()
    drive(store, batch, engine)
    assert engine.measured["a.mkv"] > 2
    parts = [task.part for task in store.tasks.of(batch.id)]
    assert parts == [Part.ALL, *[Part.PICTURES] * (engine.measured["a.mkv"] - 1), Part.REST]
    (run,) = store.runs.of(fingerprint(folder / "a.mkv"))
    request = AnalyseRequest(folder / "a.mkv", store.url, detectors=WANTED)
    assert analyse(request, store).run_id == run.id


def test_a_file_that_cannot_be_opened_costs_itself_only(folder: Path, store: Store) -> None:
    batch = make_batch(store, "", paths(folder, "damaged.mp4", "b.mp4", "missing.mp4"), ORDER)
    engine = InlineEngine()
    news: list[TaskNews] = []
    told = drive(store, batch, engine, news.append)
    assert (told.done, told.failed, told.left) == (1, 2, 0)
    assert "damaged" in told.errors[folder / "damaged.mp4"]
    assert engine.looked["damaged.mp4"] == 1
    failed = [item.task.path.name for item in news if item.state == "failed"]
    assert failed == ["damaged.mp4", "missing.mp4"]


def test_the_same_content_is_measured_once(folder: Path, store: Store) -> None:
    batch = make_batch(store, "", paths(folder, "a.mkv", "copy.mkv"), ORDER)
    engine = InlineEngine(slots=4)
    told = drive(store, batch, engine)
    assert told.done == 2
    assert sum(engine.measured.values()) == 1
    runs = {task.run for task in store.tasks.of(batch.id)}
    assert runs == {run.id for run in store.runs.of(fingerprint(folder / "a.mkv"))}


def test_what_the_store_holds_is_only_decided_anew_unless_asked(folder: Path, store: Store) -> None:
    engine = InlineEngine()
    drive(store, make_batch(store, "", paths(folder, "a.mkv"), ORDER), engine)
    other = Profile("other", "Other", {"black": {"min_frames": 500.0}})
    order = Order(profile=other, detectors=WANTED)
    drive(store, make_batch(store, "", paths(folder, "a.mkv"), order), engine)
    assert sum(engine.measured.values()) == 1
    assert {f.detector for f in results(store, folder / "a.mkv")[0]} == {"freeze"}
    fresh = Order(detectors=WANTED, fresh=True)
    drive(store, make_batch(store, "", paths(folder, "a.mkv"), fresh), engine)
    assert sum(engine.measured.values()) == 2


@pytest.mark.parametrize(
    ("losses", "state", "attempts"),
    [(1, TaskState.DONE, 2), (2, TaskState.DONE, 3), (3, TaskState.FAILED, 3)],
)
def test_a_lost_worker_costs_an_attempt_until_there_are_none(
    folder: Path, store: Store, losses: int, state: TaskState, attempts: int
) -> None:
    batch = make_batch(store, "", paths(folder, "b.mp4"), ORDER)
    news: list[TaskNews] = []
    drive(store, batch, InlineEngine(losses={"b": losses}), news.append)
    (task,) = store.tasks.of(batch.id)
    assert (task.state, task.attempts) == (state, attempts)
    assert [n.state for n in news].count("again") == min(losses, 2)
    assert len(store.runs.of(fingerprint(folder / "b.mp4"))) == (state is TaskState.DONE)


def test_a_worker_that_never_starts_ends_the_batch_and_not_its_titles(
    folder: Path, store: Store
) -> None:
    class Dead(InlineEngine):
        def _do(self, key: str, request: TaskRequest) -> Exception:
            return WorkerLostError("The analysis process could not be started.", began=False)

    batch = make_batch(store, "", paths(folder, "a.mkv", "b.mp4"), Order(retries=99))
    with pytest.raises(KnownError, match="could not be started"):
        drive(store, batch, Dead())
    assert {task.state for task in store.tasks.of(batch.id)} == {TaskState.WAITING}


class InterruptedAtOnceError(Exception):
    """In place of a kill."""


@pytest.mark.parametrize("order", [ORDER, IN_RANGES], ids=["whole", "in ranges"])
@pytest.mark.parametrize("moment", range(1, 9, 2))
def test_an_interrupted_batch_goes_on_without_loss_and_without_redoing(
    folder: Path, tmp_path: Path, store: Store, order: Order, moment: int
) -> None:
    left = [moment]

    def interrupt(_request: TaskRequest) -> None:
        left[0] -= 1
        if not left[0]:
            raise InterruptedAtOnceError

    batch = make_batch(store, "March", paths(folder, "a.mkv", "b.mp4"), order)
    first = InlineEngine(before=interrupt)
    try:
        drive(store, batch, first)
        finished = True
    except InterruptedAtOnceError:
        finished = False
    second = InlineEngine()
    told = drive(store, store.tasks.batch("March"), second)
    assert (told.done, told.failed, told.left) == (2, 0, 0)
    tasks = store.tasks.of(batch.id, TaskState.DONE)
    assert len(tasks) == (first.measured + second.measured).total()
    assert all(task.attempts == 1 for task in tasks)
    assert finished == (second.looked.total() == 0 == second.measured.total())
    for name in ("a.mkv", "b.mp4"):
        expected, _ = one_by_one(folder / name, tmp_path / f"{name}.db")
        assert results(store, folder / name)[0] == expected


def test_a_cancelled_batch_waits_and_goes_on(folder: Path, store: Store) -> None:
    token = CancelToken()

    def on_news(news: TaskNews) -> None:
        if news.state == "done":
            token.cancel()

    batch = make_batch(store, "", paths(folder, "a.mkv", "b.mp4"), ORDER)
    with pytest.raises(CancelledError):
        drive(store, batch, InlineEngine(), on_news, token)
    states = [task.state for task in store.tasks.of(batch.id)]
    assert sorted(states) == [TaskState.DONE, TaskState.WAITING]
    assert drive(store, batch, InlineEngine()).done == 2


def test_parts_measured_by_other_code_are_not_joined(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop_late(request: TaskRequest) -> None:
        if isinstance(request, PieceRequest) and request.span and request.span.start > 0:
            raise InterruptedAtOnceError

    batch = make_batch(store, "", paths(folder, "b.mp4"), Order(detectors=WANTED, split_s=1))
    with pytest.raises(InterruptedAtOnceError):
        drive(store, batch, InlineEngine(slots=1, before=stop_late))
    monkeypatch.setattr("core.analysis.provenance._pass_digest", lambda: "another")
    told = drive(store, batch, InlineEngine())
    assert told.failed == 1
    assert "Onglass was changed" in told.errors[folder / "b.mp4"]
    assert store.tasks.retry_failed(batch.id) > 0


def test_a_batch_is_sorted_by_priority_and_long_titles_may_take_longer(
    folder: Path, store: Store
) -> None:
    batch = make_batch(store, "", paths(folder, "a.mkv"), ORDER)
    store.tasks.extend(tasks_for(batch, paths(folder, "b.mp4"), priority=5))
    began: list[str] = []
    engine = InlineEngine(slots=1)
    drive(
        store,
        batch,
        engine,
        lambda news: began.append(news.task.path.name) if news.state == "began" else None,
    )
    assert began == ["b.mp4", "a.mkv"]
    assert engine.limits_s[1] > LEAST_LIMIT_S
    assert engine.limits_s[3] > engine.limits_s[1]
    assert Order(limit_s=7).limit_for(1e6) == 7


def test_an_order_survives_the_ledger() -> None:
    profile = Profile("p", "P", {"black": {"min_frames": 2.0}}, disabled=frozenset({"hum"}))
    order = Order(profile, ("black",), True, 60.0, 5, 9.0, True)
    assert Order.of(order.document()) == order


def test_an_empty_batch_is_done_at_once(store: Store) -> None:
    batch = make_batch(store, "", [], ORDER)
    assert drive(store, batch, InlineEngine()) == tally(store, batch)


def test_news_of_jobs_that_nobody_asked_for_are_passed_over(folder: Path, store: Store) -> None:
    class Stray(InlineEngine):
        def wait(self, timeout_s: float):  # type: ignore[no-untyped-def]
            return [Ended("stray", KnownError("Whose?")), *super().wait(timeout_s)]

    batch = make_batch(store, "", paths(folder, "b.mp4"), ORDER)
    assert drive(store, batch, Stray()).done == 1
