"""Tearing on pictures whose torn rows are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from helpers.measure import as_pictures, measured_pictures
from helpers.scenery import HEIGHT, Plane, moving_planes, still_planes
from numpy.typing import NDArray

from core.catalog.decide import decide
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.inject import inject_pictures
from core.simulate.tearing import Tearing


def claims(planes: Sequence[NDArray[Any]], depth: int = 8) -> list[Finding]:
    return list(decide([measured_pictures("tearing", planes, depth)], DEFAULT_PROFILE))


def torn_once(planes: list[Plane], at: Sequence[int], row: int) -> list[Plane]:
    """The upper part of some frames from the one before."""
    torn = list(planes)
    for i in at:
        torn[i] = np.vstack([planes[i - 1][:row], planes[i][row:]])
    return torn


@pytest.mark.parametrize("variant", Tearing.VARIANTS)
@pytest.mark.parametrize("severity", [0.5, 1.0])
def test_each_variant_is_found_in_its_place(variant: str, severity: float) -> None:
    pictures = inject_pictures(
        as_pictures(moving_planes(100)), "tearing", [(40, 70)], severity, 3, variant=variant
    )
    (finding,) = claims([picture.luma for picture in pictures])
    assert finding.span.start_s == pytest.approx(1.6, abs=0.25)
    assert finding.span.end_s == pytest.approx(2.8, abs=0.25)
    assert "parts of two" in finding.evidence.note


def test_line_is_where_the_picture_is_torn() -> None:
    planes = torn_once(moving_planes(60), [30, 32, 34], 100)
    track = measured_pictures("tearing", planes)
    np.testing.assert_allclose(track.metrics["line"][[30, 32, 34]], 100 / HEIGHT, atol=0.03)
    (finding,) = claims(planes)
    region = finding.evidence.region
    assert region is not None
    assert region.top < 100 / HEIGHT < region.bottom
    assert region.bottom - region.top < 0.12


def test_more_torn_frames_score_higher() -> None:
    planes = moving_planes(100)
    (few,) = claims(torn_once(planes, [40, 42], 80))
    (many,) = claims(torn_once(planes, list(range(40, 60, 2)), 80))
    assert few.score < many.score


def test_one_torn_frame_is_not_told() -> None:
    assert claims(torn_once(moving_planes(60), [30], 80)) == []


def test_repeated_frames_and_cuts_are_not_torn() -> None:
    planes = moving_planes(60)
    repeated = [planes[i - i % 3] for i in range(60)]
    assert claims(repeated) == []
    cuts = [p for seed in range(6) for p in moving_planes(10, seed)]
    assert claims(cuts) == []


@pytest.mark.parametrize("part", ["static", "letterbox"])
def test_half_that_never_moves_is_not_torn(part: str) -> None:
    still = still_planes(1, 0)[0]
    planes = [p.copy() for p in moving_planes(80)]
    for plane in planes:
        plane[: HEIGHT // 2] = still[: HEIGHT // 2] if part == "static" else 16
    assert claims(planes) == []


def test_split_screen_with_two_motions_is_not_torn() -> None:
    below = moving_planes(80, 7)
    planes = [
        np.vstack([p[: HEIGHT // 2], q[HEIGHT // 2 :]])
        for p, q in zip(moving_planes(80), below[::-1], strict=True)
    ]
    assert claims(planes) == []


def test_caption_that_appears_is_not_torn() -> None:
    planes = [p.copy() for p in moving_planes(80)]
    for plane in planes[40:]:
        plane[140:170, 40:280] = 16
    assert claims(planes) == []


def test_ten_bits_and_small_pictures() -> None:
    planes = torn_once(moving_planes(60), [30, 32, 34], 100)
    assert len(claims([p.astype(np.uint16) << 2 for p in planes], 10)) == 1
    assert claims([p[:40, :20] for p in planes]) == []
    resized = [*moving_planes(8), *(p[:96, :128] for p in moving_planes(8))]
    assert len(measured_pictures("tearing", resized)) == 16
