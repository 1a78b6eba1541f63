"""Memory of a long title: peak of the desk's process and of the worker, against a short one.

Two titles of the same small picture and stereo sound are made, one of two minutes and one of
`--minutes` (two hours by default). The real desk opens each, analyses it, plays for a moment and
jumps about; both processes are watched meanwhile.

    python tests/bench/bench_memory.py [--minutes 120]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

import cv2
import numpy as np
import psutil
from helpers.desk_walk import Steps, walk
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer

from core.media.writer import VideoSettings, write_title
from gui.desk.desk import Desk

_RATE = 25
_SOUND_RATE = 48_000
_SHORT_MINUTES = 2.0
_MIB = 1 << 20


class Watch(QObject):
    """Peak resident memory of this process and of its children."""

    def __init__(self) -> None:
        super().__init__()
        self.peak = {"desk": 0, "worker": 0}
        self._me = psutil.Process()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(200)

    def _look(self) -> None:
        self.peak["desk"] = max(self.peak["desk"], self._me.memory_info().rss)
        children = 0
        for child in self._me.children(recursive=True):
            try:
                children += child.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        self.peak["worker"] = max(self.peak["worker"], children)


def pictures(count: int) -> Iterator[NDArray[np.uint8]]:
    """A drifting texture, 320×180."""
    rng = np.random.default_rng(1)
    field = cv2.resize(rng.integers(0, 255, (60, 160, 3), dtype=np.uint8), (960, 360))
    for n in range(count):
        x, y = n % 640, (n // 7) % 180
        yield np.ascontiguousarray(field[y : y + 180, x : x + 320])


def sound(seconds: int) -> Iterator[NDArray[np.float32]]:
    """A chord with noise, second by second."""
    rng = np.random.default_rng(2)
    time_s = np.arange(_SOUND_RATE) / _SOUND_RATE
    tone = 0.2 * np.sin(2 * np.pi * 220 * time_s) + 0.1 * np.sin(2 * np.pi * 331 * time_s)
    for _ in range(seconds):
        noise = rng.normal(0, 0.02, (2, _SOUND_RATE))
        yield np.asarray(tone + noise, np.float32)


def make(path: Path, minutes: float) -> None:
    """Write one of the titles."""
    seconds = round(minutes * 60)
    settings = VideoSettings(crf=32, gop=250, preset="ultrafast")
    write_title(path, pictures(seconds * _RATE), _RATE, sound(seconds), settings=settings)


def visit(path: Path) -> dict[str, float]:
    """Open, analyse, play, jump about; returns the peaks in MiB."""
    watch: list[Watch] = []

    def steps(desk: Desk) -> Steps:
        watch.append(Watch())
        yield lambda: desk.idle and desk.snapshot.run is not None
        desk.player.play()
        chance = random.Random(3)
        assert desk.title is not None
        for _ in range(12):
            desk.player.seek(chance.uniform(0, desk.title.duration_s))
            until = time.monotonic() + 0.5
            yield lambda until=until: time.monotonic() > until
        desk.parts.axis.zoom(8)
        until = time.monotonic() + 1
        yield lambda: time.monotonic() > until

    with tempfile.TemporaryDirectory() as folder:
        os.environ["ONGLASS_HOME"] = folder
        store = str(Path(folder) / "store.db")
        started = time.monotonic()
        walk([str(path), "--store", store], steps, patience_s=3600)
        elapsed = time.monotonic() - started
    peaks = {name: round(value / _MIB, 1) for name, value in watch[0].peak.items()}
    return {**peaks, "seconds": round(elapsed, 1)}


def main() -> int:
    """Make both titles, visit each in a process of its own, print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--visit", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.visit is not None:
        print(json.dumps(visit(options.visit)))
        return 0
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for minutes in (_SHORT_MINUTES, options.minutes):
            path = Path(folder) / f"{minutes:g}.mp4"
            make(path, minutes)
            command = [sys.executable, __file__, "--visit", str(path)]
            answer = subprocess.run(command, capture_output=True, text=True, check=True)
            figures[f"{minutes:g} min"] = json.loads(answer.stdout.strip().splitlines()[-1])
    short, long = figures.values()
    ratio = {name: round(long[name] / short[name], 2) for name in ("desk", "worker")}
    print(json.dumps({"peak_mib": figures, "ratio": ratio}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
