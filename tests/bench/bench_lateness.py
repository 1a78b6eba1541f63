"""How late the GUI thread is while the worker analyses and the desk plays.

A precise 5 ms timer runs in the real desk; its lateness is sampled in four states of one visit:
empty, analysing, analysing while playing, and playing after the analysis.

    python tests/bench/bench_lateness.py [FILE]
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from helpers.desk_walk import Steps, analysed, walk
from helpers.sample import shared_sample
from PySide6.QtCore import QObject, Qt, QTimer

from gui.desk.desk import Desk

_PERIOD_S = 0.005
_WATCH_S = 5.0


class Lateness(QObject):
    """Collects how late a precise timer fires, by state."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ""
        self.samples: dict[str, list[float]] = {}
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def watch(self, state: str) -> None:
        """Count what follows under `state`; an empty name stops."""
        self.state = state
        self._due = time.perf_counter() + _PERIOD_S
        if state:
            self._timer.start(round(_PERIOD_S * 1000))
        else:
            self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.samples.setdefault(self.state, []).append(max(now - self._due, 0.0) * 1000)
        self._due = now + _PERIOD_S


def main() -> int:
    """Run one visit and print the figures as JSON."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_sample()[0]
    lateness = Lateness()

    def wait() -> Callable[[], bool]:
        until = time.perf_counter() + _WATCH_S
        return lambda: time.perf_counter() > until

    def visit(desk: Desk) -> Steps:
        lateness.watch("empty")
        yield wait()
        lateness.watch("")
        desk.open_path(path)
        yield lambda: desk.analysis.analysing
        lateness.watch("analysing")
        until = time.perf_counter() + _WATCH_S
        yield lambda: time.perf_counter() > until or not desk.analysis.analysing
        desk.player.play()
        lateness.watch("analysing and playing")
        yield lambda: not desk.analysis.analysing
        lateness.watch("")
        yield analysed(desk)
        desk.player.play()
        lateness.watch("playing")
        yield wait()
        lateness.watch("")
        desk.player.pause()

    with tempfile.TemporaryDirectory() as folder:
        code = walk(["--store", str(Path(folder) / "store.db"), "--size", "1600x900"], visit)
    print(json.dumps({"file": path.name, "lateness_ms": _figures(lateness.samples)}, indent=2))
    return code


def _figures(samples: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    return {
        state: {
            "count": len(values),
            "p50": round(float(np.percentile(values, 50)), 2),
            "p99": round(float(np.percentile(values, 99)), 2),
            "max": round(max(values), 2),
        }
        for state, values in samples.items()
    }


if __name__ == "__main__":
    sys.exit(main())
