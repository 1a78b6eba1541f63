"""How late the GUI is while somebody types into the search of the library."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from helpers.desk_walk import Steps, walk
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from gui import app
from gui.desk.desk import Desk

_TICK_MS = 5
_KEY_S = 0.12
_WORDS = ("northern s03", "harbour e04", "masters", "field notes 12")


def lateness(store: Path) -> dict[str, float]:
    """Type words into the window of a store, and list the gaps between ticks of its event loop.

    Returns:
        Milliseconds by which ticks came late (p50, p95, p99, worst), and from a key to the rows.
    """
    late: list[float] = []
    answered: list[float] = []

    def steps(desk: Desk) -> Steps:
        view = desk.window.library
        yield lambda: desk.idle and desk.library.shown and view.model.rowCount() > 0
        before = [time.perf_counter()]

        def tick() -> None:
            now = time.perf_counter()
            late.append(1000 * (now - before[0]) - _TICK_MS)
            before[0] = now

        timer = QTimer(desk)
        timer.setInterval(_TICK_MS)
        timer.timeout.connect(tick)
        listed = [0.0]
        view.model.modelReset.connect(lambda: listed.append(time.perf_counter()))
        view.filters.search.setFocus()
        yield lambda: desk.idle
        before[0] = time.perf_counter()
        timer.start()
        for word in _WORDS:
            for letter in word:
                pressed = time.perf_counter()
                QTest.keyClicks(view.filters.search, letter)
                yield lambda since=pressed: time.perf_counter() - since > _KEY_S
                if listed[-1] > pressed:
                    answered.append(1000 * (listed[-1] - pressed))
            view.filters.clear()
            yield lambda: desk.idle
        timer.stop()

    automatic, app.automatic_backup = app.automatic_backup, lambda *_: None  # type: ignore[assignment,return-value]
    try:
        walk(["--store", str(store)], steps)
    finally:
        app.automatic_backup = automatic
    figures = {
        f"late_{name}_ms": round(float(np.percentile(late, part)), 1)
        for name, part in (("p50", 50), ("p95", 95), ("p99", 99), ("worst", 100))
    }
    return figures | {
        f"key_to_rows_{name}_ms": round(float(np.percentile(answered, part)), 1)
        for name, part in (("p50", 50), ("p95", 95))
    }
