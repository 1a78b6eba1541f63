"""Small signs for severities and verdicts: each has its own shape, so none needs its colour."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from core.domain.defect import Severity
from gui.language import mark, tr

_Paint = Callable[[QPainter, QRectF], None]


class Sign(StrEnum):
    """How a flag stands."""

    UNDECIDED = "undecided"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"
    MISSED = "missed"

    @property
    def role(self) -> str:
        """The colour role that goes with it."""
        return "text_muted" if self is Sign.UNDECIDED else self.value

    @property
    def label(self) -> str:
        """What the screen calls it."""
        return tr(_LABELS[self])


_LABELS = {
    Sign.UNDECIDED: mark("undecided"),
    Sign.CONFIRMED: mark("confirmed"),
    Sign.REJECTED: mark("rejected"),
    Sign.UNSURE: mark("unsure"),
    Sign.MISSED: mark("missed defect"),
}


def paint_severity(painter: QPainter, rect: QRectF, severity: Severity, color: QColor) -> None:
    """Paint a circle (FYI), a triangle (issue) or a square (blocker), filled."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPath(severity_path(rect, severity))
    painter.restore()


def severity_path(rect: QRectF, severity: Severity) -> QPainterPath:
    """The outline of a severity's shape inside `rect`."""
    path = QPainterPath()
    if severity is Severity.FYI:
        path.addEllipse(rect.adjusted(1, 1, -1, -1))
    elif severity is Severity.ISSUE:
        top = QPointF(rect.center().x(), rect.top())
        path.addPolygon(QPolygonF([top, rect.bottomRight(), rect.bottomLeft()]))
        path.closeSubpath()
    else:
        path.addRect(rect.adjusted(0.8, 0.8, -0.8, -0.8))
    return path


def paint_sign(
    painter: QPainter, rect: QRectF, sign: Sign, color: QColor, *, orphan: bool = False
) -> None:
    """Paint a ring (undecided), tick, cross, question mark or plus; dashed ring for an orphan."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(rect.width() / 7.0, 1.3)
    pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    if sign is Sign.CONFIRMED:
        points = [(0.12, 0.55), (0.4, 0.85), (0.9, 0.18)]
        painter.drawPolyline(QPolygonF([QPointF(x + a * w, y + b * h) for a, b in points]))
    elif sign is Sign.REJECTED:
        painter.drawLine(QPointF(x + 0.18 * w, y + 0.18 * h), QPointF(x + 0.82 * w, y + 0.82 * h))
        painter.drawLine(QPointF(x + 0.82 * w, y + 0.18 * h), QPointF(x + 0.18 * w, y + 0.82 * h))
    elif sign is Sign.UNSURE:
        font = painter.font()
        font.setPixelSize(max(round(h), 6))
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")
    elif sign is Sign.MISSED:
        painter.drawLine(QPointF(x + 0.5 * w, y + 0.12 * h), QPointF(x + 0.5 * w, y + 0.88 * h))
        painter.drawLine(QPointF(x + 0.12 * w, y + 0.5 * h), QPointF(x + 0.88 * w, y + 0.5 * h))
    else:
        painter.drawEllipse(rect.adjusted(0.22 * w, 0.22 * h, -0.22 * w, -0.22 * h))
    if orphan:
        painter.setPen(QPen(color, max(width * 0.6, 1.0), Qt.PenStyle.DotLine))
        painter.drawEllipse(rect.adjusted(-1, -1, 1, 1))
    painter.restore()


def severity_icon(severity: Severity, color: QColor, size: int = 12) -> QIcon:
    """The severity's shape as an icon, sharp at any scale up to four."""
    return _severity_icon(severity, color.rgb(), size)


def sign_icon(sign: Sign, color: QColor, size: int = 14, *, orphan: bool = False) -> QIcon:
    """The verdict's sign as an icon."""
    return _sign_icon(sign, color.rgb(), size, orphan)


@lru_cache(maxsize=64)
def _severity_icon(severity: Severity, rgb: int, size: int) -> QIcon:
    return _icon(size, lambda p, r: paint_severity(p, r, severity, QColor.fromRgb(rgb)))


@lru_cache(maxsize=64)
def _sign_icon(sign: Sign, rgb: int, size: int, orphan: bool) -> QIcon:
    return _icon(size, lambda p, r: paint_sign(p, r, sign, QColor.fromRgb(rgb), orphan=orphan))


def _icon(size: int, paint: _Paint) -> QIcon:
    icon = QIcon()
    for scale in (1, 2, 4):
        pixmap = QPixmap(QSize(size * scale, size * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint(painter, QRectF(1.5, 1.5, size - 3, size - 3))
        painter.end()
        # Without a pixmap for selected rows the style would tint the colour away.
        icon.addPixmap(pixmap)
        icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
