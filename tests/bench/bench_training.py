"""How late the GUI thread is while a network is trained beside the desk.

A precise 5 ms timer runs in the real desk, with the window of training open: first nothing trains,
then the real worker does, on verdicts about a small made library.

    python tests/bench/bench_training.py
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from bench_lateness import Lateness
from helpers.desk_walk import Steps, walk
from helpers.effect_library import make_library
from helpers.small_learner import small_worker

from core.domain.verdict import Decision, RejectReason
from gui.desk.desk import Desk
from gui.desk.training_job import Kind
from gui.verdict.choice import Choice

_WATCH_S = 20.0


def _is_under_way(desk: Desk) -> bool:
    window = desk.training.window
    return window is not None and window.progress.bar.value() > 0


def main() -> int:
    """Print the lateness in both states, and their ratio."""
    folder = Path(tempfile.mkdtemp(prefix="onglass-bench-"))
    os.environ["ONGLASS_HOME"] = str(folder / "home")
    treated, _, url = make_library(folder)
    found: dict[str, list[float]] = {}

    def over(since: float) -> bool:
        return time.monotonic() - since > _WATCH_S

    def visit(desk: Desk) -> Steps:
        desk.selection.autoplay = False
        for path in treated:
            desk.open_path(path)
            yield lambda path=path: desk.idle and desk.title is not None and desk.title.path == path
            yield lambda: desk.idle and bool(desk.snapshot.flags)
            flags = desk.snapshot.flags
            wrong = RejectReason.FALSE_POSITIVE
            desk.review.choose_many(flags, Choice(flags[0], Decision.REJECT, reason=wrong))
            yield lambda: desk.idle
        desk.actions["learning.train"].trigger()
        yield lambda: desk.idle and desk.training.window is not None
        watch = Lateness()
        for state in ("nothing trains", "training"):
            if state == "training":
                desk.training.train("block_corruption")
                yield lambda: _is_under_way(desk)
            watch.watch(state)
            since = time.monotonic()
            yield lambda since=since: over(since)
            watch.watch("")
        found.update(watch.samples)
        desk.training.jobs.cancel(Kind.TRAIN, "block_corruption")
        yield lambda: not desk.training.jobs.training

    walk(["--store", url, "--profile", "only"], visit, 600.0, small_worker)
    report = {
        state: {
            "median_ms": round(float(np.median(late)), 2),
            "p99_ms": round(float(np.quantile(late, 0.99)), 2),
            "worst_ms": round(max(late), 1),
            "samples": len(late),
        }
        for state, late in found.items()
    }
    p99 = [max(values["p99_ms"], 0.01) for values in report.values()]
    print(json.dumps({**report, "p99_ratio": round(p99[1] / p99[0], 2)}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
