"""Which damage can be seen at all in a single picture.

A lost motion vector may leave a mouth as it was a moment ago, a lost slice a stretch of water that
is as good as the right one: the pixels differ from the clean decode, and nobody could tell. What
gives damage away is that it ends, or is patched, along the grid of blocks. So damage counts as
visible where brightness steps along lines of the 8 x 8 grid, more often than along lines half-way
between them, in proportion to how large the damage is; and where a good part of it has another
colour or brightness altogether. Damage that hangs together is judged as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.simulate.kind import Picture, Plane

GRID_PX = 8
"""Pixels a value of the truth is wide and high."""

Truth = NDArray[np.uint8]
"""Shape (rows, columns, 2): share of pixels visibly damaged, and of those touched, 0..255."""

_LEAST_STEPS = 2.0
_RECOLORED = 0.2
_AROUND = 4


@dataclass(frozen=True, slots=True)
class Sight:
    """What gives damage away.

    Attributes:
        step: Levels of brightness by which a step along a grid line must exceed those beside it, on
            average over 8 pixels.
        steps: How many such pieces of grid lines there must be, at least two, for each root of the
            number of damaged grid cells.
        color: Codes by which means over 32 x 32 pixels must differ, in a fifth of the damage.
    """

    step: float
    steps: float
    color: float


def only_visible(clean: Picture, shown: Picture, truth: Truth, sight: Sight) -> Truth:
    """The truth without damage that nothing gives away; that stays as touched.

    Args:
        clean: The picture as it should be.
        shown: As it is.
        truth: By difference.
        sight: What gives damage away.
    """
    damaged = truth[..., 0] > 0
    if not damaged.any():
        return truth
    luma = _bytes(shown.luma, shown.depth)
    found = _steps(luma, damaged, 0, sight.step) - _steps(luma, damaged, GRID_PX // 2, sight.step)
    joined = cv2.dilate(damaged.astype(np.uint8), np.ones((3, 3), np.uint8))
    count, parts = cv2.connectedComponents(joined, connectivity=8)
    size = np.bincount(parts[damaged], minlength=count)
    seen = np.bincount(parts.ravel(), found.ravel(), minlength=count)
    stepping = seen >= np.maximum(sight.steps * np.sqrt(size), _LEAST_STEPS)
    other = np.bincount(parts[damaged & _recolored(clean, shown, sight.color, damaged.shape)])
    coloring = np.pad(other, (0, count - len(other))) >= np.maximum(_RECOLORED * size, 1)
    kept = truth.copy()
    kept[..., 0][~(stepping | coloring)[parts]] = 0
    return kept


def _recolored(
    clean: Picture, shown: Picture, codes: float, shape: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Where the mean over 32 x 32 pixels around a grid cell is another brightness or colour."""
    size = (shape[1], shape[0])
    found = np.zeros(shape, np.bool_)
    for mine, theirs in zip(clean.planes, shown.planes, strict=True):
        means = [
            cv2.blur(
                cv2.resize(_bytes(p, clean.depth), size, interpolation=cv2.INTER_AREA).astype(
                    np.float32
                ),
                (_AROUND, _AROUND),
            )
            for p in (mine, theirs)
        ]
        found |= np.abs(means[0] - means[1]) > codes
    return found


def _bytes(plane: Plane, depth: int) -> NDArray[np.uint8]:
    return np.asarray(plane >> (depth - 8) if depth > 8 else plane, np.uint8)


def _steps(
    luma: NDArray[np.uint8], damaged: NDArray[np.bool_], shift: int, step: float
) -> NDArray[np.floating]:
    """How many pieces of grid lines step at each cell, shared with the cell on the other side.

    Args:
        luma: Shape (height, width).
        damaged: On the grid; lines with no damage on either side do not count.
        shift: Pixels by which the lines lie off the grid.
        step: See `Sight`.
    """
    found = np.zeros(damaged.shape, np.float64)
    _add_upright(luma, damaged, found, shift, step)
    _add_upright(luma.T, damaged.T, found.T, shift, step)
    return found


def _add_upright(
    luma: NDArray[np.uint8],
    damaged: NDArray[np.bool_],
    found: NDArray[np.floating],
    shift: int,
    step: float,
) -> None:
    rows = min(luma.shape[0] // GRID_PX, damaged.shape[0])
    last = min(damaged.shape[1], (luma.shape[1] - 2 - shift) // GRID_PX + 1)
    places = np.arange(1, last) * GRID_PX + shift
    if not rows or not len(places):
        return
    lines = luma[: rows * GRID_PX].astype(np.int16)
    change = [np.abs(lines[:, places + k] - lines[:, places + k - 1]) for k in (-1, 0, 1)]
    alone = np.maximum(change[1] - np.maximum(change[0], change[2]), 0)
    means = alone.reshape(rows, GRID_PX, -1).mean(axis=1)
    before, after = damaged[:rows, : last - 1], damaged[:rows, 1:last]
    stepping = 0.5 * ((means > step) & (before | after))
    found[:rows, : last - 1] += stepping
    found[:rows, 1:last] += stepping
