"""How sure a share or a rate is."""

from __future__ import annotations

from math import sqrt

from scipy.special import gammaincinv, ndtri

LEVEL = 0.95


def wilson(hits: int, of: int, level: float = LEVEL) -> tuple[float, float]:
    """Two-sided confidence interval of a share (E. B. Wilson, 1927).

    Args:
        hits: How often it happened.
        of: How often it was tried; 0 gives the whole of 0..1.
        level: Confidence.

    Returns:
        Lower and upper end, within 0..1.
    """
    if of == 0:
        return 0.0, 1.0
    z = float(ndtri(0.5 + level / 2))
    share = hits / of
    centre = share + z * z / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max((centre - half) / scale, 0.0), min((centre + half) / scale, 1.0)


def rate_upper_bound(count: int, hours: float, level: float = LEVEL) -> float | None:
    """Exact one-sided upper bound of a Poisson rate (F. Garwood, 1936).

    With nothing counted this is the rule of three: 3.0 divided by the hours.

    Args:
        count: How many alarms.
        hours: In how many hours.
        level: Confidence.

    Returns:
        Alarms an hour; None when there was no time to see any.
    """
    if hours <= 0:
        return None
    return float(gammaincinv(count + 1, level)) / hours
