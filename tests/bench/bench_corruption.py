"""What a picture costs in the network that sees block corruption, by each means to run it.

Takes the installed weights, or an untrained network where there are none. Means take turns in one
run; times of the wall and of the processor are medians, differences are the largest against torch
with 32 bits over all pictures. Peak memory is that of a process of its own that sees one picture.
Prints JSON. `--quick` leaves out the 4K memory, `--runs N` sets how many turns there are.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import cv2
import numpy as np
import torch
from helpers.bench_clip import bench_clip, source_file
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.media.probe import probe
from core.media.reader import VideoReader
from core.models.block_corruption import BlockCorruptionNet
from core.models.card import WeightsCard
from core.models.corruption_runtime import INT8, load_net, open_runtime, open_session
from core.models.export import export_fp32, export_int8
from core.models.weights import Weights, find, save, write_card

SIZES = {"1080p": (1920, 1080), "540p": (960, 540)}
PICTURES = 4

Picture = NDArray[np.uint8]
Answer = tuple[NDArray[np.float32], float]
See = Callable[[Picture], Answer]


def pictures() -> list[Picture]:
    title = probe(bench_clip(8))
    with VideoReader(title.path, title.video[0]) as reader:
        frames = list(islice(reader.frames(), 0, None, 25))
        return [frame.rgb_stored() for frame in frames[:PICTURES]]


def _resized(picture: Picture, width: int, height: int) -> Picture:
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)


def damaged(picture: Picture, seed: int) -> Picture:
    """Blocks in the wrong place, so that probabilities are not all near zero."""
    random = np.random.default_rng(seed)
    broken = picture.copy()
    for _ in range(40):
        y, x, v, u = random.integers(0, 60, 4) * 16
        broken[y : y + 32, x : x + 64] = picture[v : v + 32, u : u + 64]
    return broken


def weights_to_measure(folder: Path, shown: list[Picture], backbone: str) -> tuple[Weights, str]:
    try:
        return find("block_corruption"), "installed"
    except KnownError:
        torch.manual_seed(0)
        net = _settled(BlockCorruptionNet(backbone), shown)
        card = WeightsCard(
            name="block_corruption.r1",
            architecture="BlockCorruptionNet",
            options={"backbone": backbone},
            preprocessing="",
            classes=("corrupted",),
            recipe="Untrained.",
            data=(),
            licence="Apache-2.0",
        )
        saved = save(net, card, folder)
        export_int8(load_net(saved), [_resized(p, 480, 270) for p in shown], folder / _int8())
        return write_card(card, folder), "untrained"


def _settled(net: BlockCorruptionNet, shown: list[Picture]) -> BlockCorruptionNet:
    """Lets the layers find out how large what they see is, as training would."""
    for part in net.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.momentum = None
    small = np.stack([_resized(picture, 480, 270) for picture in shown])
    with torch.no_grad():
        net.train()(torch.from_numpy(small).permute(0, 3, 1, 2) / 255)
    return net.eval()


def _int8() -> str:
    return f"block_corruption.r1{INT8}"


def graph(content: bytes, threads: int, spinning: bool) -> See:
    session = open_session(content, threads, spinning=spinning)

    def see(picture: Picture) -> Answer:
        cells, decided = session.run(["map", "frame"], {"pictures": picture[None]})
        return cells[0], float(decided[0])

    return see


def eager(net: BlockCorruptionNet, threads: int, *, last: bool, half: bool) -> See:
    form = torch.channels_last if last else torch.contiguous_format
    net = net.to(memory_format=form)  # type: ignore[call-overload]

    def see(picture: Picture) -> Answer:
        torch.set_num_threads(threads)
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=half):
            given = torch.from_numpy(picture)[None].permute(0, 3, 1, 2).float() / 255
            cells, decided = net(given.contiguous(memory_format=form))
        return torch.sigmoid(cells.float())[0].numpy(), float(torch.sigmoid(decided.float())[0])

    return see


def means(weights: Weights, folder: Path) -> dict[str, See]:
    export_fp32(load_net(weights), folder / "fp32.onnx")
    graphs = {"onnx_int8": weights.read(INT8), "onnx_fp32": (folder / "fp32.onnx").read_bytes()}
    found: dict[str, See] = {}
    for threads in (1, 2):
        for name, content in graphs.items():
            found[f"{name} {threads}"] = graph(content, threads, False)
        found[f"torch {threads}"] = eager(load_net(weights), threads, last=False, half=False)
        found[f"torch last {threads}"] = eager(load_net(weights), threads, last=True, half=False)
        found[f"torch bf16 {threads}"] = eager(load_net(weights), threads, last=True, half=True)
    found["onnx_int8 2 spinning"] = graph(graphs["onnx_int8"], 2, True)
    return found


def measure(ways: dict[str, See], shown: list[Picture], runs: int) -> dict[str, Any]:
    walls: dict[str, list[float]] = {name: [] for name in ways}
    processors: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(runs + 1):
        for name, see in ways.items():
            wall, processor = time.perf_counter(), time.process_time()
            see(shown[turn % len(shown)])
            if turn:
                walls[name].append(time.perf_counter() - wall)
                processors[name].append(time.process_time() - processor)
    exact = [ways["torch 2"](picture) for picture in shown]
    report = {}
    for name, see in ways.items():
        report[name] = times = {
            "wall_ms": round(1000 * statistics.median(walls[name]), 1),
            "wall_min_ms": round(1000 * min(walls[name]), 1),
            "processor_ms": round(1000 * statistics.median(processors[name]), 1),
        }
        if not name.endswith(" 2"):
            continue  # The number of threads changes no answer.
        pairs = list(zip(map(see, shown), exact, strict=True))
        times |= {
            "largest_difference": round(max(abs(a[1] - b[1]) for a, b in pairs), 4),
            "map_largest_difference": round(
                max(float(np.abs(a[0] - b[0]).max()) for a, b in pairs), 4
            ),
            "map_mean_difference": round(
                statistics.mean(float(np.abs(a[0] - b[0]).mean()) for a, b in pairs), 5
            ),
        }
    return report


_PEAK = """
import sys
import numpy as np
from pathlib import Path
from core.models.corruption_runtime import LARGE_PX, open_session
def peak():
    text = Path("/proc/self/status").read_text()
    return int(text.split("VmHWM:")[1].split()[0]) // 1024
large = int(sys.argv[2]) * int(sys.argv[3]) > LARGE_PX
session = open_session(Path(sys.argv[1]).read_bytes(), keep_memory=not large)
before = peak()
picture = np.zeros((1, int(sys.argv[3]), int(sys.argv[2]), 3), np.uint8)
session.run(None, {"pictures": picture})
print(before, peak())
"""


def peak_mib(path: Path, width: int, height: int) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, str(path), str(width), str(height)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    loaded, seen = map(int, done.stdout.split())
    return {"loaded": loaded, "after": seen}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--backbone", default="mobilenet_v2", help="when nothing is installed")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    shown = [p if i % 2 else damaged(p, i) for i, p in enumerate(pictures())]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        weights, origin = weights_to_measure(folder, shown, given.backbone)
        ways = means(weights, folder)
        report: dict[str, Any] = {
            "weights": f"{weights.card.name}, {origin}, {weights.card.options['backbone']}",
            "chosen": open_runtime("auto", weights).choice,
            "from": source_file().name if source_file().exists() else "noise",
            "cores": os.cpu_count(),
            "load": os.getloadavg()[0],
        }
        for size, (width, height) in SIZES.items():
            scaled = [_resized(picture, width, height) for picture in shown]
            report[size] = measure(ways, scaled, given.runs)
        if not given.quick and sys.platform == "linux":
            small = weights.folder / (weights.card.name + INT8)
            report["peak_mib"] = {
                f"{kind} {width}x{height}": peak_mib(path, width, height)
                for kind, path in (("onnx_int8", small), ("onnx_fp32", folder / "fp32.onnx"))
                for width, height in ((1920, 1080), (3840, 2160))
            }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
