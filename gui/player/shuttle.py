"""J, K and L: the speeds of the shuttle."""

from __future__ import annotations

from itertools import pairwise

FASTEST = 8.0
SLOW = 0.5
PITCH_KEPT = (0.5, 2.0)
SPEEDS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 4.0, 8.0)
_STEPS = (1.0, 2.0, 4.0, 8.0)


def next_speed(speed: float, direction: int, slow: bool = False) -> float:
    """The speed after one press of J (`direction` −1), K (0) or L (+1).

    Args:
        speed: Present speed; 0 while paused.
        direction: Which key.
        slow: K is held down with it: half speed.

    Returns:
        0 for K; else 1, 2, 4, 8 in the key's direction, one step further at each press. A press
        against the direction of travel turns round at normal speed.
    """
    if direction == 0:
        return 0.0
    sign = 1.0 if direction > 0 else -1.0
    if slow:
        return sign * SLOW
    magnitude = speed * sign
    if magnitude <= 0:
        return sign
    following = [high for low, high in pairwise((0.0, *_STEPS)) if low <= magnitude < high]
    return sign * (following[0] if following else FASTEST)


def is_audible(speed: float) -> bool:
    """Whether sound is played at this speed, with its pitch kept."""
    return PITCH_KEPT[0] <= speed <= PITCH_KEPT[1]
