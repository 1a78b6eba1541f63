"""Colours and signs of sync: each state has its own shape, so none needs its colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from core.catalog.sync_verdict import SyncState
from gui.theme import Theme


def state_color(state: SyncState | None, theme: Theme) -> QColor:
    """The colour of a state; None is what nobody measured."""
    if state is SyncState.IN_SYNC:
        return theme.confirmed
    if state is SyncState.OUT_OF_SYNC:
        return theme.blocker
    return theme.text_muted if state is SyncState.INCONCLUSIVE else theme.pending


def paint_state(painter: QPainter, rect: QRectF, state: SyncState | None, color: QColor) -> None:
    """Paint a tick (in sync), two bars apart (out of sync), or a question mark."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(rect.width() / 6.0, 1.4)
    painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = rect.x(), rect.y(), rect.width(), rect.height()
    if state is SyncState.IN_SYNC:
        points = [(0.08, 0.55), (0.38, 0.85), (0.92, 0.18)]
        painter.drawPolyline(QPolygonF([QPointF(x + a * w, y + b * h) for a, b in points]))
    elif state is SyncState.OUT_OF_SYNC:
        painter.drawLine(QPointF(x + 0.1 * w, y + 0.3 * h), QPointF(x + 0.62 * w, y + 0.3 * h))
        painter.drawLine(QPointF(x + 0.38 * w, y + 0.72 * h), QPointF(x + 0.9 * w, y + 0.72 * h))
    elif state is SyncState.INCONCLUSIVE:
        font = painter.font()
        font.setPixelSize(max(round(h), 6))
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")
    else:
        painter.drawEllipse(rect.adjusted(0.25 * w, 0.25 * h, -0.25 * w, -0.25 * h))
    painter.restore()


def state_icon(state: SyncState | None, theme: Theme, size: int) -> QIcon:
    """The sign of a state as an icon, sharp at any scale up to four."""
    return _state_icon(state, state_color(state, theme).rgb(), size)


@lru_cache(maxsize=32)
def _state_icon(state: SyncState | None, rgb: int, size: int) -> QIcon:
    icon = QIcon()
    for scale in (1, 2, 4):
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_state(painter, QRectF(2, 2, size - 4, size - 4), state, QColor.fromRgb(rgb))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
