"""What layers of a frame come to: people before networks, later before earlier, undo by a row."""

from __future__ import annotations

import pytest
from helpers.mask_value import make_layer, make_project
from hypothesis import given
from hypothesis import strategies as st

from core.annotation.layer import counted, flatten
from core.domain.mask import UNSAID, FrameState, MaskOrigin

PROJECT = make_project(4, 2)


def test_a_frame_without_layers_is_unseen_and_says_nothing() -> None:
    frame = flatten(PROJECT, 7, [])
    assert frame.state is FrameState.UNSEEN
    assert (frame.labels == UNSAID).all()


def test_a_prediction_never_hides_what_a_person_said() -> None:
    said = make_layer("a", [[1, 255, 255, 255], [255] * 4])
    guessed = make_layer("b", [[2] * 4, [0] * 4], MaskOrigin.PREDICTION)
    frame = flatten(PROJECT, 0, [said, guessed])
    assert frame.labels.tolist() == [[1, 2, 2, 2], [0, 0, 0, 0]]
    assert frame.by_person.sum() == 1
    assert frame.state is FrameState.PARTLY


def test_only_the_newest_prediction_counts() -> None:
    old = make_layer("a", [[1] * 4, [1] * 4], MaskOrigin.PREDICTION)
    new = make_layer("b", [[2, 255, 2, 2], [2] * 4], MaskOrigin.PREDICTION)
    frame = flatten(PROJECT, 0, [old, new])
    assert frame.labels.tolist() == [[2, 255, 2, 2], [2] * 4]
    assert frame.state is FrameState.PREDICTED


def test_what_is_taken_back_is_gone_and_can_be_put_right_again() -> None:
    first = make_layer("a", [[1] * 4, [1] * 4], clicks=4)
    undo = make_layer("b", [], undoes="a")
    redo = make_layer("c", [], undoes="b")
    assert flatten(PROJECT, 0, [first, undo]).state is FrameState.UNSEEN
    frame = flatten(PROJECT, 0, [first, undo, redo])
    assert frame.clicks == 4
    assert frame.labels.tolist() == [[1] * 4, [1] * 4]


def test_a_complete_layer_makes_the_frame_done() -> None:
    frame = flatten(PROJECT, 0, [make_layer("a", [[0] * 4, [0] * 4], complete=True)])
    assert frame.state is FrameState.DONE


def test_a_layer_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="lies over"):
        flatten(PROJECT, 0, [make_layer("a", [[1]])])


@given(st.lists(st.integers(0, 9), max_size=10))
def test_undo_and_redo_leave_what_a_stack_would(targets: list[int]) -> None:
    layers = [make_layer(f"l{n}", [[n] * 4, [n] * 4]) for n in range(3)]
    standing = {layer.id: True for layer in layers}
    takes: dict[str, str] = {}
    for place, target in enumerate(targets):
        known = [layer.id for layer in layers]
        name = known[target % len(known)]
        undo = make_layer(f"u{place}", [], undoes=name)
        layers.append(undo)
        takes[undo.id] = name
    gone: set[str] = set()
    for layer in reversed(layers):
        if layer.undoes and layer.id not in gone:
            gone.add(layer.undoes)
    assert {one.id for one in counted(layers)} == {n for n in standing if n not in gone}
