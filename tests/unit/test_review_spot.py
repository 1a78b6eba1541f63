"""Spot checks: the draw is fair, and intervals hold the truth as often as they say."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.domain.spot import Clip
from core.domain.time import Span
from core.review.spot import (
    Outcome,
    clips_needed,
    clopper_pearson,
    draw,
    found_share,
    missed_share,
    reach_of,
)

LIBRARIES = 1000


def library(sizes: dict[str, int]) -> list[Clip]:
    base = Fraction(1, 1000)
    return [
        Clip("ab" * 32, Span(i * 20_000, (i + 1) * 20_000, base), name)
        for name, size in sizes.items()
        for i in range(size)
    ]


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 60), min_size=1),
    st.integers(1, 400),
    st.integers(0, 9),
)
@example({"a": 1, "b": 1, "c": 10}, 6, 0)
@settings(max_examples=60)
def test_a_draw_has_its_number_and_every_stratum_in_proportion(
    sizes: dict[str, int], count: int, seed: int
) -> None:
    clips = draw(library(sizes), count, seed)
    total = sum(sizes.values())
    assert len(clips) == min(count, total)
    assert len({(c.stratum, c.span) for c in clips}) == len(clips)
    got = Counter(clip.stratum for clip in clips)
    for name, size in sizes.items():
        if count >= 2 * len(sizes):
            assert got[name] >= min(size, 2)
    assert draw(library(sizes), count, seed) == clips


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # R 4.3, binom.test(hits, n)$conf.int
    [(0, 20, 0.0, 0.1684335), (3, 20, 0.03207094, 0.37892683), (20, 20, 0.8315665, 1.0)],
)
def test_the_exact_interval_is_the_known_one(hits: int, n: int, low: float, high: float) -> None:
    assert clopper_pearson(hits, n) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize("rates", [(0.02, 0.02), (0.005, 0.08), (0.3, 0.6), (0.0, 0.04)])
@pytest.mark.parametrize("looked", [60, 240])
def test_intervals_hold_the_truth_in_at_least_95_of_100_libraries(
    rates: tuple[float, float], looked: int
) -> None:
    generator = np.random.default_rng([int(rates[1] * 1000), looked])
    sizes = {"flagged": 400, "silent": 1600}
    share = {"flagged": looked // 5, "silent": looked - looked // 5}
    held = 0
    for _ in range(LIBRARIES):
        truth, answers = 0, []
        for name, rate in zip(sizes, rates, strict=True):
            bad = int(generator.binomial(sizes[name], rate))
            truth += bad
            seen = int(generator.hypergeometric(bad, sizes[name] - bad, share[name]))
            answers += [Outcome(name, frozenset({"blur"}))] * seen
            answers += [Outcome(name)] * (share[name] - seen)
        estimate = missed_share(answers, sizes, "blur")
        held += estimate.low <= truth / sum(sizes.values()) <= estimate.high
    assert held >= 0.945 * LIBRARIES


def test_strata_weigh_by_their_size() -> None:
    answers = [Outcome("small", frozenset({"hum"}))] * 10 + [Outcome("large")] * 10
    estimate = missed_share(answers, {"small": 100, "large": 900}, "hum")
    assert estimate.share == pytest.approx(0.1)
    assert (estimate.looked, estimate.with_it) == (20, 10)


def test_nothing_found_still_has_an_upper_end() -> None:
    estimate = missed_share([Outcome("a")] * 59, {"a": 1000})
    assert (estimate.share, estimate.low) == (0.0, 0.0)
    assert estimate.high == pytest.approx(0.0606, abs=1e-3)
    assert missed_share([], {"a": 10}).high == 1.0


def test_recall_is_of_clips_with_the_defect_alone() -> None:
    both, missed = frozenset({"hum"}), frozenset({"hum"})
    answers = [Outcome("a", found=both)] * 6 + [Outcome("a", missed)] * 2 + [Outcome("a")] * 50
    recall = found_share(answers, "hum")
    assert recall is not None
    assert (recall.share, recall.looked) == (0.75, 8)
    assert found_share(answers, "hiss") is None


@given(st.floats(0.01, 0.5), st.floats(0.01, 0.2))
def test_the_plan_gives_the_precision_that_it_promises(share: float, reach: float) -> None:
    assert reach_of(clips_needed(share, reach), share) <= reach + 1e-9
    assert reach_of(clips_needed(0, reach), 0) <= reach + 1e-9


def test_a_plan_without_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        clips_needed(0.5, 0.0)
