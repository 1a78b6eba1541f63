"""Decoded pictures on their way to the screen, and the rule which of them is due."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.domain.time import MediaTime

_EARLY_S = 0.001
_PRIMED = 4


def _nothing() -> None:
    """There is no frame in memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One picture, scaled for the screen.

    Attributes:
        pts: PTS of its frame.
        end_pts: PTS at which it goes.
        base: Seconds per PTS unit.
        pixels: uint8, shape (height, width, 4), BGRA; rows may be padded.
        run_s: Run time at which it is due; only while playing.
        provisional: Stands in for another one that is still being decoded.
        key: It is a key frame.
        corrupt: The decoder says that it is damaged.
        frame: Gives the decoded frame that it was scaled from, as long as that is in memory.
    """

    pts: int
    end_pts: int
    base: Fraction
    pixels: NDArray[np.uint8]
    run_s: float = 0.0
    provisional: bool = False
    key: bool = False
    corrupt: bool = False
    frame: Callable[[], object | None] = _nothing

    @property
    def time(self) -> MediaTime:
        """When it appears."""
        return MediaTime(self.pts, self.base)


@dataclass(frozen=True, slots=True, eq=False)
class Due:
    """What to show now.

    Attributes:
        picture: The newest picture that is due, or None.
        skipped: Pictures that were due before it and were never shown.
    """

    picture: Picture | None
    skipped: int


class PictureQueue:
    """A bounded queue between the decode thread and the screen.

    Pictures stand in order of `run_s`, growing forwards and falling backwards. `begin` starts a
    new run; pictures of an earlier one are refused.

    Args:
        capacity: Pictures after which the decode thread waits.
    """

    def __init__(self, capacity: int = 8) -> None:
        self._capacity = capacity
        self._pictures: deque[Picture] = deque()
        self._generation = -1
        self._skipped = 0
        self._ended = False
        self._changed = threading.Condition()

    def begin(self, generation: int, capacity: int | None = None) -> None:
        """Empty the queue for a new run; who waits in `push` is sent away."""
        with self._changed:
            self._generation = generation
            self._pictures.clear()
            self._skipped = 0
            self._ended = False
            self._capacity = capacity or self._capacity
            self._changed.notify_all()

    def push(self, generation: int, picture: Picture) -> bool:
        """Append a picture, waiting for room; False when its run is over."""
        with self._changed:
            while self._generation == generation and len(self._pictures) >= self._capacity:
                self._changed.wait()
            if self._generation != generation:
                return False
            self._pictures.append(picture)
            return True

    def skip(self, generation: int) -> None:
        """Note a picture that was never made because it would have come too late."""
        with self._changed:
            if self._generation == generation:
                self._skipped += 1

    def end(self, generation: int) -> None:
        """Say that no more pictures come in this run."""
        with self._changed:
            if self._generation == generation:
                self._ended = True

    @property
    def count(self) -> int:
        """Pictures inside."""
        return len(self._pictures)

    @property
    def primed(self) -> bool:
        """Whether there is enough to begin: a few pictures, or all there are."""
        return self._ended or len(self._pictures) >= min(_PRIMED, self._capacity)

    @property
    def finished(self) -> bool:
        """Whether the run's last picture was taken."""
        return self._ended and not self._pictures

    def take_due(self, run_s: float, speed: float) -> Due:
        """Take the newest picture that is due at this run time, and drop those before it.

        Args:
            run_s: Run time now.
            speed: Its sign says which way the run goes.
        """
        taken: Picture | None = None
        dropped = 0
        sign = 1.0 if speed >= 0 else -1.0
        with self._changed:
            limit_s = run_s * sign + _EARLY_S * abs(speed)
            while self._pictures and self._pictures[0].run_s * sign <= limit_s:
                dropped += taken is not None
                taken = self._pictures.popleft()
            dropped += self._skipped
            self._skipped = 0
            if taken is not None:
                self._changed.notify_all()
        return Due(taken, dropped)

    def next_due(self) -> float | None:
        """Run time of the next picture, or None while there is none."""
        with self._changed:
            return self._pictures[0].run_s if self._pictures else None
