"""Rounds of masks: from what people said in the store to predictions and questions in it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.mask_clip import COUNT, HEIGHT, WIDTH, moving_disc, write_disc
from numpy.typing import NDArray

from core.annotation.asked import asked_region, region_mask
from core.annotation.book import MaskBook
from core.annotation.granularity import Granularity, grid
from core.domain.errors import CancelledError, KnownError
from core.domain.mask import FrameState, MaskClass, MaskLayer, MaskOrigin, MaskProject
from core.jobs.progress import CancelToken, Progress, ignore_progress
from core.jobs.request import MaskRoundRequest, MaskRoundResult
from core.learning.mask.round import run_round
from core.learning.mask.shelf import KEPT, Shelf
from core.store.store import Store
from core.worker.runner import run_request

DISC = MaskClass(7, "disc", "#e69f00")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    with Store.open(tmp_path / "s.db") as opened:
        yield opened


@pytest.fixture
def project(store: Store, tmp_path: Path) -> MaskProject:
    title = write_disc(tmp_path / "disc.mkv")
    return MaskBook(store).make(title, [DISC], "Ada")


def ordered(store: Store, project: MaskProject) -> MaskRoundRequest:
    title = store.titles.get(project.fingerprint)
    assert title is not None
    return MaskRoundRequest(
        store.url, title.path, project.id, "16x16", "hvsa", budget=6, seed=3, steps=60
    )


def say(store: Store, project: MaskProject, number: int) -> None:
    """Ada draws one frame."""
    truth = np.where(moving_disc()[1][number], DISC.number, 0).astype(np.uint8)
    store.masks.append(
        MaskLayer(
            id=f"said{number}",
            project=project.id,
            pts=pts_of(store, project)[number],
            labels=truth,
            origin=MaskOrigin.PERSON,
            by="Ada",
            at=project.at,
            complete=True,
            clicks=12,
        )
    )


def pts_of(store: Store, project: MaskProject) -> tuple[int, ...]:
    step = round(1 / (25 * project.base))
    return tuple(step * number for number in range(COUNT))


def predicted(store: Store, project: MaskProject) -> NDArray[np.uint8]:
    maps = [
        layer.labels
        for layer in store.masks.layers(project.id)
        if layer.origin is MaskOrigin.PREDICTION
    ]
    return np.stack(maps)


def test_a_round_predicts_every_frame_and_asks_about_what_nobody_said(
    store: Store, project: MaskProject
) -> None:
    say(store, project, 2)
    result = run_request(ordered(store, project), ignore_progress, CancelToken())
    assert result == MaskRoundResult(1)
    (done,) = store.mask_rounds.all(project.id)
    said = predicted(store, project)
    truth = np.where(moving_disc()[1], DISC.number, 0)
    assert said.shape == (COUNT, HEIGHT, WIDTH)
    inside = truth == DISC.number
    assert ((said == DISC.number) & inside).sum() > 0.75 * ((said == DISC.number) | inside).sum()
    assert 0 < len(done.asked) <= 6
    assert pts_of(store, project)[2] not in {one.pts for one in done.asked}
    assert [pts for pts, _ in done.uncertainty] == list(pts_of(store, project))
    assert done.curves.label_loss[-1] < done.curves.label_loss[0]
    counted = MaskBook(store).count(project).frames
    assert counted == {FrameState.DONE: 1, FrameState.PREDICTED: COUNT - 1}


def test_a_second_round_goes_on_from_the_first_and_takes_its_place(
    store: Store, project: MaskProject
) -> None:
    say(store, project, 0)
    run_round(store, ordered(store, project), ignore_progress, CancelToken())
    say(store, project, 4)
    order = replace(ordered(store, project), granularity="superpixel:16", rule="uncertainty")
    stages: set[str] = set()
    done = run_round(store, order, lambda p: stages.add(p.stage), CancelToken())
    assert done.number == 2
    assert len(predicted(store, project)) == COUNT
    assert {one.round for one in store.masks.layers(project.id) if one.round} == {2}
    assert all(region_mask(one, HEIGHT, WIDTH).any() for one in done.asked)
    # What was seen in the frames the first time is not looked at again.
    assert "looking at frames" not in stages


def test_before_anybody_said_anything_a_round_asks_and_predicts_nothing(
    store: Store, project: MaskProject
) -> None:
    done = run_round(store, ordered(store, project), ignore_progress, CancelToken())
    assert done.asked
    assert done.curves.steps == ()
    assert store.masks.layers(project.id) == ()


def test_a_cancelled_round_leaves_the_store_as_it_was(store: Store, project: MaskProject) -> None:
    say(store, project, 2)
    cancel = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.stage == "predicting masks":
            cancel.cancel()

    with pytest.raises(CancelledError):
        run_round(store, ordered(store, project), stop, cancel)
    assert store.mask_rounds.all(project.id) == ()
    assert [one.id for one in store.masks.layers(project.id)] == ["said2"]


@pytest.mark.parametrize(
    "change",
    [
        {"granularity": "hexagons"},
        {"rule": "luck"},
        {"budget": 0},
        {"path": Path("nowhere.mkv")},
        {"project_id": "nobody"},
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    store: Store, project: MaskProject, change: dict[str, object]
) -> None:
    order = replace(ordered(store, project), **change)  # type: ignore[arg-type]
    with pytest.raises(KnownError):
        run_round(store, order, ignore_progress, CancelToken())


_KILLED = """
import os, signal, sys
from core.jobs.progress import CancelToken
from core.jobs.request import MaskRoundRequest
from core.learning.mask.round import run_round
from core.store.store import Store
from pathlib import Path

url, path, project, stage = sys.argv[1:5]
request = MaskRoundRequest(url, Path(path), project, "16x16", "hvsa", 6, 3, steps=60)

def told(progress):
    print(progress.stage, flush=True)
    if progress.stage == stage:
        os.kill(os.getpid(), signal.SIGKILL)

with Store.open(url) as store:
    run_round(store, request, told, CancelToken())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_round_that_is_killed_changes_nothing_and_goes_on_as_if_it_had_not_been(
    store: Store, project: MaskProject, tmp_path: Path
) -> None:
    say(store, project, 2)
    order = ordered(store, project)
    for stage in ("following motion", "predicting masks"):
        arguments = [str(order.store_url), str(order.path), project.id, stage]
        ended = subprocess.run(
            [sys.executable, "-c", _KILLED, *arguments],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert store.mask_rounds.all(project.id) == ()
        assert [one.id for one in store.masks.layers(project.id)] == ["said2"]
    stages: set[str] = set()
    resumed = run_round(store, order, lambda p: stages.add(p.stage), CancelToken())
    assert "looking at frames" not in stages
    maps = predicted(store, project)
    with Store.open(tmp_path / "other.db") as other:
        title = store.titles.get(project.fingerprint)
        assert title is not None
        again = MaskBook(other).make(title, [DISC], "Ada")
        say(other, again, 2)
        straight = run_round(other, ordered(other, again), ignore_progress, CancelToken())
        assert straight.asked == resumed.asked
        assert np.array_equal(predicted(other, again), maps)


def test_pieces_lie_where_they_lay_in_the_smaller_picture() -> None:
    pieces = Granularity.parse("16x16")
    numbers = grid(45, 80, 16, scale=4.0)
    region = asked_region(9, numbers, int(numbers[-1, -1]), pieces, 180, 320)
    assert region.box == (304, 176, 16, 4)
    whole = asked_region(9, np.zeros((45, 80), np.int32), 0, Granularity("frame"), 180, 320)
    assert region_mask(whole, 180, 320).all()
    drawn = np.zeros((45, 80), np.int32)
    drawn[10:20, 30:50] = 5
    piece = asked_region(9, drawn, 5, Granularity.parse("superpixel:24"), 180, 320)
    assert piece.box == (120, 40, 80, 40)
    assert region_mask(piece, 180, 320).sum() == 80 * 40


def test_what_is_kept_of_frames_is_thrown_away_with_what_it_followed_from(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "a", "one")
    shelf.array("flow", (2, 3), np.int8)[:] = 4
    shelf.note("flow", 2)
    again = Shelf(tmp_path / "a", "one")
    assert again.done("flow") == 2
    assert (again.array("flow", (2, 3), np.int8) == 4).all()
    other = Shelf(tmp_path / "a", "two")
    assert other.done("flow") == 0
    assert (other.array("flow", (2, 3), np.int8) == 0).all()
    for name in "bcdefg":
        Shelf(tmp_path / name, name)
    assert len(list(tmp_path.iterdir())) == KEPT
    assert (tmp_path / "g").is_dir()
