"""What the detectors of pictures share: nominal black and white, and picture arrays as bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Sample
from core.domain.title import Stream, VideoStream

Picture = NDArray[Any]


def nominal_range(stream: Stream) -> tuple[float, float]:
    """8-bit luma of black and white: 16 and 235, or 0 and 255 for full range.

    ITU-R BT.709; a 10-bit picture shifted to 8 bits has the same.
    """
    if isinstance(stream, VideoStream):
        full = stream.color_range == "pc" or stream.pixel_format.startswith(("yuvj", "rgb", "gbr"))
        if full:
            return 0.0, 255.0
    return 16.0, 235.0


def as_bytes(sample: Sample) -> NDArray[np.uint8]:
    """A picture as uint8, whatever its depth; no copy when it is so already."""
    assert sample.data is not None
    data: Picture = sample.data
    if data.dtype == np.uint8:
        return data
    return np.right_shift(data, max(sample.depth - 8, 0)).astype(np.uint8)
