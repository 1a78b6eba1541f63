"""All detectors without a network in one pass, beside one `ffmpeg` command and QCTools.

One clip of 60 s, 1080p25, natural content with grain, H.264 at 8 Mb/s with stereo sound; all runs
on the same machine in one go. `bare` is PyAV decoding and throwing away, `decode` our pass without
detectors, `full` our pass with all of them that ask no network. These three take turns and their
medians count; the pass with the networks as well, the `ffmpeg` command of the same checks and
`qcli` run once each (they take minutes), `qcli` only when it is installed. Prints JSON with the
ratios and whether the targets are met.

With `--profile` it prints what each detector costs by itself instead: milliseconds a picture or a
second of sound, its views included, fed from memory; and all of them together, where views are
shared.

Usage: bench_checks.py [--seconds N] [--turns N] [--no-command] [--profile] [--detectors a,b]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import av
from helpers.bench_clip import bench_clip

from core.analysis.measure import measure_title
from core.analysis.meter import Meter
from core.analysis.plan import choose, plan
from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.detectors.registry import detector_class
from core.domain.media import AudioBlock
from core.domain.profile import DEFAULT_PROFILE
from core.domain.title import Stream, Title, VideoStream
from core.media.decode_pass import DecodePass
from core.media.frame import VideoFrame
from core.media.probe import probe

COMMAND_FASTER = 10.0
QCTOOLS_FASTER = 3.0
DECODE_MOST = 1.5
PROFILED_FRAMES = 150
PICTURE_CHECKS = (
    "blackdetect,freezedetect,blockdetect,blurdetect,signalstats=stat=tout+vrep+brng,idet,"
    "cropdetect"
)
SOUND_CHECKS = "silencedetect,ebur128=peak=true,astats"
NETWORKS = ("block_corruption", "audio_artifact")


def decode_bare(title: Title) -> None:
    with av.open(str(title.path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for packet in container.demux(container.streams.video[0], container.streams.audio[0]):
            for _ in packet.decode():
                pass


def decode_pass(title: Title) -> None:
    for _ in DecodePass(title, title.video[0], title.audio):
        pass


def run_command(title: Title, filters: Sequence[str]) -> None:
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-i", str(title.path), *filters, "-f", "null", "-"],
        check=True,
        capture_output=True,
    )


def run_qcli(title: Title) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.qctools.xml.gz"
        subprocess.run(
            ["qcli", "-i", str(title.path), "-o", str(report)], check=True, capture_output=True
        )


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(
    title: Title, detectors: Sequence[str], turns: int, command: bool, networks: bool
) -> dict[str, object]:
    works: dict[str, Callable[[], object]] = {
        "bare": lambda: decode_bare(title),
        "decode": lambda: decode_pass(title),
        "full": lambda: measure_title(title, detectors),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(turns + 1):
        for name, work in works.items():
            taken = seconds_of(work)
            if turn:  # The first turn warms the file cache and imports.
                times[name].append(taken)
    median = {name: statistics.median(values) for name, values in times.items()}
    if networks:
        there = [name for name in NETWORKS if not detector_class(name).missing()]
        median["networks"] = seconds_of(lambda: measure_title(title, [*detectors, *there]))
    if command and shutil.which("ffmpeg"):
        filters = ["-vf", PICTURE_CHECKS, "-af", SOUND_CHECKS]
        median["ffmpeg_decode"] = seconds_of(lambda: run_command(title, []))
        median["ffmpeg_checks"] = seconds_of(lambda: run_command(title, filters))
    if command and shutil.which("qcli"):
        median["qcli"] = seconds_of(lambda: run_qcli(title))
    full = median["full"]
    ratios = {
        "full_to_bare": full / median["bare"],
        "full_to_decode": full / median["decode"],
        **({"ffmpeg_to_full": median["ffmpeg_checks"] / full} if "ffmpeg_checks" in median else {}),
        **({"qcli_to_full": median["qcli"] / full} if "qcli" in median else {}),
    }
    met = {
        "within_1.5_of_decoding": ratios["full_to_bare"] <= DECODE_MOST,
        "10_times_the_command": ratios.get("ffmpeg_to_full", 0.0) >= COMMAND_FASTER
        if "ffmpeg_to_full" in ratios
        else "not run",
        "3_times_qctools": ratios["qcli_to_full"] >= QCTOOLS_FASTER
        if "qcli_to_full" in ratios
        else "not run",
    }
    return {
        "seconds": {name: round(value, 3) for name, value in median.items()},
        "turns": {name: [round(v, 3) for v in values] for name, values in times.items()},
        "ratios": {name: round(value, 3) for name, value in ratios.items()},
        "targets_met": met,
        "times_real_time": {
            name: round(title.duration_s / median[name], 2)
            for name in ("full", "networks")
            if name in median
        },
        "command": f"-vf {PICTURE_CHECKS} -af {SOUND_CHECKS}",
    }


def profile(title: Title, detectors: Sequence[str]) -> dict[str, object]:
    """Milliseconds a picture, or a second of sound, of each detector alone and of all together."""
    work = plan(title, choose(DEFAULT_PROFILE, detectors))
    frames: list[VideoFrame] = []
    blocks: list[AudioBlock] = []
    for item in DecodePass(title, title.video[0], title.audio):
        if isinstance(item, VideoFrame) and len(frames) < PROFILED_FRAMES:
            frames.append(item)
        elif isinstance(item, AudioBlock):
            blocks.append(item)
        if len(frames) == PROFILED_FRAMES and isinstance(item, VideoFrame):
            break
    heard_s = sum(block.samples.shape[1] / block.rate for block in blocks)
    report: dict[str, object] = {"pictures": len(frames), "sound_s": round(heard_s, 2)}
    for stream in work.streams:
        pictures = isinstance(stream, VideoStream)
        count = len(frames) if pictures else heard_s
        unit = "ms_a_picture" if pictures else "ms_a_second_of_sound"
        specs = work.specs[stream.index]
        cost = {
            spec.id: 1000 * _fed(stream, [spec], frames if pictures else blocks) / count
            for spec in specs
        }
        together = 1000 * _fed(stream, specs, frames if pictures else blocks) / count
        report[f"{type(stream).__name__}_{stream.index}"] = {
            "unit": unit,
            "alone": {
                name: round(ms, 3) for name, ms in sorted(cost.items(), key=lambda item: -item[1])
            },
            "together": round(together, 3),
        }
    return report


def _fed(
    stream: Stream, specs: Sequence[DetectorSpec], items: Sequence[VideoFrame | AudioBlock]
) -> float:
    """Seconds that some detectors take over frames or blocks; the quickest of three."""
    taken = []
    for _ in range(3):
        meter = Meter(stream, specs)
        began = time.process_time()
        for item in items:
            if isinstance(item, VideoFrame):
                meter.take_frame(item)
            else:
                meter.take_block(item)
        meter.finish()
        taken.append(time.process_time() - began)
        faults = meter.faults()
        if faults:
            raise SystemExit(faults[0])
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--no-command", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--detectors", default="")
    chosen = parser.parse_args()
    asked = tuple(filter(None, chosen.detectors.split(",")))
    detectors = asked or tuple(name for name in DETECTORS if name not in NETWORKS)
    title = probe(bench_clip(chosen.seconds))
    report: dict[str, object] = {
        "clip": {"seconds": title.duration_s, "bytes": title.size_bytes, "name": title.name},
        "cores": os.cpu_count(),
        "detectors": list(detectors),
    }
    if chosen.profile:
        report |= profile(title, detectors)
    else:
        report |= compare(title, detectors, chosen.turns, not chosen.no_command, networks=not asked)
    json.dump(report, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
