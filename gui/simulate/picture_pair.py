"""Clean and damaged picture side by side; a region is dragged on either."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.domain.finding import Region
from gui import theme
from gui.language import tr

_GAP = 8
_LEAST_SIDE = 0.01

Rgb = NDArray[np.uint8]


class PicturePair(QWidget):
    """Shows what a stretch looks like before and after.

    Signals:
        region_dragged: A `Region` that was drawn with the mouse.
    """

    region_dragged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Preview, clean and damaged"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 120)
        self._images: tuple[QImage, QImage] | None = None
        self._pixels: tuple[Rgb, Rgb] | None = None
        self._text = ""
        self._region: Region | None = None
        self._start: QPointF | None = None
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Two small pictures."""
        return QSize(760, 240)

    @property
    def pictures(self) -> tuple[Rgb, Rgb] | None:
        """What is shown, clean and damaged."""
        return self._pixels

    def set_pictures(self, clean: Rgb, damaged: Rgb) -> None:
        """Show two RGB pictures of one shape (height, width, 3)."""
        self._pixels = (np.ascontiguousarray(clean), np.ascontiguousarray(damaged))
        self._images = (_image(self._pixels[0]), _image(self._pixels[1]))
        self._text = ""
        self.update()

    def set_text(self, text: str) -> None:
        """Say something instead of the pictures."""
        self._images = self._pixels = None
        self._text = text
        self.update()

    def set_region(self, region: Region | None) -> None:
        """Frame a region; None is the whole picture."""
        self._region = region
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both, with their names."""
        colors = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors.letterbox)
        if self._images is None:
            painter.setPen(theme.DARK.text)
            wrapped = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(16, 8, -16, -8), wrapped, self._text)
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for image, box, name in zip(
            self._images, self._boxes(), (tr("Clean"), tr("Damaged")), strict=True
        ):
            painter.drawImage(box, image)
            if self._region is not None:
                painter.setPen(QPen(colors.mark, 1.5))
                painter.drawRect(_inside(box, self._region))
            painter.setPen(theme.DARK.text)
            painter.drawText(QPointF(box.left(), box.top() - 5), name)
        painter.end()

    def _boxes(self) -> tuple[QRectF, QRectF]:
        assert self._images is not None
        image = self._images[0]
        line = self.fontMetrics().height() + 6.0
        room_w, room_h = (self.width() - 3 * _GAP) / 2, self.height() - line - _GAP
        scale = min(room_w / image.width(), room_h / image.height())
        width, height = image.width() * scale, image.height() * scale
        top = line + (room_h - height) / 2
        left = _GAP + (room_w - width) / 2
        first = QRectF(left, top, width, height)
        return first, first.translated(room_w + _GAP, 0)

    # Dragging a region

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a region."""
        if event.button() is Qt.MouseButton.LeftButton and self._images is not None:
            self._start = event.position()
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the region as it grows."""
        if self._start is not None:
            self.set_region(self._between(self._start, event.position()) or self._region)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the region, unless it is next to nothing."""
        if self._start is None:
            return
        region = self._between(self._start, event.position())
        self._start = None
        if region is not None:
            self.set_region(region)
            self.region_dragged.emit(region)

    def _between(self, start: QPointF, end: QPointF) -> Region | None:
        box = next((b for b in self._boxes() if b.contains(start)), None)
        if box is None:
            return None
        xs = sorted(_clip((p.x() - box.left()) / box.width()) for p in (start, end))
        ys = sorted(_clip((p.y() - box.top()) / box.height()) for p in (start, end))
        if min(xs[1] - xs[0], ys[1] - ys[0]) < _LEAST_SIDE:
            return None
        return Region(xs[0], ys[0], xs[1], ys[1])


def _clip(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _inside(box: QRectF, region: Region) -> QRectF:
    return QRectF(
        box.left() + region.left * box.width(),
        box.top() + region.top * box.height(),
        (region.right - region.left) * box.width(),
        (region.bottom - region.top) * box.height(),
    )


def _image(rgb: Rgb) -> QImage:
    height, width = rgb.shape[:2]
    return QImage(rgb.data, width, height, rgb.strides[0], QImage.Format.Format_RGB888)
