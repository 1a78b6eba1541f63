"""How long the desk takes to its window and to the first picture of a title: prints JSON.

A clip of 1080p is made, then `onglass review CLIP` is run as a user runs it, in a fresh process
each time, with a home of its own that was used once before (so all is warm). A start is timed from
the moment the process is asked for, its processor time is what the process itself has used:

- `bare`: Python itself, with numpy and Qt's widgets imported, which no desk can do without;
- `window`: the window has been painted for the first time;
- `picture`: the first picture of the title has been painted; `after_window` is what it took more.

Wall-clock figures hold on a quiet machine only; the ratio of processor times to `bare` holds
anywhere.

    python tests/bench/bench_start.py [--turns 7] [--no-file] [--profile OUT.prof]
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_WIDTH, _HEIGHT, _COUNT, _RATE = 1920, 1080, 250, 25
_PATIENCE_S = 120
_BARE = (
    "import time, numpy, PySide6.QtWidgets;"
    "print('{\"bare\": [%f, %f]}' % (time.monotonic(), time.process_time()))"
)


def make_clip(path: Path) -> None:
    """Ten seconds of a pan over soft texture with grain, 1080p25 H.264."""
    import cv2
    import numpy as np

    from core.media.writer import VideoSettings, write_title

    def pictures() -> Iterator[Any]:
        rng = np.random.default_rng(1)
        small = rng.integers(0, 255, (96, 160, 3)).astype(np.uint8)
        wide = cv2.resize(small, (_WIDTH + 640, _HEIGHT), interpolation=cv2.INTER_CUBIC)
        scene = (wide * 0.95 + rng.integers(0, 10, wide.shape)).astype(np.uint8)
        for number in range(_COUNT):
            yield np.ascontiguousarray(scene[:, number * 2 : number * 2 + _WIDTH])

    write_title(path, pictures(), _RATE, settings=VideoSettings(crf=23, gop=50))


def start(arguments: list[str], out: Path, profile: str = "") -> None:
    """Be the desk: run the command, note what was painted when, leave after the last of it."""
    moments: dict[str, list[float]] = {}
    wanted = "picture" if len(arguments) > 1 else "window"
    real = importlib.import_module

    def note(name: str) -> None:
        if name not in moments:
            moments[name] = [time.monotonic(), time.process_time()]
            if name == wanted:
                out.write_text(json.dumps(moments), "utf-8")

    def watched(name: str, package: str | None = None) -> ModuleType:
        module = real(name, package)
        if name == "gui.app" and "asked" not in moments:
            moments["asked"] = [time.monotonic(), time.process_time()]
            _watch(module, note, wanted)
        return module

    importlib.import_module = watched  # type: ignore[assignment]
    if profile:
        import cProfile

        with cProfile.Profile() as figures:
            _command(arguments)
        figures.dump_stats(profile)
        return
    _command(arguments)


def _command(arguments: list[str]) -> None:
    from core.cli.app import main

    main(arguments)


def _watch(desk_module: Any, note: Any, wanted: str) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Paints(QObject):
        def eventFilter(self, seen: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, lambda: self.done("window"))
                seen.removeEventFilter(self)
            return False

        def done(self, name: str) -> None:
            note(name)
            if name == wanted:
                self.desk.leave()

    real = desk_module.compose
    kept: list[QObject] = []

    def composed(*arguments: Any) -> Any:
        desk = real(*arguments)
        paints = Paints()
        paints.desk = desk
        kept.append(paints)
        desk.window.installEventFilter(paints)
        desk.parts.picture.picture_painted.connect(lambda _picture: paints.done("picture"))
        return desk

    desk_module.compose = composed


def turn(command: list[str], env: dict[str, str], out: Path) -> dict[str, list[float]]:
    """Run a process and read what it noted: seconds since it was asked for, and of processor."""
    out.unlink(missing_ok=True)
    begun = time.monotonic()
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
    )
    text = out.read_text("utf-8") if out.exists() else done.stdout
    if done.returncode or not text:
        raise SystemExit(done.stderr or "nothing was noted")
    noted = json.loads(text)
    return {name: [wall - begun, cpu] for name, (wall, cpu) in noted.items()}


def summed_up(turns: list[dict[str, list[float]]]) -> dict[str, dict[str, float]]:
    """Median and best of each moment."""
    table = {}
    for name in turns[0]:
        walls, cpus = zip(*(noted[name] for noted in turns), strict=True)
        table[name] = {
            "wall_s": round(statistics.median(walls), 2),
            "best_wall_s": round(min(walls), 2),
            "processor_s": round(statistics.median(cpus), 2),
        }
    return table


def main() -> int:
    """Make the clip, start the desk several times, print JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--no-file", action="store_true", help="start on an empty desk")
    parser.add_argument("--clip", type=Path, help="a title of your own")
    parser.add_argument("--profile", default="", help="write a cProfile of one start")
    parser.add_argument("--child", nargs=2, metavar=("OUT", "PROFILE"), help=argparse.SUPPRESS)
    options, rest = parser.parse_known_args()
    if options.child:
        start(["review", *rest], Path(options.child[0]), options.child[1])
        return 0
    with tempfile.TemporaryDirectory() as folder:
        out, clip = Path(folder) / "noted.json", options.clip or Path(folder) / "clip.mp4"
        if options.clip is None and not options.no_file:
            make_clip(clip)
        env = {**os.environ, "ONGLASS_HOME": str(Path(folder) / "home"), "PYTHONPATH": str(_ROOT)}
        # An installed product has its modules compiled; so has this tree after the first turn.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        if not (env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")):
            env.setdefault("QT_QPA_PLATFORM", "offscreen")
        child = [sys.executable, __file__, "--child", str(out)]
        title = [] if options.no_file else [str(clip)]
        turn([*child, "", *title], env, out)
        if options.profile:
            turn([*child, options.profile, *title], env, out)
            return 0
        bare, desk = [], []
        for _ in range(options.turns):
            bare.append(turn([sys.executable, "-c", _BARE], env, out))
            desk.append(turn([*child, "", *title], env, out))
        figures = summed_up(bare) | summed_up(desk)
        last = figures.get("picture", figures["window"])
        answer = {
            "platform": env.get("QT_QPA_PLATFORM", "the display's"),
            "turns": options.turns,
            **figures,
            "after_window_s": round(last["wall_s"] - figures["window"]["wall_s"], 2),
            "ratio_to_bare": round(
                figures["window"]["processor_s"] / figures["bare"]["processor_s"], 2
            ),
            "load": round(os.getloadavg()[0], 1),
        }
        print(json.dumps(answer, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
