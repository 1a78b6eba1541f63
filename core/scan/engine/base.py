"""What an engine is: it takes requests, and tells what came of them.

Scheduling, worker loss and time limits are the engine's; what a loss means for a task is decided
by who drives the batch. All methods are called from one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.jobs.progress import Progress
from core.jobs.remote import WorkerLostError
from core.jobs.request import LookRequest, LookResult, PieceRequest, PieceResult

TaskRequest = LookRequest | PieceRequest
TaskResult = LookResult | PieceResult


class HungError(WorkerLostError):
    """A job was ended because it took longer than it may."""


@dataclass(frozen=True, slots=True)
class Advanced:
    """A job goes on.

    Attributes:
        key: As it was submitted.
        progress: How far it is.
    """

    key: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Ended:
    """A job is over.

    Attributes:
        key: As it was submitted.
        outcome: What came of it: a result; a `KnownError` of the file, or of an engine that gave it
            up; a `WorkerLostError` when its worker was killed, crashed or hung, and another try
            may go well; a `CancelledError`; a `BugError`.
    """

    key: str
    outcome: TaskResult | Exception


News = Advanced | Ended


class Engine(Protocol):
    """Runs requests somewhere."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def slots(self) -> int:
        """How many requests it wants to have at once."""

    def submit(self, key: str, request: TaskRequest, limit_s: float) -> None:
        """Take a request.

        Args:
            key: Names the job; not in use by another.
            request: What to do.
            limit_s: Wall seconds after which it counts as hung; 0 is none.
        """

    def cancel(self, key: str) -> None:
        """Stop a job soon; it ends with `CancelledError` unless it was over already."""

    def wait(self, timeout_s: float) -> Sequence[News]:
        """What happened since the last call; waits for the first of it, as long as that."""

    def close(self) -> None:
        """Stop everything and let go of all workers; harmless when repeated."""


def hung(request: TaskRequest, limit_s: float) -> HungError:
    """Why a job was ended that took too long."""
    return HungError(
        f"The analysis of {request.path.name} was ended because it took longer than its limit of "
        f"{limit_s:,.0f} seconds."
    )
