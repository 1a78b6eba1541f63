"""Heat maps over one picture, and tracks that carry them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from core.domain.heat import HeatMap, as_heat, heat_shape
from core.domain.track import Track, empty_track, join_tracks

BASE = Fraction(1, 25)


def make_maps(count: int, rows: int = 3, columns: int = 4) -> NDArray[np.uint8]:
    return np.arange(count * rows * columns, dtype=np.uint8).reshape(count, rows, columns)


def make_track(first: int, count: int, maps: NDArray[np.uint8] | None) -> Track:
    pts = np.arange(first, first + count, dtype=np.int64)
    return Track("d", 0, BASE, pts, first + count, {"a": pts.astype(np.float32)}, maps)


@pytest.mark.parametrize(
    ("size", "shape"),
    [((1920, 1080), (34, 60)), ((224, 224), (7, 7)), ((1, 33), (2, 1)), ((32, 32), (1, 1))],
)
def test_the_map_covers_the_picture(size: tuple[int, int], shape: tuple[int, int]) -> None:
    assert heat_shape(*size) == shape


def test_a_pixel_is_told_by_its_cell() -> None:
    values = np.zeros((2, 2), np.uint8)
    values[1, 0], values[0, 1] = 255, 51
    heat = HeatMap(7, BASE, values, width=40, height=64)
    assert heat.at(31.9, 32) == 1.0
    assert heat.at(31.9, 31.9) == 0.0
    assert heat.at(32, 0) == pytest.approx(0.2)
    assert heat.at(39.9, 63.9) == 0.0


@pytest.mark.parametrize(("x", "y"), [(-0.1, 0), (0, -0.1), (40, 0), (0, 64), (39, 64)])
def test_beside_the_picture_there_is_no_probability(x: float, y: float) -> None:
    assert HeatMap(0, BASE, np.zeros((2, 2), np.uint8), 40, 64).at(x, y) is None


@pytest.mark.parametrize(
    "values", [np.zeros((2, 3), np.uint8), np.zeros((2, 2), np.int16), np.zeros(4, np.uint8)]
)
def test_a_map_of_another_size_or_kind_is_refused(values: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="40 x 64"):
        HeatMap(0, BASE, values, 40, 64)


def test_probabilities_become_the_nearest_values_and_next_to_nothing_none() -> None:
    given = np.array([0, 0.5, 1, 1.2, -1, 9.4 / 255, 9.6 / 255, 2.4 / 255, 2.6 / 255])
    np.testing.assert_array_equal(as_heat(given), [0, 128, 255, 255, 0, 9, 10, 0, 3])


@pytest.mark.parametrize(
    "maps",
    [
        np.zeros((2, 3, 4), np.uint8),
        np.zeros((3, 4), np.uint8),
        np.zeros((3, 3, 4), np.float32),
    ],
)
def test_maps_that_do_not_fit_the_rows_are_refused(maps: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="maps are"):
        make_track(0, 3, maps)


def test_joined_tracks_keep_the_map_of_every_row() -> None:
    maps = make_maps(6)
    parts = [
        make_track(3, 3, maps[3:]),
        empty_track("d", 0, BASE, ("a",), 9),
        make_track(0, 4, maps[:4]),
    ]
    joined = join_tracks(parts)
    assert (joined.pts.tolist(), joined.end) == ([0, 1, 2, 3, 4, 5], 9)
    assert joined.maps is not None
    np.testing.assert_array_equal(joined.maps, maps)


@pytest.mark.parametrize("other", [None, make_maps(2, 4, 4)])
def test_tracks_with_other_maps_are_not_joined(other: NDArray[np.uint8] | None) -> None:
    with pytest.raises(ValueError, match="maps do not belong together"):
        join_tracks([make_track(0, 2, make_maps(2)), make_track(2, 2, other)])


def test_a_piece_has_its_rows_their_maps_and_its_own_end() -> None:
    track = make_track(10, 5, make_maps(5))
    piece = track.piece(1, 3)
    assert (piece.pts.tolist(), piece.end) == ([11, 12], 13)
    assert piece.maps is not None
    np.testing.assert_array_equal(piece.maps, make_maps(5)[1:3])
    np.testing.assert_array_equal(piece.metrics["a"], [11, 12])
    assert track.piece(3, 5).end == 15
    assert (len(track.piece(2, 2)), track.piece(2, 2).end, track.piece(2, 2, 12).end) == (0, 0, 12)
