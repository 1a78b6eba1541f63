"""Writes the network of shot boundaries as a graph for ONNX Runtime, with 32 bits."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from core.domain.errors import BugError
from core.models.color_likeness import color_likeness
from core.models.export import put_whole, write_graph
from core.models.shot_boundary import ShotBoundaryNet

_LARGEST_DIFFERENCE = 1e-4


def export_shot_boundary(net: ShotBoundaryNet, path: Path) -> None:
    """Write the network of shot boundaries with 32 bits, and hold it against itself.

    Inputs are `pictures` and `alike`, the output is `ends`, as `ShotBoundaryNet` has them.

    Args:
        net: With its weights.
        path: The file to write.

    Raises:
        BugError: The graph's answers are not the network's.
    """
    random = np.random.default_rng(6)
    pictures = random.integers(0, 256, (100, 27, 48, 3), dtype=np.uint8)
    pictures[40:] = pictures[40] // 2
    given = {
        "pictures": torch.from_numpy(pictures)[None].float(),
        "alike": torch.from_numpy(color_likeness(pictures))[None],
    }
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        draft = Path(folder) / "fp32.onnx"
        write_graph(net, given, ("ends",), {}, draft)
        session = onnxruntime.InferenceSession(draft, providers=["CPUExecutionProvider"])
        (ours,) = session.run(["ends"], {name: value.numpy() for name, value in given.items()})
        if np.abs(ours - net(*given.values()).numpy()).max() > _LARGEST_DIFFERENCE:
            raise BugError("the graph does not answer as the network does")
        put_whole(draft.read_bytes(), path)
