"""Line dropout on pictures whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.measure import as_pictures, measured_pictures
from helpers.scenery import HEIGHT, WIDTH, Plane, moving_planes

from core.catalog.decide import decide
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.inject import inject_pictures
from core.simulate.kind import Picture


def claims(pictures: list[Picture], depth: int = 8) -> list[Finding]:
    return list(decide([measured_pictures("line_dropout", pictures, depth)], DEFAULT_PROFILE))


def with_line(planes: list[Plane], rows: dict[int, int], value: int = 235) -> list[Picture]:
    """The planes, some of which have a line at a row."""
    copies = [plane.copy() for plane in planes]
    for frame, row in rows.items():
        copies[frame][row] = value
    return as_pictures(copies)


@pytest.mark.parametrize("variant", ["black", "white", "noise", "repeat"])
def test_lines_are_found_where_they_are(variant: str) -> None:
    clean = as_pictures(moving_planes(75))
    damaged = list(inject_pictures(clean, "line_dropout", [(25, 50)], 0.75, 1, variant=variant))
    (finding,) = claims(damaged)
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((1.0, 2.0), abs=0.13)


def test_more_severe_lines_stand_out_more() -> None:
    clean = as_pictures(moving_planes(20))
    usual = [
        np.median(
            measured_pictures(
                "line_dropout",
                list(inject_pictures(clean, "line_dropout", [(0, 20)], severity, 1)),
            ).metrics["contrast"]
        )
        for severity in (0.25, 0.5, 1.0)
    ]
    assert usual == sorted(usual)
    assert usual[0] > 14


def test_ten_bit_lines_stand_out_as_much() -> None:
    planes = moving_planes(20)
    eight = claims(with_line(planes, {7: 50, 9: 90}))
    deep = [plane.astype(np.uint16) << 2 for plane in planes]
    for frame, row in {7: 50, 9: 90}.items():
        deep[frame][row] = 235 << 2
    ten = claims(as_pictures(deep, depth=10))
    assert [f.evidence.peak_value for f in ten] == [f.evidence.peak_value for f in eight]
    assert len(ten) == 1


def test_region_holds_the_line() -> None:
    (finding,) = claims(with_line(moving_planes(20), {10: 90}))
    assert finding.evidence.region == Region(
        0.0, pytest.approx(0.494), 1.0, pytest.approx(0.5116, abs=1e-3)
    )
    assert "one frame" in finding.evidence.note


def test_line_that_stays_is_part_of_the_picture() -> None:
    assert claims(with_line(moving_planes(30), dict.fromkeys(range(10, 30), 90))) == []


def test_line_that_moves_slowly_is_part_of_the_picture() -> None:
    assert claims(with_line(moving_planes(40), {i: 40 + i for i in range(40)})) == []


def test_blinds_are_part_of_the_picture() -> None:
    blinds = np.full((HEIGHT, WIDTH), 60, np.uint8)
    blinds[::6] = 180
    assert claims(as_pictures([np.roll(blinds, i // 3, axis=0) for i in range(40)])) == []


def test_flash_of_a_striped_picture_is_no_dropout() -> None:
    planes = moving_planes(30)
    planes[15] = planes[15].copy()
    planes[15][::4] = 235
    assert claims(as_pictures(planes)) == []


def test_lowest_lines_alone_are_for_information_only() -> None:
    planes = moving_planes(30)
    low = with_line(planes, {9: HEIGHT - 3, 15: HEIGHT - 2, 18: HEIGHT - 3})
    (finding,) = claims(low)
    assert finding.severity is Severity.FYI
    assert "head switch" in finding.evidence.note
    quiet = DEFAULT_PROFILE.with_threshold("line_dropout", "report_context", 0)
    assert decide([measured_pictures("line_dropout", low)], quiet) == ()


@pytest.mark.parametrize("shape", [(8, 320), (180, 24)])
def test_picture_too_small_to_have_lines_says_nothing(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    planes = [rng.integers(16, 235, shape).astype(np.uint8) for _ in range(10)]
    assert claims(as_pictures(planes)) == []
