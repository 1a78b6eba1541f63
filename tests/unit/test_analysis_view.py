from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.analysis.view import PictureViews, is_picture
from core.domain.errors import BugError


class Frame:
    """A decoded frame that counts how often its luma is asked for."""

    def __init__(self, luma: NDArray[Any], depth: int = 8) -> None:
        self._luma = luma
        self.depth = depth
        self.asked = 0

    def luma(self) -> NDArray[Any]:
        self.asked += 1
        return self._luma


def noise(height: int, width: int, top: int = 255) -> NDArray[np.uint16]:
    return np.random.default_rng(7).integers(0, top + 1, (height, width)).astype(np.uint16)


@pytest.mark.parametrize("factor", [2, 3, 4, 8, 16])
@pytest.mark.parametrize(("depth", "kind"), [(8, np.uint8), (10, np.uint16)])
def test_reduced_luma_is_the_block_mean_at_eight_bits(factor: int, depth: int, kind: type) -> None:
    height, width = 5 * factor, 7 * factor
    luma: NDArray[Any] = noise(height, width, (1 << depth) - 1).astype(kind)
    name = f"luma/{factor}"
    picture, bits = PictureViews([name]).of(Frame(luma, depth))[name]
    means = luma.reshape(5, factor, 7, factor).mean(axis=(1, 3)) / (1 << (depth - 8))
    assert bits == 8
    assert picture.dtype == np.uint8
    assert picture.shape == (5, 7)
    # Halving rounds at each step, and the shift to eight bits cuts off.
    assert np.abs(picture - means).max() <= 1.5


def test_edges_that_fill_no_block_are_left_out() -> None:
    luma = np.zeros((9, 11), np.uint8)
    luma[8, :] = luma[:, 8:] = 255
    picture, _ = PictureViews(["luma/4"]).of(Frame(luma))["luma/4"]
    assert picture.shape == (2, 2)
    assert not picture.any()


def test_picture_smaller_than_a_block_still_has_a_pixel() -> None:
    picture, _ = PictureViews(["luma/8"]).of(Frame(np.full((3, 2), 77, np.uint8)))["luma/8"]
    assert picture.shape == (1, 1)
    assert picture[0, 0] == 77


def test_full_luma_keeps_depth_and_memory() -> None:
    luma = noise(4, 4, 1023)
    picture, bits = PictureViews(["luma"]).of(Frame(luma, 10))["luma"]
    assert bits == 10
    assert np.shares_memory(picture, luma)


def test_frame_is_asked_once_however_many_views_there_are() -> None:
    frame = Frame(noise(32, 32).astype(np.uint8))
    PictureViews(["luma", "luma/2", "luma/4", "luma/8", "audio", "events"]).of(frame)
    assert frame.asked == 1


def test_nothing_is_computed_when_no_picture_is_wanted() -> None:
    frame = Frame(noise(4, 4).astype(np.uint8))
    assert PictureViews(["events", "audio"]).of(frame) == {}
    assert frame.asked == 0


def test_unknown_view_is_refused() -> None:
    with pytest.raises(BugError, match="luma/0"):
        PictureViews(["luma/0"])
    assert not is_picture("audio")
    assert is_picture("luma/4")
