"""Clicks are counted by the rule that the reports state."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.annotation.click import correction_clicks, labelling_clicks, polygons
from core.domain.mask import UNSAID


def board(*boxes: tuple[int, int, int, int, int]) -> NDArray[np.uint8]:
    """A map with rectangles: class, x, y, width, height."""
    labels = np.zeros((60, 80), np.uint8)
    for number, x, y, width, height in boxes:
        labels[y : y + height, x : x + width] = number
    return labels


def test_a_rectangle_costs_its_four_corners() -> None:
    assert labelling_clicks(board((1, 5, 5, 20, 10))) == 4


def test_regions_of_all_classes_add_up_and_holes_cost_their_corners() -> None:
    ring = board((1, 5, 5, 30, 30))
    ring[15:25, 15:25] = 0
    assert labelling_clicks(ring) == 8
    ring[15:25, 15:25] = 2
    assert labelling_clicks(ring) == 12


def test_a_disc_costs_far_fewer_clicks_than_its_outline_has_pixels() -> None:
    labels = np.zeros((200, 200), np.uint8)
    cv2.circle(labels, (100, 100), 80, 1, -1)
    (outline,) = polygons(labels == 1)
    assert 8 <= len(outline) <= 40


def test_nothing_is_paid_for_what_is_right_already() -> None:
    labels = board((1, 5, 5, 20, 10), (2, 40, 30, 10, 10))
    assert correction_clicks(labels, labels) == 0


def test_only_the_region_that_differs_is_paid_for() -> None:
    before = board((1, 5, 5, 20, 10))
    after = board((1, 5, 5, 20, 10), (2, 40, 30, 10, 10))
    assert correction_clicks(before, after) == 4


def test_a_region_too_much_is_deleted_by_one_click() -> None:
    assert correction_clicks(board((1, 5, 5, 20, 10), (2, 40, 30, 10, 10)), board()) == 2


def test_a_region_of_another_class_is_drawn_anew_and_not_deleted_as_well() -> None:
    assert correction_clicks(board((1, 5, 5, 20, 10)), board((2, 5, 5, 20, 10))) == 4


def test_what_may_be_anything_costs_nothing() -> None:
    after = board()
    after[:] = UNSAID
    assert correction_clicks(board((1, 5, 5, 20, 10)), after) == 0


def test_unsaid_counts_as_background_when_it_is_corrected() -> None:
    before = np.full((60, 80), UNSAID, np.uint8)
    assert correction_clicks(before, board((1, 5, 5, 20, 10))) == 4


def test_maps_of_different_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="compared"):
        correction_clicks(np.zeros((2, 2), np.uint8), np.zeros((3, 2), np.uint8))


@given(st.binary(min_size=48, max_size=48), st.binary(min_size=48, max_size=48))
def test_correcting_costs_nothing_only_where_nothing_is_wrong_and_has_a_bound(
    first: bytes, second: bytes
) -> None:
    before = (np.frombuffer(first, np.uint8) % 3).reshape(6, 8)
    after = (np.frombuffer(second, np.uint8) % 3).reshape(6, 8)
    cost = correction_clicks(before, after)
    assert (cost == 0) == bool(np.array_equal(before, after))
    assert cost <= 3 * labelling_clicks(after) + labelling_clicks(before)
