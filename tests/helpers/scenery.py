"""Clean pictures and sound, made in milliseconds: what every detector must keep quiet about."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
Sound = NDArray[np.float32]

HEIGHT, WIDTH = 180, 320
SOUND_RATE = 48_000


def moving_planes(count: int, seed: int = 0, dark: bool = False) -> list[Plane]:
    """Luma planes of a camera that moves over texture, with grain."""
    rng = np.random.default_rng(seed)
    size = (HEIGHT + 2 * count, WIDTH + 4 * count)
    fine = cv2.GaussianBlur(rng.normal(0, 1, size).astype(np.float32), (0, 0), 2.5)
    coarse = cv2.GaussianBlur(rng.normal(0, 1, size).astype(np.float32), (0, 0), 17)
    scene = fine / fine.std() + 2 * coarse / coarse.std()
    center, swing = (24.0, 2.2) if dark else (120.0, 30.0)
    planes = []
    for i in range(count):
        window = scene[i : i + HEIGHT, 3 * i : 3 * i + WIDTH]
        grain = rng.normal(0, 1.2, window.shape)
        planes.append(np.clip(center + swing * window + grain, 16, 235).astype(np.uint8))
    return planes


def moving_shapes(count: int, seed: int = 0) -> list[Plane]:
    """Luma planes of a camera that moves over flat shapes with sharp edges, with little grain."""
    rng = np.random.default_rng(seed)
    scene = np.full((HEIGHT + count, WIDTH + count), 110, np.uint8)
    for _ in range(6 * count):
        top, left = (int(rng.integers(0, side)) for side in scene.shape)
        tall, wide = rng.integers(6, 40, 2)
        scene[top : top + tall, left : left + wide] = rng.integers(30, 220)
    planes = []
    for i in range(count):
        grain = rng.normal(0, 1.0, (HEIGHT, WIDTH))
        window = scene[i // 2 : i // 2 + HEIGHT, i : i + WIDTH]
        planes.append(np.clip(np.rint(window + grain), 16, 235).astype(np.uint8))
    return planes


def sky_planes(count: int, noise: float = 0.5, seed: int = 0) -> list[Plane]:
    """A gradient from dark to bright that drifts, with a little noise as dither."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    planes = []
    for i in range(count):
        slope = 60 + 0.25 * columns + 0.12 * rows + 0.05 * i
        planes.append(np.rint(slope + rng.normal(0, noise, slope.shape)).astype(np.uint8))
    return planes


def still_planes(count: int, noise: float, seed: int = 0) -> list[Plane]:
    """A still life before a live camera: nothing moves but sensor noise."""
    rng = np.random.default_rng(seed)
    scene = moving_planes(1, seed)[0].astype(np.float32)
    return [
        np.clip(np.rint(scene + rng.normal(0, noise, scene.shape)), 16, 235).astype(np.uint8)
        for _ in range(count)
    ]


def music(seconds: float, seed: int = 0, peak: float = 0.6) -> Sound:
    """Stereo chords with a beat and some noise; shape (2, n) at 48 kHz."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * SOUND_RATE)) / SOUND_RATE
    sound = np.zeros((2, len(time)))
    for hertz in (110.0, 220.5, 277.2, 329.6, 440.0, 659.3):
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * rng.uniform(0.3, 1.2) * time + rng.uniform(0, 6))
        for side in range(2):
            sound[side] += swell * np.sin(2 * np.pi * hertz * time + rng.uniform(0, 6))
    beat = np.exp(-((time * 2) % 1) * 9)
    sound += beat * rng.normal(0, 0.8, sound.shape)
    return np.asarray(peak * sound / np.abs(sound).max(), np.float32)
