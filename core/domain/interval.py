"""How sure a share is."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

LEVEL = 0.95


def wilson(hits: float, of: float, level: float = LEVEL) -> tuple[float, float]:
    """Two-sided confidence interval of a share (E. B. Wilson, "Probable inference", 1927).

    Args:
        hits: How often it happened; a fraction where answers are weighted.
        of: How often it was tried, likewise; 0 gives the whole of 0..1.
        level: Confidence.

    Returns:
        Lower and upper end, within 0..1.
    """
    if of <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = hits / of
    centre = share + z * z / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max((centre - half) / scale, 0.0), min((centre + half) / scale, 1.0)
