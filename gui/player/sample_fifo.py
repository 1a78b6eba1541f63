"""The bounded buffer between the sound thread and the device's callback."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Consecutive samples, ready for the device.

    Attributes:
        samples: float32, shape (n, channels).
        run_s: Run time of the first sample.
        step_s: Run time from one sample to the next; more than the sample period above normal
            speed.
        generation: Which run of playback they belong to.
        splices: It goes on exactly where the sound before it stops, whatever the clock says.
    """

    samples: NDArray[np.float32]
    run_s: float
    step_s: float
    generation: int
    splices: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Pulled:
    """What came out.

    Attributes:
        samples: float32, shape (n, channels), zeros where the buffer ran dry.
        filled: How many of the n were there.
        run_s: Run time of the first sample, or None when there was none.
        generation: Of the first sample.
        next_run_s: Run time of the sample that would have followed, or None when there was none.
    """

    samples: NDArray[np.float32]
    filled: int
    run_s: float | None
    generation: int
    next_run_s: float | None = None


class SampleFifo:
    """First in, first out, counted in samples; the writer waits, the reader never does.

    Args:
        channels: Channels of the samples.
        capacity: Samples after which the writer waits.
    """

    def __init__(self, channels: int, capacity: int) -> None:
        self._channels = channels
        self._capacity = capacity
        self._chunks: deque[Chunk] = deque()
        self._offset = 0
        self._count = 0
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        """Samples inside."""
        return self._count

    @property
    def full(self) -> bool:
        """Whether the writer should wait."""
        return self._count >= self._capacity

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._chunks.clear()
            self._offset = 0
            self._count = 0

    def push(self, chunk: Chunk) -> None:
        """Append samples; the writer looks at `full` beforehand."""
        if len(chunk.samples):
            with self._lock:
                self._chunks.append(chunk)
                self._count += len(chunk.samples)

    def replace(self, chunks: Sequence[Chunk]) -> None:
        """Put these in the place of everything, so that the reader finds either and no gap."""
        with self._lock:
            self._chunks = deque(chunk for chunk in chunks if len(chunk.samples))
            self._offset = 0
            self._count = sum(len(chunk.samples) for chunk in self._chunks)

    def peek(self) -> Chunk | None:
        """The next sample as a chunk of what is left of its own, or None."""
        with self._lock:
            if not self._chunks:
                return None
            head, offset = self._chunks[0], self._offset
        return Chunk(
            head.samples[offset:],
            head.run_s + offset * head.step_s,
            head.step_s,
            head.generation,
            head.splices,
        )

    def skip(self, count: int) -> int:
        """Drop up to `count` samples; returns how many were there."""
        return self.pull(count).filled

    def pull(self, count: int, generation: int | None = None) -> Pulled:
        """Take `count` samples, with silence for those that are missing.

        Args:
            count: How many.
            generation: Take no others; None takes all.
        """
        out = np.zeros((count, self._channels), np.float32)
        run_s: float | None = None
        next_s: float | None = None
        own = 0
        filled = 0
        with self._lock:
            while filled < count and self._chunks:
                head = self._chunks[0]
                if generation not in (None, head.generation):
                    break
                if run_s is None:
                    run_s = head.run_s + self._offset * head.step_s
                    own = head.generation
                take = min(count - filled, len(head.samples) - self._offset)
                out[filled : filled + take] = head.samples[self._offset : self._offset + take]
                filled += take
                self._offset += take
                next_s = head.run_s + self._offset * head.step_s
                if self._offset == len(head.samples):
                    self._chunks.popleft()
                    self._offset = 0
            self._count -= filled
        return Pulled(out, filled, run_s, own, next_s)
