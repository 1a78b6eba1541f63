"""Brings what threads and the worker process say to the GUI thread, and nowhere else."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.domain.errors import CancelledError, KnownError
from core.jobs.lane import Job, Lane
from core.jobs.progress import CancelToken, Progress
from core.jobs.remote import RemoteWorker
from core.jobs.request import LearningRequest, Request, Result
from gui.language import mark, told, tr

T = TypeVar("T")

_log = logging.getLogger(__name__)

UNEXPECTED = mark("Onglass met a fault of its own; the details help to report it.")


def explain(error: BaseException) -> tuple[str, str]:
    """A sentence for people and details to copy; the log keeps where it came from."""
    _log.info("an error was shown", exc_info=error)
    if isinstance(error, KnownError):
        return told(error.sentence), error.details
    return tr(UNEXPECTED), "".join(traceback.format_exception(error)).strip()


class Worker(Protocol):
    """What the desk needs of a worker process (`core.jobs.remote.RemoteWorker`)."""

    def submit(self, request: Any) -> int:
        """Ask for work that this worker does; returns the job's number."""

    def cancel(self, job: int) -> None:
        """Stop a job."""

    def close(self) -> None:
        """End the process."""


WorkerFactory = Callable[
    [
        Callable[[int, Progress], None],
        Callable[[int, Result], None],
        Callable[[int, Exception], None],
    ],
    Worker,
]


class WorkerBridge(QObject):
    """The worker with signals instead of callbacks; each arrives in the GUI thread.

    Signals:
        progressed: Job number and `Progress`.
        finished: Job number and result.
        failed: Job number and exception; `CancelledError` when it was cancelled.
    """

    progressed = Signal(int, object)
    finished = Signal(int, object)
    failed = Signal(int, object)
    _heard = Signal(str, int, object)

    def __init__(self, factory: WorkerFactory = RemoteWorker, parent: QObject | None = None):
        super().__init__(parent)
        self._closed = False
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)
        # `emit` on a signal of this object is safe from any thread and queues the call.
        self._worker = factory(
            lambda job, progress: self._heard.emit("progressed", job, progress),
            lambda job, result: self._heard.emit("finished", job, result),
            lambda job, error: self._heard.emit("failed", job, error),
        )

    def submit(self, request: Request | LearningRequest) -> int:
        """Ask for work; returns the job's number at once."""
        return self._worker.submit(request)

    def cancel(self, job: int) -> None:
        """Stop a job."""
        self._worker.cancel(job)

    def close(self) -> None:
        """End the worker; no signal comes after this."""
        self._closed = True
        self._worker.close()

    @Slot(str, int, object)
    def _on_heard(self, signal: str, job: int, content: object) -> None:
        if not self._closed:
            getattr(self, signal).emit(job, content)


class GuiLane(QObject):
    """One background thread whose results come back to the GUI thread, in order.

    Args:
        name: Name of the thread.
    """

    _over = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane(name)
        self._waiting: dict[int, tuple[Job[object], Callable[[Job[object]], None]]] = {}
        self._over.connect(self._on_over, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """Jobs whose results were not delivered yet."""
        return len(self._waiting)

    def submit(
        self,
        work: Callable[[CancelToken], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
        newest: bool = False,
    ) -> None:
        """Do `work` in the thread; then `done` or `failed` in the GUI thread.

        Nothing is called for cancelled work.

        Args:
            work: What to do, off the GUI thread.
            done: Takes its result.
            failed: Takes what it raised.
            newest: Cancel what this lane has not finished; the newest wins.
        """

        def deliver(job: Job[T]) -> None:
            if isinstance(job.error, CancelledError):
                return
            if job.error is not None:
                failed(job.error)
            else:
                done(job.result())

        start = self._lane.submit_newest if newest else self._lane.submit
        # The job may be over before `submit` returns, so it is entered when delivered at last.
        job = start(work, self._over.emit)
        self._waiting[id(job)] = (job, deliver)  # type: ignore[assignment]

    def drain(self) -> None:
        """Wait until everything is done, and deliver it now."""
        while self._waiting:
            job, _ = next(iter(self._waiting.values()))
            while not job.done:
                try:
                    job.result()
                except BaseException:  # noqa: BLE001 - delivered below
                    break
            self._on_over(job)

    def close(self) -> None:
        """Cancel what is left and join the thread; nothing is delivered after this."""
        self._waiting.clear()
        self._lane.close()

    @Slot(object)
    def _on_over(self, job: Job[object]) -> None:
        entry = self._waiting.pop(id(job), None)
        if entry is not None:
            entry[1](job)
