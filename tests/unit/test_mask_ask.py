"""What is asked next of a video."""

from __future__ import annotations

import numpy as np
import pytest

from core.learning.mask.ask import (
    RULES,
    Probabilities,
    Region,
    Rule,
    ask,
    pieces_of,
    uncertainty_map,
    uncertainty_of,
)

SHAPE = (3, 8, 8)


def numbered() -> np.ndarray:
    """Quarters of three frames."""
    quarter = np.repeat(np.repeat(np.array([[0, 1], [2, 3]], np.int32), 4, 0), 4, 1)
    return np.broadcast_to(quarter, SHAPE).copy()


def said(unsure: dict[Region, float]) -> Probabilities:
    """Sure everywhere but in these pieces."""
    p = np.full(SHAPE, 0.01)
    for region, value in unsure.items():
        p[region.frame][numbered()[region.frame] == region.id] = value
    return np.stack([1 - p, p], axis=-1).astype(np.float16)


def nothing() -> np.ndarray:
    return np.zeros(SHAPE, bool)


def embedded() -> np.ndarray:
    return np.random.default_rng(3).random((12, 4), np.float32)


def test_a_pixel_is_most_unsure_where_all_classes_are_as_likely() -> None:
    p = np.array([[1.0, 0.0, 0.0], [1 / 3, 1 / 3, 1 / 3]], np.float16)
    assert np.allclose(uncertainty_map(p), [0, 1], atol=1e-3)


def test_pieces_come_frame_by_frame_in_order_of_their_numbers() -> None:
    pieces = pieces_of(numbered())
    assert list(pieces.frames[:5]) == [0, 0, 0, 0, 1]
    assert list(pieces.ids[:5]) == [0, 1, 2, 3, 0]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_keeps_to_the_budget_and_to_its_seed(rule: Rule) -> None:
    p, points = said({Region(1, 2): 0.5}), embedded()
    asked = ask(p, points, numbered(), nothing(), 5, rule, 7)
    assert len(asked) == len(set(asked)) <= 5
    assert asked == ask(p, points, numbered(), nothing(), 5, rule, 7)
    assert ask(p, points, numbered(), nothing(), 0, rule, 7) == []


@pytest.mark.parametrize("rule", RULES)
def test_what_was_answered_is_not_asked_again(rule: Rule) -> None:
    answered = nothing()
    answered[0] = True
    answered[1, :4] = True
    asked = ask(said({}), embedded(), numbered(), answered, 12, rule, 1)
    assert set(asked) == {Region(1, 2), Region(1, 3), *(Region(2, k) for k in range(4))}


def test_the_most_uncertain_piece_comes_first() -> None:
    p = said({Region(2, 1): 0.5, Region(0, 3): 0.3})
    asked = ask(p, embedded(), numbered(), nothing(), 2, "uncertainty", 0)
    assert asked == [Region(2, 1), Region(0, 3)]


def test_only_the_uncertain_half_is_clustered() -> None:
    unsure = {Region(2, k): 0.5 for k in range(4)} | {Region(1, k): 0.4 for k in range(2)}
    asked = ask(said(unsure), embedded(), numbered(), nothing(), 3, "hvsa", 0)
    assert len(asked) == 3
    assert set(asked) <= set(unsure)


def test_clusters_do_not_ask_the_same_thing_twice() -> None:
    unsure = {Region(0, k): 0.5 for k in range(4)} | {Region(2, k): 0.4 for k in range(2)}
    points = np.zeros((12, 2), np.float32)
    points[:4] = np.random.default_rng(0).random((4, 2)) * 0.01
    points[8:10] = [[5, 5], [-5, 5]]
    asked = ask(said(unsure), points, numbered(), nothing(), 3, "hvsa", 0)
    assert {Region(2, 0), Region(2, 1)} <= set(asked)
    greedy = ask(said(unsure), points, numbered(), nothing(), 3, "uncertainty", 0)
    assert {region.frame for region in greedy} == {0}


def test_a_piece_that_is_partly_answered_is_as_unsure_as_the_rest_of_it() -> None:
    p = said({})
    p[0, 0, :4] = 0.5
    answered = nothing()
    answered[0, 0, :4] = True
    unsure, open_ = uncertainty_of(p, pieces_of(numbered()), answered)
    assert unsure[0] == pytest.approx(unsure[1], abs=1e-6)
    assert open_.all()
