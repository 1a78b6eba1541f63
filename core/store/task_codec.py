"""Batches and tasks to rows and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Row

from core.domain.batch import Batch, Part, Task, TaskState
from core.domain.time import Span
from core.store.codec import plain_text


def task_values(task: Task) -> dict[str, Any]:
    """The columns of a task, but for its id."""
    span = task.span
    ids = list(task.detectors)
    return {
        "batch": task.batch,
        "path": _path_text(task.path),
        "fingerprint": task.fingerprint,
        "span_start": span and int(span.start),
        "span_end": span and int(span.end),
        "span_base": span and span.base,
        "detectors": json.dumps({"part": str(task.part), "ids": ids} if task.part else ids),
        "weights": json.dumps(dict(task.weights), sort_keys=True),
        "priority": task.priority,
        "state": str(task.state),
        "attempts": task.attempts,
        "worker": task.worker,
        "run": task.run,
        "error": plain_text(task.error),
        "added": task.added,
        "started": task.started,
        "finished": task.finished,
        "heartbeat": task.heartbeat,
    }


def _path_text(path: Path) -> str:
    """A path as text; names that are not Unicode are quoted, which no absolute path begins with."""
    text = str(path)
    return text if text == plain_text(text) else json.dumps(text)


def _path_of(text: str) -> Path:
    return Path(json.loads(text) if text.startswith('"') else text)


def batch_of(row: Row[Any]) -> Batch:
    """The batch in a row."""
    return Batch(row.id, row.name, json.loads(row.document), row.at)


def task_of(row: Row[Any]) -> Task:
    """The task in a row."""
    span = None
    if row.span_start is not None and row.span_end is not None and row.span_base is not None:
        span = Span(row.span_start, row.span_end, row.span_base)
    detectors = json.loads(row.detectors)
    part = Part.ALL
    if isinstance(detectors, dict):
        part, detectors = Part(detectors["part"]), detectors["ids"]
    return Task(
        id=row.id,
        batch=row.batch,
        path=_path_of(row.path),
        added=row.added,
        fingerprint=row.fingerprint,
        span=span,
        part=part,
        detectors=tuple(detectors),
        weights=json.loads(row.weights),
        priority=row.priority,
        state=TaskState(row.state),
        attempts=row.attempts,
        worker=row.worker,
        run=row.run,
        error=row.error,
        started=row.started,
        finished=row.finished,
        heartbeat=row.heartbeat,
    )
