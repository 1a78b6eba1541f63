"""In what pieces a video is asked about: whole frames, rectangles or superpixels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.annotation.flow import Motion, Picture
from core.annotation.superpixel import superpixels
from core.domain.errors import KnownError

Kind = Literal["frame", "rectangle", "superpixel"]

SUPERPIXEL_PX = 24
"""Edge of a square as large as a superpixel, where no size is said."""

_SMALLEST_PX, _LARGEST_PX = 4, 4096
_RECTANGLE = re.compile(r"(\d{1,5})x(\d{1,5})")
_SUPERPIXEL = re.compile(r"superpixel(?::(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Granularity:
    """In what pieces is asked.

    Attributes:
        kind: `frame`, `rectangle` or `superpixel`.
        size: Edge of a rectangle, or of a square as large as a superpixel, in pixels of the
            stream; 0 of whole frames.
    """

    kind: Kind
    size: int = 0

    def __post_init__(self) -> None:
        if self.kind == "frame":
            if self.size:
                raise ValueError("whole frames have no size of their own")
        elif not _SMALLEST_PX <= self.size <= _LARGEST_PX:
            raise ValueError(f"a piece is {_SMALLEST_PX} to {_LARGEST_PX} pixels wide")

    @classmethod
    def parse(cls, text: str) -> Granularity:
        """Read `frame`, `16x16`, `superpixel` or `superpixel:24`.

        Raises:
            KnownError: It is none of these.
        """
        said = text.strip().lower()
        try:
            if said == "frame":
                return cls("frame")
            if (found := _RECTANGLE.fullmatch(said)) and found[1] == found[2]:
                return cls("rectangle", int(found[1]))
            if found := _SUPERPIXEL.fullmatch(said):
                return cls("superpixel", int(found[1] or SUPERPIXEL_PX))
        except ValueError as error:
            raise KnownError(f"{text!r} is no size of pieces.", str(error)) from error
        raise KnownError(
            f"{text!r} names no pieces; say frame, 16x16 (any square) or superpixel:24."
        )

    def __str__(self) -> str:
        if self.kind == "rectangle":
            return f"{self.size}x{self.size}"
        return "frame" if self.kind == "frame" else f"superpixel:{self.size}"


def regions(
    frames: Sequence[Picture],
    granularity: Granularity,
    moved: Sequence[Motion] = (),
    scale: float = 1.0,
) -> NDArray[np.int32]:
    """Cut a video into the pieces that are asked about.

    Args:
        frames: RGB uint8, each of shape (height, width, 3), all of one size.
        granularity: In what pieces.
        moved: Of each frame to its next (`core.annotation.flow.motions`), where that is known
            already; only superpixels need it.
        scale: Pixels of the stream that a pixel of `frames` is wide, where they were made smaller;
            pieces keep their size in the stream.

    Returns:
        Number of the piece of each pixel, shape (n, height, width). Within a frame each number is
        one piece. Rectangles count from 0 row by row, cut at the right and lower edge; a
        superpixel has the same number wherever it could be followed.
    """
    if not len(frames):
        return np.zeros((0, 0, 0), np.int32)
    height, width = frames[0].shape[:2]
    if granularity.kind == "superpixel":
        return superpixels(frames, max(round(granularity.size / scale), 2), moved)
    if granularity.kind == "frame":
        one = np.zeros((height, width), np.int32)
    else:
        one = grid(height, width, granularity.size, scale)
    return np.broadcast_to(one, (len(frames), height, width)).copy()


def grid(height: int, width: int, size: int, scale: float = 1.0) -> NDArray[np.int32]:
    """Numbers of rectangles, row by row.

    Args:
        height: Of the map.
        width: Of the map.
        size: Edge of a rectangle in pixels of the stream.
        scale: Pixels of the stream that a pixel of the map is wide.
    """
    rows, columns = (
        np.floor((np.arange(side) + 0.5) * scale / size).astype(np.int32)
        for side in (height, width)
    )
    numbers: NDArray[np.int32] = rows[:, None] * (columns[-1] + 1) + columns[None]
    return numbers
