"""Whether recent titles look to a detector like those that it learned from.

What is compared is the curve that decides, every title with the same weight however long it is:
histograms, the population stability index over bins that hold a tenth of the old values each
(Yurdakul 2018 gives its usual limits .1 and .25), and the largest distance of the two cumulated
distributions (Kolmogorov–Smirnov). Rows of one title are alike, so that a test over rows would
always cry wolf; the distance is held against what chance gives with as many *titles*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

STABLE, SHIFTED = 0.1, 0.25
LEAST_TITLES = 4
"""Fewer titles than this on either side say nothing."""

_BARS = 24
_TENTHS = 10
_LEAST_SHARE = 1e-3
_CHANCE = 1.358
"""Of the distance's limit at 5 % (Smirnov 1948)."""

Values = NDArray[np.floating]


class Shift(StrEnum):
    """What became of the scores, in a word."""

    UNKNOWN = "unknown"
    NONE = "none"
    SOME = "some"
    MUCH = "much"


@dataclass(frozen=True, slots=True)
class Drift:
    """Recent titles against earlier ones.

    Attributes:
        edges: Ends of the histograms' bars, one more than bars.
        before: Share of the earlier titles' values in each bar; adds to 1.
        after: The same of the recent ones.
        titles: How many titles before and after.
        psi: Population stability index.
        distance: Largest distance of the cumulated distributions, 0..1.
        chance: The distance that chance alone exceeds once in twenty with so many titles.
    """

    edges: tuple[float, ...] = ()
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()
    titles: tuple[int, int] = (0, 0)
    psi: float = 0.0
    distance: float = 0.0
    chance: float = 1.0

    @property
    def shift(self) -> Shift:
        """What it comes to: much only where titles enough say so, too."""
        if min(self.titles) < LEAST_TITLES:
            return Shift.UNKNOWN
        if self.psi < STABLE:
            return Shift.NONE
        beyond = self.distance > self.chance
        return Shift.MUCH if self.psi >= SHIFTED and beyond else Shift.SOME


def drift(before: Sequence[Values], after: Sequence[Values]) -> Drift:
    """Compare what was measured in two groups of titles.

    Args:
        before: Values of each earlier title, each of shape (n,); titles without any are left out.
        after: The same of the recent titles.
    """
    old, new = ([v for v in group if len(v)] for group in (before, after))
    titles = (len(old), len(new))
    if not old or not new:
        return Drift(titles=titles)
    (x, p), (y, q) = _weighted(old), _weighted(new)
    edges = np.histogram_bin_edges(np.concatenate([x, y]), _BARS)
    shares = [np.histogram(v, edges, weights=w)[0] for v, w in ((x, p), (y, q))]
    chance = _CHANCE * sqrt((titles[0] + titles[1]) / (titles[0] * titles[1]))
    return Drift(
        tuple(edges.tolist()),
        tuple(shares[0].tolist()),
        tuple(shares[1].tolist()),
        titles,
        _stability(x, p, y, q),
        _distance(x, p, y, q),
        min(chance, 1.0),
    )


def _weighted(group: Sequence[Values]) -> tuple[Values, Values]:
    """All values in order, and how much each counts, so that every title counts alike."""
    values = np.concatenate(group).astype(np.float64)
    weights = np.concatenate([np.full(len(v), 1 / (len(v) * len(group))) for v in group])
    order = np.argsort(values, kind="stable")
    return values[order], weights[order]


def _stability(x: Values, p: Values, y: Values, q: Values) -> float:
    """Population stability index over tenths of the earlier values."""
    reached = np.searchsorted(np.cumsum(p), np.arange(1, _TENTHS) / _TENTHS)
    # Where most values are alike several tenths are one.
    cuts = np.unique(x[np.minimum(reached, len(x) - 1)])
    total = 0.0
    bars = len(cuts) + 1
    old = np.bincount(np.searchsorted(cuts, x, "left"), p, bars)
    new = np.bincount(np.searchsorted(cuts, y, "left"), q, bars)
    for one, other in zip(old.tolist(), new.tolist(), strict=True):
        one, other = max(one, _LEAST_SHARE), max(other, _LEAST_SHARE)
        total += (other - one) * log(other / one)
    return total


def _distance(x: Values, p: Values, y: Values, q: Values) -> float:
    places = np.unique(np.concatenate([x, y]))
    sums = [
        np.append(0.0, np.cumsum(w))[np.searchsorted(v, places, "right")]
        for v, w in ((x, p), (y, q))
    ]
    return float(np.abs(sums[0] - sums[1]).max())
