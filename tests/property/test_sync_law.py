"""Laws of verdicts on sync, whatever was measured and whatever the tolerance."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from core.catalog.rule_lipsync import LIPSYNC, lipsync_rule
from core.catalog.sync_verdict import SyncState, judge, sure_rows
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track

TICK = Fraction(1, 1000)


@st.composite
def lip_tracks(draw: DrawFn) -> Track:
    """Stretches of offsets that hold, jump or go unjudged, at rows of 0.2 s or so."""
    parts = draw(
        st.lists(
            st.tuples(
                st.integers(1, 60),
                st.floats(-400, 400, width=32),
                st.floats(-8, 8, width=32),
                st.floats(0, 1, width=32),
                st.sampled_from([0, 0, 0, 1, 3, 4]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    start = draw(st.integers(-9000, 9000))
    rows = [
        (offset + slope * i, sure, why) for n, offset, slope, sure, why in parts for i in range(n)
    ]
    metrics = {metric.name: np.zeros(len(rows), np.float32) for metric in LIPSYNC.metrics}
    metrics["offset_ms"] = np.array([row[0] for row in rows], np.float32)
    metrics["confidence"] = np.array([row[1] for row in rows], np.float32)
    metrics["reason"] = np.array([row[2] for row in rows], np.float32)
    pts = start + 200 * np.arange(len(rows), dtype=np.int64)
    return Track("lipsync", 0, TICK, pts, int(pts[-1]) + 200, metrics)


def decided(track: Track, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    return lipsync_rule(LIPSYNC, {"lipsync": track}, profile)


def tolerance(early_ms: float, late_ms: float) -> Profile:
    return DEFAULT_PROFILE.with_threshold("lipsync", "early_ms", early_ms).with_threshold(
        "lipsync", "late_ms", late_ms
    )


@given(lip_tracks())
@settings(max_examples=60, deadline=None)
def test_every_flag_begins_ends_and_rests_on_rows_that_were_judged(track: Track) -> None:
    sure = sure_rows(track, LIPSYNC.value(DEFAULT_PROFILE, "confidence"))
    for finding in decided(track):
        first = int(np.searchsorted(track.pts, finding.span.start))
        last = int(np.searchsorted(track.pts, finding.span.end)) - 1
        peak = int(np.searchsorted(track.pts, finding.evidence.peak.pts))
        assert sure[first]
        assert sure[last]
        assert sure[peak]


@given(lip_tracks())
@settings(max_examples=40, deadline=None)
def test_nothing_is_flagged_where_nothing_was_judged(track: Track) -> None:
    blind = {**track.metrics, "reason": np.maximum(track.metrics["reason"], 1)}
    unjudged = Track("lipsync", 0, TICK, track.pts, track.end, blind)
    assert decided(unjudged) == []
    assert {f.state for f in judge(unjudged, LIPSYNC, DEFAULT_PROFILE)} == {SyncState.INCONCLUSIVE}


@given(lip_tracks(), st.tuples(*4 * [st.floats(5, 400)]))
@settings(max_examples=80, deadline=None)
def test_wider_tolerance_never_flags_more(
    track: Track, lines: tuple[float, float, float, float]
) -> None:
    early, late = sorted(lines[:2]), sorted(lines[2:])
    strict = [f for f in decided(track, tolerance(early[0], -late[0])) if f.defect == "av_sync"]
    wide = [f for f in decided(track, tolerance(early[1], -late[1])) if f.defect == "av_sync"]
    for finding in wide:
        assert any(
            other.span.start <= finding.span.start and finding.span.end <= other.span.end
            for other in strict
        )


@given(lip_tracks(), st.integers(-1, 12))
@settings(max_examples=60, deadline=None)
def test_cutting_between_fragments_changes_no_fragment(track: Track, cut: int) -> None:
    row = int(np.searchsorted(track.pts, cut * 4000))
    parts = [track.piece(0, row), track.piece(row, len(track))]
    pieced = [
        (f.span.start, f.span.end, f.state, f.offset_ms, f.reason)
        for part in parts
        for f in judge(part, LIPSYNC, DEFAULT_PROFILE)
    ]
    whole = [
        (f.span.start, f.span.end, f.state, f.offset_ms, f.reason)
        for f in judge(track, LIPSYNC, DEFAULT_PROFILE)
    ]
    assert pieced == whole
