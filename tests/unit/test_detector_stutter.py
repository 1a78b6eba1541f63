"""Stutter on pictures and time stamps whose answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from helpers.measure import FRAME, TICK, as_pictures, measured_pictures
from helpers.scenery import Plane, moving_planes, still_planes
from numpy.typing import NDArray

from core.catalog.decide import decide
from core.catalog.rule_stutter import STUTTER
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.track import Track
from core.simulate.inject import inject_pictures
from core.simulate.stutter import Stutter


def claims(planes: Sequence[NDArray[Any]], depth: int = 8) -> list[Finding]:
    tracks = [measured_pictures(name, planes, depth) for name in ("stutter", "freeze")]
    return [f for f in decide(tracks, DEFAULT_PROFILE) if f.detector == "stutter"]


def shown(order: Sequence[int]) -> list[Plane]:
    """Frames of one moving scene in an order of one's own."""
    planes = moving_planes(max(order) + 1)
    return [planes[i] for i in order]


def retimed(planes: Sequence[Plane], steps: Sequence[int]) -> list[Finding]:
    """What is found when frames have other steps of time, in ticks."""
    track = measured_pictures("stutter", planes)
    pts = np.concatenate(([0], np.cumsum(steps))).astype(np.int64)
    late = Track("stutter", 0, TICK, pts, int(pts[-1]) + FRAME, dict(track.metrics))
    late.metrics["step_ms"][1:] = np.diff(pts) * 1000 * float(TICK)
    return STUTTER.rule(STUTTER, {"stutter": late}, DEFAULT_PROFILE)


@pytest.mark.parametrize("variant", Stutter.VARIANTS)
@pytest.mark.parametrize("severity", [0.25, 1.0])
def test_each_variant_is_found_in_its_place(variant: str, severity: float) -> None:
    clean = as_pictures(moving_planes(100))
    damaged = inject_pictures(clean, "stutter", [(40, 70)], severity, 3, variant=variant)
    (finding,) = claims([picture.luma for picture in damaged])
    assert finding.span.start_s == pytest.approx(1.6, abs=0.09)
    assert 1.6 < finding.span.end_s <= 2.85
    assert "in the midst of motion" in finding.evidence.note


def test_more_severe_stutter_scores_higher() -> None:
    clean = as_pictures(moving_planes(100))
    scores = []
    for severity in (0.0, 0.5, 1.0):
        damaged = inject_pictures(clean, "stutter", [(30, 80)], severity, 3)
        scores.append(max(f.score for f in claims([picture.luma for picture in damaged])))
    assert scores == sorted(scores)
    assert scores[0] < scores[-1]


def test_black_frames_amid_motion_are_no_repeats() -> None:
    planes = moving_planes(80)
    planes[40:45] = [np.full_like(planes[0], 16)] * 5
    tracks = [measured_pictures(name, planes) for name in ("stutter", "freeze", "black")]
    assert [f.detector for f in decide(tracks, DEFAULT_PROFILE)] == ["black"]
    assert claims(planes)


def test_frame_that_is_held_and_one_that_is_skipped_are_told() -> None:
    (finding,) = claims(shown([*range(40), 39, *range(41, 80)]))
    assert (finding.span.start, finding.span.end) == (40 * FRAME, 41 * FRAME)
    assert "1 frame repeats in the midst of motion" in finding.evidence.note
    assert "as if others were dropped" in finding.evidence.note


@pytest.mark.parametrize(
    "order",
    [
        [i * 4 // 5 for i in range(150)],
        [i // 2 for i in range(120)],
        [i * 2 // 5 for i in range(150)],
        [i // 3 for i in range(120)],
        [i * 5 // 6 for i in range(150)],
    ],
    ids=["24 in 30", "on twos", "24 in 60", "on threes", "25 in 30"],
)
def test_steady_cadence_is_no_stutter(order: list[int]) -> None:
    assert claims(shown(order)) == []


def test_animation_on_twos_and_threes_is_no_stutter() -> None:
    lengths = np.random.default_rng(2).integers(2, 5, 40)
    assert claims(shown(list(np.repeat(np.arange(40), lengths)))) == []


def test_break_of_a_cadence_is_told() -> None:
    order = [i * 4 // 5 for i in range(60)]
    broken = [*order, 48, 48, 49, 49, 49, 50, 51, 51, 52, 53, 53, 53, *range(54, 100)]
    assert claims(shown(broken)) != []


def test_longer_hold_is_left_to_freeze() -> None:
    assert claims(shown([*range(40), *[39] * 15, *range(55, 90)])) == []


def test_scene_at_rest_and_a_cut_are_no_stutter() -> None:
    assert claims([*moving_planes(40), *still_planes(40, 1.0, 4), *moving_planes(40, 5)]) == []


def test_frame_repeated_at_a_cut_is_no_stutter() -> None:
    first, second = moving_planes(40), moving_planes(40, 5)
    flipped = [np.asarray(251 - p, np.uint8) for p in second]
    assert claims([*first, first[-1], *flipped]) == []


def test_ten_bits_give_the_same() -> None:
    planes = shown([*range(40), 39, *range(41, 80)])
    deep = [p.astype(np.uint16) << 2 for p in planes]
    same = [measured_pictures("stutter", planes), measured_pictures("stutter", deep, 10)]
    np.testing.assert_allclose(same[0].metrics["two_pct"], same[1].metrics["two_pct"], atol=0.05)
    assert len(claims(deep, 10)) == 1


def test_uneven_time_stamps_are_told() -> None:
    steps = [FRAME] * 99
    for i in (40, 44, 48):
        steps[i], steps[i + 1] = FRAME * 3 // 2, FRAME // 2
    (finding,) = retimed(moving_planes(100), steps)
    assert finding.span.start == 40 * FRAME
    assert finding.severity is Severity.FYI
    assert "20 to 60 ms apart where 40 ms is usual" in finding.evidence.note


def test_frame_missing_from_the_file_is_told_where_something_moves() -> None:
    steps = [FRAME] * 99
    steps[40] = 2 * FRAME
    (finding,) = retimed(moving_planes(100), steps)
    assert "Frames are missing" in finding.evidence.note
    assert finding.severity is Severity.ISSUE
    still = [still_planes(1, 0)[0]] * 100
    assert retimed(still, steps) == []


def test_rounded_and_variable_time_stamps_are_no_jitter() -> None:
    planes = moving_planes(100)
    rounded = [90 * (33 + (i % 3 == 0)) for i in range(99)]
    assert retimed(planes, rounded) == []
    rng = np.random.default_rng(1)
    assert retimed(planes, [int(s) for s in rng.integers(2000, 6000, 99)]) == []


def test_single_repeat_is_for_information_and_two_are_an_issue() -> None:
    (lone,) = claims(shown([*range(40), 39, *range(41, 80)]))
    (pair,) = claims(shown([*range(40), 39, *range(41, 50), 49, *range(51, 80)]))
    assert (lone.severity, pair.severity) == (Severity.FYI, Severity.ISSUE)


def test_profile_may_ask_for_more_than_one_hold() -> None:
    planes = shown([*range(40), 39, *range(41, 80)])
    profile = replace(DEFAULT_PROFILE, thresholds={"stutter": {"min_events": 2.0}})
    assert decide([measured_pictures("stutter", planes)], profile) == ()
