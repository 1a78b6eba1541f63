"""What is known of every pixel of a video before anything is learned; looked at once, then kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from core.learning.mask.shelf import Shelf
from core.models.block_corruption import STRIDE_PX
from core.models.mask_body import STRIDES, MaskBody

Picture = NDArray[np.uint8]
Places = NDArray[np.intp]

PLAIN = 15
"""Figures a pixel that need no network: colours sharp and blurred, texture, place."""

_BLURS_PX = (3.0, 8.0)
_FINER = tuple(STRIDE_PX // stride for stride in STRIDES)
_NOTED_EVERY, _LEVELLED = 8, 32


class FeatureBank:
    """Features of all frames.

    Attributes:
        frames: The pictures.

    Args:
        frames: RGB, all of one size.
        body: Looks at them.
        shelf: Keeps what it saw.
        told: Called with each frame's number before it is looked at; may raise to stop.
    """

    def __init__(
        self,
        frames: Sequence[Picture],
        body: MaskBody,
        shelf: Shelf,
        told: Callable[[int], None],
    ) -> None:
        self.frames = frames
        height, width = frames[0].shape[:2]
        rows, columns = (-(-side // STRIDE_PX) for side in (height, width))
        names = [f"stride{stride}" for stride in STRIDES]
        self._maps: list[NDArray[np.float16]] = [
            shelf.array(name, (len(frames), count, rows * finer, columns * finer), np.float16)
            for name, count, finer in zip(names, body.channels, _FINER, strict=True)
        ]
        self._corrupt: NDArray[np.float32] = shelf.array(
            "corrupt", (len(frames), rows, columns), np.float32
        )
        names.append("corrupt")
        for number in range(min(map(shelf.done, names)), len(frames)):
            told(number)
            sight = body.look(frames[number])
            for kept, seen in zip(self._maps, sight.maps, strict=True):
                kept[number] = seen
            self._corrupt[number] = 0 if sight.corrupt is None else sight.corrupt
            if number % _NOTED_EVERY == _NOTED_EVERY - 1 or number == len(frames) - 1:
                for name in names:
                    shelf.note(name, number + 1)
        self._levels = [_level(kept) for kept in self._maps]

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the frames."""
        height, width = self.frames[0].shape[:2]
        return height, width

    @property
    def channels(self) -> int:
        """Features a pixel, of maps and plain ones together."""
        return PLAIN + sum(int(kept.shape[1]) for kept in self._maps)

    def at(self, frame: int, rows: Places, columns: Places) -> tuple[Tensor, Tensor]:
        """Features of some pixels of a frame.

        Returns:
            float16 (m, channels), and the logits of corruption (m,).
        """
        found = [self.plain(frame)[rows, columns].astype(np.float16)]
        grid = self._grid(rows, columns)
        found += [_sampled(kept, grid).half().numpy() for kept in self.maps(frame)]
        corrupt = _sampled(self.corrupt(frame)[None], grid)[:, 0]
        return torch.from_numpy(np.concatenate(found, axis=1)), corrupt

    def maps(self, frame: int) -> list[Tensor]:
        """The network's features of a frame, finest first, (channels, rows, columns).

        Each channel is centred and divided by its spread over the video.
        """
        return [
            torch.from_numpy((kept[frame].astype(np.float32) - middle) / spread)
            for kept, (middle, spread) in zip(self._maps, self._levels, strict=True)
        ]

    def corrupt(self, frame: int) -> Tensor:
        """Logits of corruption, (rows, columns); zeros where the network knows none."""
        return torch.from_numpy(np.asarray(self._corrupt[frame]))

    def plain(self, frame: int) -> NDArray[np.float32]:
        """Figures of every pixel that need no network, shape (height, width, `PLAIN`)."""
        picture = self.frames[frame]
        height, width = picture.shape[:2]
        lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) / 40
        lab[..., 0] -= 1.25
        small = cv2.resize(lab, (-(-width // 4), -(-height // 4)), interpolation=cv2.INTER_AREA)
        blurred = [
            cv2.resize(cv2.GaussianBlur(small, (0, 0), sigma / 4), (width, height))
            for sigma in _BLURS_PX
        ]
        light = lab[..., 0]
        across = np.abs(cv2.Sobel(light, cv2.CV_32F, 1, 0, ksize=3))
        down = np.abs(cv2.Sobel(light, cv2.CV_32F, 0, 1, ksize=3))
        texture = [cv2.boxFilter(edge, -1, (7, 7)) for edge in (across, down)]
        y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
        x = np.linspace(-1, 1, width, dtype=np.float32)[None]
        found = np.empty((height, width, PLAIN), np.float32)
        found[..., :3] = lab
        found[..., 3:6], found[..., 6:9] = blurred
        found[..., 9], found[..., 10], found[..., 11], found[..., 12] = across, down, *texture
        found[..., 13], found[..., 14] = y, x
        return found

    def _grid(self, rows: Places, columns: Places) -> Tensor:
        """Places as `grid_sample` wants them, of the pictures made larger to multiples of 32."""
        height, width = (-(-side // STRIDE_PX) * STRIDE_PX for side in self.size)
        x = (columns + 0.5) * (2 / width) - 1
        y = (rows + 0.5) * (2 / height) - 1
        return torch.from_numpy(np.stack([x, y], axis=1).astype(np.float32))


def _sampled(kept: Tensor, grid: Tensor) -> Tensor:
    found = functional.grid_sample(
        kept[None], grid[None, None], mode="bilinear", padding_mode="border", align_corners=False
    )
    return found[0, :, 0].T


def _level(kept: NDArray[np.float16]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and spread of each channel over the video, (channels, 1, 1)."""
    frames = [one.astype(np.float32) for one in kept[:: max(len(kept) // _LEVELLED, 1)]]
    middle = np.mean([one.mean(axis=(1, 2)) for one in frames], axis=0)
    square = np.mean([(one**2).mean(axis=(1, 2)) for one in frames], axis=0)
    spread = np.sqrt(np.maximum(square - middle**2, 0)) + 1e-3
    return middle[:, None, None], spread[:, None, None]
