"""What every pane on the time axis shares: geometry, mouse, wheel, keys, marks and the playhead.

A pane paints twice: its picture into a pixmap, only when the view, the size, the colours or the
data change; and on each paint event that pixmap plus selection, playhead and read-out. A moving
playhead repaints two strips of a few pixels and never the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from time import perf_counter

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.language import tr
from gui.panes.color import PaneColors
from gui.panes.tick import Tick, TimeFormat, ticks
from gui.time_axis import TimeAxis

GUTTER_PX = 64
_ZOOM = 1.25
_CLICK_PX = 4
_NOTCH = 120
_MARK_BAR_PX = 3

Mark = tuple[float, float, QColor]


class TimePane(QWidget):
    """A pane on the shared time axis; subclasses paint `_draw_picture`.

    Wheel zooms around the pointer; Shift+wheel or a sideways wheel pans; a left drag scrubs;
    Shift+drag marks a stretch, Shift+click clears it; a middle drag pans. Keys: + and − zoom
    around the playhead, 0 shows everything, Home and End go to the ends, Page Up and Page Down
    turn the page, Escape clears the mark.

    Attributes:
        drawing_s: How long it took to draw the picture the last time.

    Args:
        axis: The shared axis.
        name: What the pane is, for screen readers.
        colors: Colours; the theme's when none are given.
        parent: Qt parent.
    """

    def __init__(
        self,
        axis: TimeAxis,
        name: str,
        colors: PaneColors | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.axis = axis
        self.colors = colors or PaneColors.of(theme.current())
        self.form = TimeFormat()
        self._gutter_px = GUTTER_PX
        self._marks: tuple[Mark, ...] = ()
        self._picture: QPixmap | None = None
        self.drawing_s = 0.0
        self._playhead_px: float | None = None
        self._hover: QPointF | None = None
        self._drag: tuple[Qt.MouseButton, bool, float, QPointF] | None = None
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            tr("Plus and minus zoom, Page Up and Page Down pan, Home and End go to the ends.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        axis.view_changed.connect(self._on_view_changed)
        axis.playhead_moved.connect(self._on_playhead_moved)
        axis.selection_changed.connect(self._on_selection_changed)

    # What the desk sets

    def set_colors(self, colors: PaneColors) -> None:
        """Take other colours."""
        self.colors = colors
        self.redraw()

    def set_time_format(self, form: TimeFormat) -> None:
        """Say how times are written."""
        self.form = form
        self.redraw()

    def set_gutter(self, width_px: int) -> None:
        """Width of the labels at the left; the same in all panes so that times line up."""
        self._gutter_px = width_px
        self.redraw()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show stretches: (start in s, end in s, colour); later ones lie on top."""
        self._marks = tuple(marks)
        self.redraw()

    # Geometry

    def plot_rect(self) -> QRect:
        """Where time is drawn, in logical pixels."""
        left = min(self._gutter_px, self.width())
        return QRect(left, 0, max(self.width() - left, 1), max(self.height(), 1))

    def x_of(self, seconds: float) -> float:
        """Logical x of a time."""
        start_s, end_s = self.axis.view
        plot = self.plot_rect()
        return plot.left() + (seconds - start_s) / (end_s - start_s) * plot.width()

    def seconds_at(self, x: float) -> float:
        """Time at a logical x, kept inside the title."""
        start_s, end_s = self.axis.view
        plot = self.plot_rect()
        seconds = start_s + (x - plot.left()) / plot.width() * (end_s - start_s)
        return min(max(seconds, self.axis.extent[0]), self.axis.extent[1])

    def time_ticks(self) -> tuple[Tick, ...]:
        """Ticks of the view with as many labels as have room."""
        start_s, end_s = self.axis.view
        label = QFontMetricsF(self.small_font()).horizontalAdvance(self.form.text(end_s))
        return ticks(start_s, end_s, self.plot_rect().width() / (label + 24), self.form)

    def small_font(self) -> QFont:
        """The font of scales and read-outs."""
        font = QFont(self.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(max(font.pointSizeF() * 0.85, 6.5))
        return font

    def sizeHint(self) -> QSize:
        """A comfortable size."""
        return QSize(800, 120)

    def minimumSizeHint(self) -> QSize:
        """Still usable."""
        return QSize(200, 60)

    # For subclasses

    def redraw(self) -> None:
        """Have the picture drawn again."""
        self._picture = None
        self.update()

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        """Draw all that does not move with the playhead; the ground is filled already."""
        raise NotImplementedError

    def _read_out(self, seconds: float, _y: float) -> str:
        """What the pointer stands on, in words."""
        return self.form.text(seconds)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the picture, then draw what moves."""
        if self._picture is None or self._picture.size() != self._device_size():
            began_s = perf_counter()
            self._picture = self._make_picture()
            self.drawing_s = perf_counter() - began_s
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        painter.drawPixmap(0, 0, self._picture)
        plot = self.plot_rect()
        painter.setClipRect(plot, Qt.ClipOperation.IntersectClip)
        self._draw_selection(painter, plot)
        self._draw_playhead(painter, plot)
        painter.setClipRegion(event.region())
        if self._hover is not None and self._drag is None:
            self._draw_read_out(painter, plot, self._hover)
        if self.hasFocus():
            painter.setPen(QPen(self.colors.focus, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _device_size(self) -> QSize:
        ratio = self.devicePixelRatioF()
        return QSize(max(round(self.width() * ratio), 1), max(round(self.height() * ratio), 1))

    def _make_picture(self) -> QPixmap:
        pixmap = QPixmap(self._device_size())
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        pixmap.fill(self.colors.ground)
        painter = QPainter(pixmap)
        plot = self.plot_rect()
        painter.fillRect(QRect(0, 0, plot.left(), self.height()), self.colors.gutter)
        painter.setFont(self.small_font())
        self._draw_picture(painter, plot)
        painter.setPen(QPen(self.colors.border, 1))
        if plot.left() > 0:
            painter.drawLine(plot.left() - 1, 0, plot.left() - 1, self.height())
        painter.setClipRect(plot)
        self._draw_marks(painter, plot)
        painter.end()
        return pixmap

    def _draw_grid(self, painter: QPainter, plot: QRect, opacity: float = 1.0) -> None:
        """Upright lines at the labelled ticks."""
        color = QColor(self.colors.grid)
        color.setAlphaF(opacity)
        for tick in self.time_ticks():
            if tick.label:
                # Filling costs a tenth of drawing a line with a see-through pen.
                x = floor(self.x_of(tick.seconds))
                painter.fillRect(QRect(x, plot.top(), 1, plot.height()), color)

    def _draw_marks(self, painter: QPainter, plot: QRect) -> None:
        start_s, end_s = self.axis.view
        for mark_start_s, mark_end_s, color in self._marks:
            if mark_end_s < start_s or mark_start_s > end_s:
                continue
            left = max(self.x_of(mark_start_s), plot.left() - 4.0)
            right = min(max(self.x_of(mark_end_s), left + 2), plot.right() + 4.0)
            wash = QColor(color)
            wash.setAlpha(36)
            painter.fillRect(QRectF(left, 0, right - left, self.height()), wash)
            painter.fillRect(QRectF(left, 0, right - left, _MARK_BAR_PX), color)

    def _draw_selection(self, painter: QPainter, plot: QRect) -> None:
        if self.axis.selection is None:
            return
        left, right = (self.x_of(seconds) for seconds in self.axis.selection)
        left, right = max(left, plot.left() - 4.0), min(right, plot.right() + 5.0)
        if right < plot.left() or left > plot.right() + 1:
            return
        wash = QColor(self.colors.selection)
        wash.setAlpha(56)
        painter.fillRect(QRectF(left, 0, right - left, self.height()), wash)
        painter.setPen(QPen(self.colors.selection, 1))
        for x in (floor(left), floor(right)):
            painter.drawLine(x, 0, x, self.height())

    def _draw_playhead(self, painter: QPainter, plot: QRect) -> None:
        x = self.x_of(self.axis.playhead_s)
        self._playhead_px = x
        if not plot.left() - 1 <= x <= plot.right() + 1:
            return
        shadow = QColor(self.colors.ground)
        shadow.setAlpha(150)
        painter.fillRect(QRectF(floor(x) - 1, 0, 3, self.height()), shadow)
        painter.fillRect(QRectF(floor(x), 0, 1, self.height()), self.colors.playhead)
        self._draw_playhead_head(painter, floor(x))

    def _draw_playhead_head(self, painter: QPainter, x: int) -> None:
        head = QPolygonF([QPointF(x - 4, 0), QPointF(x + 5, 0), QPointF(x + 0.5, 6)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colors.playhead)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolygon(head)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_read_out(self, painter: QPainter, plot: QRect, at: QPointF) -> None:
        if not plot.left() <= at.x() <= plot.right() + 1:
            return
        line = QColor(self.colors.text_muted)
        line.setAlpha(120)
        painter.setPen(QPen(line, 1, Qt.PenStyle.DotLine))
        painter.drawLine(floor(at.x()), 0, floor(at.x()), self.height())
        text = self._read_out(self.seconds_at(at.x()), at.y())
        if text:
            beside = QPoint(floor(at.x()) + 10, floor(at.y()) - 10)
            self.draw_bubble(painter, plot, beside, text)

    def draw_bubble(self, painter: QPainter, plot: QRect, at: QPoint, text: str) -> QRect:
        """Draw words on a small ground near a point, kept inside the plot.

        Returns:
            What was painted over.
        """
        font = self.small_font()
        metrics = QFontMetrics(font)
        box = QRect(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4)
        left = at.x() if at.x() + box.width() <= plot.right() else at.x() - box.width() - 20
        top = at.y() - box.height() // 2
        left = max(left, plot.left() + 2)
        box.moveTo(left, min(max(top, 2), max(self.height() - box.height() - 2, 0)))
        ground = QColor(self.colors.bubble)
        ground.setAlpha(235)
        painter.fillRect(box, ground)
        painter.setPen(self.colors.text)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box

    # Changes

    def _on_view_changed(self, _start_s: float, _end_s: float) -> None:
        self.redraw()

    def _on_selection_changed(self, _selection: object) -> None:
        self.update()

    def _on_playhead_moved(self, seconds: float) -> None:
        new = self.x_of(seconds)
        if self._playhead_px is not None and floor(self._playhead_px) == floor(new):
            return
        for x in (self._playhead_px, new):
            if x is not None and -10 <= x <= self.width() + 10:
                self.update(QRect(floor(x) - 6, 0, 14, self.height()))

    # Mouse and wheel

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer, or pan."""
        turn = event.angleDelta()
        sideways = abs(turn.x()) > abs(turn.y())
        if sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            pixels = event.pixelDelta()
            if sideways and not pixels.isNull():
                self.axis.pan(-pixels.x() / self.plot_rect().width())
            else:
                self.axis.pan(-(turn.x() if sideways else turn.y()) / _NOTCH * 0.1)
        elif turn.y():
            self.axis.zoom(_ZOOM ** (turn.y() / _NOTCH), self.seconds_at(event.position().x()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to scrub, mark or pan."""
        button = event.button()
        if button not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            super().mousePressEvent(event)
            return
        at = event.position()
        marking = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._drag = (button, marking, self.seconds_at(at.x()), at)
        if button is Qt.MouseButton.LeftButton and not marking:
            self.axis.seek_requested.emit(self.seconds_at(at.x()))
        self.update()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the drag, or move the read-out."""
        at = event.position()
        if self._drag is None:
            self._hover = at
            self.update()
            return
        button, marking, began_s, began_at = self._drag
        if button is Qt.MouseButton.MiddleButton:
            start_s, end_s = self.axis.view
            moved_s = self.seconds_at_unbounded(at.x()) - began_s
            self.axis.set_view(start_s - moved_s, end_s - moved_s)
        elif not marking:
            self.axis.seek_requested.emit(self.seconds_at(at.x()))
        elif abs(at.x() - began_at.x()) >= _CLICK_PX:
            self.axis.set_selection((began_s, self.seconds_at(at.x())))

    def seconds_at_unbounded(self, x: float) -> float:
        """Time at a logical x, also before and after the title."""
        start_s, end_s = self.axis.view
        plot = self.plot_rect()
        return start_s + (x - plot.left()) / plot.width() * (end_s - start_s)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag; a Shift+click without one clears the mark."""
        if self._drag is None or event.button() is not self._drag[0]:
            super().mouseReleaseEvent(event)
            return
        _, marking, _, began_at = self._drag
        self._drag = None
        if marking and abs(event.position().x() - began_at.x()) < _CLICK_PX:
            self.axis.set_selection(None)
        self.update()
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the read-out."""
        self._hover = event.position()
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Hide the read-out."""
        self._hover = None
        self.update()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, pan and go to the ends; everything else is for others."""
        key = event.key()
        low_s, high_s = self.axis.extent
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.axis.zoom(_ZOOM**2)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.axis.zoom(_ZOOM**-2)
        elif key == Qt.Key.Key_0:
            self.axis.set_view(low_s, high_s)
        elif key == Qt.Key.Key_Home:
            self.axis.seek_requested.emit(low_s)
        elif key == Qt.Key.Key_End:
            self.axis.seek_requested.emit(high_s)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.axis.pan(0.9 if key == Qt.Key.Key_PageDown else -0.9)
        elif key == Qt.Key.Key_Escape and self.axis.selection is not None:
            self.axis.set_selection(None)
        else:
            super().keyPressEvent(event)
