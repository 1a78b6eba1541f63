"""The ruler of the shared time axis, in timecode."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.language import tr
from gui.panes.color import PaneColors
from gui.panes.time_pane import TimePane
from gui.time_axis import TimeAxis


class TimeRuler(TimePane):
    """Ticks with timecode, or clock time when the title has no frame rate.

    Args:
        axis: The shared axis.
        colors: Colours; the theme's when none are given.
        parent: Qt parent.
    """

    def __init__(
        self, axis: TimeAxis, colors: PaneColors | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(axis, tr("Time ruler"), colors, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of text and the ticks."""
        return QSize(800, QFontMetrics(self.small_font()).height() + 12)

    def minimumSizeHint(self) -> QSize:
        """One line of text and the ticks."""
        return QSize(200, self.sizeHint().height())

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        painter.fillRect(self.rect(), self.colors.gutter)
        metrics = QFontMetrics(painter.font())
        bottom = self.height() - 1
        painter.setClipRect(plot)
        for tick in self.time_ticks():
            x = floor(self.x_of(tick.seconds))
            painter.setPen(QPen(self.colors.border, 1))
            painter.drawLine(x, bottom - (8 if tick.label else 4), x, bottom)
            if tick.label:
                painter.setPen(self.colors.text_muted)
                painter.drawText(QPoint(x + 4, metrics.ascent() + 3), tick.label)
        painter.setPen(QPen(self.colors.border, 1))
        painter.drawLine(plot.left(), bottom, plot.right(), bottom)
        painter.setClipping(False)
