"""The panes of picture scopes: a trace made elsewhere, with a graticule and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import atan2, cos, degrees, hypot, radians, sin

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.compare.scope import (
    REFERENCE_WHITE,
    VECTOR_CELLS,
    pq_share,
    skin_direction,
    vector_cell,
    vector_targets,
)
from core.compare.signal import Curve, Signal
from gui import theme
from gui.language import tr
from gui.scopes.trace import GROUND


class ScopeKind(StrEnum):
    """The scopes of the picture."""

    WAVEFORM = "waveform"
    PARADE = "parade"
    VECTOR = "vector"
    HISTOGRAM = "histogram"


_PAD_PX = 4
_LINE = QColor(255, 255, 255, 52)
_STRONG = QColor(255, 214, 102, 150)
_FIGURE = QColor(214, 219, 226)
_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_NITS = (1, 10, 100, 1000, 10_000)
_BOX_DEG, _BOX_SHARE = 2.5, 0.05


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the graticule.

    Attributes:
        code: Where, as a code of the scope's scale.
        text: Its figure.
        strong: It is a limit.
    """

    code: float
    text: str
    strong: bool = False


def ticks_of(kind: ScopeKind, signal: Signal) -> tuple[Tick, ...]:
    """The lines of a level scale: per cent, codes, or cd/m² for PQ.

    The waveform stands on the codes of the picture, parade and RGB on those of limited range.
    """
    scale = signal if kind is ScopeKind.WAVEFORM else Signal(signal.depth)
    if signal.curve is Curve.PQ:
        lines = [Tick(scale.code_of(pq_share(nits)), f"{nits}") for nits in _NITS]
        lines.append(Tick(scale.code_of(0.0), "0 %"))
    else:
        lines = [Tick(scale.code_of(share), f"{share:.0%}".replace("%", " %")) for share in _SHARES]
    if signal.curve in REFERENCE_WHITE:
        lines.append(Tick(scale.code_of(REFERENCE_WHITE[signal.curve]), "203", strong=True))
    if not scale.full_range:
        low, high = 5 << (signal.depth - 8), 246 << (signal.depth - 8)
        lines += [Tick(low, f"{low}", strong=True), Tick(high, f"{high}", strong=True)]
    return tuple(lines)


class ScopePane(QWidget):
    """One scope of the picture.

    Args:
        kind: Which.
        title: What it is called.
    """

    def __init__(self, kind: ScopeKind, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.title = kind, title
        self.signal = Signal()
        self.note = ""
        self._trace: QImage | None = None
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.hub().changed.connect(self.update)

    @property
    def trace(self) -> QImage | None:
        """What is drawn, without its graticule."""
        return self._trace

    def set_trace(self, trace: QImage | None, signal: Signal, note: str = "") -> None:
        """Draw this; `note` is said beside the name."""
        self._trace, self.signal, self.note = trace, signal, note
        self.setAccessibleDescription(f"{signal.text()} {note}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(320, 180)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(150, 96)

    def trace_size(self) -> tuple[int, int]:
        """Physical pixels that a trace fills now."""
        plot, ratio = self.plot_rect(), self.devicePixelRatioF()
        return max(round(plot.width() * ratio), 1), max(round(plot.height() * ratio), 1)

    def plot_rect(self) -> QRect:
        """Where the trace is drawn."""
        metrics = QFontMetricsF(self.small_font())
        line = round(metrics.height())
        top = line + 2 * _PAD_PX
        if self.kind is ScopeKind.VECTOR:
            side = max(min(self.width() - 2 * _PAD_PX, self.height() - top - _PAD_PX), 1)
            return QRect((self.width() - side) // 2, top, side, side)
        gutter = round(metrics.horizontalAdvance("10000")) + 2 * _PAD_PX
        below = line + _PAD_PX if self.kind is ScopeKind.HISTOGRAM else _PAD_PX
        return QRect(
            gutter if self.kind is not ScopeKind.HISTOGRAM else 2 * _PAD_PX,
            top,
            max(self.width() - _PAD_PX - (gutter if below == _PAD_PX else 3 * _PAD_PX), 1),
            max(self.height() - top - below, 1),
        )

    def small_font(self) -> QFont:
        """The font of figures."""
        return theme.mono_font(0.82)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name, trace and graticule."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().surface)
        plot = self.plot_rect()
        painter.fillRect(plot, QColor(*GROUND))
        if self._trace is not None:
            painter.drawImage(QRectF(plot), self._trace, QRectF(self._trace.rect()))
        self._paint_name(painter)
        painter.setFont(self.small_font())
        if self.kind is ScopeKind.VECTOR:
            self._paint_targets(painter, plot)
        elif self.kind is ScopeKind.HISTOGRAM:
            self._paint_columns(painter, plot)
        else:
            self._paint_levels(painter, plot)
        painter.end()

    def _paint_name(self, painter: QPainter) -> None:
        painter.setFont(self.font())
        metrics = painter.fontMetrics()
        painter.setPen(theme.current().text)
        room = self.width() - 2 * _PAD_PX
        name = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        baseline = _PAD_PX + round(metrics.ascent() * 0.92)
        painter.drawText(QPointF(_PAD_PX, baseline), name)
        left = 2 * _PAD_PX + metrics.horizontalAdvance(name)
        if self.note and room - left > metrics.horizontalAdvance("000"):
            painter.setPen(theme.current().text_muted)
            painter.setFont(self.small_font())
            small = painter.fontMetrics()
            text = small.elidedText(self.note, Qt.TextElideMode.ElideRight, room - left)
            painter.drawText(
                QPointF(self.width() - _PAD_PX - small.horizontalAdvance(text), baseline), text
            )

    # Level scales

    def level_y(self, code: float) -> float:
        """Logical y of a code of the scale."""
        plot = self.plot_rect()
        return plot.bottom() + 1 - (code + 0.5) / self.signal.levels * plot.height()

    def _paint_levels(self, painter: QPainter, plot: QRect) -> None:
        metrics = QFontMetricsF(painter.font())
        taken: list[float] = []
        for tick in sorted(ticks_of(self.kind, self.signal), key=lambda t: t.strong):
            y = self.level_y(tick.code)
            painter.setPen(QPen(_STRONG if tick.strong else _LINE, 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            low = plot.top() + metrics.height() / 2
            middle = min(max(y, low), plot.bottom() - metrics.height() / 2)
            if any(abs(middle - other) < metrics.height() * 0.8 for other in taken):
                continue
            taken.append(middle)
            box = QRectF(0, middle - metrics.height() / 2, plot.left() - 4, metrics.height())
            painter.setPen(theme.current().text_muted)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(align), tick.text)

    def _paint_columns(self, painter: QPainter, plot: QRect) -> None:
        metrics = QFontMetricsF(painter.font())
        right = -1e9
        for tick in sorted(ticks_of(self.kind, self.signal), key=lambda t: (t.strong, t.code)):
            x = plot.left() + (tick.code + 0.5) / self.signal.levels * plot.width()
            painter.setPen(QPen(_STRONG if tick.strong else _LINE, 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            if tick.strong:
                continue
            width = metrics.horizontalAdvance(tick.text)
            left = min(max(x - width / 2, 1.0), self.width() - width - 1)
            if left >= right + 6:
                painter.setPen(theme.current().text_muted)
                painter.drawText(QPointF(left, plot.bottom() + 2 + metrics.ascent()), tick.text)
                right = left + width

    # The vectorscope

    def vector_point(self, cb: float, cr: float) -> QPointF:
        """Where a chroma of −0.5..0.5 is drawn."""
        plot = self.plot_rect()
        column, row = vector_cell(cb, cr, self.signal)
        return QPointF(
            plot.left() + column / VECTOR_CELLS * plot.width(),
            plot.bottom() + 1 - row / VECTOR_CELLS * plot.height(),
        )

    def _paint_targets(self, painter: QPainter, plot: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.vector_point(0, 0)
        painter.setPen(QPen(_LINE, 1))
        painter.drawLine(QPointF(plot.left(), middle.y()), QPointF(plot.right(), middle.y()))
        painter.drawLine(QPointF(middle.x(), plot.top()), QPointF(middle.x(), plot.bottom()))
        edge = self.vector_point(0.5, 0.0).x() - middle.x()
        painter.drawEllipse(middle, edge, edge)
        cb, cr = skin_direction()
        painter.setPen(QPen(_STRONG, 1.2))
        painter.drawLine(middle, self.vector_point(cb * 0.48, cr * 0.48))
        metrics = QFontMetricsF(painter.font())
        for name, (cb, cr) in vector_targets(self.signal.matrix).items():
            painter.setPen(QPen(_FIGURE, 1))
            self._paint_box(painter, cb, cr)
            angle, far = atan2(cr, cb), hypot(cb, cr) * 1.16 + 0.02
            place = self.vector_point(far * cos(angle), far * sin(angle))
            width = metrics.horizontalAdvance(name)
            at = QPointF(place.x() - width / 2, place.y() + metrics.ascent() / 2 - 1)
            at.setX(min(max(at.x(), plot.left() + 1.0), plot.right() - width - 1))
            at.setY(min(max(at.y(), plot.top() + metrics.ascent()), plot.bottom() - 2.0))
            painter.drawText(at, name)

    def _paint_box(self, painter: QPainter, cb: float, cr: float) -> None:
        """The corners of ±2.5° and ±5 % around a target."""
        angle, length = degrees(atan2(cr, cb)), hypot(cb, cr)
        corners = []
        for turn, grow in ((-1, -1), (-1, 1), (1, 1), (1, -1)):
            at, far = radians(angle + turn * _BOX_DEG), length * (1 + grow * _BOX_SHARE)
            corners.append(self.vector_point(far * cos(at), far * sin(at)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(corners)


def titles() -> dict[ScopeKind, str]:
    """What the scopes are called."""
    return {
        ScopeKind.WAVEFORM: tr("Luma waveform"),
        ScopeKind.PARADE: tr("RGB parade"),
        ScopeKind.VECTOR: tr("Vectorscope"),
        ScopeKind.HISTOGRAM: tr("Histogram"),
    }
