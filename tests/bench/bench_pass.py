"""Full pass of all detectors against decoding alone, for the same clip in one run.

The clip is natural content at 1080p25 with grain and stereo sound, H.264 at 8 Mb/s, as the stack
was measured with. Runs of the three kinds take turns; medians are compared. Prints JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from core.analysis.pipeline import measure_title
from core.catalog.table import DETECTORS
from core.domain.title import Title
from core.media.audio import AudioReader
from core.media.decode_pass import DecodePass
from core.media.probe import probe
from core.media.reader import VideoReader
from core.media.writer import write_title

SECONDS = 24
RATE = 25
SIZE = (1920, 1080)
RUNS = 5
TARGET = 1.3
REPOSITORY = Path(__file__).resolve().parents[2]
ASSETS = Path(os.environ.get("ONGLASS_ASSETS", REPOSITORY.parent / "shared" / "assets"))
SOURCE = ASSETS / "media" / "natural" / "opossum_snow.mp4"


def grainy(picture: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    big = cv2.resize(picture, SIZE, interpolation=cv2.INTER_CUBIC)
    grain = random.integers(-5, 6, (SIZE[1], SIZE[0], 1), np.int16)
    return np.asarray(np.clip(big + grain, 0, 255), np.uint8)


def pictures(source: Title | None) -> Iterator[NDArray[np.uint8]]:
    random = np.random.default_rng(1)
    if source is None:
        scene = cv2.GaussianBlur(
            random.integers(0, 256, (1400, 2400, 3)).astype(np.uint8), (0, 0), 3
        )
        for i in range(SECONDS * RATE):
            yield grainy(np.ascontiguousarray(scene[i // 4 :, i // 2 :][:1080, :1920]), random)
        return
    with VideoReader(source.path, source.video[0]) as reader:
        for number, frame in enumerate(reader.frames(None)):
            if number >= SECONDS * RATE:
                return
            yield grainy(frame.rgb(), random)


def sound(source: Title | None) -> NDArray[np.float32]:
    if source is None:
        random = np.random.default_rng(2)
        return random.normal(0, 0.1, (2, SECONDS * 48000)).astype(np.float32)
    with AudioReader(source.path, source.audio[0]) as reader:
        samples = reader.read(0.0, SECONDS * source.audio[0].sample_rate)
    return np.ascontiguousarray(np.repeat(samples[:1], 2, axis=0))


def make_clip(path: Path) -> None:
    source = probe(SOURCE) if SOURCE.exists() else None
    rate = source.audio[0].sample_rate if source is not None else 48000
    write_title(path, pictures(source), RATE, sound(source), rate, bitrate=8_000_000)


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
    clip = Path(tempfile.gettempdir()) / "onglass-bench" / "pass_1080p25.mp4"
    if not clip.exists():
        clip.parent.mkdir(parents=True, exist_ok=True)
        make_clip(clip)
    title = probe(clip)
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
            "from": SOURCE.name if SOURCE.exists() else "noise",
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
