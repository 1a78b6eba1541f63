"""A title that is divided anywhere, its parts measured in any order, has the findings of one."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pytest
from helpers.clip import make_clip
from helpers.inline_engine import InlineEngine
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis import piece
from core.analysis.piece import look, measure_piece
from core.domain.finding import Finding
from core.domain.run import RunState
from core.domain.time import Span
from core.domain.title import Title
from core.jobs.request import LookRequest, PieceRequest
from core.scan.drive import drive
from core.scan.engine.base import News, TaskRequest
from core.scan.ledger import Order, make_batch
from core.store.store import Store

SECONDS = 5
# Of one picture, of two, with history, and of sound.
DETECTORS = ("black", "freeze", "stutter", "levels", "silence")


class Case:
    """A title and its findings in one piece; a class, because Hypothesis would print them all."""

    def __init__(self, path: Path) -> None:
        seen = look(LookRequest(path, detectors=DETECTORS))
        request = PieceRequest(seen.title, "run", seen.detectors, wanted=DETECTORS)
        found = measure_piece(request).findings
        assert found
        self.title: Title = seen.title
        self.whole: tuple[Finding, ...] = found


@pytest.fixture(scope="module", params=["mp4"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    path = tmp_path_factory.mktemp("clip") / f"clip.{request.param}"
    return Case(make_clip(path, SECONDS).path)


class Shuffled(InlineEngine):
    """Takes many jobs at once and does them in any order."""

    def __init__(self, seed: int) -> None:
        super().__init__(slots=99)
        self._chance = random.Random(seed)

    def submit(self, key: str, request: TaskRequest, limit_s: float) -> None:
        super().submit(key, request, limit_s)
        self._chance.shuffle(self._jobs)

    def wait(self, timeout_s: float) -> list[News]:
        return list(super().wait(timeout_s))


@given(
    cuts=st.lists(st.integers(1, SECONDS * 25 - 1), min_size=1, max_size=4, unique=True),
    seed=st.integers(0, 1000),
)
@settings(max_examples=4)
def test_parts_of_a_title_join_to_the_findings_of_the_whole(
    case: Case, cuts: list[int], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stream = case.title.video[0]
    first = stream.start_pts
    frame = round(1 / (stream.rate * stream.base))
    bounds = [first - 10**9, *(first + frame * cut for cut in sorted(cuts)), first + 10**9]
    ranges = tuple(Span(a, b, stream.base) for a, b in pairwise(bounds))
    with pytest.MonkeyPatch.context() as patch:
        # Cut anywhere, not only where key frames are.
        patch.setattr(piece, "ranges_of", lambda title, length_s: ranges)
        where = tmp_path_factory.mktemp("store") / "s.db"
        with Store.open(where) as store:
            order = Order(detectors=DETECTORS, split_s=1.0)
            batch = make_batch(store, "", [case.title.path], order)
            told = drive(store, batch, Shuffled(seed))
            assert told.errors == {}
            (run,) = store.runs.of(case.title.fingerprint)
            assert run.state is RunState.DONE
            assert store.findings.of(run.id) == case.whole
