"""Banding on pictures whose answer is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from helpers.measure import as_pictures, measured_pictures
from helpers.scenery import HEIGHT, WIDTH, moving_planes, moving_shapes, sky_planes

from core.catalog.decide import decide
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.inject import inject_pictures
from core.simulate.kind import Picture


def claims(pictures: list[Picture]) -> list[Finding]:
    return list(decide([measured_pictures("banding", pictures)], DEFAULT_PROFILE))


def deep_sky(count: int) -> list[Picture]:
    columns = np.mgrid[:HEIGHT, :WIDTH][1]
    plane = np.rint(240 + columns * 1.0).astype(np.uint16)
    return as_pictures([plane] * count, depth=10)


@pytest.mark.parametrize("variant", ["posterize", "lowrate"])
@pytest.mark.parametrize("severity", [0.25, 0.75])
def test_steps_in_a_gradient_are_found(variant: str, severity: float) -> None:
    clean = as_pictures(sky_planes(100, 0.3))
    damaged = inject_pictures(clean, "banding", [(25, 75)], severity, 1, variant=variant)
    (finding,) = claims(list(damaged))
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((1.0, 3.0), abs=0.51)
    assert "steps of" in finding.evidence.note


def test_height_of_the_steps_is_measured() -> None:
    clean = as_pictures(sky_planes(1, 0.0))
    heights = [
        measured_pictures(
            "banding", list(inject_pictures(clean, "banding", [(0, 1)], severity))
        ).metrics["step"][0]
        for severity in (0.25, 0.5, 0.75)
    ]
    assert heights == pytest.approx([4.6, 6.9, 10.5], abs=1.0)


def test_region_holds_the_gradient() -> None:
    planes = moving_planes(60)
    sky = sky_planes(1, 0.0)[0][: HEIGHT // 2]
    for plane in planes:
        plane[: HEIGHT // 2] = np.rint(sky / 6.0).astype(np.uint8) * 6
    (finding,) = claims(as_pictures(planes))
    region = finding.evidence.region
    assert region is not None
    assert region.top < 0.1
    assert region.bottom <= 0.51
    assert region.right - region.left > 0.7


def test_smooth_gradient_of_eight_bits_is_clean() -> None:
    assert claims(as_pictures(sky_planes(60, 0.0))) == []


def test_dithered_gradient_is_clean() -> None:
    assert claims(as_pictures(sky_planes(60, 1.0))) == []


def test_ten_bit_gradient_is_clean_and_its_steps_are_found() -> None:
    clean = deep_sky(60)
    assert claims(clean) == []
    damaged = list(inject_pictures(clean, "banding", [(0, 60)], 0.5))
    assert len(claims(damaged)) == 1


def test_grain_hides_steps() -> None:
    rng = np.random.default_rng(0)
    steps = np.rint(sky_planes(1, 0.0)[0] / 6.0) * 6
    noisy = [np.rint(steps + rng.normal(0, 4, steps.shape)).astype(np.uint8) for _ in range(60)]
    assert claims(as_pictures(noisy)) == []


def test_flat_shapes_are_no_banding() -> None:
    shapes = [cv2.medianBlur(plane, 5) for plane in moving_shapes(60)]
    assert claims(as_pictures(shapes)) == []


def test_two_tones_of_a_cartoon_are_no_banding() -> None:
    card = np.full((HEIGHT, WIDTH), 120, np.uint8)
    card[40:140, 60:260] = 128
    assert claims(as_pictures([card] * 60)) == []


def test_small_and_flat_pictures_say_nothing() -> None:
    assert claims(as_pictures([np.full((32, 32), 90, np.uint8)] * 60)) == []
    assert claims(as_pictures([np.full((HEIGHT, WIDTH), 90, np.uint8)] * 60)) == []
