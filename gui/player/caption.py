"""Captions over the picture: which one shows when, and how it is painted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from core.domain.media import Cue
from core.domain.time import MediaTime
from gui import theme

_GROUND = QColor(0, 0, 0, 190)
_TEXT = QColor(255, 255, 255)
_HEIGHT_SHARE = 0.052
_SMALLEST_PX = 11
_BOTTOM_SHARE = 0.05


class CaptionTrack:
    """Cues in order, looked up by time.

    Args:
        cues: In any order; they may overlap.
    """

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._cues = sorted(cues, key=lambda cue: cue.span.start * cue.span.base)
        self._starts: list[Fraction] = [cue.span.start * cue.span.base for cue in self._cues]
        # The latest end so far says how far back an overlapping cue may lie.
        self._reach: list[Fraction] = []
        latest = Fraction(0)
        for number, cue in enumerate(self._cues):
            end = cue.span.end * cue.span.base
            latest = end if number == 0 else max(latest, end)
            self._reach.append(latest)

    def text_at(self, time: MediaTime) -> str:
        """The lines on screen at `time`; empty when there are none."""
        at = time.exact
        found: list[str] = []
        number = bisect_right(self._starts, at) - 1
        while number >= 0 and self._reach[number] > at:
            if self._cues[number].span.contains(time):
                found.append(self._cues[number].text)
            number -= 1
        return "\n".join(reversed(found))


def paint_caption(painter: QPainter, area: QRectF, text: str) -> None:
    """Paint caption lines at the bottom of `area`, each on its own dark ground."""
    painter.save()
    font = theme.text_font()
    font.setPixelSize(max(round(area.height() * _HEIGHT_SHARE), _SMALLEST_PX))
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    metrics = QFontMetricsF(font)
    pad = metrics.height() * 0.3
    lines = text.splitlines()
    bottom = area.bottom() - area.height() * _BOTTOM_SHARE
    top = bottom - metrics.height() * len(lines)
    for number, line in enumerate(lines):
        width = metrics.horizontalAdvance(line)
        box = QRectF(
            area.center().x() - width / 2 - pad,
            top + number * metrics.height(),
            width + 2 * pad,
            metrics.height(),
        )
        painter.fillRect(box, _GROUND)
        painter.setPen(_TEXT)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line)
    painter.restore()
