"""Driving a batch: tasks from the ledger to an engine, results to the writer.

```python
with Store.open(url) as store, closing(LocalEngine(2)) as engine:
    batch = make_batch(store, "March", paths, Order(split_s=1800))
    told = drive(store, batch, engine)          # returns when nothing is left
    batch = store.tasks.batch("March")          # after any interruption:
    told = drive(store, batch, engine)          # only what is left is done
```

`drive` is what `onglass scan` calls; it and `make_batch`, `Order` and `Tally`
in `core.scan.ledger` are the whole of what other rooms need. It runs in the calling thread and is
the only writer; workers of the engine open the files and hand tracks back as values.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from core.analysis.provenance import settings_of
from core.detectors.base import Options
from core.domain.batch import Batch, Part, Task
from core.domain.errors import BugError, CancelledError, KnownError
from core.domain.run import Run
from core.domain.title import Title
from core.jobs.progress import CancelToken, Progress
from core.jobs.remote import WorkerLostError
from core.jobs.request import LookRequest, LookResult, PieceRequest, PieceResult
from core.scan.engine.base import Advanced, Ended, Engine
from core.scan.ledger import PIECES, Order, Tally, finished_run, parts_for, tally
from core.scan.writer import Writer
from core.store.run import new_run
from core.store.store import Store

_WAIT_S = 0.25
_BEAT_S = 30.0
_LOOK_LIMIT_S = 300.0
_FALSE_STARTS = 5


@dataclass(frozen=True, slots=True)
class TaskNews:
    """Something happened to a task.

    Attributes:
        task: As it is in the ledger now.
        state: `began`, `advanced`, `divided`, `done`, `again` (a worker was lost, it waits for the
            next one) or `failed`.
        progress: How far it is, of `advanced`.
        title: What it is, once that is known.
        notes: Sentences about detectors that were left out.
        sentence: Why, of `again` and `failed`; what detectors stopped, of `done`.
        parts: Into how many tasks, of `divided`.
    """

    task: Task
    state: str
    progress: Progress | None = None
    title: Title | None = None
    notes: tuple[str, ...] = ()
    sentence: str = ""
    parts: int = 0


NewsSink = Callable[[TaskNews], None]
"""Takes news; called in the thread of `drive`."""


def ignore_news(_news: TaskNews) -> None:
    """A sink for callers who do not care."""


def drive(
    store: Store,
    batch: Batch,
    engine: Engine,
    on_news: NewsSink = ignore_news,
    cancel: CancelToken | None = None,
) -> Tally:
    """Do what is left of a batch.

    Tasks whose driver is gone wait again first. A file that cannot be analysed costs its own task;
    a task whose worker was lost or hung is tried again, as often as the batch's order says.

    Args:
        store: Where the ledger and the results are; this is its only writer.
        batch: As `make_batch` made it, or `store.tasks.batch` found it.
        engine: Runs the tasks; stays open.
        on_news: Told what happens.
        cancel: Stops soon; what runs waits again, and costs it no attempt.

    Returns:
        How far the batch is now.

    Raises:
        KnownError: The store cannot be read or written, or no worker can be started; call it again
            to go on.
        CancelledError: `cancel` was raised.
    """
    _Driver(store, batch, engine, on_news, cancel or CancelToken()).run()
    return tally(store, batch)


@dataclass(slots=True)
class _Flight:
    """A task under way."""

    task: Task
    seen: LookResult | None = None
    title: Title | None = None
    run: Run | None = None
    notes: tuple[str, ...] = field(default=())


class _Driver:
    def __init__(
        self,
        store: Store,
        batch: Batch,
        engine: Engine,
        on_news: NewsSink,
        cancel: CancelToken,
    ) -> None:
        self._store = store
        self._batch = batch
        self._engine = engine
        self._tell = on_news
        self._cancel = cancel
        self._order = Order.of(batch.document)
        self._writer = Writer(store, self._order)
        self._flights: dict[str, _Flight] = {}
        self._copies: dict[str, deque[_Flight]] = {}
        self._false_starts = 0
        self._beaten = time.monotonic()

    def run(self) -> None:
        self._store.tasks.reclaim(self._batch.id)
        try:
            while self._fill():
                for news in self._engine.wait(_WAIT_S):
                    self._hear(news)
                self._beat()
                self._cancel.check()
        except (CancelledError, KeyboardInterrupt):
            self._stop()
            raise

    def _fill(self) -> bool:
        """Give the engine as much as it wants; whether anything is under way."""
        free = self._engine.slots - len(self._flights)
        if free > 0:
            for task in self._store.tasks.claim(self._batch.id, free):
                self._begin(_Flight(task))
        return bool(self._flights)

    def _begin(self, flight: _Flight) -> None:
        task = flight.task
        self._tell(TaskNews(task, "began"))
        if task.part is not Part.ALL:
            self._begin_part(flight)
            return
        order = self._order
        look = LookRequest(
            task.path, order.profile, order.detectors, order.every_frame, order.split_s
        )
        self._submit(flight, look, order.limit_s or _LOOK_LIMIT_S)

    def _begin_part(self, flight: _Flight) -> None:
        task = flight.task
        title = self._store.titles.get(task.fingerprint)
        run = self._store.runs.get(task.run)
        if title is None or run is None:
            self._fail(flight, f"{task.path.name} is no longer in the store; scan it again.")
            return
        flight.title = replace(title, path=task.path)
        flight.run = run
        options = Options(every_frame=self._order.every_frame)
        settings = {**settings_of(flight.title, run.detectors, options), PIECES: task.batch}
        if settings != dict(run.settings):
            self._fail(
                flight,
                f"Onglass was changed since the first parts of {task.path.name} were measured; "
                "scan it again.",
            )
            return
        self._measure(flight, run)

    def _measure(self, flight: _Flight, run: Run) -> None:
        assert flight.title is not None
        task, order = flight.task, self._order
        request = PieceRequest(
            flight.title,
            run.id,
            run.detectors,
            order.profile,
            order.detectors,
            order.every_frame,
            task.part,
            task.span,
        )
        self._submit(flight, request, order.limit_for(_length_s(task, flight.title)))

    def _submit(self, flight: _Flight, request: LookRequest | PieceRequest, limit_s: float) -> None:
        self._flights[flight.task.id] = flight
        self._engine.submit(flight.task.id, request, limit_s)

    def _hear(self, news: Advanced | Ended) -> None:
        flight = self._flights.get(news.key)
        if flight is None:
            return
        if isinstance(news, Advanced):
            self._tell(TaskNews(flight.task, "advanced", news.progress, flight.title))
            return
        del self._flights[news.key]
        outcome = news.outcome
        if isinstance(outcome, Exception):
            self._lose(flight, outcome)
        else:
            self._false_starts = 0
            if isinstance(outcome, LookResult):
                self._take_look(flight, outcome)
                return
            self._take_piece(flight, outcome)
        self._release(flight)

    # What a look tells

    def _take_look(self, flight: _Flight, seen: LookResult) -> None:
        flight.seen, flight.title = seen, seen.title
        flight.notes = tuple(seen.left_out.values())
        copies = self._copies.get(seen.title.fingerprint)
        if copies is not None:
            # The same content under another name: measured once, by whoever came first.
            copies.append(flight)
            self._flights[f"copy {flight.task.id}"] = flight
            return
        self._proceed(flight, seen)

    def _proceed(self, flight: _Flight, seen: LookResult) -> None:
        run = None if self._order.fresh else finished_run(self._store, seen)
        if run is not None:
            self._ended(flight, self._writer.settle(flight.task, seen, run))
        elif len(seen.ranges) > 1:
            run, parts = parts_for(flight.task, seen)
            if self._store.tasks.divide(flight.task, seen.title, run, parts):
                self._tell(
                    TaskNews(
                        flight.task, "divided", None, seen.title, flight.notes, parts=len(parts)
                    )
                )
        else:
            self._copies[seen.title.fingerprint] = deque()
            flight.run = new_run(
                seen.title.fingerprint, seen.detectors, None, seen.weights, seen.settings
            )
            self._measure(flight, flight.run)

    def _release(self, flight: _Flight) -> None:
        """A title's measurement is over: whoever waits for the same content goes on."""
        if flight.task.part is not Part.ALL or flight.title is None:
            return
        waiting = self._copies.pop(flight.title.fingerprint, deque())
        for copy in waiting:
            del self._flights[f"copy {copy.task.id}"]
        for copy in waiting:
            assert copy.seen is not None
            self._take_look(copy, copy.seen)

    # What becomes of a task

    def _take_piece(self, flight: _Flight, result: PieceResult) -> None:
        assert flight.title is not None
        assert flight.run is not None
        if flight.task.part is not Part.ALL:
            kept = self._writer.keep_part(flight.task, flight.title, result)
        else:
            assert flight.seen is not None
            kept = self._writer.keep_title(flight.task, flight.seen, flight.run, result)
        self._ended(flight, kept, " ".join(result.faults))

    def _ended(self, flight: _Flight, kept: bool, faults: str = "") -> None:
        if kept:
            self._tell(
                TaskNews(flight.task, "done", None, flight.title, flight.notes, sentence=faults)
            )

    def _lose(self, flight: _Flight, error: Exception) -> None:
        task = flight.task
        if isinstance(error, CancelledError):
            self._store.tasks.give_back(task, counted=False)
        elif isinstance(error, WorkerLostError):
            self._lose_worker(flight, error)
        elif isinstance(error, KnownError):
            self._fail(flight, error.sentence)
        elif isinstance(error, BugError):
            self._fail(
                flight, f"The analysis stopped because of a mistake of its own ({error.sentence})."
            )
        else:
            raise error

    def _lose_worker(self, flight: _Flight, error: WorkerLostError) -> None:
        if not error.began:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                self._store.tasks.give_back(flight.task, counted=False)
                self._stop()
                raise KnownError(error.sentence, error.details)
        if flight.task.attempts > self._order.retries:
            self._fail(flight, error.sentence)
        elif self._store.tasks.give_back(flight.task, error.sentence, counted=True):
            self._tell(TaskNews(flight.task, "again", None, flight.title, sentence=error.sentence))

    def _fail(self, flight: _Flight, sentence: str) -> None:
        if self._store.tasks.fail(flight.task, sentence):
            self._tell(TaskNews(flight.task, "failed", None, flight.title, flight.notes, sentence))

    def _beat(self) -> None:
        if time.monotonic() - self._beaten >= _BEAT_S:
            self._store.tasks.beat(self._batch.id)
            self._beaten = time.monotonic()

    def _stop(self) -> None:
        """Have everything wait again that is under way."""
        for key, flight in list(self._flights.items()):
            if key == flight.task.id:
                self._engine.cancel(key)
            self._store.tasks.give_back(flight.task, counted=False)
        self._flights.clear()
        self._copies.clear()


def _length_s(task: Task, title: Title) -> float:
    """Seconds of the title that a task measures."""
    if task.span is None:
        return title.duration_s
    return min(task.span.duration_s, title.duration_s)
