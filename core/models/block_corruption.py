"""The network that sees block corruption: a map of it, and a decision on the whole picture.

As published for a streaming service's quality control: a residual network whose last layer is
replaced by a 1 x 1 convolution, so that a picture of any size gives a map of one value a cell of
32 x 32 pixels (224 x 224 gives 7 x 7, 1920 x 1080 gives 34 x 60). The first published decision
called a picture corrupted when more than 7 % of that map was; in the later one the decision is part
of the network and learned with it. Layout and widths of that later decision are not published:
`Decision` is ours.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.domain.errors import BugError
from core.models.torchvision_ops import ensure_importable

STRIDE_PX = 32
"""Pixels that a cell of the map is wide and high."""

BACKBONES = ("resnet18", "mobilenet_v2")

MEAN = (0.485, 0.456, 0.406)
DEVIATION = (0.229, 0.224, 0.225)
"""ImageNet's, by channel, which weights from there expect."""

_CLASSES = 32
_FIGURES = 4
_REACH = 12.0


class Decision(nn.Module):
    """Whether a picture is corrupted, from the map and the features beneath it.

    Hears the strongest cell, the mean of the map where it is strong, its area, and what kind of
    features lie under the strong cells; so a single certain cell is enough, and a large faint
    stretch is not.

    Args:
        width: Channels of the features.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.kind = nn.Conv2d(width, _CLASSES, 1)
        self.hidden = nn.Linear(_CLASSES + _FIGURES, 32)
        self.out = nn.Linear(32, 1)

    def forward(self, features: Tensor, cells: Tensor) -> Tensor:
        """Logits of the pictures.

        Args:
            features: Shape (n, width, rows, columns).
            cells: Logits of the map, shape (n, 1, rows, columns).

        Returns:
            Shape (n,).
        """
        flat = cells.flatten(2).clamp(-_REACH, _REACH)
        kinds = torch.relu(self.kind(features)).flatten(2)
        weight = torch.softmax(flat, dim=2)
        strongest = flat.amax(dim=2)
        strong = (flat * weight).sum(dim=2)
        area = torch.sigmoid(flat).mean(dim=2)
        figures = torch.cat([strongest, strong, area * _REACH, torch.log(area + 1e-5)], dim=1)
        heard = torch.cat([(kinds * weight).sum(dim=2), figures], dim=1)
        decided: Tensor = self.out(torch.relu(self.hidden(heard)))
        return decided.squeeze(1)


class BlockCorruptionNet(nn.Module):
    """Residual (or inverted residual) features, a 1 x 1 convolution, and the decision.

    Attributes:
        backbone: One of `BACKBONES`.
        calibration: Scale and offset of the map's logits, then of the decision's; ones and zeros
            until they are set. Used outside training only.

    Args:
        backbone: `resnet18` as published; `mobilenet_v2` is a fifth of its size.
    """

    def __init__(self, backbone: str = "resnet18") -> None:
        super().__init__()
        self.backbone = backbone
        self.features, width = _features(backbone)
        self.cells = nn.Conv2d(width, 1, 1)
        self.decision = Decision(width)
        self.mean: Tensor
        self.deviation: Tensor
        self.calibration: Tensor
        self.register_buffer("mean", torch.tensor(MEAN).reshape(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(DEVIATION).reshape(1, 3, 1, 1), False)
        self.register_buffer("calibration", torch.tensor([1.0, 0.0, 1.0, 0.0]))

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of map and decision.

        Args:
            pictures: RGB, float32 0..1, shape (n, 3, height, width); at least 32 x 32.

        Returns:
            Logits of the map, shape (n, ceil(height / 32), ceil(width / 32)), and of the pictures,
            shape (n,).
        """
        features = self.features((pictures - self.mean) / self.deviation)
        cells = self.cells(features)
        decided = self.decision(features, cells)
        cells = cells.squeeze(1)
        if self.training:
            return cells, decided
        scale, offset, scale_of_all, offset_of_all = self.calibration
        return cells * scale + offset, decided * scale_of_all + offset_of_all


def _features(backbone: str) -> tuple[nn.Module, int]:
    ensure_importable()
    from torchvision import models

    if backbone == "resnet18":
        net = models.resnet18(weights=None)
        return nn.Sequential(*list(net.children())[:-2]), 512
    if backbone == "mobilenet_v2":
        return models.mobilenet_v2(weights=None).features, 1280
    raise BugError(f"there is no backbone {backbone}")
