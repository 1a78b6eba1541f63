"""An engine without processes: each `wait` does one job in the calling thread."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence

from core.analysis.piece import look, measure_piece
from core.domain.errors import BugError, CancelledError, KnownError
from core.jobs.remote import WorkerLostError
from core.jobs.request import LookRequest, PieceRequest
from core.scan.engine.base import Ended, News, TaskRequest


class InlineEngine:
    """Runs requests one by one, and loses those that it is told to.

    Args:
        slots: How many requests it takes at once.
        losses: How often to lose a worker over a file, by its stem.
        before: Called with each request before it is done.

    Attributes:
        looked: How often each file was looked at, by name.
        measured: How often each file, or a part of it, was measured.
    """

    name = "inline"

    def __init__(
        self,
        slots: int = 2,
        losses: dict[str, int] | None = None,
        before: Callable[[TaskRequest], None] | None = None,
    ) -> None:
        self.slots = slots
        self.looked: Counter[str] = Counter()
        self.measured: Counter[str] = Counter()
        self.limits_s: list[float] = []
        self._losses = Counter(losses or {})
        self._before = before
        self._jobs: deque[tuple[str, TaskRequest]] = deque()
        self._cancelled: set[str] = set()

    def submit(self, key: str, request: TaskRequest, limit_s: float) -> None:
        self.limits_s.append(limit_s)
        self._jobs.append((key, request))

    def cancel(self, key: str) -> None:
        self._cancelled.add(key)

    def wait(self, timeout_s: float) -> Sequence[News]:
        if not self._jobs:
            return []
        key, request = self._jobs.popleft()
        return [Ended(key, self._do(key, request))]

    def close(self) -> None:
        self._jobs.clear()

    def _do(self, key: str, request: TaskRequest):  # type: ignore[no-untyped-def]
        if key in self._cancelled:
            return CancelledError()
        if self._before is not None:
            self._before(request)
        stem = request.path.stem
        if self._losses[stem]:
            self._losses[stem] -= 1
            return WorkerLostError(f"The analysis of {request.path.name} stopped.")
        try:
            if isinstance(request, LookRequest):
                self.looked[request.path.name] += 1
                return look(request)
            assert isinstance(request, PieceRequest)
            self.measured[request.path.name] += 1
            return measure_piece(request)
        except (KnownError, BugError) as error:
            return error
