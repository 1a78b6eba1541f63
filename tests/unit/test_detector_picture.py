"""Black, freeze and blockiness on pictures whose answer is known."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from helpers.measure import as_pictures, measured_pictures
from helpers.scenery import HEIGHT, WIDTH, Plane, moving_planes, still_planes

from core.catalog.decide import decide
from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.track import Track
from core.simulate.inject import inject_pictures
from core.simulate.kind import Picture


def flat(value: int, count: int, dtype: type = np.uint8) -> list[Plane]:
    return [np.full((HEIGHT, WIDTH), value, dtype) for _ in range(count)]


def claims(*tracks: Track) -> list[Finding]:
    return list(decide(tracks, DEFAULT_PROFILE))


def spans(findings: list[Finding]) -> list[tuple[float, float]]:
    return [(f.span.start_s, f.span.end_s) for f in findings]


def faded(planes: list[Plane], steps: int) -> list[Plane]:
    """The planes, of which the last `steps` go down to black."""
    gains = [1.0] * (len(planes) - steps) + list(np.linspace(1, 0, steps, endpoint=False))
    return [
        (16 + (p.astype(float) - 16) * g).astype(np.uint8)
        for p, g in zip(planes, gains, strict=True)
    ]


def test_black_metrics_are_percent_of_the_nominal_range() -> None:
    track = measured_pictures("black", [*flat(16, 1), *flat(235, 1)])
    np.testing.assert_allclose(track.metrics["dark_pct"], [100, 0])
    np.testing.assert_allclose(track.metrics["mean_pct"], [0, 100], atol=1e-4)
    np.testing.assert_allclose(track.metrics["spread_pct"], [0, 0])


@pytest.mark.parametrize(
    ("color_range", "level", "dark"), [("", 37, 100), ("", 38, 0), ("pc", 25, 100), ("pc", 26, 0)]
)
def test_dark_means_below_a_tenth_of_the_range(color_range: str, level: int, dark: int) -> None:
    track = measured_pictures("black", flat(level, 1), color_range=color_range)
    assert track.metrics["dark_pct"][0] == dark


def test_ten_bit_black_is_black() -> None:
    track = measured_pictures("black", flat(64, 2, np.uint16), depth=10)
    np.testing.assert_allclose(track.metrics["mean_pct"], 0, atol=1e-4)
    np.testing.assert_allclose(track.metrics["dark_pct"], 100)


@pytest.mark.parametrize(("frames", "expected"), [(2, 0), (3, 1)])
def test_black_is_told_from_three_frames_on(frames: int, expected: int) -> None:
    planes = moving_planes(60)
    planes[30 : 30 + frames] = flat(16, frames)
    assert len(claims(measured_pictures("black", planes))) == expected


def test_noisy_black_is_black() -> None:
    rng = np.random.default_rng(0)
    planes = moving_planes(60)
    planes[30:40] = [
        np.clip(rng.normal(18, 2, (HEIGHT, WIDTH)), 0, 255).astype(np.uint8) for _ in range(10)
    ]
    assert spans(claims(measured_pictures("black", planes))) == [(1.2, 1.6)]


def test_dark_scene_with_detail_is_not_black() -> None:
    track = measured_pictures("black", moving_planes(40, dark=True))
    assert np.median(track.metrics["dark_pct"]) > 98
    assert claims(track) == []


def test_white_words_on_black_are_not_black() -> None:
    planes = moving_planes(60)
    card = np.full((HEIGHT, WIDTH), 16, np.uint8)
    cv2.putText(card, "THE END", (90, 100), cv2.FONT_HERSHEY_SIMPLEX, 1, 235, 2)
    planes[30:40] = [card] * 10
    assert claims(measured_pictures("black", planes)) == []


def test_black_after_a_fade_is_for_information_only() -> None:
    planes = [*faded(moving_planes(60), 14), *flat(16, 15), *moving_planes(60, seed=2)]
    (finding,) = claims(measured_pictures("black", planes))
    assert finding.severity is Severity.FYI
    assert "fade" in finding.evidence.note


def test_black_between_cuts_is_an_issue_and_a_blocker_when_long() -> None:
    short = [*moving_planes(30), *flat(16, 20), *moving_planes(30, seed=2)]
    long = [*moving_planes(30), *flat(16, 60), *moving_planes(30, seed=2)]
    assert [f.severity for f in claims(measured_pictures("black", short))] == [Severity.ISSUE]
    assert [f.severity for f in claims(measured_pictures("black", long))] == [Severity.BLOCKER]


@pytest.mark.parametrize(("severity", "spotlight", "found"), [(0.25, False, 1), (0.25, True, 0)])
def test_picture_dimmed_at_once_is_black_and_a_night_scene_with_a_light_is_not(
    severity: float, spotlight: bool, found: int
) -> None:
    pictures = inject_pictures(as_pictures(moving_planes(75)), "black", [(25, 50)], severity, 1)
    planes = [picture.luma.copy() for picture in pictures]
    if spotlight:
        for plane in planes[25:50]:
            plane[20:40, 20:40] = 150
    tracks = [measured_pictures("black", planes)]
    assert len(decide(tracks, DEFAULT_PROFILE)) == found


@pytest.mark.parametrize("at_end", [False, True])
def test_black_at_either_end_is_for_information_only(at_end: bool) -> None:
    planes = [*moving_planes(30), *flat(16, 20)] if at_end else [*flat(16, 20), *moving_planes(30)]
    (finding,) = claims(measured_pictures("black", planes))
    assert finding.severity is Severity.FYI
    assert ("end" if at_end else "start") in finding.evidence.note


def test_context_can_be_left_out_by_the_profile() -> None:
    track = measured_pictures("black", [*flat(16, 20), *moving_planes(30)])
    quiet = DEFAULT_PROFILE.with_threshold("black", "report_context", 0)
    assert decide([track], quiet) == ()


def test_commercial_black_is_for_information_where_the_profile_says_so() -> None:
    track = measured_pictures("black", [*moving_planes(30), *flat(16, 60), *moving_planes(30)])
    profile = DEFAULT_PROFILE.with_threshold("black", "commercial_s", 2.0)
    assert [f.severity for f in decide([track], profile)] == [Severity.FYI]


def test_change_is_percent_of_the_range_and_full_in_the_first_frame() -> None:
    track = measured_pictures("freeze", [*flat(16, 1), *flat(235, 1), *flat(235, 1)])
    np.testing.assert_allclose(track.metrics["difference_pct"], [100, 100, 0], atol=1e-4)


def test_local_change_finds_what_moves_in_one_corner() -> None:
    planes = flat(100, 2)
    planes[1] = planes[1].copy()
    planes[1][32:64, 64:96] = 150
    track = measured_pictures("freeze", planes)
    assert track.metrics["difference_pct"][1] < 1
    assert track.metrics["local_pct"][1] == pytest.approx(100 * 50 / 219, rel=1e-3)


def frozen(planes: list[Plane], start: int, end: int, severity: float = 1.0) -> list[Plane]:
    damaged = inject_pictures(as_pictures(planes), "freeze", [(start, end)], severity)
    return [picture.luma for picture in damaged]


@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_freeze_is_found_to_the_frame(noise: float) -> None:
    planes = frozen(moving_planes(120), 40, 70, severity=1 - noise / 1.5)
    assert spans(claims(measured_pictures("freeze", planes))) == [(1.6, 2.8)]


def test_live_camera_before_a_still_life_is_no_freeze() -> None:
    planes = [*moving_planes(30), *still_planes(60, 2.0), *moving_planes(30, seed=5)]
    assert claims(measured_pictures("freeze", planes)) == []


def test_pictures_on_twos_are_no_freeze() -> None:
    planes = [plane for plane in moving_planes(50) for _ in range(2)]
    assert claims(measured_pictures("freeze", planes)) == []


def test_somebody_who_blinks_in_a_still_room_is_no_freeze() -> None:
    planes = [p.copy() for p in still_planes(1, 0) for _ in range(80)]
    for i, plane in enumerate(planes):
        plane[60:92, 100:132] = 60 + (i * 37) % 120
    track = measured_pictures("freeze", [*moving_planes(20), *planes])
    assert claims(track) == []


def test_key_frame_that_draws_the_same_anew_does_not_end_a_freeze() -> None:
    planes = frozen(moving_planes(120), 40, 80)
    rng = np.random.default_rng(1)
    fresh = np.clip(planes[60] + rng.integers(-1, 2, planes[60].shape), 0, 255).astype(np.uint8)
    planes[60:80] = [fresh] * 20
    assert spans(claims(measured_pictures("freeze", planes))) == [(1.6, 3.2)]


def test_black_stretch_is_no_freeze_when_the_black_track_is_there() -> None:
    planes = [*moving_planes(40), *flat(16, 30), *moving_planes(40, seed=3)]
    black, freeze = (measured_pictures(name, planes) for name in ("black", "freeze"))
    assert [f.detector for f in claims(black, freeze)] == ["black"]


def test_title_card_after_a_cut_is_for_information_once_it_lasts() -> None:
    card = [np.asarray(still_planes(1, 0)[0] // 4 + 180, np.uint8)]
    short = [*moving_planes(40), *card * 60, *moving_planes(40, seed=3)]
    long = [*moving_planes(40), *card * 150, *moving_planes(40, seed=3)]
    assert claims(measured_pictures("freeze", short)) == []
    (finding,) = claims(measured_pictures("freeze", long))
    assert finding.severity is Severity.FYI
    assert "cut" in finding.evidence.note


def card() -> Plane:
    return np.asarray(still_planes(1, 0)[0] // 4 + 160, np.uint8)


def words_on_black() -> Plane:
    plane = flat(16, 1)[0]
    cv2.putText(plane, "THE END", (90, 100), cv2.FONT_HERSHEY_SIMPLEX, 1, 235, 2)
    return plane


def dissolved(before: list[Plane], after: list[Plane]) -> list[Plane]:
    """One scene that goes over into another in equal steps."""
    parts = np.linspace(0, 1, len(before) + 2)[1:-1]
    return [
        np.rint((1 - part) * a.astype(float) + part * b).astype(np.uint8)
        for a, b, part in zip(before, after, parts, strict=True)
    ]


@pytest.mark.parametrize(
    ("scene", "still"),
    [(flat(16, 60), card()), (flat(16, 60), words_on_black()), (moving_planes(60), card())],
    ids=["black", "words", "motion"],
)
@pytest.mark.parametrize("steps", [8, 20])
def test_still_after_a_fade_is_for_information_once_it_lasts(
    scene: list[Plane], still: Plane, steps: int
) -> None:
    fade = dissolved(scene[:steps], [still] * steps)
    moving = moving_planes(40, seed=3)
    short = [*scene, *fade, *[still] * 60, *moving]
    long = [*scene, *fade, *[still] * 150, *moving]
    freezes = []
    for planes in (short, long):
        found = claims(measured_pictures("black", planes), measured_pictures("freeze", planes))
        freezes.append([f for f in found if f.detector == "freeze"])
    assert freezes[0] == []
    (finding,) = freezes[1]
    assert finding.severity is Severity.FYI
    assert "fade" in finding.evidence.note


@pytest.mark.parametrize("gain", [0.0, 0.01])
def test_moving_scene_that_freezes_is_an_issue_though_it_grows_brighter(gain: float) -> None:
    planes = [
        np.clip(plane * (1.0 + gain * i), 16, 235).astype(np.uint8)
        for i, plane in enumerate(moving_planes(60))
    ]
    planes = frozen(planes, 30, 50)
    (finding,) = claims(measured_pictures("black", planes), measured_pictures("freeze", planes))
    assert finding.severity is Severity.ISSUE


def coloured(planes: list[Plane], start: int, end: int) -> list[Picture]:
    """The planes in grey, but for some frames of the darkest green there is."""
    size = (HEIGHT // 2, WIDTH // 2)
    grey, green = (np.full(size, value, np.uint8) for value in (128, 0))
    return [
        Picture(np.zeros_like(plane), (green, green))
        if start <= i < end
        else Picture(plane, (grey, grey))
        for i, plane in enumerate(planes)
    ]


@pytest.mark.parametrize("frames", [3, 30])
def test_frames_of_a_dark_colour_are_told_by_the_colour_alone(frames: int) -> None:
    pictures = coloured(moving_planes(100), 40, 40 + frames)
    names = ("black", "freeze", "stutter", "color_frame")
    tracks = [measured_pictures(name, pictures) for name in names]
    (finding,) = claims(*tracks)
    assert finding.detector == "color_frame"
    assert spans([finding]) == [(1.6, (40 + frames) / 25)]


def gridded(planes: list[Plane], severity: float) -> list[Plane]:
    damaged = inject_pictures(as_pictures(planes), "blockiness", [(0, len(planes))], severity)
    return [picture.luma for picture in damaged]


def test_grid_grows_with_severity() -> None:
    planes = moving_planes(3)
    steps = [
        float(np.median(measured_pictures("blockiness", gridded(planes, s)).metrics["step"]))
        for s in (0.0, 0.5, 0.9)
    ]
    assert 0 < steps[0] < steps[1] < steps[2]


def test_grid_is_found_wherever_the_picture_was_cropped() -> None:
    planes = [p[3:, 5:] for p in gridded(moving_planes(20), 0.9)]
    assert len(claims(measured_pictures("blockiness", planes))) == 1


def test_ten_bit_grid_equals_the_same_in_eight_bits() -> None:
    planes = gridded(moving_planes(3), 0.9)
    deep = [p.astype(np.uint16) << 2 for p in planes]
    eight, ten = measured_pictures("blockiness", planes), measured_pictures("blockiness", deep, 10)
    np.testing.assert_allclose(ten.metrics["step"], eight.metrics["step"])


@pytest.mark.parametrize(("scale", "period"), [(4 / 3, 32 / 3), (1.5, 12), (2, 16)])
def test_grid_is_found_where_the_picture_was_scaled(scale: float, period: float) -> None:
    planes = [
        np.asarray(cv2.resize(p, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
        for p in gridded(moving_planes(20), 0.9)
    ]
    track = measured_pictures("blockiness", planes)
    assert len(claims(track)) == 1
    assert np.median(track.metrics["period"]) == pytest.approx(period)


def bars_on_the_grid() -> Plane:
    levels = np.random.default_rng(4).integers(30, 220, 10)
    return np.asarray(np.tile(np.repeat(levels, 32), (HEIGHT, 1)), np.uint8)


def bricks_on_the_grid() -> Plane:
    rng = np.random.default_rng(5)
    wall = np.full((HEIGHT, WIDTH), 190.0)
    for row, top in enumerate(range(0, HEIGHT, 24)):
        for left in range(-32 * (row % 2), WIDTH, 64):
            wall[top : top + 22, max(left, 0) : left + 62] = 120 + rng.normal(0, 10)
    return np.clip(wall + rng.normal(0, 2, wall.shape), 16, 235).astype(np.uint8)


@pytest.mark.parametrize("scene", [bars_on_the_grid, bricks_on_the_grid])
def test_few_long_edges_on_the_grid_are_no_blocks(scene: Callable[[], Plane]) -> None:
    assert claims(measured_pictures("blockiness", [scene()] * 20)) == []


def test_picture_too_small_for_a_grid_has_none() -> None:
    track = measured_pictures("blockiness", [p[:24, :24] for p in moving_planes(3)])
    assert not track.metrics["step"].any()


@pytest.mark.parametrize("name", ["black", "freeze", "blockiness"])
def test_size_may_change_in_mid_stream(name: str) -> None:
    planes = [*moving_planes(4), *(p[:96, :128] for p in moving_planes(4))]
    # Blockiness looks ten times a second.
    assert len(measured_pictures(name, planes)) == (3 if name == "blockiness" else 8)


def dimmed(planes: list[Plane], start: int, end: int, rest: float) -> list[Plane]:
    return [
        np.asarray(16 + (plane - 16.0) * rest, np.uint8) if start <= i < end else plane
        for i, plane in enumerate(planes)
    ]


def test_picture_that_goes_at_once_is_black_although_a_little_shines_through() -> None:
    planes = dimmed(moving_planes(100), 40, 60, 0.08)
    assert spans(claims(measured_pictures("black", planes))) == [(1.6, 2.4)]


def test_dark_scene_that_lasts_is_not_black_although_its_neighbours_are_bright() -> None:
    planes = dimmed(moving_planes(240), 40, 200, 0.08)
    assert claims(measured_pictures("black", planes)) == []
