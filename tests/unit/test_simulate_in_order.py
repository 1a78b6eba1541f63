"""Several at once, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.simulate.in_order import in_order


@given(st.lists(st.integers(), max_size=30), st.integers(0, 8), st.integers(1, 4))
def test_results_come_in_the_order_of_the_items(items: list[int], ahead: int, hands: int) -> None:
    with ThreadPoolExecutor(hands) as pool:
        assert list(in_order(pool, lambda n: n * 2, items, ahead)) == [n * 2 for n in items]


def test_as_many_are_worked_on_at_once_as_there_are_hands() -> None:
    together = Barrier(3, timeout=60)
    with ThreadPoolExecutor(3) as pool:
        assert list(in_order(pool, lambda n: (together.wait(), n)[1], range(6), 3)) == [*range(6)]


def test_no_more_is_taken_than_may_be_in_the_making() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(100):
            taken.append(n)
            yield n

    with ThreadPoolExecutor(2) as pool:
        results = in_order(pool, abs, items(), 4)
        assert next(results) == 0
        assert len(taken) == 5
        assert list(results) == [*range(1, 100)]


def test_a_failure_comes_in_its_place() -> None:
    with ThreadPoolExecutor(2) as pool:
        results = in_order(pool, lambda n: 6 // n, [2, 0, 3], 2)
        assert next(results) == 3
        with pytest.raises(ZeroDivisionError):
            next(results)
