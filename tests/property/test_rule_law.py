"""Laws that every rule keeps, whatever was measured and whatever the thresholds."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from core.catalog.decide import decide
from core.catalog.rule import merge_gaps, runs_above, score_of
from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.domain.profile import Profile
from core.domain.track import Track

TICK = Fraction(1, 90_000)


@st.composite
def tracks(draw: DrawFn, detector: str) -> Track:
    """A track whose metrics jump between the ends of their ranges, at any rate."""
    spec = DETECTORS[detector]
    steps = draw(st.lists(st.integers(1, 9000), max_size=60))
    start = draw(st.integers(-90_000, 90_000))
    pts = start + np.cumsum([0, *steps], dtype=np.int64)
    count = len(steps)
    metrics = {}
    for metric in spec.metrics:
        values = st.floats(metric.low, metric.high, width=32) | st.sampled_from(
            [metric.low, metric.high]
        )
        column = draw(st.lists(values, min_size=count, max_size=count))
        metrics[metric.name] = np.array(column, np.float32)
    return Track(detector, 0, TICK, pts[:-1], int(pts[-1]) if count else 0, metrics)


@st.composite
def profiles(draw: DrawFn, detector: str) -> Profile:
    """Thresholds of a detector anywhere within their limits."""
    values = {t.name: draw(st.floats(t.low, t.high)) for t in DETECTORS[detector].thresholds}
    return Profile("p", "P", {detector: values})


@pytest.mark.parametrize("detector", list(DETECTORS))
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_findings_are_in_order_apart_and_within_the_track(
    detector: str, data: st.DataObject
) -> None:
    track, profile = data.draw(tracks(detector)), data.draw(profiles(detector))
    found = decide([track], profile)
    assert found == decide([track], profile)
    for finding in found:
        assert track.pts[0] <= finding.span.start < finding.span.end <= track.end
        assert 0.0 <= finding.score <= 1.0
        assert finding.span.contains(finding.evidence.peak)
        assert np.isfinite(finding.evidence.peak_value)
        assert finding.evidence.metric in track.metrics
        assert finding.evidence.note.endswith(".")
    for earlier, later in pairwise(found):
        assert earlier.span.start <= later.span.start
    for defect in DETECTORS[detector].defects:
        mine = [finding for finding in found if finding.defect == defect]
        if detector not in OVERLAPPING:
            assert all(one.span.end <= other.span.start for one, other in pairwise(mine))
        for one, other in combinations(mine, 2):
            # A verdict belongs to the finding that it overlaps by half.
            assert one.span.iou(other.span) < 0.5
    assert {finding.defect for finding in found} <= set(DETECTORS[detector].defects)
    assert len({finding.id for finding in found}) == len(found)


def test_combs_of_either_field_in_turn_are_not_told_over_each_other() -> None:
    spec = DETECTORS["combing"]
    ones = dict.fromkeys((metric.name for metric in spec.metrics), np.zeros(6, np.float32))
    ones |= dict.fromkeys(("combed_pct", "moving_pct"), np.full(6, 50, np.float32))
    ones["sure"] = np.full(6, 6, np.float32)
    ones["lead"] = np.array([1, 1, -1, -1, 1, 1], np.float32)
    track = Track("combing", 0, TICK, np.arange(6, dtype=np.int64) * 3600, 6 * 3600, ones)
    found = decide([track], Profile("p", "P", {}))
    assert [f.span.start // 3600 for f in found] == [0, 2, 4]
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


OVERLAPPING = ("loudness",)
"""Tell of the whole programme and of places in it."""


def drawn_line(spec: DetectorSpec, track: Track, value: float) -> int:
    """Rows that findings cover when the first line on a curve is at `value`."""
    threshold = next(t for t in spec.thresholds if t.metric)
    profile = Profile("p", "P", {spec.id: {threshold.name: value}})
    return sum(f.span.end - f.span.start for f in decide([track], profile))


@pytest.mark.parametrize("detector", ["black", "silence"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_stricter_line_never_covers_less(detector: str, data: st.DataObject) -> None:
    spec = DETECTORS[detector]
    threshold = next(t for t in spec.thresholds if t.metric)
    track = data.draw(tracks(detector))
    values = st.floats(threshold.low, threshold.high)
    low, high = sorted((data.draw(values), data.draw(values)))
    loose, strict = (high, low) if not threshold.fires_below else (low, high)
    assert drawn_line(spec, track, strict) >= drawn_line(spec, track, loose)


@given(
    st.floats(0, 100), st.floats(0, 100), st.floats(0, 100), st.floats(0, 100), st.floats(0.01, 10)
)
def test_score_grows_with_excess_and_with_length(
    excess: float, more: float, length: float, longer: float, shortest: float
) -> None:
    score = score_of(excess, length, shortest)
    assert 0.5 <= score <= 1.0
    assert score_of(excess + more, length, shortest) >= score
    assert score_of(excess, length + longer, shortest) >= score


@given(st.lists(st.floats(0, 10), max_size=80), st.floats(0, 10), st.floats(0, 10))
def test_hysteresis_runs_are_apart_and_hold_what_they_promise(
    values: list[float], enter: float, leave: float
) -> None:
    column = np.array(values, float)
    low = min(enter, leave)
    runs = runs_above(column, enter, leave)
    inside = np.zeros(len(column), bool)
    for run in runs:
        inside[run.first : run.last + 1] = True
        assert column[run.first : run.last + 1].max() >= enter
        assert column[run.first : run.last + 1].min() >= low
    assert not np.any(column[~inside] >= enter)


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.floats(0, 1))
def test_merging_again_changes_nothing(flags: list[bool], gap_s: float) -> None:
    count = len(flags)
    pts = np.arange(count, dtype=np.int64)
    track = Track("black", 0, Fraction(1, 25), pts, count, {})
    runs = runs_above(np.array(flags, float), 1.0)
    merged = merge_gaps(track, runs, gap_s)
    assert merge_gaps(track, merged, gap_s) == merged
