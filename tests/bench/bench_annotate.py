"""How late the GUI thread is while masks are drawn, and while a round runs beside playback.

A precise 5 ms timer runs in the real desk with the workspace open, on ten seconds of 720p: nothing
is done, strokes are drawn as a hand would, it plays, it plays while the real second worker does a
round. Frames that were due and never shown are counted in both kinds of playback.

    python tests/bench/bench_annotate.py [FILE]
"""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from bench_lateness import Lateness
from helpers.assets import assets_dir
from helpers.desk_walk import Steps, press, walk
from helpers.mask_desk import LEFT, bench_of, labels, make_scene, open_masks, ready, stroke
from PySide6.QtCore import Qt

from core.media.probe import probe
from gui.desk.desk import Desk

_CLIP = assets_dir() / "media" / "natural" / "sam2_01_dog.mp4"
_WATCH_S = 8.0
_STROKE_POINTS = 60
_QUIET, _DRAWN = "open", "drawing"
_PLAYED, _ROUND = "playing", "playing during a round"


def main() -> int:
    """Print lateness by state, frames dropped, and how long the round took."""
    folder = Path(tempfile.mkdtemp(prefix="onglass-bench-"))
    os.environ["ONGLASS_HOME"] = str(folder / "home")
    clip = Path(sys.argv[1]) if len(sys.argv) > 1 else _CLIP
    if not clip.exists():
        clip = make_scene(folder / "scene.mp4", 10.0, (1280, 720)).path
    title = probe(clip)
    width, height = title.video[0].width, title.video[0].height
    watch, dropped = Lateness(), dict[str, int]()
    took: dict[str, float] = {}

    def over(since: float) -> bool:
        return time.monotonic() - since > _WATCH_S

    def idle(desk: Desk) -> Steps:
        watch.watch(_QUIET)
        since = time.monotonic()
        yield lambda: over(since)
        watch.watch("")

    def draw(desk: Desk) -> Steps:
        bench_of(desk).panel.brush.setValue(40)
        watch.watch(_DRAWN)
        since, turn = time.monotonic(), 0
        while not over(since):
            across = [
                (
                    width * (0.3 + 0.4 * n / _STROKE_POINTS),
                    height * (0.4 + 0.2 * math.sin(n / 6 + turn)),
                )
                for n in range(_STROKE_POINTS)
            ]
            # A point each time that the loop comes round, as a mouse sends them.
            for step in stroke(desk, across, LEFT):
                step()
                yield lambda: True
            turn += 1
        watch.watch("")
        yield lambda: ready(desk)

    def play(desk: Desk, state: str) -> Steps:
        desk.player.seek_start()
        before = desk.player.dropped
        press(desk, Qt.Key.Key_Space)
        yield lambda: desk.player.playing
        watch.watch(state)
        since = time.monotonic()
        yield lambda: over(since)
        watch.watch("")
        dropped[state] = desk.player.dropped - before
        desk.player.pause()
        yield lambda: not desk.player.playing

    def visit(desk: Desk) -> Steps:
        # An analysis would be measured along with it.
        desk.settings.set("general.analyse_on_open", False)
        yield from open_masks(desk, "dog")
        yield lambda: desk.idle and not desk.analysis.running
        yield from idle(desk)
        yield from draw(desk)
        press(desk, Qt.Key.Key_Return)
        yield lambda: ready(desk)
        yield from play(desk, _PLAYED)
        began = time.monotonic()
        press(desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        yield lambda: desk.annotate.rounds.running
        box = bench_of(desk).rounds
        yield lambda: box.bar.value() > 0 or not desk.annotate.rounds.running
        yield from play(desk, _ROUND)
        yield lambda: not desk.annotate.rounds.running
        took["round_s"] = round(time.monotonic() - began, 1)
        yield lambda: ready(desk) and desk.annotate.overview and desk.annotate.overview.round
        took["predicted_share"] = round(float((labels(desk) == 1).mean()), 4)

    settings = ["--store", str(folder / "bench.db"), "--size", "1280x720"]
    walk([str(clip), *settings], visit, 1500.0)
    report = {
        state: {
            "median_ms": round(float(np.median(late)), 2),
            "p99_ms": round(float(np.quantile(late, 0.99)), 2),
            "worst_ms": round(max(late), 1),
            "samples": len(late),
        }
        for state, late in watch.samples.items()
    }
    p99 = {state: max(values["p99_ms"], 0.01) for state, values in report.items()}
    ratios = {
        "drawing_to_open": round(p99[_DRAWN] / p99[_QUIET], 2),
        "round_to_playing": round(p99[_ROUND] / p99[_PLAYED], 2),
    }
    print(json.dumps({**report, "p99_ratio": ratios, "dropped": dropped, **took}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
