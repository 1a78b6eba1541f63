"""Two thin bars above the lanes: what is in memory, and what the analysis has covered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.language import tr
from gui.panes.color import PaneColors
from gui.panes.time_pane import TimePane
from gui.time_axis import TimeAxis
from gui.timeline.lane import Stretch
from gui.timeline.paint import paint_hatch

_HEIGHT = 9


class RangeBar(TimePane):
    """Cached frames above, analysed stretch below; what is not analysed is hatched."""

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(axis, tr("Cached and analysed"), PaneColors.of(theme.current()), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Above: frames in memory. Below: what is analysed; hatched is not yet."))
        self._cached: tuple[Stretch, ...] = ()
        self._analysed: tuple[Stretch, ...] = ()

    @property
    def cached(self) -> tuple[Stretch, ...]:
        """Stretches in memory, in seconds."""
        return self._cached

    @property
    def analysed(self) -> tuple[Stretch, ...]:
        """Stretches that the analysis covered, in seconds."""
        return self._analysed

    def set_cached(self, stretches: Sequence[Stretch]) -> None:
        """Say which frames are in memory."""
        if tuple(stretches) != self._cached:
            self._cached = tuple(stretches)
            self.redraw()

    def set_analysed(self, stretches: Sequence[Stretch]) -> None:
        """Say what the analysis has covered."""
        if tuple(stretches) != self._analysed:
            self._analysed = tuple(stretches)
            self.redraw()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(800, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Thin."""
        return QSize(200, _HEIGHT)

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        colors = theme.current()
        half = plot.height() / 2
        lower = QRectF(plot.left(), half + 0.5, plot.width(), half - 1)
        painter.setClipRect(plot)
        paint_hatch(painter, lower, self.colors.pending)
        self._bars(painter, self._analysed, lower.top(), lower.height(), colors.analysed)
        self._bars(painter, self._cached, 0.5, half - 1, colors.cached)
        painter.setClipping(False)

    def _bars(
        self,
        painter: QPainter,
        stretches: Sequence[Stretch],
        top: float,
        height: float,
        color: QColor,
    ) -> None:
        for start_s, end_s in stretches:
            left, right = self.x_of(start_s), self.x_of(end_s)
            painter.fillRect(QRectF(left, top, max(right - left, 1.0), height), color)
