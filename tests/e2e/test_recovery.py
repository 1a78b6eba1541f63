"""A desk that is killed: the next one stands where it stood, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.clip import make_clip
from helpers.desk_walk import Steps, decided, press, walk
from helpers.doomed_desk import COMMENT, quick_worker
from PySide6.QtCore import Qt

from core.config.paths import state_dir
from core.domain.defect import Severity
from core.review.whereabouts import Whereabouts, WhereaboutsFile, read_whereabouts
from core.store.store import Store
from gui.desk.desk import Desk
from gui.verdict.choice import Draft

_REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("media") / "clip.mp4", 6.0).path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


def left_files() -> list[Path]:
    return sorted((state_dir() / "desks").glob("*"))


def killed_desk(clip: Path, store: Path) -> tuple[str, str]:
    """Run a desk as a process of its own, kill it; keys of its decided and its drafted flag."""
    home = os.pathsep.join([str(_REPOSITORY), str(_REPOSITORY / "tests")])
    desk = subprocess.Popen(
        [sys.executable, "-m", "helpers.doomed_desk", str(clip), str(store)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": home},
        text=True,
    )
    assert desk.stdout is not None
    with desk, desk.stdout as lines:
        first, second = json.loads(lines.readline())
        desk.kill()
    return first, second


def test_desk_that_was_killed_is_open_again_where_it_was(
    clip: Path, store: Path, qapp: object
) -> None:
    first, second = killed_desk(clip, store)

    def next_day(desk: Desk) -> Steps:
        yield lambda: desk.selection.flag is not None and desk.idle
        parts, title = desk.parts, desk.title
        assert title is not None
        assert title.path == clip
        assert desk.selection.flag is not None
        assert desk.selection.flag.key == second
        yield lambda: abs(desk.player.position.seconds - 2.0) < 0.1
        assert not desk.player.playing
        assert parts.axis.view == (1.0, 4.0)
        assert parts.axis.selection == (1.5, 2.5)
        assert parts.queue.sign_box.currentData() == "undecided"
        assert parts.verdict.drafts == {second: Draft(Severity.BLOCKER, COMMENT)}
        assert parts.verdict.comment.text() == COMMENT
        flag = desk.snapshot.flag(first)
        assert flag is not None
        assert flag.state == "confirm"
        (mine,) = (read_whereabouts(p) for p in left_files() if p.suffix == ".json")
        assert mine is not None
        assert mine.tries == 1
        assert "ended unexpectedly" in desk.window.banner.messages[-1][0]
        press(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield decided(desk, first, "undecided")
        parts.queue.select(second)
        press(desk, Qt.Key.Key_X)
        yield decided(desk, second, "reject")
        flag = desk.snapshot.flag(second)
        assert flag is not None
        assert flag.verdict is not None
        assert flag.verdict.comment == COMMENT

    def day_after(desk: Desk) -> Steps:
        yield lambda: desk.idle and bool(left_files())
        assert desk.title is None

    assert walk(["--store", str(store)], next_day, worker=quick_worker(clip)) == 0
    assert left_files() == []
    assert walk(["--store", str(store)], day_after, worker=quick_worker(clip)) == 0


def left_behind(clip: Path, store: Path, tries: int = 0) -> None:
    """What a desk leaves that broke off at a clip."""
    with Store.open(store) as made:
        file = WhereaboutsFile.fresh()
        drafts = {"k": (None, COMMENT)}
        file.write(Whereabouts(made.url, clip, view=(1.0, 4.0), drafts=drafts, tries=tries))
        file.leave_behind()


def test_title_that_brings_the_desk_down_is_not_opened_again_and_again(
    clip: Path, store: Path, qapp: object
) -> None:
    left_behind(clip, store, tries=2)

    def careful(desk: Desk) -> Steps:
        yield lambda: bool(desk.window.banner.messages)
        assert desk.title is None
        assert "more than once" in desk.window.banner.messages[-1][0]
        desk.open_path(clip)
        yield lambda: desk.title is not None and desk.idle
        assert desk.parts.axis.view == (1.0, 4.0)

    walk(["--store", str(store)], careful, worker=quick_worker(clip))


def test_title_that_is_gone_waits_for_another_day(
    clip: Path, store: Path, tmp_path: Path, qapp: object
) -> None:
    stick = tmp_path / "stick.mp4"
    left_behind(stick, store)

    def without(desk: Desk) -> Steps:
        yield lambda: bool(desk.window.banner.messages) and len(left_files()) == 3
        assert "does not exist" in desk.window.banner.messages[-1][0]

    walk(["--store", str(store)], without, worker=quick_worker(clip))
    shutil.copyfile(clip, stick)

    def plugged_in(desk: Desk) -> Steps:
        yield lambda: desk.title is not None and desk.idle
        assert desk.parts.axis.view == (1.0, 4.0)

    walk(["--store", str(store), str(stick)], plugged_in, worker=quick_worker(stick))
    assert left_files() == []
