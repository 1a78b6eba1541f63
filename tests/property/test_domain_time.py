"""Laws of media time and spans."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.time import MediaTime, Span, rescale
from core.domain.track import Track, join_tracks

BASES = st.sampled_from(
    [Fraction(1, 25), Fraction(1, 90000), Fraction(1001, 30000), Fraction(1, 1000)]
)
PTS = st.integers(-(10**12), 10**12)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(-(10**6), 10**6))
    return Span(start, start + draw(st.integers(0, 10**5)), draw(BASES))


@given(PTS, BASES, BASES)
def test_rescaling_moves_a_time_by_at_most_half_a_unit(
    pts: int, source: Fraction, target: Fraction
) -> None:
    moved = rescale(pts, source, target) * target - pts * source
    assert abs(moved) <= target / 2


@given(PTS, BASES, BASES)
def test_equal_instants_are_equal_and_hash_alike(pts: int, base: Fraction, other: Fraction) -> None:
    time = MediaTime(pts, base)
    finer = MediaTime(pts * 3, base / 3)
    assert time == finer
    assert hash(time) == hash(finer)
    later = MediaTime(pts + 1, base)
    assert time < later
    assert not later <= time
    assert abs(time.to(other).exact - time.exact) <= other / 2


@given(spans(), spans())
def test_iou_is_symmetric_and_one_only_for_equal_spans(first: Span, second: Span) -> None:
    assert first.iou(second) == second.iou(first)
    assert 0 <= first.iou(second) <= 1
    assert first.iou(first) == 1
    if first.overlap(second) == 0 and first.duration_s > 0:
        assert first.iou(second) == 0


@given(spans())
def test_a_span_is_half_open(span: Span) -> None:
    assert not span.contains(span.end_time)
    assert span.contains(span.start_time) == (span.end > span.start)


def test_a_span_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Span(2, 1, Fraction(1, 25))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60), st.data())
def test_pieces_with_overlap_join_to_the_whole(steps: list[int], data: st.DataObject) -> None:
    pts = np.cumsum(np.array(steps, np.int64))
    end = int(pts[-1]) + 3
    values = np.arange(len(pts), dtype=np.float32)
    base = Fraction(1, 25)
    whole = Track("black", 0, base, pts, end, {"dark": values})
    cut = data.draw(st.integers(0, len(pts)))
    back = data.draw(st.integers(0, cut))
    parts = []
    if cut:
        stop = end if cut == len(pts) else int(pts[cut])
        parts.append(Track("black", 0, base, pts[:cut], stop, {"dark": values[:cut]}))
    if back < len(pts):
        parts.append(Track("black", 0, base, pts[back:], end, {"dark": values[back:]}))
    joined = join_tracks(data.draw(st.permutations(parts)))
    np.testing.assert_array_equal(joined.pts, whole.pts)
    np.testing.assert_array_equal(joined.metrics["dark"], whole.metrics["dark"])
    assert joined.end == whole.end


def test_a_track_refuses_times_that_do_not_increase() -> None:
    with pytest.raises(ValueError, match="increase"):
        Track("black", 0, Fraction(1), np.array([1, 1], np.int64), 5, {})
