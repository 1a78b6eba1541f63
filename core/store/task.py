"""Batches and their tasks in the store: the ledger of what is to be analysed and what was.

Whoever drives a batch claims tasks, and gives each one back, ends it, or keeps its results. What
comes of a task (title, run, tracks, findings and the task's own row) is written in one
transaction, and only while the task is still the caller's: a driver that was given up for dead
and comes back changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from core.domain.batch import Batch, Part, Task, TaskState
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.run import Run, RunState
from core.domain.title import Title
from core.store.codec import plain_text
from core.store.database import Database
from core.store.finding import replace_findings
from core.store.run import end_run, insert_run, is_gone, this_worker
from core.store.table import BatchRow, RunRow, TaskRow
from core.store.task_codec import batch_of, task_of, task_values
from core.store.title import put_title
from core.store.track import insert_chunks

Chunks = Sequence[Mapping[str, Any]]
"""Tracks as `core.store.track.pack` gives them."""

_IS_PART = TaskRow.detectors.contains('"part"')
_TASKS = select(TaskRow.__table__)


class TaskRepository:
    """Batches by id, and their tasks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Batches

    def add(self, batch: Batch, tasks: Sequence[Task]) -> None:
        """Keep a new batch with its tasks, in one transaction.

        Raises:
            KnownError: The store cannot be written.
        """
        row = {
            "id": batch.id,
            "name": plain_text(batch.name),
            "document": json.dumps(dict(batch.document)),
            "at": batch.at,
        }

        def work(connection: Connection) -> None:
            connection.execute(insert(BatchRow).values(row))
            _insert_tasks(connection, tasks)

        self._database.write(work)

    def extend(self, tasks: Sequence[Task]) -> None:
        """Add tasks to batches that are there.

        Raises:
            KnownError: The store cannot be written.
        """
        self._database.write(lambda connection: _insert_tasks(connection, tasks))

    def batches(self) -> tuple[Batch, ...]:
        """Every batch, newest first."""
        with self._database.reading() as connection:
            query = select(BatchRow.__table__).order_by(BatchRow.number.desc())
            rows = connection.execute(query).all()
        return tuple(map(batch_of, rows))

    def batch(self, name: str) -> Batch:
        """The newest batch of this name, else the one whose id begins so.

        Raises:
            KnownError: There is none, or several ids begin so.
        """
        batches = self.batches()
        named = [batch for batch in batches if batch.name == name]
        found = named[:1] or [batch for batch in batches if batch.id.startswith(name)]
        if len(found) != 1:
            which = "No" if not found else "More than one"
            raise KnownError(f"{which} batch of this store is called {name}.")
        return found[0]

    # Tasks

    def of(self, batch_id: str, *states: TaskState) -> tuple[Task, ...]:
        """Tasks of a batch in the order in which they were added.

        Args:
            batch_id: The batch; an unknown one has no tasks.
            states: Only these; none means all.
        """
        query = _TASKS.where(TaskRow.batch == batch_id)
        if states:
            query = query.where(TaskRow.state.in_([str(state) for state in states]))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(TaskRow.number)).all()
        return tuple(map(task_of, rows))

    def counts(self, batch_id: str) -> dict[TaskState, int]:
        """How many tasks of a batch are in each state; 0 where there are none."""
        query = select(TaskRow.state, func.count()).where(TaskRow.batch == batch_id)
        with self._database.reading() as connection:
            rows = connection.execute(query.group_by(TaskRow.state)).all()
        found = {row[0]: int(row[1]) for row in rows}
        return {state: found.get(str(state), 0) for state in TaskState}

    def claim(self, batch_id: str, limit: int = 1) -> tuple[Task, ...]:
        """Take waiting tasks: the highest priority first, then the oldest.

        Of drivers that share a store each task goes to one.

        Raises:
            KnownError: The store cannot be written.
        """
        query = (
            _TASKS.where(TaskRow.batch == batch_id, TaskRow.state == str(TaskState.WAITING))
            .order_by(TaskRow.priority.desc(), TaskRow.number)
            .limit(limit)
        )

        def work(connection: Connection) -> tuple[Task, ...]:
            now = datetime.now(UTC)
            taken = []
            for task in map(task_of, connection.execute(query).all()):
                mine = replace(
                    task,
                    state=TaskState.RUNNING,
                    attempts=task.attempts + 1,
                    worker=this_worker(),
                    started=now,
                    finished=None,
                    heartbeat=now,
                )
                _update(connection, mine)
                taken.append(mine)
            return tuple(taken)

        return self._database.write(work)

    def give_back(self, task: Task, error: str = "", *, counted: bool) -> bool:
        """Have a task wait again.

        Args:
            task: As it was claimed.
            error: Why it did not come to its end.
            counted: It was tried; else it was interrupted from outside, which costs no attempt.

        Returns:
            Whether it was still the caller's.

        Raises:
            KnownError: The store cannot be written.
        """
        waiting = replace(
            task,
            state=TaskState.WAITING,
            worker="",
            error=error,
            attempts=task.attempts if counted else task.attempts - 1,
        )
        return self._keep(task, lambda connection: _update(connection, waiting))

    def reclaim(self, batch_id: str) -> int:
        """Have tasks wait again whose driver is gone; costs them no attempt.

        Returns:
            How many there were.

        Raises:
            KnownError: The store cannot be written.
        """
        query = _TASKS.where(
            TaskRow.batch == batch_id, TaskRow.state == str(TaskState.RUNNING)
        ).order_by(TaskRow.number)

        def work(connection: Connection) -> int:
            lost = [
                task
                for task in map(task_of, connection.execute(query).all())
                if is_gone(task.worker, task.heartbeat or task.added)
            ]
            for task in lost:
                attempts = max(task.attempts - 1, 0)
                _update(
                    connection,
                    replace(task, state=TaskState.WAITING, worker="", attempts=attempts),
                )
            return len(lost)

        return self._database.write(work)

    def retry_failed(self, batch_id: str) -> int:
        """Have all failed tasks wait again, with attempts counted anew, and what they dropped.

        Returns:
            How many tasks wait again.

        Raises:
            KnownError: The store cannot be written.
        """
        failed = TaskRow.state == str(TaskState.FAILED)

        def work(connection: Connection) -> int:
            runs = select(TaskRow.run).where(TaskRow.batch == batch_id, failed, TaskRow.run != "")
            broken = set(connection.execute(runs).scalars())
            parts = and_(
                TaskRow.state == str(TaskState.DROPPED),
                TaskRow.run.in_(broken),
                _IS_PART,
            )
            again = connection.execute(
                update(TaskRow)
                .where(TaskRow.batch == batch_id, or_(failed, parts))
                .values(state=str(TaskState.WAITING), attempts=0, error="", worker="")
            )
            connection.execute(
                update(RunRow)
                .where(RunRow.id.in_(broken))
                .values(state=str(RunState.RUNNING), error="", finished=None)
            )
            return again.rowcount

        return self._database.write(work)

    def beat(self, batch_id: str) -> None:
        """Give a sign of life for every task of a batch that is this process's, and its run.

        Raises:
            KnownError: The store cannot be written.
        """
        mine = (
            TaskRow.batch == batch_id,
            TaskRow.state == str(TaskState.RUNNING),
            TaskRow.worker == this_worker(),
        )
        values = {"heartbeat": datetime.now(UTC)}

        def work(connection: Connection) -> None:
            runs = set(connection.execute(select(TaskRow.run).where(*mine)).scalars()) - {""}
            connection.execute(update(TaskRow).where(*mine).values(values))
            held = {**values, "worker": this_worker()}
            connection.execute(update(RunRow).where(RunRow.id.in_(runs)).values(held))

        self._database.write(work)

    # What comes of a task

    def fail(self, task: Task, error: str) -> bool:
        """End a task, and where it is a part of a title, that title and its run.

        Returns:
            Whether it was still the caller's.

        Raises:
            KnownError: The store cannot be written.
        """
        failed = _ended(task, TaskState.FAILED, error=error)

        def work(connection: Connection) -> None:
            _update(connection, failed)
            if task.part is Part.ALL:
                return
            others = (TaskRow.run == task.run, TaskRow.state == str(TaskState.WAITING))
            connection.execute(update(TaskRow).where(*others).values(state=str(TaskState.DROPPED)))
            values = {
                "state": str(RunState.FAILED),
                "error": plain_text(error),
                "finished": failed.finished,
            }
            connection.execute(update(RunRow).where(RunRow.id == task.run).values(values))

        return self._keep(task, work)

    def drop(self, batch_id: str) -> int:
        """Give up what waits of a batch.

        Returns:
            How many tasks were given up.

        Raises:
            KnownError: The store cannot be written.
        """
        waiting = (TaskRow.batch == batch_id, TaskRow.state == str(TaskState.WAITING))
        values = {"state": str(TaskState.DROPPED), "finished": datetime.now(UTC)}
        return self._database.write(
            lambda connection: connection.execute(update(TaskRow).where(*waiting).values(values))
        ).rowcount

    def divide(self, task: Task, title: Title, run: Run, parts: Sequence[Task]) -> bool:
        """Have the parts of a title stand for the whole of it; `run` takes what they give.

        Returns:
            Whether the task was still the caller's.

        Raises:
            KnownError: The store cannot be written.
        """
        whole = replace(_ended(task, TaskState.DROPPED), fingerprint=title.fingerprint, run=run.id)

        def work(connection: Connection) -> None:
            put_title(connection, title)
            insert_run(connection, run)
            _insert_tasks(connection, parts)
            _update(connection, whole)

        return self._keep(task, work)

    def keep(self, task: Task, title: Title, run: Run, chunks: Chunks, found: Decision, /) -> bool:
        """Keep a whole title's run, tracks and findings, and end its task.

        Returns:
            Whether it was still the caller's; else nothing was written.

        Raises:
            KnownError: The store cannot be written.
        """
        done = replace(
            _ended(task, TaskState.DONE, error=run.error),
            fingerprint=title.fingerprint,
            run=run.id,
            detectors=run.detectors,
            weights=run.weights,
        )

        def work(connection: Connection) -> None:
            put_title(connection, title)
            insert_run(connection, run)
            insert_chunks(connection, chunks)
            replace_findings(connection, run.id, *found)
            _update(connection, done)

        return self._keep(task, work)

    def settle(self, task: Task, title: Title, run: Run, found: Decision) -> bool:
        """End a task whose title was measured before: its run is only decided anew.

        Returns:
            Whether it was still the caller's; else nothing was written.

        Raises:
            KnownError: The store cannot be written.
        """
        done = replace(
            _ended(task, TaskState.DONE),
            fingerprint=title.fingerprint,
            run=run.id,
            detectors=run.detectors,
            weights=run.weights,
        )

        def work(connection: Connection) -> None:
            put_title(connection, title)
            replace_findings(connection, run.id, *found)
            _update(connection, done)

        return self._keep(task, work)

    def keep_part(self, task: Task, chunks: Chunks, faults: str = "") -> bool | None:
        """Keep the tracks of one part of a title and end its task.

        Args:
            task: As it was claimed.
            chunks: Its tracks.
            faults: Sentences about detectors that stopped.

        Returns:
            True; False when the task was no longer the caller's; None when all other parts are in,
            so that nothing was written: call `keep_last` with what was decided over all tracks.

        Raises:
            KnownError: The store cannot be written.
        """

        def work(connection: Connection) -> bool | None:
            if not _is_mine(connection, task):
                return False
            if not _others_open(connection, task):
                return None
            insert_chunks(connection, chunks)
            _update(connection, _ended(task, TaskState.DONE, error=faults))
            return True

        return self._database.write(work)

    def keep_last(
        self, task: Task, run: Run, chunks: Chunks, found: Decision, faults: str = ""
    ) -> bool:
        """Keep the last part of a title, and with it the end of its run and the findings.

        Args:
            task: As it was claimed.
            run: As it ends.
            chunks: Tracks of this part.
            found: Decided over the tracks of all parts.
            faults: Sentences about detectors that stopped in this part.

        Returns:
            Whether it was still the caller's; else nothing was written.

        Raises:
            KnownError: The store cannot be written.
        """

        def work(connection: Connection) -> None:
            insert_chunks(connection, chunks)
            end_run(connection, run)
            replace_findings(connection, run.id, *found)
            _update(connection, _ended(task, TaskState.DONE, error=faults))

        return self._keep(task, work)

    def parts_of(self, run_id: str) -> tuple[Task, ...]:
        """The tasks that are parts of one run, in order."""
        query = _TASKS.where(TaskRow.run == run_id).order_by(TaskRow.number)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(task for task in map(task_of, rows) if task.part is not Part.ALL)

    def _keep(self, task: Task, work: Callable[[Connection], None]) -> bool:
        def guarded(connection: Connection) -> bool:
            mine = _is_mine(connection, task)
            if mine:
                work(connection)
            return mine

        return self._database.write(guarded)


Decision = tuple[Profile, Sequence[Finding]]
"""Who decided, and what was found."""


def _ended(task: Task, state: TaskState, error: str = "") -> Task:
    return replace(task, state=state, error=error, finished=datetime.now(UTC))


def _is_mine(connection: Connection, task: Task) -> bool:
    query = select(TaskRow.state, TaskRow.worker, TaskRow.attempts).where(TaskRow.id == task.id)
    row = connection.execute(query).one()
    held = (row.state, row.worker, row.attempts)
    return held == (str(TaskState.RUNNING), this_worker(), task.attempts)


def _others_open(connection: Connection, task: Task) -> bool:
    """Whether any other part of the same title is not done."""
    others = (TaskRow.run == task.run, TaskRow.id != task.id, _IS_PART)
    query = (
        select(func.count())
        .select_from(TaskRow)
        .where(*others, TaskRow.state != str(TaskState.DONE))
    )
    return bool(connection.execute(query).scalar_one())


def _insert_tasks(connection: Connection, tasks: Sequence[Task]) -> None:
    if tasks:
        connection.execute(insert(TaskRow), [{"id": t.id, **task_values(t)} for t in tasks])


def _update(connection: Connection, task: Task) -> None:
    connection.execute(update(TaskRow).where(TaskRow.id == task.id).values(task_values(task)))
