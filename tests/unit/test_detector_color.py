"""Levels, active area and colour frames on pictures whose answer is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from helpers.case import colored_pictures
from helpers.measure import measured_pictures
from helpers.scenery import HEIGHT, WIDTH, moving_planes

from core.catalog.decide import decide
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.simulate.inject import inject_pictures, injector
from core.simulate.kind import Picture

COUNT = 75
SPAN = (25, 50)


@pytest.fixture(scope="module")
def clean() -> list[Picture]:
    return colored_pictures(COUNT)


def claims(detector: str, pictures: list[Picture], color_range: str = "") -> list[Finding]:
    return list(decide([measured_pictures(detector, pictures, 8, color_range)], DEFAULT_PROFILE))


def damaged(
    clean: list[Picture], defect: str, variant: str = "", severity: float = 1.0, seed: int = 0
) -> list[Picture]:
    return list(inject_pictures(clean, defect, [SPAN], severity, seed, variant=variant))


def spans(findings: list[Finding]) -> list[tuple[float, float]]:
    return [(f.span.start_s, f.span.end_s) for f in findings]


def in_ten_bits(pictures: list[Picture]) -> list[Picture]:
    return [
        Picture(
            p.luma.astype(np.uint16) << 2,
            p.chroma and (p.chroma[0].astype(np.uint16) << 2, p.chroma[1].astype(np.uint16) << 2),
            depth=10,
        )
        for p in pictures
    ]


@pytest.mark.parametrize(
    ("detector", "variant"),
    [
        (detector, variant)
        for detector in ("levels", "letterbox", "color_frame")
        for variant in injector(detector).variants
        if variant not in ("slate", "fullrange")
    ],
)
def test_every_form_is_found_where_it_is_at_either_depth(
    clean: list[Picture], detector: str, variant: str
) -> None:
    pictures = damaged(clean, detector, variant)
    for form in (pictures, in_ten_bits(pictures)):
        ((start, end),) = spans(claims(detector, form))
        assert (start, end) == pytest.approx((1.0, 2.0), abs=0.2 if detector == "levels" else 0.001)


@pytest.mark.parametrize("detector", ["levels", "letterbox", "color_frame"])
def test_size_may_change_and_colour_may_be_missing(detector: str) -> None:
    planes = [*moving_planes(4), *(p[:96, :128] for p in moving_planes(4))]
    track = measured_pictures(detector, planes)
    assert len(track) == (2 if detector == "levels" else 8)
    assert decide([track], DEFAULT_PROFILE) == ()


# Levels.


def luma_at(code: int, share: float, depth: int = 8) -> list[Picture]:
    """Mid-grey pictures a part of which has one code."""
    plane = np.full((100, 200), 128 << (depth - 8), np.uint8 if depth == 8 else np.uint16)
    plane[:, : round(200 * share)] = code
    return [Picture(plane, depth=depth)] * 25


@pytest.mark.parametrize(
    ("code", "depth", "found"),
    [
        (246, 8, 0),
        (247, 8, 1),
        (5, 8, 0),
        (4, 8, 1),
        (984, 10, 0),
        (985, 10, 1),
        (20, 10, 0),
        (19, 10, 1),
    ],
)
def test_limits_are_those_of_r103(code: int, depth: int, found: int) -> None:
    findings = decide([measured_pictures("levels", luma_at(code, 0.05, depth))], DEFAULT_PROFILE)
    assert len(findings) == found


@pytest.mark.parametrize(("share", "found"), [(0.005, 0), (0.01, 1)])
def test_one_percent_of_the_picture_is_forgiven(share: float, found: int) -> None:
    assert len(claims("levels", luma_at(255, share))) == found


def test_excess_just_past_the_line_is_less_severe_than_a_large_one() -> None:
    (small,), (large,) = (claims("levels", luma_at(255, share)) for share in (0.015, 0.2))
    assert (small.severity, large.severity) == (Severity.FYI, Severity.ISSUE)
    assert small.score < large.score


@pytest.mark.parametrize(("length", "cut", "found"), [(25, False, 1), (25, True, 0), (0, False, 0)])
def test_gain_that_is_switched_within_a_scene_counts_from_less(
    length: int, cut: bool, found: int
) -> None:
    scene = np.tile(np.linspace(40, 200, 200), (100, 1)).astype(np.uint8)
    bright = scene[:, ::-1].copy() if cut else scene.copy()
    bright[10:26, 100:110] = 255
    pictures = [Picture(bright if 25 <= i < 25 + length else scene) for i in range(75)]
    findings = claims("levels", pictures)
    assert [f.severity for f in findings] == [Severity.ISSUE] * found


def test_declared_full_range_may_use_every_code() -> None:
    assert claims("levels", luma_at(255, 0.3), "pc") == []


def test_overshoot_of_a_few_codes_is_legal() -> None:
    rng = np.random.default_rng(0)
    plane = np.where(rng.random((100, 200)) < 0.5, 235, 16) + rng.integers(-8, 9, (100, 200))
    findings = claims("levels", [Picture(plane.astype(np.uint8))] * 25)
    # Nearly half of the picture is beyond nominal white and black, which is a sign by itself.
    assert [f.evidence.metric for f in findings] == ["nominal_pct"]
    mild = np.where(rng.random((100, 200)) < 0.1, plane, 120).astype(np.uint8)
    assert claims("levels", [Picture(mild)] * 25) == []


def test_full_range_declared_as_limited_is_said_to_look_so() -> None:
    ramp = np.tile(np.linspace(16, 235, WIDTH), (HEIGHT, 1)).astype(np.uint8)
    pictures = damaged([Picture(ramp)] * COUNT, "levels", "fullrange")
    (finding,) = claims("levels", pictures)
    assert "looks like full range declared as limited" in finding.evidence.note
    (white,) = claims("levels", luma_at(255, 0.05))
    assert "full range" not in white.evidence.note


def test_saturated_colour_out_of_gamut_is_for_information() -> None:
    flat = Picture(np.full((96, 96), 60, np.uint8), (np.full((48, 48), 128, np.uint8),) * 2)
    red = flat.replaced(chroma=(np.full((48, 48), 60, np.uint8), np.full((48, 48), 238, np.uint8)))
    (finding,) = claims("levels", [red] * 25)
    assert finding.severity is Severity.FYI
    assert finding.evidence.metric == "gamut_pct"
    assert claims("levels", [flat] * 25) == []


def test_share_outside_grows_with_severity() -> None:
    ramp = np.tile(np.linspace(30, 210, WIDTH), (HEIGHT, 1)).astype(np.uint8)
    shares = []
    for severity in (0.0, 0.5, 1.0):
        pictures = damaged([Picture(ramp)] * COUNT, "levels", "white", severity)
        track = measured_pictures("levels", pictures)
        shares.append(float(track.metrics["luma_pct"][5]))
    assert 0 < shares[0] < 1 < shares[1] < shares[2]


# Active area.


def boxed(pictures: list[Picture], rows: int) -> list[Picture]:
    """With borders at the top and at the bottom."""

    def cover(picture: Picture) -> Picture:
        luma = picture.luma.copy()
        luma[:rows] = luma[-rows:] = 16
        return picture.replaced(luma)

    return [cover(picture) for picture in pictures]


def test_change_names_both_sizes_and_the_active_area(clean: list[Picture]) -> None:
    pictures = [*clean[:50], *boxed(clean[50:], 20)]
    (finding,) = claims("letterbox", pictures)
    assert spans([finding]) == [(2.0, 3.0)]
    assert "320 × 140 pixels" in finding.evidence.note
    assert "320 × 180 pixels" in finding.evidence.note
    region = finding.evidence.region
    assert region is not None
    assert (region.top, region.bottom) == pytest.approx((20 / 180, 160 / 180))


def test_borders_all_through_are_no_defect(clean: list[Picture]) -> None:
    assert claims("letterbox", boxed(clean, 20)) == []


def test_borders_that_vanish_are_found_in_a_title_that_has_them(clean: list[Picture]) -> None:
    pictures = [*boxed(clean[:30], 20), *clean[30:50], *boxed(clean[50:], 20)]
    (finding,) = claims("letterbox", pictures)
    assert spans([finding]) == [(1.2, 2.0)]
    assert "less black at the top and bottom" in finding.evidence.note


def test_area_around_both_ends_is_the_usual_one_when_the_rest_lasts_hardly_longer(
    clean: list[Picture],
) -> None:
    pictures = [*clean[:20], *boxed(clean[20:60], 20), *clean[60:]]
    assert spans(claims("letterbox", pictures)) == [(0.8, 2.4)]


def test_longest_area_is_the_usual_one_when_the_ends_are_short(clean: list[Picture]) -> None:
    pictures = [*clean[:10], *boxed(clean[10:65], 20), *clean[65:]]
    assert spans(claims("letterbox", pictures)) == [(0.0, 0.4), (2.6, 3.0)]


def test_words_in_a_border_change_nothing(clean: list[Picture]) -> None:
    pictures = boxed(clean, 24)
    for picture in pictures[25:55]:
        place = (90, HEIGHT - 8)
        cv2.putText(picture.luma, "What now?", place, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 235, 2)
    assert claims("letterbox", pictures) == []


def test_fade_to_black_and_dark_scene_change_nothing(clean: list[Picture]) -> None:
    pictures = list(clean)
    for i, gain in enumerate(np.concatenate((np.linspace(1, 0, 20), np.linspace(0, 1, 20)))):
        luma = 16 + (pictures[20 + i].luma.astype(float) - 16) * gain
        pictures[20 + i] = Picture(luma.astype(np.uint8))
    assert claims("letterbox", pictures) == []
    dark = [Picture(plane) for plane in moving_planes(40, dark=True)]
    assert claims("letterbox", [*clean, *dark]) == []


def test_night_sky_above_a_lit_street_is_no_border(clean: list[Picture]) -> None:
    sky = np.clip(np.linspace(0, 3, HEIGHT), 0, 1)[:, None]
    night = [Picture((16 + (p.luma - 16.0) * sky**3).astype(np.uint8)) for p in clean]
    assert claims("letterbox", [*clean, *night]) == []


def test_dark_wall_beside_a_lit_room_is_no_border(clean: list[Picture]) -> None:
    wall = np.random.default_rng(2).integers(16, 24, (HEIGHT // 4, 8)).repeat(4, 0).repeat(5, 1)
    pictures = [p.replaced(p.luma.copy()) for p in clean]
    for picture in pictures[30:]:
        picture.luma[:, :40] = wall
    assert claims("letterbox", pictures) == []


def test_noisy_borders_are_found(clean: list[Picture]) -> None:
    rng = np.random.default_rng(0)
    pictures = [*clean[:50], *boxed(clean[50:], 20)]
    noisy = [
        Picture(np.clip(p.luma + rng.normal(0, 3, p.luma.shape), 0, 255).astype(np.uint8))
        for p in pictures
    ]
    assert spans(claims("letterbox", noisy)) == [(2.0, 3.0)]


def test_borders_of_many_sizes_are_told_apart(clean: list[Picture]) -> None:
    pictures = [*clean[:40], *boxed(clean[40:55], 12), *boxed(clean[55:], 32)]
    assert spans(claims("letterbox", pictures)) == [(1.6, 2.2), (2.2, 3.0)]


def darkened(pictures: list[Picture], rows: slice) -> list[Picture]:
    """With so little light in some rows that no border can be seen there."""

    def cover(picture: Picture) -> Picture:
        luma = picture.luma.copy()
        luma[rows] = night[rows]
        return picture.replaced(luma)

    night = np.random.default_rng(3).integers(16, 24, (HEIGHT // 4, WIDTH // 4), np.uint8)
    night = night.repeat(4, 0).repeat(4, 1)

    return [cover(picture) for picture in pictures]


def test_border_that_is_seen_later_than_the_other_is_the_same_change(clean: list[Picture]) -> None:
    lower = slice(HEIGHT // 2, None)
    pictures = [*clean[:40], *darkened(boxed(clean[40:55], 20), lower), *boxed(clean[55:], 20)]
    assert spans(claims("letterbox", pictures)) == [(1.6, 3.0)]


def test_border_that_is_not_seen_to_end_is_no_finding_of_its_own(clean: list[Picture]) -> None:
    lower = slice(HEIGHT // 2, None)
    pictures = [*clean, *boxed(clean[:20], 20), *darkened(clean[20:45], lower), *clean[45:]]
    assert spans(claims("letterbox", pictures)) == [(3.0, 3.8)]


def test_dark_scene_draws_no_change_out(clean: list[Picture]) -> None:
    dark = [Picture(plane) for plane in moving_planes(30, dark=True)]
    pictures = [*clean, *boxed(clean[:20], 20), *dark, *clean]
    assert spans(claims("letterbox", pictures)) == [(3.0, 3.8)]


# Colour frames.


def flat_picture(luma: float, cb: float = 0.0, cr: float = 0.0) -> Picture:
    return colored_pictures(1)[0].filled(luma, cb, cr)


@pytest.mark.parametrize("variant", ["green", "magenta"])
def test_a_single_frame_of_strong_colour_is_found(clean: list[Picture], variant: str) -> None:
    pictures = list(inject_pictures(clean, "color_frame", [(30, 31)], variant=variant))
    (finding,) = claims("color_frame", pictures)
    assert spans([finding]) == [(1.2, 1.24)]
    assert finding.severity is Severity.ISSUE
    assert variant in finding.evidence.note


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ((0.21, -0.11, 0.5), "red"),
        ((0.93, -0.5, 0.05), "yellow"),
        ((0.72, -0.39, -0.45), "green"),
        ((0.79, 0.11, -0.5), "cyan"),
        ((0.07, 0.5, -0.05), "blue"),
        ((0.28, 0.39, 0.45), "magenta"),
        ((1.0, 0.0, 0.0), "white"),
        ((0.5, 0.0, 0.0), "grey"),
    ],
)
def test_colour_is_named(
    clean: list[Picture], color: tuple[float, float, float], name: str
) -> None:
    (finding,) = claims("color_frame", [*clean[:30], *[flat_picture(*color)] * 5, *clean[30:]])
    assert f"picture is {name} " in finding.evidence.note


def test_white_of_two_frames_is_a_flash_and_for_information(clean: list[Picture]) -> None:
    for count, severity in ((2, Severity.FYI), (3, Severity.ISSUE)):
        (finding,) = claims("color_frame", [*clean[:30], *[flat_picture(1.0)] * count, *clean[30:]])
        assert finding.severity is severity


def test_black_is_left_to_the_detector_of_black(clean: list[Picture]) -> None:
    assert claims("color_frame", [*clean[:30], *[flat_picture(0.0)] * 10, *clean[30:]]) == []


def test_fade_to_white_is_for_information(clean: list[Picture]) -> None:
    pictures = list(clean[:30])
    for i, gain in enumerate(np.linspace(1, 0, 15, endpoint=False)):
        luma = 235 + (pictures[15 + i].luma.astype(float) - 235) * gain
        pictures[15 + i] = pictures[15 + i].replaced(luma.astype(np.uint8))
    (finding,) = claims("color_frame", [*pictures, *[flat_picture(1.0)] * 10, *clean[30:]])
    assert finding.severity is Severity.FYI
    assert "fade out" in finding.evidence.note


def test_pale_card_that_fades_in_from_black_is_no_flat_colour(clean: list[Picture]) -> None:
    card = clean[0].luma.astype(float) / 6 + 180
    fade = [
        Picture((16 + (card - 16) * gain).astype(np.uint8)) for gain in np.linspace(0, 1, 26)[1:-1]
    ]
    black = [Picture(np.full_like(clean[0].luma, 16))] * 5
    still = [Picture(card.astype(np.uint8))] * 5
    assert claims("color_frame", [*clean[:25], *black, *fade, *still, *clean[25:]]) == []


def test_bars_at_the_start_are_for_information(clean: list[Picture]) -> None:
    bars = damaged(clean, "color_frame", "bars")[SPAN[0]]
    (leader,) = claims("color_frame", [*[bars] * 30, *clean])
    (amid,) = claims("color_frame", [*clean, *[bars] * 5, *clean])
    assert (leader.severity, amid.severity) == (Severity.FYI, Severity.ISSUE)
    assert "7 colour bars" in amid.evidence.note


@pytest.mark.parametrize(("saturated", "step"), [(False, 46), (True, 12)])
def test_grey_or_narrow_stripes_are_no_bars(saturated: bool, step: int) -> None:
    """A grey scale, and a striped awning."""
    columns = (np.arange(WIDTH) // step) % (7 if not saturated else 2)
    luma = np.tile(40 + 25 * columns, (HEIGHT, 1)).astype(np.uint8)
    tint = np.tile(128 + 50 * columns[::2] * saturated, (HEIGHT // 2, 1)).astype(np.uint8)
    assert claims("color_frame", [Picture(luma, (tint, tint))] * 10) == []


def test_still_card_is_for_information_once_it_lasts(clean: list[Picture]) -> None:
    card = damaged(clean, "color_frame", "slate")[SPAN[0]]
    assert claims("color_frame", [*clean, *[card] * 50, *clean]) == []
    (finding,) = claims("color_frame", [*clean, *[card] * 100, *clean])
    assert finding.severity is Severity.FYI
    assert spans([finding]) == [(3.0, 7.0)]
    assert "card" in finding.evidence.note
    quiet = DEFAULT_PROFILE.with_threshold("color_frame", "report_context", 0)
    track = measured_pictures("color_frame", [*clean, *[card] * 100, *clean])
    assert decide([track], quiet) == ()


def test_rest_of_the_picture_makes_a_flat_frame_less_flat(clean: list[Picture]) -> None:
    spreads = []
    for severity in (1.0, 0.5, 0.0):
        track = measured_pictures("color_frame", damaged(clean, "color_frame", "flat", severity))
        spreads.append(float(track.metrics["spread"][30]))
    assert spreads[0] < spreads[1] < spreads[2]
