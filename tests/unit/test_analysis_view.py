from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.analysis.view import PictureViews, is_picture
from core.domain.errors import BugError


class Frame:
    """A decoded frame that counts how often its luma is asked for."""

    def __init__(
        self, luma: NDArray[Any], depth: int = 8, chroma: NDArray[Any] | None = None
    ) -> None:
        self._luma = luma
        self._chroma = chroma
        self.depth = depth
        self.asked = 0
        self.colored = 0

    def luma(self) -> NDArray[Any]:
        self.asked += 1
        return self._luma

    def chroma(self) -> tuple[NDArray[Any], NDArray[Any]] | None:
        return None if self._chroma is None else (self._chroma[0], self._chroma[1])

    def rgb_stored(self) -> NDArray[np.uint8]:
        self.colored += 1
        return np.zeros((*self._luma.shape, 3), np.uint8)


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
    views = PictureViews(["luma", "luma/2", "luma/4", "luma/8", "audio", "events"]).of(frame)
    assert [views[name][0].shape[0] for name in views] == [32, 16, 8, 4]
    assert frame.asked == 1


def test_nothing_is_computed_before_it_is_looked_up() -> None:
    frame = Frame(noise(4, 4).astype(np.uint8))
    assert list(PictureViews(["events", "audio", "cues"]).of(frame)) == []
    views = PictureViews(["luma/2"]).of(frame)
    assert frame.asked == 0
    assert views["luma/2"] is views["luma/2"]
    assert frame.asked == 1


@pytest.mark.parametrize("subsampled", [(1, 1), (1, 2), (2, 2)])
@pytest.mark.parametrize("size", [(64, 96), (54, 98), (45, 61)])
def test_reduced_chroma_lies_on_the_grid_of_reduced_luma(
    subsampled: tuple[int, int], size: tuple[int, int]
) -> None:
    own = [-(-side // by) for side, by in zip(size, subsampled, strict=True)]
    chroma = np.stack([np.full(own, 100, np.uint8), np.full(own, 200, np.uint8)])
    chroma[:, : own[0] // 2] += 20
    frame = Frame(np.zeros(size, np.uint8), 8, chroma)
    views = PictureViews(["luma/8", "chroma/8", "chroma"]).of(frame)
    small, bits = views["chroma/8"]
    assert bits == 8
    assert small.shape == (2, *views["luma/8"][0].shape)
    assert small[0, 0, 0] == 120
    assert small[1, -1, -1] == 200
    np.testing.assert_array_equal(views["chroma"][0], chroma)


def test_ten_bit_chroma_is_reduced_to_eight_bits() -> None:
    frame = Frame(noise(16, 16, 1023), 10, np.full((2, 8, 8), 512, np.uint16))
    views = PictureViews(["chroma/4", "chroma"]).of(frame)
    assert (views["chroma/4"][0] == 128).all()
    assert views["chroma/4"][0].dtype == np.uint8
    assert views["chroma"][1] == 10


def test_picture_without_colour_has_neutral_chroma() -> None:
    views = PictureViews(["chroma/4", "chroma"]).of(Frame(noise(16, 16, 1023), 10))
    assert (views["chroma/4"][0] == 128).all()
    assert (views["chroma"][0] == 512).all()


def test_unknown_view_is_refused() -> None:
    with pytest.raises(BugError, match="luma/0"):
        PictureViews(["luma/0"])
    assert not is_picture("audio")
    assert is_picture("luma/4")


def test_colours_are_made_once_and_only_when_looked_up() -> None:
    frame = Frame(np.zeros((6, 8), np.uint8))
    views = PictureViews(["rgb", "luma"]).of(frame)
    assert views["luma"][0].shape == (6, 8)
    assert frame.colored == 0
    (picture, depth), again = views["rgb"], views["rgb"]
    assert (picture.shape, depth, frame.colored) == ((6, 8, 3), 8, 1)
    assert again[0] is picture
    assert is_picture("rgb")
