"""Has one file analysed by the worker process and says what came of it."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from core.domain.check import is_check
from core.domain.errors import BugError, CancelledError, KnownError
from core.domain.profile import Profile
from core.jobs.progress import Progress
from core.jobs.remote import RemoteWorker, WorkerLostError
from core.jobs.request import AnalyseRequest, AnalyseResult
from core.scan.watch.journal import Outcome
from core.store.failure import StoreError
from core.store.store import Store

_TRIES = 3

STUCK_S = 600.0
"""An analysis that tells of no progress for so long is not going to."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a file.

    Attributes:
        outcome: Clean, flagged or failed.
        fingerprint: Of the title; empty when it cannot be read.
        run: The analysis; empty when there is none.
        findings: How many flags it has.
        sentence: Why it failed.
    """

    outcome: Outcome
    fingerprint: str = ""
    run: str = ""
    findings: int = 0
    sentence: str = ""


class Examiner(Protocol):
    """Analyses files, one after the other."""

    def examine(self, path: Path, told: Callable[[Progress], None]) -> Judged:
        """Analyse a file into the store.

        Args:
            path: The file.
            told: Told how far the work is.

        Raises:
            KnownError: The store is at fault, not the file.
        """
        ...


class WorkerExaminer:
    """Analyses in a worker process: a file that takes its decoder down costs itself alone.

    Args:
        store: Where analyses go.
        profile: Which detectors run and how they decide.
        detectors: Only these; empty means all that the profile leaves enabled.
    """

    def __init__(self, store: Store, profile: Profile, detectors: tuple[str, ...] = ()) -> None:
        self._store, self._profile, self._detectors = store, profile, detectors
        self._start()

    def _start(self) -> None:
        answers: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._answers = answers
        self._worker = RemoteWorker(
            lambda _job, progress: answers.put(progress),
            lambda _job, result: answers.put(result),
            lambda _job, error: answers.put(error),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._worker.close()

    def examine(self, path: Path, told: Callable[[Progress], None]) -> Judged:
        """Analyse a file; what the store holds of it already is not measured again."""
        for _try in range(_TRIES):
            answer = self._ask(path, told)
            # What was measured until then is kept, so the next try goes on from there.
            if not isinstance(answer, WorkerLostError):
                break
        if isinstance(answer, AnalyseResult):
            return self._judge(answer)
        if isinstance(answer, KnownError) and not isinstance(answer, StoreError):
            return Judged(Outcome.FAILED, sentence=answer.sentence)
        if isinstance(answer, BugError):
            said = (
                f"The analysis of {path.name} stopped because of a mistake of its own ({answer})."
            )
            return Judged(Outcome.FAILED, sentence=said)
        if isinstance(answer, CancelledError):
            raise KnownError("The analysis was cancelled.")
        assert isinstance(answer, Exception)
        raise answer

    def _ask(self, path: Path, told: Callable[[Progress], None]) -> object:
        self._worker.submit(AnalyseRequest(path, self._store.url, self._profile, self._detectors))
        try:
            while isinstance(answer := self._answers.get(timeout=STUCK_S), Progress):
                told(answer)
        except queue.Empty:
            self._worker.close()
            self._start()
            return KnownError(
                f"The analysis of {path.name} came no further for {STUCK_S / 60:.0f} minutes, so "
                "it was ended."
            )
        return answer

    def _judge(self, result: AnalyseResult) -> Judged:
        found = self._store.findings.of(result.run_id)
        # What a profile asks people is no finding of an analysis.
        flags = sum(not is_check(finding.detector) for finding in found)
        run = self._store.runs.get(result.run_id)
        sentence = run.error if run is not None else ""
        outcome = Outcome.FLAGGED if flags else Outcome.CLEAN
        if sentence:
            outcome = Outcome.FAILED
        return Judged(outcome, result.fingerprint, result.run_id, flags, sentence)
