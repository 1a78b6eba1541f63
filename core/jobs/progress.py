"""Cancellation and progress, as values that any room may pass on."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from core.domain.errors import CancelledError


class CancelToken:
    """A flag that one thread raises and others look at, once a frame."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; calling it again changes nothing."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether stopping was asked for."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise when stopping was asked for.

        Raises:
            CancelledError: `cancel` was called.
        """
        if self._event.is_set():
            raise CancelledError


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        done_s: Seconds of the title that are done.
        total_s: Seconds of the title to do; 0 when unknown.
        speed: Seconds of title a second of wall time; 0 before it is known.
        stage: What is happening, in two or three words.
    """

    done_s: float
    total_s: float
    speed: float = 0.0
    stage: str = ""

    @property
    def fraction(self) -> float:
        """Share that is done, 0..1."""
        return min(max(self.done_s / self.total_s, 0.0), 1.0) if self.total_s > 0 else 0.0

    @property
    def left_s(self) -> float | None:
        """Wall seconds left; None while the speed is unknown."""
        return max(self.total_s - self.done_s, 0.0) / self.speed if self.speed > 0 else None


ProgressSink = Callable[[Progress], None]
"""Takes progress; called from the working thread, at most some ten times a second."""


def ignore_progress(_progress: Progress) -> None:
    """A sink for callers who do not care."""


class ProgressMeter:
    """Turns "so much is done" into `Progress` with a speed, not too often.

    The speed is that of the last few seconds, so that the time left follows a change of pace.

    Args:
        sink: Who is told.
        total_s: Seconds of the title to do; 0 when unknown.
        stage: What is happening.
        done_s: What was done before, by an earlier run.
        interval_s: Least wall time between two reports.
    """

    _WINDOW_S = 5.0

    def __init__(
        self,
        sink: ProgressSink,
        total_s: float,
        stage: str,
        done_s: float = 0.0,
        interval_s: float = 0.1,
    ) -> None:
        self._sink = sink
        self._total_s = total_s
        self._stage = stage
        self._interval_s = interval_s
        self._marks = [(time.monotonic(), done_s)]
        self._reported = float("-inf")

    def update(self, done_s: float, force: bool = False) -> None:
        """Say how far the work is; reported when enough time went by, or with `force`."""
        now = time.monotonic()
        if not force and now - self._reported < self._interval_s:
            return
        self._reported = now
        self._marks.append((now, done_s))
        while len(self._marks) > 2 and now - self._marks[1][0] > self._WINDOW_S:
            del self._marks[0]
        began, before_s = self._marks[0]
        speed = max(done_s - before_s, 0.0) / (now - began) if now > began else 0.0
        self._sink(Progress(done_s, self._total_s, speed, self._stage))
