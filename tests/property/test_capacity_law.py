"""Laws of the simulation: what holds for any batch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scan.capacity import Catalogue, Work, draw_works, simulate

times = st.floats(0.0, 1000.0, allow_nan=False)
batches = st.lists(st.builds(Work, times, st.booleans()), max_size=40)
SMALL = 1e-6


@given(batches, st.integers(1, 20), times, times)
def test_further_worker_never_makes_it_slower(
    works: list[Work], workers: int, writer_s: float, start_s: float
) -> None:
    few = simulate(works, workers, writer_s, start_s)
    more = simulate(works, workers + 1, writer_s, start_s)
    assert more.wall_s <= few.wall_s * (1 + SMALL) + SMALL


@given(batches, times, times)
def test_one_worker_takes_the_sum(works: list[Work], writer_s: float, start_s: float) -> None:
    told = simulate(works, 1, writer_s, start_s)
    total = sum(work.worker_s + writer_s for work in works)
    assert told.wall_s == pytest.approx(total + start_s if works else 0.0)


@given(batches, st.integers(1, 60), times)
def test_no_batch_beats_its_bounds_and_no_task_is_lost(
    works: list[Work], workers: int, writer_s: float
) -> None:
    told = simulate(works, workers, writer_s)
    assert told.done + told.failed == len(works)
    assert told.failed == sum(work.fails for work in works)
    longest = max((work.worker_s + writer_s for work in works), default=0.0)
    busy = sum(work.worker_s for work in works) / workers
    least = max(longest, busy, writer_s * len(works))
    most = sum(work.worker_s + writer_s for work in works)
    assert least * (1 - SMALL) <= told.wall_s <= most * (1 + SMALL) + SMALL
    assert told.worker_share <= 1 + SMALL
    assert told.writer_share <= 1 + SMALL


@given(st.integers(0, 200), st.floats(0.01, 4), st.floats(0, 2), st.integers(0, 5))
def test_tasks_hold_the_whole_catalogue(
    titles: int, hours: float, spread: float, seed: int
) -> None:
    catalogue = Catalogue(titles, hours, spread, split_s=600.0, loss_rate=0.0, seed=seed)
    works = draw_works(catalogue, 0.5, 0.0)
    total = sum(work.worker_s for work in works)
    assert total == pytest.approx(titles * hours * 3600 * 0.5)
    assert all(work.worker_s <= 300 * (1 + SMALL) for work in works)


@given(st.floats(0, 0.5), st.integers(0, 5))
def test_lost_workers_only_ever_cost(loss_rate: float, seed: int) -> None:
    def total(rate: float) -> float:
        catalogue = Catalogue(50, 1.0, 0.0, loss_rate=rate, attempts=10_000, seed=seed)
        return sum(work.worker_s for work in draw_works(catalogue, 0.5, 1.0, 20.0))

    assert total(loss_rate) >= total(0.0) * (1 - SMALL)
