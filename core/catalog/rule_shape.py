"""Shapes of noisy curves: means over loud rows, and the edges of what stands out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import Mask, Run, Values


def eased(values: Values, counts: Mask, rows: int) -> NDArray[np.float64]:
    """Centred mean over `rows` rows of those that count; 0 where none does.

    Args:
        values: Shape (n,).
        counts: Which of them say something.
        rows: How many, odd.
    """
    if not len(values):
        return np.zeros(0)
    window = np.ones(rows)
    weight = counts.astype(np.float64)
    half = rows // 2
    total = np.convolve(weight, window)[half : half + len(values)]
    summed = np.convolve(values.astype(np.float64) * weight, window)[half : half + len(values)]
    return np.asarray(np.where(total > 0, summed / np.maximum(total, 1.0), 0.0))


def middling(values: Values, counts: Mask, rows: int) -> NDArray[np.float64]:
    """Centred median over `rows` rows; those that do not count stand as the last that did.

    Args:
        values: Shape (n,).
        counts: Which of them say something.
        rows: How many, odd.
    """
    if not len(values):
        return np.zeros(0)
    last = np.maximum.accumulate(np.where(counts, np.arange(len(values)), 0))
    held = np.pad(values.astype(np.float64)[last], rows // 2, mode="edge")
    return np.asarray(np.median(np.lib.stride_tricks.sliding_window_view(held, rows), axis=-1))


def snapped(values: Values, run: Run, reach: int) -> Run:
    """A run whose ends lie where the values step most.

    Smoothing moves ends; the raw values say where they are.

    Args:
        values: Raw values, shape (n,).
        run: As found on smoothed values.
        reach: How many rows an end may move either way.
    """
    first = _step(values, run.first, reach, run.last - run.first)
    last = _step(values, run.last + 1, reach, run.last - run.first) - 1
    return Run(first, last) if last >= first else run


def _step(values: Values, at: int, reach: int, length: int) -> int:
    """The place near `at` where the means before and after it differ most."""
    if at <= 0 or at >= len(values):
        return at
    span = max(min(reach, length // 2), 1)
    sums = np.concatenate(([0.0], np.cumsum(values.astype(np.float64))))
    places = np.arange(max(at - span, 1), min(at + span, len(values) - 1) + 1)
    low, high = np.maximum(places - span, 0), np.minimum(places + span, len(values))
    before = (sums[places] - sums[low]) / (places - low)
    after = (sums[high] - sums[places]) / (high - places)
    # A short side says little: weighted as the gain in squared error of a step.
    weight = (places - low) * (high - places) / (high - low)
    return int(places[np.argmax(weight * np.square(after - before))])
