"""Which damage can be seen at all in a single picture.

A lost motion vector may leave a mouth as it was a moment ago, a lost slice a stretch of water that
is as good as the right one: the pixels differ from the clean decode, and nobody could tell. What
gives damage away is that it ends, or is patched, along the grid of blocks, or that it has a colour
or brightness that is nowhere near in the right picture. So damage counts as visible

- where brightness steps along lines of the 8 x 8 grid, which the clean picture does not, by more
  than chance: steps along lines off the grid, in the same 64 x 64 pixels, say how much texture
  there is that steps anywhere;
- and where the mean over 32 x 32 pixels is darker, brighter or more coloured than all of the clean
  picture within 100 pixels around.

Damage that hangs together is visible as one when a good part of it is; else only that part is.
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

_OFF_GRID = (3, 5)
_ROUGH = 2
_ALONG = 0.6
_AROUND = 8
_LEAST_STEPS = 2.5
_MEAN_OVER = 4
_NEAR = 25
_AS_ONE = 0.25


@dataclass(frozen=True, slots=True)
class Sight:
    """What gives damage away.

    Attributes:
        step: Levels of brightness by which a step along a grid line must exceed those beside it, on
            average over 8 pixels.
        chance: By how many standard deviations there must be more steps on the grid than off it.
        color: Codes by which a mean must lie outside all means nearby.
    """

    step: float
    chance: float
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
    seen = damaged & (_stepping(clean, shown, damaged, sight) | _recolored(clean, shown, sight))
    joined = cv2.dilate(damaged.astype(np.uint8), np.ones((3, 3), np.uint8))
    count, parts = cv2.connectedComponents(joined, connectivity=8)
    size = np.bincount(parts[damaged], minlength=count)
    as_one = np.bincount(parts[seen], minlength=count) >= np.maximum(_AS_ONE * size, 1)
    kept = truth.copy()
    kept[..., 0][~(seen | as_one[parts])] = 0
    return kept


def _stepping(
    clean: Picture, shown: Picture, damaged: NDArray[np.bool_], sight: Sight
) -> NDArray[np.bool_]:
    """Within 64 x 64 pixels that have more steps on the grid than chance would give."""
    planes = (_bytes(shown.luma, shown.depth), _bytes(clean.luma, clean.depth))
    on_grid = _around(_steps(*planes, damaged, 0, sight.step))
    off_grid = np.mean(
        [_around(_steps(*planes, damaged, shift, sight.step)) for shift in _OFF_GRID], axis=0
    )
    least = np.maximum(_LEAST_STEPS, sight.chance * np.sqrt(on_grid + off_grid))
    found = (on_grid - off_grid >= least).astype(np.uint8)
    return cv2.dilate(found, np.ones((_AROUND - 1, _AROUND - 1), np.uint8)) > 0


def _around(found: NDArray[np.floating]) -> NDArray[np.floating]:
    size = (_AROUND, _AROUND)
    border = cv2.BORDER_CONSTANT
    return np.asarray(cv2.boxFilter(found, -1, size, normalize=False, borderType=border), float)


def _recolored(clean: Picture, shown: Picture, sight: Sight) -> NDArray[np.bool_]:
    """Where the mean over 32 x 32 pixels is like no mean of the clean picture nearby."""
    size = tuple(-(-side // GRID_PX) for side in (clean.width, clean.height))
    near = np.ones((_NEAR, _NEAR), np.uint8)
    found = np.zeros(size[::-1], np.bool_)
    for mine, theirs in zip(clean.planes, shown.planes, strict=True):
        right, here = (
            cv2.blur(
                cv2.resize(_bytes(plane, clean.depth), size, interpolation=cv2.INTER_AREA).astype(
                    np.float32
                ),
                (_MEAN_OVER, _MEAN_OVER),
            )
            for plane in (mine, theirs)
        )
        found |= here > cv2.dilate(right, near) + sight.color
        found |= here < cv2.erode(right, near) - sight.color
    over = np.ones((_MEAN_OVER + 1, _MEAN_OVER + 1), np.uint8)
    return cv2.dilate(found.astype(np.uint8), over) > 0


def _bytes(plane: Plane, depth: int) -> NDArray[np.uint8]:
    return np.asarray(plane >> (depth - 8) if depth > 8 else plane, np.uint8)


def _steps(
    shown: NDArray[np.uint8],
    clean: NDArray[np.uint8],
    damaged: NDArray[np.bool_],
    shift: int,
    step: float,
) -> NDArray[np.floating]:
    """How many pieces of lines step at each cell, shared with the cell on the other side.

    Args:
        shown: Luma, shape (height, width).
        clean: Likewise; what steps in it as well is no sign of damage.
        damaged: On the grid; lines with no damage on either side do not count.
        shift: Pixels by which the lines lie off the grid.
        step: See `Sight`.
    """
    found = np.zeros(damaged.shape, np.float64)
    _add_upright(shown, clean, damaged, found, shift, step)
    _add_upright(shown.T, clean.T, damaged.T, found.T, shift, step)
    return found


def _add_upright(
    shown: NDArray[np.uint8],
    clean: NDArray[np.uint8],
    damaged: NDArray[np.bool_],
    found: NDArray[np.floating],
    shift: int,
    step: float,
) -> None:
    here, right = (_alone(luma, shift) for luma in (shown, clean))
    steps = (here.mean(1) > step) & ((here > _ROUGH).mean(1) >= _ALONG)
    steps &= right.mean(1) < step / 2
    rows = min(len(steps), len(damaged))
    lines = min(steps.shape[1], damaged.shape[1] - 1)
    before, after = damaged[:rows, :lines], damaged[:rows, 1 : lines + 1]
    stepping = 0.5 * (steps[:rows, :lines] & (before | after))
    found[:rows, :lines] += stepping
    found[:rows, 1 : lines + 1] += stepping


def _alone(luma: NDArray[np.uint8], shift: int) -> NDArray[np.int16]:
    """By how much brightness steps more across a line than beside it, shape (rows, 8, lines)."""
    rows, count = luma.shape[0] // GRID_PX, max((luma.shape[1] - 2 - shift) // GRID_PX, 0)
    places = np.arange(1, count + 1) * GRID_PX + shift
    lines = luma[: rows * GRID_PX].astype(np.int16)
    change = [np.abs(lines[:, places + k] - lines[:, places + k - 1]) for k in (-1, 0, 1)]
    alone = np.maximum(change[1] - np.maximum(change[0], change[2]), 0)
    return np.asarray(alone.reshape(rows, GRID_PX, -1), np.int16)
