"""Combing on pictures whose fields are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from helpers.measure import as_pictures, measured, measured_pictures, picture_samples, video
from helpers.scenery import HEIGHT, WIDTH, Plane, moving_planes, still_planes

from core.catalog.decide import decide
from core.domain.defect import Severity
from core.domain.finding import Finding, Region
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.inject import inject_pictures
from core.simulate.kind import Picture


def claims(planes: Sequence[Plane], depth: int = 8) -> list[Finding]:
    tracks = [measured_pictures(name, planes, depth) for name in ("combing", "stutter", "freeze")]
    return [f for f in decide(tracks, DEFAULT_PROFILE) if f.detector == "combing"]


def damaged(
    planes: Sequence[Plane],
    severity: float = 1.0,
    variant: str = "",
    region: Region | None = None,
    span: tuple[int, int] = (30, 70),
) -> list[Plane]:
    pictures = inject_pictures(
        as_pictures(planes), "combing", [span], severity, 3, variant=variant, region=region
    )
    return [picture.luma for picture in pictures]


@pytest.mark.parametrize("severity", [0.5, 1.0])
def test_woven_fields_are_told_where_they_are(severity: float) -> None:
    (finding,) = claims(damaged(moving_planes(100), severity))
    assert (finding.span.start_s, finding.span.end_s) == pytest.approx((1.2, 2.8), abs=0.21)
    assert "woven together" in finding.evidence.note
    assert "though the stream is progressive" in finding.evidence.note


def test_share_grows_with_severity() -> None:
    clean = moving_planes(60)
    shares = [
        float(np.median(measured_pictures("combing", planes).metrics["combed_pct"]))
        for planes in (clean, *(damaged(clean, s, span=(1, 60)) for s in (0.0, 0.5, 1.0)))
    ]
    assert shares == sorted(shares)
    assert shares[0] < 4.0 < 12.0 < shares[1]


def test_either_field_may_be_the_older() -> None:
    planes = damaged(moving_planes(100))
    leads = [
        np.median(measured_pictures("combing", some).metrics["lead"][7:13])
        for some in (planes, [p[1:] for p in planes])
    ]
    assert sorted(leads) == [-1.0, 1.0]
    assert len(claims([p[1:] for p in planes])) == 1


@pytest.mark.parametrize("rows", [24, 90, 180])
def test_few_moving_pixels_are_enough_together(rows: int) -> None:
    still = moving_planes(1)[0]
    moving = damaged(moving_planes(100), 0.25)
    planes = [still.copy()[:rows] for _ in moving]
    for plane, picture in zip(planes, moving, strict=True):
        plane[4:20, 100:140] = picture[4:20, 100:140]
    (finding,) = claims(planes)
    assert finding.span.start_s > 1.0
    assert finding.span.end_s < 3.1


def test_large_pictures_are_looked_at_in_bands() -> None:
    planes = [np.tile(p, (3, 4)) for p in damaged(moving_planes(70), 0.25)]
    (finding,) = claims(planes)
    region = finding.evidence.region
    assert region is not None
    assert region.top < 0.1
    assert region.bottom == 1.0


def test_region_holds_the_comb() -> None:
    part = Region(0.0, 0.5, 1.0, 1.0)
    (finding,) = claims(damaged(moving_planes(100), 1.0, region=part))
    region = finding.evidence.region
    assert region is not None
    assert region.top == pytest.approx(0.5, abs=0.1)
    assert region.bottom == 1.0


@pytest.mark.parametrize("severity", [0.25, 1.0])
def test_fields_in_the_wrong_order_are_told(severity: float) -> None:
    (finding,) = claims(damaged(moving_planes(100), severity, "field_order"))
    assert "back and forth" in finding.evidence.note
    assert finding.span.start_s == pytest.approx(1.2, abs=0.5)
    assert finding.span.end_s == pytest.approx(2.8, abs=0.5)


def test_stream_that_declares_interlace_is_for_information() -> None:
    planes = damaged(moving_planes(100))
    stream = replace(video(), interlaced=True)
    track = measured("combing", picture_samples("combing", planes), 4.0, stream)
    (finding,) = decide([track], DEFAULT_PROFILE)
    assert finding.severity is Severity.FYI
    assert "as the stream declares" in finding.evidence.note
    quiet = replace(DEFAULT_PROFILE, thresholds={"combing": {"report_declared": 0.0}})
    assert decide([track], quiet) == ()


def test_moving_texture_of_three_rows_and_noise_are_no_comb() -> None:
    wave = np.sin(np.arange(HEIGHT + 100) * 2 * np.pi / 3.0)
    rows = np.rint(120 + 60 * wave).astype(np.uint8)
    blinds = [np.repeat(rows[i : i + HEIGHT, None], WIDTH, axis=1) for i in range(60)]
    assert claims(blinds) == []
    assert claims(still_planes(60, 12.0)) == []


def test_fine_rows_at_rest_are_no_comb() -> None:
    rows = np.where(np.arange(HEIGHT) % 2 == 0, 180, 60).astype(np.uint8)
    assert claims([np.repeat(rows[:, None], WIDTH, axis=1)] * 60) == []


def test_flicker_is_no_wrong_field_order() -> None:
    planes = moving_planes(80)
    flicker = [np.asarray(p // 2 + (40 if i % 2 else 0), np.uint8) for i, p in enumerate(planes)]
    assert claims(flicker) == []


def test_ten_bits_and_odd_sizes_are_measured_alike() -> None:
    planes = damaged(moving_planes(100))
    deep = [p.astype(np.uint16) << 2 for p in planes]
    same = [measured_pictures("combing", p, d) for p, d in ((planes, 8), (deep, 10))]
    np.testing.assert_allclose(same[0].metrics["combed_pct"], same[1].metrics["combed_pct"])
    assert len(claims([p[3:178, :99] for p in planes])) == 1


def test_picture_too_small_for_cells_gives_rows_without_a_comb() -> None:
    small = [Picture(p[:16, :6]) for p in moving_planes(30)]
    assert not measured_pictures("combing", small).metrics["combed_pct"].any()
