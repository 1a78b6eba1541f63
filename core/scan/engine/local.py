"""The engine of one machine: some niced worker processes, each with one job at a time.

They are the desk's worker process: a decoder that crashes costs its job, and the process is
replaced. They leave when this process does, however it ends.
"""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.errors import CancelledError
from core.jobs.progress import Progress
from core.jobs.remote import RemoteWorker, WorkerLostError
from core.jobs.request import LookResult, PieceResult, Result
from core.scan.engine.base import Advanced, Ended, News, TaskRequest, hung

_AGAIN_S = 2.0


@dataclass(slots=True)
class _Job:
    key: str
    request: TaskRequest
    limit_s: float
    number: int = 0
    ends_at: float = float("inf")
    over_limit: bool = False


class _Hand:
    """One worker process and the job that it has."""

    def __init__(
        self, inbox: queue.SimpleQueue[tuple[_Hand, object]], command: Sequence[str] | None
    ) -> None:
        self.job: _Job | None = None
        self.worker = RemoteWorker(
            lambda _number, progress: inbox.put((self, progress)),
            lambda _number, result: inbox.put((self, result)),
            lambda _number, error: inbox.put((self, error)),
            command,
        )

    def begin(self, job: _Job) -> None:
        self.job = job
        if job.limit_s > 0:
            job.ends_at = time.monotonic() + job.limit_s
        job.number = self.worker.submit(job.request)


class LocalEngine:
    """Worker processes on this machine.

    Args:
        workers: How many.
        command: How to start one; None for the program's own.
    """

    name = "local"

    def __init__(self, workers: int = 1, command: Sequence[str] | None = None) -> None:
        self._inbox: queue.SimpleQueue[tuple[_Hand, object]] = queue.SimpleQueue()
        self._hands = [_Hand(self._inbox, command) for _ in range(max(workers, 1))]
        self._waiting: deque[_Job] = deque()
        self._dropped: list[News] = []

    @property
    def slots(self) -> int:
        """One job a worker."""
        return len(self._hands)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that run now."""
        return tuple(pid for hand in self._hands if (pid := hand.worker.pid) is not None)

    def submit(self, key: str, request: TaskRequest, limit_s: float) -> None:
        """Take a request; an idle worker gets it at once, else the next one that is free."""
        self._waiting.append(_Job(key, request, limit_s))
        self._assign()

    def cancel(self, key: str) -> None:
        """Stop a job soon."""
        for job in [job for job in self._waiting if job.key == key]:
            self._waiting.remove(job)
            self._dropped.append(Ended(key, CancelledError()))
        for hand in self._hands:
            if hand.job is not None and hand.job.key == key:
                hand.worker.cancel(hand.job.number)

    def wait(self, timeout_s: float) -> Sequence[News]:
        """What happened since the last call."""
        news, self._dropped = self._dropped, []
        give_up = time.monotonic() + (0.0 if news else timeout_s)
        while True:
            self._end_overdue()
            left_s = max(min(give_up, self._next_deadline()) - time.monotonic(), 0.0)
            try:
                hand, said = self._inbox.get(timeout=left_s) if left_s else self._inbox.get_nowait()
            except queue.Empty:
                if news or time.monotonic() >= give_up:
                    return news
                continue
            news.extend(self._hear(hand, said))
            give_up = time.monotonic()

    def close(self) -> None:
        """End all workers."""
        self._waiting.clear()
        for hand in self._hands:
            # Results of a closed engine are nobody's, so a decoder call need not be waited for.
            if hand.job is not None:
                hand.worker.kill()
        for hand in self._hands:
            hand.worker.close()

    def _assign(self) -> None:
        for hand in self._hands:
            if hand.job is None and self._waiting:
                hand.begin(self._waiting.popleft())

    def _hear(self, hand: _Hand, said: object) -> list[News]:
        job = hand.job
        if job is None:
            return []
        if isinstance(said, Progress):
            return [Advanced(job.key, said)]
        hand.job = None
        self._assign()
        return [Ended(job.key, _outcome(job, said))]

    def _next_deadline(self) -> float:
        return min((h.job.ends_at for h in self._hands if h.job is not None), default=float("inf"))

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for hand in self._hands:
            if hand.job is not None and now >= hand.job.ends_at:
                hand.job.over_limit = True
                # Again, in case it was only just starting and there was nothing to end yet.
                hand.job.ends_at = now + _AGAIN_S
                hand.worker.kill()


def _outcome(job: _Job, said: Result | object) -> LookResult | PieceResult | Exception:
    if isinstance(said, LookResult | PieceResult):
        return said
    if job.over_limit and isinstance(said, WorkerLostError):
        return hung(job.request, job.limit_s)
    assert isinstance(said, Exception)
    return said
