"""A strip of small pictures along the time axis."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.domain.title import Title
from core.media.thumbnail import ThumbnailStrip
from gui import theme
from gui.language import tr
from gui.panes.color import PaneColors
from gui.panes.time_pane import TimePane
from gui.time_axis import TimeAxis
from gui.timeline.paint import paint_hatch

Opener = Callable[[str, int], ThumbnailStrip | None]
"""Opens the thumbnails of (fingerprint, stream); None while there are none."""

_HEIGHT = 40
_POLL_MS = 400


class ThumbnailPane(TimePane):
    """Pictures at even distances; those that are not made yet are hatched."""

    def __init__(
        self,
        axis: TimeAxis,
        parent: QWidget | None = None,
        opener: Opener = ThumbnailStrip.open,
    ) -> None:
        super().__init__(axis, tr("Thumbnails"), PaneColors.of(theme.current()), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._opener = opener
        self._title: Title | None = None
        self._strip: ThumbnailStrip | None = None
        self._filled_s = 0.0
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self.refresh)

    @property
    def complete(self) -> bool:
        """Whether all pictures are there, or none are to come."""
        if self._title is None or not self._title.video:
            return True
        return self._strip is not None and self._strip.complete

    def show_title(self, title: Title | None) -> None:
        """Take another title's pictures, or none."""
        self._title, self._strip, self._filled_s = title, None, 0.0
        self.redraw()
        self.refresh()

    def refresh(self) -> None:
        """Look whether pictures were added; called by itself while they are being made."""
        if self._title is None or not self._title.video:
            self._poll.stop()
            return
        if self._strip is None or not self._strip.refresh():
            self._strip = self._opener(self._title.fingerprint, self._title.video[0].index)
        filled_s = self._strip.filled_s if self._strip is not None else 0.0
        if filled_s != self._filled_s:
            self._filled_s = filled_s
            self.redraw()
        if self.complete:
            self._poll.stop()
        elif not self._poll.isActive():
            self._poll.start()

    def sizeHint(self) -> QSize:
        """One row of pictures."""
        return QSize(800, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """One row of pictures."""
        return QSize(200, _HEIGHT)

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        painter.setClipRect(plot)
        height = plot.height() - 2.0
        width = max(height * self._aspect(), 8.0)
        start_s, end_s = self.axis.view
        step_s = width / plot.width() * (end_s - start_s)
        # Tiles stand at multiples of their length, so panning does not make them flicker.
        first, last = floor(start_s / step_s), ceil(end_s / step_s)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number in range(first, last):
            left = self.x_of(number * step_s)
            self._draw_tile(painter, QRectF(left, 1, width - 1, height), (number + 0.5) * step_s)
        if self._title is not None and not self._title.video:
            painter.fillRect(plot, self.colors.ground)
            painter.setPen(self.colors.text_muted)
            painter.drawText(plot, Qt.AlignmentFlag.AlignCenter, tr("No picture in this title"))
        painter.setClipping(False)

    def _aspect(self) -> float:
        if self._title is None or not self._title.video:
            return 16 / 9
        width, height = self._title.video[0].display_size
        return width / max(height, 1)

    def _draw_tile(self, painter: QPainter, box: QRectF, seconds: float) -> None:
        low, high = self.axis.extent
        found = None
        # A picture that is not made yet must not be stood in for by one from far away.
        if self._strip is not None and (self._strip.complete or seconds < self._strip.filled_s):
            found = self._strip.nearest(min(max(seconds, low), high))
        if found is None:
            paint_hatch(painter, box, self.colors.pending)
            return
        data = np.ascontiguousarray(found[1])
        rows, columns = data.shape[:2]
        image = QImage(data.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888)
        painter.drawImage(box, image)
