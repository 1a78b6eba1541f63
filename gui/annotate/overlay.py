"""Paints masks over the picture, and what a tool is about to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from gui.annotate.canvas import Canvas
from gui.annotate.look import image_of
from gui.annotate.piece import Piece, PieceMap
from gui.annotate.place import MaskPlace
from gui.player.geometry import PictureGeometry

_SHADOW = QColor(0, 0, 0, 190)
_LIGHT = QColor(255, 255, 255)
_ASKED = QColor("#f0e442")
_CORNER_PX = 4.0


@dataclass(slots=True)
class Aim:
    """What a tool shows before it has done anything; all in pixels of the mask.

    Attributes:
        pointer: Where the pointer is; None while it is elsewhere.
        brush_px: Width of the brush; 0 for other tools.
        corners: Of the polygon that is begun.
        box: The rectangle that is being drawn; None for none.
        piece: Under the pointer.
        color: Of the class that is drawn with.
    """

    pointer: QPointF | None = None
    brush_px: int = 0
    corners: list[QPointF] = field(default_factory=list)
    box: QRectF | None = None
    piece: Piece | None = None
    color: QColor = field(default_factory=lambda: QColor("white"))


class MaskOverlay:
    """An overlay of `PictureView`; give it to `add_overlay`.

    Args:
        canvas: What is drawn.
        aim: What the tool shows.

    Attributes:
        place: Where pixels of masks lie; None without a title.
        hidden: Show the bare picture.
        pieces: Their edges are shown while pieces are picked; None for none.
        asked: Outlines of the regions of this frame that are asked about.
    """

    def __init__(self, canvas: Canvas, aim: Aim) -> None:
        self._canvas, self._aim = canvas, aim
        self.place: MaskPlace | None = None
        self.hidden = False
        self._grid: QImage | None = None
        self._grid_of: int | None = None
        self._kept: PieceMap | None = None
        self.asked: tuple[QPolygonF, ...] = ()
        self._highlight: tuple[Piece, list[QPolygonF]] | None = None

    def set_pieces(self, pieces: PieceMap | None) -> None:
        """Show the edges of these pieces."""
        self._kept = pieces
        self._grid = image_of(pieces.grid) if pieces is not None else None
        self._grid_of = pieces.pts if pieces is not None else None

    def __call__(self, painter: QPainter, geometry: PictureGeometry, pts: int | None) -> None:
        """Paint what belongs to the frame that is shown."""
        place = self.place
        if place is None or self.hidden or pts is None or pts != self._canvas.pts:
            return
        to_picture = place.transform
        self._paint_images(painter, geometry, to_picture, pts)
        # In widget coordinates lines keep their width at any zoom.
        to_widget = QTransform.fromTranslate(geometry.left, geometry.top)
        to_widget.scale(geometry.scale, geometry.scale)
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = to_picture * to_widget
        for outline in self.asked:
            _draw(painter, whole.map(outline), _ASKED, Qt.PenStyle.DashLine, 2.0)
        self._paint_aim(painter, whole)

    def _paint_images(
        self, painter: QPainter, geometry: PictureGeometry, turn: QTransform, pts: int
    ) -> None:
        canvas = self._canvas
        painter.save()
        painter.setTransform(turn, True)
        # Pixels of a mask have edges: smoothing is for pictures that are made smaller.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, geometry.zoom < 1.0)
        grid = self._grid if self._grid_of in (None, pts) else None
        for image in (canvas.image, canvas.before, canvas.after, grid):
            if image is not None:
                painter.drawImage(0, 0, image)
        painter.restore()

    def _paint_aim(self, painter: QPainter, whole: QTransform) -> None:
        aim = self._aim
        if aim.piece is not None:
            if self._highlight is None or self._highlight[0] is not aim.piece:
                self._highlight = (aim.piece, aim.piece.outlines())
            for outline in self._highlight[1]:
                _draw(painter, whole.map(outline), aim.color, Qt.PenStyle.SolidLine, 2.5)
        if aim.box is not None:
            _draw(painter, whole.map(QPolygonF(aim.box)), aim.color, Qt.PenStyle.SolidLine, 2.0)
        if aim.corners:
            self._paint_polygon(painter, whole)
        if aim.brush_px and aim.pointer is not None:
            half = max(aim.brush_px, 1) / 2
            ring = QRectF(aim.pointer.x() - half, aim.pointer.y() - half, 2 * half, 2 * half)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            shown = whole.mapRect(ring)
            for pen in (QPen(_SHADOW, 3), QPen(aim.color, 1.5)):
                painter.setPen(pen)
                painter.drawEllipse(shown)

    def _paint_polygon(self, painter: QPainter, whole: QTransform) -> None:
        aim = self._aim
        ends = [*aim.corners, *([aim.pointer] if aim.pointer is not None else [])]
        points = [whole.map(corner) for corner in ends]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(_SHADOW, 4), QPen(aim.color, 2)):
            painter.setPen(pen)
            painter.drawPolyline(points)
        painter.setPen(QPen(_SHADOW, 1))
        painter.setBrush(QBrush(_LIGHT))
        for corner in points[: len(aim.corners)]:
            painter.drawEllipse(corner, _CORNER_PX, _CORNER_PX)


def _draw(
    painter: QPainter, outline: QPolygonF, color: QColor, style: Qt.PenStyle, width: float
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_SHADOW, width + 2))
    painter.drawPolygon(outline)
    painter.setPen(QPen(color, width, style))
    painter.drawPolygon(outline)
