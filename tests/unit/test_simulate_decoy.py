"""Decoys: the same for a seed, of the shape they were given, and really something else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from helpers.scenery import moving_planes

from core.domain.errors import KnownError
from core.simulate.decoy import DECOYS, decoy
from core.simulate.decoy_paint import as_rgb, pixelated, shown, turning
from core.simulate.kind import Picture

STEPS = {"420": (2, 2), "422": (1, 2), "444": (1, 1)}


def scene(width: int, height: int, layout: str = "420", depth: int = 8) -> list[Picture]:
    """Three frames of moving texture."""
    down, across = STEPS.get(layout, (1, 1))
    found = []
    for plane in moving_planes(3):
        luma = cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA)
        size = (-(-width // across), -(-height // down))
        small = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
        planes = [luma, small, 255 - small]
        if depth > 8:
            planes = [p.astype(np.uint16) << (depth - 8) for p in planes]
        chroma = None if layout == "grey" else (planes[1], planes[2])
        found.append(Picture(planes[0], chroma, depth))
    return found


def same(first: Picture, second: Picture) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(first.planes, second.planes, strict=True))


@pytest.mark.parametrize("name", DECOYS)
def test_same_seed_gives_the_same_pictures_and_another_seed_does_not(name: str) -> None:
    pictures = scene(256, 144)
    first, again, other = (decoy(name, pictures, seed) for seed in (5, 5, 6))
    assert all(same(a, b) for a, b in zip(first, again, strict=True))
    assert not all(same(a, b) for a, b in zip(first, other, strict=True))


@pytest.mark.parametrize("name", DECOYS)
def test_argument_stays_and_every_picture_is_another(name: str) -> None:
    pictures, kept = scene(256, 144), scene(256, 144)
    for seed in range(4):
        made = decoy(name, pictures, seed)
        assert len(made) == len(pictures)
        for picture, before, now in zip(pictures, kept, made, strict=True):
            assert same(picture, before)
            difference = now.luma.astype(int) - before.luma
            assert np.mean(np.abs(difference) > 3) > 0.002


@pytest.mark.parametrize("name", DECOYS)
@pytest.mark.parametrize(
    ("width", "height", "layout", "depth"),
    [(64, 64, "420", 8), (150, 98, "422", 8), (131, 77, "444", 10), (96, 64, "grey", 8)],
)
def test_any_shape_layout_and_depth_is_kept(
    name: str, width: int, height: int, layout: str, depth: int
) -> None:
    pictures = scene(width, height, layout, depth)
    for seed in range(5):
        for picture, made in zip(pictures, decoy(name, pictures, seed), strict=True):
            assert made.depth == depth
            assert len(made.planes) == len(picture.planes)
            for mine, theirs in zip(made.planes, picture.planes, strict=True):
                assert mine.shape == theirs.shape
                assert mine.dtype == theirs.dtype
                assert int(mine.max()) < 1 << depth


def test_ten_bits_are_used_and_not_only_the_range_of_eight() -> None:
    for name in DECOYS:
        made = decoy(name, scene(128, 96, "420", 10), 3)
        assert max(int(picture.luma.max()) for picture in made) > 255, name


@pytest.mark.parametrize("name", ["crowd", "confetti", "rain", "snow", "checker", "film_grain"])
def test_what_moves_is_elsewhere_in_the_next_frame(name: str) -> None:
    still = scene(256, 144)[:1] * 3
    made = decoy(name, still, 2)
    assert not same(made[0], made[1])
    assert not same(made[1], made[2])


def test_unknown_name_is_refused_by_name() -> None:
    with pytest.raises(KnownError, match="“fog”"):
        decoy("fog", scene(64, 64), 0)


def test_no_pictures_give_none() -> None:
    assert decoy("rain", [], 0) == []


def test_another_scene_shows_in_a_wipe() -> None:
    pictures = scene(256, 144)
    flat = pictures[0].filled(0.5)
    made = [decoy("wipe", pictures, seed, other=[flat])[-1] for seed in range(6)]
    assert all(np.mean(picture.luma == flat.luma) > 0.02 for picture in made)


def test_cells_are_flat_means_and_tied_to_no_other_grid() -> None:
    picture = scene(256, 144)[0]
    cells = pixelated(picture, 10.0, (4.0, 7.0))
    assert np.ptp(cells.luma[6:16, 3:13]) == 0
    assert abs(float(cells.luma[6, 3]) - picture.luma[6:16, 3:13].mean()) <= 0.5
    assert cells.luma[5, 3] != cells.luma[6, 3]


@pytest.mark.parametrize("depth", [8, 10])
def test_colors_come_back_from_paint(depth: int) -> None:
    like = scene(64, 64, "444", depth)[0]
    rgb = np.zeros((64, 64, 3), np.uint8)
    rgb[:32], rgb[32:, :32] = (200, 40, 90), (10, 180, 250)
    assert np.abs(as_rgb(shown(rgb, like)).astype(int) - rgb).max() <= 4


def test_a_way_turns_round_at_its_ends_without_a_jump() -> None:
    way = turning(np.arange(200)[:, None] * np.array([0.013, -0.007]), 0.2)
    assert np.abs(way).max() <= 0.2
    assert np.abs(np.diff(way, axis=0)).max() <= 0.013 + 1e-9
    assert way[10] == pytest.approx([0.13, -0.07])
    assert len(np.unique(np.sign(np.diff(way[:, 0])))) == 2


@pytest.mark.parametrize("name", ["mosaic", "blur_box", "checker"])
def test_what_wanders_is_still_in_the_picture_after_ten_seconds(name: str) -> None:
    pictures = [scene(128, 80)[0]] * 250
    for seed in range(6):
        for made in decoy(name, pictures, seed)[::50]:
            assert np.mean(made.luma != pictures[0].luma) > 0.002
