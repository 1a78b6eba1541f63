"""Writes the head that hears in context as a graph for ONNX Runtime, with 32 bits.

- inputs: `said` and `joint` as the network's own graph gives them, but of s stretches of n rows,
  shapes (s, n, 9) and (s, n, 256); each of `LASTING`, shape (s, n, *its own); `heard`, 1 or 0,
  shape (s, n);
- output `classes`: float32 0..1, shape (s, n, 5), each row's sum is 1;
- output `artifacts`: float32 0..1, shape (s, n, 4).
"""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from torch import Tensor, nn

from core.models.artifact_context import SAID, Context
from core.models.artifact_lasting import JOINT, LASTING
from core.models.export import HEARD, write_held

_ROWS = 7


class _Hearing(nn.Module):
    """The head before its probabilities, with its inputs one by one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    def forward(self, said: Tensor, joint: Tensor, *more: Tensor) -> tuple[Tensor, Tensor]:
        lasts = dict(zip(LASTING, more[:-1], strict=True))
        classes, artifacts = self.context(said, joint, lasts, more[-1])
        return torch.softmax(classes, dim=2), torch.sigmoid(artifacts)


def export_context(context: Context, path: Path) -> None:
    """Write it, and hold it against itself.

    Args:
        context: With its weights and calibration; is not changed.
        path: The file to write.

    Raises:
        BugError: The graph's answers are not the head's.
    """
    hearing = _Hearing(copy.deepcopy(context).cpu().float().eval().requires_grad_(False))
    generator = torch.Generator().manual_seed(5)
    shapes = {"said": (SAID,), "joint": (JOINT,), **LASTING}
    given = {
        name: torch.randn(2, _ROWS, *shape, generator=generator) for name, shape in shapes.items()
    }
    given["heard"] = (torch.rand(2, _ROWS, generator=generator) > 0.3).float()
    # An example of fewer: what holds for them alone would show with more.
    few = {name: value[:1, :3] for name, value in given.items()}
    write_held(hearing, given, few, HEARD, path, ("s", "n"))
