"""The pace of a reviewer: how many flags are decided, how many are left, how long that takes."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

RECENT = 24
"""Decisions that the pace is taken from."""

LEAST = 5
"""Decisions before which no pace is told."""

PAUSE_S = 90.0
"""An interval longer than this is a pause, in which nobody decided."""

_PAUSE_FACTOR = 6.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reviewer is.

    Attributes:
        decided: Flags of the title that are decided.
        left: Flags that are not.
        minutes: Time left at the present pace; None while it is not known.
    """

    decided: int
    left: int
    minutes: float | None = None


class Pace:
    """Watches when flags are decided; tells the usual time a flag takes lately.

    The usual time is a median, and pauses do not count: a phone call or a flag that took long
    must not make the rest look long.
    """

    def __init__(self) -> None:
        self._steps: deque[tuple[float, int]] = deque(maxlen=RECENT + 1)

    def note(self, at_s: float, flags: int = 1) -> None:
        """Take note of a decision.

        Args:
            at_s: When, on any clock that never goes back.
            flags: How many flags it decided.
        """
        if flags > 0:
            self._steps.append((at_s, flags))

    def clear(self) -> None:
        """Forget everything, for another title."""
        self._steps.clear()

    @property
    def seconds_per_flag(self) -> float | None:
        """Usual time a flag takes; None while too few were decided."""
        steps = list(self._steps)
        pairs = pairwise(steps)
        took = [((b - a), flags) for (a, _), (b, flags) in pairs if b - a <= PAUSE_S]
        if len(took) < LEAST:
            return None
        usual_s = median(seconds for seconds, _ in took)
        busy = [(s, flags) for s, flags in took if s <= max(_PAUSE_FACTOR * usual_s, 1.0)]
        return median(s for s, _ in busy) / median(flags for _, flags in busy)

    def progress(self, decided: int, left: int) -> Progress:
        """How far a reviewer is.

        Args:
            decided: Flags of the title that are decided.
            left: Flags that are not.
        """
        each_s = self.seconds_per_flag
        minutes = None if each_s is None else left * each_s / 60.0
        return Progress(decided, left, minutes)
