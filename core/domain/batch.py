"""Batches: many titles to analyse, and how far each of them came.

The ledger of a batch is a task a title; a long title has one a range of its pictures and one for
its sound and captions instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from core.domain.time import Span


class Part(StrEnum):
    """Which streams of a title are measured."""

    ALL = ""
    PICTURES = "pictures"
    REST = "rest"


class TaskState(StrEnum):
    """How far a task came.

    `DROPPED`: it need not be done any more, because it was replaced by tasks of its ranges, or
    because its title failed.
    """

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Batch:
    """One request to analyse many titles.

    Attributes:
        id: Unique id.
        name: What people call it.
        document: The request as plain JSON values; `core.scan.ledger` says which.
        at: When it was made, UTC.
    """

    id: str
    name: str
    document: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """One title of a batch, or a part of it.

    Attributes:
        id: Unique id.
        batch: Id of the batch.
        path: The file.
        added: When, UTC.
        fingerprint: Of the title; empty until it was probed.
        span: The range of the pictures; None is all.
        part: Which streams; `ALL` unless the title is analysed in ranges.
        detectors: Ids of the detectors that measure; empty until the title was probed.
        weights: Hash of the weights by detector id.
        priority: Higher is sooner.
        state: How far it came.
        attempts: How often it was begun, not counting those that were interrupted from outside.
        worker: The driver that has it, as the store names processes.
        run: Id of the run that holds its results; empty before there is one.
        error: One sentence, when it failed.
        started: When it was begun last, UTC.
        finished: When it ended, UTC.
        heartbeat: Last sign of life of its driver, UTC.
    """

    id: str
    batch: str
    path: Path
    added: datetime
    fingerprint: str = ""
    span: Span | None = None
    part: Part = Part.ALL
    detectors: tuple[str, ...] = ()
    weights: Mapping[str, str] = field(default_factory=dict)
    priority: int = 0
    state: TaskState = TaskState.WAITING
    attempts: int = 0
    worker: str = ""
    run: str = ""
    error: str = ""
    started: datetime | None = None
    finished: datetime | None = None
    heartbeat: datetime | None = None
