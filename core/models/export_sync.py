"""Writes the towers of lip sync as graphs for ONNX Runtime, with 32 bits.

- tower `see`: input `crops`, uint8, shape (n, 112, 112); output `rows`, shape (n, width);
- tower `hear`: input `bands`, float32, shape (4 n, 24); output `rows`, shape (n, width).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from core.domain.errors import BugError
from core.models.export import put_whole, write_graph
from core.models.lip_sync import LipSyncNet
from core.models.sync_runtime import CROP_PX, Tower
from core.models.sync_sound import BANDS, FRAMES_A_PICTURE

_LARGEST_DIFFERENCE = 1e-3


class _Seeing(nn.Module):
    def __init__(self, net: LipSyncNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, crops: Tensor) -> Tensor:
        return self.net.see(crops)


class _Hearing(nn.Module):
    def __init__(self, net: LipSyncNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, bands: Tensor) -> Tensor:
        return self.net.hear(bands)


def export_tower(net: LipSyncNet, tower: Tower, path: Path) -> None:
    """Write one tower, and hold it against the network.

    Args:
        net: With its weights, in eval mode.
        tower: Which.
        path: The file to write.

    Raises:
        BugError: The graph's answers are not the network's.
    """
    name = "crops" if tower == "see" else "bands"
    asked = _Seeing(net) if tower == "see" else _Hearing(net)
    free = {name: {0: "n"}, "rows": {0: "n" if tower == "see" else "m"}}
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "tower.onnx"
        write_graph(asked, {name: _example(tower, 3)}, ("rows",), free, draft)
        session = onnxruntime.InferenceSession(draft, providers=["CPUExecutionProvider"])
        # Of another length: what holds for the traced one alone would show.
        given = _example(tower, 5)
        [ours] = session.run(["rows"], {name: given.numpy()})
        with torch.no_grad():
            theirs = asked(given).numpy()
        if ours.shape != theirs.shape or np.abs(ours - theirs).max() > _LARGEST_DIFFERENCE * max(
            1.0, float(np.abs(theirs).max())
        ):
            raise BugError("the graph does not answer as the network does")
        put_whole(draft.read_bytes(), path)


def _example(tower: Tower, pictures: int) -> Tensor:
    generator = torch.Generator().manual_seed(7)
    if tower == "see":
        shape = (pictures, CROP_PX, CROP_PX)
        return torch.randint(0, 256, shape, generator=generator, dtype=torch.uint8)
    return torch.rand(pictures * FRAMES_A_PICTURE, BANDS, generator=generator) * 5
