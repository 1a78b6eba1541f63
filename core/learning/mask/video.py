"""The frames of a video as a round looks at them, and what people said of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.annotation.flow import Picture
from core.annotation.layer import flatten
from core.domain.errors import KnownError
from core.domain.mask import UNSAID, LabelMap, MaskProject
from core.domain.time import Span
from core.media.probe import probe
from core.media.reader import VideoReader
from core.store.store import Store

MOST_FRAMES = 750
"""A round looks at no more: features of 640 x 360 take 2.6 MB a frame while it lasts."""


@dataclass(frozen=True, slots=True, eq=False)
class Video:
    """Frames at the size that a round works at.

    Attributes:
        pts: Of each, on the project's base.
        frames: RGB, shape (height, width, 3).
        scale: Pixels of the stream that a pixel of them is wide.
    """

    pts: tuple[int, ...]
    frames: tuple[Picture, ...]
    scale: float


def read_video(
    path: Path,
    project: MaskProject,
    span: Span | None,
    working_px: int,
    told: Callable[[float], None],
) -> Video:
    """Decode the frames of a project.

    Args:
        path: The file.
        project: Whose.
        span: Only these frames; None is all.
        working_px: Larger frames are made smaller, to at most so many pixels.
        told: Told the share that is done; may raise to stop.

    Raises:
        KnownError: The file is another or cannot be read, or there are too many frames.
    """
    title = probe(path)
    stream = next((one for one in title.video if one.index == project.stream), None)
    if title.fingerprint != project.fingerprint or stream is None:
        raise KnownError(f"{path.name} is not the title that these masks belong to.")
    factor = min(math.sqrt(working_px / (project.width * project.height)), 1.0)
    width, height = (max(round(side * factor), 1) for side in (project.width, project.height))
    with VideoReader(path, stream) as reader:
        inside = span.to(reader.base) if span is not None else None
        count = sum(
            inside is None or inside.start <= pts < inside.end
            for pts in map(int, reader.index.frame_pts)
        )
        if not count:
            raise KnownError(f"{path.name} has no frames there.")
        if count > MOST_FRAMES:
            raise KnownError(
                f"A round takes at most {MOST_FRAMES} frames, and here are {count}; "
                "choose a stretch.",
            )
        pts: list[int] = []
        frames: list[Picture] = []
        for frame in reader.frames(inside):
            told(len(pts) / count)
            picture = np.asarray(frame.rgb_stored(), np.uint8)
            if picture.shape[:2] != (height, width):
                smaller = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
                picture = np.asarray(smaller, np.uint8)
            pts.append(frame.pts)
            frames.append(picture)
    return Video(tuple(pts), tuple(frames), project.width / width)


def said_labels(store: Store, project: MaskProject, video: Video) -> NDArray[np.uint8]:
    """What people said of the frames, as numbers of classes in the network's order.

    Returns:
        Shape (n, height, width) at the size of the video's frames; class 0 is the background, 1 the
        project's first class and so on; `UNSAID` where nobody said anything.

    Raises:
        KnownError: A mask in the store is damaged.
    """
    place = np.full(256, UNSAID, np.uint8)
    place[0] = 0
    for number, one in enumerate(project.classes, 1):
        place[one.number] = number
    height, width = video.frames[0].shape[:2]
    labels = np.full((len(video.pts), height, width), UNSAID, np.uint8)
    known = {pts: number for number, pts in enumerate(video.pts)}
    for pts in store.masks.frames(project.id):
        if pts in known:
            mask = flatten(project, pts, store.masks.layers(project.id, pts))
            if mask.by_person.any():
                said = np.where(mask.by_person, place[mask.labels], np.uint8(UNSAID))
                labels[known[pts]] = cv2.resize(
                    said, (width, height), interpolation=cv2.INTER_NEAREST_EXACT
                )
    return labels


def stream_map(probabilities: NDArray[np.float16], project: MaskProject) -> LabelMap:
    """The likeliest class of each pixel of the stream, by the project's numbers.

    Args:
        probabilities: Shape (height, width, classes), at the size that a round works at.
        project: Gives size and numbers.
    """
    numbers = (0, *(one.number for one in project.classes))
    best = np.full((project.height, project.width), -1, np.float32)
    found: LabelMap = np.zeros(best.shape, np.uint8)
    for number, said in zip(numbers, np.moveaxis(probabilities, 2, 0), strict=True):
        large = cv2.resize(
            np.ascontiguousarray(said, np.float32),
            (project.width, project.height),
            interpolation=cv2.INTER_LINEAR,
        )
        better = large > best
        found[better], best[better] = number, large[better]
    return found
