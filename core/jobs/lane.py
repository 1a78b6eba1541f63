"""Lanes: threads with an owner that take jobs in turn, are drained and joined.

A job is a callable that gets a `CancelToken`. Its result, or its error, is handed over where the
result is used (`Job.result`), or to a callback in the lane's thread.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

from core.domain.errors import BugError, CancelledError
from core.jobs.progress import CancelToken

T = TypeVar("T")


class Job(Generic[T]):
    """One piece of work in a lane.

    Args:
        work: What to do; it looks at the token often.
        on_done: Called in the lane's thread once the job is over, however it ended.
    """

    def __init__(
        self,
        work: Callable[[CancelToken], T],
        on_done: Callable[[Job[T]], None] | None = None,
    ) -> None:
        self.token = CancelToken()
        self._work = work
        self._on_done = on_done
        self._over = threading.Event()
        self._result: list[T] = []
        self._error: BaseException | None = None

    @property
    def done(self) -> bool:
        """Whether the job is over."""
        return self._over.is_set()

    @property
    def error(self) -> BaseException | None:
        """What the work raised, once the job is over."""
        return self._error

    def cancel(self) -> None:
        """Ask the work to stop; a job that has not begun never begins."""
        self.token.cancel()

    def result(self, timeout_s: float | None = None) -> T:
        """Wait for the result.

        Raises:
            TimeoutError: It is not there yet.
            CancelledError: The job was cancelled.
            Exception: Whatever the work raised.
        """
        if not self._over.wait(timeout_s):
            raise TimeoutError("the job is not over")
        if self._error is not None:
            raise self._error
        return self._result[0]

    def run(self) -> None:
        """Do the work in the calling thread; the lane calls this."""
        try:
            self.token.check()
            self._result.append(self._work(self.token))
        except BaseException as error:  # noqa: BLE001 - raised again in `result`
            self._error = error
        self._over.set()
        if self._on_done is not None:
            self._on_done(self)


class Lane:
    """One thread that does jobs one after the other.

    Use it as a context manager, or call `close`: jobs not begun are cancelled, the running one
    is asked to stop, and the thread is joined.

    Args:
        name: Name of the thread.
    """

    def __init__(self, name: str) -> None:
        self._jobs: deque[Job[object]] = deque()
        self._current: Job[object] | None = None
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name=name)
        self._thread.start()

    def __enter__(self) -> Lane:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def submit(
        self,
        work: Callable[[CancelToken], T],
        on_done: Callable[[Job[T]], None] | None = None,
    ) -> Job[T]:
        """Queue work behind what is there.

        Raises:
            BugError: The lane is closed.
        """
        job = Job(work, on_done)
        with self._changed:
            if self._closed:
                raise BugError("work was given to a closed lane")
            self._jobs.append(job)  # type: ignore[arg-type]
            self._changed.notify()
        return job

    def submit_newest(
        self,
        work: Callable[[CancelToken], T],
        on_done: Callable[[Job[T]], None] | None = None,
    ) -> Job[T]:
        """Cancel everything that is queued or running, then queue this: the newest wins."""
        self.cancel_all()
        return self.submit(work, on_done)

    def cancel_all(self) -> None:
        """Cancel what is queued and what is running."""
        with self._changed:
            for job in (*self._jobs, self._current):
                if job is not None:
                    job.cancel()

    def close(self) -> None:
        """Cancel everything, drain the queue and join the thread; harmless when repeated."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self.cancel_all()
        self._thread.join()

    def _serve(self) -> None:
        while (job := self._next()) is not None:
            job.run()
            with self._changed:
                self._current = None

    def _next(self) -> Job[object] | None:
        with self._changed:
            while not self._jobs and not self._closed:
                self._changed.wait()
            self._current = self._jobs.popleft() if self._jobs else None
            return self._current


class Channel(Generic[T]):
    """A bounded queue between one producing and one consuming thread.

    Either side may end it: the producer by `end`, with or without an error that is raised again
    in the consumer; the consumer by `abandon`, upon which `put` raises `CancelledError`.

    Args:
        capacity: Most items that wait.
    """

    def __init__(self, capacity: int) -> None:
        self._items: deque[T] = deque()
        self._capacity = capacity
        self._changed = threading.Condition()
        self._ended = False
        self._abandoned = False
        self._error: BaseException | None = None

    def put(self, item: T) -> None:
        """Add an item; waits while the queue is full.

        Raises:
            CancelledError: The consumer is gone.
        """
        with self._changed:
            while len(self._items) >= self._capacity and not self._abandoned:
                self._changed.wait()
            if self._abandoned:
                raise CancelledError
            self._items.append(item)
            self._changed.notify()

    def end(self, error: BaseException | None = None) -> None:
        """Say that nothing more comes; what waits is still delivered, then `error` raised."""
        with self._changed:
            self._ended = True
            self._error = self._error or error
            self._changed.notify()

    def abandon(self) -> None:
        """Say that nobody takes more; wakes a waiting producer or consumer."""
        with self._changed:
            self._abandoned = True
            self._items.clear()
            self._changed.notify_all()

    def __iter__(self) -> Channel[T]:
        return self

    def __next__(self) -> T:
        with self._changed:
            while not self._items and not self._ended and not self._abandoned:
                self._changed.wait()
            if self._items:
                item = self._items.popleft()
                self._changed.notify()
                return item
            if self._error is not None:
                raise self._error
            if self._abandoned:
                raise CancelledError
            raise StopIteration
