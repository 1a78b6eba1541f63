"""A catalogue through the engines: the findings of one by one, whoever is killed on the way.

`pytest -m slow tests/e2e/test_scan_campaign.py` does it with 200 titles and both engines; the
ordinary suite with a few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from helpers.catalogue import DETECTORS, make_catalogue

from core.analysis.piece import look, measure_piece
from core.domain.batch import TaskState
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.run import RunState
from core.jobs.request import LookRequest, PieceRequest
from core.scan.drive import TaskNews, drive
from core.scan.engine.base import Engine
from core.scan.engine.local import LocalEngine
from core.scan.ledger import Order, make_batch
from core.store.check import check
from core.store.store import Store

pytestmark = [
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL"),
    pytest.mark.timeout(3600),
]

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 10, 200
ORDER = Order(detectors=DETECTORS, retries=50)
IN_RANGES = replace(ORDER, split_s=0.5)

Expected = Mapping[Path, tuple[Finding, ...] | str]
"""What is found in each file, or why it fails."""


def one_by_one(paths: list[Path]) -> Expected:
    """Each title by itself, in this process, without store, ledger or engine."""
    return {path: alone(path) for path in paths}


def alone(path: Path) -> tuple[Finding, ...] | str:
    try:
        seen = look(LookRequest(path, detectors=DETECTORS))
        request = PieceRequest(seen.title, "run", seen.detectors, wanted=DETECTORS)
        measured = measure_piece(request)
    except KnownError as error:
        return error.sentence
    assert measured.findings is not None
    return measured.findings


class Catalogue:
    """Titles and what is in them; a class, so that a failure does not print them all."""

    def __init__(self, folder: Path, count: int) -> None:
        self.paths = make_catalogue(folder, count)
        self.expected = one_by_one(self.paths)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return Catalogue(tmp_path_factory.mktemp("few"), FEW)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return Catalogue(tmp_path_factory.mktemp("many"), MANY)


@pytest.fixture
def where(tmp_path: Path) -> Iterator[Path]:
    with Store.open(tmp_path / "s.db"):
        yield tmp_path / "s.db"


def assert_nothing_lost_or_doubled(where: Path, catalogue: Catalogue) -> None:
    """Every title once, with the findings of one by one; every failure with its sentence."""
    with Store.open(where) as store:
        assert check(store).problems == ()
        (batch,) = store.tasks.batches()
        counts = store.tasks.counts(batch.id)
        assert counts[TaskState.WAITING] == counts[TaskState.RUNNING] == 0
        failed = {t.path: t.error for t in store.tasks.of(batch.id, TaskState.FAILED)}
        assert failed == {p: e for p, e in catalogue.expected.items() if isinstance(e, str)}
        runs = {t.path: t.run for t in store.tasks.of(batch.id, TaskState.DONE)}
        assert set(runs) | set(failed) == set(catalogue.paths)
        for path, run_id in runs.items():
            assert store.findings.of(run_id) == catalogue.expected[path], path.name
            run = store.runs.get(run_id)
            assert run is not None
            assert (run.state, run.error) == (RunState.DONE, "")
        all_runs = [run for title in store.titles.all() for run in store.runs.of(title.fingerprint)]
        assert Counter(run.id for run in all_runs) == Counter(set(runs.values()))


def scan(
    where: Path, catalogue: Catalogue, engine: Engine, order: Order = ORDER, **more: Any
) -> None:
    with Store.open(where) as store, closing(engine):
        drive(store, make_batch(store, "all", catalogue.paths, order), engine, **more)


def killing(engine: LocalEngine, share: float, seed: int = 5) -> tuple[Any, Counter[str]]:
    """Kills some worker at a share of what happens; counts what came of it."""
    chance = random.Random(seed)
    seen: Counter[str] = Counter()

    def on_news(news: TaskNews) -> None:
        seen[news.state] += 1
        if news.state in ("began", "done") and chance.random() < share and engine.pids:
            os.kill(chance.choice(engine.pids), signal.SIGKILL)
            seen["kills"] += 1

    return on_news, seen


def die(where: Path, writes: int, inside: bool, workers: int = 1) -> int:
    home = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    arguments = [str(where), "all", str(workers), str(writes), str(int(inside))]
    return subprocess.run(
        [sys.executable, "-m", "helpers.doomed_scan", *arguments],
        env={**os.environ, "PYTHONPATH": home},
        check=False,
        timeout=600,
    ).returncode


def kill_drivers(where: Path, catalogue: Catalogue, rounds: int, order: Order) -> None:
    """Kill one driver after the other at random writes, half of them in the midst of one."""
    with Store.open(where) as store:
        make_batch(store, "all", catalogue.paths, order)
    moments = random.Random(3)
    done = 0
    for turn in range(rounds):
        code = die(where, moments.randrange(2, 12), inside=turn % 2 == 0)
        assert code in (0, -signal.SIGKILL)
        with Store.open(where) as store:
            assert check(store).problems == ()
            (batch,) = store.tasks.batches()
            now = store.tasks.counts(batch.id)[TaskState.DONE]
            assert now >= done
            done = now
    with Store.open(where) as store, closing(LocalEngine(2)) as engine:
        drive(store, store.tasks.batch("all"), engine)
    assert_nothing_lost_or_doubled(where, catalogue)


def test_killed_workers_and_a_killed_driver_lose_and_double_nothing(
    where: Path, few: Catalogue
) -> None:
    with Store.open(where) as store:
        make_batch(store, "all", few.paths, ORDER)
    assert die(where, 9, inside=True) == -signal.SIGKILL
    engine = LocalEngine(1)
    on_news, seen = killing(engine, 0.15)
    with Store.open(where) as store, closing(engine):
        drive(store, store.tasks.batch("all"), engine, on_news)
    assert seen["kills"] > 0
    assert_nothing_lost_or_doubled(where, few)


@pytest.mark.slow
@pytest.mark.parametrize("order", [ORDER, IN_RANGES], ids=["whole", "in ranges"])
def test_a_catalogue_through_worker_processes(where: Path, many: Catalogue, order: Order) -> None:
    scan(where, many, LocalEngine(2), order)
    assert_nothing_lost_or_doubled(where, many)


@pytest.mark.slow
def test_a_catalogue_while_workers_are_killed(where: Path, many: Catalogue) -> None:
    engine = LocalEngine(2)
    on_news, seen = killing(engine, 0.04)
    scan(where, many, engine, on_news=on_news)
    print(f"\n{seen['kills']} workers killed, {seen['again']} tasks tried again")
    assert seen["kills"] >= 5
    assert_nothing_lost_or_doubled(where, many)


@pytest.mark.slow
@pytest.mark.parametrize("order", [ORDER, IN_RANGES], ids=["whole", "in ranges"])
def test_a_catalogue_while_drivers_are_killed_as_they_write(
    where: Path, many: Catalogue, order: Order
) -> None:
    kill_drivers(where, many, 12, order)


@pytest.mark.slow
@pytest.mark.skipif(find_spec("ray") is None, reason="SKIPPED: Ray is not installed")
def test_a_catalogue_through_ray(where: Path, many: Catalogue) -> None:
    from core.scan.engine.ray import RayEngine

    engine = RayEngine(2, retries=5)
    scan(where, many, engine)
    assert_nothing_lost_or_doubled(where, many)
