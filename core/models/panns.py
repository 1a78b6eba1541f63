"""Two of PANNs' bodies, for those who have their weights: Cnn10 and MobileNetV1.

As published with "PANNs: Large-Scale Pretrained Audio Neural Networks for Audio Pattern
Recognition" (Kong et al., 2020), names and shapes of the state included, up to the layer that knows
AudioSet's 527 classes. Their checkpoints are pickled: what is asked for here is the same state as
safetensors.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.models.mel_front import BANDS, PANNS_UNIT_DB
from core.models.published import take_published

_LEFT_OUT = ("spectrogram_extractor.", "logmel_extractor.", "fc_audioset.")
_CNN10_WIDTHS = (64, 128, 256, 512)
_MOBILENET_BLOCKS = (
    *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
    *((512, 1),) * 5,
    *((1024, 2), (1024, 1)),
)
_BLOCK_DROPOUT = 0.2
_DROPOUT = 0.5


class Panns(nn.Module, ABC):
    """What both have in common: norm by band, features, the strongest and the mean, a layer.

    Attributes:
        width: Numbers that the body gives.

    Args:
        width: As many.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width
        self.bn0 = nn.BatchNorm2d(BANDS)
        self.fc1 = nn.Linear(width, width)

    def forward(self, mel: Tensor) -> Tensor:
        """What a second sounds like.

        Args:
            mel: `mel_front.panns_mel`, shape (n, 100, 64).

        Returns:
            Shape (n, width).
        """
        decibels = (mel * PANNS_UNIT_DB).unsqueeze(1)
        seen = self.seen(self.bn0(decibels.transpose(1, 3)).transpose(1, 3)).mean(dim=3)
        whole = functional.dropout(seen.amax(dim=2) + seen.mean(dim=2), _DROPOUT, self.training)
        return torch.relu(self.fc1(whole))

    @abstractmethod
    def seen(self, mel: Tensor) -> Tensor:
        """Shape (n, 1, 100, 64) gives (n, width, rows, columns)."""


class Cnn10(Panns):
    """Four blocks of two convolutions."""

    def __init__(self) -> None:
        super().__init__(_CNN10_WIDTHS[-1])
        inside = 1
        for place, outside in enumerate(_CNN10_WIDTHS, start=1):
            self.add_module(f"conv_block{place}", _Block(inside, outside))
            inside = outside

    def seen(self, mel: Tensor) -> Tensor:
        """Shape (n, 1, 100, 64) gives (n, 512, 6, 4)."""
        for place in range(1, len(_CNN10_WIDTHS) + 1):
            mel = self.get_submodule(f"conv_block{place}")(mel)
            mel = functional.dropout(mel, _BLOCK_DROPOUT, self.training)
        return mel


class MobileNetV1(Panns):
    """Thirteen depthwise-separable blocks, as YAMNet's, but averaged where that strides."""

    def __init__(self) -> None:
        super().__init__(_MOBILENET_BLOCKS[-1][0])
        blocks, inside = [nn.Sequential(*_averaged(1, 32, 2))], 32
        for outside, stride in _MOBILENET_BLOCKS:
            across = (nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside), nn.ReLU())
            blocks.append(nn.Sequential(*_averaged(inside, inside, stride, inside), *across))
            inside = outside
        self.features = nn.Sequential(*blocks)

    def seen(self, mel: Tensor) -> Tensor:
        """Shape (n, 1, 100, 64) gives (n, 1024, 3, 2)."""
        found: Tensor = self.features(mel)
        return found


def load_panns(net: Panns, path: Path) -> None:
    """Give a body its published weights.

    Args:
        net: The body.
        path: The published state (`checkpoint["model"]`) as safetensors; what it holds of a front
            end and the classifier is left out.

    Raises:
        KnownError: The file cannot be read or holds other weights.
    """
    take_published(net, path, "PANNs", _LEFT_OUT)


class _Block(nn.Module):
    def __init__(self, inside: int, outside: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inside, outside, 3, padding=1, bias=False)
        self.conv2 = nn.Conv2d(outside, outside, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(outside)
        self.bn2 = nn.BatchNorm2d(outside)

    def forward(self, seen: Tensor) -> Tensor:
        seen = torch.relu(self.bn1(self.conv1(seen)))
        seen = torch.relu(self.bn2(self.conv2(seen)))
        return functional.avg_pool2d(seen, 2)


def _averaged(inside: int, outside: int, stride: int, groups: int = 1) -> tuple[nn.Module, ...]:
    conv = nn.Conv2d(inside, outside, 3, padding=1, groups=groups, bias=False)
    return conv, nn.AvgPool2d(stride), nn.BatchNorm2d(outside), nn.ReLU()
