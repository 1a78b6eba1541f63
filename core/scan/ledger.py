"""The ledger of a batch: what was asked for, and what the store says of how far it came."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.domain.batch import Batch, Part, Task, TaskState
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.run import Run, RunState
from core.jobs.request import LookResult
from core.store.codec import profile_document, profile_of
from core.store.run import new_run
from core.store.store import Store

RETRIES = 2
"""How often a task is tried again whose worker was lost."""

LEAST_LIMIT_S = 900.0
LIMIT_FACTOR = 40.0
"""A task counts as hung after a quarter of an hour and forty times its length, unless told."""

PIECES = "pieces"
"""In the settings of a run whose title is measured in parts, until the last of them is in."""


@dataclass(frozen=True, slots=True)
class Order:
    """How the titles of a batch are analysed.

    Attributes:
        profile: Which detectors run and how they decide.
        detectors: Ids to run; empty means all that the profile leaves enabled.
        every_frame: Detectors that look at chosen frames only look at every one.
        split_s: Divide the pictures of longer titles into ranges of about so many seconds; 0
            leaves every title in one piece.
        retries: How often a task is tried again whose worker was lost.
        limit_s: Wall seconds after which a task counts as hung; 0 goes by its length.
        fresh: Measure again what the store holds already.
    """

    profile: Profile = DEFAULT_PROFILE
    detectors: tuple[str, ...] = ()
    every_frame: bool = False
    split_s: float = 0.0
    retries: int = RETRIES
    limit_s: float = 0.0
    fresh: bool = False

    def document(self) -> dict[str, Any]:
        """As plain JSON values, for `Batch.document`."""
        return {
            "profile": profile_document(self.profile),
            "profile_hash": self.profile.hash,
            "detectors": list(self.detectors),
            "every_frame": self.every_frame,
            "split_s": self.split_s,
            "retries": self.retries,
            "limit_s": self.limit_s,
            "fresh": self.fresh,
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Order:
        """The order in a document."""
        return cls(
            profile=profile_of(document["profile"]),
            detectors=tuple(document["detectors"]),
            every_frame=document["every_frame"],
            split_s=document["split_s"],
            retries=document["retries"],
            limit_s=document["limit_s"],
            fresh=document["fresh"],
        )

    def limit_for(self, length_s: float) -> float:
        """Wall seconds after which a task counts as hung that measures so many seconds."""
        return self.limit_s or LEAST_LIMIT_S + LIMIT_FACTOR * length_s


USUAL_ORDER = Order()


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a batch came, title by title.

    Attributes:
        done: Titles whose findings are in the store.
        failed: Titles that could not be analysed, or not whole.
        left: Titles that wait or run.
        errors: A sentence for each title that failed, and for each whose detectors stopped.
    """

    done: int = 0
    failed: int = 0
    left: int = 0
    errors: Mapping[Path, str] = field(default_factory=dict)


def make_batch(
    store: Store,
    name: str,
    paths: Sequence[Path],
    order: Order = USUAL_ORDER,
    priority: int = 0,
) -> Batch:
    """Enter titles into the ledger; nothing is looked at yet.

    Args:
        store: Where the ledger is.
        name: What people call the batch; empty is the time of day.
        paths: The files; each is entered once.
        order: How they are analysed.
        priority: Higher is sooner, within a batch.

    Raises:
        KnownError: The store cannot be written.
    """
    now = datetime.now(UTC)
    called = name or f"{now:%Y-%m-%d %H:%M:%S} UTC"
    batch = Batch(uuid.uuid4().hex, called, order.document(), now)
    store.tasks.add(batch, tasks_for(batch, paths, priority))
    return batch


def tasks_for(batch: Batch, paths: Sequence[Path], priority: int = 0) -> list[Task]:
    """A waiting task for each file; to add to a batch that is there, `store.tasks.extend` them."""
    now = datetime.now(UTC)
    files = dict.fromkeys(path.absolute() for path in paths)
    return [Task(uuid.uuid4().hex, batch.id, path, now, priority=priority) for path in files]


def finished_run(store: Store, seen: LookResult) -> Run | None:
    """The newest run of a title, when it answers the same request, whole and without faults."""
    wanted = (seen.detectors, None, dict(seen.weights), dict(seen.settings))
    for run in reversed(store.runs.of(seen.title.fingerprint)):
        if (run.detectors, run.span, dict(run.weights), dict(run.settings)) == wanted:
            return run if run.state is RunState.DONE and not run.error else None
    return None


def parts_for(task: Task, seen: LookResult) -> tuple[Run, list[Task]]:
    """The run that a title's parts will fill, and a task for each of them."""
    settings = {**seen.settings, PIECES: task.batch}
    run = new_run(seen.title.fingerprint, seen.detectors, None, seen.weights, settings)
    spans = [(Part.PICTURES, span) for span in seen.ranges]
    parts = [*spans, *([(Part.REST, None)] if seen.rest else [])]
    now = datetime.now(UTC)
    return run, [
        Task(
            uuid.uuid4().hex,
            task.batch,
            task.path,
            now,
            fingerprint=seen.title.fingerprint,
            span=span,
            part=part,
            detectors=seen.detectors,
            weights=seen.weights,
            # What was begun is finished before the next title is.
            priority=task.priority + 1,
            run=run.id,
        )
        for part, span in parts
    ]


def tally(store: Store, batch: Batch) -> Tally:
    """How far a batch came, title by title."""
    titles: dict[Path, list[Task]] = {}
    for task in store.tasks.of(batch.id):
        titles.setdefault(task.path, []).append(task)
    counts = {"done": 0, "failed": 0, "left": 0}
    errors: dict[Path, str] = {}
    for path, tasks in titles.items():
        counts[_state_of(tasks)] += 1
        sentences = [t.error for t in tasks if t.error and t.state in _ENDED]
        if sentences:
            errors[path] = " ".join(dict.fromkeys(sentences))
    return Tally(**counts, errors=errors)


_ENDED = (TaskState.DONE, TaskState.FAILED)


def _state_of(tasks: Sequence[Task]) -> str:
    states = {task.state for task in tasks}
    if TaskState.FAILED in states:
        return "failed"
    if states & {TaskState.WAITING, TaskState.RUNNING}:
        return "left"
    return "done" if TaskState.DONE in states else "failed"
