"""A learner without a process: it writes trainings as the real one does, with made-up figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from core.config import paths
from core.domain.errors import CancelledError, KnownError
from core.domain.finding_pair import changes_of, pair_findings
from core.domain.lineage import (
    Change,
    Curve,
    FindingChange,
    GateLine,
    GateReport,
    Outcome,
    RefitProposal,
    ThresholdChange,
    Training,
    TrainingState,
    WeightsComparison,
)
from core.jobs.progress import Progress
from core.jobs.request import (
    CompareWeightsRequest,
    CompareWeightsResult,
    LearningRequest,
    LearningResult,
    PromoteRequest,
    RefitRequest,
    RefitResult,
    RetrainRequest,
    RetrainResult,
    RollbackRequest,
    WeightsResult,
)
from core.store.lineage import LineageBook
from core.store.store import Store

PARENT = "block_corruption.r1"
CANDIDATE = "block_corruption.r2"
STEPS = 10


def gate(passes: bool = True) -> GateReport:
    """A report with a figure of each kind."""
    lines = (
        GateLine(
            "false alarms",
            "your gold titles",
            12.0,
            3.0,
            (-14.0, -4.0),
            Outcome.BETTER,
            0.0,
            60,
            "%",
            higher_is_better=False,
            must_improve=True,
        ),
        GateLine(
            "recall", "your gold titles", 94.0, 93.5, (-2.0, 1.5), Outcome.NO_WORSE, 2.0, 48, "%"
        ),
        GateLine(
            "ROC AUC of pictures",
            "simulated test",
            0.963,
            0.962 if passes else 0.9,
            (-0.004, 0.002) if passes else (-0.08, -0.04),
            Outcome.NO_WORSE if passes else Outcome.WORSE,
            0.01,
            1200,
        ),
    )
    said = "It is better on what you decided and no worse elsewhere." if passes else "It forgot."
    return GateReport(lines, passes, (said,))


def write_card(name: str, training: str) -> None:
    """A card of weights that a training made here; nothing else of them is read by the desk."""
    folder = paths.data_dir() / "weights"
    folder.mkdir(parents=True, exist_ok=True)
    card = {
        "name": name,
        "parent": PARENT,
        "training": training,
        "recipe": "the last block, with replay",
        "metrics": [{"name": "recall", "value": 93.5, "on": "your gold titles", "unit": "%"}],
        "files": {f"{name}.safetensors": "2" * 64},
    }
    (folder / f"{name}.json").write_text(json.dumps(card), "utf-8")


class FakeLearner:
    """Does what is asked when told to; `held` trainings wait for `step` and `end`.

    Args:
        on_progress: As `RemoteWorker`.
        on_result: As `RemoteWorker`.
        on_error: As `RemoteWorker`.
    """

    def __init__(
        self,
        on_progress: Callable[[int, Progress], None],
        on_result: Callable[[int, LearningResult], None],
        on_error: Callable[[int, Exception], None],
    ) -> None:
        self._on_progress, self._on_result, self._on_error = on_progress, on_result, on_error
        self.book = LineageBook()
        self.requests: list[LearningRequest] = []
        self.running: dict[int, Training] = {}
        self.passes = True
        self.closed = False

    def submit(self, request: LearningRequest) -> int:
        self.requests.append(request)
        job = len(self.requests)
        try:
            if isinstance(request, RetrainRequest):
                self._begin(job, request)
            else:
                self._on_result(job, self._answer(request))
        except KnownError as error:
            self._on_error(job, error)
        return job

    def cancel(self, job: int) -> None:
        training = self.running.pop(job, None)
        if training is not None:
            self.book.save(replace(training, state=TrainingState.PAUSED))
            self._on_error(job, CancelledError())

    def close(self) -> None:
        for job in tuple(self.running):
            self.cancel(job)
        self.closed = True

    def _begin(self, job: int, request: RetrainRequest) -> None:
        if request.training:
            training = self.book.training(request.training)
        else:
            made = datetime.now(UTC)
            training = Training(
                f"t{len(self.book.trainings()) + 1}",
                request.detector,
                PARENT,
                "5" * 64,
                0,
                TrainingState.TRAINING,
                made,
                "the last block, with replay",
            )
        self.running[job] = replace(training, state=TrainingState.TRAINING)
        self.book.save(self.running[job])

    def step(self, number: int) -> None:
        """Be so far in the running training, of `STEPS`."""
        ((job, training),) = self.running.items()
        points = tuple((step, 1.0 / (1 + step)) for step in range(number + 1))
        shares = tuple((step, 50.0 + 4 * step) for step, _ in points)
        alarms = tuple((step, 20.0 - step) for step, _ in points)
        curves = (
            Curve("loss", "", points),
            Curve("recall", "%", shares),
            Curve("false alarms", "%", alarms),
        )
        training = replace(
            training, progress=number / STEPS, stage="training", curves=curves, seconds=6.0 * number
        )
        self.running[job] = training
        self.book.save(training)
        self._on_progress(job, Progress(float(number), float(STEPS), 0.1, "training"))

    def end(self) -> None:
        """Examine the candidate."""
        ((job, training),) = self.running.items()
        self.running.clear()
        done = replace(
            training,
            state=TrainingState.EXAMINED,
            progress=1.0,
            candidate=CANDIDATE,
            candidate_sha256="2" * 64,
            gate=gate(self.passes),
        )
        self.book.save(done)
        write_card(CANDIDATE, done.id)
        self._on_result(job, RetrainResult(done.id, done.state, self.passes))

    def _answer(self, request: LearningRequest) -> LearningResult:
        if isinstance(request, PromoteRequest):
            training = self.book.training(request.training)
            self.book.promote(
                training.detector,
                training.parent,
                training.candidate,
                training.candidate_sha256,
                request.by,
                training.id,
            )
            return WeightsResult(training.detector, training.candidate)
        if isinstance(request, RollbackRequest):
            back = self.book.previous(request.detector)
            now = self.book.in_use().names[request.detector]
            self.book.promote(request.detector, now, back, "1" * 64, request.by, rolled_back=True)
            return WeightsResult(request.detector, back)
        if isinstance(request, RefitRequest):
            return RefitResult(self._proposal(request))
        assert isinstance(request, CompareWeightsRequest)
        return CompareWeightsResult(self._compare(request))

    def _proposal(self, request: RefitRequest) -> RefitProposal:
        moved = ThresholdChange("min_length_s", "Shortest stretch", "s", 1.0, 3.5)
        return RefitProposal(
            request.detector,
            request.profile.name,
            request.profile.hash,
            (moved,),
            2,
            2,
            2,
            3,
            3,
            0,
            ((0.0, 0.2), (1.0, 0.2)),
            ("One threshold moves.",),
        )

    def _compare(self, request: CompareWeightsRequest) -> WeightsComparison:
        """Everything that was rejected is lost, what else there is stays."""
        changes: list[FindingChange] = []
        with Store.open(request.store_url) as store:
            for title in store.titles.all():
                run = store.runs.latest_done(title.fingerprint)
                found = store.findings.of(run.id) if run is not None else ()
                verdicts = store.verdicts.of(title.fingerprint)
                kept = [
                    f
                    for f in found
                    if not any(v.matches(f) and v.reason is not None for v in verdicts)
                ]
                changes += changes_of(title, pair_findings(found, kept), verdicts)
        assert all(change.change is not Change.GAINED for change in changes)
        return WeightsComparison(request.training, PARENT, CANDIDATE, tuple(changes), 1, 60.0)
