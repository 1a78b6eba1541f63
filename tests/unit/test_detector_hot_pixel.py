"""Hot and dead pixels on pictures whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.measure import as_pictures, measured_pictures
from helpers.scenery import HEIGHT, WIDTH, Plane, moving_planes, still_planes

from core.catalog.decide import decide
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.inject import inject_pictures
from core.simulate.kind import Picture

ROW, COLUMN = 50, 200


def claims(pictures: list[Picture]) -> list[Finding]:
    return list(decide([measured_pictures("hot_pixel", pictures)], DEFAULT_PROFILE))


def with_point(
    planes: list[Plane], value: int, row: int = ROW, column: int = COLUMN
) -> list[Plane]:
    copies = [plane.copy() for plane in planes]
    for plane in copies:
        plane[row, column] = value
    return copies


@pytest.mark.parametrize(("variant", "word"), [("stuck", "bright"), ("dead", "dark")])
@pytest.mark.parametrize("severity", [0.5, 1.0])
def test_pixels_are_found_while_the_picture_moves(variant: str, word: str, severity: float) -> None:
    clean = as_pictures(moving_planes(150))
    damaged = inject_pictures(clean, "hot_pixel", [(25, 125)], severity, 2, variant=variant)
    (finding,) = claims(list(damaged))
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((1.0, 5.0), abs=0.51)
    assert f"A {word} pixel" in finding.evidence.note


def test_flickering_pixels_are_found() -> None:
    clean = as_pictures(moving_planes(200))
    damaged = inject_pictures(clean, "hot_pixel", [(25, 200)], 1.0, 2, variant="flicker")
    assert claims(list(damaged))


def test_region_holds_the_pixel() -> None:
    (finding,) = claims(as_pictures(with_point(moving_planes(100), 235)))
    region = finding.evidence.region
    assert region is not None
    assert region.left < COLUMN / WIDTH < region.right
    assert region.top < ROW / HEIGHT < region.bottom
    assert "others" not in finding.evidence.note


def test_ten_bit_pixel_is_found() -> None:
    planes = [p.astype(np.uint16) << 2 for p in moving_planes(100)]
    for plane in planes:
        plane[ROW, COLUMN] = 940
    assert len(claims(as_pictures(planes, depth=10))) == 1


def test_pixel_that_survives_cuts_between_stills_is_found() -> None:
    shots = [still_planes(20, 0.5, seed=seed) for seed in range(8)]
    planes = [plane for shot in shots for plane in shot]
    assert len(claims(as_pictures(with_point(planes, 235)))) == 1


def test_point_of_a_scene_that_stands_is_no_hot_pixel() -> None:
    assert claims(as_pictures(with_point(still_planes(150, 1.0), 235))) == []


def with_points_between(places: list[tuple[int, int]], *spans: tuple[int, int]) -> list[Picture]:
    """A scene that stands for eight seconds, with points in some stretches of it."""
    planes = [plane.copy() for plane in still_planes(200, 1.0)]
    for start, end in spans:
        for plane in planes[start:end]:
            for row, column in places:
                plane[row, column] = 16
    return as_pictures(planes)


def test_point_that_comes_and_goes_while_the_scene_stands_is_found() -> None:
    (finding,) = claims(with_points_between([(ROW, COLUMN)], (50, 130)))
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((2.0, 5.2), abs=0.51)
    assert "comes and goes by itself" in finding.evidence.note


def test_lamp_is_no_hot_pixel() -> None:
    assert claims(with_points_between([(ROW, COLUMN)], (50, 200))) == []
    assert claims(with_points_between([(ROW, COLUMN)], (25, 60), (85, 120), (145, 180))) == []


def test_dot_that_comes_with_other_detail_is_no_hot_pixel() -> None:
    stem = [(ROW + down, COLUMN) for down in range(4, 8)]
    assert claims(with_points_between([(ROW, COLUMN), *stem], (50, 130))) == []


def test_much_detail_that_comes_and_goes_at_once_is_no_hot_pixel() -> None:
    grid = [(row, column) for row in range(20, 170, 30) for column in range(20, 310, 30)]
    assert claims(with_points_between(grid, (50, 130))) == []


def test_white_point_on_black_is_found() -> None:
    planes = [plane // 8 + 16 for plane in moving_planes(100)]
    assert len(claims(as_pictures(with_point(planes, 235)))) == 1


def test_point_that_moves_with_the_scene_is_no_hot_pixel() -> None:
    planes = moving_planes(100)
    for i, plane in enumerate(planes):
        plane[120 - i, (310 - 3 * i) % WIDTH] = 235
    assert claims(as_pictures(planes)) == []


def test_fine_detail_of_a_logo_is_no_hot_pixel() -> None:
    planes = moving_planes(100)
    for row in range(10, 30, 6):
        for column in range(280, 306, 6):
            planes = with_point(planes, 235, row, column)
    assert claims(as_pictures(planes)) == []


def test_larger_spot_is_no_hot_pixel() -> None:
    planes = [plane.copy() for plane in moving_planes(100)]
    for plane in planes:
        plane[ROW - 3 : ROW + 3, COLUMN - 3 : COLUMN + 3] = 235
    assert claims(as_pictures(planes)) == []


def test_tiny_picture_says_nothing() -> None:
    rng = np.random.default_rng(0)
    assert claims(as_pictures([rng.integers(16, 235, (8, 8)).astype(np.uint8)] * 60)) == []
