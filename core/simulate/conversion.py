"""From drawn RGB to the planes that are damaged, and from planes to what the writer takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from core.simulate.kind import Picture
from core.simulate.planar import bare_frame, format_of

# Bit-exact and rounded accurately, so that every processor gives the same picture.
_SCALING = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.BITEXACT


def from_rgb(pictures: Iterable[NDArray[np.uint8]]) -> Iterator[Picture]:
    """RGB pictures (h, w, 3) of even size as 4:2:0 of nominal range, after ITU-R BT.709."""
    scaler = VideoReformatter()
    for rgb in pictures:
        frame = scaler.reformat(
            av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), "rgb24"),
            format="yuv420p",
            src_colorspace=Colorspace.ITU709,
            dst_colorspace=Colorspace.ITU709,
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            interpolation=_SCALING,
            threads=1,
        )
        packed = frame.to_ndarray()
        height, width = rgb.shape[:2]
        colors = packed[height:].reshape(2, height // 2, width // 2)
        yield Picture(packed[:height], (colors[0], colors[1]))


def to_rgb(picture: Picture) -> NDArray[np.uint8]:
    """A picture as RGB of full range, shape (h, w, 3), after ITU-R BT.709."""
    frame = VideoReformatter().reformat(
        bare_frame(picture, format_of(picture)),
        format="rgb24",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG if picture.full_range else ColorRange.MPEG,
        dst_color_range=ColorRange.JPEG,
        interpolation=_SCALING,
        threads=1,
    )
    return np.asarray(frame.to_ndarray(), np.uint8)


def packed(picture: Picture) -> NDArray[Any]:
    """A 4:2:0 picture as one array (h * 3/2, w), as the writer's `yuv420p` takes it."""
    assert picture.chroma is not None
    # Colour planes with an odd number of rows fill no whole number of luma's rows by themselves.
    flat = np.concatenate([plane.reshape(-1) for plane in picture.planes])
    return flat.reshape(-1, picture.width)
