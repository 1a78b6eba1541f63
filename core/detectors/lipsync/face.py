"""Faces of a picture, as shares of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

EVERY = 10
"""Places of the grid from one look for faces to the next: five looks in two seconds."""

MOST = 8
"""Faces of a picture that are followed; a crowd does not speak one by one."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face, in shares of the picture's width and height as displayed.

    Attributes:
        x: Left.
        y: Top.
        width: Its width.
        height: Its height.
        score: How sure it is that this is a face, 0..1.
    """

    x: float
    y: float
    width: float
    height: float
    score: float = 1.0

    @property
    def box(self) -> NDArray[np.float64]:
        """Left, top, width, height."""
        return np.array([self.x, self.y, self.width, self.height])


class Found(Protocol):
    """A face in pixels of the picture that was looked at."""

    @property
    def x(self) -> float:
        """Left."""

    @property
    def y(self) -> float:
        """Top."""

    @property
    def width(self) -> float:
        """Its width."""

    @property
    def height(self) -> float:
        """Its height."""

    @property
    def score(self) -> float:
        """How sure it is, 0..1."""


class FaceNetwork(Protocol):
    """Whoever finds faces."""

    def find(self, rgb: NDArray[np.uint8]) -> Sequence[Found]:
        """The faces in a picture of shape (height, width, 3)."""


def faces_of(network: FaceNetwork, rgb: NDArray[np.uint8]) -> list[Face]:
    """The faces of a picture, the largest first, no more than eight.

    Args:
        network: Who finds them.
        rgb: As displayed, shape (height, width, 3).
    """
    height, width = rgb.shape[:2]
    faces = [
        Face(f.x / width, f.y / height, f.width / width, f.height / height, f.score)
        for f in network.find(rgb)
    ]
    # Rounded, so that of faces of one size the same comes first on any machine.
    return sorted(faces, key=lambda f: (-round(f.width * f.height, 6), f.x, f.y))[:MOST]
