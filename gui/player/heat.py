"""The heat map over the picture: what is painted, what is said about it, what lies where."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from core.domain.finding import Region
from core.domain.heat import CELL_PX, FULL, HeatMap
from gui import theme
from gui.language import tr
from gui.player.geometry import PictureGeometry
from gui.player.heat_image import HeatPicture, heat_text
from gui.player.region import turned
from gui.timeline.paint import paint_hatch

_GROUND = QColor(0, 0, 0, 185)
_MARGIN_PX = 8.0
_PAD_PX = 7.0
_EDGE_PX = 6.0


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell under a point of the picture.

    Attributes:
        row: From the top of the stored picture, from 0.
        column: From its left edge.
        left, top, right, bottom: The part of it inside the picture, in stored pixels.
    """

    row: int
    column: int
    left: int
    top: int
    right: int
    bottom: int

    def text(self, heat: HeatMap | None) -> str:
        """What the screen says: `cell 12,33 · 0.87 · x 1056–1088, y 384–416`."""
        value = tr("no map")
        if heat is not None:
            value = heat_text(float(heat.values[self.row, self.column]) / FULL)
        where = f"x {self.left}–{self.right}, y {self.top}–{self.bottom}"
        return tr(
            "cell {row},{column} · {value} · {where}",
            row=self.row,
            column=self.column,
            value=value,
            where=where,
        )


def cell_at(x: float, y: float, size: tuple[int, int], rotation: int) -> HeatCell | None:
    """The cell at a point of the displayed picture.

    Args:
        x: Fraction of its width from the left.
        y: Fraction of its height from the top.
        size: Width and height of the stored picture in pixels.
        rotation: Degrees by which the stored picture is turned clockwise for display.

    Returns:
        The cell; None beside the picture.
    """
    stored = turned(Region(x, y, x, y), (360 - rotation) % 360)
    width, height = size
    column_px, row_px = int(stored.left * width), int(stored.top * height)
    if min(stored.left, stored.top) < 0 or column_px >= width or row_px >= height:
        return None
    column, row = column_px // CELL_PX, row_px // CELL_PX
    left, top = column * CELL_PX, row * CELL_PX
    return HeatCell(row, column, left, top, min(left + CELL_PX, width), min(top + CELL_PX, height))


def _hatch_edge(painter: QPainter, box: QRectF) -> None:
    """Hatch a narrow edge inside a box."""
    wide, tall, edge = box.width(), box.height(), _EDGE_PX
    for part in (
        QRectF(box.left(), box.top(), wide, edge),
        QRectF(box.left(), box.bottom() - edge, wide, edge),
        QRectF(box.left(), box.top() + edge, edge, tall - 2 * edge),
        QRectF(box.right() - edge, box.top() + edge, edge, tall - 2 * edge),
    ):
        painter.fillRect(part, _GROUND)
        paint_hatch(painter, part, theme.DARK.text_muted)


class HeatOverlay:
    """An overlay of `PictureView`; give it to `add_overlay`.

    It paints a map only over the frame that it was given for, so it can never be out of step.

    Args:
        view: What is painted on.

    Attributes:
        state: What is said about the map; empty says nothing.
        unknown: Nobody looked at this frame: its edge is hatched, as all that is not known.
    """

    def __init__(self, view: QWidget) -> None:
        self._view = view
        self._pts: int | None = None
        self._picture: HeatPicture | None = None
        self._size: tuple[int, int] | None = None
        self._rotation = 0
        self._pointer: QPointF | None = None
        self.state = ""
        self.unknown = False

    @property
    def picture(self) -> HeatPicture | None:
        """What is painted over the frame on screen."""
        return self._picture

    def set_stream(self, size: tuple[int, int] | None, rotation: int = 0) -> None:
        """Take the size of the stored picture, or None for no heat map at all."""
        self._size, self._rotation = size, rotation
        if size is None:
            self.set_picture(None, None)

    def set_picture(self, pts: int | None, picture: HeatPicture | None) -> None:
        """Paint this over the frame with this PTS."""
        self._pts, self._picture = pts, picture

    def set_pointer(self, place: QPointF | None, geometry: PictureGeometry) -> bool:
        """Say what lies at this place of the widget; None when the pointer is elsewhere.

        Returns:
            Whether another cell lies there than before.
        """
        before = self.readout(geometry, self._pts)
        self._pointer = place
        return self.readout(geometry, self._pts) != before

    def readout(self, geometry: PictureGeometry, pts: int | None) -> str:
        """What lies under the pointer; empty where there is nothing to say."""
        if self._pointer is None or self._size is None:
            return ""
        x, y = geometry.to_picture(self._pointer.x(), self._pointer.y())
        cell = cell_at(x / geometry.width, y / geometry.height, self._size, self._rotation)
        if cell is None:
            return ""
        ours = self._picture is not None and pts == self._pts
        return cell.text(self._picture.heat if ours and self._picture is not None else None)

    def __call__(self, painter: QPainter, geometry: PictureGeometry, pts: int | None) -> None:
        """Paint the map of this frame, and say what there is to say."""
        if self._size is None or pts is None:
            return
        painter.resetTransform()
        if self._picture is not None and pts == self._pts:
            self._picture.paint(painter, geometry)
        if self.unknown:
            _hatch_edge(painter, QRectF(*geometry.rect).intersected(QRectF(self._view.rect())))
        texts = [text for text in (self.readout(geometry, pts), self.state) if text]
        if texts:
            self._write(painter, texts)

    def _write(self, painter: QPainter, texts: list[str]) -> None:
        """Write lines near the lower edge, on the side where the pointer is not."""
        painter.setFont(theme.mono_font(0.94))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(painter.font())
        room = QRectF(self._view.rect())
        height = metrics.height() + 6.0
        wide = max(metrics.horizontalAdvance(text) for text in texts) + 2 * _PAD_PX
        wide = min(wide, room.width() - 2 * _MARGIN_PX)
        total = height * len(texts)
        box = QRectF(_MARGIN_PX, room.height() - _MARGIN_PX - total, wide, total)
        near = box.adjusted(-40.0, -40.0, 40.0, 40.0)
        if self._pointer is not None and near.contains(self._pointer):
            box.moveRight(room.width() - _MARGIN_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_GROUND)
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(theme.DARK.text)
        for number, text in enumerate(texts):
            line = QRectF(
                box.left() + _PAD_PX, box.top() + number * height, wide - 2 * _PAD_PX, height
            )
            fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width() + 1)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), fitting)
