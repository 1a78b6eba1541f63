"""The map of the frame on screen while it is drawn on: what is shown, and the stroke so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from core.domain.mask import BACKGROUND, UNSAID, LabelMap
from core.review.stroke import FrameSheet
from gui.annotate.look import MaskLook, Pixels, image_of, tint

Point = tuple[int, int]
"""Column and row of a pixel; may lie outside."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameView:
    """A frame as it stands, made ready to be painted.

    Attributes:
        sheet: What is known of it.
        look: How it was coloured.
        pixels: Coloured.
        before: Outlines of the frame before; None where they are not wanted.
        after: Outlines of the frame after; None where they are not wanted.
    """

    sheet: FrameSheet
    look: MaskLook
    pixels: Pixels
    before: Pixels | None = None
    after: Pixels | None = None


class Canvas:
    """What is painted over one frame; strokes show at once, before they are kept."""

    def __init__(self) -> None:
        self._pts: int | None = None
        self._look = MaskLook()
        self._view: FrameView | None = None
        self._labels: LabelMap = np.zeros((0, 0), np.uint8)
        self._by_person: NDArray[np.bool_] = np.zeros((0, 0), np.bool_)
        self._pixels: Pixels = np.zeros((0, 0), np.uint32)
        self._stroke: LabelMap | None = None
        self.image: QImage | None = None
        self.before: QImage | None = None
        self.after: QImage | None = None

    @property
    def pts(self) -> int | None:
        """Of the frame; None while there is none."""
        return self._pts

    @property
    def view(self) -> FrameView | None:
        """The frame as it was read last."""
        return self._view

    @property
    def labels(self) -> LabelMap:
        """What is shown, strokes that are not kept yet included."""
        return self._labels

    @property
    def by_person(self) -> NDArray[np.bool_]:
        """Where a person said so."""
        return self._by_person

    @property
    def drawing(self) -> bool:
        """Whether a stroke is begun."""
        return self._stroke is not None

    def clear(self) -> None:
        """Show nothing."""
        self._pts = self._view = self._stroke = None
        self.image = self.before = self.after = None

    def show(self, view: FrameView) -> None:
        """Take a frame as it stands; the view is the canvas's own from now on."""
        self._view, self._stroke = view, None
        self._pts = view.sheet.mask.pts
        self._look, self._pixels = view.look, view.pixels
        self._labels, self._by_person = view.sheet.mask.labels, view.sheet.mask.by_person
        self.image = image_of(self._pixels)
        self.before = image_of(view.before) if view.before is not None else None
        self.after = image_of(view.after) if view.after is not None else None

    # A stroke

    def begin(self) -> None:
        """Begin a stroke."""
        self._stroke = np.full(self._labels.shape, UNSAID, np.uint8)

    def line(self, start: Point, end: Point, width_px: int, number: int) -> QRect:
        """Draw a line with round ends into the stroke.

        Returns:
            What changed, in pixels of the mask.
        """
        import cv2

        assert self._stroke is not None
        reach = width_px // 2 + 2
        left, right = sorted((start[0], end[0]))
        top, bottom = sorted((start[1], end[1]))
        changed = QRect(
            left - reach, top - reach, right - left + 2 * reach + 1, bottom - top + 2 * reach + 1
        )
        cv2.line(self._stroke, start, end, number, max(width_px, 1))
        return self._take(changed)

    def polygon(self, corners: Sequence[Point], number: int) -> QRect:
        """Fill a polygon into the stroke."""
        import cv2

        assert self._stroke is not None
        cv2.fillPoly(self._stroke, [np.array(corners, np.int32)], number)
        columns, rows = zip(*corners, strict=True)
        left, top = min(columns), min(rows)
        return self._take(QRect(left, top, max(columns) - left + 1, max(rows) - top + 1))

    def cover(self, region: NDArray[np.bool_], number: int, at: Point = (0, 0)) -> QRect:
        """Put a region into the stroke.

        Args:
            region: Its pixels.
            number: The class.
            at: Column and row of its upper left corner.
        """
        assert self._stroke is not None
        height, width = region.shape
        window = self._stroke[at[1] : at[1] + height, at[0] : at[0] + width]
        window[region] = number
        return self._take(QRect(*at, width, height))

    def end(self) -> LabelMap | None:
        """End the stroke; None when it said nothing."""
        stroke, self._stroke = self._stroke, None
        if stroke is None or not (stroke != UNSAID).any():
            return None
        return stroke

    def _take(self, changed: QRect) -> QRect:
        """Show what of the stroke lies in a window."""
        height, width = self._labels.shape
        seen = changed.intersected(QRect(0, 0, width, height))
        if seen.isEmpty() or self._stroke is None:
            return QRect()
        window = (
            slice(seen.top(), seen.top() + seen.height()),
            slice(seen.left(), seen.left() + seen.width()),
        )
        stroke = self._stroke[window]
        said = stroke != UNSAID
        self._labels[window][said] = stroke[said]
        self._by_person[window][said] = True
        self._pixels[window] = tint(
            self._labels[window], self._by_person[window], self._look, at=(seen.left(), seen.top())
        )
        return seen

    def shown_labels(self) -> LabelMap:
        """What is shown, unsaid as background."""
        return np.where(self._labels == UNSAID, BACKGROUND, self._labels).astype(np.uint8)
