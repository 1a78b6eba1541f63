"""Where the pixels of a mask lie in the picture that is shown: pixel aspect and rotation."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

from core.domain.title import VideoStream
from gui.player.geometry import PictureGeometry


@dataclass(frozen=True, slots=True)
class MaskPlace:
    """The map between the coded picture, in which masks are kept, and the displayed one.

    Attributes:
        width: Of the coded picture in pixels.
        height: Likewise.
        shown_width: Of the picture as displayed, in square pixels, before it is turned.
        rotation: Degrees clockwise that it is turned: 0, 90, 180 or 270.
    """

    width: int
    height: int
    shown_width: int
    rotation: int = 0

    @classmethod
    def of(cls, stream: VideoStream) -> MaskPlace:
        """Of a picture stream."""
        wide, high = stream.display_size
        shown = high if stream.rotation in (90, 270) else wide
        return cls(stream.width, stream.height, shown, stream.rotation)

    @property
    def transform(self) -> QTransform:
        """From pixels of the mask to picture coordinates."""
        turn = QTransform()
        if self.rotation == 90:
            turn.translate(self.height, 0)
        elif self.rotation == 180:
            turn.translate(self.shown_width, self.height)
        elif self.rotation == 270:
            turn.translate(0, self.shown_width)
        turn.rotate(self.rotation)
        turn.scale(self.shown_width / self.width, 1.0)
        return turn

    def to_mask(self, geometry: PictureGeometry, at: QPointF) -> QPointF:
        """Which place of the mask is at this place of the widget; may lie outside."""
        inverse, _ = self.transform.inverted()
        return inverse.map(QPointF(*geometry.to_picture(at.x(), at.y())))

    def to_widget(self, geometry: PictureGeometry, at: QPointF) -> QPointF:
        """Where a place of the mask is in the widget."""
        shown = self.transform.map(at)
        return QPointF(*geometry.to_widget(shown.x(), shown.y()))

    def holds(self, at: QPointF) -> bool:
        """Whether a place of the mask lies inside it."""
        return 0 <= at.x() < self.width and 0 <= at.y() < self.height
