"""The metrics pane: the curve behind a flag, and its thresholds as lines that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from core.catalog.spec import DetectorSpec, MetricSpec, ThresholdSpec
from core.domain.profile import Profile
from core.domain.track import Track
from core.review.flag import Flag
from gui import theme
from gui.language import tr
from gui.panes.bend import STRAIGHT, Bend, bend_for
from gui.panes.color import PaneColors
from gui.panes.curve import Curve
from gui.panes.time_pane import TimePane
from gui.time_axis import TimeAxis
from gui.timeline.lane import gaps
from gui.timeline.paint import paint_hatch
from gui.wording import figure

_GRAB_PX = 5.0
_PAD_PX = 4.0
_SHARE_OF_HEIGHT = 0.01


@dataclass(frozen=True, slots=True)
class Line:
    """A threshold on the curve's axis."""

    spec: ThresholdSpec
    value: float


class MetricsPane(TimePane):
    """Draws one metric of one detector.

    A threshold line follows the mouse (or Alt+Up and Alt+Down) and says so at once; when it is
    let go the value is final.

    Signals:
        threshold_moved: Threshold name and value, while dragging.
        threshold_set: Threshold name and value, on release.
    """

    threshold_moved = Signal(str, float)
    threshold_set = Signal(str, float)

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(axis, tr("Metric curve"), PaneColors.of(theme.current()), parent)
        self.setAccessibleDescription(
            tr("Alt+Up and Alt+Down move the threshold.") + " " + self.accessibleDescription()
        )
        self._spec: DetectorSpec | None = None
        self._metric: MetricSpec | None = None
        self._profile: Profile | None = None
        self._curve: Curve | None = None
        self._measured: tuple[tuple[float, float], ...] = ()
        self._flag: Flag | None = None
        self._hint = tr("Select a flag to see the curve that raised it")
        self._grabbed: str = ""
        self._grabbed_value = 0.0
        self._under: QPixmap | None = None
        self._under_range = (0.0, 0.0)

    # What it shows

    @property
    def metric_name(self) -> str:
        """Name of the metric that is drawn, or an empty text."""
        return self._metric.name if self._metric is not None else ""

    @property
    def has_curve(self) -> bool:
        """Whether there is something to draw."""
        return self._curve is not None and len(self._curve) > 0

    def show_nothing(self, hint: str) -> None:
        """Show no curve and say why."""
        self._spec = self._metric = self._profile = self._curve = self._flag = None
        self._measured, self._grabbed, self._hint = (), "", hint
        self.redraw()

    def show_metric(
        self, spec: DetectorSpec, metric: str, profile: Profile, track: Track | None
    ) -> None:
        """Draw a metric.

        Args:
            spec: The detector.
            metric: One of its metrics.
            profile: Says where the thresholds are.
            track: What was measured; None when nothing was yet.
        """
        self._spec, self._metric, self._profile = spec, spec.metric(metric), profile
        unless = self._metric.unless
        self._curve = Curve(track, metric, unless) if track is not None and len(track) else None
        self._measured = (
            ((float(track.starts_s[0]), float(track.ends_s[-1])),)
            if track is not None and len(track)
            else ()
        )
        self._hint = "" if self._curve is not None else tr("Not analysed yet")
        self.redraw()

    def set_profile(self, profile: Profile) -> None:
        """Move the lines to where another profile has them."""
        if self._profile is not None and not self._grabbed and profile != self._profile:
            self._profile = profile
            self._redraw_lines()

    def set_flag(self, flag: Flag | None) -> None:
        """Mark the stretch of the selected flag."""
        if flag is not self._flag:
            self._flag = flag
            self.redraw()

    def lines(self) -> tuple[Line, ...]:
        """Thresholds of the metric, the one that is held where it is held."""
        if self._spec is None or self._metric is None or self._profile is None:
            return ()
        return tuple(
            Line(
                spec,
                self._grabbed_value
                if spec.name == self._grabbed
                else self._spec.value(self._profile, spec.name),
            )
            for spec in self._spec.thresholds
            if spec.metric == self._metric.name
        )

    def sizeHint(self) -> QSize:
        """Room for a curve."""
        return QSize(800, 90)

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(200, 44)

    # Geometry

    def _range(self) -> tuple[float, float]:
        """Ends of the upright axis: the metric's own, widened by what was measured."""
        assert self._metric is not None
        low, high = self._metric.low, self._metric.high
        extent = self._curve.extent() if self._curve is not None else None
        values = [line.value for line in self.lines()]
        if extent is not None:
            values += extent
        low, high = min([low, *values]), max([high, *values])
        return (low, high) if high > low else (low, low + 1.0)

    def _y_of(self, value: float, plot: QRect) -> float:
        return self._ys_of(np.array([value], np.float32), plot)[0]

    def _ys_of(self, values: NDArray[np.float32], plot: QRect) -> list[float]:
        low, high = self._range()
        shares = self._bend().shares((values.astype(np.float64) - low) / (high - low))
        ys: list[float] = (self._bottom(plot) - shares * self._height(plot)).tolist()
        return ys

    def _value_at(self, y: float, plot: QRect) -> float:
        low, high = self._range()
        share = (self._bottom(plot) - y) / self._height(plot)
        return low + self._bend().unbent(min(max(share, 0.0), 1.0)) * (high - low)

    def _bend(self) -> Bend:
        """How the scale is stretched, from the defaults, so that it holds while dragging."""
        if self._spec is None or self._metric is None:
            return STRAIGHT
        low, high = self._metric.low, self._metric.high
        lines = [t.default for t in self._spec.thresholds if t.metric == self._metric.name]
        return bend_for([(value - low) / (high - low) for value in lines])

    def _bottom(self, plot: QRect) -> float:
        return plot.bottom() - _PAD_PX

    def _height(self, plot: QRect) -> float:
        return max(plot.height() - 2 * _PAD_PX, 1.0)

    def line_at(self, y: float) -> Line | None:
        """The threshold line within reach of a height."""
        plot = self.plot_rect()
        near = [(abs(self._y_of(line.value, plot) - y), line) for line in self.lines()]
        found = min(near, key=lambda pair: pair[0], default=None)
        return found[1] if found is not None and found[0] <= _GRAB_PX else None

    # Painting

    def _draw_picture(self, painter: QPainter, plot: QRect) -> None:
        if self._metric is None:
            painter.setPen(self.colors.text_muted)
            painter.drawText(plot, Qt.AlignmentFlag.AlignCenter, self._hint)
            return
        painter.drawPixmap(0, 0, self._ground_picture(plot))
        painter.setClipRect(plot)
        self._draw_band(painter, plot)
        for line in self.lines():
            self._draw_line(painter, plot, line)
        painter.setClipping(False)
        self._draw_ends(painter, plot, self._metric)

    def redraw(self) -> None:
        """Have everything drawn again."""
        self._under = None
        super().redraw()

    def _redraw_lines(self) -> None:
        """Have the thresholds drawn again: the curve does not move with them."""
        super().redraw()

    def _ground_picture(self, plot: QRect) -> QPixmap:
        """Curve, grid, flag and what is unknown; kept while a threshold is dragged."""
        values = self._range()
        size = self._device_size()
        if self._under is None or self._under_range != values or self._under.size() != size:
            self._under, self._under_range = QPixmap(size), values
            self._under.setDevicePixelRatio(self.devicePixelRatioF())
            self._under.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._under)
            painter.setFont(self.small_font())
            painter.setClipRect(plot)
            self._draw_unknown(painter, plot)
            self._draw_grid(painter, plot)
            self._draw_flag(painter, plot)
            self._draw_curve(painter, plot)
            painter.end()
        return self._under

    def _draw_unknown(self, painter: QPainter, plot: QRect) -> None:
        start_s = max(self.axis.view[0], self.axis.extent[0])
        end_s = min(self.axis.view[1], self.axis.extent[1])
        for from_s, to_s in gaps(self._measured, start_s, end_s):
            left, right = self.x_of(from_s), self.x_of(to_s)
            if right - left >= 1:
                area = QRectF(left, plot.top(), right - left, plot.height())
                paint_hatch(painter, area, self.colors.pending)
        if self._hint:
            painter.setPen(self.colors.text_muted)
            painter.drawText(plot, Qt.AlignmentFlag.AlignCenter, self._hint)

    def _draw_flag(self, painter: QPainter, plot: QRect) -> None:
        if self._flag is None:
            return
        left, right = self.x_of(self._flag.span.start_s), self.x_of(self._flag.span.end_s)
        severity = self._flag.severity
        colors = theme.current()
        color = QColor(colors.severity(severity) if severity is not None else colors.accent)
        painter.fillRect(QRectF(left, plot.top(), max(right - left, 3), 3), color)
        color.setAlpha(46)
        painter.fillRect(QRectF(left, plot.top(), max(right - left, 3), plot.height()), color)

    def _draw_curve(self, painter: QPainter, plot: QRect) -> None:
        curve = self._curve
        if curve is None:
            return
        painter.setPen(QPen(theme.current().curve, 1))
        first, stop = curve.rows_between(*self.axis.view)
        if stop - first <= plot.width():
            self._draw_steps(painter, plot, first, stop)
            return
        columns = round(plot.width() * self.devicePixelRatioF())
        reduced = curve.columns(*self.axis.view, columns)
        valid = np.flatnonzero(reduced.valid)
        xs = (plot.left() + (valid + 0.5) * (plot.width() / columns)).tolist()
        lows = self._ys_of(reduced.low[valid], plot)
        highs = self._ys_of(reduced.high[valid], plot)
        points: list[QPointF] = []
        for x, low, high in zip(xs, lows, highs, strict=True):
            points.append(QPointF(x, low))
            points.append(QPointF(x, high))
        # Between columns that say something the line does not cross those that say nothing.
        ends = (np.flatnonzero(np.diff(valid) > 1) + 1).tolist()
        for first, stop in pairwise([0, *ends, len(valid)]):
            painter.drawPolyline(QPolygonF(points[2 * first : 2 * stop]))

    def _draw_steps(self, painter: QPainter, plot: QRect, first: int, stop: int) -> None:
        """Few rows: each value holds until the next."""
        assert self._curve is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        points: list[QPointF] = []
        steps = self._curve.steps(first, stop)
        ys = self._ys_of(np.array([value for _, _, value in steps], np.float32), plot)
        until_s = steps[0][0] if steps else 0.0
        for (left_s, right_s, _), y in zip(steps, ys, strict=True):
            if left_s > until_s:
                painter.drawPolyline(QPolygonF(points))
                points.clear()
            points.append(QPointF(self.x_of(left_s), y))
            points.append(QPointF(self.x_of(right_s), y))
            until_s = right_s
        painter.drawPolyline(QPolygonF(points))

    def _draw_band(self, painter: QPainter, plot: QRect) -> None:
        """What lies between a lower and an upper line is tolerated."""
        above = [line.value for line in self.lines() if not line.spec.fires_below]
        below = [line.value for line in self.lines() if line.spec.fires_below]
        if len(above) == 1 and len(below) == 1 and below[0] < above[0]:
            top, bottom = self._y_of(above[0], plot), self._y_of(below[0], plot)
            color = QColor(theme.current().confirmed)
            color.setAlpha(30)
            painter.fillRect(QRectF(plot.left(), top, plot.width(), bottom - top), color)

    def _draw_line(self, painter: QPainter, plot: QRect, line: Line) -> None:
        color, y = theme.current().threshold, self._y_of(line.value, plot)
        held = line.spec.name == self._grabbed
        style = Qt.PenStyle.SolidLine if held else Qt.PenStyle.DashLine
        painter.setPen(QPen(color, 2 if held else 1.5, style))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        unit = f" {line.spec.unit}" if line.spec.unit else ""
        shown = f"{tr(line.spec.title)} {figure(line.value)}{unit}"
        if line.spec.fires_below:
            text = tr("{threshold} (flags below)", threshold=shown)
        else:
            text = tr("{threshold} (flags above)", threshold=shown)
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(text) + 8
        beside = [other for other in self.lines() if not other.spec.fires_below]
        top = y - metrics.height() - 1
        # Of two lines around what is tolerated the lower one is named below itself.
        top = y + 1 if top < plot.top() or (line.spec.fires_below and beside) else top
        top = min(top, plot.bottom() - metrics.height())
        box = QRectF(plot.right() - width - 4, top, width, metrics.height())
        ground = QColor(self.colors.ground)
        ground.setAlpha(215)
        painter.fillRect(box, ground)
        painter.setPen(color)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_ends(self, painter: QPainter, plot: QRect, metric: MetricSpec) -> None:
        gutter = QRectF(4, plot.top(), plot.left() - 10, plot.height())
        low, high = self._range()
        painter.setPen(self.colors.text_muted)
        right = int(Qt.AlignmentFlag.AlignRight)
        unit = f" {metric.unit}" if metric.unit else ""
        painter.drawText(gutter, right | int(Qt.AlignmentFlag.AlignTop), f"{figure(high)}{unit}")
        painter.drawText(gutter, right | int(Qt.AlignmentFlag.AlignBottom), f"{figure(low)}{unit}")

    def _read_out(self, seconds: float, _y: float) -> str:
        text = self.form.text(seconds)
        value = self._curve.value_at(seconds) if self._curve is not None else None
        if value is None or self._metric is None:
            return text
        unit = f" {self._metric.unit}" if self._metric.unit else ""
        return f"{text}   {figure(value)}{unit}"

    # Dragging a threshold

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a line, or scrub."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        inside = event.position().x() >= self.plot_rect().left()
        line = self.line_at(event.position().y()) if plain and inside else None
        if line is not None and event.button() is Qt.MouseButton.LeftButton:
            self._grabbed, self._grabbed_value = line.spec.name, line.value
            self._redraw_lines()
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the line that is held."""
        if not self._grabbed:
            over = self.line_at(event.position().y()) is not None
            self.setCursor(Qt.CursorShape.SizeVerCursor if over else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        self._move(self._value_at(event.position().y(), self.plot_rect()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the line go: the value is final."""
        if self._grabbed and event.button() is Qt.MouseButton.LeftButton:
            name, value, self._grabbed = self._grabbed, self._grabbed_value, ""
            self._redraw_lines()
            self.threshold_set.emit(name, value)
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the first line with Alt+Up and Alt+Down."""
        keys = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        lines = self.lines()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in keys and lines:
            plot, line = self.plot_rect(), lines[0]
            step = self._height(plot) * _SHARE_OF_HEIGHT * keys[Qt.Key(event.key())]
            value = self._value_at(self._y_of(line.value, plot) - step, plot)
            self.threshold_set.emit(line.spec.name, _kept(value, line.spec))
            event.accept()
        else:
            super().keyPressEvent(event)

    def _move(self, value: float) -> None:
        line = next((line for line in self.lines() if line.spec.name == self._grabbed), None)
        if line is None:
            return
        value = _kept(value, line.spec)
        if value != self._grabbed_value:
            self._grabbed_value = value
            self._redraw_lines()
            self.threshold_moved.emit(self._grabbed, value)


def track_of(tracks: Sequence[Track], detector: str, stream: int | None) -> Track | None:
    """The track of a detector on a stream, else its first one."""
    mine = [track for track in tracks if track.detector == detector]
    return next((t for t in mine if t.stream == stream), mine[0] if mine else None)


def _kept(value: float, spec: ThresholdSpec) -> float:
    """A value inside the threshold's range."""
    return min(max(value, spec.low), spec.high)
