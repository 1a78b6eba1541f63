"""The store of pictures keeps its limit, keeps what is near, and may be shared by threads."""

from __future__ import annotations

import threading
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from core.domain.time import Span
from core.media.frame_cache import FrameCache

Cache = FrameCache[np.ndarray[tuple[int], np.dtype[np.uint8]]]


def item(size: int = 10, mark: int = 0) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    return np.full(size, mark, np.uint8)


def filled(limit: int, focus: int, order: range, weight: int = 2) -> Cache:
    cache = Cache(limit * 10, behind_weight=weight)
    cache.set_focus(focus)
    for pts in order:
        cache.put(pts, pts + 1, item())
    return cache


def held(cache: Cache, upto: int = 200) -> list[int]:
    return [pts for pts in range(-upto, upto) if cache.get(pts) is not None]


def test_what_is_put_is_got_by_time() -> None:
    cache = Cache(1000)
    kept = item()
    assert cache.put(100, 140, kept)
    assert cache.get(100) is kept
    assert cache.get(101) is None
    assert cache.at(100) is kept
    assert cache.at(139) is kept
    assert cache.at(140) is None
    assert cache.at(99) is None


def test_at_looks_between_two_pictures() -> None:
    cache = Cache(1000)
    for pts in (0, 40, 120):
        cache.put(pts, pts + 40, item(mark=pts))
    assert [
        None if (found := cache.at(p)) is None else int(found[0]) for p in (39, 79, 80, 125)
    ] == [
        0,
        40,
        None,
        120,
    ]


def test_it_never_holds_more_than_its_limit() -> None:
    cache = Cache(95)
    for pts in range(100):
        cache.set_focus(pts)
        cache.put(pts, pts + 1, item())
        assert cache.nbytes <= 95
    assert len(cache) == 9
    assert cache.nbytes == 90


def test_pictures_of_any_size_are_counted_by_their_bytes() -> None:
    cache = Cache(100)
    for pts, size in enumerate((40, 40, 40, 15)):
        cache.put(pts, pts + 1, item(size))
    assert cache.nbytes <= 100
    assert cache.nbytes == sum(10 * 4 if pts < 3 else 15 for pts in held(cache))


def test_a_picture_larger_than_the_limit_is_refused_and_costs_nothing() -> None:
    cache = Cache(50)
    cache.put(1, 2, item(40))
    assert not cache.put(2, 3, item(51))
    assert held(cache) == [1]


def test_putting_again_replaces_and_counts_once() -> None:
    cache = Cache(50)
    cache.put(1, 2, item(40, 1))
    assert cache.put(1, 3, item(20, 2))
    assert cache.nbytes == 20
    assert len(cache) == 1
    found = cache.at(2)
    assert found is not None
    assert found[0] == 2


def test_the_farthest_from_the_focus_goes_first() -> None:
    cache = filled(10, focus=50, order=range(40, 60), weight=1)
    assert held(cache) == list(range(45, 55))


def test_behind_counts_as_farther() -> None:
    cache = filled(9, focus=50, order=range(40, 60), weight=2)
    behind = [pts for pts in held(cache) if pts < 50]
    ahead = [pts for pts in held(cache) if pts > 50]
    assert len(cache) == 9
    assert len(ahead) == pytest.approx(2 * len(behind), abs=1)
    assert held(cache) == list(range(min(behind), max(ahead) + 1))


def test_what_is_farther_than_all_that_is_held_is_not_kept() -> None:
    cache = filled(3, focus=10, order=range(9, 12))
    assert not cache.put(100, 101, item())
    assert held(cache) == [9, 10, 11]
    cache.set_focus(100)
    assert cache.put(100, 101, item())
    assert held(cache) == [10, 11, 100]


def test_spans_join_what_touches() -> None:
    base = Fraction(1, 25)
    cache = Cache(10_000, base)
    for start, end in ((10, 20), (0, 10), (20, 25), (40, 50), (60, 70), (65, 68)):
        cache.put(start, end, item())
    assert cache.cached_spans() == (Span(0, 25, base), Span(40, 50, base), Span(60, 70, base))


def test_a_picture_that_ends_before_it_starts_makes_no_trouble() -> None:
    cache = Cache(100)
    cache.put(5, 3, item())
    assert cache.cached_spans() == (Span(5, 5, Fraction(1)),)
    assert cache.at(5) is None


def test_clearing_drops_all() -> None:
    cache = filled(5, 0, range(5))
    cache.clear()
    assert (len(cache), cache.nbytes, cache.cached_spans()) == (0, 0, ())
    assert cache.put(1, 2, item())


def test_threads_share_it_without_losing_count() -> None:
    cache = Cache(300)
    start = threading.Barrier(4)
    troubles: list[BaseException] = []

    def work(seed: int) -> None:
        rng = np.random.default_rng(seed)
        start.wait()
        try:
            for pts in rng.integers(0, 60, 1500).tolist():
                cache.put(pts, pts + 1, item(int(rng.integers(1, 30)), pts))
                cache.set_focus(int(rng.integers(0, 60)))
                found = cache.at(int(rng.integers(0, 60)))
                assert found is None or found.size < 30
                assert cache.nbytes <= 300
                spans = cache.cached_spans()
                assert all(a.end < b.start for a, b in pairwise(spans))
        except BaseException as error:  # noqa: BLE001  Told by the test below.
            troubles.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    kept = [cache.get(pts) for pts in held(cache)]
    assert cache.nbytes == sum(found.nbytes for found in kept if found is not None)
    assert len(cache) == len(kept)
    for pts in held(cache):
        found = cache.get(pts)
        assert found is not None
        assert found[0] == pts
