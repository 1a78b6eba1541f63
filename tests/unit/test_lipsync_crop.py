"""Faces are cut out as the network learned to see them, wherever they are."""

from __future__ import annotations

import numpy as np
import pytest

from core.detectors.lipsync.crop import CROP_PX, cut, cuts, squares, with_surroundings
from core.domain.errors import BugError


def face(side: int, mouth_row: int) -> np.ndarray:
    picture = np.zeros((side, side), np.uint8)
    picture[mouth_row - 4 : mouth_row + 4, side // 2 - 12 : side // 2 + 12] = 255
    return picture


def test_a_square_is_the_lower_half_of_the_face() -> None:
    [[x, y, half]] = squares(np.array([[100.0, 50.0, 80.0, 100.0]]))
    assert (x, y, half) == pytest.approx((140, 100 + 0.4 * 50, 0.7 * 50))


def test_a_box_that_trembles_or_fails_once_leaves_the_square_where_it_is() -> None:
    boxes = np.tile([100.0, 50.0, 80.0, 100.0], (30, 1))
    boxes[14] = (0, 0, 300, 300)
    boxes[:, 0] += np.tile([0.0, 1.0, -1.0], 10)
    found = squares(boxes)
    assert np.ptp(found[:, 1:], axis=0) == pytest.approx((0, 0))
    assert np.ptp(found[:, 0]) <= 1


def test_the_ends_of_a_track_are_not_pulled_to_the_corner() -> None:
    found = squares(np.tile([100.0, 50.0, 80.0, 100.0], (3, 1)))
    assert np.ptp(found, axis=0) == pytest.approx((0, 0, 0))


@pytest.mark.parametrize("side", [60, 160, 480])
def test_the_mouth_lies_at_the_same_place_for_small_and_large_faces(side: int) -> None:
    picture = face(side, round(side * 0.75))
    [found] = cuts([picture], np.array([[0.0, 0.0, side, side]]))
    rows, columns = np.nonzero(found > 200)
    assert found.shape == (CROP_PX, CROP_PX)
    assert rows.mean() == pytest.approx(CROP_PX * (0.75 - 0.35) / 0.7, abs=1.5)
    assert columns.mean() == pytest.approx((CROP_PX - 1) / 2, abs=1.5)


@pytest.mark.parametrize("half", [20.0, 150.0])
def test_beyond_the_picture_a_cut_is_grey(half: float) -> None:
    found = cut(np.full((100, 100), 255, np.uint8), np.array([0.0, 50.0, half]))
    assert set(np.unique(found[:, :40])) == {110}
    assert found[CROP_PX // 2, CROP_PX // 2 + 5] == 255


def test_a_face_wholly_outside_gives_an_empty_cut() -> None:
    found = cut(np.full((100, 100), 255, np.uint8), np.array([-900.0, 50.0, 150.0]))
    assert set(np.unique(found)) == {110}


@pytest.mark.parametrize("side", [100, 900])
def test_colour_is_cut_with_the_surroundings_at_twice_the_size(side: int) -> None:
    picture = np.zeros((side, side, 3), np.uint8)
    picture[:, :, 2] = np.arange(side) * 255 // side
    around = with_surroundings(squares(np.array([[0.25, 0.25, 0.5, 0.5]]) * side))[0]
    found = cut(picture, around, 224)
    assert found.shape == (224, 224, 3)
    # The square is as wide as 1.4 of the face.
    assert int(found[112, 223, 2]) - int(found[112, 0, 2]) == pytest.approx(0.7 * 255, abs=4)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(BugError):
        cut(np.zeros((10, 10), np.float32), np.array([5.0, 5.0, 3.0]))
    with pytest.raises(BugError):
        squares(np.zeros((3, 3)))


def test_no_pictures_give_no_cuts() -> None:
    assert cuts([], np.empty((0, 4))).shape == (0, CROP_PX, CROP_PX)
