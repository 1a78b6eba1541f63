"""A worker whose jobs do what the file's name says; run as a script in place of the real one."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from fractions import Fraction
from pathlib import Path

import numpy as np

from core.domain.errors import KnownError
from core.domain.heat import HeatMap
from core.jobs.progress import CancelToken, Progress, ProgressSink
from core.jobs.request import (
    AnalyseRequest,
    AnalyseResult,
    HeatRequest,
    HeatResult,
    PieceRequest,
    PieceResult,
    PrepareResult,
    Request,
    Result,
    SelectRequest,
)
from core.worker.process import serve_desk

COMMAND = [sys.executable, str(Path(__file__).resolve())]


def run(request: Request, progress: ProgressSink, cancel: CancelToken) -> Result:
    progress(Progress(1.0, 4.0, 2.0, "Reading"))
    assert not isinstance(request, SelectRequest)
    match request.path.stem:
        case "segfault":
            ctypes.string_at(0)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "bug":
            raise ZeroDivisionError("a slip")
        case "known":
            raise KnownError("The file is no good.", "in full")
        case "forever":
            while not cancel.cancelled:
                threading.Event().wait(0.005)
            cancel.check()
    if isinstance(request, AnalyseRequest):
        return AnalyseResult(f"run of {request.path.stem}", str(os.getpid()))
    if isinstance(request, PieceRequest):
        return PieceResult((), None, (str(os.getpid()),), 0.0)
    if isinstance(request, HeatRequest):
        values = np.array([[0, 255]], np.uint8)
        return HeatResult(HeatMap(request.pts, Fraction(1, 25), values, 64, 32))
    return PrepareResult(str(os.getpid()))


if __name__ == "__main__":
    sys.exit(serve_desk(run))
