"""Textures that the drawn scenes are made of: fractal noise, gradients, grain."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Picture = NDArray[np.uint8]
"""RGB, shape (height, width, 3)."""

Field = NDArray[np.float32]
"""One value a pixel, shape (height, width)."""


def fractal_noise(
    rng: np.random.Generator, height: int, width: int, cell: int, octaves: int = 5
) -> Field:
    """Smooth random texture with detail at many scales.

    Args:
        rng: Source of randomness.
        height: Rows.
        width: Columns.
        cell: Size of the largest blobs in pixels.
        octaves: Each halves the size and the strength of the one before.

    Returns:
        Values stretched to 0..1.
    """
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        size = max(cell >> octave, 1)
        grid = rng.random((height // size + 3, width // size + 3), dtype=np.float32)
        big = cv2.resize(
            grid, (grid.shape[1] * size, grid.shape[0] * size), interpolation=cv2.INTER_CUBIC
        )
        total += big[:height, :width] * 0.5**octave
    low, high = float(total.min()), float(total.max())
    return np.asarray((total - low) / max(high - low, 1e-6), np.float32)


def gradient(
    height: int, width: int, stops: tuple[tuple[float, tuple[int, int, int]], ...]
) -> NDArray[np.float32]:
    """A vertical blend between colours.

    Args:
        height: Rows.
        width: Columns.
        stops: Position from the top (0..1) and RGB colour, in order.

    Returns:
        float32 RGB in 0..255, shape (height, width, 3).
    """
    rows = np.linspace(0, 1, height)
    places = [place for place, _ in stops]
    column = np.stack(
        [np.interp(rows, places, [color[c] for _, color in stops]) for c in range(3)], axis=1
    )
    return np.repeat(column[:, None, :], width, axis=1).astype(np.float32)


def tint(field: Field, dark: ArrayLike, light: ArrayLike) -> Picture:
    """Colour a field in 0..1 from RGB `dark` to RGB `light`."""
    low, high = np.asarray(dark, np.float32), np.asarray(light, np.float32)
    return np.asarray(low + field[..., None] * (high - low), np.uint8)


class Grain:
    """Film grain: cheap, never twice the same, the same for the same seed.

    Args:
        seed: Chooses the grain.
        height: Rows of the picture.
        width: Columns of the picture.
        strength: Standard deviation in code values.
    """

    def __init__(self, seed: int, height: int, width: int, strength: float) -> None:
        rng = np.random.default_rng([seed, 77])
        noise = rng.normal(0, strength, (height + 64, width + 64)).astype(np.float32)
        noise = cv2.GaussianBlur(noise, (0, 0), 0.7) * 1.6
        self._plus = np.clip(noise, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2)
        self._minus = np.clip(-noise, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2)
        self._size = (height, width)
        self._offsets = rng.integers(0, 64, (997, 2))

    def add(self, picture: Picture, frame: int) -> Picture:
        """The picture with the grain of this frame."""
        top, left = self._offsets[frame % len(self._offsets)]
        height, width = self._size
        plus = self._plus[top : top + height, left : left + width]
        minus = self._minus[top : top + height, left : left + width]
        return np.asarray(cv2.subtract(cv2.add(picture, plus), minus), np.uint8)


def shifted(layer: NDArray[np.generic], x: float, y: float, width: int, height: int) -> Picture:
    """The window of a larger layer whose top left corner lies at (x, y), to a part of a pixel."""
    matrix = np.array([[1, 0, -x], [0, 1, -y]], np.float32)
    moved = cv2.warpAffine(
        np.asarray(layer),
        matrix,
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    return np.asarray(moved, np.uint8)


def over(back: Picture, front: Picture, alpha: NDArray[np.uint8]) -> Picture:
    """Lay `front` over `back` where `alpha` (0..255, one value a pixel) says so."""
    weight = cv2.merge([alpha, alpha, alpha])
    kept = cv2.multiply(back, cv2.bitwise_not(weight), scale=1 / 255)
    return np.asarray(cv2.add(kept, cv2.multiply(front, weight, scale=1 / 255)), np.uint8)
