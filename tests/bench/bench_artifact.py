"""Two hours of stereo past the network of audio artifacts, against real time.

Hears the seconds of a minute or more, measures what features and network take for each, and says
what two hours of two channels take at that, a second every half second, on two processors. Both
times are given: other work beside the bench counts in the wall's, not in the processor's.

Run: python tests/bench/bench_artifact.py [--seconds 64] [--rate 48000] [--body yamnet]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from helpers.scenery import SOUND_RATE
from helpers.soundscape import stage, talk

from core.domain.errors import KnownError
from core.models.artifact_context import SAID, Context
from core.models.artifact_feature import SHAPES, features_of
from core.models.artifact_lasting import HEARD as HEARD_IN_CONTEXT
from core.models.artifact_lasting import JOINT, LASTING, Rows
from core.models.artifact_runtime import AT_A_TIME, DETECTOR, load_net
from core.models.audio_artifact import AudioArtifactNet
from core.models.corruption_runtime import open_session
from core.models.export import HEARD, export_artifact
from core.models.export_context import export_context
from core.models.mel_front import resampled
from core.models.weights import find

TWO_HOURS_S = 7200
HEARD_A_SECOND = 2 * 2
"""Channels, and seconds that begin in each."""

PROCESSORS = 2
BATCHES = (1, 8, AT_A_TIME)
ROWS_A_BATCH = 16


def sound(seconds: int, rate: int) -> NDArray[np.float32]:
    """Speech-like and musical seconds in turn, shape (seconds, rate)."""
    half = seconds / 2 + 1
    whole = np.concatenate([talk(half, 3)[0], stage(half, 4)[0]])[None]
    return resampled(whole, SOUND_RATE, rate)[0, : seconds * rate].reshape(seconds, rate)


def network(body: str) -> tuple[AudioArtifactNet, str]:
    """The installed one, else one that was never trained."""
    try:
        weights = find(DETECTOR)
    except KnownError:
        torch.manual_seed(0)
        return AudioArtifactNet(body).eval().requires_grad_(False), f"untrained {body}"
    return load_net(weights), weights.card.name


def spent(work: Callable[[], object], seconds: int, runs: int) -> dict[str, float]:
    """Milliseconds a second of sound, the least of the runs."""
    walls, processors = [], []
    for _ in range(runs):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        processors.append(time.process_time() - processor)
        walls.append(time.perf_counter() - wall)
    return {
        "wall_ms": round(1000 * min(walls) / seconds, 3),
        "processor_ms": round(1000 * min(processors) / seconds, 3),
    }


def training_step(body: str) -> dict[str, float]:
    """A batch of 64 there and back, in seconds."""
    net = AudioArtifactNet(body).train()
    given = {name: torch.randn(64, *shape) for name, shape in SHAPES.items() if name in net.heard}

    def step() -> None:
        classes, artifacts = net(given)
        (classes.square().mean() + artifacts.square().mean()).backward()

    return {name.replace("_ms", "_s"): ms / 1000 for name, ms in spent(step, 1, 3).items()}


def in_context(
    context: Context, features: dict[str, NDArray[np.float16]], runs: int
) -> dict[str, float]:
    """A batch of the detector's among the batch before and the one after."""
    total = 3 * ROWS_A_BATCH
    near = {name: np.resize(features[name], (total, *SHAPES[name])) for name in HEARD_IN_CONTEXT}
    given = {name: np.zeros((1, total, *shape), np.float32) for name, shape in LASTING.items()}
    given["said"] = np.zeros((1, total, SAID), np.float32)
    given["joint"] = np.zeros((1, total, JOINT), np.float32)
    given["heard"] = np.ones((1, total), np.float32)
    with tempfile.TemporaryDirectory() as folder:
        export_context(context, Path(folder) / "fp32.onnx")
        session = open_session((Path(folder) / "fp32.onnx").read_bytes(), threads=1)

    def ask() -> None:
        rows = Rows(near, np.ones(total, np.bool_))
        for row in range(ROWS_A_BATCH, 2 * ROWS_A_BATCH):
            for name, values in rows.around(row).items():
                given[name][0, row] = values
        session.run(HEARD, given)

    return spent(ask, ROWS_A_BATCH, 5 * runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=64)
    parser.add_argument("--rate", type=int, default=SOUND_RATE)
    parser.add_argument("--body", default="yamnet", help="when nothing is installed")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--training", action="store_true", help="a step of training as well")
    given = parser.parse_args()
    net, name = network(given.body)
    heard = sound(given.seconds, given.rate)
    report: dict[str, Any] = {
        "weights": name,
        "rate": given.rate,
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
    names = {*net.heard, *(() if net.context is None else HEARD_IN_CONTEXT)}
    features = features_of(heard, given.rate, names)
    report["features"] = spent(
        lambda: features_of(heard, given.rate, names), given.seconds, given.runs
    )
    with tempfile.TemporaryDirectory() as folder:
        export_artifact(net, Path(folder) / "fp32.onnx")
        session = open_session((Path(folder) / "fp32.onnx").read_bytes(), threads=1)
        for size in BATCHES:
            few = {name: features[name][:size].astype(np.float32) for name in net.heard}
            ask = partial(session.run, HEARD, few)
            report[f"network, {size} at a time"] = spent(ask, size, 5 * given.runs)
    parts = ["features", f"network, {AT_A_TIME} at a time"]
    if net.context is not None:
        report["context"] = in_context(net.context, features, given.runs)
        parts.append("context")
    a_second = {
        kind: sum(report[part][kind] for part in parts) for kind in ("wall_ms", "processor_ms")
    }
    for kind, ms in a_second.items():
        took = TWO_HOURS_S * HEARD_A_SECOND * ms / 1000 / PROCESSORS
        report[f"two hours of stereo, from {kind}"] = {
            "seconds on two processors": round(took, 1),
            "times real time": round(TWO_HOURS_S / took, 1),
        }
    if given.training:
        report["step of training, 64 seconds"] = training_step(given.body)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
