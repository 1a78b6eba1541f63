"""Block corruption: what the network says of the pictures that the gate has it look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from core.detectors.base import Detector, Row, Sample
from core.detectors.gate import Gate
from core.domain.heat import CELL_PX, as_heat, heat_shape
from core.domain.title import VideoStream

_CORRUPT = 0.5


class Answer(Protocol):
    """What the network says of a picture."""

    @property
    def probability(self) -> float:
        """That the picture is corrupted, 0..1."""

    @property
    def map(self) -> NDArray[np.float32]:
        """The same of every cell of 32 x 32 pixels, shape (rows, columns)."""


class Eye(Protocol):
    """Whoever looks at pictures: the network, or what stands for it in a test."""

    def see(self, rgb: NDArray[np.uint8]) -> Answer:
        """Look at a picture of shape (height, width, 3)."""


def _network() -> Eye:
    from core.models.shared_runtime import shared_runtime

    return shared_runtime()


class BlockCorruptionDetector(Detector):
    """Has the network look at chosen frames; one row a look, with the map.

    Class attributes:
        open_eye: Gives what looks; asked once, at the first look.
    """

    id = "block_corruption"
    open_eye: ClassVar[Callable[[], Eye]] = staticmethod(_network)

    @classmethod
    def missing(cls) -> str:
        """Weights, where there are none."""
        from core.models.shared_runtime import missing_weights

        return missing_weights()

    @classmethod
    def weights_hash(cls) -> str:
        """Hash of the file of tensors."""
        from core.models.shared_runtime import weights_hash

        return weights_hash()

    def reset(self) -> None:
        """Forget the frames before; what looks is kept."""
        self._gate = Gate(every_frame=self.options.every_frame)
        self._eye: Eye | None = None
        self._shape: tuple[int, ...] | None = None
        if isinstance(self.stream, VideoStream) and min(self.stream.width, self.stream.height) > 0:
            self._shape = heat_shape(self.stream.width, self.stream.height)

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """One row for a frame that is looked at."""
        if not self._gate.wants(views):
            return []
        if self._eye is None:
            self._eye = type(self).open_eye()
        sample = views["rgb"]
        assert sample.data is not None
        picture = np.asarray(sample.data, np.uint8)
        seen = self._eye.see(picture)
        self._gate.told(seen.probability)
        return [Row(sample.pts, _values(seen, picture.shape), self._sized(as_heat(seen.map)))]

    def _sized(self, heat: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A map of the stream's shape, also where a picture has another."""
        self._shape = self._shape or heat.shape
        if heat.shape == self._shape:
            return heat
        size = self._shape[::-1]
        return np.asarray(cv2.resize(heat, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def _values(seen: Answer, size: tuple[int, ...]) -> tuple[float, ...]:
    """Probability, corrupted area in percent, largest cell, and the box around the area."""
    corrupt = seen.map >= _CORRUPT
    figures = (float(seen.probability), 100.0 * float(corrupt.mean()), float(seen.map.max()))
    if not corrupt.any():
        return (*figures, 0.0, 0.0, 0.0, 0.0)
    box = []
    for axis in (1, 0):
        cells = np.flatnonzero(corrupt.any(axis=1 - axis))
        ends = (cells[0] * CELL_PX, (cells[-1] + 1) * CELL_PX)
        box.append([100.0 * min(float(end) / max(size[axis], 1), 1.0) for end in ends])
    (left, right), (top, bottom) = box
    return (*figures, left, top, right, bottom)
