"""The evidence of the selected flag, large: its worst frame and its curve."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.review.flag import Flag
from gui import theme
from gui.language import tr
from gui.panes.color import PaneColors
from gui.panes.metrics_panel import MetricsPanel
from gui.queue.worst import WorstFrame
from gui.time_axis import TimeAxis
from gui.timeline.paint import paint_hatch

_CONTEXT_S = 2.0
_CONTEXT_SHARE = 0.75
_GUTTER_PX = 62


class WorstView(QWidget):
    """Paints the picture that the queue's worst frame shows, as large as there is room.

    Args:
        source: Where the picture comes from.
    """

    def __init__(self, source: WorstFrame, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self.setAccessibleName(tr("Worst frame of the selected flag"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(72)
        source.changed.connect(self.update)
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A modest 16:9."""
        return QSize(320, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture on the ground of the player, or hatching while it is made."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().letterbox)
        image = self._source.image
        if image is not None:
            size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
        elif self._source.waiting:
            paint_hatch(painter, QRectF(self.rect()), theme.DARK.pending)
        painter.end()


class FlagCurve(MetricsPanel):
    """The curve that raised the selected flag, close around it, on an axis of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.close_axis = TimeAxis()
        super().__init__(self.close_axis, parent)
        self.close_axis.setParent(self)
        self.setMinimumHeight(64)
        self.set_gutter(_GUTTER_PX)
        self.chooser.hide()
        self.restyle()
        theme.hub().changed.connect(self.restyle)

    def restyle(self) -> None:
        """Follow the theme."""
        self.set_colors(PaneColors.of(theme.current()))

    def show_close(self, flag: Flag | None, extent: tuple[float, float]) -> None:
        """Show a flag with some time before and after it.

        Args:
            flag: The selected one.
            extent: Start and end of the title in seconds.
        """
        if self.close_axis.extent != extent:
            self.close_axis.set_extent(*extent)
        if flag is None:
            self.clear()
            return
        self.show_flag(flag)
        around_s = max(_CONTEXT_S, flag.span.duration_s * _CONTEXT_SHARE)
        self.close_axis.set_view(flag.span.start_s - around_s, flag.span.end_s + around_s)
