"""PSNR and SSIM over time, drawn while they are measured; a click goes there."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.compare.quality import SHOWN_DB, QualityCurve
from core.media.likeness import Likeness
from gui import theme
from gui.language import tr

_LOWEST_DB = 20.0
_GUTTER_PX = 40
_PAD_PX = 4


class QualityView(QWidget):
    """Two curves on one time axis: SSIM on the left scale, PSNR on the right one.

    Signals:
        place_chosen: Seconds on the first file's time line.
    """

    place_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Quality over time"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(96)
        self._curve = QualityCurve()
        self._extent = (0.0, 1.0)
        self._at_s = 0.0
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(800, 96)

    def set_extent(self, start_s: float, end_s: float) -> None:
        """Take when the first file starts and ends."""
        self._extent = (start_s, max(end_s, start_s + 1e-3))
        self.update()

    def set_curve(self, curve: QualityCurve) -> None:
        """Draw this; call it again when it has grown."""
        self._curve = curve
        self.update()

    def set_place(self, seconds: float) -> None:
        """Mark where the pictures stand."""
        self._at_s = seconds
        self.setAccessibleDescription(self.text())
        self.update()

    def value(self) -> Likeness | None:
        """What was measured where the pictures stand."""
        number = bisect_right(self._curve.seconds, self._at_s + 1e-6) - 1
        here = number >= 0 and abs(self._curve.seconds[number] - self._at_s) < 0.5
        return self._curve.values[number] if here else None

    def text(self) -> str:
        """The figures here, in words."""
        value = self.value()
        if value is None:
            return tr("not measured here")
        psnr = "∞" if value.psnr_y == float("inf") else f"{value.psnr_y:.2f}"
        return f"PSNR Y {psnr} dB   SSIM Y {value.ssim_y:.4f}"

    def _plot(self) -> QRectF:
        line = QFontMetricsF(theme.mono_font(0.82)).height()
        return QRectF(
            _GUTTER_PX,
            line + 2 * _PAD_PX,
            self.width() - 2 * _GUTTER_PX,
            self.height() - line - 4 * _PAD_PX,
        )

    def _x(self, seconds: float, plot: QRectF) -> float:
        low, high = self._extent
        return plot.left() + (seconds - low) / (high - low) * plot.width()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        plot = self._plot()
        share = min(max((event.position().x() - plot.left()) / plot.width(), 0.0), 1.0)
        low, high = self._extent
        self.place_chosen.emit(low + share * (high - low))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint scales, curves and the playhead."""
        painter = QPainter(self)
        colors = theme.current()
        painter.fillRect(self.rect(), colors.surface)
        plot = self._plot()
        painter.setFont(theme.mono_font(0.82))
        metrics = QFontMetricsF(painter.font())
        floor = self._ssim_floor()
        for share in (0.0, 0.5, 1.0):
            y = plot.bottom() - share * plot.height()
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), colors.grid)
            painter.setPen(colors.curve)
            align = Qt.AlignmentFlag.AlignVCenter
            left = QRectF(0, y - 7, _GUTTER_PX - 4, 14)
            painter.drawText(
                left, int(align | Qt.AlignmentFlag.AlignRight), f"{floor + share * (1 - floor):.2f}"
            )
            painter.setPen(colors.issue)
            right = QRectF(plot.right() + 4, y - 7, _GUTTER_PX - 4, 14)
            level = _LOWEST_DB + share * (SHOWN_DB - _LOWEST_DB)
            painter.drawText(right, int(align | Qt.AlignmentFlag.AlignLeft), f"{level:.0f}")
        painter.setPen(colors.curve)
        painter.drawText(QPointF(_PAD_PX, metrics.ascent() + 1), "SSIM Y")
        painter.setPen(colors.issue)
        name = "PSNR Y dB"
        width = metrics.horizontalAdvance(name)
        painter.drawText(QPointF(self.width() - width - _PAD_PX, metrics.ascent() + 1), name)
        painter.setPen(colors.text)
        painter.drawText(
            QRectF(0, 0, self.width(), metrics.height()),
            int(Qt.AlignmentFlag.AlignCenter),
            self.text(),
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._curve.values:
            psnr = [(v.psnr_y - _LOWEST_DB) / (SHOWN_DB - _LOWEST_DB) for v in self._curve.values]
            ssim = [(v.ssim_y - floor) / (1 - floor) for v in self._curve.values]
            for values, color in ((psnr, colors.issue), (ssim, colors.curve)):
                painter.setPen(QPen(color, 1.2))
                painter.drawPolyline(self._points(values, plot))
        x = self._x(self._at_s, plot)
        painter.fillRect(QRectF(x - 0.5, plot.top(), 1.5, plot.height()), colors.playhead)
        painter.end()

    def _ssim_floor(self) -> float:
        """The scale begins below the lowest value, so that small losses are seen."""
        lowest = min((v.ssim_y for v in self._curve.values), default=0.0)
        return 0.9 if lowest > 0.92 else 0.5 if lowest > 0.55 else 0.0

    def _points(self, values: list[float], plot: QRectF) -> QPolygonF:
        """At most two points a pixel: the lowest and the last of each stretch."""
        step = max(len(values) // max(round(plot.width()), 1), 1)
        points = []
        for at in range(0, len(values), step):
            part = values[at : at + step]
            worst = at + int(np.argmin(part))
            level = min(max(values[worst], 0.0), 1.0)
            points.append(
                QPointF(
                    self._x(self._curve.seconds[worst], plot), plot.bottom() - level * plot.height()
                )
            )
        return QPolygonF(points)
