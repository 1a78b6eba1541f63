"""Views: the forms in which detectors see a frame, each computed at most once a frame.

| Name | Content |
|---|---|
| `luma` | brightness at full size and native depth: uint8, or uint16 holding `depth` bits |
| `luma/N` | mean of N x N blocks, uint8 at any depth; edges that fill no block are left out |
| `audio` | float32 samples (channels, n) as decoded |
| `events` | what decoder and demuxer reported since the previous frame |
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError

AUDIO = "audio"
EVENTS = "events"
_LUMA = re.compile(r"luma(?:/([1-9]\d*))?")
Picture = NDArray[Any]


class HasLuma(Protocol):
    """What a view needs of a decoded frame (`core.media.frame.VideoFrame`)."""

    @property
    def depth(self) -> int:
        """Bits a luma sample."""

    def luma(self) -> Picture:
        """The luma plane, shape (height, width), uint8 or uint16."""


def is_picture(view: str) -> bool:
    """Whether a view is made of pictures."""
    return _LUMA.fullmatch(view) is not None


class PictureViews:
    """Makes the picture views that some detectors need together.

    Args:
        names: View names; `audio` and `events` are left alone.

    Raises:
        BugError: A name is of no view at all.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._factors: dict[str, int] = {}
        for name in names:
            match = _LUMA.fullmatch(name)
            if match is not None:
                self._factors[name] = int(match[1] or 0)
            elif name not in (AUDIO, EVENTS):
                raise BugError(f"there is no view {name}")

    def of(self, frame: HasLuma) -> dict[str, tuple[Picture, int]]:
        """Compute the views of one frame.

        Returns:
            Array and bits a sample by view name; arrays may share memory with the frame and with
            each other, so nobody may write into them.
        """
        if not self._factors:
            return {}
        luma, depth = frame.luma(), frame.depth
        made = {1: luma}
        return {
            name: (_to_bytes(_reduced(made, factor), depth), 8) if factor else (luma, depth)
            for name, factor in self._factors.items()
        }


def _reduced(made: dict[int, Picture], factor: int) -> Picture:
    """The luma plane made smaller, from what was `made` before.

    Even factors go by halves: OpenCV's 2 x 2 mean is vectorised, so that three halvings cost a
    seventh of one mean over 8 x 8, and views share their steps. Each step rounds half up.
    """
    if factor not in made:
        made[factor] = (
            _shrunk(_reduced(made, factor // 2), 2) if factor % 2 == 0 else _shrunk(made[1], factor)
        )
    return made[factor]


def _shrunk(picture: Picture, factor: int) -> Picture:
    height, width = picture.shape
    rows, columns = max(height // factor, 1), max(width // factor, 1)
    whole = picture[: rows * factor, : columns * factor]
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA))


def _to_bytes(picture: Picture, depth: int) -> Picture:
    if picture.dtype == np.uint8:
        return picture
    return np.right_shift(picture, depth - 8).astype(np.uint8)
