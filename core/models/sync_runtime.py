"""Asks the network of lip sync what faces show and what a sound says, 25 times a second.

Both answers are rows of the same width, made to agree where lips and sound belong together;
`core/detectors/lipsync/offset.py` lays one over the other. The graphs run in ONNX Runtime on one
thread; torch is imported once, to make them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError, KnownError
from core.models.sync_calibration import Calibration
from core.models.weights import Weights, find

DETECTOR = "lipsync"

CROP_PX = 112
"""Width and height of what is shown of a face (`core/detectors/lipsync/crop.py`)."""

Floats = NDArray[np.float32]


class SyncRuntime(ABC):
    """One means to ask the network. Not to be shared between threads.

    Attributes:
        weights: Whose answers these are.
        calibration: Makes probabilities of them.
    """

    weights: Weights
    calibration: Calibration

    def see(self, crops: NDArray[np.uint8]) -> Floats:
        """What a face shows.

        Args:
            crops: Cuts of one face, 40 ms apart, shape (n, 112, 112).

        Returns:
            Shape (n, d); row i belongs to cut i. Rows know some frames before and after theirs.
        """
        if crops.dtype != np.uint8 or crops.ndim != 3 or crops.shape[1:] != (CROP_PX, CROP_PX):
            raise BugError(f"these are no cuts of a face: {crops.dtype} of shape {crops.shape}")
        return self._see(crops)

    def hear(self, samples: Floats, rate: int) -> Floats:
        """What a sound says.

        Args:
            samples: One channel, full scale ±1, shape (n,).
            rate: Samples a second, 8,000 to 192,000.

        Returns:
            Shape (n * 25 // rate, d): row i belongs to the 40 ms from i / 25 s on.
        """
        if samples.ndim != 1:
            raise BugError(f"this is no channel of sound: shape {samples.shape}")
        return self._hear(samples, rate)

    @abstractmethod
    def _see(self, crops: NDArray[np.uint8]) -> Floats:
        """As `see`, of checked cuts."""

    @abstractmethod
    def _hear(self, samples: Floats, rate: int) -> Floats:
        """As `hear`, of a checked channel."""


def open_sync_runtime(weights: Weights | str | None = None) -> SyncRuntime:
    """Load the network.

    Args:
        weights: Weights or their name; None takes the newest of lip sync.

    Raises:
        KnownError: There are no weights, or they are not what their card tells of.
    """
    if not isinstance(weights, Weights):
        weights = find(weights or DETECTOR)
    raise KnownError(f"The weights {weights.card.name} are not for lip sync.")
