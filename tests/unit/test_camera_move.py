"""Camera moves over photographs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from core.domain.errors import KnownError
from core.simulate.camera_move import camera_move, read_photo


def photo(width: int = 700, height: int = 500) -> np.ndarray:
    random = np.random.default_rng(2)
    return cv2.GaussianBlur(random.integers(0, 256, (height, width, 3)).astype(np.uint8), (0, 0), 3)


def test_pictures_have_the_size_that_was_asked_for() -> None:
    for size in ((320, 180), (96, 128), (64, 64)):
        first = next(camera_move(photo(), *size, frames=3))
        assert first.luma.shape == size[::-1]
        assert first.chroma is not None
        assert first.chroma[0].shape == (size[1] // 2, size[0] // 2)


def test_the_same_seed_moves_the_same_way() -> None:
    one, two, other = (
        [p.luma for p in camera_move(photo(), 96, 64, 4, seed)] for seed in (1, 1, 2)
    )
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    assert not np.array_equal(one[0], other[0])


def test_the_camera_moves_softly_and_no_frame_is_the_one_before() -> None:
    frames = [p.luma.astype(np.float32) for p in camera_move(photo(), 160, 90, 50, 5)]
    steps = [float(np.abs(b - a).mean()) for a, b in pairwise(frames)]
    assert min(steps) > 0.3
    assert max(steps[:3]) < max(steps[20:30])


def test_a_photograph_smaller_than_the_picture_is_enlarged() -> None:
    frames = list(camera_move(photo(100, 80), 320, 240, 2))
    assert frames[0].luma.std() > 1.0


def test_what_is_no_photograph_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "a.jpg"
    wrong.write_text("no picture")
    with pytest.raises(KnownError, match="no photograph"):
        read_photo(wrong)
    with pytest.raises(KnownError, match="cannot be read"):
        read_photo(tmp_path / "gone.png")


def test_colours_are_those_of_the_photograph(tmp_path: Path) -> None:
    red = np.zeros((90, 160, 3), np.uint8)
    red[..., 2] = 220
    cv2.imwrite(str(tmp_path / "red.png"), red)
    (frame,) = camera_move(read_photo(tmp_path / "red.png"), 160, 90, 1)
    assert frame.chroma is not None
    cb, cr = (int(c.mean()) for c in frame.chroma)
    assert cr > 200
    assert cb < 128
