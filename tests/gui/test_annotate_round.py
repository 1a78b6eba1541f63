"""Rounds from the desk: asked of a worker, shown when over, their questions answered by keys."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from helpers.desk_walk import Steps, press, walk
from helpers.mask_desk import (
    HEIGHT,
    SHIFT,
    WIDTH,
    bench_of,
    drag,
    labels,
    make_scene,
    open_masks,
    ready,
)
from helpers.worker_fake import FakeWorker
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.annotation.run_length import coco_counts
from core.domain.errors import KnownError
from core.domain.mask import AskedRegion, MaskLayer, MaskOrigin, MaskRound
from core.domain.title import Title
from core.jobs.progress import Progress
from core.jobs.request import MaskRoundRequest, MaskRoundResult, Request, Result
from core.media.packet_index import PacketIndex
from core.store.store import Store
from gui.annotate.strip import Step
from gui.desk.desk import Desk

CTRL = Qt.KeyboardModifier.ControlModifier
BOX = (16, 32, 16, 16)


class Learner(FakeWorker):
    """Does rounds without a network: it predicts a square and asks about two frames."""

    waits = False
    asked: ClassVar[list[MaskRoundRequest]] = []
    made: ClassVar[list[Learner]] = []

    def submit(self, request: Request) -> int:
        if isinstance(request, MaskRoundRequest):
            type(self).asked.append(request)
            type(self).made.append(self)
            self.held = type(self).waits
        return super().submit(request)

    def _do(self, request: Request) -> Result:
        if not isinstance(request, MaskRoundRequest):
            return super()._do(request)
        if request.budget == 13:
            raise KnownError("The network has no weights.")
        stream = self.title.video[0]
        times = PacketIndex.build(self.title.path, stream.index).frame_pts.tolist()
        guess = np.zeros((HEIGHT, WIDTH), np.uint8)
        guess[32:48, 16:32] = 1
        disc = np.zeros((HEIGHT, WIDTH), bool)
        disc[60:70, 90:100] = True
        disc[60, 90] = False
        with Store.open(request.store_url) as store:
            number = store.mask_rounds.next_number(request.project_id)
            done = MaskRound(
                id=uuid.uuid4().hex,
                project=request.project_id,
                number=number,
                at=datetime.now(UTC),
                by="net",
                granularity=request.granularity,
                rule=request.rule,
                seed=request.seed,
                budget=request.budget,
                start=times[0],
                end=times[-1],
                asked=(
                    AskedRegion(times[3], BOX),
                    AskedRegion(times[7], (90, 60, 10, 10), tuple(coco_counts(disc))),
                ),
                uncertainty=tuple((pts, 0.01 * n) for n, pts in enumerate(times)),
                seconds=7.0,
            )
            layers = [
                MaskLayer(
                    uuid.uuid4().hex,
                    request.project_id,
                    pts,
                    guess,
                    MaskOrigin.PREDICTION,
                    "net",
                    done.at,
                    round=number,
                )
                for pts in times
            ]
            store.mask_rounds.finish(done, layers)
        return MaskRoundResult(number)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_scene(tmp_path_factory.mktemp("rounds") / "rounds.mp4")


@pytest.fixture
def desk_on(
    qtbot: QtBot, tmp_path: Path, clip: Title, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[Desk], Steps]], Path]:
    """Runs the desk on the clip; the path of its store."""
    store = tmp_path / "rounds.db"
    monkeypatch.setattr(Learner, "asked", [])
    monkeypatch.setattr(Learner, "made", [])

    def run(steps: Callable[[Desk], Steps]) -> Path:
        arguments = [str(clip.path), "--store", str(store), "--size", "1280x720"]
        assert walk(arguments, steps, 60.0, partial(Learner, title=clip)) == 0
        return store

    return run


def _a_round(desk: Desk) -> Steps:
    yield from open_masks(desk, "corrupt")
    annotate, bench = desk.annotate, bench_of(desk)
    strip, box = bench.mode.strip, bench.rounds
    first = annotate.shown_pts
    press(desk, Qt.Key.Key_N)
    assert "start a round" in desk.window.message.text()
    bench.panel.brush.setValue(10)
    drag(desk, [(100, 20), (120, 20)])
    press(desk, Qt.Key.Key_Q)
    box.budget.setValue(2)
    press(desk, Qt.Key.Key_Return, CTRL)
    yield lambda: ready(desk) and annotate.overview and annotate.overview.round
    (request,) = Learner.asked
    assert (request.granularity, request.budget, request.rule) == ("16x16", 2, "hvsa")
    yield lambda: ready(desk) and (labels(desk)[32:48, 16:32] == 1).all()
    assert labels(desk)[20, 110] == 1, "a prediction hides nothing that a person said"
    assert not bench.canvas.by_person[40, 20]
    assert "Round 1 took 7 s; of 2 pieces asked 2 are open." in box.said.text()
    assert strip.asked.sum() == 2
    assert strip.steps.tolist()[:2] == [Step.PARTLY, Step.PREDICTED]
    seconds, values = strip.curve
    assert len(seconds) == len(strip.steps)
    assert values.max() == 1.0
    yield from _answer(desk)
    assert annotate.shown_pts != first


def _answer(desk: Desk) -> Steps:
    """From one asked frame to the next, by keys."""
    annotate, bench = desk.annotate, bench_of(desk)
    times = annotate.frame_times.tolist()
    press(desk, Qt.Key.Key_N)
    yield lambda: ready(desk) and annotate.shown_pts == times[3]
    (outline,) = bench.overlay.asked
    assert outline.boundingRect().getRect() == tuple(map(float, BOX))
    assert "1 region asked" in bench.panel.state.text()
    press(desk, Qt.Key.Key_Return, SHIFT)
    yield lambda: ready(desk) and annotate.shown_pts == times[7]
    press(desk, Qt.Key.Key_N, SHIFT)
    yield (
        lambda: ready(desk) and annotate.overview is not None and len(annotate.overview.asked) == 1
    )
    assert annotate.shown_pts == times[7], "only this one is left"
    (around,) = bench.overlay.asked
    assert around.boundingRect().getRect() == (90.0, 60.0, 10.0, 10.0)
    press(desk, Qt.Key.Key_R)
    drag(desk, [(88, 58), (102, 72)])
    yield lambda: ready(desk) and annotate.overview is not None and not annotate.overview.asked
    assert bench.overlay.asked == ()
    assert "0 are open" in bench.rounds.said.text()
    press(desk, Qt.Key.Key_Return, SHIFT)
    assert "Nothing of this frame is asked about" in desk.window.message.text()
    assert annotate.overview is not None
    # The brush's outline, the accepted region, the rectangle's corners.
    assert annotate.overview.clicks >= 4
    press(desk, Qt.Key.Key_Left)
    yield lambda: ready(desk)


def test_a_round_predicts_all_frames_and_its_questions_are_answered_by_keys(
    desk_on: Callable[[Callable[[Desk], Steps]], Path],
) -> None:
    store = desk_on(_a_round)
    with Store.open(store) as opened:
        (project,) = opened.masks.all()
        rounds = {layer.round for layer in opened.masks.notes(project.id) if layer.clicks}
    assert rounds == {0, 1}, "each stroke knows the round that it came after"


def _stopped(desk: Desk) -> Steps:
    yield from open_masks(desk, "corrupt")
    annotate, box = desk.annotate, bench_of(desk).rounds
    press(desk, Qt.Key.Key_Return, CTRL)
    yield lambda: bool(Learner.made)
    Learner.made[0].progress(Progress(0.6, 1.0, 0.0, "learning masks"))
    yield lambda: box.bar.format() == "learning masks · 60%"
    assert box.stop.isVisible()
    assert not box.start.isVisible()
    press(desk, Qt.Key.Key_Return, CTRL)
    assert "running already" in desk.window.message.text()
    drag(desk, [(60, 60), (70, 60)])
    yield lambda: ready(desk)
    assert labels(desk)[60, 65] == 1, "who draws need not wait for a round"
    QTest.mouseClick(box.stop, Qt.MouseButton.LeftButton)
    yield lambda: box.start.isVisible()
    assert "stopped" in desk.window.message.text()
    assert annotate.overview is not None
    assert annotate.overview.round is None
    Learner.waits = False
    box.budget.setValue(13)
    QTest.mouseClick(box.start, Qt.MouseButton.LeftButton)
    yield lambda: bool(desk.window.banner.messages)
    assert desk.window.banner.messages[-1][0] == "The network has no weights."
    assert not annotate.rounds.running


def test_a_round_is_stopped_or_fails_with_a_sentence_and_takes_nothing_along(
    desk_on: Callable[[Callable[[Desk], Steps]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Learner, "waits", True)
    desk_on(_stopped)
