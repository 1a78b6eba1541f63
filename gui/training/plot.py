"""A small painted diagram: axes with round ticks, a legend, and room for what is drawn in it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.timeline.paint import paint_hatch

_PAD_PX = 6.0
_GAP_PX = 5.0
_KEY_PX = 18.0
_STEPS = (1.0, 2.0, 5.0, 10.0)
_SLACK = 1e-9


def ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Round values between two ends, both included where they are round.

    Args:
        low: Lower end.
        high: Upper end, above `low`.
        most: No more than about so many.
    """
    rough = (high - low) / max(most, 1)
    size = 10.0 ** floor(log10(rough))
    step = next(size * s for s in _STEPS if size * s >= rough * (1 - _SLACK))
    first, last = ceil(low / step - _SLACK), floor(high / step + _SLACK)
    return tuple(number * step for number in range(first, last + 1))


class Plot(QWidget):
    """Paints axes; what is in them is drawn by who inherits.

    Args:
        name: What screen readers call it, and its heading.
        across: What the lower axis counts.
    """

    def __init__(self, name: str, across: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name, self._across = name, across
        self._hint = ""
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._whole = False
        self._legend: tuple[tuple[str, str], ...] = ()
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Wider than tall."""
        return QSize(320, 190)

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(180, 120)

    @property
    def hint(self) -> str:
        """What is said where nothing is drawn; empty while something is."""
        return self._hint

    def show_hint(self, hint: str) -> None:
        """Draw nothing, and say why."""
        self._hint = hint
        self.setAccessibleDescription(hint)
        self.update()

    def set_axes(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        legend: Sequence[tuple[str, str]] = (),
        said: str = "",
        whole: bool = False,
    ) -> None:
        """Draw from now on.

        Args:
            x: Ends of the lower axis.
            y: Ends of the upright axis.
            legend: Names of what is drawn with their colour roles.
            said: The diagram in words, for screen readers.
            whole: The lower axis counts things, so that it has no parts of one.
        """
        self._x, self._y = _spread(x), _spread(y)
        self._legend, self._hint, self._whole = tuple(legend), "", whole
        self.setAccessibleDescription(said)
        self.update()

    # Painting

    def plot_rect(self) -> QRectF:
        """Where things are drawn."""
        line = QFontMetricsF(theme.mono_font(0.82)).height()
        left = self._gutter() + _PAD_PX + _GAP_PX
        height = QFontMetricsF(self.font()).height()
        top = 2 * _PAD_PX + height * (1 + (self._legend_rows() if not self._hint else 0))
        below = line + _PAD_PX + (QFontMetricsF(self.font()).height() if self._across else 0.0)
        return QRectF(
            left,
            top,
            max(self.width() - left - 2 * _PAD_PX, 1.0),
            max(self.height() - top - below - _GAP_PX, 1.0),
        )

    def point(self, x: float, y: float) -> QPointF:
        """Where a value is drawn."""
        plot, (left, right), (low, high) = self.plot_rect(), self._x, self._y
        return QPointF(
            plot.left() + (x - left) / (right - left) * plot.width(),
            plot.bottom() - (y - low) / (high - low) * plot.height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint heading, axes and what belongs in them."""
        painter = QPainter(self)
        colors = theme.current()
        painter.fillRect(self.rect(), colors.surface)
        painter.setPen(colors.text)
        heading = QRectF(_PAD_PX, _PAD_PX, self.width() - 2 * _PAD_PX, self.fontMetrics().height())
        painter.drawText(heading, int(Qt.AlignmentFlag.AlignLeft), self._name)
        if self._hint:
            self._paint_hint(painter)
        else:
            self._paint_legend(painter)
            self._paint_axes(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(self.plot_rect().adjusted(-4, -4, 4, 4))
            self.paint_data(painter)
        painter.end()

    def paint_data(self, painter: QPainter) -> None:
        """Draw what is in the axes; for who inherits."""

    def _gutter(self) -> float:
        metrics = QFontMetricsF(theme.mono_font(0.82))
        return max((metrics.horizontalAdvance(_text(v)) for v in ticks(*self._y)), default=0.0)

    def _paint_hint(self, painter: QPainter) -> None:
        plot = self.plot_rect()
        paint_hatch(painter, plot, theme.current().grid)
        painter.setPen(theme.current().text_muted)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(plot.adjusted(8, 0, -8, 0), int(flags), self._hint)

    def _legend_places(self) -> list[tuple[float, int]]:
        """Where each name begins: how far from the left, in which row."""
        metrics = QFontMetricsF(self.font())
        places, x, row = [], _PAD_PX, 0
        for name, _ in self._legend:
            wide = _KEY_PX + metrics.horizontalAdvance(name)
            if x > _PAD_PX and x + wide > self.width() - _PAD_PX:
                x, row = _PAD_PX, row + 1
            places.append((x, row))
            x += wide + 2 * _PAD_PX
        return places

    def _legend_rows(self) -> int:
        return max((row for _, row in self._legend_places()), default=-1) + 1

    def _paint_legend(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(self.font())
        for (x, row), (name, role) in zip(self._legend_places(), self._legend, strict=True):
            top = _PAD_PX + (row + 1) * metrics.height()
            painter.setPen(theme.current().text_muted)
            painter.drawText(QPointF(x + _KEY_PX, top + metrics.ascent()), name)
            y = top + metrics.height() / 2
            painter.setPen(QPen(self.color(role), 3))
            painter.drawLine(QPointF(x, y), QPointF(x + _KEY_PX - 5, y))

    def _paint_axes(self, painter: QPainter) -> None:
        colors, plot = theme.current(), self.plot_rect()
        painter.setFont(theme.mono_font(0.82))
        metrics = QFontMetricsF(painter.font())
        for value in ticks(*self._y, max(int(plot.height() / (3 * metrics.height())), 2)):
            y = self.point(0, value).y()
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), colors.grid)
            painter.setPen(colors.text_muted)
            text = QRectF(0, y - metrics.height() / 2, plot.left() - _GAP_PX, metrics.height())
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(text, int(side), _text(value))
        for value in self._across_ticks(metrics):
            x = self.point(value, 0).x()
            painter.fillRect(QRectF(x, plot.top(), 1, plot.height()), colors.grid)
            wide = metrics.horizontalAdvance(_text(value)) + 4
            left = min(max(x - wide / 2, 0.0), self.width() - wide)
            text = QRectF(left, plot.bottom() + 2, wide, metrics.height())
            painter.setPen(colors.text_muted)
            painter.drawText(text, int(Qt.AlignmentFlag.AlignCenter), _text(value))
        painter.setFont(self.font())
        if self._across:
            below = QRectF(plot.left(), plot.bottom() + 2 + metrics.height(), plot.width(), 20)
            painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter), self._across)

    def _across_ticks(self, metrics: QFontMetricsF) -> tuple[float, ...]:
        wide = max(metrics.horizontalAdvance(text) for text in (_text(self._x[1]), "0.00")) + 18
        found = ticks(*self._x, max(int(self.plot_rect().width() / max(wide, 1)), 1))
        return tuple(v for v in found if not self._whole or abs(v - round(v)) < _SLACK)

    @staticmethod
    def color(role: str) -> QColor:
        """The colour of a role now."""
        return theme.current().color(role)


def _spread(ends: tuple[float, float]) -> tuple[float, float]:
    low, high = ends
    return (low, high) if high - low > _SLACK else (low, low + 1.0)


def _text(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1e4 else f"{value:,.0f}"
