"""A mottled disc that moves over a wall, and where it is: a video to learn masks of."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.title import Title
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title

HEIGHT, WIDTH, COUNT = 72, 104, 6


def moving_disc() -> tuple[list[NDArray[np.uint8]], NDArray[np.uint8]]:
    """Frames, and 1 where the disc is, shape (n, height, width)."""
    draw = np.random.default_rng(5)
    rough = [
        (draw.random((HEIGHT // 4, WIDTH // 4, 3)) * 80 + dark).astype(np.uint8)
        for dark in (60, 150)
    ]
    wall, mottled = (cv2.resize(r, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) for r in rough)
    frames, truth = [], np.zeros((COUNT, HEIGHT, WIDTH), np.uint8)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    for number in range(COUNT):
        inside = (x - 24 - 6 * number) ** 2 + (y - 36) ** 2 < 18**2
        picture = np.array(wall, np.uint8)
        picture[inside] = np.roll(mottled, 6 * number, axis=1)[inside]
        frames.append(picture)
        truth[number][inside] = 1
    return frames, truth


def write_disc(path: Path) -> Title:
    """The same as a title of 25 frames a second."""
    settings = VideoSettings(crf=12, gop=6, b_frames=0, preset="ultrafast")
    write_title(path, iter(moving_disc()[0]), 25, None, 48000, settings=settings)
    return probe(path)
