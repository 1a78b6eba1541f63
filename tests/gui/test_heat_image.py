"""What a heat map looks like: colours, place, rotation, outlines and values."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.domain.heat import HeatMap, heat_shape
from gui import theme
from gui.player.geometry import PictureGeometry
from gui.player.heat import cell_at
from gui.player.heat_color import heat_rgb, heat_table
from gui.player.heat_image import HeatLook, HeatPicture, HeatPlace, HeatStyle, draw_heat, heat_text

BASE = Fraction(1, 25)
FILL = HeatLook(0.3, 1.0, HeatStyle.FILL)


@pytest.fixture(autouse=True)
def _dark(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")


def heat_of(
    warm: dict[tuple[int, int], float], width: int = 320, height: int = 176, pts: int = 5
) -> HeatMap:
    values = np.zeros(heat_shape(width, height), np.uint8)
    for cell, probability in warm.items():
        values[cell] = round(probability * 255)
    return HeatMap(pts, BASE, values, width, height)


def place_of(
    width: int, height: int, rotation: int = 0, zoom: float = 1.0, ratio: float = 1.0
) -> HeatPlace:
    geometry = PictureGeometry(width, height, 10.0, 20.0, zoom / ratio, ratio)
    return HeatPlace(geometry, (4000, 4000), rotation)


def painted(picture: HeatPicture, geometry: PictureGeometry | None = None) -> NDArray[np.uint8]:
    """Alpha, red, green, blue as (height, width, 4) of an empty widget with the map on it."""
    geometry = geometry or picture.place.geometry
    image = QImage(1200, 1200, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(geometry.device_ratio)
    image.fill(0)
    painter = QPainter(image)
    picture.paint(painter, geometry)
    painter.end()
    bgra = np.frombuffer(image.constBits(), np.uint8).reshape(1200, 1200, 4)
    return bgra[..., ::-1].copy()


def strong_box(argb: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is at least half as opaque as the most opaque."""
    strong = np.argwhere(argb[..., 0] * 2.0 >= argb[..., 0].max())
    (top, left), (bottom, right) = strong.min(axis=0), strong.max(axis=0) + 1
    return left, top, right, bottom


def test_below_the_threshold_nothing_shows_and_above_it_opacity_rises() -> None:
    table = heat_table(HeatLook(0.3).level, 0.8)
    alpha = (table >> 24).astype(int)
    assert (alpha[:77] == 0).all()
    assert (alpha[77:] > 0).all()
    assert (np.diff(alpha[77:]) >= 0).all()
    assert alpha[255] == round(0.8 * 255)
    assert heat_table(HeatLook(0.0).level, 0.8)[0] == 0


def test_colours_are_ordered_by_lightness_in_even_steps() -> None:
    def lightness(level: int) -> float:
        y = theme._luminance(heat_rgb(level))
        return 116 * y ** (1 / 3) - 16

    steps = -np.diff([lightness(level) for level in range(0, 256, 17)])
    assert steps.min() > 2.5
    assert steps.max() < 2.5 * steps.min()


@pytest.mark.parametrize(
    ("rotation", "size", "box"),
    [
        (0, (320, 176), (64 + 10, 32 + 20, 96 + 10, 64 + 20)),
        (90, (176, 320), (176 - 64 + 10, 64 + 20, 176 - 32 + 10, 96 + 20)),
        (180, (320, 176), (320 - 96 + 10, 176 - 64 + 20, 320 - 64 + 10, 176 - 32 + 20)),
        (270, (176, 320), (32 + 10, 320 - 96 + 20, 64 + 10, 320 - 64 + 20)),
    ],
)
def test_a_cell_is_painted_where_it_is_however_the_title_is_turned(
    rotation: int, size: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    picture = draw_heat(heat_of({(1, 2): 0.9}), place_of(*size, rotation), FILL)
    assert strong_box(painted(picture)) == pytest.approx(box, abs=2)


def test_wide_pixels_stretch_the_map_with_the_picture() -> None:
    picture = draw_heat(heat_of({(1, 2): 0.9}), place_of(640, 176), FILL)
    assert strong_box(painted(picture)) == pytest.approx((138, 52, 202, 84), abs=3)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_zoomed_in_the_map_stays_on_its_place(ratio: float) -> None:
    picture = draw_heat(heat_of({(1, 2): 0.9}), place_of(320, 176, 0, 3.0, ratio), FILL)
    left, top = 10 * ratio + 64 * 3, 20 * ratio + 32 * 3
    wanted = (left, top, left + 96, top + 96)
    assert strong_box(painted(picture)) == pytest.approx(wanted, abs=3)


def test_cells_that_reach_over_the_picture_are_cut_at_its_edge() -> None:
    heat = heat_of({(row, 9): 1.0 for row in range(6)}, 310, 170)
    shown = painted(draw_heat(heat, place_of(310, 170), FILL))
    reach = np.argwhere(shown[..., 0] > 0).max(axis=0)
    assert tuple(reach) == (20 + 170 - 1, 10 + 310 - 1)


def test_only_what_is_warm_and_in_sight_takes_memory() -> None:
    assert draw_heat(heat_of({(1, 2): 0.29}), place_of(320, 176), FILL).image is None
    one = draw_heat(heat_of({(1, 2): 0.9}), place_of(320, 176), FILL)
    assert 0 < one.nbytes <= (3 * 32 + 2) ** 2 * 4
    beside = HeatPlace(PictureGeometry(320, 176, -200.0, 0.0, 1.0), (100, 100))
    assert draw_heat(heat_of({(1, 2): 0.9}), beside, FILL).image is None


def test_outlines_run_around_warm_cells_and_leave_them_clear() -> None:
    look = HeatLook(0.3, 1.0, HeatStyle.CONTOURS)
    heat = heat_of({(1, 2): 0.9, (1, 3): 0.5})
    shown = painted(draw_heat(heat, place_of(320, 176), look))
    light = np.argwhere((shown[..., 1:] == 255).all(axis=-1))
    (top, left), (bottom, right) = light.min(axis=0), light.max(axis=0)
    assert (left, top, right, bottom) == pytest.approx((74, 52, 138, 84), abs=1)
    assert not shown[58:78, 80:132].any()


@pytest.mark.parametrize(("zoom", "labelled"), [(1.0, False), (2.0, True)])
def test_values_are_written_into_cells_once_they_can_be_read(zoom: float, labelled: bool) -> None:
    look = HeatLook(0.3, 1.0, HeatStyle.CONTOURS)
    shown = painted(draw_heat(heat_of({(1, 2): 0.9}), place_of(320, 176, 0, zoom), look))
    left, top = round(10 + 64 * zoom), round(20 + 32 * zoom)
    side = round(32 * zoom)
    inside = shown[top + 5 : top + side - 5, left + 5 : left + side - 5]
    assert bool(inside.any()) is labelled


def test_a_map_drawn_for_another_zoom_is_scaled_to_its_place_meanwhile() -> None:
    picture = draw_heat(heat_of({(1, 2): 0.9}), place_of(320, 176), FILL)
    moved = PictureGeometry(320, 176, 30.0, 0.0, 2.0)
    assert strong_box(painted(picture, moved)) == pytest.approx((158, 64, 222, 128), abs=4)


@pytest.mark.parametrize(
    ("rotation", "x", "y", "cell"),
    [
        (0, 0.22, 0.2, (1, 2)),
        (90, 0.8, 0.22, (1, 2)),
        (180, 0.78, 0.8, (1, 2)),
        (270, 0.2, 0.78, (1, 2)),
        (0, 0.999, 0.999, (5, 9)),
    ],
)
def test_the_cell_under_a_point_is_found(
    rotation: int, x: float, y: float, cell: tuple[int, int]
) -> None:
    found = cell_at(x, y, (320, 176), rotation)
    assert found is not None
    assert (found.row, found.column) == cell


def test_a_cell_tells_its_value_and_its_pixels() -> None:
    found = cell_at(0.999, 0.999, (320, 176), 0)
    assert found is not None
    heat = heat_of({(5, 9): 0.87})
    assert found.text(heat) == "cell 5,9 · 0.87 · x 288–320, y 160–176"
    assert found.text(None) == "cell 5,9 · no map · x 288–320, y 160–176"
    assert cell_at(1.0, 0.5, (320, 176), 0) is None
    assert cell_at(0.5, -0.01, (320, 176), 0) is None


def test_nearly_certain_is_not_written_as_certain() -> None:
    assert (heat_text(0.998), heat_text(1.0), heat_text(0.004)) == ("0.99", "1.00", "0.00")
