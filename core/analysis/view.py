"""Views: the forms in which detectors see a frame, each computed at most once a frame.

| Name | Content |
|---|---|
| `luma` | brightness at full size and native depth: uint8, or uint16 holding `depth` bits |
| `luma/N` | mean of N x N blocks, uint8 at any depth; edges that fill no block are left out |
| `chroma` | Cb and Cr as stored, at native depth: shape (2, height, width) of their own size |
| `chroma/N` | the same on the grid of `luma/N`, uint8 (2, height, width); 128 is no colour |
| `rgb` | colours as on a screen, full range, coded size, not rotated: uint8 (height, width, 3) |
| `audio` | float32 samples (channels, n) as decoded; beside pictures, see below |
| `cues` | the captions that start at one PTS |
| `events` | what decoder and demuxer reported since the previous frame |

A detector of pictures that asks for `audio` is given, with a frame, what of the title's first sound
it was not given before, up to ten seconds and more behind that frame; often that is none
(`core/analysis/sound_feed.py`).

A picture view is computed when a detector asks for it, so one that looks only now and then costs
nothing in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError

AUDIO = "audio"
CUES = "cues"
EVENTS = "events"
RGB = "rgb"
_PICTURE = re.compile(r"(luma|chroma)(?:/([1-9]\d*))?|(rgb)")
_NEUTRAL = 128
Picture = NDArray[Any]


class HasPlanes(Protocol):
    """What views need of a decoded frame (`core.media.frame.VideoFrame`)."""

    @property
    def depth(self) -> int:
        """Bits a luma sample."""

    def luma(self) -> Picture:
        """The luma plane, shape (height, width), uint8 or uint16."""

    def chroma(self) -> tuple[Picture, Picture] | None:
        """Cb and Cr, each of its own size; None without colour."""

    def rgb_stored(self) -> NDArray[np.uint8]:
        """Colours of full range, coded size, not rotated, shape (height, width, 3)."""


def is_picture(view: str) -> bool:
    """Whether a view is made of pictures."""
    return _PICTURE.fullmatch(view) is not None


class PictureViews:
    """The picture views that some detectors need together.

    Args:
        names: View names; those that are not made of pictures are left alone.

    Raises:
        BugError: A name is of no view at all.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._wanted: dict[str, tuple[str, int]] = {}
        for name in names:
            match = _PICTURE.fullmatch(name)
            if match is not None:
                self._wanted[name] = (match[1] or match[3], int(match[2] or 0))
            elif name not in (AUDIO, CUES, EVENTS):
                raise BugError(f"there is no view {name}")

    def of(self, frame: HasPlanes) -> FrameViews:
        """The views of one frame, not computed yet."""
        return FrameViews(frame, self._wanted)


class FrameViews(Mapping[str, tuple[Picture, int]]):
    """Array and bits a sample of the views of one frame, each computed when first asked for.

    Arrays may share memory with the frame and with each other, so nobody may write into them.
    """

    def __init__(self, frame: HasPlanes, wanted: Mapping[str, tuple[str, int]]) -> None:
        self._frame = frame
        self._wanted = wanted
        self._made: dict[str, tuple[Picture, int]] = {}
        self._luma: dict[int, Picture] = {}
        self._chroma: tuple[dict[int, Picture], dict[int, Picture]] | None = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._wanted)

    def __len__(self) -> int:
        return len(self._wanted)

    def __getitem__(self, name: str) -> tuple[Picture, int]:
        if name not in self._made:
            self._made[name] = self._view(*self._wanted[name])
        return self._made[name]

    def _view(self, family: str, factor: int) -> tuple[Picture, int]:
        if family == RGB:
            return self._frame.rgb_stored(), 8
        return self._luma_view(factor) if family == "luma" else self._chroma_view(factor)

    def _luma_view(self, factor: int) -> tuple[Picture, int]:
        if not self._luma:
            self._luma[1] = self._frame.luma()
        depth = self._frame.depth
        if not factor:
            return self._luma[1], depth
        return _to_bytes(_reduced(self._luma, factor), depth), 8

    def _chroma_view(self, factor: int) -> tuple[Picture, int]:
        depth = self._frame.depth
        planes = self._frame.chroma()
        if not factor:
            return self._without_color(1, depth) if planes is None else np.stack(planes), depth
        if planes is None:
            return self._without_color(factor, 8), 8
        size = _luma_grid(self._frame.luma(), factor)
        if self._chroma is None:
            self._chroma = ({1: planes[0]}, {1: planes[1]})
        return np.stack([_to_bytes(_on_grid(made, size), depth) for made in self._chroma]), 8

    def _without_color(self, factor: int, depth: int) -> Picture:
        size = _luma_grid(self._frame.luma(), factor)
        kind = np.uint8 if depth == 8 else np.uint16
        return np.full((2, *size), _NEUTRAL << (depth - 8), kind)


def _luma_grid(luma: Picture, factor: int) -> tuple[int, int]:
    return max(luma.shape[0] // factor, 1), max(luma.shape[1] // factor, 1)


def _on_grid(made: dict[int, Picture], size: tuple[int, int]) -> Picture:
    """A chroma plane brought to the size of a luma view: halved while it is twice as large."""
    factor = 1
    height, width = made[1].shape
    while height // (factor * 2) >= size[0] and width // (factor * 2) >= size[1]:
        factor *= 2
    small = _reduced(made, factor)
    if small.shape == size:
        return small
    return np.asarray(cv2.resize(small, size[::-1], interpolation=cv2.INTER_AREA))


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
