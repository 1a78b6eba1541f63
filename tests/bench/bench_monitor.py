"""What a channel costs: core seconds a second of stream, by detector and by level.

    python tests/bench/bench_monitor.py [SECONDS | FILE]

A 1080p25 clip of some length, or a file, is analysed as a channel is, in one thread, as fast as it
goes. Costs are processor time of the whole process, so that other work on the machine does not
count; each detector is charged with what it adds to decoding alone. Once a second of stream the
last minute is decided.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from helpers.bench_clip import bench_clip

from core.catalog.spec import DetectorSpec
from core.domain.profile import DEFAULT_PROFILE
from core.media.live.decoder import LiveDecoder
from core.media.live.reader import LivePacket, LiveReader
from core.media.live.ring import Ring, RingLimits
from core.media.live.source import LiveSource
from core.media.probe import probe
from core.scan.monitor.level import Level, at_level, watching
from core.scan.monitor.stretch import Stretch


def _packets(path: Path) -> tuple[LiveReader, list[LivePacket]]:
    reader = LiveReader.open(LiveSource(str(path), shown=path.name), 10.0)
    return reader, list(reader.packets())


def _decode(path: Path) -> float:
    reader, items = _packets(path)
    decoder = LiveDecoder(reader)
    began = time.process_time()
    for item in items:
        for _ in decoder.take(item):
            pass
    spent = time.process_time() - began
    reader.close()
    return spent


def _ring(path: Path, folder: Path) -> float:
    reader, items = _packets(path)
    ring = Ring(folder, RingLimits())
    ring.begin(reader)
    began = time.process_time()
    for item in items:
        ring.take(item)
    ring.close()
    spent = time.process_time() - began
    reader.close()
    return spent


def _watch(
    path: Path, specs: tuple[DetectorSpec, ...], key_only: bool = False
) -> tuple[float, float]:
    """Core seconds of all, and of the decisions among them."""
    reader, items = _packets(path)
    stretch = Stretch(reader, specs, DEFAULT_PROFILE, key_only=key_only)
    began = time.process_time()
    deciding, due = 0.0, None
    for item in items:
        stretch.take(item)
        if item.at is not None and (due is None or item.at >= due):
            due = item.at + 1
            start = time.process_time()
            stretch.decide()
            deciding += time.process_time() - start
    spent = time.process_time() - began
    reader.close()
    return spent, deciding


def main(what: str = "12") -> None:
    """Print one line a detector and a level."""
    path = Path(what) if not what.isdecimal() else bench_clip(int(what))
    title = probe(path)
    seconds, (width, height) = title.duration_s, title.video[0].display_size
    specs, _ = watching(DEFAULT_PROFILE)
    _watch(path, specs)  # Loads weights and warms caches.
    decode = _decode(path)
    print(f"{width} x {height}, {seconds:.0f} s; core seconds a second of stream")
    print(f"{'decoding':24}{decode / seconds:8.3f}")
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'ring':24}{_ring(path, Path(folder)) / seconds:8.3f}")
    for spec in specs:
        cost = _watch(path, watching(DEFAULT_PROFILE, (spec.id,))[0])[0] - decode
        print(f"{spec.id:24}{max(cost, 0.0) / seconds:8.3f}", flush=True)
    for level in reversed(Level):
        cost, deciding = _watch(path, at_level(specs, level), level is Level.SPARSE)
        print(
            f"level {level.title:18}{cost / seconds:8.3f}  of it deciding "
            f"{deciding / seconds:.3f}; {seconds / cost:.2f} channels a core",
            flush=True,
        )


if __name__ == "__main__":
    main(*sys.argv[1:2])
