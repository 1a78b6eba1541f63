"""The engine of a cluster: where Ray is missing, and what is made of its answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from helpers.review_value import make_title

from core.domain.errors import BugError, CancelledError, KnownError
from core.jobs.request import LookRequest, PieceRequest
from core.scan.engine.base import Ended, HungError
from core.scan.engine.ray import RayEngine, do_task


class RayError(Exception):
    """As Ray's."""


class FakeRay(ModuleType):
    """What the engine uses of Ray; tasks are done when they are asked for."""

    def __init__(self) -> None:
        super().__init__("ray")
        self.exceptions = SimpleNamespace(RayError=RayError)
        self.asked: dict[str, Any] = {}
        self.options_given: dict[str, Any] = {}
        self.cancelled: list[object] = []
        self.running = False
        self.hold = False
        self.answer: Any = "done"

    def is_initialized(self) -> bool:
        return self.running

    def init(self, **options: Any) -> None:
        if options.get("address") == "nowhere":
            raise ConnectionError("no such cluster")
        self.asked, self.running = options, True

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 3.0}

    def remote(self, _work: object) -> Any:
        def options(**given: Any) -> Any:
            self.options_given = given
            return SimpleNamespace(remote=lambda _request: object())

        return SimpleNamespace(options=options)

    def wait(self, waiting: list[object], num_returns: int, timeout: float) -> Any:
        ready = [] if self.hold and not self.cancelled else waiting[:num_returns]
        return ready, [w for w in waiting if w not in ready]

    def get(self, reference: object) -> object:
        if reference in self.cancelled:
            raise RayError("ended")
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def cancel(self, reference: object, force: bool) -> None:
        self.cancelled.append(reference)

    def shutdown(self) -> None:
        self.running = False


@pytest.fixture
def ray(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRay]:
    fake = FakeRay()
    monkeypatch.setitem(sys.modules, "ray", fake)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    yield fake
    assert not fake.running


def piece() -> PieceRequest:
    return PieceRequest(replace(make_title(), path=Path("/t/film.mp4")), "run", ("black",))


def test_without_ray_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(KnownError, match="install Onglass with its `ray` extra"):
        RayEngine()


def test_a_cluster_that_cannot_be_reached_is_an_error(ray: FakeRay) -> None:
    with pytest.raises(KnownError, match="No Ray cluster"):
        RayEngine(options={"address": "nowhere"})


def test_ray_schedules_and_tries_again_and_is_ended_with_the_engine(ray: FakeRay) -> None:
    engine = RayEngine(2, retries=7)
    assert engine.slots == 2
    assert ray.asked["num_cpus"] == 2
    assert ray.options_given["max_retries"] == 7
    for key in ("a", "b", "c"):
        engine.submit(key, piece(), 0)
    news = engine.wait(0)
    assert [(type(item), item.key) for item in news] == [(Ended, key) for key in ("a", "b", "c")]
    engine.close()
    engine.close()


def test_a_cluster_has_as_many_slots_as_cores_and_stays_up(ray: FakeRay) -> None:
    ray.running = True
    engine = RayEngine()
    assert engine.slots == 3
    engine.close()
    assert ray.running
    ray.running = False


def test_a_worker_that_ray_gave_up_fails_its_title(ray: FakeRay) -> None:
    engine = RayEngine(1)
    ray.answer = RayError("worker died")
    engine.submit("a", piece(), 0)
    (end,) = engine.wait(0)
    assert isinstance(end, Ended)
    assert isinstance(end.outcome, KnownError)
    assert "film.mp4 stopped because its worker was lost" in end.outcome.sentence
    engine.close()


@pytest.mark.parametrize(("limit_s", "kind"), [(1e-9, HungError), (0, CancelledError)])
def test_what_hangs_or_is_cancelled_is_ended(
    ray: FakeRay, limit_s: float, kind: type[Exception]
) -> None:
    ray.hold = True
    engine = RayEngine(1)
    engine.submit("a", piece(), limit_s)
    if not limit_s:
        engine.cancel("a")
    (end,) = engine.wait(0)
    assert isinstance(end, Ended)
    assert isinstance(end.outcome, kind)
    engine.close()


def test_errors_of_a_file_are_values_and_mistakes_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(do_task(LookRequest(tmp_path / "none.mp4")), KnownError)

    def slip(_request: object) -> None:
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr("core.scan.engine.ray.look", slip)
    found = do_task(LookRequest(tmp_path / "none.mp4"))
    assert isinstance(found, BugError)
    assert found.sentence == "ZeroDivisionError: a slip"
