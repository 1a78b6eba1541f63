"""What the wall of 2,000 channels costs each second, and how late the window is meanwhile.

Builds a store of 2,000 channels with 100 events each, and one of 20 channels beside it, and prints
JSON: milliseconds (p50, p95) of a look, of a page of lines and of a channel's events, and their
ratios to the small store, all in one run. With `--window` it opens the wall for some seconds while
all channels give signs of life every second, and prints how late ticks of its event loop came.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from helpers.wall_store import MadeChannel, MadeEvent, beat, put_channels

from core.domain.channel import ChannelEventKind, ChannelState
from core.review.channel import Wall, WallOrder, WallQuery
from core.store.store import Store

_TICK_MS = 5


def build(path: Path, channels: int, events: int) -> None:
    """Fill a store: each tenth event is a finding, one channel in twenty is not live."""
    rng = random.Random(3)
    kind = ChannelEventKind
    states = (ChannelState.BEHIND, ChannelState.RECONNECTING, ChannelState.FAILED)
    made = []
    for number in range(channels):
        happened = tuple(
            MadeEvent(
                kind.FINDING if n % 10 == 0 else kind.GAP,
                rng.uniform(1, 86400),
                "Nothing was received.",
                2.0,
                "freeze" if n % 10 == 0 else "",
                "issue" if n % 10 == 0 else "",
            )
            for n in range(events)
        )
        state = rng.choice(states) if number % 20 == 0 else ChannelState.LIVE
        made.append(MadeChannel(f"Channel {number:04}", state, 0.5, events=happened))
    Store.open(path).close()
    put_channels(path, made)


Series = list[tuple[float, float]]


def timed(work: Callable[[], object], count: int) -> Series:
    """Milliseconds of each of so many calls: by the wall's clock, and of the processor."""
    took = []
    for _ in range(count):
        began, busy = time.perf_counter(), time.process_time()
        work()
        took.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - busy)))
    return took


def measure(path: Path, count: int) -> dict[str, Series]:
    """All series of one store."""
    with Store.open(path) as store:
        first = timed(lambda: Wall(store).look(), 3)
        wall = Wall(store)
        seen = wall.look().keys[:100]
        return {
            "first_look": first,
            "look": timed(lambda: wall.look(WallQuery(), seen), count),
            "filtered_look": timed(lambda: wall.look(WallQuery("channel 1"), seen), count),
            "lines": timed(lambda: wall.lines(seen[:60]), count),
            "by_last_flag": timed(lambda: wall.look(WallQuery(order=WallOrder.FINDING)), count),
            "events": timed(lambda: wall.events(seen[0], 200), count),
        }


def lateness(path: Path, seconds: float) -> dict[str, float]:
    """Show the wall while every channel is heard each second.

    Returns:
        Milliseconds by which ticks of the event loop came late, and looks that were shown.
    """
    from helpers.desk_walk import Steps, walk
    from PySide6.QtCore import QTimer

    from gui.desk.desk import Desk

    late: list[float] = []
    looks: list[float] = []
    done = threading.Event()
    with Store.open(path) as store:
        keys = [glance.id for glance in store.channel_list.glances()]

    def write() -> None:
        while not done.wait(1.0):
            beat(path, keys)

    def steps(desk: Desk) -> Steps:
        yield lambda: desk.idle
        desk.wall.toggle()
        view = desk.wall.view
        yield lambda: view.model.rowCount() > 0 and desk.idle
        view.model.dataChanged.connect(lambda *_: looks.append(time.perf_counter()))
        view.model.modelReset.connect(lambda: looks.append(time.perf_counter()))
        before = [time.perf_counter()]

        def tick() -> None:
            now = time.perf_counter()
            late.append(1000 * (now - before[0]) - _TICK_MS)
            before[0] = now

        timer = QTimer(desk)
        timer.setInterval(_TICK_MS)
        timer.timeout.connect(tick)
        timer.start()
        began = time.perf_counter()
        bar = view.grid.verticalScrollBar()
        while time.perf_counter() - began < seconds:
            moment = time.perf_counter()
            bar.setValue((bar.value() + 400) % max(bar.maximum(), 1))
            yield lambda since=moment: time.perf_counter() - since > 0.4
        timer.stop()

    writer = threading.Thread(target=write, name="monitors")
    writer.start()
    try:
        walk(["--store", str(path)], steps)
    finally:
        done.set()
        writer.join()
    figures = {
        f"late_{name}_ms": round(float(np.percentile(late, part)), 1)
        for name, part in (("p50", 50), ("p95", 95), ("p99", 99), ("worst", 100))
    }
    return {**figures, "looks_shown": len(looks), "seconds": seconds}


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=2000)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--window", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.db", Path(folder) / "small.db"
        build(large, options.channels, options.events)
        build(small, 20, options.events)
        many, few = measure(large, options.count), measure(small, options.count)
        report: dict[str, object] = {
            name: {
                "p50_ms": round(float(np.percentile([t[0] for t in took], 50)), 1),
                "p95_ms": round(float(np.percentile([t[0] for t in took], 95)), 1),
                "processor_p50_ms": round(float(np.median([t[1] for t in took])), 1),
                "processor_ratio_to_20": round(
                    float(np.median([t[1] for t in took]) / np.median([t[1] for t in few[name]])), 1
                ),
            }
            for name, took in many.items()
        }
        if options.window:
            report["window"] = lateness(large, 20.0)
            report["window_of_20"] = lateness(small, 20.0)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
