"""What analysing costs by detector and size of picture, and what the store and the engine add.

Processor time is measured, so that what runs beside matters little (some 20 % by shared caches).
Decoding is measured apart; each detector alone, fed from memory; all of them together; networks by
the difference that they make to a whole pass. Clips: real material at about 540p and 1080p where
the test assets are, else made. The store's growth is that of an analysed clip; the engine's costs
are those of many tiny titles through the driver; for the simulation's check their tasks are made to
last a fixed time, with one worker and with two.

Usage: bench_capacity.py [--seconds N] [--titles N] [--write] [--only costs|engine|rest]

`--write` puts the figures where `onglass capacity` reads them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from fractions import Fraction
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import psutil
from helpers.assets import assets_dir
from helpers.bench_clip import bench_clip
from helpers.paced_worker import COMMAND

from core.analysis.measure import measure_title
from core.analysis.meter import Meter
from core.analysis.pipeline import analyse
from core.analysis.plan import choose, plan
from core.catalog.table import DETECTORS
from core.detectors.registry import detector_class
from core.domain.media import AudioBlock
from core.domain.profile import DEFAULT_PROFILE
from core.domain.time import Span
from core.domain.title import Stream, Title
from core.jobs.request import AnalyseRequest
from core.media.decode_pass import DecodePass
from core.media.frame import VideoFrame
from core.media.probe import probe
from core.media.writer import write_title
from core.scan.capacity import Work, simulate
from core.scan.cost import NETWORKS, cost_file
from core.scan.drive import drive
from core.scan.engine.local import LocalEngine
from core.scan.ledger import Order, make_batch
from core.scan.pace import reference_speed
from core.store.backup import backup
from core.store.store import Store

PLAIN = tuple(name for name in DETECTORS if name not in NETWORKS)
PICTURES = 24
STRETCH_S = 4
LARGE_MIB = 64
QUICK = ("black", "silence")


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
    """Processor-seconds of some detectors over frames or blocks in memory."""
    meter = Meter(stream, specs)
    began = time.process_time()
    for item in items:
        if isinstance(item, VideoFrame):
            meter.take_frame(item)
        else:
            meter.take_block(item)
    meter.finish()
    return time.process_time() - began


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
    stretch = Span.from_seconds(title.start.exact, title.start.exact + STRETCH_S, Fraction(1, 1000))
    stretch_pictures = min(pictures, STRETCH_S * float(video.rate))
    decode_ms = 1000 * cpu_s(lambda: decode(title, True, False)) / pictures
    measured = alone(title, video, len(frames), frames)
    del frames
    there = [n for n in NETWORKS if n in DETECTORS and not detector_class(n).missing()]
    seen = [name for name in there if name in ("block_corruption", "lipsync")]
    taken = {
        names: cpu_s(partial(measure_title, title, names, stretch))
        for names in (("black",), *(("black", name) for name in seen))
    }
    bare = taken["black",]
    extra = {
        names[1]: round(1000 * max(used - bare, 0.0) / stretch_pictures, 4)
        for names, used in taken.items()
        if len(names) > 1
    }
    own = {**measured["own_ms"], **extra}
    return {
        "pixels": video.width * video.height,
        "size": f"{video.width}x{video.height}",
        "codec": video.codec,
        "rate": float(video.rate),
        "bits_s": round(title.size_bytes * 8 / title.duration_s),
        "decode_ms": round(decode_ms, 4),
        "own_ms": own,
        "together_ms": measured["together_ms"],
    }


def sound_cost(title: Title) -> dict[str, Any]:
    """What a second of a clip's sound costs."""
    audio = title.audio[0]
    blocks = [i for i in DecodePass(title, None, (audio,)) if isinstance(i, AudioBlock)]
    heard_s = sum(block.samples.shape[1] / block.rate for block in blocks)
    measured = alone(title, audio, heard_s, blocks)
    own = measured["own_ms"]
    if not detector_class("audio_artifact").missing():
        spec = choose(DEFAULT_PROFILE, ["audio_artifact"])
        fed(audio, spec, blocks[:50])
        ms = 1000 * fed(audio, spec, blocks) / heard_s
        own = {**own, "audio_artifact": round(ms, 4)}
    decode_ms = 1000 * cpu_s(lambda: decode(title, False, True)) / heard_s
    return {
        "sound_decode_ms": round(decode_ms, 4),
        "sound_ms": own,
        "sound_together_ms": measured["together_ms"],
    }


def store_cost(title: Title, detectors: Sequence[str], folder: Path) -> tuple[float, float]:
    """Bytes and rows that an analysed hour adds to a store."""
    path = folder / f"{len(detectors)}.sqlite"
    with Store.open(f"sqlite:///{path}") as store:
        pass
    before = path.stat().st_size
    with Store.open(f"sqlite:///{path}") as store:
        run = analyse(AnalyseRequest(title.path, store.url, detectors=tuple(detectors)), store)
        rows = sum(len(track) for track in store.tracks.load(run.run_id))
        rows += len(store.findings.of(run.run_id))
    hours = title.duration_s / 3600
    return (path.stat().st_size - before) / hours, rows / hours


def backup_mib_s(folder: Path) -> float:
    """How fast a store of some size is backed up."""
    path = folder / "large.sqlite"
    with Store.open(f"sqlite:///{path}"):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("create table filling (piece blob)")
        pieces = ((os.urandom(1 << 20),) for _ in range(LARGE_MIB))
        connection.executemany("insert into filling values (?)", pieces)
    began = time.monotonic()
    backup(path, folder / "copy of large.sqlite")
    return LARGE_MIB / (time.monotonic() - began)


def worker_mib(title: Title, detectors: Sequence[str], folder: Path) -> float:
    """Most memory of a worker that analyses a title; 0 where the system does not tell."""
    path = folder / f"memory{len(detectors)}.sqlite"
    order = Order(detectors=tuple(detectors))
    with Store.open(f"sqlite:///{path}") as store, closing(LocalEngine(1)) as engine:
        drive(store, make_batch(store, "one", [title.path], order), engine)
        status = Path(f"/proc/{engine.pids[0]}/status")
        found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def whole_pass(title: Title) -> dict[str, float]:
    """The pass as it is, for the model to be held against; and the cores that it keeps busy."""
    began, cpu = time.monotonic(), time.process_time()
    measure_title(title, PLAIN)
    used = time.process_time() - cpu
    return {"cpu_s": round(used, 2), "cores_used": round(used / (time.monotonic() - began), 2)}


def costs(seconds: int) -> dict[str, Any]:
    both = clips(seconds)
    small, large = both["540p"], both["1080p"]
    stretch = Span.from_seconds(small.start.exact, small.start.exact + 1, Fraction(1, 1000))
    measure_title(small, span=stretch)  # Imports and networks are warm from here on.
    passes = {name: whole_pass(title) for name, title in both.items()}
    with tempfile.TemporaryDirectory() as folder:
        report = {
            "machine": f"{platform.machine()}, {platform.system()}",
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0],
            "reference": round(reference_speed(), 1),
            "sizes": [size_cost(small), size_cost(large)],
            **sound_cost(small),
        }
        long = probe(bench_clip(24))
        there = [n for n in NETWORKS if n in DETECTORS and not detector_class(n).missing()]
        plain = store_cost(long, PLAIN, Path(folder))
        short = store_cost(small, PLAIN, Path(folder))
        networks = store_cost(small, [*PLAIN, *there], Path(folder))
        for number, name in enumerate(("bytes_hour", "rows_hour")):
            more = networks[number] - short[number]
            report[name] = {
                "plain": round(plain[number]),
                "networks": round(plain[number] + more),
            }
    report["pass"] = passes
    return report


# The engine -------------------------------------------------------------------------------------


def many(count: int, folder: Path) -> list[Path]:
    """Short titles, each with other content, so that none is taken for another."""
    paths = []
    for number in range(count):
        chance = np.random.default_rng(number)
        scene = chance.integers(20, 230, (240, 460, 3)).astype(np.uint8)
        pictures = (np.ascontiguousarray(scene[i : i + 180, i : i + 320]) for i in range(50))
        sound = (chance.normal(0, 0.05, (2, 96000))).astype(np.float32)
        path = folder / f"{number:03d}.mp4"
        write_title(path, pictures, 25, sound, crf=32)
        paths.append(path)
    return paths


def run_batch(
    paths: Sequence[Path],
    workers: int,
    folder: Path,
    detectors: Sequence[str],
    command: Sequence[str] | None = None,
) -> dict[str, float]:
    """Some titles through the driver with warm workers: wall and processor seconds."""
    folder.mkdir()
    order = Order(detectors=tuple(detectors))
    with (
        Store.open(f"sqlite:///{folder / 'store.sqlite'}") as store,
        closing(LocalEngine(workers, command)) as engine,
    ):
        drive(store, make_batch(store, "warm", paths[:workers], order), engine)
        started = _cpu_of(engine.pids)
        waited = 0.0
        wait = engine.wait

        def timed(timeout_s: float) -> Any:
            nonlocal waited
            began = time.monotonic()
            news = wait(timeout_s)
            waited += time.monotonic() - began
            return news

        engine.wait = timed  # type: ignore[method-assign]
        batch = make_batch(store, "run", paths[workers:], order)
        began, cpu = time.monotonic(), time.thread_time()
        told = drive(store, batch, engine)
        wall = time.monotonic() - began
        used = _cpu_of(engine.pids) - started
        driver = time.thread_time() - cpu
    count = len(paths) - workers
    if told.done != count:
        raise SystemExit(f"{told.failed} titles failed: {told.errors}")
    return {
        "titles": count,
        "wall_s": wall,
        "driver_wall_s": wall - waited,
        "driver_cpu_s": driver,
        "worker_cpu_s": used,
        "start_cpu_s": started / workers,
    }


def _cpu_of(pids: Sequence[int]) -> float:
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)


def engine_cost(count: int) -> dict[str, Any]:
    """What the engine adds, and the simulation held against paced runs of one and two workers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "titles").mkdir()
        paths = many(count + 2, folder / "titles")
        title = probe(paths[0])
        measure_title(title, PLAIN)
        alone_s = min(cpu_s(lambda: measure_title(title, PLAIN)) for _ in range(3))
        real = run_batch(paths[: count + 1], 1, folder / "real", PLAIN)
        runs = {
            workers: run_batch(
                paths[: count + workers], workers, folder / f"paced{workers}", QUICK, COMMAND
            )
            for workers in (1, 2)
        }
    one = runs[1]
    writer_s = one["driver_wall_s"] / count
    works = [Work((one["wall_s"] - one["driver_wall_s"]) / count)] * count
    said = {workers: simulate(works, workers, writer_s).wall_s for workers in runs}
    return {
        "engine": {
            "start_s": round(real["start_cpu_s"], 2),
            "task_s": round(max(real["worker_cpu_s"] / count - alone_s, 0.0), 4),
            "writer_s": round(real["driver_cpu_s"] / count, 5),
        },
        "check": {
            "titles": count,
            "title_cpu_s": round(alone_s, 4),
            "wall_s": {str(n): round(run["wall_s"], 2) for n, run in runs.items()},
            "driver_wall_ms": round(1000 * writer_s, 2),
            "measured_ratio": round(one["wall_s"] / runs[2]["wall_s"], 3),
            "simulated_ratio": round(said[1] / said[2], 3),
            "error_percent": round(100 * (said[2] / runs[2]["wall_s"] - 1), 1),
            "load": os.getloadavg()[0],
        },
    }


def disk_and_memory(seconds: int) -> dict[str, Any]:
    there = [n for n in NETWORKS if n in DETECTORS and not detector_class(n).missing()]
    with tempfile.TemporaryDirectory() as name:
        folder, large = Path(name), clips(seconds)["1080p"]
        return {
            "backup_mib_s": round(backup_mib_s(folder), 1),
            "memory_mib": {
                "plain": round(worker_mib(large, PLAIN, folder)),
                "networks": round(worker_mib(large, [*PLAIN, *there], folder)),
            },
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--titles", type=int, default=24)
    parser.add_argument("--only", choices=("costs", "engine", "rest"), default="")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    report: dict[str, Any] = {}
    if chosen.only in ("", "costs"):
        report |= costs(chosen.seconds)
    if chosen.only in ("", "engine"):
        report |= engine_cost(chosen.titles)
    if chosen.only in ("", "rest"):
        report |= disk_and_memory(chosen.seconds)
    if chosen.write:
        path = cost_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        former = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps({**former, **report}, indent=1) + "\n")
    json.dump(report, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
