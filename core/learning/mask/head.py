"""The part of the network that learns: from a pixel's features to its class.

Its first layer is linear, so that it may be applied to each map of features where that is coarse
and made larger afterwards; at a single pixel it gives nearly the same. So it is taught on pixels
drawn by chance, at a few milliseconds a step, and then applied to whole frames.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.learning.mask.feature import PLAIN
from core.models.block_corruption import STRIDE_PX

HIDDEN = (0.1, 0.2, 0.4, 0.6)
"""Chance of each map, finest first, to be hidden from a pixel that is learned from."""


class MaskHead(nn.Module):
    """Classes of pixels.

    Args:
        channels: Of each map of features.
        classes: How many.
        width: Of both hidden layers.
        corrupt: The class that the network's own logits of corruption speak for; 0 for none.
    """

    def __init__(self, channels: Sequence[int], classes: int, width: int, corrupt: int) -> None:
        super().__init__()
        self._channels = tuple(channels)
        self.first = nn.Linear(PLAIN + sum(channels), width)
        self.second = nn.Linear(width, width)
        self.out = nn.Linear(width, classes)
        # Before anything is learned, only the network's own opinion counts.
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)
        self.trust = nn.Parameter(torch.ones(()))
        share = torch.zeros(classes)
        if corrupt:
            share[corrupt] = 1.0
        self.speaks: Tensor
        self.register_buffer("speaks", share)

    def forward(self, features: Tensor, corrupt: Tensor) -> Tensor:
        """Logits of pixels.

        Args:
            features: Shape (m, features).
            corrupt: Logits of corruption, shape (m,).

        Returns:
            Shape (m, classes).
        """
        return self._answer(self._deeper(self.first(features)), corrupt)

    def blinded(self, features: Tensor, draw: np.random.Generator) -> Tensor:
        """Features to learn from, with a map hidden now and then.

        A coarse map shows much of the frame at once, so that it tells the few frames with labels
        from all others, and the masks of those would be learned by heart.

        Args:
            features: Shape (m, features).
            draw: Chooses what is hidden.
        """
        shown = features.clone()
        start = PLAIN
        for count, chance in zip(self._channels, HIDDEN, strict=True):
            hidden = torch.from_numpy(draw.random(len(features)) < chance)
            shown[:, start : start + count] *= ~hidden[:, None]
            start += count
        return shown

    def embed(self, features: Tensor) -> Tensor:
        """What the last layer hears of pixels, shape (m, width)."""
        return self._deeper(self.first(features))

    def over_frame(
        self, plain: Tensor, maps: Sequence[Tensor], corrupt: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits of all pixels of a frame, and what the last layer hears of them.

        Args:
            plain: Shape (height, width, `PLAIN`).
            maps: Of each stride, (channels, rows, columns).
            corrupt: Logits of corruption, (rows, columns).

        Returns:
            (classes, height, width) and (hidden, height, width).
        """
        height, width = plain.shape[:2]
        start = PLAIN + sum(self._channels)
        total = None
        # Finer and finer, so that only one map is made as large as the frame.
        for kept, count in reversed(list(zip(maps, self._channels, strict=True))):
            start -= count
            weight = self.first.weight[:, start : start + count, None, None]
            here = functional.conv2d(kept[None], weight)
            total = here if total is None else here + _larger(total, here.shape[2:])
        assert total is not None
        sides = [size * STRIDE_PX for size in corrupt.shape]
        whole = _larger(total, sides)[0, :, :height, :width].reshape(len(total[0]), -1)
        flat = plain.reshape(-1, PLAIN).T
        heard = torch.addmm(whole, self.first.weight[:, :PLAIN], flat)
        heard = (heard + self.first.bias[:, None]).relu_()
        deep = torch.addmm(self.second.bias[:, None], self.second.weight, heard).relu_()
        said = torch.addmm(self.out.bias[:, None], self.out.weight, deep)
        opinion = _larger(corrupt[None, None], sides)[0, 0, :height, :width].reshape(-1)
        said = said + self.speaks[:, None] * (self.trust * opinion)
        return said.reshape(-1, height, width), deep.reshape(-1, height, width)

    def _deeper(self, heard: Tensor) -> Tensor:
        return torch.relu(self.second(torch.relu(heard)))

    def _answer(self, deep: Tensor, corrupt: Tensor) -> Tensor:
        said: Tensor = self.out(deep) + self.trust * corrupt[..., None] * self.speaks
        return said


def _larger(kept: Tensor, sides: Sequence[int]) -> Tensor:
    return functional.interpolate(kept, size=list(sides), mode="bilinear", align_corners=False)
