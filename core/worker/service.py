"""The worker's loop: orders in, answers out, a lane for each kind of job.

Analysis, preparation (waveform, spectrogram, thumbnails), simulation, heat maps and the choice of
what to ask have a lane each, so that the desk can draw while a long analysis runs; within a lane,
jobs run in the order in which they came.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection

from core.domain.errors import BugError, CancelledError, KnownError
from core.jobs.lane import Job, Lane
from core.jobs.message import (
    Answer,
    Cancel,
    Failed,
    Finished,
    Order,
    Progressed,
    Started,
    Submit,
)
from core.jobs.progress import CancelToken, ProgressSink
from core.jobs.request import (
    AnalyseRequest,
    CompareWeightsRequest,
    HeatRequest,
    LookRequest,
    MaskRoundRequest,
    PieceRequest,
    PrepareRequest,
    PromoteRequest,
    RefitRequest,
    Request,
    Result,
    RetrainRequest,
    RollbackRequest,
    SelectRequest,
    SimulateRequest,
)

_log = logging.getLogger(__name__)

Runner = Callable[[Request, ProgressSink, CancelToken], Result]
"""Does what a request asks for."""


_LANES: dict[type[Request], str] = {
    AnalyseRequest: "analysis",
    LookRequest: "analysis",
    PieceRequest: "analysis",
    PrepareRequest: "prepare",
    SimulateRequest: "simulate",
    HeatRequest: "heat",
    SelectRequest: "select",
    RetrainRequest: "retrain",
    CompareWeightsRequest: "compare weights",
    RefitRequest: "refit",
    MaskRoundRequest: "mask round",
    PromoteRequest: "promote",
    RollbackRequest: "promote",
}


class Service:
    """Serves one connection until it ends or says `Quit`.

    Args:
        connection: To the desk.
        run: Does the requests.
    """

    def __init__(self, connection: Connection, run: Runner) -> None:
        self._connection = connection
        self._run = run
        self._sending = threading.Lock()
        self._jobs: dict[int, Job[Result]] = {}

    def serve(self) -> None:
        """Take orders until the desk leaves; then cancel what runs and join the lanes."""
        with ExitStack() as stack:
            lanes = {name: stack.enter_context(Lane(name)) for name in set(_LANES.values())}
            while True:
                try:
                    order: Order = self._connection.recv()
                except (EOFError, OSError):
                    return
                match order:
                    case Submit(number, request):
                        self._submit(lanes[_LANES[type(request)]], number, request)
                    case Cancel(number):
                        job = self._jobs.get(number)
                        if job is not None:
                            job.cancel()
                    case _:
                        return

    def _submit(self, lane: Lane, number: int, request: Request) -> None:
        def work(cancel: CancelToken) -> Result:
            self._answer(Started(number))
            return self._run(request, lambda p: self._answer(Progressed(number, p)), cancel)

        def report(job: Job[Result]) -> None:
            error = job.error
            self._answer(
                Finished(number, job.result())
                if error is None
                else Failed(number, _portable(error))
            )

        self._jobs = {k: j for k, j in self._jobs.items() if not j.done}
        self._jobs[number] = lane.submit(work, report)

    def _answer(self, answer: Answer) -> None:
        # The desk may have left; the loop meets that and ends everything.
        with self._sending, suppress(OSError):
            self._connection.send(answer)


def _portable(error: BaseException) -> Exception:
    """An error that can be pickled and understood by the desk."""
    if not isinstance(error, CancelledError):
        _log.info("a job failed", exc_info=error)
    if isinstance(error, KnownError):
        return KnownError(error.sentence, error.details)
    if isinstance(error, CancelledError):
        return CancelledError()
    details = "".join(traceback.format_exception(error))
    return BugError(f"{type(error).__name__}: {error}", details)
