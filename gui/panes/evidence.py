"""Drawing what carries a defect of the sound: its second, lines, a band, instants, flat tops."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from core.domain.finding import Band
from core.media.sound_evidence import MainsLine, SoundEvidence
from core.media.spectrum import RowScale
from gui.panes.color import PaneColors
from gui.panes.frequency import hertz_text

PlaceOf = Callable[[float], float]
"""Logical x of a time in seconds."""

# Over the colours of the heat only light with a dark rim shows everywhere, in either theme.
OVER_HEAT = QColor(255, 255, 255)
HALO = QColor(0, 0, 0, 190)

_TICK_PX = 7
_BAR_PX = 3
_CROWDED_PX = 4
_DENSE_PX = 12
_NEAREST_LINES_PX = 3.0
_LABEL_GAP_PX = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class ShownEvidence:
    """What panes point at.

    Attributes:
        span_s: From when to when the flag lasts.
        second_s: The second that it is worst in.
        channels: What was found, by channel counted from 0.
    """

    span_s: tuple[float, float]
    second_s: tuple[float, float]
    channels: Mapping[int, SoundEvidence] = field(default_factory=dict)


def draw_outline(
    painter: QPainter,
    plot: QRect,
    place_of: PlaceOf,
    shown: ShownEvidence,
    color: QColor,
    halo: QColor,
) -> None:
    """Frame the flagged stretch with a fine line and its worst second with a strong one.

    Args:
        painter: Paints in logical pixels.
        plot: Where time is drawn.
        place_of: Where a time is.
        shown: What to frame.
        color: Of the lines.
        halo: Of the rim that sets them off.
    """
    painter.save()
    painter.setClipRect(plot)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    whole, worst = shown.span_s, shown.second_s
    faint = QColor(color)
    faint.setAlpha(170)
    boxes = [(worst, color, 2.0)]
    if whole[0] < worst[0] or whole[1] > worst[1]:
        boxes.insert(0, (whole, faint, 1.0))
    for (start_s, end_s), line, width in boxes:
        left, right = place_of(start_s), place_of(end_s)
        # Ends far outside would make Qt dash for miles.
        left, right = max(left, plot.left() - 8.0), min(right, plot.right() + 8.0)
        if right <= plot.left() or left >= plot.right():
            continue
        inset = width / 2 + 0.5
        box = QRectF(left, plot.top() + inset, right - left, plot.height() - 2 * inset)
        painter.setPen(QPen(halo, width + 2))
        painter.drawRect(box)
        painter.setPen(QPen(line, width))
        painter.drawRect(box)
    painter.restore()


def draw_spectral(
    painter: QPainter,
    plot: QRect,
    place_of: PlaceOf,
    scale: RowScale,
    shown: ShownEvidence,
    found: SoundEvidence,
) -> None:
    """Draw lines, band and instants of one channel over its spectrogram."""
    painter.save()
    painter.setClipRect(plot)
    left = max(place_of(max(found.start_s, shown.span_s[0])), plot.left())
    right = min(place_of(min(found.end_s, shown.span_s[1])), plot.right())
    if right > left:
        if found.lines:
            _draw_lines(painter, plot, QRectF(left, 0, right - left, 0), scale, found.lines)
        if found.floor is not None:
            area = QRectF(left, plot.top(), right - left, plot.height())
            _draw_band(painter, plot, area, scale, found.floor.band)
    for times in (found.clicks_s, found.plateaus_s[:, 0]):
        for first, last in _stretches(plot, place_of, times):
            tall = _TICK_PX if last - first < _DENSE_PX else _BAR_PX
            for top in (plot.top(), plot.bottom() + 1 - tall):
                painter.fillRect(QRectF(first - 1.5, top - 1, last - first + 4, tall + 2), HALO)
                painter.fillRect(QRectF(first - 0.5, top, last - first + 2, tall), OVER_HEAT)
    painter.restore()


def draw_instants(
    painter: QPainter,
    strip: QRect,
    place_of: PlaceOf,
    times_s: NDArray[np.float64],
    colors: PaneColors,
    through: bool = False,
) -> None:
    """Draw a small wedge at the top of a strip for each instant; where they crowd, a bar.

    Args:
        painter: Paints in logical pixels.
        strip: Of one channel.
        place_of: Where a time is.
        times_s: When, in order.
        colors: Of the pane.
        through: Draw a fine line down the strip as well.
    """
    painter.save()
    painter.setClipRect(strip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fine = QColor(colors.evidence)
    fine.setAlpha(110)
    top = strip.top() + 0.5
    for first, last in _stretches(strip, place_of, times_s):
        painter.setPen(QPen(colors.ground, 1))
        painter.setBrush(colors.evidence)
        if last - first >= _DENSE_PX:
            painter.drawRect(QRectF(first, top, last - first + 1, _BAR_PX))
            continue
        if through:
            painter.fillRect(QRectF(first, strip.top(), 1, strip.height()), fine)
        tip = QPointF(first + 0.5, top + _TICK_PX)
        painter.drawPolygon(QPolygonF([QPointF(first - 3.5, top), QPointF(first + 4.5, top), tip]))
    painter.restore()


def draw_bar(painter: QPainter, left: float, right: float, y: float, colors: PaneColors) -> None:
    """Draw a bar over the samples of a flat top, from x to x at a height."""
    for color, width in ((colors.ground, 6.0), (colors.evidence, 3.0)):
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(left, y), QPointF(max(right, left + 1), y))


def _stretches(
    area: QRect, place_of: PlaceOf, times_s: NDArray[np.float64]
) -> list[tuple[int, int]]:
    """First and last column of instants that lie so close that their marks would touch."""
    if not len(times_s):
        return []
    first, last = place_of(float(times_s[0])), place_of(float(times_s[-1]))
    scale = (last - first) / (times_s[-1] - times_s[0]) if times_s[-1] > times_s[0] else 0.0
    places = np.unique(np.floor(first + (times_s - times_s[0]) * scale).astype(np.int64))
    inside = (places >= area.left() - _TICK_PX) & (places <= area.right() + _TICK_PX)
    places = places[inside]
    if not len(places):
        return []
    parts = np.split(places, np.flatnonzero(np.diff(places) > _CROWDED_PX) + 1)
    crowds = [(int(part[0]), int(part[-1])) for part in parts]
    return [
        piece
        for (begin, end), part in zip(crowds, parts, strict=True)
        for piece in (
            [(begin, end)] if end - begin >= _DENSE_PX else [(int(x), int(x)) for x in part]
        )
    ]


def _draw_lines(
    painter: QPainter, plot: QRect, across: QRectF, scale: RowScale, lines: tuple[MainsLine, ...]
) -> None:
    """Fine lines at the multiples; those too near to the one before are left out."""
    height = QFontMetricsF(painter.font()).height()
    last_y, last_top = float("inf"), float("inf")
    for line in lines:
        y = plot.top() + scale.row(line.hz)
        if not plot.top() <= y <= plot.bottom() or last_y - y < _NEAREST_LINES_PX:
            continue
        last_y = y
        painter.fillRect(QRectF(across.left(), y - 1.0, across.width(), 3), HALO)
        painter.fillRect(QRectF(across.left(), y, across.width(), 1), OVER_HEAT)
        top = min(max(y - height / 2, float(plot.top())), plot.bottom() - height)
        if last_top - top >= height:
            last_top = top
            _draw_label(painter, plot, across.right(), top, hertz_text(line.hz))


def _draw_band(painter: QPainter, plot: QRect, area: QRectF, scale: RowScale, band: Band) -> None:
    top, bottom = (
        plot.top() + min(max(scale.row(hertz), 0.0), float(plot.height()))
        for hertz in (band.high_hz, band.low_hz)
    )
    box = QRectF(area.left(), top, area.width(), bottom - top).adjusted(2.5, 2.5, -2.5, -0.5)
    painter.setPen(QPen(HALO, 3.5))
    painter.drawRect(box)
    painter.setPen(QPen(OVER_HEAT, 1.5, Qt.PenStyle.DashLine))
    painter.drawRect(box)
    words = f"{hertz_text(band.low_hz)} – {hertz_text(band.high_hz)}"
    height = QFontMetricsF(painter.font()).height()
    middle = min(max((top + bottom - height) / 2, float(plot.top())), plot.bottom() - height)
    _draw_label(painter, plot, area.right(), middle, words)


def _draw_label(painter: QPainter, plot: QRect, right: float, top: float, text: str) -> None:
    """Words right of what they belong to, or inside it where the pane ends."""
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text) + 6, metrics.height()
    left = right + _LABEL_GAP_PX
    if left + width > plot.right():
        left = min(right, float(plot.right())) - _LABEL_GAP_PX - width
    painter.fillRect(QRectF(left, top, width, height), HALO)
    painter.setPen(OVER_HEAT)
    painter.drawText(QRectF(left, top, width, height), Qt.AlignmentFlag.AlignCenter, text)
