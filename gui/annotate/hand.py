"""The tools: what the mouse does to a mask, from press to release."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from core.domain.mask import BACKGROUND, UNSAID, LabelMap
from core.review.stroke import region_at
from gui.annotate.canvas import Canvas
from gui.annotate.overlay import Aim, MaskOverlay
from gui.annotate.piece import Piece, PieceMap
from gui.annotate.tool import Tool
from gui.language import tr
from gui.player.picture import PictureView

_CLOSE_PX = 8.0
_FEWEST_CORNERS = 3
_RECTANGLE_CLICKS = 2


class Hand(QObject):
    """Turns what the mouse does on the picture into strokes.

    The left button draws with the class, the right one with background; the middle one pans and the
    wheel zooms, as always.

    Signals:
        drawn: A label map of what was said, and what it cost in clicks (None: count it by the
            rule).
        dropped: A stroke that showed already was given up, so the frame has to be read again.
        used: The mouse did something.
        said: A sentence for the status bar.

    Args:
        view: The picture.
        canvas: The frame that is drawn on.
        overlay: Knows where pixels lie.
        aim: Shown while nothing is done yet.

    Attributes:
        tool: In the hand.
        number: Of the class that is drawn with.
        brush_px: Width of brush and eraser.
        pieces: Of the frame, for picking; None while they are not known.
        allowed: Whether the frame can be drawn on now; says why not.
    """

    drawn = Signal(object, object)
    dropped = Signal()
    used = Signal()
    said = Signal(str)

    def __init__(self, view: PictureView, canvas: Canvas, overlay: MaskOverlay, aim: Aim) -> None:
        super().__init__(view)
        self._view, self._canvas, self._overlay, self._aim = view, canvas, overlay, aim
        self.tool = Tool.BRUSH
        self.number = 1
        self.brush_px = 24
        self.pieces: PieceMap | None = None
        self.allowed: Callable[[], bool] = lambda: False
        self._button: Qt.MouseButton | None = None
        self._last = (0, 0)
        self._start = QPointF()
        self._picked: set[int] = set()
        self._erasing = False

    # What others ask

    @property
    def aiming(self) -> bool:
        """Whether a polygon is begun."""
        return bool(self._aim.corners)

    @property
    def busy(self) -> bool:
        """Whether a button is down."""
        return self._button is not None

    def take(self, tool: Tool) -> None:
        """Put another tool into the hand; a polygon that is begun is dropped."""
        self.drop()
        self.tool = tool
        self.refresh()

    def refresh(self) -> None:
        """Show what the tool would do where the pointer is."""
        aim = self._aim
        brush = self.tool in (Tool.BRUSH, Tool.ERASER)
        aim.brush_px = self.brush_px if brush else 0
        picks = self.tool is Tool.PICK
        aim.piece = self._piece_under(aim.pointer) if picks else None
        self._overlay.set_pieces(self.pieces if picks else None)
        self._view.update()

    def drop(self) -> None:
        """Forget what is begun."""
        self._aim.corners.clear()
        self._aim.box = None
        self._button = None
        if self._canvas.drawing:
            self._canvas.clear()
            self.dropped.emit()
        self._view.update()

    def close_polygon(self) -> bool:
        """Close the polygon that is begun; False when there is none."""
        corners = self._aim.corners
        if not corners:
            return False
        points = [_pixel(corner) for corner in corners]
        corners.clear()
        if len(points) < _FEWEST_CORNERS:
            self.said.emit(tr("A polygon needs three corners."))
        elif self.allowed():
            self._canvas.begin()
            self._canvas.polygon(points, self._number)
            self._finish(len(points))
        self._view.update()
        return True

    def corner_back(self) -> None:
        """Take the last corner of the polygon back."""
        if self._aim.corners:
            self._aim.corners.pop()
            self._view.update()

    def delete_region(self) -> None:
        """Make the region under the pointer background."""
        at = self._under()
        if at is None or not self.allowed():
            return
        labels = self._canvas.shown_labels()
        if labels[at[1], at[0]] == BACKGROUND:
            self.said.emit(tr("There is no region under the pointer."))
            return
        self._cover(region_at(labels, *at), BACKGROUND)

    # Mouse

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the left and the right button; everything else goes on to the picture."""
        kind = event.type()
        if kind is QEvent.Type.Leave:
            self._aim.pointer = self._aim.piece = None
            self._view.update()
            return False
        if not isinstance(event, QMouseEvent) or self._overlay.place is None:
            return False
        if kind is QEvent.Type.MouseMove:
            return self._on_move(event)
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return False
        self._aim.pointer = self._mask_point(event.position())
        self.used.emit()
        if kind is QEvent.Type.MouseButtonPress:
            self._on_press(event)
        elif kind is QEvent.Type.MouseButtonRelease:
            self._on_release(event)
        elif kind is QEvent.Type.MouseButtonDblClick:
            # The second press of a double click; it closes a polygon and else is a press.
            if self.tool is Tool.POLYGON and self.aiming:
                self.close_polygon()
            else:
                self._on_press(event)
        return True

    @property
    def _number(self) -> int:
        """What the stroke that is begun says."""
        return BACKGROUND if self._erasing else self.number

    def _on_press(self, event: QMouseEvent) -> None:
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        at = self._aim.pointer
        if self._button is not None or at is None or not self.allowed():
            return
        erasing = event.button() is Qt.MouseButton.RightButton or self.tool is Tool.ERASER
        if self.tool is Tool.POLYGON:
            self._add_corner(at, erasing)
        elif self.tool in (Tool.FILL, Tool.ACCEPT):
            self._click(BACKGROUND if erasing else self.number)
        else:
            self._button, self._erasing, self._start = event.button(), erasing, at
            self._picked.clear()
            if self.tool is Tool.RECTANGLE:
                self._aim.box = QRectF(at, at)
                return
            self._canvas.begin()
            self._last = _pixel(at)
            self._go_on(at)

    def _on_move(self, event: QMouseEvent) -> bool:
        before = self._aim.pointer
        at = self._aim.pointer = self._mask_point(event.position())
        self.used.emit()
        if self._button is None:
            self._show_aim(before, at)
            return False
        if self._aim.box is not None:
            self._aim.box = QRectF(self._start, at).normalized()
            self._view.update()
        else:
            self._go_on(at)
        return True

    def _on_release(self, event: QMouseEvent) -> None:
        if self._button is None or event.button() is not self._button:
            return
        self._button = None
        box, self._aim.box = self._aim.box, None
        if box is not None:
            self._cover_box(box)
        elif self._canvas.drawing:
            self._finish(len(self._picked) if self.tool is Tool.PICK else None)
        self._view.update()

    def _go_on(self, at: QPointF) -> None:
        """Go on with a stroke of the brush, or of picking."""
        if self.tool is Tool.PICK:
            self._pick(at)
            return
        here = _pixel(at)
        changed = self._canvas.line(self._last, here, self.brush_px, self._number)
        self._last = here
        self._repaint(changed)

    def _pick(self, at: QPointF) -> None:
        piece = self._aim.piece = self._piece_under(at)
        if piece is None or piece.number in self._picked:
            return
        if not self._picked and not self._erasing:
            # The first piece says whether this stroke adds or takes away.
            held = self._canvas.labels[piece.window][piece.region]
            self._erasing = bool((held == self.number).all())
        self._picked.add(piece.number)
        self._canvas.cover(piece.region, self._number, piece.at)
        self._view.update()

    def _click(self, number: int) -> None:
        at = self._under()
        if at is None:
            return
        if self.tool is Tool.FILL:
            self._cover(region_at(self._canvas.shown_labels(), *at), number)
            return
        labels, mine = self._canvas.labels, self._canvas.by_person
        if mine[at[1], at[0]] or labels[at[1], at[0]] == UNSAID:
            self.said.emit(tr("Nothing was predicted here that nobody has decided."))
            return
        predicted = np.where(mine, np.uint8(UNSAID), labels)
        self._cover(region_at(predicted, *at), int(labels[at[1], at[0]]))

    def _add_corner(self, at: QPointF, erasing: bool) -> None:
        corners = self._aim.corners
        if len(corners) >= _FEWEST_CORNERS and self._is_near(corners[0], at):
            self.close_polygon()
            return
        if not corners:
            self._erasing = erasing
        corners.append(at)
        self._view.update()

    # Ends

    def _cover(self, region: NDArray[np.bool_], number: int) -> None:
        """One click that gives a region a class."""
        self._canvas.begin()
        self._canvas.cover(region, number)
        self._finish(1)
        self._view.update()

    def _cover_box(self, box: QRectF) -> None:
        height, width = self._canvas.labels.shape
        # The pixels under both corners belong to it.
        (left, top), (right, bottom) = _pixel(box.topLeft()), _pixel(box.bottomRight())
        pixels = QRect(left, top, right - left + 1, bottom - top + 1)
        pixels = pixels.intersected(QRect(0, 0, width, height))
        if pixels.isEmpty():
            return
        self._canvas.begin()
        region = np.ones((pixels.height(), pixels.width()), np.bool_)
        self._canvas.cover(region, self._number, (pixels.left(), pixels.top()))
        self._finish(_RECTANGLE_CLICKS)

    def _finish(self, clicks: int | None) -> None:
        labels: LabelMap | None = self._canvas.end()
        if labels is not None:
            self.drawn.emit(labels, clicks)

    # Places

    def _mask_point(self, at: QPointF) -> QPointF:
        place = self._overlay.place
        assert place is not None
        return place.to_mask(self._view.geometry_of_picture, at)

    def _under(self) -> tuple[int, int] | None:
        """The pixel under the pointer; None beside the picture."""
        at, place = self._aim.pointer, self._overlay.place
        if at is None or place is None or not place.holds(at):
            return None
        return _pixel(at)

    def _piece_under(self, at: QPointF | None) -> Piece | None:
        place, pieces = self._overlay.place, self.pieces
        if at is None or place is None or pieces is None or not place.holds(at):
            return None
        if pieces.pts not in (None, self._canvas.pts):
            return None
        return pieces.piece_at(*_pixel(at))

    def _is_near(self, corner: QPointF, at: QPointF) -> bool:
        """Whether a press means the first corner, as the screen shows it."""
        place, geometry = self._overlay.place, self._view.geometry_of_picture
        assert place is not None
        apart = place.to_widget(geometry, corner) - place.to_widget(geometry, at)
        return apart.manhattanLength() <= _CLOSE_PX

    def _show_aim(self, before: QPointF | None, at: QPointF) -> None:
        aim = self._aim
        if self.tool is Tool.PICK:
            piece = self._piece_under(at)
            if piece is not aim.piece:
                aim.piece = piece
                self._view.update()
        elif aim.corners:
            self._view.update()
        elif aim.brush_px:
            for place in (before, at):
                if place is not None:
                    self._repaint(QRect(*_pixel(place), 1, 1))

    def _repaint(self, changed: QRect) -> None:
        """Paint what of the mask changed, and the ring around the pointer."""
        place = self._overlay.place
        if place is None or changed.isNull():
            return
        geometry = self._view.geometry_of_picture
        half = self._aim.brush_px // 2 + 2
        # The ring goes along with the pointer, which may be past what changed.
        area = QRectF(changed).adjusted(-half, -half, half, half)
        ends = [place.to_widget(geometry, p) for p in (area.topLeft(), area.bottomRight())]
        shown = QRectF(ends[0], ends[1]).normalized().toAlignedRect()
        self._view.update(shown.adjusted(-4, -4, 4, 4))


def _pixel(at: QPointF) -> tuple[int, int]:
    return int(np.floor(at.x())), int(np.floor(at.y()))
