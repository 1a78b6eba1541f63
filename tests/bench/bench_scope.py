"""What scopes cost while a title of 1080p25 plays in the real desk; prints JSON.

Played for ten seconds twice: with everything off, and with all scopes, meters, false colour and
safe areas on. Figures: dropped frames, how late the GUI thread is and what it works a frame,
milliseconds of processor time a frame for each scope, and how many frames had their scopes
passed over for a newer one.

    python tests/bench/bench_scope.py [FILE]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

import cv2
from bench.bench_lateness import Lateness
from helpers.bench_clip import bench_clip
from helpers.desk_walk import Steps, walk

from gui.desk.desk import Desk
from gui.scopes.lane import ScopeMade

_WATCH_S = 10.0
_CLIP_S = 12
_ALL = ("waveform", "parade", "vector", "histogram", "meters", "phase", "zones", "safe")


def main() -> int:
    """Play twice and print what was seen."""
    clip = Path(sys.argv[1]) if len(sys.argv) > 1 else bench_clip(_CLIP_S)
    lateness = Lateness()
    report: dict[str, object] = {"cores": os.cpu_count(), "load": os.getloadavg()[0]}
    made: list[ScopeMade] = []
    shown: list[object] = []
    # The figures are those of one thread each.
    cv2.setNumThreads(1)

    def visit(desk: Desk) -> Steps:
        desk.selection.looping = False
        yield lambda: desk.title is not None and desk.parts.picture.picture is not None
        yield lambda: desk.idle
        desk.scope._lane.made.connect(made.append)
        desk.player.frame_shown.connect(shown.append)
        for state in ("off", "on"):
            for name in _ALL if state == "on" else ():
                desk.actions[f"scope.{name}"].setChecked(True)
            desk.player.seek_start()
            yield lambda: desk.idle and desk.player.position.seconds < 0.1
            made.clear()
            dropped, passed = desk.player.dropped, desk.scope.passed_over
            desk.player.play()
            yield lambda: desk.player.clock.running
            lateness.watch(state)
            begun_s, cpu_s = time.perf_counter(), time.process_time()
            gui_s, frames = time.thread_time(), len(shown)
            yield _after(begun_s + _WATCH_S)
            lateness.watch("")
            took_s = time.perf_counter() - begun_s
            report[state] = {
                "dropped": desk.player.dropped - dropped,
                "cpu_share": round((time.process_time() - cpu_s) / took_s, 2),
                "gui_ms_a_frame": _per_frame(time.thread_time() - gui_s, len(shown) - frames),
                "shown": len(shown) - frames,
                "late_ms": _summary(lateness.samples[state]),
                "scoped": len(made),
                "passed_over": desk.scope.passed_over - passed,
                "lines": sorted({f"1 in {done.step}" for done in made}),
                "ms": _costs(made),
            }
            desk.player.pause()
            yield lambda: desk.idle

    with tempfile.TemporaryDirectory() as folder:
        os.environ["ONGLASS_HOME"] = folder
        settings = Path(folder) / "config" / "settings.toml"
        settings.parent.mkdir()
        settings.write_text("[general]\nanalyse_on_open = false\n", encoding="utf-8")
        walk([str(clip), "--store", str(Path(folder) / "store.db")], visit)
    print(json.dumps(report, indent=2))
    return 0


def _per_frame(seconds: float, frames: int) -> float:
    return round(seconds * 1000 / max(frames, 1), 2)


def _after(instant_s: float) -> Callable[[], bool]:
    return lambda: time.perf_counter() >= instant_s


def _summary(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "p50": round(statistics.median(ordered), 2),
        "p99": round(ordered[int(len(ordered) * 0.99)], 2),
        "max": round(ordered[-1], 1),
    }


def _costs(made: list[ScopeMade]) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of each scope's milliseconds."""
    names = {name for done in made for name in done.ms}
    found = {}
    for name in sorted(names):
        each = sorted(done.ms[name] for done in made if name in done.ms)
        found[name] = {
            "p50": round(statistics.median(each), 2),
            "p95": round(each[int(len(each) * 0.95)], 2),
        }
    return found


if __name__ == "__main__":
    sys.exit(main())
