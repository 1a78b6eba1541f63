"""Pieces of a video: they divide every frame, keep their numbers, and stop at its edges."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.annotation.flow import landing, motion, motions
from core.annotation.granularity import Granularity, grid, regions
from core.annotation.superpixel import kept_share, superpixels
from core.domain.errors import KnownError


def scene(height: int, width: int, seed: int = 1) -> NDArray[np.uint8]:
    """A picture with texture at several sizes."""
    draw = np.random.default_rng(seed)
    picture = np.zeros((height, width, 3), np.float32)
    for coarse in (4, 8, 24):
        rough = draw.random((height // coarse + 2, width // coarse + 2, 3), np.float32)
        picture += cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC) * coarse
    picture -= picture.min()
    return np.asarray(picture * (255 / picture.max())).astype(np.uint8)


def pan(count: int, height: int, width: int, step_px: int = 3) -> list[NDArray[np.uint8]]:
    """A camera that moves over a picture."""
    wide = scene(height, width + step_px * count)
    return [np.ascontiguousarray(wide[:, step_px * k : step_px * k + width]) for k in range(count)]


@pytest.mark.parametrize("text", ["frame", "16x16", "64x64", "superpixel:24"])
def test_a_granularity_reads_what_it_writes(text: str) -> None:
    assert str(Granularity.parse(text)) == text


@pytest.mark.parametrize("text", ["", "16", "16x8", "2x2", "superpixel:1", "frames", "99999x99999"])
def test_what_names_no_pieces_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(KnownError):
        Granularity.parse(text)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(9, 61),
    st.integers(9, 61),
    st.sampled_from(["frame", "4x4", "16x16", "128x128", "superpixel:6", "superpixel:40"]),
)
def test_pieces_divide_frames_of_any_size(height: int, width: int, text: str) -> None:
    frames = pan(3, height, width)
    found = regions(frames, Granularity.parse(text))
    assert found.shape == (3, height, width)
    assert found.dtype == np.int32
    assert found.min() >= 0


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(4, 40))
def test_rectangles_are_whole_but_at_the_edges(height: int, width: int, size: int) -> None:
    numbers = grid(height, width, size)
    rows, columns = -(-height // size), -(-width // size)
    assert np.array_equal(np.unique(numbers), np.arange(rows * columns))
    for number in range(rows * columns):
        top, left = number // columns * size, number % columns * size
        here = numbers[top : top + size, left : left + size]
        assert (here == number).all()
        assert (numbers == number).sum() == here.size


def test_rectangles_keep_their_size_in_the_stream_where_frames_were_made_smaller() -> None:
    small, large = grid(45, 80, 32, scale=4.0), grid(180, 320, 32)
    assert np.array_equal(small, large[2::4, 2::4])


def test_superpixels_keep_their_numbers_along_a_pan() -> None:
    frames = pan(6, 96, 128)
    moved = motions(frames)
    found = superpixels(frames, 16, moved)
    assert kept_share(found, moved) > 0.85
    # What comes into sight is new, and what is new gets a number that nobody had.
    assert len(set(np.unique(found[-1])) - set(np.unique(found[0]))) > 0


def test_superpixels_stay_about_as_large_as_asked() -> None:
    found = superpixels(pan(8, 96, 128), 16)
    sizes = np.unique(found[-1], return_counts=True)[1]
    assert 100 < np.median(sizes) < 512
    assert sizes.max() < 4 * 256


def test_superpixels_begin_anew_at_a_cut() -> None:
    frames = [scene(64, 96, 1), scene(64, 96, 1), 255 - scene(64, 96, 9)]
    found = superpixels(frames, 16)
    assert not set(np.unique(found[2])) & set(np.unique(found[1]))
    kept = set(np.unique(found[1])) & set(np.unique(found[0]))
    assert len(kept) > 0.8 * len(np.unique(found[0]))


def test_the_same_video_is_cut_up_the_same_way() -> None:
    frames = pan(3, 60, 90)
    assert np.array_equal(superpixels(frames, 12), superpixels(frames, 12))


def test_flow_finds_a_pan() -> None:
    first, second = pan(2, 96, 128, 4)
    how = motion(first, second)
    inner = how.forward[10:-10, 20:-10]
    assert abs(float(np.median(inner[..., 0])) + 4) < 0.3
    assert how.seen[10:-10, 20:-10].mean() > 0.9


def test_what_is_covered_is_not_seen_any_more() -> None:
    back, thing = scene(96, 128, 2), scene(40, 30, 7)
    first, second = back.copy(), back.copy()
    first[20:60, 30:60] = thing
    second[20:60, 42:72] = thing
    how = motion(first, second)
    covered, uncovered = how.seen[22:58, 62:70], how.seen_before[22:58, 32:40]
    assert covered.mean() < 0.5
    assert uncovered.mean() < 0.5
    assert how.seen[70:, :].mean() > 0.95


def test_nothing_is_seen_across_a_cut() -> None:
    how = motion(scene(64, 96, 1), 255 - scene(64, 96, 5))
    assert not how.seen.any()
    assert not how.seen_before.any()


def test_a_landing_outside_is_said() -> None:
    flow = np.zeros((4, 5, 2), np.float32)
    flow[0, 0] = (-3, 0)
    row, column, inside = landing(flow)
    assert not inside[0, 0]
    assert (int(row[0, 0]), int(column[0, 0])) == (0, 0)
    assert int(inside.sum()) == 19
