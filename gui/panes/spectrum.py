"""The spectrum view: level over frequency of a stretch, with the stretch before it in grey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log2

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.domain.finding import Band
from core.media.average_spectrum import AverageSpectrum
from gui import theme
from gui.language import mark, tr
from gui.panes.color import PaneColors
from gui.panes.frequency import frequency_text, hertz_text

LOWEST_HZ = 20.0
_LABELS_HZ = (20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 40000, 80000)
_GRID_DB = 20
_ROOM_DB = 10.0
_LEAST_DB, _MOST_DB = 60.0, 110.0
_QUANTILE = 0.02
_GUTTER_PX = 40
_MARK_PX = 6
_NEAREST_MARKS_PX = 3.0
_PAD_PX = 4

EMPTY = mark("Mark a stretch, select a flag of the sound, or put the playhead somewhere")


@dataclass(frozen=True, slots=True, eq=False)
class ShownSpectrum:
    """What the view draws.

    Attributes:
        name: What stretch it is of.
        spectrum: Its spectrum.
        before: That of as much before it; None where the title has nothing there.
        lines_hz: Frequencies to mark.
        band: A band to shade.
    """

    name: str
    spectrum: AverageSpectrum
    before: AverageSpectrum | None = None
    lines_hz: Sequence[float] = ()
    band: Band | None = None


class SpectrumPane(QWidget):
    """Draws a spectrum; pointing at it reads it.

    Args:
        parent: Qt parent.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors = PaneColors.of(theme.current())
        self._shown: ShownSpectrum | None = None
        self._hint = tr(EMPTY)
        self._range_db = (-100.0, 0.0)
        self._hover: QPointF | None = None
        self.setAccessibleName(tr("Spectrum"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    # What the desk sets

    @property
    def shown(self) -> ShownSpectrum | None:
        """What is drawn."""
        return self._shown

    @property
    def hint(self) -> str:
        """What is said instead, when nothing is drawn."""
        return "" if self._shown is not None else self._hint

    def set_colors(self, colors: PaneColors) -> None:
        """Take other colours."""
        self.colors = colors
        self.update()

    def show_spectrum(self, shown: ShownSpectrum) -> None:
        """Draw a spectrum."""
        self._shown = shown
        self._range_db = _range_of([s for s in (shown.spectrum, shown.before) if s is not None])
        self.setAccessibleDescription(shown.name)
        self.update()

    def show_nothing(self, hint: str = EMPTY) -> None:
        """Draw none and say what to do."""
        self._shown, self._hint = None, hint
        self.setAccessibleDescription(hint)
        self.update()

    # Geometry

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(420, 180)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(240, 130)

    def plot_rect(self) -> QRect:
        """Where the curves are drawn, in logical pixels."""
        line = round(QFontMetricsF(self.small_font()).height())
        top = line + 2 * _PAD_PX
        height = max(self.height() - top - line - _PAD_PX, 1)
        return QRect(_GUTTER_PX, top, max(self.width() - _GUTTER_PX - _PAD_PX, 1), height)

    def x_of(self, hertz: float) -> float:
        """Logical x of a frequency; equal steps are equal steps in pitch."""
        plot = self.plot_rect()
        share = log2(max(hertz, 1e-3) / LOWEST_HZ) / log2(self._highest_hz() / LOWEST_HZ)
        return plot.left() + share * plot.width()

    def frequency_at(self, x: float) -> float:
        """Frequency in Hz at a logical x, inside the plot."""
        plot = self.plot_rect()
        share = min(max((x - plot.left()) / plot.width(), 0.0), 1.0)
        return float(LOWEST_HZ * (self._highest_hz() / LOWEST_HZ) ** share)

    def small_font(self) -> QFont:
        """The font of scales and read-outs."""
        font = QFont(self.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(max(font.pointSizeF() * 0.85, 6.5))
        return font

    def _highest_hz(self) -> float:
        if self._shown is None:
            return 24_000.0
        return max(self._shown.spectrum.high_hz, 4 * LOWEST_HZ)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint everything."""
        painter = QPainter(self)
        painter.setFont(self.small_font())
        painter.fillRect(self.rect(), self.colors.ground)
        plot = self.plot_rect()
        shown = self._shown
        if shown is None:
            painter.setPen(self.colors.text_muted)
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(12, 4, -12, -4), flags, self._hint)
        else:
            self._draw_grid(painter, plot)
            self._draw_names(painter, shown)
            painter.setClipRect(plot)
            self._draw_marks(painter, plot, shown)
            if shown.before is not None:
                self._draw_curve(painter, plot, shown.before, self._faint(), 1.0)
            self._draw_curve(painter, plot, shown.spectrum, self.colors.waveform, 1.5)
            self._draw_read_out(painter, plot, shown)
        painter.end()

    def _draw_grid(self, painter: QPainter, plot: QRect) -> None:
        metrics = QFontMetricsF(painter.font())
        low, high = self._range_db
        step = _GRID_DB if plot.height() * _GRID_DB / (high - low) >= metrics.height() else 40
        painter.setPen(self.colors.text_muted)
        level = int(step * np.ceil(low / step))
        while level <= high:
            y = round(self._y_of(level, plot))
            painter.fillRect(QRect(plot.left(), y, plot.width(), 1), self.colors.grid)
            box = QRectF(0, y - metrics.height() / 2, plot.left() - 5, metrics.height())
            if plot.top() - box.height() / 2 <= box.top() and box.center().y() < plot.bottom() - 4:
                align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(box, int(align), f"{level}".replace("-", "−"))
            level += step
        right = -1e9
        for hertz in _LABELS_HZ:
            x = self.x_of(hertz)
            if not plot.left() <= x <= plot.right():
                continue
            painter.fillRect(QRect(floor(x), plot.top(), 1, plot.height()), self.colors.grid)
            text = frequency_text(hertz)
            width = metrics.horizontalAdvance(text)
            left = min(x - width / 2, self.width() - width - 1)
            if left >= right + 6:
                painter.drawText(QPointF(left, plot.bottom() + 1 + metrics.ascent()), text)
                right = left + width

    def _draw_names(self, painter: QPainter, shown: ShownSpectrum) -> None:
        """Which curve is which, with a stroke of its colour before each name."""
        metrics = QFontMetricsF(painter.font())
        names = [(shown.name, self.colors.waveform)]
        if shown.before is not None:
            names.append(("before", self._faint()))
        x = float(_GUTTER_PX)
        room = self.width() - _GUTTER_PX - metrics.horizontalAdvance("before") - 60
        for text, color in names:
            middle = _PAD_PX + metrics.height() / 2
            painter.fillRect(QRectF(x, middle - 1.5, 14, 3), color)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
            painter.setPen(self.colors.text)
            painter.drawText(QPointF(x + 18, _PAD_PX + metrics.ascent()), text)
            x += 18 + metrics.horizontalAdvance(text) + 14

    def _faint(self) -> QColor:
        """For the stretch before: to be compared with, not to be looked at."""
        color = QColor(self.colors.text_muted)
        color.setAlpha(150)
        return color

    def _draw_marks(self, painter: QPainter, plot: QRect, shown: ShownSpectrum) -> None:
        if shown.band is not None:
            left, right = self.x_of(shown.band.low_hz), self.x_of(shown.band.high_hz)
            wash = QColor(self.colors.evidence)
            wash.setAlpha(46)
            box = QRectF(left, plot.top(), right - left, plot.height())
            painter.fillRect(box, wash)
            painter.fillRect(QRectF(left, plot.top(), right - left, 2), self.colors.evidence)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        faint = QColor(self.colors.evidence)
        faint.setAlpha(120)
        last = -1e9
        for hertz in shown.lines_hz:
            x = self.x_of(hertz)
            if x - last < _NEAREST_MARKS_PX:
                continue
            last = x
            painter.fillRect(QRectF(x - 0.5, plot.top(), 1, plot.height()), faint)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colors.evidence)
            tip = QPointF(x, plot.top() + _MARK_PX)
            ends = (QPointF(x - 3.5, plot.top()), QPointF(x + 3.5, plot.top()))
            painter.drawPolygon(QPolygonF([*ends, tip]))

    def _draw_curve(
        self, painter: QPainter, plot: QRect, spectrum: AverageSpectrum, color: QColor, width: float
    ) -> None:
        columns = plot.width() * 2
        share = np.arange(columns + 1) / columns
        edges = LOWEST_HZ * (self._highest_hz() / LOWEST_HZ) ** share
        levels = spectrum.levels_between(edges).tolist()
        points = [
            QPointF(plot.left() + (number + 0.5) / 2, self._y_of(level, plot))
            for number, level in enumerate(levels)
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, width))
        painter.drawPolyline(QPolygonF(points))

    def _y_of(self, level_db: float, plot: QRect) -> float:
        low, high = self._range_db
        return plot.top() + (high - level_db) / (high - low) * plot.height()

    # Reading

    def read_out(self, x: float) -> str:
        """What stands at a logical x, in words; empty without a spectrum."""
        shown = self._shown
        if shown is None:
            return ""
        low, high = self.frequency_at(x - 1), self.frequency_at(x + 1)
        words = [hertz_text((low * high) ** 0.5), _level_text(shown.spectrum.level_at(low, high))]
        if shown.before is not None:
            words.append(
                tr("before {level_text}", level_text=_level_text(shown.before.level_at(low, high)))
            )
        return "   ".join(words)

    def _draw_read_out(self, painter: QPainter, plot: QRect, shown: ShownSpectrum) -> None:
        at = self._hover
        if at is None or not plot.contains(at.toPoint()):
            return
        painter.setPen(QPen(self.colors.text_muted, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at.x(), plot.top()), QPointF(at.x(), plot.bottom()))
        metrics = QFontMetricsF(painter.font())
        text = self.read_out(at.x())
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4)
        right = at.x() + 10 + box.width() > plot.right()
        left = max(at.x() - 10 - box.width() if right else at.x() + 10, float(plot.left()))
        box.moveTo(left, min(max(at.y() - box.height(), plot.top()), plot.bottom() - box.height()))
        ground = QColor(self.colors.bubble)
        ground.setAlpha(235)
        painter.fillRect(box, ground)
        painter.setPen(self.colors.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the read-out."""
        self._hover = event.position()
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Hide the read-out."""
        self._hover = None
        self.update()


def _range_of(spectra: Sequence[AverageSpectrum]) -> tuple[float, float]:
    """Levels at the lower and the upper edge, in steps of 10 dB."""
    heard = [s.levels_db[round(LOWEST_HZ / s.step_hz) :] for s in spectra]
    together = np.concatenate(heard)
    high = min(10.0 * ceil((float(together.max()) + 2.0) / 10.0), 10.0)
    low = 10.0 * floor((float(np.quantile(together, _QUANTILE)) - _ROOM_DB) / 10.0)
    return high - min(max(high - low, _LEAST_DB), _MOST_DB), high


def _level_text(level_db: float) -> str:
    return f"{level_db:.1f} dBFS".replace("-", "−")
