"""What each kind of request does."""

from __future__ import annotations

from core.analysis.piece import look, measure_piece
from core.analysis.pipeline import analyse_request
from core.jobs.progress import CancelToken, ProgressSink
from core.jobs.request import (
    AnalyseRequest,
    HeatRequest,
    LearningRequest,
    LookRequest,
    PieceRequest,
    Request,
    Result,
    SelectRequest,
    SimulateRequest,
)
from core.worker.heat import HeatMaker
from core.worker.prepare import prepare
from core.worker.select import select
from core.worker.simulate import simulate

_heat_maker = HeatMaker()


def run_request(request: Request, progress: ProgressSink, cancel: CancelToken) -> Result:
    """Do one request in the calling thread.

    Raises:
        KnownError: The file or the store is at fault.
        CancelledError: `cancel` was raised.
    """
    if isinstance(request, AnalyseRequest):
        return analyse_request(request, progress, cancel)
    if isinstance(request, LookRequest):
        return look(request)
    if isinstance(request, PieceRequest):
        return measure_piece(request, progress, cancel)
    if isinstance(request, SimulateRequest):
        return simulate(request, progress, cancel)
    if isinstance(request, HeatRequest):
        return _heat_maker.make(request, cancel)
    if isinstance(request, SelectRequest):
        return select(request, progress, cancel)
    if isinstance(request, LearningRequest):
        # torch comes with it, which an analysis without networks never needs.
        from core.worker.learn import learn

        return learn(request, progress, cancel)
    return prepare(request, progress, cancel)
