"""Masks drawn stroke by stroke: kept at once, taken back, done again, counted and timed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from helpers.desk_fake import make_title
from hypothesis import given
from hypothesis import strategies as st

from core.annotation.layer import counted
from core.domain.errors import KnownError
from core.domain.mask import (
    UNSAID,
    FrameState,
    LabelMap,
    MaskClass,
    MaskLayer,
    MaskOrigin,
    MaskProject,
)
from core.domain.title import Title
from core.review.mask import MaskRoom, steps
from core.review.stroke import PAUSE_S, ActiveTime, MaskOverview, Stroke, fits, region_at
from core.store.store import Store

CLASSES = (MaskClass(1, "corrupt", "#e69f00"), MaskClass(2, "logo", "#56b4e9"))
BY = "Ada"
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def small_title() -> Title:
    title = make_title()
    return replace(title, video=(replace(title.video[0], width=12, height=8),))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[MaskRoom]:
    with Store.open(tmp_path / "masks.db") as store:
        yield MaskRoom(store)


@pytest.fixture
def project(room: MaskRoom) -> MaskProject:
    return room.make(small_title(), CLASSES, BY)


def said(number: int, left: int, top: int, right: int, bottom: int) -> LabelMap:
    labels = np.full((8, 12), UNSAID, np.uint8)
    labels[top:bottom, left:right] = number
    return labels


def test_a_stroke_is_in_the_store_when_it_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    with Store.open(path) as store:
        room = MaskRoom(store)
        project = room.make(small_title(), CLASSES, BY)
        sheet = room.draw(project, Stroke(40, said(1, 2, 2, 6, 5), seconds=1.5), BY)
        # Another process sees it while this one has closed nothing: a kill loses none of it.
        with Store.open(path) as other:
            kept = MaskRoom(other).frame(project, 40, BY)
    assert np.array_equal(kept.mask.labels, sheet.mask.labels)
    assert (kept.mask.labels == 1).sum() == 12
    assert kept.seconds == 1.5


def test_what_a_stroke_costs_is_counted_by_what_it_changes(
    room: MaskRoom, project: MaskProject
) -> None:
    assert room.draw(project, Stroke(0, said(1, 2, 2, 6, 5)), BY).mask.clicks == 4
    assert room.draw(project, Stroke(0, said(1, 3, 3, 5, 4)), BY).mask.clicks == 4, "no change"
    assert room.draw(project, Stroke(0, said(2, 8, 2, 10, 4), clicks=2), BY).mask.clicks == 6


def test_undo_and_redo_follow_the_layers_also_from_another_desk(
    room: MaskRoom, project: MaskProject
) -> None:
    first = room.draw(project, Stroke(0, said(1, 0, 0, 3, 3)), BY)
    second = room.draw(project, Stroke(0, said(2, 5, 5, 8, 8)), BY)
    assert second.can_undo
    assert not second.can_redo
    back = room.undo(project, 0, BY)
    assert np.array_equal(back.mask.labels, first.mask.labels)
    assert back.can_redo
    again = room.undo(project, 0, BY, again=True)
    assert np.array_equal(again.mask.labels, second.mask.labels)
    room.undo(project, 0, BY)
    empty = room.undo(project, 0, BY)
    assert (empty.mask.labels == UNSAID).all()
    assert not empty.can_undo
    assert not room.undo(project, 0, BY).can_undo
    assert not room.frame(project, 0, "Grace").can_redo, "what others took back stays theirs"
    after = room.draw(project, Stroke(0, said(1, 0, 0, 2, 2)), BY)
    assert not after.can_redo, "a new stroke ends what could be done again"


@given(st.lists(st.sampled_from(["draw", "undo", "redo", "other"]), max_size=24))
def test_any_order_of_steps_leaves_what_two_stacks_would(orders: list[str]) -> None:
    layers: list[MaskLayer] = []
    stands: list[str] = []
    gone: list[str] = []

    def add(by: str, undoes: str = "") -> str:
        name = str(len(layers))
        empty = np.zeros((0, 0), np.uint8)
        at = CREATED
        layers.append(MaskLayer(name, "p", 0, empty, MaskOrigin.PERSON, by, at, undoes=undoes))
        return name

    for order in orders:
        done, undone = steps(layers, BY)
        if order == "draw":
            stands.append(add(BY))
            gone.clear()
        elif order == "other":
            add("Grace")
        elif order == "undo" and done:
            add(BY, done[-1])
            gone.append(stands.pop())
        elif order == "redo" and undone:
            add(BY, undone[-1])
            stands.append(gone.pop())
    assert [one.id for one in counted(layers) if one.by == BY] == stands
    assert steps(layers, BY)[0] == stands
    assert len(steps(layers, BY)[1]) == len(gone)


def test_a_finished_frame_takes_over_its_prediction_and_is_background_elsewhere(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path / "masks.db") as store:
        room = MaskRoom(store)
        project = room.make(small_title(), CLASSES, BY)
        guess = said(2, 0, 0, 4, 4)
        store.masks.predict(
            MaskLayer("p1", project.id, 0, guess, MaskOrigin.PREDICTION, "net", CREATED)
        )
        room.draw(project, Stroke(0, said(1, 2, 2, 6, 6), clicks=4), BY)
        done = room.finish(project, 0, BY, 2.0)
        assert done.mask.state is FrameState.DONE
        assert done.mask.by_person.all()
        assert done.mask.clicks == 5
        assert [int((done.mask.labels == n).sum()) for n in (0, 1, 2)] == [68, 16, 12]
        bare = room.finish(project, 40, BY, 1.0)
        assert bare.mask.clicks == 0, "an empty frame has no prediction to accept"
        assert (bare.mask.labels == 0).all()
        overview = room.overview(project)
    assert overview.states == {0: FrameState.DONE, 40: FrameState.DONE}
    assert (overview.clicks, overview.seconds) == (5, 3.0)
    assert overview.frames(FrameState.DONE) == (0, 40)


def test_an_overview_is_read_again_only_when_somebody_said_something(
    room: MaskRoom, project: MaskProject
) -> None:
    known = room.overview(project)
    assert room.news(known) is None
    room.draw(project, Stroke(0, said(1, 0, 0, 2, 2)), "Grace")
    fresh = room.news(known)
    assert fresh is not None
    assert fresh.states == {0: FrameState.PARTLY}
    room.undo(project, 0, "Grace")
    gone = room.news(fresh)
    assert gone is not None
    assert gone.states == {0: FrameState.UNSEEN}
    assert gone.clicks == 0
    room.reclass(project, (*CLASSES, MaskClass(3, "third", "#009e73")))
    assert isinstance(room.news(gone), MaskOverview), "other classes are news"


def test_classes_are_renamed_and_added_but_never_taken_away(
    room: MaskRoom, project: MaskProject
) -> None:
    renamed = (replace(CLASSES[0], name="broken", color="#000000"), CLASSES[1])
    assert room.reclass(project, renamed).classes == renamed
    assert room.projects(project.fingerprint)[0].classes == renamed
    with pytest.raises(KnownError, match="logo cannot be taken away"):
        room.reclass(project, renamed[:1])
    with pytest.raises(KnownError, match="cannot be used"):
        room.reclass(project, (renamed[0], replace(renamed[1], name="broken")))


def test_masks_of_another_stream_do_not_fit(project: MaskProject) -> None:
    title = small_title()
    assert fits(project, title)
    assert not fits(replace(project, stream=3), title)
    assert not fits(replace(project, width=24), title)
    assert not fits(project, replace(title, video=()))


def test_pauses_count_no_second() -> None:
    clock = [0.0]
    spent = ActiveTime(lambda: clock[0])
    for at in (0.0, 2.0, 5.0, 5.0 + PAUSE_S + 1, 5.0 + PAUSE_S + 3):
        clock[0] = at
        spent.touch(7)
    assert spent.spent(7) == 7.0
    spent.touch(8)
    clock[0] += 4
    assert spent.take(8) == 4.0
    assert spent.spent(8) == 0.0
    assert spent.take(7) == 7.0, "time at another frame is not this one's"


def test_a_region_ends_at_its_corners() -> None:
    labels = np.zeros((4, 4), np.uint8)
    labels[0, 0] = labels[1, 1] = labels[1, 2] = 3
    assert region_at(labels, 1, 1).sum() == 2
    assert region_at(labels, 3, 3).sum() == 13


def test_masks_go_out_to_a_file_and_come_in_again(
    room: MaskRoom, project: MaskProject, tmp_path: Path
) -> None:
    from core.annotation.exchange.file import MaskFormat

    times = np.array([0, 40, 80], np.int64)
    drawn = room.draw(project, Stroke(40, said(1, 2, 2, 6, 5)), BY)
    out = tmp_path / "masks.json"
    assert room.write(project, MaskFormat.COCO, out, times) == 1
    with pytest.raises(KnownError, match="nothing was replaced"):
        room.write(project, MaskFormat.COCO, out, times)
    other = room.make(small_title(), CLASSES, BY, name="again")
    assert room.take_in(other, out, "corrupt", times, BY) == 1
    assert np.array_equal(room.frame(other, 40, BY).mask.labels, drawn.mask.labels)
