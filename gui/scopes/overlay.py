"""What scopes paint over the picture: safe areas, out-of-range pixels, fields, the probe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from core.compare.out_of_range import Zone
from core.compare.safe_area import SafeArea, safe_area
from core.compare.scope import probe
from core.compare.signal import StoredPicture
from core.domain.finding import Region
from gui import theme
from gui.language import tr
from gui.player.geometry import PictureGeometry
from gui.player.region import turned
from gui.scopes.lane import ZONE_COLORS

_GROUND = QColor(0, 0, 0, 190)
_SHADE = QColor(0, 0, 0, 130)
_PAD_PX = 7.0
_MARGIN_PX = 8.0
_LENS = 9
_LENS_PX = 96.0
_AREA_COLORS = {
    SafeArea.ACTION: QColor(120, 220, 255),
    SafeArea.TITLE: QColor(255, 224, 130),
    SafeArea.CUT: QColor(255, 255, 255),
}


class SafeAreaOverlay:
    """Frames of the safe areas; nothing while it is off."""

    def __init__(self) -> None:
        self.shown = False

    def __call__(self, painter: QPainter, geometry: PictureGeometry, _pts: int | None) -> None:
        """Paint the frames, each with its name."""
        if not self.shown:
            return
        names = {
            SafeArea.ACTION: tr("action 93 %"),
            SafeArea.TITLE: tr("title 90 %"),
            SafeArea.CUT: "4:3",
        }
        painter.resetTransform()
        painter.setFont(theme.mono_font(0.82))
        metrics = QFontMetricsF(painter.font())
        shift = 0.0
        for area, color in _AREA_COLORS.items():
            region = safe_area(area, geometry.width, geometry.height)
            if region is None:
                continue
            left, top = geometry.to_widget(
                region.left * geometry.width, region.top * geometry.height
            )
            right, bottom = geometry.to_widget(
                region.right * geometry.width, region.bottom * geometry.height
            )
            box = QRectF(QPointF(left, top), QPointF(right, bottom))
            style = Qt.PenStyle.DashLine if area is SafeArea.CUT else Qt.PenStyle.SolidLine
            painter.setPen(QPen(_SHADE, 3))
            painter.drawRect(box)
            painter.setPen(QPen(color, 1, style))
            painter.drawRect(box)
            text = names[area]
            width = metrics.horizontalAdvance(text) + 8
            # Side by side: the frames of two areas are too near for names above each other.
            place = QRectF(box.left() + 6, 0, width, metrics.height() + 2)
            place.moveBottom(box.bottom() - 2)
            place.translate(shift, 0)
            shift += width + 4
            painter.fillRect(place, _GROUND)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


class ZoneOverlay:
    """False colour over pixels that are out of range, and how many there are."""

    def __init__(self) -> None:
        self._pts: tuple[int, ...] = ()
        self._image: QImage | None = None
        self._shares: Mapping[Zone, float] = {}

    @property
    def image(self) -> QImage | None:
        """What is painted."""
        return self._image

    def set_zones(
        self, pts: tuple[int, ...], image: QImage | None, found: Mapping[Zone, float]
    ) -> None:
        """Paint this over the frames with these PTS; None for none."""
        self._pts, self._image, self._shares = pts, image, found

    def texts(self) -> list[tuple[Zone, str]]:
        """What is said about each zone that occurs."""
        names = {
            Zone.ABOVE: tr("above 246"),
            Zone.BELOW: tr("below 5"),
            Zone.BRIGHT: tr("above white"),
            Zone.DARK: tr("below black"),
            Zone.GAMUT: tr("RGB beyond ±5 %"),
        }
        return [
            (zone, f"{name} {_percent(self._shares[zone])}")
            for zone, name in names.items()
            if self._shares.get(zone, 0.0) > 0
        ]

    def __call__(self, painter: QPainter, geometry: PictureGeometry, pts: int | None) -> None:
        """Paint what belongs to this frame."""
        if self._image is None or pts not in self._pts:
            return
        painter.resetTransform()
        painter.drawImage(QRectF(*geometry.rect), self._image, QRectF(self._image.rect()))
        painter.setFont(theme.mono_font(0.88))
        metrics = QFontMetricsF(painter.font())
        lines = self.texts()
        words = [text for _, text in lines] or [tr("nothing out of range")]
        wide = max(metrics.horizontalAdvance(text) for text in words) + 2 * _PAD_PX + 16
        high = metrics.height() + 2
        left, top = max(geometry.left, 0.0) + _MARGIN_PX, max(geometry.top, 0.0) + 3 * _MARGIN_PX
        painter.fillRect(QRectF(left, top, wide, high * len(words) + 6), _GROUND)
        for number, text in enumerate(words):
            line = QRectF(left + _PAD_PX, top + 3 + number * high, wide, high)
            if lines:
                color = QColor(*ZONE_COLORS[lines[number][0]])
                painter.fillRect(QRectF(line.left(), line.center().y() - 5, 10, 10), color)
            painter.setPen(theme.DARK.text)
            painter.drawText(line.adjusted(16, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), text)


class FieldOverlay:
    """A single field in place of the picture."""

    def __init__(self) -> None:
        self._pts: tuple[int, ...] = ()
        self._images: Sequence[QImage] = ()
        self.number = 0
        self.name = ""

    @property
    def images(self) -> Sequence[QImage]:
        """The fields of the frame on screen, in order of display."""
        return self._images

    def set_fields(self, pts: tuple[int, ...], images: Sequence[QImage]) -> None:
        """Show these over the frames with these PTS, the first one first."""
        self._pts, self._images, self.number = pts, images, 0

    def __call__(self, painter: QPainter, geometry: PictureGeometry, pts: int | None) -> None:
        """Paint the field of this frame, and say that it is one."""
        if not self._images or pts not in self._pts:
            return
        image = self._images[self.number % len(self._images)]
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(*geometry.rect), image, QRectF(image.rect()))
        painter.setFont(theme.mono_font(0.88))
        metrics = QFontMetricsF(painter.font())
        left, top = max(geometry.left, 0.0) + _MARGIN_PX, max(geometry.top, 0.0) + _MARGIN_PX
        box = QRectF(
            left, top, metrics.horizontalAdvance(self.name) + 2 * _PAD_PX, metrics.height() + 4
        )
        painter.fillRect(box, _GROUND)
        painter.setPen(theme.DARK.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.name)


class ProbeOverlay:
    """The pixel under the pointer: its codes, and the pixels around it enlarged.

    Args:
        view: What is painted on.
    """

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._pointer: QPointF | None = None
        self._pts: int | None = None
        self._picture: StoredPicture | None = None
        self._rotation = 0
        self.shown = False

    def set_pointer(self, place: QPointF | None) -> None:
        """Take where the pointer is; None when it has left."""
        self._pointer = place

    def set_picture(self, pts: int | None, picture: StoredPicture | None, rotation: int) -> None:
        """Take the planes of the frame with this PTS."""
        self._pts, self._picture, self._rotation = pts, picture, rotation

    def pixel(self, geometry: PictureGeometry) -> tuple[int, int] | None:
        """The stored pixel under the pointer; None beside the picture."""
        if self._pointer is None or self._picture is None:
            return None
        x, y = geometry.to_picture(self._pointer.x(), self._pointer.y())
        share_x, share_y = x / geometry.width, y / geometry.height
        stored = turned(Region(share_x, share_y, share_x, share_y), (360 - self._rotation) % 360)
        width, height = self._picture.size
        column, row = int(stored.left * width // 1), int(stored.top * height // 1)
        inside = min(stored.left, stored.top) >= 0 and column < width and row < height
        return (column, row) if inside else None

    def texts(self, geometry: PictureGeometry) -> list[str]:
        """What is said about the pixel; empty beside the picture."""
        at = self.pixel(geometry)
        if at is None or self._picture is None:
            return []
        found, signal = probe(self._picture, *at), self._picture.signal
        luma, cb, cr = found.codes
        red, green, blue = (f"{share * 100:5.1f}".replace("-", "−") for share in found.shares)
        return [
            f"x {found.x}  y {found.y}",
            f"Y {luma}  Cb {cb}  Cr {cr}",
            f"R {red}  G {green}  B {blue} %",
            signal.text(),
        ]

    def __call__(self, painter: QPainter, geometry: PictureGeometry, pts: int | None) -> None:
        """Paint read-out and lens in a corner away from the pointer."""
        if not self.shown or self._picture is None or pts != self._pts:
            return
        texts, at = self.texts(geometry), self.pixel(geometry)
        if at is None or self._pointer is None:
            return
        painter.resetTransform()
        painter.setFont(theme.mono_font(0.9))
        metrics = QFontMetricsF(painter.font())
        wide = max(metrics.horizontalAdvance(text) for text in texts)
        high = max(metrics.height() * len(texts), _LENS_PX)
        room = QRectF(self._view.rect())
        box = QRectF(0, _MARGIN_PX, wide + _LENS_PX + 3 * _PAD_PX, high + 2 * _PAD_PX)
        box.moveRight(room.right() - _MARGIN_PX)
        if box.adjusted(-48, -48, 48, 48).contains(self._pointer):
            box.moveBottom(room.bottom() - _MARGIN_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(box, 5, 5)
        self._paint_lens(painter, box, *at)
        painter.setPen(theme.DARK.text)
        for number, text in enumerate(texts):
            top = box.top() + _PAD_PX + number * metrics.height()
            painter.drawText(
                QPointF(box.left() + _LENS_PX + 2 * _PAD_PX, top + metrics.ascent()), text
            )

    def _paint_lens(self, painter: QPainter, box: QRectF, column: int, row: int) -> None:
        assert self._picture is not None
        pixels = lens_pixels(self._picture, column, row)
        if self._rotation:
            pixels = np.ascontiguousarray(np.rot90(pixels, -self._rotation // 90))
        image = QImage(pixels.data, _LENS, _LENS, 4 * _LENS, QImage.Format.Format_RGB32)
        place = QRectF(box.left() + _PAD_PX, box.top() + _PAD_PX, _LENS_PX, _LENS_PX)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(place, image, QRectF(image.rect()))
        cell = _LENS_PX / _LENS
        middle = QRectF(
            place.left() + _LENS // 2 * cell, place.top() + _LENS // 2 * cell, cell, cell
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0), 3))
        painter.drawRect(middle)
        painter.setPen(QPen(QColor(255, 255, 255), 1.2))
        painter.drawRect(middle)


def lens_pixels(picture: StoredPicture, column: int, row: int) -> np.ndarray:
    """The stored pixels around one, as uint32 (9, 9) for the screen; black beside the picture."""
    pixels = np.full((_LENS, _LENS), 0xFF000000, np.uint32)
    width, height = picture.size
    half = _LENS // 2
    for down in range(_LENS):
        for across in range(_LENS):
            x, y = column + across - half, row + down - half
            if 0 <= x < width and 0 <= y < height:
                shares = probe(picture, x, y).shares
                red, green, blue = (min(max(round(s * 255), 0), 255) for s in shares)
                pixels[down, across] = 0xFF000000 | red << 16 | green << 8 | blue
    return pixels


def _percent(share: float) -> str:
    value = share * 100
    return "<0.1 %" if 0 < value < 0.1 else f"{value:.1f} %"
