"""The pieces of a frame that can be picked: whole, rectangles, superpixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QPolygonF

from gui.annotate.look import Pixels
from gui.bridge import GuiLane, explain
from gui.language import mark, tr

SIZES = ("superpixel:24", "16x16", "32x32", "64x64", "128x128", "frame")
"""What pieces are called in the core, in the order of the box."""

_NAMES = {
    "superpixel:24": mark("Superpixels"),
    "16x16": mark("Rectangles 16 x 16"),
    "32x32": mark("Rectangles 32 x 32"),
    "64x64": mark("Rectangles 64 x 64"),
    "128x128": mark("Rectangles 128 x 128"),
    "frame": mark("Whole frame"),
}
_GRID = 0x46464646
"""White at a quarter, premultiplied."""


def size_name(size: str) -> str:
    """What the screen calls a size of pieces."""
    return tr(_NAMES.get(size, size))


def needs_picture(size: str) -> bool:
    """Whether the pieces depend on what is in the frame."""
    return size.startswith("superpixel")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One piece of a frame.

    Attributes:
        number: Of it in its map.
        at: Column and row of its upper left corner.
        region: Its pixels from there on.
    """

    number: int
    at: tuple[int, int]
    region: NDArray[np.bool_]

    @property
    def window(self) -> tuple[slice, slice]:
        """Where it lies in a map of the frame."""
        height, width = self.region.shape
        return slice(self.at[1], self.at[1] + height), slice(self.at[0], self.at[0] + width)

    def outlines(self) -> list[QPolygonF]:
        """Its edges in pixels of the mask."""
        import cv2

        grown = np.pad(self.region, 1).astype(np.uint8).repeat(2, 0).repeat(2, 1)
        found, _ = cv2.findContours(grown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        # Twice as large, so that an edge runs between pixels and not through them: odd places are
        # the right or lower halves of their pixels.
        corners = [(outline[:, 0] + outline[:, 0] % 2) // 2 - 1 + self.at for outline in found]
        return [QPolygonF([QPointF(x, y) for x, y in one.tolist()]) for one in corners]


@dataclass(frozen=True, slots=True, eq=False)
class PieceMap:
    """The pieces of one frame.

    Attributes:
        pts: Of the frame; None where they are the same in all.
        size: What they are called in the core.
        numbers: Of the piece of each pixel, 0.., shape (height, width).
        boxes: Left, top, right and lower edge of each piece, shape (pieces, 4).
        grid: Their edges, to be painted.
    """

    pts: int | None
    size: str
    numbers: NDArray[np.int32]
    boxes: NDArray[np.int32]
    grid: Pixels
    kept: dict[int, Piece] = field(default_factory=dict)

    def piece_at(self, x: int, y: int) -> Piece:
        """The piece of a pixel."""
        number = int(self.numbers[y, x])
        if number not in self.kept:
            left, top, right, bottom = map(int, self.boxes[number])
            region = self.numbers[top:bottom, left:right] == number
            self.kept[number] = Piece(number, (left, top), region)
        return self.kept[number]


def make_pieces(
    pts: int | None, size: str, picture: NDArray[np.uint8] | None, width: int, height: int
) -> PieceMap:
    """Cut a frame into pieces.

    Args:
        pts: Of the frame.
        size: What pieces.
        picture: RGB, shape (height, width, 3); only superpixels need it.
        width: Of the frame in pixels.
        height: Likewise.
    """
    # Superpixels bring a library that takes a while to import; only who picks them waits.
    from core.annotation.granularity import Granularity, regions

    if picture is None:
        picture = np.zeros((height, width, 3), np.uint8)
    found = regions([picture], Granularity.parse(size))[0]
    _, inverse = np.unique(found, return_inverse=True)
    numbers = inverse.reshape(found.shape).astype(np.int32)
    return PieceMap(pts, size, numbers, _boxes(numbers), _edges(numbers))


def _boxes(numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    count = int(numbers.max()) + 1
    boxes = np.zeros((count, 4), np.int32)
    boxes[:, :2] = max(numbers.shape)
    height, width = numbers.shape
    columns = np.broadcast_to(np.arange(width, dtype=np.int32), numbers.shape)
    rows = np.broadcast_to(np.arange(height, dtype=np.int32)[:, None], numbers.shape)
    for place, side in ((0, columns), (1, rows)):
        np.minimum.at(boxes[:, place], numbers, side)
        np.maximum.at(boxes[:, place + 2], numbers, side + 1)
    return boxes


def _edges(numbers: NDArray[np.int32]) -> Pixels:
    edge = np.zeros(numbers.shape, np.bool_)
    edge[:, 1:] |= numbers[:, 1:] != numbers[:, :-1]
    edge[1:] |= numbers[1:] != numbers[:-1]
    return np.where(edge, np.uint32(_GRID), np.uint32(0)).astype(np.uint32)


class PieceLane(QObject):
    """Cuts frames into pieces off the GUI thread; the newest wish wins.

    Signals:
        made: A `PieceMap`.
        failed: Sentence and details.
    """

    made = Signal(object)
    failed = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = GuiLane("mask pieces", self)
        self._wanted: tuple[int | None, str] | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is being cut."""
        return self._lane.pending == 0

    def want(
        self,
        pts: int,
        size: str,
        picture: Callable[[], NDArray[np.uint8] | None],
        extent: tuple[int, int],
    ) -> None:
        """Ask for the pieces of a frame.

        Args:
            pts: Of the frame.
            size: What pieces.
            picture: Gives the frame as it is stored, RGB, in the lane; None when it has gone.
            extent: Width and height of the frame.
        """
        key = (pts if needs_picture(size) else None, size)
        if key == self._wanted:
            return
        self._wanted = key

        def work(_token: object) -> PieceMap | None:
            pixels = picture() if needs_picture(size) else None
            if pixels is None and needs_picture(size):
                return None
            return make_pieces(key[0], size, pixels, *extent)

        self._lane.submit(work, self._on_made, self._on_failed, newest=True)

    def forget(self) -> None:
        """Whatever is asked for next is asked for anew."""
        self._wanted = None

    def close(self) -> None:
        """End the thread."""
        self._lane.close()

    def _on_made(self, made: PieceMap | None) -> None:
        if made is None:
            self._wanted = None
        else:
            self.made.emit(made)

    def _on_failed(self, error: BaseException) -> None:
        self._wanted = None
        self.failed.emit(*explain(error))
