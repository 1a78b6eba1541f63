"""How a flag looks in its lane: colour and height say severity, texture says the verdict."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPixmapCache

from core.domain.defect import Severity
from core.review.flag import Flag
from gui.glyph import Sign, paint_sign
from gui.queue import flag_text
from gui.theme import Theme

MIN_WIDTH = 3.0
HATCH_STEP = 7
_SIGN_SIZE = 9.0
_HEIGHTS = {Severity.FYI: 0.5, Severity.ISSUE: 0.75, Severity.BLOCKER: 1.0}


def flag_rect(left: float, right: float, top: float, height: float, flag: Flag) -> QRectF:
    """Where a flag is painted: at least three pixels wide, higher when it is worse."""
    width = max(right - left, MIN_WIDTH)
    share = _HEIGHTS[flag_text.severity_of(flag)]
    tall = max(height * share, 4.0)
    return QRectF(left, top + (height - tall) / 2, width, tall)


def paint_flag(painter: QPainter, rect: QRectF, flag: Flag, theme: Theme, selected: bool) -> None:
    """Paint one flag.

    Undecided is solid; confirmed solid with a tick; rejected hollow and struck through; unsure
    hatched with a question mark; missed solid with a plus; an orphan has a dashed edge.
    """
    color = theme.severity(flag_text.severity_of(flag))
    sign = flag_text.sign_of(flag)
    painter.save()
    if sign is Sign.REJECTED:
        _hollow(painter, rect, theme.rejected, flag.orphan)
        middle = rect.center().y()
        painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
    elif flag.orphan:
        _hollow(painter, rect, color, dashed=True)
    elif sign is Sign.UNSURE:
        painter.fillRect(rect, QBrush(color, Qt.BrushStyle.Dense4Pattern))
        _hollow(painter, rect, color, dashed=False)
    else:
        painter.fillRect(rect, color)
    if selected:
        painter.setPen(QPen(theme.playhead, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(-2, -1, 2, 1))
    painter.restore()
    if sign is not Sign.UNDECIDED:
        _paint_sign(painter, rect, sign, theme, flag)


def paint_hatch(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Paint what is not known: diagonal lines, never plain ground."""
    # Tiles lie at multiples of the step, so that neighbouring areas join without a seam.
    corner = QPointF(rect.left() % HATCH_STEP, rect.top() % HATCH_STEP)
    painter.drawTiledPixmap(rect, _hatch_tile(color, painter.device().devicePixelRatioF()), corner)


def _hatch_tile(color: QColor, ratio: float) -> QPixmap:
    """One step of the hatching; kept, because drawing single lines takes far longer."""
    key = f"hatch {color.rgba():08x} {ratio:g}"
    tile = QPixmap()
    if QPixmapCache.find(key, tile):
        return tile
    side = ceil(HATCH_STEP * ratio)
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    tile.setDevicePixelRatio(side / HATCH_STEP)
    pen = QPainter(tile)
    pen.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen.setPen(QPen(color, 1.0))
    for shift in (-HATCH_STEP, 0, HATCH_STEP):
        pen.drawLine(QLineF(shift - 1, HATCH_STEP + 1, shift + HATCH_STEP + 1, -1))
    pen.end()
    QPixmapCache.insert(key, tile)
    return tile


def _hollow(painter: QPainter, rect: QRectF, color: QColor, dashed: bool) -> None:
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(color, 1.3, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_sign(painter: QPainter, rect: QRectF, sign: Sign, theme: Theme, flag: Flag) -> None:
    """Inside a flag that is wide and high enough, else right of it."""
    size = _SIGN_SIZE
    solid = sign in (Sign.CONFIRMED, Sign.MISSED) and not flag.orphan
    inside = rect.width() >= size + 4 and rect.height() >= size and sign is not Sign.REJECTED
    x = rect.center().x() - size / 2 if inside else rect.right() + 2
    box = QRectF(x, rect.center().y() - size / 2, size, size)
    color = theme.surface if inside and solid else theme.color(sign.role)
    if inside and not solid:
        painter.fillRect(box.adjusted(-1, -1, 1, 1), theme.surface)
    paint_sign(painter, box, sign, color)
