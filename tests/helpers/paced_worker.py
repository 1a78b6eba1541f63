"""The real worker, but every job lasts a fixed time at least; run as a script in its place.

So that a run says something about driver, engine and writer whatever else the machine does.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from core.jobs.progress import CancelToken, ProgressSink
from core.jobs.request import LookRequest, Request, Result
from core.worker.process import serve_desk
from core.worker.runner import run_request

COMMAND = [sys.executable, str(Path(__file__).resolve())]
LOOK_S = 0.3
PIECE_S = 2.0


def run(request: Request, progress: ProgressSink, cancel: CancelToken) -> Result:
    began = time.monotonic()
    result = run_request(request, progress, cancel)
    lasts_s = LOOK_S if isinstance(request, LookRequest) else PIECE_S
    time.sleep(max(lasts_s - (time.monotonic() - began), 0.0))
    return result


if __name__ == "__main__":
    sys.exit(serve_desk(run))
