"""Learning for the desk: training, the gate, promotion and the way back, rounds of masks."""

from __future__ import annotations

import time

from core.domain.lineage import Training
from core.jobs.progress import CancelToken, Progress, ProgressSink
from core.jobs.request import (
    CompareWeightsRequest,
    CompareWeightsResult,
    LearningRequest,
    LearningResult,
    MaskRoundRequest,
    MaskRoundResult,
    PromoteRequest,
    RefitRequest,
    RefitResult,
    RetrainRequest,
    RetrainResult,
    RollbackRequest,
    WeightsResult,
)
from core.learning.mask.round import run_round
from core.learning.retrain.compare import compare_weights
from core.learning.retrain.course import Order, retrain
from core.learning.retrain.promotion import promote, roll_back
from core.learning.retrain.refit import refit
from core.store.lineage import LineageBook
from core.store.store import Store

_KEEP_EVERY_S = 1.0


def learn(request: LearningRequest, progress: ProgressSink, cancel: CancelToken) -> LearningResult:
    """Do one request of learning.

    Raises:
        KnownError: Store, files or weights are at fault, or the gate holds a candidate back.
        CancelledError: `cancel` was raised; a training is paused then.
    """
    if isinstance(request, PromoteRequest):
        book = LineageBook()
        promote(book, request.training, request.by, against_gate=request.against_gate)
        training = book.training(request.training)
        return WeightsResult(training.detector, training.candidate)
    if isinstance(request, RollbackRequest):
        made = roll_back(LineageBook(), request.detector, request.by)
        return WeightsResult(made.detector, made.after)
    with Store.open(request.store_url) as store:
        if isinstance(request, MaskRoundRequest):
            return MaskRoundResult(run_round(store, request, progress, cancel).number)
        if isinstance(request, RetrainRequest):
            return _trained(request, store, progress, cancel)
        if isinstance(request, CompareWeightsRequest):
            comparison = compare_weights(
                store,
                LineageBook().training(request.training),
                longest_s=request.longest_s,
                fingerprints=request.fingerprints,
                progress=lambda share, what: progress(Progress(share, 1.0, 0.0, what)),
                check=cancel.check,
            )
            return CompareWeightsResult(comparison)
        assert isinstance(request, RefitRequest)
        return RefitResult(
            refit(store, request.detector, request.profile, request.kept_recall, cancel.check)
        )


def _trained(
    request: RetrainRequest, store: Store, progress: ProgressSink, cancel: CancelToken
) -> RetrainResult:
    book = LineageBook()
    kept_at = float("-inf")

    def told(training: Training) -> None:
        nonlocal kept_at
        progress(Progress(training.progress, 1.0, 0.0, training.stage))
        # The desk draws the curves from the file.
        if time.monotonic() - kept_at >= _KEEP_EVERY_S:
            kept_at = time.monotonic()
            book.save(training)

    order = Order(
        request.detector,
        request.snapshot,
        request.training,
        request.data,
        request.seed,
        request.device,
    )
    training = retrain(store, order, book=book, progress=told, check=cancel.check)
    passes = training.gate is not None and training.gate.passes
    return RetrainResult(training.id, training.state, passes)
