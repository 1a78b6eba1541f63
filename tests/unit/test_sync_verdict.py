"""Verdicts on sync: fragments, tolerances, agreement, steps and drift."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.lip_track import lip_track

from core.catalog.rule_lipsync import LIPSYNC, lipsync_rule
from core.catalog.sync_verdict import (
    TOLERANCES,
    Reason,
    SyncState,
    Tolerance,
    fragment_at,
    judge,
    weighted_mode,
)
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.track import Track


def decided(track: Track, profile: Profile = DEFAULT_PROFILE) -> list[Finding]:
    return lipsync_rule(LIPSYNC, {"lipsync": track}, profile)


def under(tolerance: Tolerance) -> Profile:
    return DEFAULT_PROFILE.with_threshold("lipsync", "early_ms", tolerance.early_ms).with_threshold(
        "lipsync", "late_ms", tolerance.late_ms
    )


def test_a_clip_of_four_seconds_is_one_fragment_and_can_be_flagged() -> None:
    track = lip_track(4.0, 120.0)
    (fragment,) = judge(track, LIPSYNC, DEFAULT_PROFILE)
    assert fragment.state is SyncState.OUT_OF_SYNC
    assert fragment.offset_ms == pytest.approx(120)
    assert fragment.words == "Out of sync: the sound is 120 ms early, 90 % sure."
    (finding,) = decided(track)
    assert finding.defect == "av_sync"
    assert finding.evidence.peak_value == 120
    assert "120 ms early (3.0 frames" in finding.evidence.note


@pytest.mark.parametrize(
    ("tolerance", "last_good", "first_bad"),
    [
        ("bt1359_detectable", 64, 66),
        ("bt1359_detectable", -144, -146),
        ("bt1359_acceptable", 109, 111),
        ("bt1359_acceptable", -204, -206),
        ("ebu_r37", 59, 61),
        ("ebu_r37", -79, -81),
        ("atsc_is191", 34, 36),
        ("atsc_is191", -64, -66),
    ],
)
def test_a_line_counts_as_passed_half_a_frame_beyond_it(
    tolerance: str, last_good: float, first_bad: float
) -> None:
    profile = under(next(t for t in TOLERANCES if t.id == tolerance))
    (good,) = judge(lip_track(4.0, last_good), LIPSYNC, profile)
    (bad,) = judge(lip_track(4.0, first_bad), LIPSYNC, profile)
    assert (good.state, bad.state) == (SyncState.IN_SYNC, SyncState.OUT_OF_SYNC)
    assert not good.resolved
    assert "as far as a frame of 40 ms tells" in good.words


def test_the_default_lines_are_those_of_the_first_tolerance() -> None:
    assert LIPSYNC.value(DEFAULT_PROFILE, "early_ms") == TOLERANCES[0].early_ms
    assert LIPSYNC.value(DEFAULT_PROFILE, "late_ms") == TOLERANCES[0].late_ms


@pytest.mark.parametrize("reason", [r for r in Reason if r is not Reason.JUDGED])
def test_what_was_not_judged_is_inconclusive_and_says_why(reason: Reason) -> None:
    track = lip_track(12.0, 300.0, reason=lambda _s: reason)
    fragments = judge(track, LIPSYNC, DEFAULT_PROFILE)
    assert {(f.state, f.reason) for f in fragments} == {(SyncState.INCONCLUSIVE, reason)}
    assert fragments[0].words.startswith("Inconclusive: ")
    assert decided(track) == []


def test_what_is_not_sure_enough_is_uncertain() -> None:
    track = lip_track(12.0, 300.0, confidence=0.3)
    assert {f.reason for f in judge(track, LIPSYNC, DEFAULT_PROFILE)} == {Reason.UNCERTAIN}
    assert decided(track) == []


def test_two_offsets_of_like_weight_are_a_tie() -> None:
    track = lip_track(4.0, lambda at_s: 240.0 if at_s < 2.0 else -240.0)
    (fragment,) = judge(track, LIPSYNC, DEFAULT_PROFILE)
    assert (fragment.state, fragment.reason) == (SyncState.INCONCLUSIVE, Reason.TIE)


def test_the_surer_tracks_win_and_neighbouring_frames_count_together() -> None:
    offsets = np.array([118.0, 142.0, 131.0, -320.0, 0.0])
    mode = weighted_mode(offsets, np.array([0.8, 0.9, 0.7, 0.9, 0.2]))
    assert not mode.tied
    assert mode.offset_ms == pytest.approx(130.8, abs=0.1)
    assert weighted_mode(np.zeros(0), np.zeros(0)).tied


def test_one_disagreeing_fragment_neither_flags_nor_ends_a_flag() -> None:
    lone = lip_track(28.0, lambda at_s: 320.0 if 12 <= at_s < 16 else 0.0)
    assert decided(lone) == []
    kept = lip_track(28.0, lambda at_s: 0.0 if 12 <= at_s < 16 else 320.0)
    (finding,) = decided(kept)
    assert finding.span.duration_s == pytest.approx(28.0)


def test_short_agreement_is_not_enough() -> None:
    track = lip_track(
        20.0, 320.0, reason=lambda s: Reason.JUDGED if 8 <= s < 10.2 else Reason.NO_FACE
    )
    assert [f.state for f in judge(track, LIPSYNC, DEFAULT_PROFILE)][2] is SyncState.OUT_OF_SYNC
    assert decided(track) == []
    shorter = DEFAULT_PROFILE.with_threshold("lipsync", "sustain_s", 2.0)
    (finding,) = decided(track, shorter)
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((8.0, 10.2))


def test_a_stretch_without_faces_is_bridged_but_not_a_long_one() -> None:
    def cut(until_s: float) -> Track:
        return lip_track(
            until_s + 20,
            200.0,
            reason=lambda s: Reason.NO_FACE if 20 <= s < until_s else Reason.JUDGED,
        )

    assert len(decided(cut(60.0))) == 1
    assert [f.span.end_s for f in decided(cut(100.0))] == pytest.approx([20.0, 120.0])


def test_a_step_makes_two_flags_and_is_told() -> None:
    track = lip_track(40.0, lambda at_s: 120.0 if at_s < 20 else 320.0)
    first, second = decided(track)
    assert (first.evidence.peak_value, second.evidence.peak_value) == (120, 320)
    assert first.span.end_s <= second.span.start_s == 20.0
    assert "after a step of +200 ms" in second.evidence.note
    assert "step" not in first.evidence.note


def test_steady_drift_is_told_with_its_slope_and_interval() -> None:
    track = lip_track(120.0, lambda at_s: 2.0 * at_s)
    drift, off = sorted(decided(track), key=lambda f: f.defect)
    assert (drift.defect, off.defect) == ("av_drift", "av_sync")
    assert drift.span.duration_s == pytest.approx(120.0)
    assert "+120.0 ± " in drift.evidence.note
    assert off.span.start_s == pytest.approx(24.0)


def test_a_constant_offset_and_a_step_are_no_drift() -> None:
    wobble = lip_track(120.0, lambda at_s: 100.0 + 20.0 * (int(at_s / 4) % 2))
    step = lip_track(40.0, lambda at_s: 0.0 if at_s < 20 else 120.0)
    for track in (wobble, step):
        assert {f.defect for f in decided(track)} == {"av_sync"}


def test_the_fragment_of_an_instant_is_found_and_none_outside() -> None:
    fragments = judge(lip_track(12.0, start_s=6.0), LIPSYNC, DEFAULT_PROFILE)
    assert [(f.span.start_s, f.span.end_s) for f in fragments] == [
        (6, 8),
        (8, 12),
        (12, 16),
        (16, 18),
    ]
    assert fragment_at(fragments, 5.9) is None
    assert fragment_at(fragments, 18.0) is None
    assert fragment_at(fragments, 12.0) is fragments[2]
    assert fragment_at(fragments, 11.99) is fragments[1]
