"""What is true of the cells of a picture: corrupted, clean, or neither to be taught nor counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.learning.block_corruption.visible import GRID_PX, Truth
from core.models.block_corruption import STRIDE_PX


@dataclass(frozen=True, slots=True, eq=False)
class CellTruth:
    """What is true of the cells of one picture.

    Attributes:
        cells: 1 corrupted, 0 clean, shape (rows, columns).
        counted: Where `cells` is to be taught: 1, or 0 for damage that hardly shows.
    """

    cells: NDArray[np.float32]
    counted: NDArray[np.float32]

    @property
    def decided(self) -> float:
        """1 when some cell is corrupted."""
        return float(self.cells.max(initial=0.0))

    @property
    def decided_counted(self) -> float:
        """0 where nothing but hardly visible damage is in sight."""
        return float(self.decided > 0 or bool(self.counted.all()))


def cell_truth(truth: Truth, cell: float) -> CellTruth:
    """The truth of cells of 32 x 32 pixels; those at the far edges may be cut off.

    Args:
        truth: On the grid of 8 x 8 pixels.
        cell: Share of damaged pixels from which a cell is corrupted.
    """
    step = STRIDE_PX // GRID_PX
    rows, columns = (-(-side // step) for side in truth.shape[:2])
    bottom, right = rows * step - truth.shape[0], columns * step - truth.shape[1]
    whole = np.pad(truth, ((0, bottom), (0, right), (0, 0)), mode="edge")
    means = whole.reshape(rows, step, columns, step, 2).mean(axis=(1, 3)) / 255.0
    return judged(means, cell)


def judged(shares: NDArray[np.floating], cell: float) -> CellTruth:
    """The truth of cells by their shares.

    Args:
        shares: Of pixels visibly damaged, and of those touched, 0..1, shape (rows, columns, 2).
        cell: See `cell_truth`.
    """
    corrupted = shares[..., 0] >= cell
    clean = shares[..., 1] == 0.0
    return CellTruth(corrupted.astype(np.float32), (corrupted | clean).astype(np.float32))
