"""Optical flow between pictures, and where it can be trusted.

The flow is OpenCV's DIS (Kroeger, Timofte, Dai and Van Gool, "Fast optical flow using dense inverse
search", ECCV 2016). What is hidden in the other picture is told by going there and back: Sundaram,
Brox and Keutzer, "Dense point trajectories by GPU-accelerated large displacement optical flow",
ECCV 2010, equation 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""RGB, shape (height, width, 3)."""

Flow = NDArray[np.float32]
"""Where each pixel of a picture is in another, x and y in pixels from here: (height, width, 2)."""

_SMALLEST_PX = 32
_SHARE, _SLACK_PX2 = 0.01, 0.5
_CUT_SHARE = 0.25
_CUT_CODES = 24.0


class Preset(Enum):
    """How much OpenCV's DIS does; `MEDIUM` is used, chosen by measurement (docs/adr/0032)."""

    ULTRAFAST = cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST
    FAST = cv2.DISOPTICAL_FLOW_PRESET_FAST
    MEDIUM = cv2.DISOPTICAL_FLOW_PRESET_MEDIUM


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """How one picture becomes the next.

    Attributes:
        forward: Where each pixel of the first is in the second.
        backward: Where each pixel of the second is in the first.
        seen: Where a pixel of the first is in sight in the second too, bool (height, width).
        seen_before: Where a pixel of the second was in sight in the first, likewise.
    """

    forward: Flow
    backward: Flow
    seen: NDArray[np.bool_]
    seen_before: NDArray[np.bool_]


def motion(first: Picture, second: Picture, preset: Preset = Preset.MEDIUM) -> Motion:
    """Flow from one picture to the next and back, with what each hides of the other.

    Across a cut nothing is seen in both.

    Args:
        first: A picture.
        second: Another, of the same size.
        preset: How much work goes into it.

    Raises:
        ValueError: The sizes differ.
    """
    if first.shape != second.shape:
        raise ValueError(f"no flow leads from {first.shape} to {second.shape}")
    one, other = (cv2.cvtColor(p, cv2.COLOR_RGB2GRAY).astype(np.uint8) for p in (first, second))
    forward, backward = _flow(one, other, preset), _flow(other, one, preset)
    seen, seen_before = _agree(forward, backward), _agree(backward, forward)
    if _is_cut(first, second, backward, seen_before):
        seen, seen_before = np.zeros_like(seen), np.zeros_like(seen_before)
    return Motion(forward, backward, seen, seen_before)


def motions(pictures: Sequence[Picture]) -> list[Motion]:
    """Of each picture to its next, one fewer than there are pictures."""
    return [motion(one, other) for one, other in pairwise(pictures)]


def landing(flow: Flow) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]:
    """Where the pixels of a picture land in the other.

    Returns:
        Row and column of the nearest pixel, brought inside, and whether it was inside.
    """
    height, width = flow.shape[:2]
    x = np.rint(np.arange(width, dtype=np.float32)[None] + flow[..., 0]).astype(np.intp)
    y = np.rint(np.arange(height, dtype=np.float32)[:, None] + flow[..., 1]).astype(np.intp)
    inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    return np.clip(y, 0, height - 1), np.clip(x, 0, width - 1), inside


def _flow(one: NDArray[np.uint8], other: NDArray[np.uint8], preset: Preset) -> Flow:
    height, width = one.shape
    # DIS reads beyond its coarsest level where a picture is smaller than its patches.
    below, right = (max(_SMALLEST_PX - side, 0) for side in (height, width))
    larger = [np.pad(picture, ((0, below), (0, right)), mode="edge") for picture in (one, other)]
    start = np.zeros((*larger[0].shape, 2), np.float32)
    found = cv2.DISOpticalFlow.create(preset.value).calc(larger[0], larger[1], start)
    return np.ascontiguousarray(found[:height, :width], np.float32)


def _agree(there: Flow, back: Flow) -> NDArray[np.bool_]:
    row, column, inside = landing(there)
    returned = back[row, column]
    gap = ((there + returned) ** 2).sum(axis=2)
    length = (there**2).sum(axis=2) + (returned**2).sum(axis=2)
    agree: NDArray[np.bool_] = inside & (gap <= _SHARE * length + _SLACK_PX2)
    return agree


def _is_cut(
    first: Picture, second: Picture, backward: Flow, seen_before: NDArray[np.bool_]
) -> bool:
    """Little agrees, and what the flow brings does not look like the picture."""
    if seen_before.mean() > _CUT_SHARE:
        return False
    row, column, _ = landing(backward)
    gap = np.abs(first[row, column].astype(np.int16) - second)
    return bool(gap.mean() > _CUT_CODES)
