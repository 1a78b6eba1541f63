"""How looks of the network become findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import pytest

from core.catalog.decide import decide
from core.catalog.table import spec_of
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track

BASE = Fraction(1, 1000)
SPEC = spec_of("block_corruption")
HALF = DEFAULT_PROFILE.with_threshold(SPEC.id, "probability", 0.5)


def track(looks: Sequence[tuple[int, float]], end: int = 10_000, **more: Sequence[float]) -> Track:
    """Looks as (milliseconds, probability)."""
    metrics: Mapping[str, Sequence[float]] = {
        **{metric.name: [0.0] * len(looks) for metric in SPEC.metrics},
        "probability": [probability for _, probability in looks],
        **more,
    }
    return Track(
        SPEC.id,
        0,
        BASE,
        np.array([ms for ms, _ in looks], np.int64),
        end,
        {name: np.asarray(values, np.float32) for name, values in metrics.items()},
    )


def found(own: Track, profile: Profile = HALF) -> list[tuple[int, int]]:
    return [(f.span.start, f.span.end) for f in decide([own], profile)]


def one(own: Track, profile: Profile = HALF) -> Finding:
    (finding,) = decide([own], profile)
    return finding


def test_a_sure_look_stands_until_the_next_clear_one() -> None:
    assert found(track([(0, 0.1), (500, 0.9), (540, 0.1), (1000, 0.0)])) == [(500, 540)]


def test_looks_between_the_lines_keep_a_stretch_going_and_start_none() -> None:
    looks = [(0, 0.3), (500, 0.3), (1000, 0.6), (1040, 0.3), (1080, 0.26), (1120, 0.24), (1160, 0)]
    assert found(track(looks)) == [(0, 1120)]
    assert found(track([(ms, min(p, 0.4)) for ms, p in looks])) == []


def test_the_last_look_stands_for_half_a_second_and_a_frame_at_most() -> None:
    looks = [(0, 0.0), (500, 0.9), (540, 0.9)]
    assert found(track(looks)) == [(500, 540 + 500 + 40)]
    assert found(track([*looks, (3000, 0.0)])) == [(500, 1080)]


def test_short_gaps_are_joined_and_longer_ones_are_not() -> None:
    looks = [(0, 0.9), (40, 0.0), (540, 0.9), (580, 0.0)]
    assert found(track(looks)) == [(0, 580)]
    assert found(track([*looks[:2], (541, 0.9), (581, 0.0)])) == [(0, 40), (541, 581)]


def test_stretches_shorter_than_asked_for_are_passed_over() -> None:
    looks = track([(0, 0.9), (40, 0.0), (1000, 0.9), (1080, 0.0)])
    profile = DEFAULT_PROFILE.with_threshold(SPEC.id, "min_length_s", 0.08)
    assert found(looks, profile) == [(1000, 1080)]


def test_the_published_rule_decides_by_area_alone() -> None:
    own = track([(0, 0.9), (40, 0.9), (80, 0.1), (120, 0.0)], area=[2.0, 6.9, 7.1, 0.0])
    profile = DEFAULT_PROFILE.with_threshold(SPEC.id, "by_area", 1)
    assert found(own) == [(0, 80)]
    assert found(own, profile) == [(40, 120)]
    assert one(own, profile).evidence.metric == "area"


@pytest.mark.parametrize(
    ("area", "severity"), [(0.0, "issue"), (6.9, "issue"), (7.0, "blocker"), (60.0, "blocker")]
)
def test_large_damage_is_graver(area: float, severity: str) -> None:
    assert str(one(track([(0, 0.9), (40, 0.0)], area=[area, 0.0])).severity) == severity


def test_the_profile_says_how_grave_small_damage_is() -> None:
    profile = Profile("p", "P", severities={SPEC.id: Severity.FYI})
    own = track([(0, 0.9), (40, 0.0)], area=[1.0, 0.0])
    assert one(own, profile).severity is Severity.FYI


def test_the_region_is_that_of_the_largest_look() -> None:
    own = track(
        [(0, 0.99), (40, 0.8), (80, 0.0)],
        area=[1.0, 5.0, 0.0],
        left_pct=[0.0, 25.0, 0.0],
        top_pct=[0.0, 50.0, 0.0],
        right_pct=[10.0, 75.0, 0.0],
        bottom_pct=[10.0, 100.0, 0.0],
    )
    finding = one(own)
    assert finding.evidence.region == Region(0.25, 0.5, 0.75, 1.0)
    assert finding.evidence.peak.pts == 40
    assert "5 %" in finding.evidence.note
    assert "99 %" in finding.evidence.note


def test_without_a_corrupt_cell_there_is_no_region_and_the_surest_look_is_the_peak() -> None:
    finding = one(track([(0, 0.7), (40, 0.8), (80, 0.0)]))
    assert finding.evidence.region is None
    assert finding.evidence.peak.pts == 40


def test_the_score_grows_with_probability_area_and_length() -> None:
    low = one(track([(0, 0.55), (40, 0.0)]))
    sure = one(track([(0, 0.95), (40, 0.0)]))
    large = one(track([(0, 0.95), (40, 0.0)], area=[20.0, 0.0]))
    long = one(track([(0, 0.95), (2000, 0.95), (4000, 0.0)], area=[20.0, 20.0, 0.0]))
    scores = [f.score for f in (low, sure, large, long)]
    assert scores == sorted(set(scores))
    assert 0.5 <= scores[0] < scores[-1] <= 1.0
