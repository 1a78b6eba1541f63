"""Small titles with known content, for tests that need a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.title import Title
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title

WIDTH, HEIGHT, RATE = 160, 96, 25
SAMPLE_RATE = 48000


def moving_pictures(seconds: float) -> Iterator[NDArray[np.uint8]]:
    """Texture that moves; black from 1 to 2 s, standing still from 3 to 4 s."""
    scene = np.random.default_rng(3).integers(20, 230, (HEIGHT * 2, WIDTH * 4, 3)).astype(np.uint8)
    for i in range(round(seconds * RATE)):
        at = i / RATE
        if 1 <= at < 2:
            yield np.zeros((HEIGHT, WIDTH, 3), np.uint8)
            continue
        step = 75 if 3 <= at < 4 else i % (2 * HEIGHT)
        yield np.ascontiguousarray(scene[step // 2 :, step:][:HEIGHT, :WIDTH])


def tones(seconds: float) -> NDArray[np.float32]:
    """Stereo tone with a slow swell; silent from 2 to 2.5 s, cut off flat from 4 to 4.2 s."""
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = 0.3 * np.sin(2 * np.pi * 440 * at) * (0.6 + 0.4 * np.sin(at))
    tone[(at >= 2) & (at < 2.5)] = 0.0
    loud = (at >= 4) & (at < 4.2)
    tone[loud] = np.clip(tone[loud] * 12, -0.999, 0.999)
    return np.stack([tone, tone * 0.8]).astype(np.float32)


def make_clip(path: Path, seconds: float = 5.0, picture: bool = True, sound: bool = True) -> Title:
    """Write a small title; the suffix names the container.

    Args:
        path: Where.
        seconds: How long.
        picture: With pictures.
        sound: With sound.
    """
    write_title(
        path,
        moving_pictures(seconds) if picture else None,
        RATE,
        tones(seconds) if sound else None,
        SAMPLE_RATE,
        settings=VideoSettings(crf=20, gop=24, b_frames=2, preset="ultrafast"),
    )
    return probe(path)
