"""A way of painting corrupted blocks that is in no lesson: choices are made on it.

Blocks of 8 x 8 get coefficients that were never sent, as when the entropy decoder has lost its
place.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.simulate.bitstream import target_share
from core.simulate.kind import Picture

_BLOCK = 8
_MACROBLOCK = 16
_FREQUENCIES = 3
_FAINTEST, _PLAINEST = 0.4, 1.0
_WEAKEST, _STRONGEST = 150.0, 700.0


def coefficients(pictures: Sequence[Picture], severity: float, seed: int) -> list[Picture]:
    """Runs of macroblocks with wrong coefficients, the same ones in each picture.

    Args:
        pictures: 4:2:0 pictures of 8 bits, all of one shape, multiples of 16 wide and high.
        severity: 0..1; how much of the picture is wrong, see `target_share`.
        seed: The same seed gives the same damage.

    Returns:
        As many pictures.
    """
    rng = np.random.default_rng([seed, 83])
    rows, columns = (side // _MACROBLOCK for side in pictures[0].luma.shape)
    wrong = _runs(rows, columns, target_share(severity), rng)
    residual = _residual(rows * 2, columns * 2, rng)
    mask = np.repeat(np.repeat(wrong, _MACROBLOCK, 0), _MACROBLOCK, 1)
    return [picture.replaced(_added(picture.luma, residual, mask)) for picture in pictures]


def _runs(rows: int, columns: int, share: float, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Macroblocks from some place of a row to its end, until the share is reached."""
    wrong = np.zeros((rows, columns), np.bool_)
    wanted = max(round(share * rows * columns), 1)
    while int(wrong.sum()) < wanted:
        first = int(rng.integers(columns))
        left = wanted - int(wrong.sum())
        wrong[int(rng.integers(rows)), first : first + left] = True
    return wrong


def _residual(rows: int, columns: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """One or a few strong coefficients in each block, as pixels."""
    found = np.zeros((rows * _BLOCK, columns * _BLOCK), np.float32)
    for row in range(rows):
        for column in range(columns):
            block = np.zeros((_BLOCK, _BLOCK), np.float32)
            for _ in range(int(rng.integers(1, 4))):
                v, u = rng.integers(_FREQUENCIES, size=2)
                size = float(rng.uniform(_WEAKEST, _STRONGEST))
                block[v, u] += size * (1 if rng.random() < 0.5 else -1)
            top, left = row * _BLOCK, column * _BLOCK
            found[top : top + _BLOCK, left : left + _BLOCK] = cv2.idct(block)
    return found * float(rng.uniform(_FAINTEST, _PLAINEST))


def _added(
    luma: NDArray[np.uint8], residual: NDArray[np.float32], mask: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    changed = np.clip(luma + residual, 0, 255).astype(np.uint8)
    return np.where(mask, changed, luma)
