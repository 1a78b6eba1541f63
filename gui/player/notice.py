"""What the picture area says in words: nothing opened, opening, no picture, an error."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from gui import theme

# The picture's surround is dark in both themes, so its texts are light in both.
_TITLE = QColor("#e9ebee")
_SIGN = QColor("#858e9d")
_ERROR = QColor("#f58159")
_OSD_GROUND = QColor(0, 0, 0, 170)
_SIGN_PX = 56.0
_WIDEST_PX = 560.0


def paint_notice(painter: QPainter, area: QRectF, kind: str, text: str) -> None:
    """Paint a sign and a sentence in the middle of `area`.

    Args:
        painter: On a dark ground.
        area: Where.
        kind: `empty`, `loading`, `no_picture` or `error`.
        text: The sentence.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = theme.text_font()
    font.setPointSizeF(max(font.pointSizeF(), 9.0) * 1.2)
    painter.setFont(font)
    width = min(area.width() * 0.8, _WIDEST_PX)
    wanted = QFontMetricsF(font).boundingRect(
        QRectF(0, 0, width, 1000), int(Qt.TextFlag.TextWordWrap), text
    )
    sign = min(_SIGN_PX, area.height() / 4)
    total = sign + 18 + wanted.height()
    top = area.center().y() - total / 2
    box = QRectF(area.center().x() - sign / 2, top, sign, sign)
    painter.setPen(QPen(_ERROR if kind == "error" else _SIGN, 2.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_sign(kind, box))
    painter.setPen(_TITLE)
    flags = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(
        QRectF(area.center().x() - width / 2, top + sign + 18, width, wanted.height() + 4),
        flags,
        text,
    )
    painter.restore()


def paint_osd(painter: QPainter, area: QRectF, text: str) -> None:
    """Paint a short text in the upper right corner of `area`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = theme.mono_font(1.3)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text) + 24
    box = QRectF(area.right() - width - 16, area.top() + 16, width, metrics.height() + 12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_OSD_GROUND)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(_TITLE)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _sign(kind: str, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    middle = box.center()
    if kind == "error":
        path.addEllipse(box)
        path.moveTo(middle + QPointF(0, -box.height() * 0.25))
        path.lineTo(middle + QPointF(0, box.height() * 0.08))
        path.addEllipse(middle + QPointF(0, box.height() * 0.24), 1.2, 1.2)
        return path
    frame = box.adjusted(0, box.height() * 0.14, 0, -box.height() * 0.14)
    path.addRoundedRect(frame, 5, 5)
    if kind == "no_picture":
        path.moveTo(frame.topLeft())
        path.lineTo(frame.bottomRight())
    elif kind == "loading":
        for shift in (-0.22, 0.0, 0.22):
            path.addEllipse(middle + QPointF(shift * box.width(), 0), 2.2, 2.2)
    else:
        path.moveTo(middle + QPointF(-box.width() * 0.11, -box.height() * 0.15))
        path.lineTo(middle + QPointF(box.width() * 0.17, 0))
        path.lineTo(middle + QPointF(-box.width() * 0.11, box.height() * 0.15))
        path.closeSubpath()
    return path
