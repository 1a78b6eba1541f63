"""Where in the picture flags are: a frame around each region, the selected one named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.domain.finding import Region
from core.domain.time import Span
from gui import theme
from gui.player.geometry import PictureGeometry

_SMALLEST_PX = 14.0
_PAD_PX = 4.0
_GROUND = QColor(0, 0, 0, 170)


@dataclass(frozen=True, slots=True)
class Marked:
    """A place in the picture for some time.

    Attributes:
        key: Whose it is.
        span: When, in the base of the picture stream.
        region: Where in the picture as it is stored.
        color: How it is drawn.
        name: What it is called.
    """

    key: str
    span: Span
    region: Region
    color: QColor
    name: str


class RegionOverlay:
    """An overlay of `PictureView`; give it to `add_overlay`.

    A frame is at least 14 pixels wide and high on screen and lies around its region, so that it
    never hides what it points at.
    """

    def __init__(self) -> None:
        self._marked: tuple[Marked, ...] = ()
        self._selected = ""
        self._rotation = 0

    def set_rotation(self, degrees: int) -> None:
        """How far the picture is turned clockwise for display: 0, 90, 180 or 270."""
        self._rotation = degrees

    def set_marked(self, marked: Sequence[Marked]) -> None:
        """Take what can be shown."""
        self._marked = tuple(marked)

    def set_selected(self, key: str) -> None:
        """Name this one and draw it stronger."""
        self._selected = key

    def __call__(self, painter: QPainter, geometry: PictureGeometry, pts: int | None) -> None:
        """Paint what is there at a PTS."""
        shown = [m for m in self._marked if pts is not None and m.span.start <= pts < m.span.end]
        if not shown:
            return
        # In widget coordinates lines and letters keep their size at any zoom.
        painter.resetTransform()
        for mark in sorted(shown, key=lambda mark: mark.key == self._selected):
            box = _box(geometry, turned(mark.region, self._rotation))
            selected = mark.key == self._selected
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(_GROUND, 5 if selected else 3))
            painter.drawRect(box)
            painter.setPen(QPen(mark.color, 2.5 if selected else 1))
            painter.drawRect(box)
            if selected:
                _write(painter, geometry, box, mark.name)


def turned(region: Region, degrees: int) -> Region:
    """A region of the stored picture in the picture that is turned clockwise for display."""
    left, top, right, bottom = region.left, region.top, region.right, region.bottom
    if degrees == 90:
        return Region(1 - bottom, left, 1 - top, right)
    if degrees == 180:
        return Region(1 - right, 1 - bottom, 1 - left, 1 - top)
    if degrees == 270:
        return Region(top, 1 - right, bottom, 1 - left)
    return region


def _box(geometry: PictureGeometry, region: Region) -> QRectF:
    low = geometry.to_widget(region.left * geometry.width, region.top * geometry.height)
    high = geometry.to_widget(region.right * geometry.width, region.bottom * geometry.height)
    box = QRectF(QPointF(*low), QPointF(*high))
    wider = max(_SMALLEST_PX - box.width(), 0.0) / 2 + 2
    taller = max(_SMALLEST_PX - box.height(), 0.0) / 2 + 2
    return box.adjusted(-wider, -taller, wider, taller)


def _write(painter: QPainter, geometry: PictureGeometry, box: QRectF, name: str) -> None:
    """The name above the box, or below where there is no room, and never beside the picture."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(name) + 2 * _PAD_PX, metrics.height() + 2.0
    left, top, wide, tall = geometry.rect
    x = min(max(box.left(), left), max(left + wide - width, left))
    y = box.top() - height - 2
    if y < max(top, 0.0):
        y = min(box.bottom() + 2, top + tall - height)
    label = QRectF(x, y, width, height)
    painter.fillRect(label, _GROUND)
    painter.setPen(theme.DARK.text)
    painter.drawText(label, Qt.AlignmentFlag.AlignCenter, name)
