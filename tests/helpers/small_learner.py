"""The real worker with a small budget of learning, for tests that cannot wait for the whole one.

Run as a script it is what `RemoteWorker` starts.
"""

from __future__ import annotations

import functools
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

from core.jobs.progress import Progress
from core.jobs.remote import RemoteWorker
from core.jobs.request import Result


def small_worker(
    on_progress: Callable[[int, Progress], None],
    on_result: Callable[[int, Result], None],
    on_error: Callable[[int, Exception], None],
) -> RemoteWorker:
    """A worker in a process of its own that makes and examines little."""
    command = [sys.executable, "-P", str(Path(__file__).resolve())]
    return RemoteWorker(on_progress, on_result, on_error, command)


def main() -> None:
    """Be the worker."""
    from core.learning.retrain.subject import Budget
    from core.worker import learn

    little = Budget(replay=24, watched=12, examined=16, stretches=30, exported=16, processes=1)
    learn.Order = functools.partial(learn.Order, budget=little)  # type: ignore[assignment,misc]
    runpy.run_module("core.worker", run_name="__main__")


if __name__ == "__main__":
    main()
