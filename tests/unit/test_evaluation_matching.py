"""Pairing findings with truth, and how sure a share is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.interval import wilson
from core.evaluation.interval import rate_upper_bound
from core.evaluation.matching import LEAST_IOU, MARGIN_S, Stretch, match

_STRETCH = st.tuples(st.floats(0, 60, allow_nan=False), st.floats(0.01, 10, allow_nan=False)).map(
    lambda place: (place[0], place[0] + place[1])
)
_STRETCHES = st.lists(_STRETCH, max_size=7)


def test_a_finding_inside_the_span_answers_it_however_short() -> None:
    assert [(p.truth, p.found) for p in match([(2.0, 8.0)], [(3.0, 3.1)]).pairs] == [(0, 0)]


def test_a_finding_over_everything_answers_no_short_span() -> None:
    matching = match([(4.0, 4.5)], [(0.0, 10.0)])
    assert (matching.pairs, matching.missed, matching.extra) == ((), (0,), (0,))


def test_a_finding_beside_the_span_answers_nothing() -> None:
    assert match([(2.0, 3.0)], [(3.0, 3.2)]).pairs == ()


def test_the_second_finding_on_one_span_is_extra() -> None:
    matching = match([(2.0, 6.0)], [(2.0, 3.0), (3.2, 6.0)])
    assert [p.found for p in matching.pairs] == [1]
    assert matching.extra == (0,)


def test_one_finding_answers_one_of_two_spans() -> None:
    matching = match([(2.0, 3.0), (3.5, 4.5)], [(2.0, 4.5)])
    assert len(matching.pairs) == len(matching.missed) == 1


def test_as_many_pairs_as_can_be_are_made_even_when_one_fits_better() -> None:
    # The first finding fits the first span best, but nothing else answers the second.
    matching = match([(0.0, 4.0), (3.8, 4.2)], [(3.6, 4.1), (0.0, 1.0)])
    assert sorted((p.truth, p.found) for p in matching.pairs) == [(0, 1), (1, 0)]


def test_errors_at_the_edges_are_signed() -> None:
    (pair,) = match([(2.0, 4.0)], [(2.1, 3.8)]).pairs
    assert (pair.start_error_s, pair.end_error_s) == pytest.approx((0.1, -0.2))


def answers(truth: Stretch, found: Stretch) -> bool:
    shared = min(truth[1], found[1]) - max(truth[0], found[0])
    union = max(truth[1], found[1]) - min(truth[0], found[0])
    within = found[0] >= truth[0] - MARGIN_S and found[1] <= truth[1] + MARGIN_S
    return shared > 0 and (within or shared / union >= LEAST_IOU)


@given(_STRETCHES, _STRETCHES)
def test_pairing_is_one_to_one_and_accounts_for_everything(
    truth: list[Stretch], found: list[Stretch]
) -> None:
    matching = match(truth, found)
    taken = [p.truth for p in matching.pairs]
    answering = [p.found for p in matching.pairs]
    assert sorted([*taken, *matching.missed]) == list(range(len(truth)))
    assert sorted([*answering, *matching.extra]) == list(range(len(found)))
    assert all(answers(truth[p.truth], found[p.found]) for p in matching.pairs)


@given(_STRETCHES, _STRETCHES, _STRETCH)
def test_a_further_finding_never_costs_an_answer(
    truth: list[Stretch], found: list[Stretch], further: Stretch
) -> None:
    assert len(match(truth, [*found, further]).pairs) >= len(match(truth, found).pairs)


@given(_STRETCHES, _STRETCHES)
def test_no_pair_can_be_added(truth: list[Stretch], found: list[Stretch]) -> None:
    matching = match(truth, found)
    assert not any(answers(truth[i], found[j]) for i in matching.missed for j in matching.extra)


@given(st.permutations(range(6)))
def test_the_order_of_findings_does_not_matter(order: list[int]) -> None:
    truth = [(0.0, 2.0), (1.5, 4.0), (5.0, 5.2)]
    found = [(0.0, 1.9), (1.0, 4.0), (5.0, 5.1), (5.1, 5.2), (8.0, 9.0), (0.0, 9.0)]
    mixed = match(truth, [found[i] for i in order])
    assert len(mixed.pairs) == len(match(truth, found).pairs) == 3


def test_wilson_gives_the_known_values() -> None:
    # Newcombe (1998), table I.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(29, 29) == pytest.approx((0.8830, 1.0), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    low, high = wilson(hits, of)
    assert 0.0 <= low <= hits / of + 1e-12
    assert hits / of - 1e-12 <= high <= 1.0


def test_no_alarm_in_an_hour_is_the_rule_of_three() -> None:
    bound = rate_upper_bound(0, 1.0)
    assert bound == pytest.approx(2.9957, abs=1e-4)
    assert rate_upper_bound(0, 3.0) == pytest.approx(2.9957 / 3, abs=1e-4)


def test_bounds_of_counts_are_those_of_the_tables() -> None:
    # One-sided 95 % limits of a Poisson mean (Garwood).
    for count, bound in ((1, 4.7439), (2, 6.2958), (5, 10.5130), (10, 16.9622)):
        assert rate_upper_bound(count, 1.0) == pytest.approx(bound, abs=1e-4)


def test_without_hours_there_is_no_bound() -> None:
    assert rate_upper_bound(0, 0.0) is None


def test_more_alarms_raise_the_bound() -> None:
    bounds = [rate_upper_bound(count, 2.0) or 0.0 for count in range(6)]
    assert all(a < b for a, b in pairwise(bounds))
