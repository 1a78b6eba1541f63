"""Masks as a video of grey pictures: any pixel that is not black belongs to the class.

`onglass simulate` writes the truth of what it damaged as such a file beside the damaged title.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.annotation.exchange.sheet import Frame, Sheet, classes_of
from core.domain.errors import KnownError
from core.media.probe import probe
from core.media.reader import VideoReader


def read_mask_video(path: Path, class_name: str) -> Sheet:
    """Read a sheet of one class; times are those of the file's pictures.

    Args:
        path: A video whose pictures are masks.
        class_name: What the masks show.

    Raises:
        KnownError: It cannot be read, or holds no pictures.
    """
    title = probe(path)
    if not title.video:
        raise KnownError(f"{path.name} holds no pictures.")
    stream = title.video[0]
    (one,) = classes_of([class_name])
    frames = []
    with VideoReader(path, stream) as reader:
        for place, frame in enumerate(reader.frames()):
            labels = np.where(frame.luma() > 0, one.number, 0).astype(np.uint8)
            frames.append(Frame(place, frame.pts, labels))
        base = reader.base
    if not frames:
        raise KnownError(f"{path.name} holds no pictures.")
    height, width = frames[0].labels.shape
    return Sheet(path.stem, width, height, base, len(frames), (one,), tuple(frames))
