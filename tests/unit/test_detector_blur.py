"""Blur on pictures whose answer is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from helpers.measure import as_pictures, measured_pictures
from helpers.scenery import HEIGHT, WIDTH, Plane, moving_shapes, still_planes

from core.catalog.decide import decide
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.inject import inject_pictures
from core.simulate.kind import Picture


def claims(pictures: list[Picture]) -> list[Finding]:
    return list(decide([measured_pictures("blur", pictures)], DEFAULT_PROFILE))


def softened(planes: list[Plane], sigmas: list[float]) -> list[Picture]:
    """The planes, each blurred by its own standard deviation."""
    return as_pictures(
        [
            cv2.GaussianBlur(plane, (0, 0), sigma) if sigma > 0 else plane
            for plane, sigma in zip(planes, sigmas, strict=True)
        ]
    )


@pytest.mark.parametrize("variant", ["gaussian", "defocus", "upscale", "motion"])
def test_blur_within_a_shot_is_found(variant: str) -> None:
    clean = as_pictures(moving_shapes(100))
    damaged = list(inject_pictures(clean, "blur", [(25, 75)], 0.75, 1, variant=variant))
    (finding,) = claims(damaged)
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((1.0, 3.0), abs=0.26)
    assert finding.severity is Severity.ISSUE
    assert "in the same shot" in finding.evidence.note


def test_more_severe_blur_is_wider() -> None:
    clean = as_pictures(moving_shapes(2))
    widths = [
        measured_pictures("blur", list(inject_pictures(clean, "blur", [(0, 2)], severity))).metrics[
            "across_px"
        ][0]
        for severity in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    assert widths == sorted(widths)
    assert widths[-1] > widths[0]


@pytest.mark.parametrize("sigma", [2.0, 4.0])
def test_width_of_an_edge_follows_its_blur(sigma: float) -> None:
    edge = np.full((HEIGHT, WIDTH), 50, np.uint8)
    edge[:, WIDTH // 2 :] = 200
    track = measured_pictures("blur", softened([edge], [sigma]))
    assert track.metrics["across_px"][0] == pytest.approx(2.5 * sigma, rel=0.1)
    assert track.metrics["down_px"][0] == 0.0


def test_ten_bit_pictures_measure_the_same() -> None:
    planes = moving_shapes(10)
    deep = as_pictures([p.astype(np.uint16) << 2 for p in planes], depth=10)
    eight, ten = (measured_pictures("blur", p) for p in (as_pictures(planes), deep))
    np.testing.assert_array_equal(eight.metrics["across_px"], ten.metrics["across_px"])


def test_blur_that_begins_with_a_cut_is_found() -> None:
    planes = [*moving_shapes(50), *moving_shapes(75, seed=1)]
    (finding,) = claims(softened(planes, [0.0] * 50 + [3.0] * 35 + [0.0] * 40))
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((2.0, 3.4), abs=0.26)


def test_soft_shot_from_cut_to_cut_may_be_meant() -> None:
    planes = [*moving_shapes(40), *moving_shapes(40, seed=1), *moving_shapes(40, seed=2)]
    assert claims(softened(planes, [0.0] * 40 + [3.0] * 40 + [0.0] * 40)) == []


def soft_scene(count: int, seed: int = 0) -> list[Plane]:
    shapes = moving_shapes(count, seed=seed)
    return [np.asarray(cv2.GaussianBlur(plane, (0, 0), 1.5), np.uint8) for plane in shapes]


def with_grid(planes: list[Plane], start: int, end: int) -> list[Picture]:
    return list(inject_pictures(as_pictures(planes), "blockiness", [(start, end)], 0.9))


def test_soft_shots_beside_a_sharp_defect_within_them_are_no_blur() -> None:
    sharp = moving_shapes(50, seed=1)
    pictures = with_grid([*sharp, *soft_scene(150), *moving_shapes(50, seed=2)], 90, 130)
    assert claims(pictures) == []


def test_soft_shot_that_ends_with_a_coding_grid_is_no_blur_once_the_grid_is_measured() -> None:
    pictures = with_grid([*moving_shapes(75, seed=1), *soft_scene(75)], 115, 150)
    tracks = [measured_pictures(name, pictures) for name in ("blur", "blockiness")]
    assert [f.detector for f in decide(tracks, DEFAULT_PROFILE)] == ["blockiness"]


def test_blur_that_begins_within_a_shot_ends_with_the_shot_at_most() -> None:
    next_shot = [np.asarray(255 - plane, np.uint8) for plane in soft_scene(75, seed=1)]
    planes = [*moving_shapes(75), *next_shot]
    (finding,) = claims(softened(planes, [0.0] * 40 + [3.0] * 35 + [0.0] * 75))
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((1.6, 3.0), abs=0.26)


def test_blur_goes_on_over_a_cut_when_it_ends_within_the_next_shot() -> None:
    planes = [*moving_shapes(60), *moving_shapes(60, seed=1)]
    (finding,) = claims(softened(planes, [0.0] * 35 + [3.0] * 50 + [0.0] * 35))
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((1.4, 3.4), abs=0.26)


def test_slow_pull_of_focus_is_meant() -> None:
    pull = [*np.linspace(0, 4, 75), *np.linspace(4, 0, 75)]
    assert claims(softened(moving_shapes(150), pull)) == []


def test_shallow_focus_is_sharp_where_it_matters() -> None:
    sharp = moving_shapes(60)
    soft = [cv2.GaussianBlur(plane, (0, 0), 4) for plane in sharp]
    for i, plane in enumerate(sharp):
        if i >= 25:
            plane[:, : WIDTH // 2] = soft[i][:, : WIDTH // 2]
    assert claims(as_pictures(sharp)) == []


def test_fade_to_black_and_back_is_no_blur() -> None:
    gains = [*[1.0] * 30, *np.linspace(1, 0, 30), *np.linspace(0, 1, 30), *[1.0] * 30]
    planes = [
        (16 + (plane.astype(float) - 16) * gain).astype(np.uint8)
        for plane, gain in zip(moving_shapes(120), gains, strict=True)
    ]
    assert claims(as_pictures(planes)) == []


def test_title_that_is_never_sharp_is_told_once_for_information() -> None:
    soft = softened(moving_shapes(100), [2.5] * 100)
    (finding,) = claims(soft)
    assert finding.severity is Severity.FYI
    assert (finding.span.start_s, finding.span.end_s) == (0.0, 4.0)
    quiet = DEFAULT_PROFILE.with_threshold("blur", "report_context", 0)
    assert decide([measured_pictures("blur", soft)], quiet) == ()


def test_picture_without_edges_says_nothing() -> None:
    flat = np.full((HEIGHT, WIDTH), 120, np.uint8)
    assert claims(as_pictures([flat] * 100)) == []
    rng = np.random.default_rng(0)
    tiny = rng.integers(16, 235, (32, 32)).astype(np.uint8)
    assert claims(as_pictures([tiny] * 100)) == []
    assert claims(as_pictures(still_planes(60, 1.0))) == []
