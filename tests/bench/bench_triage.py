"""How long a reviewer waits for the next picture: prints JSON.

The desk runs through its real `main()` on a clip of 1080p25 whose store holds made-up findings, in
triage mode, looping around each flag. Keys are pressed as a person would; time runs from the key
to the instant at which the first picture of the next flag has been painted. *Prefetched*: the
picture was read ahead. *Cold*: nothing was. *Paced*: a key every so often, as it comes. In the
same run the frames are decoded by hand from their key frames, which no cold jump can beat. *First*
is whatever is painted first, which may be the key frame before the exact picture. *Own
work* is the processor time of the desk's own thread until then, whatever else the machine does.

    python tests/bench/bench_triage.py [--keys 60] [--pace 1.2]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from helpers.bench_clip import bench_clip
from helpers.desk_walk import press, walk
from helpers.triage_store import fill_store, finding
from PySide6.QtCore import Qt

from core.domain.finding import Finding
from core.domain.title import Title
from core.media.packet_index import PacketIndex
from core.media.probe import probe
from core.media.reader import VideoReader
from gui.desk.desk import Desk
from gui.player.picture_queue import Picture

_SECONDS = 60
_SETTLE_S = 0.8
_Steps = Iterator[Callable[[], object]]


def _findings(title: Title, count: int) -> list[Finding]:
    """Findings all over the title, of kinds that make no incidents, with scores at random."""
    chance = random.Random(3)
    kinds = ("black", "freeze", "blur", "hum")
    room_s = (_SECONDS - 6) / count
    return [
        finding(title, 2 + i * room_s, 0.4, kinds[i % 4], chance.uniform(0.5, 1.0))
        for i in range(count)
    ]


class _Watch:
    """Presses keys and times pictures."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pressed_s = 0.0
        self.goal = 0
        self.first_ms: float | None = None
        self.exact_ms: float | None = None
        self.pressed_cpu_s = 0.0
        self.own_ms = 0.0
        desk.parts.picture.picture_painted.connect(self._on_painted)

    def _on_painted(self, picture: Picture) -> None:
        took_ms = (time.perf_counter() - self.pressed_s) * 1000
        if self.first_ms is None:
            self.first_ms = took_ms
        if self.exact_ms is None and not picture.provisional and picture.pts == self.goal:
            self.exact_ms = took_ms
            self.own_ms = (time.thread_time() - self.pressed_cpu_s) * 1000

    def decide(self) -> None:
        """Press the key of a verdict; the desk goes on to the next undecided flag."""
        desk = self.desk
        (following, *_) = desk.parts.queue.upcoming(desk.review.deciding, 1)
        source = desk.player.packets
        assert source is not None
        start = desk.selection.starts_at(following)
        self.goal = int(source.floor(start.pts))
        self.first_ms = self.exact_ms = None
        self.pressed_s, self.pressed_cpu_s = time.perf_counter(), time.thread_time()
        press(desk, Qt.Key.Key_4)


def _rest(seconds: float) -> Callable[[], bool]:
    until_s = time.monotonic() + seconds
    return lambda: time.monotonic() >= until_s


def _steps(desk: Desk, keys: int, pace_s: float, figures: dict[str, object]) -> _Steps:
    yield lambda: desk.idle and bool(desk.snapshot.flags)
    desk.actions["review.incidents"].setChecked(False)
    desk.actions["review.order"].trigger()
    desk.actions["review.order"].trigger()
    watch, ahead = _Watch(desk), desk.triage.ahead
    press(desk, Qt.Key.Key_F2)
    yield _rest(2.0)
    for name in ("prefetched", "cold", "paced"):
        times: list[float] = []
        firsts: list[float] = []
        own: list[float] = []
        late = 0
        ahead.enabled = name != "cold"
        dropped = desk.player.dropped
        for _ in range(keys):
            if name == "prefetched":
                coming = desk.parts.queue.upcoming(desk.review.deciding, 1)[0]
                yield lambda flag=coming: ahead.holds(flag)  # type: ignore[misc]
            else:
                ahead.forget() if name == "cold" else None
                yield _rest(pace_s if name == "paced" else _SETTLE_S)
            watch.decide()
            yield lambda: watch.exact_ms is not None
            assert watch.exact_ms is not None
            times.append(watch.exact_ms)
            firsts.append(watch.first_ms or 0.0)
            own.append(watch.own_ms)
            late += watch.exact_ms > 50
        figures[name] = {
            "first_picture": _percentiles(firsts),
            "exact_picture": _percentiles(times),
            "later_than_50_ms": late,
            "own_work": _percentiles(own),
            "dropped": desk.player.dropped - dropped,
        }


def _bare(title: Title, index: PacketIndex, places_s: list[float]) -> dict[str, float]:
    """Jumping to a key frame and decoding up to the frame, with nothing around it."""
    times = []
    with VideoReader(title.path, title.video[0], index, behind_bytes=1) as reader:
        for at_s in places_s:
            started_s = time.perf_counter()
            reader.frame_at(round(at_s / float(title.video[0].base)))
            times.append((time.perf_counter() - started_s) * 1000)
    return _percentiles(times)


def _percentiles(values_ms: list[float]) -> dict[str, float]:
    ordered = sorted(values_ms)
    return {
        "n": len(ordered),
        "p50_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)], 1),
        "max_ms": round(ordered[-1], 1),
    }


def main() -> int:
    """Make clip and store, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keys", type=int, default=60, help="of each kind")
    parser.add_argument("--pace", type=float, default=1.2, help="seconds between paced keys")
    options = parser.parse_args()
    title = probe(bench_clip(_SECONDS))
    index = PacketIndex.build(title.path, title.video[0].index)
    figures: dict[str, object] = {
        "clip": f"1080p25, a key frame every {len(index.frame_pts) / len(index.starts) / 25:.1f} s",
        "load_average": [round(value, 2) for value in os.getloadavg()],
    }
    found = _findings(title, 3 * options.keys + 10)
    chance = random.Random(5)
    places = [one.span.start_s - 1.0 for one in chance.sample(found, min(40, len(found)))]
    figures["bare_decode"] = _bare(title, index, places)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ONGLASS_HOME"] = folder
        store = Path(folder) / "bench.db"
        fill_store(store, title, found)
        arguments = [str(title.path), "--store", str(store), "--size", "1280x720"]
        code = walk(
            arguments, lambda desk: _steps(desk, options.keys, options.pace, figures), 120.0
        )
    figures["load_average_after"] = [round(value, 2) for value in os.getloadavg()]
    print(json.dumps(figures, indent=2))
    return code


if __name__ == "__main__":
    sys.exit(main())
