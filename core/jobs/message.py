"""What the desk and the worker process say to each other; each a small immutable value."""

from __future__ import annotations

from dataclasses import dataclass

from core.jobs.progress import Progress
from core.jobs.request import Request, Result


@dataclass(frozen=True, slots=True)
class Submit:
    """Desk to worker: do this."""

    job: int
    request: Request


@dataclass(frozen=True, slots=True)
class Cancel:
    """Desk to worker: stop that, if it is not over."""

    job: int


@dataclass(frozen=True, slots=True)
class Quit:
    """Desk to worker: cancel everything and leave."""


@dataclass(frozen=True, slots=True)
class Started:
    """Worker to desk: this one runs now."""

    job: int


@dataclass(frozen=True, slots=True)
class Progressed:
    """Worker to desk: how far it is."""

    job: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Finished:
    """Worker to desk: done."""

    job: int
    result: Result


@dataclass(frozen=True, slots=True, eq=False)
class Failed:
    """Worker to desk: it ended with a `KnownError`, a `CancelledError` or a `BugError`."""

    job: int
    error: Exception


Order = Submit | Cancel | Quit
Answer = Started | Progressed | Finished | Failed
