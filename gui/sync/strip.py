"""The strip under the lanes: each fragment in sync, out of sync or inconclusive, at a glance."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.catalog.sync_verdict import Fragment, SyncState, fragment_at
from gui import theme
from gui.language import tr
from gui.panes.color import PaneColors
from gui.panes.time_pane import TimePane
from gui.sync.paint import state_color
from gui.sync.word import offset_text, sentence
from gui.time_axis import TimeAxis
from gui.timeline.paint import paint_hatch

_HEIGHT = 17
_LEAST_PX = 2.0
_PAD_PX = 8.0
# What is worse lies on top where fragments are narrower than a pixel.
_ORDER = (SyncState.IN_SYNC, SyncState.INCONCLUSIVE, SyncState.OUT_OF_SYNC)


class SyncStrip(TimePane):
    """Fragments along the title.

    In sync is a low bar, out of sync a full one with its offset, inconclusive a dotted line with a
    question mark; what was not analysed is hatched, as everywhere.
    """

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(axis, tr("Sync of fragments"), PaneColors.of(theme.current()), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            tr(
                "Lip sync. Low bar: in sync. Full bar: out of sync. Dotted: inconclusive. "
                "Hatched: not analysed."
            )
        )
        self._fragments: tuple[Fragment, ...] = ()
        self.hide()

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """What is drawn."""
        return self._fragments

    def set_fragments(self, fragments: tuple[Fragment, ...]) -> None:
        """Take what was judged; elsewhere nobody looked."""
        if fragments != self._fragments:
            self._fragments = fragments
            self.redraw()

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(800, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Thin."""
        return QSize(200, _HEIGHT)

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        painter.setPen(self.colors.text_muted)
        name = QRectF(4, 0, plot.left() - 10, plot.height())
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(tr("Fragments"), Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.setClipRect(plot)
        paint_hatch(painter, QRectF(plot), self.colors.pending)
        low_s, high_s = self.axis.view
        seen = [f for f in self._fragments if f.span.end_s > low_s and f.span.start_s < high_s]
        for state in _ORDER:
            for fragment in seen:
                if fragment.state is state:
                    self._draw_fragment(painter, plot, fragment)
        painter.setClipping(False)

    def _draw_fragment(self, painter: QPainter, plot: QRect, fragment: Fragment) -> None:
        left, right = self.x_of(fragment.span.start_s), self.x_of(fragment.span.end_s)
        area = QRectF(left, plot.top(), max(right - left, _LEAST_PX), plot.height())
        color = state_color(fragment.state, theme.current())
        painter.fillRect(area, self.colors.ground)
        inner = area.adjusted(0, 1, -0.5 if area.width() > 2 * _LEAST_PX else 0, -1)
        if fragment.state is SyncState.OUT_OF_SYNC:
            painter.fillRect(inner, color)
            self._write(painter, inner, offset_text(fragment.offset_ms).removesuffix(" ms"))
        elif fragment.state is SyncState.IN_SYNC:
            low = inner.height() * 0.36
            painter.fillRect(inner.adjusted(0, inner.height() - low, 0, 0), color)
        else:
            middle = QRectF(inner.left(), inner.center().y() - 2, inner.width(), 4)
            painter.fillRect(middle, QBrush(color, Qt.BrushStyle.Dense5Pattern))
            self._mark(painter, inner, color)

    def _write(self, painter: QPainter, area: QRectF, text: str) -> None:
        """Write on a full bar, where there is room."""
        if QFontMetricsF(painter.font()).horizontalAdvance(text) + _PAD_PX <= area.width():
            painter.setPen(theme.current().surface)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _mark(self, painter: QPainter, area: QRectF, color: QColor) -> None:
        """A question mark on ground, where there is room."""
        wide = QFontMetricsF(painter.font()).horizontalAdvance("?") + _PAD_PX
        if wide + _PAD_PX > area.width():
            return
        place = QRectF(area.center().x() - wide / 2, area.top(), wide, area.height())
        painter.fillRect(place, self.colors.ground)
        painter.setPen(QPen(color))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")

    def _read_out(self, seconds: float, _y: float) -> str:
        return f"{self.form.text(seconds)}   {sentence(fragment_at(self._fragments, seconds))}"
