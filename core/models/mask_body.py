"""What a network of pictures sees at several sizes, for masks that are learned on one video.

The network is that of block corruption, whose inverted residual features came from ImageNet before
they learned damage; or, for other classes, a MobileNetV2 of a user's own (`onglass models add`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.models.block_corruption import STRIDE_PX, BlockCorruptionNet
from core.models.weights import TENSORS, Weights, find, installed, load_into

GENERAL = "picture_features"
"""Weights of this name, where a user added some, see for classes other than corruption."""

STRIDES = (4, 8, 16, 32)
"""Pixels that a cell of each map of features is wide."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What was seen in a picture.

    Attributes:
        maps: Of each of `STRIDES`, float32, shape (channels, rows, columns). They cover the
            picture made larger at its right and lower edge to a multiple of 32.
        corrupt: Logits of corruption a cell of the coarsest; None where the network knows none.
    """

    maps: tuple[NDArray[np.float32], ...]
    corrupt: NDArray[np.float32] | None


class MaskBody:
    """Looks at pictures; learns nothing.

    Args:
        net: The network; its decision is not asked.
        name: Of the weights.
        knows_corruption: Whether its map means corruption.
        digest: Names the weights for good.
    """

    def __init__(
        self, net: BlockCorruptionNet, name: str, knows_corruption: bool, digest: str = ""
    ) -> None:
        self.name = name
        self.digest = digest
        self._net = net.eval()
        self._knows = knows_corruption
        self._taps = _taps(net.features)
        self.channels = self._channels()

    def look(self, picture: NDArray[np.uint8]) -> Sight:
        """See what is in a picture.

        Args:
            picture: RGB, shape (height, width, 3).
        """
        height, width = picture.shape[:2]
        edges = ((0, -height % STRIDE_PX), (0, -width % STRIDE_PX), (0, 0))
        larger = np.pad(picture, edges, mode="edge")
        net = self._net
        with torch.inference_mode():
            pixels = torch.from_numpy(larger).permute(2, 0, 1)[None].float() / 255
            maps, last = self._maps((pixels - net.mean) / net.deviation)
            corrupt = None
            if self._knows:
                scale, offset = net.calibration[:2]
                corrupt = (net.cells(last)[0, 0] * scale + offset).numpy()
        return Sight(tuple(one[0].numpy() for one in maps), corrupt)

    def _maps(self, pixels: Tensor) -> tuple[list[Tensor], Tensor]:
        maps = []
        for place, layer in enumerate(self._layers):
            pixels = layer(pixels)
            if place in self._taps:
                maps.append(pixels)
        return maps, pixels

    @property
    def _layers(self) -> nn.Sequential:
        layers = self._net.features
        assert isinstance(layers, nn.Sequential)
        return layers

    def _channels(self) -> tuple[int, ...]:
        with torch.inference_mode():
            maps, _ = self._maps(torch.zeros(1, 3, STRIDE_PX, STRIDE_PX))
        return tuple(one.shape[1] for one in maps)


def mask_body(corruption: bool) -> MaskBody:
    """The network to start from.

    Args:
        corruption: Whether the masks are of corruption.

    Raises:
        KnownError: Weights are missing or altered.
    """
    own = [w for w in installed() if w.card.detector == GENERAL and w.has(TENSORS)]
    if corruption or not own:
        return _corruption_body()
    return _general_body(max(own, key=lambda w: w.card.revision))


def _corruption_body() -> MaskBody:
    weights = find("block_corruption")
    net = BlockCorruptionNet(weights.card.options.get("backbone", "resnet18"))
    load_into(net, weights)
    return MaskBody(net, weights.card.name, True, weights.tensors_sha256)


def _general_body(weights: Weights) -> MaskBody:
    net = BlockCorruptionNet("mobilenet_v2")
    load_into(_Published(net), weights)
    return MaskBody(net, weights.card.name, False, weights.tensors_sha256)


class _Published(nn.Module):
    """Takes torchvision's names: the features, and a classifier that is not asked."""

    def __init__(self, net: BlockCorruptionNet) -> None:
        super().__init__()
        self.features = net.features
        self.classifier = nn.Sequential(nn.Dropout(), nn.Linear(1280, 1000))


def _taps(features: nn.Module) -> frozenset[int]:
    """The last layer at each of `STRIDES`; of the coarsest the one before the widening to 1280."""
    assert isinstance(features, nn.Sequential)
    features.eval()
    last: dict[int, int] = {}
    with torch.inference_mode():
        pixels = torch.zeros(1, 3, 64, 64)
        for place, layer in enumerate(features):
            pixels = layer(pixels)
            stride = 64 // pixels.shape[-1]
            if stride in STRIDES and pixels.shape[1] < 1000:
                last[stride] = place
    return frozenset(last.values())
