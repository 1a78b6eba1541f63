"""Two pictures on one screen: side by side, wiped, laid over each other, or their difference."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.compare.difference import difference, overlay
from gui import theme
from gui.compare.lane import Pair
from gui.language import tr
from gui.player.geometry import PictureGeometry, Viewport

_GRIP_PX = 9.0
_GAP_PX = 4
_WHEEL_STEP = 1.25
_GROUND = QColor(0, 0, 0, 185)
_A_COLOR, _B_COLOR = QColor("#ffd166"), QColor("#7cc4f5")


class Mode(StrEnum):
    """How two pictures share the screen."""

    SIDE = "side"
    WIPE = "wipe"
    OVERLAY = "overlay"
    DIFFERENCE = "difference"
    SINGLE = "single"


class CompareView(QWidget):
    """Shows a `Pair`.

    Signals:
        size_wanted: Physical pixels, width and height, that a picture needs now.
        wiped: Where the wipe stands now, 0..1.
        painted: The picture that a flip asked for has been painted.
    """

    size_wanted = Signal(int, int)
    wiped = Signal(float)
    painted = Signal()

    def __init__(self, names: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Comparison"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._names = names
        self._size = (16, 9)
        self._viewport = Viewport()
        self._pair: Pair | None = None
        self._images: list[QImage | None] = [None, None]
        self._mixed: QImage | None = None
        self._text = ""
        self._drag: QPointF | None = None
        self._wiping = False
        self._asked: tuple[int, int] | None = None
        self.mode = Mode.WIPE
        self.flipped = False
        self.wipe = 0.5
        self.gain = 4.0
        self.share = 0.5
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A modest 16:9."""
        return QSize(1120, 560)

    # What is shown

    @property
    def pair(self) -> Pair | None:
        """What is shown."""
        return self._pair

    def set_shape(self, width: int, height: int) -> None:
        """Take the display size of the first file's picture."""
        self._size = (max(width, 1), max(height, 1))
        self._layout_changed()

    def set_pair(self, pair: Pair) -> None:
        """Show a pair."""
        self._pair, self._text = pair, ""
        self._images = [_image(pair.first), None if pair.second is None else _image(pair.second)]
        self._mixed = None
        self.update()

    def say(self, text: str) -> None:
        """Say something instead."""
        self._text, self._pair, self._images = text, None, [None, None]
        self.update()

    def set_mode(self, mode: Mode) -> None:
        """Share the screen in another way."""
        self.mode, self._mixed = mode, None
        self._layout_changed()

    def set_gain(self, gain: float) -> None:
        """Enlarge differences so many times."""
        self.gain, self._mixed = gain, None
        self.update()

    def set_share(self, share: float) -> None:
        """How much of the second picture shows in the overlay, 0..1."""
        self.share, self._mixed = share, None
        self.update()

    def set_wipe(self, share: float) -> None:
        """Put the wipe there: left of it is the first picture."""
        self.wipe = min(max(share, 0.0), 1.0)
        self.wiped.emit(self.wipe)
        self.update()

    def flip(self) -> None:
        """Show the other picture in place of the one; both are in memory."""
        self.flipped = not self.flipped
        self.update()

    def fit(self) -> None:
        """Show the whole pictures."""
        self._viewport = Viewport()
        self._layout_changed()

    # Geometry

    def areas(self) -> list[QRectF]:
        """Where pictures go: two beside each other, or one."""
        if self.mode is not Mode.SIDE:
            return [QRectF(self.rect())]
        half = (self.width() - _GAP_PX) / 2
        return [
            QRectF(0, 0, half, self.height()),
            QRectF(half + _GAP_PX, 0, half, self.height()),
        ]

    def geometry_in(self, area: QRectF) -> PictureGeometry:
        """Where the picture lies in an area, in that area's coordinates."""
        return self._viewport.geometry(
            self._size, (round(area.width()), round(area.height())), self.devicePixelRatioF()
        )

    def _layout_changed(self) -> None:
        geometry = self.geometry_in(self.areas()[0])
        zoom = min(geometry.zoom, 1.0)
        size = (max(round(geometry.width * zoom), 1), max(round(geometry.height * zoom), 1))
        if size != self._asked:
            self._asked = size
            self.size_wanted.emit(*size)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures of the new size."""
        super().resizeEvent(event)
        self._layout_changed()

    # Mouse

    def _wipe_x(self) -> float:
        left, _, width, _ = self.geometry_in(QRectF(self.rect())).rect
        return left + self.wipe * width

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the wipe, or of the picture."""
        near = abs(event.position().x() - self._wipe_x()) <= _GRIP_PX
        self._wiping = self.mode is Mode.WIPE and (near or self._viewport.zoom is None)
        self._drag = event.position()
        if self._wiping:
            self._wipe_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the wipe along, or pan."""
        near = abs(event.position().x() - self._wipe_x()) <= _GRIP_PX
        shape = Qt.CursorShape.SplitHCursor if near and self.mode is Mode.WIPE else None
        self.setCursor(shape) if shape is not None else self.unsetCursor()
        if self._wiping:
            self._wipe_to(event.position().x())
        elif self._drag is not None and self._viewport.zoom is not None:
            move = event.position() - self._drag
            self._drag = event.position()
            geometry = self.geometry_in(self.areas()[0])
            self._viewport = self._viewport.panned(geometry, move.x(), move.y())
            self._layout_changed()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._drag, self._wiping = None, False

    def _wipe_to(self, x: float) -> None:
        left, _, width, _ = self.geometry_in(QRectF(self.rect())).rect
        self.set_wipe((x - left) / max(width, 1.0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer, both pictures alike."""
        steps = event.angleDelta().y() / 120.0
        areas = self.areas()
        area = next((a for a in areas if a.contains(event.position())), areas[0])
        place = event.position() - area.topLeft()
        geometry = self.geometry_in(area)
        self._viewport = self._viewport.zoomed(
            geometry,
            (round(area.width()), round(area.height())),
            geometry.zoom * _WHEEL_STEP**steps,
            place.x(),
            place.y(),
        )
        self._layout_changed()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what the mode asks for."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().letterbox)
        if self._pair is None:
            painter.setPen(theme.DARK.text_muted)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(24, 8, -24, -8), flags, self._text)
        else:
            self._paint_mode(painter)
        painter.end()
        self.painted.emit()

    def _paint_mode(self, painter: QPainter) -> None:
        areas = self.areas()
        order = (1, 0) if self.flipped else (0, 1)
        if self.mode is Mode.SIDE:
            for area, number in zip(areas, order, strict=True):
                self._paint_one(painter, area, number)
                self._name(painter, area, number)
            return
        area = areas[0]
        if self.mode is Mode.SINGLE:
            self._paint_one(painter, area, order[0])
            self._name(painter, area, order[0])
        elif self.mode is Mode.WIPE:
            x = self._wipe_x()
            for number, part in (
                (order[0], QRectF(0, 0, x, area.height())),
                (order[1], QRectF(x, 0, max(area.width() - x, 0), area.height())),
            ):
                painter.setClipRect(part)
                self._paint_one(painter, area, number)
            painter.setClipping(False)
            self._paint_wipe(painter, x)
            self._name(painter, area, order[0])
            self._name(painter, area, order[1], right=True)
        else:
            self._paint_mixed(painter, area)

    def _paint_one(self, painter: QPainter, area: QRectF, number: int) -> None:
        image = self._images[number]
        painter.save()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        if image is None:
            painter.setPen(theme.DARK.text_muted)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tr("Nothing to show at this time"))
        else:
            self._draw(painter, area, image)
        painter.restore()

    def _draw(self, painter: QPainter, area: QRectF, image: QImage) -> None:
        geometry = self.geometry_in(area)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, geometry.zoom <= 2.0)
        place = QRectF(*geometry.rect).translated(area.topLeft())
        painter.drawImage(place, image, QRectF(image.rect()))

    def _paint_mixed(self, painter: QPainter, area: QRectF) -> None:
        assert self._pair is not None
        if self._pair.second is None:
            self._paint_one(painter, area, 1)
            return
        if self._mixed is None:
            first, second = self._pair.first, self._pair.second
            if self.mode is Mode.DIFFERENCE:
                self._mixed = _image(difference(first, second, self.gain))
            else:
                self._mixed = _image(overlay(first, second, self.share))
        self._draw(painter, area, self._mixed)
        self._name(painter, area, 0)
        self._name(painter, area, 1, right=True)

    def _paint_wipe(self, painter: QPainter, x: float) -> None:
        painter.setPen(QPen(QColor(0, 0, 0, 160), 3))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(QColor(255, 255, 255), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(_GROUND)
        middle = QPointF(x, self.height() / 2)
        painter.drawEllipse(middle, _GRIP_PX, _GRIP_PX)
        painter.drawLine(middle + QPointF(-5, 0), middle + QPointF(5, 0))

    def _name(self, painter: QPainter, area: QRectF, number: int, right: bool = False) -> None:
        metrics = QFontMetricsF(painter.font())
        letter = "AB"[number]
        room = area.width() / 2 - 60
        name = metrics.elidedText(self._names[number], Qt.TextElideMode.ElideMiddle, room)
        text = f"{letter}  {name}"
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 14, metrics.height() + 6)
        box.moveTop(8)
        if right:
            box.moveRight(area.right() - 8)
        else:
            box.moveLeft(area.left() + 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(_B_COLOR if number else _A_COLOR)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    """Without a copy: whoever keeps the image keeps the pixels."""
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
    image._pixels = pixels  # type: ignore[attr-defined]
    return image
