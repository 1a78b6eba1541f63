"""How well the player keeps time, steps and seeks: prints JSON.

A clip of 1080p60 is made, played offscreen for ten seconds in a window of 1280×720, stepped
through and sought in. Figures: frames dropped, presentation error (from the instant a frame is
due to the instant it has been painted), a step from memory, a step that decodes, an exact seek
to its final picture, and the same for the first picture that a scrub shows.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from core.media.probe import probe
from core.media.writer import VideoSettings, write_title
from gui.player.engine import Player
from gui.player.pane import PlayerPane
from gui.player.picture_queue import Picture

_WIDTH, _HEIGHT, _RATE = 1920, 1080, 60


def _pictures(count: int) -> Iterator[NDArray[np.uint8]]:
    """A pan over soft texture with fine grain, so that decoding costs what real pictures cost."""
    rng = np.random.default_rng(1)
    small = rng.integers(0, 255, (96, 160, 3)).astype(np.uint8)
    wide = np.asarray(
        cv2.resize(small, (_WIDTH + 640, _HEIGHT + 320), interpolation=cv2.INTER_CUBIC)
    )
    scene = (wide * 0.95 + rng.integers(0, 10, wide.shape)).astype(np.uint8)
    for number in range(count):
        x, y = number % 640, (number // 2) % 320
        yield np.ascontiguousarray(scene[y : y + _HEIGHT, x : x + _WIDTH])


def _spin(condition: Callable[[], bool], limit_s: float = 20.0) -> None:
    loop = QEventLoop()
    poll = QTimer()
    poll.setInterval(1)
    poll.timeout.connect(lambda: loop.quit() if condition() else None)
    QTimer.singleShot(int(limit_s * 1000), loop.quit)
    poll.start()
    loop.exec()
    poll.stop()


def _percentiles(values_ms: list[float]) -> dict[str, float]:
    ordered = sorted(values_ms)
    return {
        "n": len(ordered),
        "p50_ms": round(statistics.median(ordered), 3),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 3),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)], 3),
        "max_ms": round(ordered[-1], 3),
    }


class _Stand:
    """A player in a window, and what was painted when."""

    def __init__(self, path: Path) -> None:
        self.player = Player()
        self.pane = PlayerPane(self.player)
        self.pane.resize(1280, 720 + self.pane.bar.sizeHint().height())
        self.pane.show()
        self.errors_ms: list[float] = []
        self.last: Picture | None = None
        self.first_at_s = 0.0
        self.pane.view.picture_painted.connect(self._on_painted)
        self.title = probe(path)
        self.pane.load(self.title)
        _spin(lambda: self.last is not None)

    def _on_painted(self, picture: Picture) -> None:
        now_s = time.perf_counter()
        if self.last is None or self.first_at_s == 0.0:
            self.first_at_s = now_s
        self.last = picture
        if self.player.clock.running:
            self.errors_ms.append((now_s - self.player.clock.due_at(picture.run_s)) * 1000)

    def play(self, seconds: float) -> dict[str, object]:
        begun_s = time.process_time()
        self.player.play()
        _spin(lambda: self.player.clock.running)
        self.errors_ms.clear()
        _spin(lambda: False, seconds)
        cpu_s = time.process_time() - begun_s
        self.player.pause()
        return {
            "dropped": self.player.dropped,
            "presentation": _percentiles(self.errors_ms),
            "cpu_share": round(cpu_s / seconds, 2),
        }

    def timed(self, act: Callable[[], None]) -> tuple[float, float]:
        """Milliseconds to the first and to the final picture."""
        self.first_at_s = 0.0
        before_s = time.perf_counter()
        act()
        goal = self.player.position.pts

        def there() -> bool:
            shown = self.last
            return shown is not None and not shown.provisional and shown.pts == goal

        _spin(there)
        return (self.first_at_s - before_s) * 1000, (time.perf_counter() - before_s) * 1000

    def steps(self) -> dict[str, object]:
        self.timed(lambda: self.player.seek(4.5))
        _spin(lambda: False, 0.5)
        back = [self.timed(lambda: self.player.step(-1))[1] for _ in range(20)]
        ahead = [self.timed(lambda: self.player.step(1))[1] for _ in range(20)]
        decoding = [self.timed(lambda: self.player.step(1))[1] for _ in range(40)]
        return {
            "back_from_memory": _percentiles(back),
            "ahead_from_memory": _percentiles(ahead),
            "ahead": _percentiles(decoding),
        }

    def seeks(self, count: int) -> dict[str, object]:
        rng = random.Random(7)
        first: list[float] = []
        exact: list[float] = []
        for _ in range(count):
            to_s = rng.uniform(0, self.title.duration_s)
            one, all_ = self.timed(partial(self.player.seek, to_s))
            first.append(one)
            exact.append(all_)
        return {"first_picture": _percentiles(first), "exact": _percentiles(exact)}


def main() -> None:
    """Make the clip, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--clip", type=Path, help="play this file instead of a made one")
    arguments = parser.parse_args()
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        clip = arguments.clip or Path(folder) / "clip.mp4"
        if arguments.clip is None:
            settings = VideoSettings(gop=120, preset="ultrafast", bitrate=12_000_000)
            count = int((arguments.seconds + 2) * _RATE)
            write_title(clip, _pictures(count), _RATE, settings=settings)
        stand = _Stand(clip)
        result = {
            "clip": f"{_WIDTH}x{_HEIGHT}p{_RATE}" if arguments.clip is None else clip.name,
            "load_average": [round(value, 2) for value in os.getloadavg()],
            "play": stand.play(arguments.seconds),
            "step": stand.steps(),
            "seek": stand.seeks(30),
            "targets": {"dropped": 0, "presentation_p99_ms": 10.0},
        }
        stand.player.close()
    print(json.dumps(result, indent=2))
    del app


if __name__ == "__main__":
    main()
