"""What was asked of the worker that trains, and which of it still runs."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from core.domain.errors import CancelledError
from core.domain.lineage import WeightsComparison
from core.domain.profile import Profile
from core.jobs.progress import Progress
from core.jobs.request import LearningRequest
from gui.bridge import WorkerBridge

_MOST_KEPT = 8
_LEAST_S = 3.0


class Kind(StrEnum):
    """What is asked for."""

    TRAIN = "train"
    COMPARE = "compare"
    FIT = "fit"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that was asked for.

    Attributes:
        kind: What.
        detector: For which.
        training: Id of the training that it is about, if any.
        profile: That thresholds are fitted in, if any.
    """

    kind: Kind
    detector: str
    training: str = ""
    profile: Profile | None = None


class Pace:
    """Estimates how long a job still takes, from how far it came since it was first heard of."""

    def __init__(self) -> None:
        self._began: tuple[float, float] | None = None

    def with_speed(self, progress: Progress, now_s: float) -> Progress:
        """Progress with a speed, where it has none of its own and enough was seen of it."""
        if self._began is None or progress.done_s < self._began[1]:
            self._began = (now_s, progress.done_s)
        passed_s, gained = now_s - self._began[0], progress.done_s - self._began[1]
        if progress.speed > 0 or passed_s < _LEAST_S or gained <= 0:
            return progress
        return replace(progress, speed=gained / passed_s)


class TrainingJobs(QObject):
    """Requests at the learner, by their task.

    Signals:
        progressed: A `Task` and its `Progress`.
        finished: A `Task` and its result.
        paused: A `Task` that was cancelled; of a training the checkpoint stays.
        failed: A `Task` and the exception.

    Attributes:
        shown: The comparison that is on screen.

    Args:
        make_learner: Makes the worker that trains; called when something is first asked of it.
    """

    progressed = Signal(object, object)
    finished = Signal(object, object)
    paused = Signal(object)
    failed = Signal(object, object)

    def __init__(
        self, make_learner: Callable[[], WorkerBridge], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make_learner = make_learner
        self._learner: WorkerBridge | None = None
        self._tasks: dict[int, Task] = {}
        self._paces: dict[int, Pace] = {}
        self._comparisons: OrderedDict[str, WeightsComparison] = OrderedDict()
        self.shown: WeightsComparison | None = None

    @property
    def training(self) -> str:
        """Id of the detector that is being trained; empty when none is."""
        return next((t.detector for t in self._tasks.values() if t.kind is Kind.TRAIN), "")

    def runs(self, kind: Kind, detector: str) -> bool:
        """Whether something of this kind runs for a detector."""
        return any((t.kind, t.detector) == (kind, detector) for t in self._tasks.values())

    def start(self, task: Task, request: LearningRequest) -> None:
        """Ask for it; the same thing is not asked for twice at a time."""
        if not self.runs(task.kind, task.detector):
            self._tasks[self._worker().submit(request)] = task

    def cancel(self, kind: Kind, detector: str) -> None:
        """Stop what runs of this kind for a detector."""
        for number, task in tuple(self._tasks.items()):
            if (task.kind, task.detector) == (kind, detector):
                self._worker().cancel(number)

    def keep(self, comparison: WeightsComparison) -> None:
        """Remember what a candidate changes on the library."""
        self._comparisons[comparison.training] = comparison
        while len(self._comparisons) > _MOST_KEPT:
            self._comparisons.popitem(last=False)

    def comparison(self, training: str) -> WeightsComparison | None:
        """What a training's candidate changes, where somebody has looked."""
        return self._comparisons.get(training)

    def close(self) -> None:
        """End the worker; a training that runs keeps its checkpoint."""
        if self._learner is not None:
            self._learner.close()
        self._tasks.clear()

    def _pop(self, number: int) -> Task | None:
        self._paces.pop(number, None)
        return self._tasks.pop(number, None)

    def _worker(self) -> WorkerBridge:
        if self._learner is None:
            self._learner = learner = self._make_learner()
            learner.progressed.connect(self._on_progress)
            learner.finished.connect(self._on_finished)
            learner.failed.connect(self._on_failed)
        return self._learner

    def _on_progress(self, number: int, progress: Progress) -> None:
        if number in self._tasks:
            pace = self._paces.setdefault(number, Pace())
            self.progressed.emit(self._tasks[number], pace.with_speed(progress, time.monotonic()))

    def _on_finished(self, number: int, result: object) -> None:
        task = self._pop(number)
        if task is not None:
            self.finished.emit(task, result)

    def _on_failed(self, number: int, error: Exception) -> None:
        task = self._pop(number)
        if task is None:
            return
        if isinstance(error, CancelledError):
            self.paused.emit(task)
        else:
            self.failed.emit(task, error)
