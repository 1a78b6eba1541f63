"""Light-ASD's encoder of sound: 128 numbers for each picture's 40 ms, to be compared with.

Published with "A Light Weight Model for Active Speaker Detection" (Liao et al., CVPR 2023; MIT
licence). It was taught who speaks, and knows little of when.
"""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor, nn
from torch.nn import functional

from core.domain.errors import KnownError

PUBLISHED_PREFIX = "model.audioEncoder."
"""How the names of the encoder's state begin in the published file."""


class _Block(nn.Module):
    """Convolutions over coefficients, then over time, of sizes 3 and 5, added and mixed."""

    def __init__(self, inside: int, outside: int) -> None:
        super().__init__()
        for size in (3, 5):
            half = size // 2
            across = nn.Conv2d(inside, outside, (size, 1), padding=(half, 0), bias=False)
            along = nn.Conv2d(outside, outside, (1, size), padding=(0, half), bias=False)
            self.add_module(f"m_{size}", across)
            self.add_module(f"bn_m_{size}", _norm(outside))
            self.add_module(f"t_{size}", along)
            self.add_module(f"bn_t_{size}", _norm(outside))
        self.last = nn.Conv2d(outside, outside, 1, bias=False)
        self.bn_last = _norm(outside)

    def forward(self, heard: Tensor) -> Tensor:
        """Shape (1, inside, 13, frames) gives (1, outside, 13, frames)."""
        three, five = (self._path(heard, size) for size in (3, 5))
        return functional.relu(self.bn_last(self.last(three + five)))

    def _path(self, heard: Tensor, size: int) -> Tensor:
        for kind in ("m", "t"):
            layer, norm = getattr(self, f"{kind}_{size}"), getattr(self, f"bn_{kind}_{size}")
            heard = functional.relu(norm(layer(heard)))
        return heard


class LightEar(nn.Module):
    """The encoder; names of its state are the published ones."""

    def __init__(self) -> None:
        super().__init__()
        self.block1 = _Block(1, 32)
        self.block2 = _Block(32, 64)
        self.block3 = _Block(64, 128)

    def forward(self, coefficients: Tensor) -> Tensor:
        """What is heard.

        Args:
            coefficients: `mfcc.mfcc`, shape (4 n, 13).

        Returns:
            Shape (n, 128).
        """
        heard = self.block1(coefficients.T[None, None])
        heard = functional.max_pool2d(heard, (1, 3), (1, 2), (0, 1))
        heard = functional.max_pool2d(self.block2(heard), (1, 3), (1, 2), (0, 1))
        rows: Tensor = self.block3(heard).mean(dim=2)[0].T
        return rows


def take_light_ear(ear: LightEar, state: Mapping[str, Tensor]) -> None:
    """Give the encoder the published weights.

    Raises:
        KnownError: They are other weights.
    """
    ours = {
        name.removeprefix(PUBLISHED_PREFIX): value
        for name, value in state.items()
        if name.startswith(PUBLISHED_PREFIX)
    }
    try:
        ear.load_state_dict(ours)
    except RuntimeError as error:
        raise KnownError("Light-ASD's weights cannot be read.", str(error)) from error


def _norm(width: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(width, eps=0.001, momentum=0.01)
