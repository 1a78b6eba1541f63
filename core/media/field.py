"""One field of a picture: every other line, as a picture of half the height."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import av
import numpy as np

from core.media.frame import VideoFrame
from core.media.source import open_container, stream_of

_UNSPECIFIED = 2
_BT709, _BT601 = 1, 6
_HD_HEIGHT = 720
# AV_FIELD_BB and AV_FIELD_BT: the lower field is shown first.
_LOWER_FIRST = (3, 5)


@lru_cache(maxsize=8)
def shows_lower_first(path: Path, stream: int) -> bool:
    """Whether a stream declares that its lower field is shown first.

    Raises:
        KnownError: The file cannot be read.
    """
    with open_container(path) as container:
        found = stream_of(container, stream, av.VideoStream, path)
        return int(found.codec_context.field_order) in _LOWER_FIRST


def field_of(frame: VideoFrame, lower: bool) -> VideoFrame:
    """The lines of one field, its chroma lines as well.

    Args:
        frame: A picture whose lines are those of two fields; any other gives every other line.
        lower: The field of lines 1, 3, 5 …, else that of lines 0, 2, 4 ….

    Returns:
        A picture with the same time and colours; with 4:2:0 the chroma of interlaced video is
        stored field by field, and so it is taken.
    """
    source = frame.frame
    half = av.VideoFrame(source.width, max(source.height // 2, 1), source.format.name)
    for mine, whole in zip(half.planes, source.planes, strict=True):
        lines = np.frombuffer(memoryview(whole), np.uint8).reshape(whole.height, -1)
        if whole.line_size < 0:
            lines = lines[::-1]
        taken = lines[int(lower) :: 2][: mine.height]
        made = np.zeros((mine.height, mine.line_size), np.uint8)
        width = min(made.shape[1], taken.shape[1])
        made[: len(taken), :width] = taken[:, :width]
        mine.update(made.tobytes())
    space = int(source.colorspace)
    if space == _UNSPECIFIED and not frame.is_rgb:
        # Without a word of the stream the height decides, and that is halved now.
        space = _BT709 if frame.height >= _HD_HEIGHT else _BT601
    half.colorspace = space
    half.color_range = source.color_range
    half.color_trc = source.color_trc
    half.color_primaries = source.color_primaries
    return VideoFrame(
        half,
        stream=frame.stream,
        pts=frame.pts,
        end_pts=frame.end_pts,
        base=frame.base,
        rotation=frame.rotation,
    )
