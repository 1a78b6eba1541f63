"""Light-ASD's visual encoder: what a face does, in maps of 14 x 14 cells a picture.

Published with "A Light Weight Model for Active Speaker Detection" (Liao et al., CVPR 2023; MIT
licence). The layers are the published ones. Convolutions over space and over time are separate
there, so they are computed here as convolutions of pictures and of columns of frames, which ONNX
Runtime does several times as fast as those of volumes.
"""

from __future__ import annotations

from collections.abc import Mapping

from torch import Tensor, nn
from torch.nn import functional

from core.domain.errors import KnownError

WIDTHS = (32, 64, 128)
"""Channels of the three blocks."""

REACH_FRAMES = 6
"""Frames to either side that a frame's maps know of."""

PUBLISHED_PREFIX = "model.visualEncoder."
"""How the names of the encoder's state begin in the published file."""

_MEAN, _DEVIATION = 0.4161 * 255, 0.1688 * 255


class _Path(nn.Module):
    """A convolution over space, then one over time, of one size."""

    def __init__(self, inside: int, outside: int, size: int, stride: int) -> None:
        super().__init__()
        half = size // 2
        self.space = nn.Conv2d(inside, outside, size, stride, half, bias=False)
        self.space_norm = _norm(outside)
        self.time = nn.Conv2d(outside, outside, (size, 1), padding=(half, 0), bias=False)
        self.time_norm = _norm(outside)

    def forward(self, frames: Tensor) -> Tensor:
        """Shape (frames, inside, rows, columns) gives (frames, outside, rows', columns')."""
        seen = functional.relu(self.space_norm(self.space(frames)))
        _, channels, rows, columns = seen.shape
        line = seen.flatten(2).transpose(0, 1).unsqueeze(0)
        line = functional.relu(self.time_norm(self.time(line)))
        return line.squeeze(0).transpose(0, 1).reshape(-1, channels, rows, columns)


class _Block(nn.Module):
    """Two paths, with sizes 3 and 5, added and mixed."""

    def __init__(self, inside: int, outside: int, stride: int = 1) -> None:
        super().__init__()
        self.three = _Path(inside, outside, 3, stride)
        self.five = _Path(inside, outside, 5, stride)
        self.last = nn.Conv2d(outside, outside, 1, bias=False)
        self.last_norm = _norm(outside)

    def forward(self, frames: Tensor) -> Tensor:
        """Shape (frames, inside, rows, columns) gives (frames, outside, rows', columns')."""
        return functional.relu(self.last_norm(self.last(self.three(frames) + self.five(frames))))


class LipBody(nn.Module):
    """The encoder before its maps are pooled to one number each."""

    def __init__(self) -> None:
        super().__init__()
        first, second, third = WIDTHS
        self.block1 = _Block(1, first, stride=2)
        self.block2 = _Block(first, second)
        self.block3 = _Block(second, third)

    def forward(self, crops: Tensor) -> Tensor:
        """What a face does in each picture.

        Args:
            crops: Successive pictures, 0..255, shape (frames, 112, 112).

        Returns:
            Shape (frames, 128, 14, 14).
        """
        seen = ((crops.float() - _MEAN) / _DEVIATION).unsqueeze(1)
        seen = functional.max_pool2d(self.block1(seen), 3, 2, 1)
        seen = functional.max_pool2d(self.block2(seen), 3, 2, 1)
        maps: Tensor = self.block3(seen)
        return maps


def take_light_asd(body: LipBody, state: Mapping[str, Tensor]) -> None:
    """Give the body the published weights.

    Args:
        body: To be changed.
        state: The published file's, other parts of the network included.

    Raises:
        KnownError: They are other weights.
    """
    ours = {
        _our_name(name.removeprefix(PUBLISHED_PREFIX)): value
        for name, value in state.items()
        if name.startswith(PUBLISHED_PREFIX)
    }
    wanted = body.state_dict()
    try:
        # Volumes of one frame are pictures, and volumes of one pixel are columns.
        body.load_state_dict({name: ours[name].reshape(wanted[name].shape) for name in wanted})
    except (KeyError, RuntimeError) as error:
        raise KnownError("Light-ASD's weights cannot be read.", str(error)) from error


_PARTS = {
    "s_3": "three.space",
    "s_5": "five.space",
    "t_3": "three.time",
    "t_5": "five.time",
    "last": "last",
}


def _our_name(published: str) -> str:
    block, part, kind = published.split(".", 2)
    norm = part.startswith("bn_")
    return f"{block}.{_PARTS.get(part.removeprefix('bn_'), part)}{'_norm' * norm}.{kind}"


def _norm(width: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(width, eps=0.001, momentum=0.01)
