"""How sure a rate is."""

from __future__ import annotations

from scipy.special import gammaincinv

from core.domain.interval import LEVEL


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
