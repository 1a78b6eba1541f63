"""What analysing costs by detector and size of picture, and what the store and the engine add.

Processor time is measured, so that what runs beside matters little (some 20 % by shared caches).
Decoding is measured apart; each detector alone, fed from memory; all of them together; networks by
the difference that they make to a whole pass. Clips: real material at about 540p and 1080p where
the test assets are, else made. The store's growth is that of an analysed clip; the engine's costs
are those of many tiny titles through the driver, with one worker and with two.

Usage: bench_capacity.py [--seconds N] [--titles N] [--write] [--only costs|engine]

`--write` puts the figures where `onglass capacity` reads them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from helpers.assets import assets_dir
from helpers.bench_clip import bench_clip

from core.analysis.measure import measure_title
from core.analysis.meter import Meter
from core.analysis.pipeline import analyse
from core.analysis.plan import choose, plan
from core.catalog.table import DETECTORS
from core.detectors.registry import detector_class
from core.domain.media import AudioBlock
from core.domain.profile import DEFAULT_PROFILE
from core.domain.title import Stream, Title
from core.jobs.request import AnalyseRequest
from core.media.decode_pass import DecodePass
from core.media.frame import VideoFrame
from core.media.probe import probe
from core.scan.cost import NETWORKS, cost_file
from core.scan.pace import reference_speed
from core.store.store import Store

PLAIN = tuple(name for name in DETECTORS if name not in NETWORKS)
PICTURES = 60


def clips(seconds: int) -> dict[str, Title]:
    """What is measured on: about 540p and 1080p, both with sound."""
    real = assets_dir() / "media" / "natural" / "propainter_running_car.mp4"
    large = probe(bench_clip(seconds))
    return {"540p": probe(real) if real.exists() else large, "1080p": large}


def cpu_s(work: Any) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def decode(title: Title, video: bool, audio: bool) -> None:
    streams = title.audio[:1] if audio else ()
    for _ in DecodePass(title, title.video[0] if video else None, streams):
        pass


def fed(stream: Stream, specs: Sequence[Any], items: Sequence[VideoFrame | AudioBlock]) -> float:
    """Processor-seconds of some detectors over frames or blocks in memory; the best of two."""
    taken = []
    for _ in range(2):
        meter = Meter(stream, specs)
        began = time.process_time()
        for item in items:
            if isinstance(item, VideoFrame):
                meter.take_frame(item)
            else:
                meter.take_block(item)
        meter.finish()
        taken.append(time.process_time() - began)
    return min(taken)


def alone(title: Title, stream: Stream, count: float, items: Sequence[Any]) -> dict[str, Any]:
    """Milliseconds a picture or a second of sound: each detector, and all together."""
    specs = plan(title, choose(DEFAULT_PROFILE, PLAIN)).specs[stream.index]
    fed(stream, specs, items[:5])
    each = {spec.id: round(1000 * fed(stream, [spec], items) / count, 4) for spec in specs}
    return {"own_ms": each, "together_ms": round(1000 * fed(stream, specs, items) / count, 4)}


def size_cost(title: Title) -> dict[str, Any]:
    """What a picture of a clip costs."""
    video = title.video[0]
    frames = [
        item
        for item in islice(DecodePass(title, video, ()), PICTURES * 2)
        if isinstance(item, VideoFrame)
    ][:PICTURES]
    pictures = title.duration_s * float(video.rate)
    decode_ms = 1000 * min(cpu_s(lambda: decode(title, True, False)) for _ in range(2)) / pictures
    measured = alone(title, video, len(frames), frames)
    del frames
    there = [n for n in NETWORKS if n in DETECTORS and not detector_class(n).missing()]
    seen = [name for name in there if name in ("block_corruption", "lipsync")]
    bare = cpu_s(lambda: measure_title(title, ["black"]))
    extra = {
        name: round(1000 * max(cpu_s(lambda: measure_title(title, ["black", name])) - bare, 0))
        for name in seen
    }
    own = {**measured["own_ms"], **{name: ms / pictures for name, ms in extra.items()}}
    # Networks share nothing to speak of with the others.
    together = measured["together_ms"] + sum(ms / pictures for ms in extra.values())
    return {
        "pixels": video.width * video.height,
        "size": f"{video.width}x{video.height}",
        "codec": video.codec,
        "rate": float(video.rate),
        "bits_s": round(title.size_bytes * 8 / title.duration_s),
        "decode_ms": round(decode_ms, 4),
        "own_ms": own,
        "together_ms": round(together, 4),
    }


def sound_cost(title: Title) -> dict[str, Any]:
    """What a second of a clip's sound costs."""
    audio = title.audio[0]
    blocks = [i for i in DecodePass(title, None, (audio,)) if isinstance(i, AudioBlock)]
    heard_s = sum(block.samples.shape[1] / block.rate for block in blocks)
    measured = alone(title, audio, heard_s, blocks)
    own, together = measured["own_ms"], measured["together_ms"]
    if not detector_class("audio_artifact").missing():
        spec = choose(DEFAULT_PROFILE, ["audio_artifact"])
        fed(audio, spec, blocks[:50])
        ms = 1000 * fed(audio, spec, blocks) / heard_s
        own, together = {**own, "audio_artifact": round(ms, 4)}, together + ms
    decode_ms = 1000 * cpu_s(lambda: decode(title, False, True)) / heard_s
    return {
        "sound_decode_ms": round(decode_ms, 4),
        "sound_ms": own,
        "sound_together_ms": round(together, 4),
    }


def store_cost(title: Title, folder: Path) -> dict[str, float]:
    """What an analysed hour adds to a store, and how fast that is backed up."""
    path = folder / "store.sqlite"
    with Store.open(f"sqlite:///{path}") as store:
        before = path.stat().st_size
        detectors = tuple(n for n in DETECTORS if not detector_class(n).missing())
        run = analyse(AnalyseRequest(title.path, store.url, detectors=detectors), store)
        tracks = store.tracks.load(run.run_id)
        found = len(store.findings.of(run.run_id))
    grown = path.stat().st_size - before
    hours = title.duration_s / 3600
    return {
        "bytes_hour": round(grown / hours),
        "rows_hour": round((sum(len(track) for track in tracks) + found) / hours),
    }


def memory_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def whole_pass(title: Title) -> dict[str, float]:
    """The pass as it is, for the model to be held against; and the cores that it keeps busy."""
    began, cpu = time.monotonic(), time.process_time()
    measure_title(title, PLAIN)
    used = time.process_time() - cpu
    return {"cpu_s": round(used, 2), "cores_used": round(used / (time.monotonic() - began), 2)}


def costs(seconds: int) -> dict[str, Any]:
    there = clips(seconds)
    small, large = there["540p"], there["1080p"]
    measure_title(small, PLAIN)  # Imports and caches are warm from here on.
    passes = {name: whole_pass(title) for name, title in there.items()}
    plain_mib = memory_mib()
    with tempfile.TemporaryDirectory() as folder:
        report = {
            "machine": f"{platform.machine()}, {platform.system()}",
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0],
            "reference": round(reference_speed(), 1),
            "sizes": [size_cost(small), size_cost(large)],
            **sound_cost(small),
            **store_cost(small, Path(folder)),
        }
    report["memory_mib"] = {"plain": round(plain_mib), "networks": round(memory_mib())}
    report["pass"] = passes
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--titles", type=int, default=24)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    report = costs(chosen.seconds)
    if chosen.write:
        path = cost_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        former = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps({**former, **report}, indent=1) + "\n")
    json.dump(report, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
