"""Full pass of all detectors against decoding alone, for the same clip in one run.

The clip is natural content at 1080p25 with grain and stereo sound, H.264 at 8 Mb/s, as the stack
was measured with. Runs of the three kinds take turns; medians are compared. Prints JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import av
from helpers.bench_clip import SIZE, bench_clip, source_file

from core.analysis.pipeline import measure_title
from core.catalog.table import DETECTORS
from core.domain.title import Title
from core.media.decode_pass import DecodePass
from core.media.probe import probe

SECONDS = 24
RUNS = 5
TARGET = 1.3


def decode_bare(title: Title) -> None:
    with av.open(str(title.path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for packet in container.demux(container.streams.video[0], container.streams.audio[0]):
            for _ in packet.decode():
                pass


def decode_pass(title: Title) -> None:
    for _ in DecodePass(title, title.video[0], title.audio):
        pass


def full_pass(title: Title) -> None:
    measure_title(title)


def seconds_of(work: Callable[[Title], None], title: Title) -> float:
    began = time.perf_counter()
    work(title)
    return time.perf_counter() - began


def main() -> None:
    title = probe(bench_clip(SECONDS))
    works = {"bare": decode_bare, "decode": decode_pass, "full": full_pass}
    times: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(RUNS + 1):
        for name, work in works.items():
            taken = seconds_of(work, title)
            if turn:  # The first turn warms the file cache and imports.
                times[name].append(taken)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratios = [full / alone for full, alone in zip(times["full"], times["decode"], strict=True)]
    report = {
        "clip": {
            "seconds": title.duration_s,
            "size": SIZE,
            "bytes": title.size_bytes,
            "from": source_file().name if source_file().exists() else "noise",
        },
        "detectors": list(DETECTORS),
        "cores": os.cpu_count(),
        "median_s": {name: round(value, 3) for name, value in medians.items()},
        "full_to_decode": round(medians["full"] / medians["decode"], 3),
        "full_to_decode_by_turn": [round(ratio, 3) for ratio in ratios],
        "full_to_bare": round(medians["full"] / medians["bare"], 3),
        "target": TARGET,
        "met": medians["full"] / medians["decode"] <= TARGET,
        "times_real_time": round(title.duration_s / medians["full"], 2),
    }
    json.dump(report, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
