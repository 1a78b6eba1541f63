"""Places of flags are drawn where they are: over the picture, and over the spectrogram."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from core.domain.finding import Region
from core.domain.time import Span
from gui.player.geometry import PictureGeometry
from gui.player.region import Marked, RegionOverlay, turned

SPAN = Span(10, 20, Fraction(1, 25))
RED = QColor(255, 0, 0)


def painted(overlay: RegionOverlay, pts: int | None) -> np.ndarray:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 90, 90))
    painter = QPainter(image)
    painter.setTransform(QTransform.fromScale(0.2, 0.2), True)
    overlay(painter, PictureGeometry(2000, 1000, 0, 50, 0.2), pts)
    painter.end()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(300, 400, 4)
    return data[..., :3].copy()


def overlay_of(region: Region) -> RegionOverlay:
    overlay = RegionOverlay()
    overlay.set_marked([Marked("a", SPAN, region, RED, "Hot pixel")])
    return overlay


@pytest.mark.usefixtures("qapp")
def test_region_is_framed_while_its_flag_lasts_and_not_hidden() -> None:
    overlay = overlay_of(Region(0.25, 0.25, 0.75, 0.75))
    shown = painted(overlay, 10)
    framed = np.argwhere((shown == (0, 0, 255)).all(axis=-1))
    top, left = framed.min(axis=0)
    bottom, right = framed.max(axis=0)
    assert (left, top) == pytest.approx((100, 100), abs=4)
    assert (right, bottom) == pytest.approx((300, 200), abs=4)
    assert (shown[110:190, 110:290] == 90).all()
    for outside in (9, 20, None):
        assert (painted(overlay, outside) == 90).all()


@pytest.mark.usefixtures("qapp")
def test_single_pixel_gets_a_frame_that_can_be_seen() -> None:
    shown = painted(overlay_of(Region(0.5, 0.5, 0.5005, 0.501)), 12)
    framed = np.argwhere((shown == (0, 0, 255)).all(axis=-1))
    assert np.ptp(framed, axis=0).min() >= 13


@pytest.mark.usefixtures("qapp")
def test_selected_region_is_named() -> None:
    overlay = overlay_of(Region(0.25, 0.25, 0.75, 0.75))
    plain = painted(overlay, 12)
    overlay.set_selected("a")
    named = painted(overlay, 12)
    assert (plain[80:97] == 90).all()
    assert not (named[80:97] == 90).all()


@pytest.mark.parametrize(
    ("degrees", "expected"),
    [
        (0, (0.0, 0.0, 0.2, 0.1)),
        (90, (0.9, 0.0, 1.0, 0.2)),
        (180, (0.8, 0.9, 1.0, 1.0)),
        (270, (0.0, 0.8, 0.1, 1.0)),
    ],
)
def test_region_turns_with_the_picture(degrees: int, expected: tuple[float, ...]) -> None:
    region = turned(Region(0.0, 0.0, 0.2, 0.1), degrees)
    assert (region.left, region.top, region.right, region.bottom) == pytest.approx(expected)
