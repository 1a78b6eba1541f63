"""Runs in the store: how far each analysis came, and which can be gone on with."""

from __future__ import annotations

import json
import os
import socket
import sys
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from core.domain.errors import BugError
from core.domain.run import Run, RunState
from core.domain.time import Span
from core.store.codec import plain_text, run_of
from core.store.database import Database
from core.store.table import RunRow

SILENCE_S = 600.0
"""A run whose worker cannot be asked counts as interrupted after this long without a sign."""


def this_worker() -> str:
    """Names this process among those that share the store."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        # There, signal 0 would end the process; silence has to tell instead.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_gone(worker: str, heartbeat: datetime) -> bool:
    """Whether nobody works on a run any more.

    Args:
        worker: Who began it, as the store names processes.
        heartbeat: Their last sign of life.

    A process works on one analysis of a title at a time, so a run of our own that is asked for
    again was interrupted.
    """
    host, _, pid = worker.rpartition(":")
    if worker == this_worker():
        return True
    if host == socket.gethostname() and pid.isdecimal() and not _is_alive(int(pid)):
        return True
    return datetime.now(UTC) - heartbeat > timedelta(seconds=SILENCE_S)


def set_progress(connection: Connection, run_id: str, done_s: float) -> None:
    """Note how far a run came, within a transaction.

    Raises:
        BugError: There is no such run.
    """
    values = {"done_s": float(done_s), "heartbeat": datetime.now(UTC)}
    if not connection.execute(update(RunRow).where(RunRow.id == run_id).values(values)).rowcount:
        raise BugError(f"no run {run_id}")


def new_run(
    fingerprint: str,
    detectors: Sequence[str],
    span: Span | None = None,
    weights: Mapping[str, str] | None = None,
    settings: Mapping[str, str] | None = None,
) -> Run:
    """A run that begins now; `insert_run` keeps it."""
    return Run(
        id=uuid.uuid4().hex,
        fingerprint=fingerprint,
        detectors=tuple(detectors),
        state=RunState.RUNNING,
        started=datetime.now(UTC),
        span=span,
        weights=dict(weights or {}),
        settings=dict(settings or {}),
    )


def insert_run(connection: Connection, run: Run) -> None:
    """Add a run of this process as it is, within a transaction; its title was put before."""
    values: dict[str, Any] = {
        "id": run.id,
        "fingerprint": run.fingerprint,
        "state": str(run.state),
        "started": run.started,
        "finished": run.finished,
        "done_s": run.done_s,
        "error": plain_text(run.error),
        "worker": this_worker(),
        "heartbeat": datetime.now(UTC),
        **_request_values(run.detectors, run.span, run.weights, run.settings),
    }
    connection.execute(insert(RunRow).values(values))


def end_run(connection: Connection, run: Run) -> None:
    """Write how a run ended and what shaped it in the end, within a transaction.

    Raises:
        BugError: There is no such run.
    """
    values: dict[str, Any] = {
        "state": str(run.state),
        "finished": run.finished,
        "done_s": run.done_s,
        "error": plain_text(run.error),
        "heartbeat": datetime.now(UTC),
        "settings": json.dumps(dict(run.settings), sort_keys=True),
    }
    if not connection.execute(update(RunRow).where(RunRow.id == run.id).values(values)).rowcount:
        raise BugError(f"no run {run.id}")


class RunRepository:
    """Runs by id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(
        self,
        fingerprint: str,
        detectors: Sequence[str],
        span: Span | None = None,
        weights: Mapping[str, str] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> Run:
        """Begin a run of this process.

        Args:
            fingerprint: Of a title that was put before.
            detectors: Ids of the detectors that measure.
            span: The stretch; None means the whole title.
            weights: Hash of the weights by detector id.
            settings: Versions and options that shape the tracks.

        Raises:
            KnownError: The store cannot be written.
            BugError: The title is unknown.
        """
        run = new_run(fingerprint, detectors, span, weights, settings)
        self._database.write(lambda connection: insert_run(connection, run))
        return run

    def get(self, run_id: str) -> Run | None:
        """The run with this id."""
        with self._database.reading() as connection:
            row = connection.execute(_COLUMNS.where(RunRow.id == run_id)).first()
        return None if row is None else run_of(row)

    def of(self, fingerprint: str) -> tuple[Run, ...]:
        """All analyses of a title, oldest first."""
        return tuple(run for run in self._all(fingerprint) if not run.imported)

    def imports(self, fingerprint: str) -> tuple[Run, ...]:
        """All lists that were imported to a title, oldest first."""
        return tuple(run for run in self._all(fingerprint) if run.imported)

    def _all(self, fingerprint: str) -> tuple[Run, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(
                _COLUMNS.where(RunRow.fingerprint == fingerprint).order_by(RunRow.number)
            ).all()
        return tuple(map(run_of, rows))

    def latest(self, fingerprint: str) -> Run | None:
        """The newest run of a title, whatever became of it."""
        runs = self.of(fingerprint)
        return runs[-1] if runs else None

    def latest_done(self, fingerprint: str) -> Run | None:
        """The newest run of a title that came to its end."""
        done = [run for run in self.of(fingerprint) if run.state is RunState.DONE]
        return done[-1] if done else None

    def advance(self, run_id: str, done_s: float) -> None:
        """Note how far a run came; also the sign of life of its worker.

        Raises:
            KnownError: The store cannot be written.
            BugError: There is no such run.
        """
        self._database.write(lambda connection: set_progress(connection, run_id, done_s))

    def finish(self, run_id: str, state: RunState, error: str = "") -> None:
        """End a run.

        Args:
            run_id: Its id.
            state: How it ended.
            error: One sentence, when it failed.

        Raises:
            KnownError: The store cannot be written.
            BugError: There is no such run.
        """
        now = datetime.now(UTC)
        values = {"state": str(state), "error": plain_text(error), "heartbeat": now}
        values["finished"] = None if state is RunState.RUNNING else now

        def work(connection: Connection) -> None:
            found = connection.execute(update(RunRow).where(RunRow.id == run_id).values(values))
            if not found.rowcount:
                raise BugError(f"no run {run_id}")

        self._database.write(work)

    def resumable(
        self,
        fingerprint: str,
        detectors: Sequence[str],
        span: Span | None = None,
        settings: Mapping[str, str] | None = None,
        weights: Mapping[str, str] | None = None,
    ) -> Run | None:
        """Take over the newest interrupted run of the same request, if there is one.

        A run can be gone on with when it was cancelled, or is found running while its worker is
        gone. It becomes this process's own in the same transaction, so that no other takes it too.

        Returns:
            The run, running; its tracks are complete up to `done_s`. None: start a new one.

        Raises:
            KnownError: The store cannot be written.
        """
        request = _request_values(tuple(detectors), span, weights or {}, settings or {})
        query = _COLUMNS.where(
            RunRow.fingerprint == fingerprint,
            *(getattr(RunRow, name).is_not_distinct_from(value) for name, value in request.items()),
        )

        def work(connection: Connection) -> Run | None:
            row = connection.execute(query.order_by(RunRow.number.desc()).limit(1)).first()
            if row is None:
                return None
            running = row.state == RunState.RUNNING and is_gone(row.worker, row.heartbeat)
            if not running and row.state != RunState.CANCELLED:
                return None
            values = {
                "state": str(RunState.RUNNING),
                "finished": None,
                "worker": this_worker(),
                "heartbeat": datetime.now(UTC),
            }
            connection.execute(update(RunRow).where(RunRow.id == row.id).values(values))
            taken = connection.execute(_COLUMNS.where(RunRow.id == row.id)).one()
            return run_of(taken)

        return self._database.write(work)


def _request_values(
    detectors: tuple[str, ...],
    span: Span | None,
    weights: Mapping[str, str],
    settings: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "detectors": json.dumps(list(detectors)),
        "span_start": span and int(span.start),
        "span_end": span and int(span.end),
        "span_base": span and span.base,
        "weights": json.dumps(dict(weights), sort_keys=True),
        "settings": json.dumps(dict(settings), sort_keys=True),
    }


# The table rather than the class: plain rows, without the typing of each column.
_COLUMNS = select(RunRow.__table__)
