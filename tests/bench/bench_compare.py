"""What a comparison of two files of 1080p25 costs; prints JSON.

Figures: from the key press of a flip to the painted picture, a step whose pair is in memory, how
long PSNR and SSIM of a frame take, and the search for the offset.

    python tests/bench/bench_compare.py [FILE]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice, pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from helpers.bench_clip import bench_clip
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.compare.align import find_offset
from core.media.likeness import LikenessMeter
from core.media.probe import probe
from core.media.reader import VideoReader
from gui import theme
from gui.compare.lane import AHEAD
from gui.compare.view import Mode
from gui.compare.window import CompareWindow

_CLIP_S = 4
_TIMES = 40


def main() -> int:
    """Measure and print."""
    clip = Path(sys.argv[1]) if len(sys.argv) > 1 else bench_clip(_CLIP_S)
    title = probe(clip)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.ThemeMode.DARK)
    window = CompareWindow(title, title)
    window.show()
    _spin(app, lambda: window.view.pair is not None)
    window.set_mode(Mode.SINGLE)
    _spin(app, lambda: window.lane.idle)
    report: dict[str, object] = {"cores": os.cpu_count(), "load": os.getloadavg()[0]}
    report["flip_ms"] = _summary(_timed(app, window, Qt.Key.Key_X))
    steps = []
    for _ in range(_TIMES // 2):
        _spin(app, lambda: window.lane.ready_ahead() == AHEAD)
        steps += _timed(app, window, Qt.Key.Key_Right, 1)
    report["step_from_memory_ms"] = _summary(steps)
    window.close()
    report["likeness_ms"] = _summary(_likeness(title.path))
    began_s = time.perf_counter()
    offset = find_offset(title, title)
    report["offset_search_s"] = round(time.perf_counter() - began_s, 2)
    report["offset_s"] = None if offset is None else offset.seconds
    print(json.dumps(report, indent=2))
    return 0


def _timed(
    app: QApplication, window: CompareWindow, key: Qt.Key, times: int = _TIMES
) -> list[float]:
    """Milliseconds from key presses to the paints that follow."""
    taken = []
    painted: list[float] = []
    window.view.painted.connect(lambda: painted.append(time.perf_counter()))
    for _ in range(times):
        painted.clear()
        began_s = time.perf_counter()
        QTest.keyClick(window.view, key)
        _spin(app, lambda: bool(painted))
        taken.append((painted[0] - began_s) * 1000)
    return taken


def _likeness(path: Path) -> list[float]:
    title, taken = probe(path), []
    meter = LikenessMeter()
    with VideoReader(path, title.video[0]) as reader:
        frames = list(islice(reader.frames(), 26))
    for one, other in pairwise(frames):
        began_s = time.perf_counter()
        meter.measure(one, other)
        taken.append((time.perf_counter() - began_s) * 1000)
    return taken


def _spin(app: QApplication, holds: Callable[[], bool]) -> None:
    limit_s = time.perf_counter() + 60
    while not holds() and time.perf_counter() < limit_s:
        app.processEvents()


def _summary(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[int(len(ordered) * 0.95)], 2),
        "max": round(ordered[-1], 2),
    }


if __name__ == "__main__":
    sys.exit(main())
