"""Heat maps as images of the size that the screen needs, made off the GUI thread.

Scaling a map while painting costs several times what copying an image costs that was scaled
before, so a worker scales and the paint event copies. An image holds only the part of the picture
that is warm and in sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from core.domain.finding import Region
from core.domain.heat import CELL_PX, FULL, HeatMap
from gui import theme
from gui.language import mark
from gui.player.geometry import PictureGeometry
from gui.player.heat_color import heat_table
from gui.player.region import turned

_LABEL_CELL_PX = 40.0
_MOST_LABELS = 600
_DARK = QColor(0, 0, 0, 210)
_LIGHT = QColor(255, 255, 255)


class HeatStyle(StrEnum):
    """How a map is drawn."""

    FILL = "fill"
    CONTOURS = "contours"
    BOTH = "both"


STYLE_TITLES = {
    HeatStyle.FILL: mark("Fill"),
    HeatStyle.CONTOURS: mark("Contours"),
    HeatStyle.BOTH: mark("Both"),
}


@dataclass(frozen=True, slots=True)
class HeatLook:
    """What the person chose.

    Attributes:
        threshold: Lowest probability that is shown, 0..1.
        opacity: Opacity of probability 1, 0..1; contours are opaque.
        style: Colours, outlines or both.
    """

    threshold: float = 0.3
    opacity: float = 0.7
    style: HeatStyle = HeatStyle.FILL

    @property
    def level(self) -> int:
        """The threshold as a value of a map; 0 is never shown."""
        return max(ceil(self.threshold * FULL - 1e-9), 1)


@dataclass(frozen=True, slots=True)
class HeatPlace:
    """Where on screen a map belongs.

    Attributes:
        geometry: Where the picture lies in its widget.
        room: Width and height of the widget in logical pixels.
        rotation: Degrees by which the stored picture is turned clockwise for display.
    """

    geometry: PictureGeometry
    room: tuple[int, int]
    rotation: int = 0

    @property
    def picture(self) -> QRectF:
        """Where the picture lies, in physical pixels of the widget."""
        ratio = self.geometry.device_ratio
        left, top, width, height = (part * ratio for part in self.geometry.rect)
        return QRectF(left, top, width, height)

    @property
    def seen(self) -> QRectF:
        """The part of it in sight."""
        ratio = self.geometry.device_ratio
        room = QRectF(0, 0, self.room[0] * ratio, self.room[1] * ratio)
        return self.picture.intersected(room)

    def grid(self, heat: HeatMap) -> QRectF:
        """Where all cells lie, in physical pixels; the last ones may reach over the picture."""
        rows, columns = heat.values.shape
        whole = Region(0.0, 0.0, columns * CELL_PX / heat.width, rows * CELL_PX / heat.height)
        lies = turned(whole, self.rotation)
        box = self.picture
        return QRectF(
            box.left() + lies.left * box.width(),
            box.top() + lies.top * box.height(),
            (lies.right - lies.left) * box.width(),
            (lies.bottom - lies.top) * box.height(),
        )


@dataclass(frozen=True, slots=True, eq=False)
class HeatPicture:
    """A map, ready to be copied to the screen.

    Attributes:
        heat: The map.
        place: Where it belongs.
        look: How it is drawn.
        left: Physical pixels from the widget's left edge to the image.
        top: Physical pixels from its top edge.
        image: Premultiplied; None where nothing reaches the threshold in sight.
    """

    heat: HeatMap
    place: HeatPlace
    look: HeatLook
    left: int = 0
    top: int = 0
    image: QImage | None = None

    @property
    def nbytes(self) -> int:
        """Memory of the image."""
        return self.image.sizeInBytes() if self.image is not None else 0

    def paint(self, painter: QPainter, geometry: PictureGeometry) -> None:
        """Copy it to the screen; where the picture was moved meanwhile, scale it there.

        Args:
            painter: In widget coordinates.
            geometry: Where the picture lies now.
        """
        if self.image is None:
            return
        ratio = self.place.geometry.device_ratio
        if geometry == self.place.geometry:
            painter.drawImage(QPointF(self.left / ratio, self.top / ratio), self.image)
            return
        old = self.place.geometry
        wide, tall = self.image.width() / ratio, self.image.height() / ratio
        left, top = old.to_picture(self.left / ratio, self.top / ratio)
        right, bottom = old.to_picture(self.left / ratio + wide, self.top / ratio + tall)
        corner, other = geometry.to_widget(left, top), geometry.to_widget(right, bottom)
        painter.drawImage(QRectF(QPointF(*corner), QPointF(*other)), self.image)


def draw_heat(heat: HeatMap, place: HeatPlace, look: HeatLook) -> HeatPicture:
    """Draw a map as the screen needs it; safe in any thread."""
    values = np.ascontiguousarray(np.rot90(heat.values, -(place.rotation // 90)))
    warm = values >= look.level
    grid = place.grid(heat)
    box = _warm_box(warm, grid).intersected(place.seen.toAlignedRect())
    if box.isEmpty():
        return HeatPicture(heat, place, look)
    image = QImage(box.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.translate(-box.left(), -box.top())
    if look.style is not HeatStyle.CONTOURS:
        _fill(painter, values, grid, look)
    if look.style is not HeatStyle.FILL:
        ratio = place.geometry.device_ratio
        _outline(painter, warm, grid, place.picture, ratio)
        _label(painter, values, warm, grid, box, ratio)
    painter.end()
    image.setDevicePixelRatio(place.geometry.device_ratio)
    return HeatPicture(heat, place, look, box.left(), box.top(), image)


def _warm_box(warm: NDArray[np.bool_], grid: QRectF) -> QRect:
    """Physical pixels that hold all warm cells and a cell around them, where colours fade."""
    if not warm.any():
        return QRect()
    rows, columns = np.flatnonzero(warm.any(axis=1)), np.flatnonzero(warm.any(axis=0))
    wide, tall = grid.width() / warm.shape[1], grid.height() / warm.shape[0]
    left, right = int(columns[0]) - 1, int(columns[-1]) + 2
    top, bottom = int(rows[0]) - 1, int(rows[-1]) + 2
    low_x, low_y = floor(grid.left() + left * wide), floor(grid.top() + top * tall)
    high_x, high_y = ceil(grid.left() + right * wide), ceil(grid.top() + bottom * tall)
    return QRect(low_x, low_y, high_x - low_x, high_y - low_y)


def _fill(painter: QPainter, values: NDArray[np.uint8], grid: QRectF, look: HeatLook) -> None:
    pixels = heat_table(look.level, look.opacity)[values]
    rows, columns = pixels.shape
    small = QImage(
        pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(grid, small)


def _outline(
    painter: QPainter, warm: NDArray[np.bool_], grid: QRectF, picture: QRectF, ratio: float
) -> None:
    """Lines around all warm cells, dark below light, so that they show on any picture."""
    inner = picture.adjusted(ratio, ratio, -ratio, -ratio)
    lines = _lines(warm, grid, inner)
    for color, width in ((_DARK, 3.0), (_LIGHT, 1.0)):
        painter.setPen(QPen(color, width * ratio, c=Qt.PenCapStyle.SquareCap))
        painter.drawLines(lines)


def _lines(warm: NDArray[np.bool_], grid: QRectF, inner: QRectF) -> list[QLineF]:
    """The border between warm and other cells, each straight stretch as one line."""
    wide, tall = grid.width() / warm.shape[1], grid.height() / warm.shape[0]

    def point(column: int, row: int) -> QPointF:
        x = min(max(grid.left() + column * wide, inner.left()), inner.right())
        y = min(max(grid.top() + row * tall, inner.top()), inner.bottom())
        return QPointF(x, y)

    padded = np.pad(warm, 1)
    level = padded[1:] != padded[:-1]
    upright = (padded[:, 1:] != padded[:, :-1]).T
    lines = [QLineF(point(a - 1, row), point(b - 1, row)) for row, a, b in _runs(level)]
    lines += [QLineF(point(col, a - 1), point(col, b - 1)) for col, a, b in _runs(upright)]
    return lines


def _runs(edges: NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    """Stretches of true values along rows: (row, first, one past the last)."""
    steps = np.diff(np.pad(edges, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, first = np.nonzero(steps == 1)
    _, stop = np.nonzero(steps == -1)
    return list(zip(row.tolist(), first.tolist(), stop.tolist(), strict=True))


def _label(
    painter: QPainter,
    values: NDArray[np.uint8],
    warm: NDArray[np.bool_],
    grid: QRectF,
    box: QRect,
    ratio: float,
) -> None:
    """The value in each warm cell in sight, where cells are large enough to be read."""
    wide, tall = grid.width() / warm.shape[1], grid.height() / warm.shape[0]
    if min(wide, tall) < _LABEL_CELL_PX * ratio:
        return
    painter.setFont(_label_font(ratio))
    cells = np.argwhere(warm)
    inside = [
        (row, column, QRectF(grid.left() + column * wide, grid.top() + row * tall, wide, tall))
        for row, column in cells.tolist()
    ]
    shown = [cell for cell in inside if cell[2].intersects(QRectF(box))]
    for row, column, cell in shown[:_MOST_LABELS]:
        text = heat_text(float(values[row, column]) / FULL)
        painter.setPen(_DARK)
        for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            shifted = cell.translated(dx * ratio, dy * ratio)
            painter.drawText(shifted, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(_LIGHT)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text)


@lru_cache(maxsize=4)
def _label_font(ratio: float) -> QFont:
    font = theme.mono_font()
    font.setPixelSize(round(11 * ratio))
    return font


def heat_text(probability: float) -> str:
    """A probability as the desk writes it: two digits, never rounded up to certainty."""
    return f"{min(probability, 0.99):.2f}" if probability < 1.0 else "1.00"
