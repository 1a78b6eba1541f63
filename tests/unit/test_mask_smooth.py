"""Masks of single pixels are made smoother: by cells for corruption, blurred for others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.learning.mask.smooth import blurred, by_cells


def said(corrupt: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities of a frame."""
    return np.stack([1 - corrupt, corrupt], axis=-1).astype(np.float32)


def test_a_cell_is_told_as_a_whole_and_cells_at_the_edge_are_smaller() -> None:
    corrupt = np.zeros((20, 20), np.float32)
    corrupt[0:8, 0:6] = 1
    corrupt[16:, 16:] = 1
    corrupt[12, 12] = 1
    found = by_cells(said(corrupt))
    assert (found[:8, :8, 1] == 0.75).all()
    assert (found[16:, 16:, 1] == 1).all()
    assert (found[8:16, 8:16].argmax(axis=-1) == 0).all()
    assert np.allclose(found.sum(axis=-1), 1)


def test_cells_keep_their_size_in_the_stream() -> None:
    corrupt = np.zeros((8, 8), np.float32)
    corrupt[:4, :4] = 1
    assert (by_cells(said(corrupt), scale=2.0)[..., 1] == corrupt).all()


def test_a_speck_goes_and_a_straight_edge_stays_where_it_is() -> None:
    corrupt = np.zeros((20, 20), np.float32)
    corrupt[:, :10] = 1
    corrupt[10, 15] = 1
    found = blurred(said(corrupt)).argmax(axis=-1)
    assert (found[:, :10] == 1).all()
    assert (found[:, 10:] == 0).all()
