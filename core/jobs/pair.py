"""Two worker processes as one: what learns has its own, so that analysis goes on beside it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from core.jobs.progress import Progress
from core.jobs.remote import RemoteWorker, worker_command
from core.jobs.request import LearningRequest, Request, Result

Told = TypeVar("Told")

LOW = "--low"
"""Argument of a worker that gives way to everything else."""


class WorkerPair:
    """Sends what learns to a second process of the lowest priority, everything else to the first.

    The callbacks come in threads of the two, at most one at a time; else as `RemoteWorker`.

    Args:
        on_progress: As there.
        on_result: As there.
        on_error: As there.
        make: Makes each of the two; the last argument is its command.
    """

    def __init__(
        self,
        on_progress: Callable[[int, Progress], None],
        on_result: Callable[[int, Result], None],
        on_error: Callable[[int, Exception], None],
        make: Callable[..., RemoteWorker] = RemoteWorker,
    ) -> None:
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._last_job = 0
        self._known: dict[tuple[int, int], int] = {}
        self._places: dict[int, tuple[int, int]] = {}
        commands = (worker_command(), [*worker_command(), LOW])
        self._workers = tuple(
            make(
                self._passing(which, on_progress),
                self._passing(which, on_result, last=True),
                self._passing(which, on_error, last=True),
                command,
            )
            for which, command in enumerate(commands)
        )

    def submit(self, request: Request) -> int:
        """Ask for work; returns the job's number at once.

        Raises:
            BugError: The workers are closed.
        """
        which = int(isinstance(request, LearningRequest))
        # Answers wait for the lock, so that none comes before its number is known.
        with self._lock:
            own = self._workers[which].submit(request)
            self._last_job += 1
            self._known[which, own] = self._last_job
            self._places[self._last_job] = (which, own)
            return self._last_job

    def cancel(self, job: int) -> None:
        """Stop a job; a training pauses."""
        with self._lock:
            place = self._places.get(job)
        if place is not None:
            self._workers[place[0]].cancel(place[1])

    def close(self) -> None:
        """End both processes; harmless when repeated."""
        for worker in self._workers:
            worker.close()

    def _passing(
        self, which: int, tell: Callable[[int, Told], None], last: bool = False
    ) -> Callable[[int, Told], None]:
        def passed(own: int, content: Told) -> None:
            with self._lock:
                job = self._known.get((which, own))
                if last and job is not None:
                    del self._known[which, own], self._places[job]
            if job is not None:
                with self._telling:
                    tell(job, content)

        return passed
