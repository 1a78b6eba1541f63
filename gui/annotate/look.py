"""Label maps as pictures over the picture: class colours, predictions hatched, neighbours outlined.

All of it may run in any thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from core.domain.mask import BACKGROUND, UNSAID, LabelMap, MaskClass

Pixels = NDArray[np.uint32]
"""Premultiplied ARGB, shape (height, width), as `QImage.Format_ARGB32_Premultiplied` has it."""

OPACITY = 0.5
LEAST_OPACITY, MOST_OPACITY = 0.1, 1.0

_KINDS = 3
_PREDICTED_SHARE = 0.45
_STRIPE_SHARE = 0.95
_HATCH_PX, _STRIPE_PX = 12, 3
_OUTLINE_PX_OF = 640
_DASH_PX = 10


@dataclass(frozen=True, slots=True)
class MaskLook:
    """How masks are drawn.

    Attributes:
        classes: Their colours.
        opacity: Of what people said, 0..1; predictions let more through and are hatched.
    """

    classes: tuple[MaskClass, ...] = ()
    opacity: float = OPACITY

    @property
    def table(self) -> Pixels:
        """Colours by number of class and kind: predicted, of a person, the stripe of a hatch."""
        return _table(self)

    def color(self, number: int) -> QColor:
        """The colour of a class, opaque."""
        return next((QColor(c.color) for c in self.classes if c.number == number), QColor("white"))


@lru_cache(maxsize=64)
def _table(look: MaskLook) -> Pixels:
    table = np.zeros(256 * _KINDS, np.uint32)
    shares = (_PREDICTED_SHARE, 1.0, _STRIPE_SHARE)
    for one in look.classes:
        for kind, share in enumerate(shares):
            table[256 * kind + one.number] = argb(QColor(one.color), look.opacity * share)
    return table


def argb(color: QColor, opacity: float) -> int:
    """A colour as one premultiplied pixel."""
    alpha = round(min(max(opacity, 0.0), 1.0) * 255)
    red, green, blue = (
        round(part * alpha / 255) for part in (color.red(), color.green(), color.blue())
    )
    return alpha << 24 | red << 16 | green << 8 | blue


def tint(
    labels: LabelMap,
    by_person: NDArray[np.bool_],
    look: MaskLook,
    out: Pixels | None = None,
    at: tuple[int, int] = (0, 0),
) -> Pixels:
    """Colour a map, or a window of one.

    Args:
        labels: Shape (height, width).
        by_person: Where a person said so.
        look: How.
        out: Take these pixels rather than new ones.
        at: Column and row of the window in its map, so that the hatch goes on.
    """
    height, width = labels.shape
    rows, columns = np.arange(height) + at[1], np.arange(width) + at[0]
    stripe = (rows[:, None] + columns[None]) % _HATCH_PX < _STRIPE_PX
    kind = np.where(by_person, np.uint16(1), np.where(stripe, np.uint16(2), np.uint16(0)))
    index = kind * np.uint16(256) + labels
    return np.take(look.table, index, out=out)


def image_of(pixels: Pixels) -> QImage:
    """A picture that looks straight into the pixels; keep them as long as the picture."""
    height, width = pixels.shape
    form = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.data, width, height, pixels.strides[0], form)


def outline(labels: LabelMap, look: MaskLook, dashed: bool) -> Pixels:
    """The edges of a neighbour's regions in their colours.

    Args:
        labels: Of the neighbour.
        look: The colours of the classes.
        dashed: Of the frame after; that of the frame before is drawn through.
    """
    # OpenCV is loaded by who draws, not by who opens the desk.
    import cv2

    shown = np.where(labels == UNSAID, BACKGROUND, labels).astype(np.uint8)
    thick = max(round(labels.shape[1] / _OUTLINE_PX_OF), 1)
    kernel = np.ones((2 * thick + 1, 2 * thick + 1), np.uint8)
    grown = cv2.dilate(shown, kernel)
    edge = (grown != BACKGROUND) & (cv2.erode(shown, kernel) != grown)
    if dashed:
        height, width = labels.shape
        along = np.arange(height)[:, None] + np.arange(width)[None]
        edge &= along // (_DASH_PX * thick) % 2 == 0
    opaque = MaskLook(look.classes, 1.0).table[256:512]
    pixels: Pixels = np.where(edge, opaque[grown], 0).astype(np.uint32)
    return pixels
