"""The panes of the sound: level meters with loudness, and the phase scope."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.media.sound_meter import LOWEST_DB, SoundReading
from gui import theme
from gui.language import tr
from gui.scopes.trace import GROUND

FALL_DB_S = 20 / 1.7
"""How fast a bar falls: 20 dB in 1.7 s (IEC 60268-18)."""

HOLD_S = 2.0
"""How long the highest peak is held."""

_BOTTOM_DB = -60.0
_MARKS_DB = (0, -6, -12, -18, -23, -30, -40, -50, -60)
_TARGET_LUFS = -23.0
_MOST_TRUE_PEAK = -1.0
_PAD_PX = 4
_GREEN, _AMBER, _RED = QColor(62, 190, 120), QColor(236, 183, 66), QColor(240, 84, 68)
_FIGURE = QColor(214, 219, 226)
_FAINT = QColor(255, 255, 255, 46)


class Ballistics:
    """One bar: rises at once, falls slowly, keeps its highest for a while."""

    def __init__(self) -> None:
        self.level_db = LOWEST_DB
        self.held_db = LOWEST_DB
        self._held_s = 0.0

    def take(self, level_db: float, length_s: float) -> None:
        """Take the peak of the next piece of sound, and how long it is."""
        self.level_db = max(level_db, self.level_db - FALL_DB_S * length_s, LOWEST_DB)
        self._held_s += length_s
        if level_db >= self.held_db or self._held_s > HOLD_S:
            self.held_db, self._held_s = self.level_db, 0.0

    def stand(self, level_db: float) -> None:
        """Show a level without any past: the place was jumped to."""
        self.level_db = self.held_db = max(level_db, LOWEST_DB)
        self._held_s = 0.0


class MeterPane(QWidget):
    """Sample peak with hold, RMS and true peak a channel; momentary and short-term loudness."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = tr("Level meters")
        self.setAccessibleName(self.title)
        self.setToolTip(tr("Click to forget the highest true peaks."))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._names: tuple[str, ...] = ()
        self._bars: list[Ballistics] = []
        self._true_peaks: list[float] = []
        self.reading: SoundReading | None = None
        self._hint = tr("No sound")
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Upright."""
        return QSize(240, 220)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(150, 110)

    def set_channels(self, names: tuple[str, ...], hint: str = "") -> None:
        """Take the names of the channels; what was held is forgotten."""
        self._names, self._hint = names, hint or tr("No sound")
        self._bars = [Ballistics() for _ in names]
        self.forget()
        self.reading = None

    def forget(self) -> None:
        """Begin anew with the highest true peaks."""
        self._true_peaks = [LOWEST_DB] * len(self._names)
        self.update()

    def show_reading(self, reading: SoundReading, moving: bool) -> None:
        """Show a reading; `moving` when it goes on from the one before."""
        if len(reading.peak_db) != len(self._bars):
            return
        self.reading = reading
        for bar, level in zip(self._bars, reading.peak_db, strict=True):
            if moving:
                bar.take(level, reading.length_s)
            else:
                bar.stand(level)
        self._true_peaks = [
            max(old, new) for old, new in zip(self._true_peaks, reading.true_peak_db, strict=True)
        ]
        self.setAccessibleDescription(self.text())
        self.update()

    def text(self) -> str:
        """Loudness and highest true peak in words."""
        if self.reading is None:
            return self._hint
        highest = max(self._true_peaks, default=LOWEST_DB)
        return "  ".join(
            (
                f"M {_figure(self.reading.momentary)}",
                f"S {_figure(self.reading.short_term)} LUFS",
                f"TP {_figure(highest)}",
            )
        )

    @property
    def held_db(self) -> tuple[float, ...]:
        """The held peak of each channel."""
        return tuple(bar.held_db for bar in self._bars)

    @property
    def bars_db(self) -> tuple[float, ...]:
        """Where the bar of each channel stands."""
        return tuple(bar.level_db for bar in self._bars)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Forget the highest true peaks."""
        self.forget()

    def plot_rect(self) -> QRect:
        """Where the bars stand."""
        metrics = QFontMetricsF(theme.mono_font(0.82))
        line = round(metrics.height())
        gutter = round(metrics.horizontalAdvance("−60")) + 2 * _PAD_PX
        top = 2 * line + 2 * _PAD_PX
        return QRect(
            gutter,
            top,
            max(self.width() - gutter - _PAD_PX, 1),
            max(self.height() - top - line - _PAD_PX, 1),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint everything."""
        painter = QPainter(self)
        colors = theme.current()
        painter.fillRect(self.rect(), colors.surface)
        painter.setPen(colors.text)
        metrics = painter.fontMetrics()
        painter.drawText(QPointF(_PAD_PX, _PAD_PX + metrics.ascent() * 0.92), self.title)
        painter.setFont(theme.mono_font(0.82))
        small = QFontMetricsF(painter.font())
        plot = self.plot_rect()
        painter.setPen(colors.text_muted)
        shown = small.elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width() - 2 * _PAD_PX
        )
        painter.drawText(QPointF(_PAD_PX, plot.top() - small.descent() - 1), shown)
        painter.fillRect(plot, QColor(*GROUND))
        if self.reading is not None:
            self._paint_scale(painter, plot, small)
            self._paint_bars(painter, plot, small)
        painter.end()

    def _y(self, level_db: float, plot: QRect) -> float:
        share = (min(max(level_db, _BOTTOM_DB), 0.0) - _BOTTOM_DB) / -_BOTTOM_DB
        return plot.bottom() + 1 - share * plot.height()

    def _paint_scale(self, painter: QPainter, plot: QRect, metrics: QFontMetricsF) -> None:
        last = -1e9
        for mark in _MARKS_DB:
            y = self._y(mark, plot)
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), _FAINT)
            middle = min(
                max(y, plot.top() + metrics.height() / 3), plot.bottom() - metrics.height() / 3
            )
            if middle - last < metrics.height() * 0.85:
                continue
            last = middle
            painter.setPen(theme.current().text_muted)
            box = QRectF(0, middle - metrics.height() / 2, plot.left() - 4, metrics.height())
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(align), f"{mark}".replace("-", "−"))

    def _paint_bars(self, painter: QPainter, plot: QRect, metrics: QFontMetricsF) -> None:
        assert self.reading is not None
        count = len(self._bars) + 2
        step = plot.width() / (count + 0.5)
        wide = min(step * 0.72, 34.0)
        for number, bar in enumerate(self._bars):
            middle = plot.left() + (number + 0.5) * step
            box = QRectF(middle - wide / 2, plot.top(), wide, plot.height())
            self._paint_level(painter, plot, box, bar.level_db)
            for level, color in (
                (self.reading.rms_db[number], QColor(255, 255, 255)),
                (bar.held_db, _level_color(bar.held_db)),
            ):
                if level > _BOTTOM_DB:
                    line = QRectF(box.left(), self._y(level, plot) - 1, wide, 2)
                    painter.fillRect(line, color)
            over = self._true_peaks[number] > _MOST_TRUE_PEAK
            if over:
                painter.fillRect(QRectF(box.left(), plot.top(), wide, 4), _RED)
            self._paint_under(painter, plot, metrics, middle, step, self._names[number])
        loudness = (("M", self.reading.momentary), ("S", self.reading.short_term))
        for number, (name, value) in enumerate(loudness):
            middle = plot.left() + (len(self._bars) + number + 1.0) * step
            box = QRectF(middle - wide / 2, plot.top(), wide, plot.height())
            level = LOWEST_DB if value is None else value
            y = self._y(level, plot)
            color = QColor(112, 176, 240) if level <= _TARGET_LUFS + 1 else _AMBER
            painter.fillRect(QRectF(box.left(), y, wide, plot.bottom() + 1 - y), color)
            target = self._y(_TARGET_LUFS, plot)
            painter.fillRect(QRectF(box.left() - 3, target, wide + 6, 1), _FIGURE)
            self._paint_under(painter, plot, metrics, middle, step, name)

    def _paint_level(self, painter: QPainter, plot: QRect, box: QRectF, level_db: float) -> None:
        top = self._y(level_db, plot)
        for low, high, color in (
            (_BOTTOM_DB, -18.0, _GREEN),
            (-18.0, -6.0, _AMBER),
            (-6.0, 0.0, _RED),
        ):
            upper, lower = max(self._y(high, plot), top), self._y(low, plot)
            if lower > upper:
                painter.fillRect(QRectF(box.left(), upper, box.width(), lower - upper), color)

    def _paint_under(
        self,
        painter: QPainter,
        plot: QRect,
        metrics: QFontMetricsF,
        middle: float,
        step: float,
        name: str,
    ) -> None:
        if metrics.horizontalAdvance(name) <= step + 2:
            painter.setPen(theme.current().text_muted)
            box = QRectF(middle - step, plot.bottom() + 1, 2 * step, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)


class PhasePane(QWidget):
    """Goniometer and correlation of the first two channels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = tr("Phase scope")
        self.setAccessibleName(self.title)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image: QImage | None = None
        self._gain = 1
        self.correlation: float | None = None
        self._hint = ""
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(220, 220)

    def minimumSizeHint(self) -> QSize:
        """Still readable."""
        return QSize(110, 110)

    def small_font(self) -> QFont:
        """The font of figures."""
        return theme.mono_font(0.82)

    def plot_rect(self) -> QRect:
        """Where the goniometer is drawn."""
        line = round(QFontMetricsF(self.small_font()).height())
        top, below = line + 2 * _PAD_PX, line + 3 * _PAD_PX + 6
        side = max(min(self.width() - 2 * _PAD_PX, self.height() - top - below), 1)
        return QRect((self.width() - side) // 2, top, side, side)

    def trace_size(self) -> tuple[int, int]:
        """Physical pixels that the trace fills."""
        side = max(round(self.plot_rect().width() * self.devicePixelRatioF()), 1)
        return side, side

    def show_phase(
        self, image: QImage | None, correlation: float | None, gain: int = 1, hint: str = ""
    ) -> None:
        """Show a trace enlarged so many times, and a correlation; `hint` says why not."""
        self._image, self.correlation, self._hint = image, correlation, hint
        self._gain = gain
        self.setAccessibleDescription(self.text())
        self.update()

    def text(self) -> str:
        """The correlation in words."""
        if self._hint:
            return self._hint
        if self.correlation is None:
            return tr("correlation −")
        return tr("correlation {value}", value=f"{self.correlation:+.2f}".replace("-", "−"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint everything."""
        painter = QPainter(self)
        colors = theme.current()
        painter.fillRect(self.rect(), colors.surface)
        painter.setPen(colors.text)
        painter.drawText(
            QPointF(_PAD_PX, _PAD_PX + painter.fontMetrics().ascent() * 0.92), self.title
        )
        plot = self.plot_rect()
        painter.fillRect(plot, QColor(*GROUND))
        if self._image is not None:
            painter.drawImage(QRectF(plot), self._image, QRectF(self._image.rect()))
        painter.setFont(self.small_font())
        self._paint_graticule(painter, plot)
        self._paint_correlation(painter, plot)
        painter.end()

    def _paint_graticule(self, painter: QPainter, plot: QRect) -> None:
        painter.setPen(_FAINT)
        painter.drawLine(plot.topLeft(), plot.bottomRight())
        painter.drawLine(plot.bottomLeft(), plot.topRight())
        metrics = QFontMetricsF(painter.font())
        painter.setPen(_FIGURE)
        painter.drawText(QPointF(plot.left() + 3, plot.top() + metrics.ascent()), "L")
        right = plot.right() - metrics.horizontalAdvance("R") - 2
        painter.drawText(QPointF(right, plot.top() + metrics.ascent()), "R")
        if self._gain > 1:
            painter.drawText(QPointF(plot.left() + 3, plot.bottom() - 2.0), f"×{self._gain}")

    def _paint_correlation(self, painter: QPainter, plot: QRect) -> None:
        """A line from −1 to +1 with a mark, and its figure."""
        bar = QRectF(2 * _PAD_PX, plot.bottom() + _PAD_PX + 1, self.width() - 4 * _PAD_PX, 6)
        painter.fillRect(bar, QColor(*GROUND))
        painter.fillRect(QRectF(bar.center().x(), bar.top(), 1, bar.height()), _FIGURE)
        if self.correlation is not None:
            x = bar.left() + (self.correlation + 1) / 2 * bar.width()
            color = _RED if self.correlation < 0 else _GREEN
            left = min(max(x - 2, bar.left()), bar.right() - 4)
            painter.fillRect(QRectF(left, bar.top() - 1, 4, 8), color)
        metrics = QFontMetricsF(painter.font())
        baseline = bar.bottom() + metrics.ascent()
        painter.setPen(theme.current().text_muted)
        for text, x in (("−1", bar.left()), ("+1", bar.right() - metrics.horizontalAdvance("+1"))):
            painter.drawText(QPointF(x, baseline), text)
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, bar.width() - 44)
        painter.setPen(theme.current().text)
        painter.drawText(
            QPointF(bar.center().x() - metrics.horizontalAdvance(text) / 2, baseline), text
        )


def _level_color(level_db: float) -> QColor:
    if level_db > -6.0:
        return _RED
    return _AMBER if level_db > -18.0 else _GREEN


def _figure(value: float | None) -> str:
    if value is None or value <= LOWEST_DB:
        return "−∞"
    return f"{value:.1f}".replace("-", "−")
