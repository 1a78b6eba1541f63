"""Clean and damaged sound, one wave above the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.language import tr

_LABEL_PX = 70

Sound = NDArray[np.float32]


class SoundPair(QWidget):
    """Draws the largest and smallest sample of all channels for each column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Preview of the sound, clean above damaged"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 120)
        self._sounds: tuple[Sound, Sound] | None = None
        theme.hub().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Two flat waves."""
        return QSize(760, 240)

    @property
    def sounds(self) -> tuple[Sound, Sound] | None:
        """What is drawn, clean and damaged."""
        return self._sounds

    def set_sounds(self, clean: Sound, damaged: Sound) -> None:
        """Show two stretches (channels, n) of one shape."""
        self._sounds = (clean, damaged)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both, on the same scale."""
        colors = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors.surface)
        for row, name in enumerate((tr("Clean"), tr("Damaged"))):
            top = row * self.height() / 2
            area = QRectF(0, top, self.width(), self.height() / 2)
            painter.setPen(colors.text)
            painter.drawText(area.adjusted(8, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), name)
            wave = area.adjusted(_LABEL_PX, 4, -8, -4)
            painter.setPen(QPen(colors.grid, 1))
            painter.drawLine(
                QPointF(wave.left(), wave.center().y()), QPointF(wave.right(), wave.center().y())
            )
            if self._sounds is not None:
                painter.setPen(QPen(colors.waveform, 1))
                painter.drawLines(_lines(self._sounds[row], wave))
        painter.setPen(QPen(colors.border, 1))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
        painter.end()


def _lines(sound: Sound, area: QRectF) -> list[QLineF]:
    columns = max(min(int(area.width()), sound.shape[1]), 1)
    edges = np.linspace(0, sound.shape[1], columns + 1).astype(np.int64)[:-1]
    high = np.clip(np.maximum.reduceat(sound.max(axis=0), edges), -1, 1)
    low = np.clip(np.minimum.reduceat(sound.min(axis=0), edges), -1, 1)
    middle, half = area.center().y(), area.height() / 2
    step = area.width() / columns
    return [
        QLineF(
            area.left() + i * step,
            middle - half * float(top),
            area.left() + i * step,
            middle - half * float(bottom) + 0.5,
        )
        for i, (top, bottom) in enumerate(zip(high, low, strict=True))
    ]
