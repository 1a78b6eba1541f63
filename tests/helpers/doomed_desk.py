"""A desk that is about to be killed: opens a title, goes somewhere, drafts, prints where it is.

Run as a script: `python -m helpers.doomed_desk FILE STORE`. It never ends by itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from helpers.desk_walk import Steps, analysed, decided, press, walk
from helpers.worker_fake import FakeWorker
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.config.paths import state_dir
from core.media.probe import probe
from core.review.whereabouts import read_whereabouts
from gui.bridge import WorkerFactory
from gui.desk.desk import Desk

COMMENT = "half a sen"
_SPELLS = {"silence": ((0.4, 1.4), (3.0, 4.5)), "black": ((2.0, 2.8),)}


def quick_worker(file: Path) -> WorkerFactory:
    """A worker that finds the same three flags at once, whatever the file shows."""
    title = probe(file)
    return lambda progress, result, error: FakeWorker(
        progress, result, error, title=title, spells=_SPELLS
    )


def go_somewhere(desk: Desk) -> Steps:
    """Decide one flag, select another, zoom, draft a severity, begin a comment; stay there."""
    yield analysed(desk)
    desk.selection.autoplay = False
    first, second = desk.snapshot.flags[:2]
    desk.parts.queue.select(first.key)
    press(desk, Qt.Key.Key_C)
    yield decided(desk, first.key, "confirm")
    desk.parts.queue.select(second.key)
    press(desk, Qt.Key.Key_9)
    desk.parts.queue.sign_box.setCurrentIndex(desk.parts.queue.sign_box.findData("undecided"))
    desk.parts.axis.set_view(1.0, 4.0)
    desk.selection.seek(2.0)
    desk.parts.axis.set_selection((1.5, 2.5))
    press(desk, Qt.Key.Key_M)
    QTest.keyClicks(desk.parts.verdict.comment, COMMENT)

    def is_kept() -> bool:
        here = [read_whereabouts(path) for path in (state_dir() / "desks").glob("*.json")]
        return any(h and COMMENT in str(h.drafts) and h.playhead_s > 1.9 for h in here)

    yield is_kept
    print(json.dumps([first.key, second.key]), flush=True)
    yield lambda: False


if __name__ == "__main__":
    made_up = quick_worker(Path(sys.argv[1]))
    walk([sys.argv[1], "--store", sys.argv[2]], go_somewhere, worker=made_up)
