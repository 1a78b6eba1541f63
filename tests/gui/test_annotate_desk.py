"""Masks are drawn by mouse and keys through the real `main()`, and all of them are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from helpers.clip import make_clip
from helpers.desk_walk import Steps, press, walk
from helpers.mask_desk import (
    CTRL,
    HEIGHT,
    RIGHT,
    SHIFT,
    WIDTH,
    bench_of,
    click,
    drag,
    labels,
    make_scene,
    move,
    open_masks,
    ready,
    stroke,
)
from helpers.mask_value import CLASSES, WHEN
from helpers.worker_fake import FakeWorker
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.domain.mask import (
    UNSAID,
    FrameState,
    LabelMap,
    MaskLayer,
    MaskOrigin,
    MaskProject,
)
from core.domain.title import Title
from core.review.mask import MaskRoom
from core.review.stroke import Stroke
from core.store import store as store_module
from core.store.store import Store
from gui.annotate.strip import Step
from gui.annotate.tool import Tool
from gui.desk.desk import Desk

Run = Callable[[Callable[[Desk], Steps]], Path]


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Title:
    return make_scene(tmp_path_factory.mktemp("masks") / "masks.mp4")


@pytest.fixture
def desk_on(qtbot: QtBot, tmp_path: Path, clip: Title) -> Run:
    """Runs the desk on the clip; the path of its store."""
    store = tmp_path / "masks.db"

    def run(steps: Callable[[Desk], Steps]) -> Path:
        arguments = [str(clip.path), "--store", str(store), "--size", "1280x720"]
        assert walk(arguments, steps, 60.0, partial(FakeWorker, title=clip)) == 0
        return store

    return run


def kept(store: Path, pts: int) -> LabelMap:
    """What the store says of a frame, read as another process would."""
    with Store.open(store) as opened:
        (project,) = opened.masks.all()
        return MaskRoom(opened).frame(project, pts, project.by).mask.labels


def _draw_with_all_tools(desk: Desk) -> Steps:
    yield from open_masks(desk, "corrupt", "logo")
    annotate, bench = desk.annotate, bench_of(desk)
    assert not desk.window.side.isVisible()
    assert bench.panel.classes.number == 1
    assert not desk.actions["review.fix"].isEnabled(), "1 means a class now"
    bench.panel.brush.setValue(8)
    drag(desk, [(20, 20), (40, 20), (60, 20)])
    assert (labels(desk)[20, 20:60] == 1).all(), "a stroke shows at once"
    yield lambda: ready(desk)
    assert bench.panel.kept.text() == "all kept"
    assert labels(desk)[40, 40] == UNSAID
    press(desk, Qt.Key.Key_2)
    press(desk, Qt.Key.Key_R)
    drag(desk, [(100, 50), (120, 70)])
    yield lambda: ready(desk)
    assert (labels(desk) == 2).sum() == 21 * 21
    press(desk, Qt.Key.Key_P)
    for corner in ((20, 50), (60, 50), (60, 80), (59, 79)):
        click(desk, corner)
    assert bench.hand.aiming
    press(desk, Qt.Key.Key_Backspace)
    click(desk, (20, 80))
    press(desk, Qt.Key.Key_Return)
    assert not bench.hand.aiming
    yield lambda: ready(desk)
    assert labels(desk)[65, 40] == 2
    assert annotate.shown_pts is not None
    assert annotate.overview is not None
    assert annotate.overview.states[annotate.shown_pts] is FrameState.PARTLY, "Enter closed it"
    press(desk, Qt.Key.Key_E)
    drag(desk, [(40, 10), (40, 30)])
    yield lambda: ready(desk)
    assert labels(desk)[20, 40] == 0
    assert labels(desk)[20, 20] == 1
    press(desk, Qt.Key.Key_C)
    press(desk, Qt.Key.Key_1)
    click(desk, (110, 60))
    yield lambda: ready(desk)
    assert (labels(desk)[50:71, 100:121] == 1).all(), "filled with the other class"
    move(desk, (40, 65))
    press(desk, Qt.Key.Key_Delete)
    yield lambda: ready(desk)
    assert labels(desk)[65, 40] == 0
    press(desk, Qt.Key.Key_B)
    drag(desk, [(110, 60)], RIGHT)
    yield lambda: ready(desk)
    assert labels(desk)[60, 110] == 0, "the right button erases with every tool"
    yield from _pick(desk)
    yield from _undo_all(desk)


def _pick(desk: Desk) -> Steps:
    """Superpixels light up under the pointer; a click takes one in, another takes it out."""
    bench = bench_of(desk)
    press(desk, Qt.Key.Key_S)
    yield lambda: ready(desk) and bench.hand.pieces is not None
    move(desk, (140, 20))
    piece = bench.aim.piece
    assert piece is not None
    assert 20 < piece.region.sum() < WIDTH * HEIGHT / 4
    assert bench.overlay._highlight is None or bench.overlay._highlight[0] is not None
    click(desk, (140, 20))
    yield lambda: ready(desk)
    assert (labels(desk)[piece.window][piece.region] == 1).all()
    click(desk, (140, 20))
    yield lambda: ready(desk)
    assert (labels(desk)[piece.window][piece.region] == 0).all()
    press(desk, Qt.Key.Key_Q)
    yield lambda: ready(desk) and bench.hand.pieces is not None
    click(desk, (100, 5))
    yield lambda: ready(desk)
    assert (labels(desk)[0:16, 96:112] == 1).all()
    assert labels(desk)[16, 100] != 1


def _undo_all(desk: Desk) -> Steps:
    before = labels(desk).copy()
    press(desk, Qt.Key.Key_Z, CTRL)
    yield lambda: ready(desk)
    assert labels(desk)[5, 100] != 1
    press(desk, Qt.Key.Key_Z, CTRL | SHIFT)
    yield lambda: ready(desk)
    assert np.array_equal(labels(desk), before)


def test_every_tool_draws_and_every_stroke_is_kept(desk_on: Run, clip: Title) -> None:
    shown: list[LabelMap] = []

    def steps(desk: Desk) -> Steps:
        yield from _draw_with_all_tools(desk)
        shown.append(labels(desk).copy())

    store = desk_on(steps)
    assert np.array_equal(kept(store, clip.video[0].start_pts), shown[0])


def _two_frames(desk: Desk) -> Steps:
    yield from open_masks(desk, "corrupt")
    annotate, bench = desk.annotate, bench_of(desk)
    bench.panel.brush.setValue(10)
    first = annotate.shown_pts
    down, *rest = stroke(desk, [(30, 30), (40, 30), (50, 30)])
    down()
    press(desk, Qt.Key.Key_Right)
    yield lambda: desk.parts.picture.picture is not None and annotate.shown_pts is None
    for step in rest:
        step()
    yield lambda: ready(desk) and annotate.shown_pts != first
    assert (labels(desk) == UNSAID).all(), "another frame has its own mask"
    press(desk, Qt.Key.Key_Z)
    yield lambda: ready(desk) and bench.canvas.before is not None
    assert bench.canvas.after is None
    drag(desk, [(80, 60), (90, 60)])
    yield lambda: ready(desk)
    press(desk, Qt.Key.Key_Return)
    yield lambda: ready(desk)
    assert bench.panel.state.text().startswith("done")
    assert bench.mode.strip.steps.tolist()[:3] == [Step.PARTLY, Step.DONE, Step.UNSEEN]
    press(desk, Qt.Key.Key_U)
    yield lambda: ready(desk) and annotate.shown_pts == first
    assert labels(desk)[30, 40] == 1
    press(desk, Qt.Key.Key_Escape)
    assert not annotate.on
    assert desk.window.side.isVisible()


def test_frames_keep_their_masks_and_a_restart_finds_all_of_them(desk_on: Run) -> None:
    desk_on(_two_frames)

    def again(desk: Desk) -> Steps:
        yield from open_masks(desk)
        annotate, bench = desk.annotate, bench_of(desk)
        assert labels(desk)[30, 40] == 1
        assert bench.panel.brush.value() == 10, "the brush is as it was"
        yield lambda: annotate.overview is not None
        press(desk, Qt.Key.Key_Z, CTRL)
        yield lambda: ready(desk) and (labels(desk) == UNSAID).all()
        assert desk.actions["draw.onion_before"].isChecked()

    desk_on(again)


def _accept(desk: Desk) -> Steps:
    yield from open_masks(desk, "corrupt", "logo")
    annotate, bench = desk.annotate, bench_of(desk)
    project = annotate.project
    assert project is not None
    pts = annotate.shown_pts
    assert pts is not None
    guess = np.zeros((HEIGHT, WIDTH), np.uint8)
    guess[10:30, 10:30], guess[50:70, 50:90] = 1, 2
    layer = MaskLayer("p", project.id, pts, guess, MaskOrigin.PREDICTION, "net", project.at)
    with Store.open(annotate.lane._room.url) as store:  # type: ignore[union-attr]
        store.masks.predict(layer)
    # Nobody tells this desk; it looks for itself, as for what another desk draws.
    yield lambda: ready(desk) and (labels(desk) == 2).sum() == 800
    assert not bench.canvas.by_person.any()
    press(desk, Qt.Key.Key_A)
    assert bench.hand.tool is Tool.ACCEPT
    click(desk, (20, 20))
    yield lambda: ready(desk)
    assert bench.canvas.by_person.sum() == 400
    click(desk, (20, 20))
    assert "Nothing was predicted here" in desk.window.message.text()
    press(desk, Qt.Key.Key_Return)
    yield lambda: ready(desk)
    assert bench.canvas.by_person.all()
    overview = annotate.overview
    assert overview is not None
    yield lambda: annotate.overview is not None and annotate.overview.clicks == 2
    assert bench.panel.state.text().startswith("done · 2 clicks")


def test_a_prediction_is_accepted_by_region_and_by_frame(desk_on: Run) -> None:
    desk_on(_accept)


def _turned(desk: Desk) -> Steps:
    yield from open_masks(desk, "corrupt")
    bench, view = bench_of(desk), desk.parts.picture
    drag(desk, [(30, 30), (50, 30)])
    held = bench.panel.classes.count()
    assert held == 1
    press(desk, Qt.Key.Key_9)
    assert bench.hand.number == 1, "there is no ninth class"
    opaque = bench.panel.opacity.value()
    press(desk, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert bench.panel.opacity.value() == opaque - 10
    press(desk, Qt.Key.Key_BracketRight)
    assert bench.panel.brush.value() == 30
    press(desk, Qt.Key.Key_BracketLeft)
    assert bench.panel.brush.value() == 24
    yield lambda: ready(desk)
    press(desk, Qt.Key.Key_Space)
    yield lambda: desk.player.playing
    drag(desk, [(30, 60), (50, 60)])
    assert not desk.player.playing, "who draws while it plays stops it first"
    yield lambda: ready(desk)
    assert not (labels(desk)[60] == 1).any()
    middle = Qt.MouseButton.MiddleButton
    view.zoom_to(8.0)
    before = view.geometry_of_picture
    for kind, at in (
        (QEvent.Type.MouseButtonPress, QPointF(300, 200)),
        (QEvent.Type.MouseMove, QPointF(320, 210)),
        (QEvent.Type.MouseButtonRelease, QPointF(320, 210)),
    ):
        button = middle if kind is not QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            view, QMouseEvent(kind, at, view.mapToGlobal(at), button, middle, none)
        )
    assert view.geometry_of_picture != before, "the middle button pans"
    drag(desk, [(80, 50), (82, 50)])
    yield lambda: ready(desk)
    assert labels(desk)[50, 81] == 1, "drawing knows zoom and pan"
    press(desk, Qt.Key.Key_F)
    yield lambda: not bench.panel.isVisible()
    press(desk, Qt.Key.Key_F)
    yield lambda: bench.panel.isVisible()
    desk.close_title()
    yield lambda: not desk.annotate.on


def test_keys_change_tools_and_the_picture_zooms_pans_and_plays_as_always(desk_on: Run) -> None:
    desk_on(_turned)


def test_a_title_of_sound_alone_says_that_it_has_no_pictures(qtbot: QtBot, tmp_path: Path) -> None:
    sound = make_clip(tmp_path / "sound.mka", 1.0, picture=False)

    def refused(desk: Desk) -> Steps:
        yield lambda: desk.idle and desk.title is not None
        press(desk, Qt.Key.Key_F4)
        assert not desk.annotate.on
        assert not desk.actions["masks.open"].isChecked()
        assert "no pictures that could be labelled" in desk.window.banner.messages[-1][0]

    arguments = [str(sound.path), "--store", str(tmp_path / "sound.db")]
    assert walk(arguments, refused, 60.0, partial(FakeWorker, title=sound)) == 0


def test_masks_of_other_pictures_are_named_and_left_alone(
    qtbot: QtBot, tmp_path: Path, clip: Title
) -> None:
    path = tmp_path / "other.db"
    with Store.open(path) as store:
        store.titles.put(clip)
        stream = clip.video[0]
        store.masks.put(
            MaskProject(
                *("other", "Large", clip.fingerprint, stream.index, stream.base),
                *(2 * stream.width, stream.height, CLASSES, "Ada", WHEN),
            )
        )

    def steps(desk: Desk) -> Steps:
        yield lambda: desk.idle and desk.title is not None
        press(desk, Qt.Key.Key_F4)
        yield lambda: desk.annotate.on and desk.idle
        panel = bench_of(desk).panel
        assert desk.annotate.project is None
        assert "belong to other pictures" in panel.why.text()
        assert not desk.actions["draw.brush"].isEnabled()
        panel.project_chosen.emit("other")
        assert "Large belongs to other pictures" in desk.window.message.text()

    arguments = [str(clip.path), "--store", str(path)]
    assert walk(arguments, steps, 60.0, partial(FakeWorker, title=clip)) == 0


def test_a_store_that_can_only_be_read_shows_masks_and_takes_none(
    qtbot: QtBot, tmp_path: Path, clip: Title, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "seen.db"
    said = np.full((HEIGHT, WIDTH), UNSAID, np.uint8)
    said[10:20, 10:20] = 1
    with Store.open(path) as store:
        room = MaskRoom(store)
        project = room.make(clip, CLASSES, "Ada")
        room.draw(project, Stroke(clip.video[0].start_pts, said), "Ada")
    monkeypatch.setattr(store_module, "is_write_protected", lambda one: one == path)

    def steps(desk: Desk) -> Steps:
        yield from open_masks(desk)
        assert (labels(desk) == 1).sum() == 100
        assert not desk.actions["draw.brush"].isEnabled()
        assert "only be read" in bench_of(desk).panel.tools["draw.brush"].toolTip()
        drag(desk, [(50, 50), (60, 60)])
        assert "masks cannot be changed" in desk.window.message.text()
        assert (labels(desk) == 1).sum() == 100

    arguments = [str(clip.path), "--store", str(path)]
    assert walk(arguments, steps, 60.0, partial(FakeWorker, title=clip)) == 0
