"""The lanes: where each detector found something, and where nobody has looked yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from core.review.flag import Flag
from gui import theme
from gui.language import tr
from gui.panes.color import PaneColors
from gui.panes.time_pane import TimePane
from gui.queue import flag_text
from gui.time_axis import TimeAxis
from gui.timeline.lane import Lane, gaps
from gui.timeline.paint import MIN_WIDTH, flag_rect, paint_flag, paint_hatch

_LOWEST_PX = 14.0
_HIGHEST_PX = 30.0
_REACH_PX = 4.0
_NOTCH = 120


@dataclass(frozen=True, slots=True)
class _Hit:
    left: float
    right: float
    flag: Flag


class LaneView(TimePane):
    """One lane a detector, findings as spans.

    Stretches that were not measured are hatched, also in lanes without findings. A wheel over
    the names scrolls when there are more lanes than room.

    Signals:
        flag_clicked: Key of the flag that was clicked.
        flag_activated: Key of the flag that was double-clicked.
        fold_clicked: The name of a lane that holds others was clicked.
    """

    flag_clicked = Signal(str)
    flag_activated = Signal(str)
    fold_clicked = Signal()

    def __init__(
        self, axis: TimeAxis, clock: Callable[[float], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(axis, tr("Lanes of findings"), PaneColors.of(theme.current()), parent)
        self._clock = clock
        self._lanes: tuple[Lane, ...] = ()
        self._times: list[list[tuple[float, float, Flag]]] = []
        self._selected = ""
        self._scroll_px = 0.0
        self._hits: dict[int, list[_Hit]] = {}

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """What is shown."""
        return self._lanes

    def set_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show other lanes or flags."""
        new = tuple(lanes)
        if new != self._lanes:
            resized = len(new) != len(self._lanes)
            self._lanes = new
            self._times = [_by_length(lane) for lane in new]
            self._scroll_to(self._scroll_px)
            if resized:
                self.updateGeometry()
            self.redraw()

    def set_selected(self, key: str) -> None:
        """Highlight a flag and bring its lane into view."""
        if key == self._selected:
            return
        self._selected = key
        for row, lane in enumerate(self._lanes):
            for flag in lane.flags:
                if flag.key == key:
                    self._show_row(row)
                    self.setAccessibleDescription(
                        flag_text.tooltip(flag, self._clock(flag.span.start_s))
                    )
        self.redraw()

    def sizeHint(self) -> QSize:
        """All lanes at a comfortable height."""
        return QSize(800, round(max(len(self._lanes), 3) * (self._line_px() + 4)))

    def minimumSizeHint(self) -> QSize:
        """Three lanes."""
        return QSize(200, round(3 * _LOWEST_PX))

    def flag_at(self, x: float, y: float) -> Flag | None:
        """The flag below a point; thin ones may be missed by some pixels."""
        plot, row = self.plot_rect(), self._row_at(y)
        if not plot.left() <= x <= plot.right() + 1:
            return None
        near = [hit for hit in self._hits.get(row, ()) if _distance(hit, x) <= _REACH_PX]
        # Of several, the nearest; of those that cover the point, the shortest, painted on top.
        best = min(near, key=lambda h: (_distance(h, x), h.right - h.left), default=None)
        return best.flag if best is not None else None

    # Geometry

    def _line_px(self) -> float:
        return max(QFontMetricsF(self.small_font()).height(), _LOWEST_PX)

    def _row_px(self) -> float:
        if not self._lanes:
            return _HIGHEST_PX
        return min(max(self.height() / len(self._lanes), self._line_px()), _HIGHEST_PX)

    def _row_at(self, y: float) -> int:
        return int((y + self._scroll_px) // self._row_px())

    def _scroll_to(self, wanted_px: float) -> None:
        most = max(len(self._lanes) * self._row_px() - self.height(), 0.0)
        self._scroll_px = min(max(wanted_px, 0.0), most)
        self.redraw()

    def _show_row(self, row: int) -> None:
        top = row * self._row_px()
        lowest = top + self._row_px() - self.height()
        self._scroll_to(min(max(self._scroll_px, lowest), top))

    # Painting

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        colors = theme.current()
        self._hits = {}
        row_px = self._row_px()
        for row, lane in enumerate(self._lanes):
            area = QRectF(plot.left(), row * row_px - self._scroll_px, plot.width(), row_px)
            if area.bottom() < 0 or area.top() > self.height():
                continue
            painter.setClipRect(plot)
            self._draw_unknown(painter, area, lane)
        self._draw_grid(painter, plot)
        for row, lane in enumerate(self._lanes):
            area = QRectF(plot.left(), row * row_px - self._scroll_px, plot.width(), row_px)
            painter.setClipRect(plot)
            self._draw_flags(painter, area, row, lane)
            painter.setClipping(False)
            self._draw_name(painter, area, lane)
            painter.setPen(QPen(self.colors.border, 1))
            painter.drawLine(0, round(area.bottom()) - 1, plot.right(), round(area.bottom()) - 1)
        if not self._lanes:
            painter.setPen(colors.text_muted)
            painter.drawText(
                plot, Qt.AlignmentFlag.AlignCenter, tr("Open a title to see its flags over time")
            )
        self._draw_scroll(painter, plot)

    def _draw_unknown(self, painter: QPainter, area: QRectF, lane: Lane) -> None:
        low, high = self.axis.extent
        start_s, end_s = max(self.axis.view[0], low), min(self.axis.view[1], high)
        inner = area.adjusted(0, 1, 0, -1)
        for from_s, to_s in gaps(lane.analysed, start_s, end_s):
            left, right = self.x_of(from_s), self.x_of(to_s)
            if right - left < 1:
                continue
            hatch = QRectF(left, inner.top(), right - left, inner.height())
            paint_hatch(painter, hatch, self.colors.pending)
        if lane.remark:
            self._draw_remark(painter, inner, lane.remark)

    def _draw_remark(self, painter: QPainter, area: QRectF, text: str) -> None:
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 10
        box = QRectF(area.center().x() - width / 2, area.top(), width, area.height())
        painter.fillRect(box, self.colors.ground)
        painter.setPen(self.colors.text_muted)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_flags(self, painter: QPainter, area: QRectF, row: int, lane: Lane) -> None:
        start_s, end_s = self.axis.view
        colors, hits = theme.current(), self._hits.setdefault(row, [])
        top, height = area.top() + 2, area.height() - 5
        last: tuple[QRectF, Flag] | None = None
        for from_s, to_s, flag in self._times[row]:
            if to_s < start_s or from_s > end_s:
                continue
            left = max(self.x_of(from_s), area.left() - 8)
            right = min(self.x_of(to_s), area.right() + 8)
            rect = flag_rect(left, right, top, height, flag)
            hits.append(_Hit(rect.left(), rect.right(), flag))
            if flag.key == self._selected:
                last = (rect, flag)
            else:
                paint_flag(painter, rect, flag, colors, selected=False)
        if last is not None:
            paint_flag(painter, last[0], last[1], colors, selected=True)

    def _draw_name(self, painter: QPainter, area: QRectF, lane: Lane) -> None:
        gutter = QRectF(4, area.top(), area.left() - 11, area.height())
        painter.save()
        painter.setClipRect(gutter)
        count = str(lane.count) if lane.count else ""
        metrics = QFontMetricsF(painter.font())
        room = gutter.width() - metrics.horizontalAdvance(count) - (6 if count else 0)
        known = bool(lane.analysed) and not (lane.disabled or lane.folded)
        painter.setPen(self.colors.text if known else self.colors.text_muted)
        name = metrics.elidedText(lane.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(gutter, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.setPen(self.colors.text_muted)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(gutter, int(right), count)
        painter.restore()

    def _draw_scroll(self, painter: QPainter, plot: QRect) -> None:
        total = len(self._lanes) * self._row_px()
        if total <= self.height() + 1:
            return
        share, start = self.height() / total, self._scroll_px / total
        bar = QRectF(plot.left() - 4, start * self.height(), 3, share * self.height())
        painter.fillRect(bar, self.colors.text_muted)

    # Mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll over the names, else zoom and pan as all panes do."""
        turn = event.angleDelta().y()
        if event.position().x() < self.plot_rect().left() and turn:
            self._scroll_to(self._scroll_px - turn / _NOTCH * self._row_px())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the flag below the pointer, or scrub."""
        at = event.position()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if self._folded_at(at.x(), at.y()) and event.button() is Qt.MouseButton.LeftButton:
            self.fold_clicked.emit()
            event.accept()
            return
        flag = self.flag_at(at.x(), at.y()) if plain else None
        if flag is not None and event.button() is Qt.MouseButton.LeftButton:
            self.flag_clicked.emit(flag.key)
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom to a flag."""
        flag = self.flag_at(event.position().x(), event.position().y())
        if flag is not None:
            self.flag_activated.emit(flag.key)
            event.accept()
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        at = event.position()
        over = self.flag_at(at.x(), at.y()) is not None or self._folded_at(at.x(), at.y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what is below the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(
                event.globalPos(), self.tip_at(event.pos().x(), event.pos().y()), self
            )
            return True
        return super().event(event)

    def tip_at(self, x: float, y: float) -> str:
        """The tooltip at a point: a flag, else a lane's name and state."""
        flag = self.flag_at(x, y)
        if flag is not None:
            return flag_text.tooltip(flag, self._clock(flag.span.start_s))
        row = self._row_at(y)
        if not 0 <= row < len(self._lanes):
            return ""
        lane = self._lanes[row]
        if lane.members:
            return "\n".join((*lane.members, tr("Click the name to show each")))
        return f"{lane.title}: {lane.remark}" if lane.remark else lane.title

    def _folded_at(self, x: float, y: float) -> bool:
        """Whether a point is on the name of a lane that holds others."""
        row = self._row_at(y)
        inside = x < self.plot_rect().left() and 0 <= row < len(self._lanes)
        return inside and self._lanes[row].folded > 0


def _by_length(lane: Lane) -> list[tuple[float, float, Flag]]:
    """Start, end and flag, long ones first: a short one inside a long one lies on top."""
    times = [(flag.span.start_s, flag.span.end_s, flag) for flag in lane.flags]
    return sorted(times, key=lambda entry: entry[0] - entry[1])


def _distance(hit: _Hit, x: float) -> float:
    right = max(hit.right, hit.left + MIN_WIDTH)
    return max(hit.left - x, x - right, 0.0)
