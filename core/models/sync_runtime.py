"""Asks the network of lip sync what faces show and what a sound says, 25 times a second.

Both answers are rows of the same width, made to agree where lips and sound belong together;
`core/detectors/lipsync/offset.py` lays one over the other. The graphs run in ONNX Runtime on one
thread; torch is imported once, to make them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError, KnownError
from core.models.corruption_runtime import open_session
from core.models.sync_calibration import CAUTIOUS, FEATURES, Calibration
from core.models.sync_sound import sync_bands
from core.models.weights import Weights, find, kept_graph, load_into

if TYPE_CHECKING:
    from core.models.lip_sync import LipSyncNet

DETECTOR = "lipsync"
ARCHITECTURE = "LipSyncNet"

Tower = Literal["see", "hear"]
"""A graph each: one is asked without the other."""

AT_A_TIME = 112
"""Pictures that are shown at once: what a chunk of the detector has, so that none is seen twice."""

_BODY_REACH = 6
"""Pictures to either side that the body of `LipSyncNet` knows of."""

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
    if weights.card.architecture == ARCHITECTURE:
        return _TowerRuntime(weights)
    raise KnownError(f"The weights {weights.card.name} are not for lip sync.")


def load_net(weights: Weights) -> LipSyncNet:
    """The network itself with its weights, in eval mode. Imports torch.

    Raises:
        KnownError: The weights are not what their card tells of, or for another network.
    """
    from core.models.lip_sync import LipSyncNet

    width, seen, heard, hidden = (
        _whole(weights, name) for name in ("width", "seen_pictures", "heard_pictures", "hidden")
    )
    net = LipSyncNet(width, seen, heard, hidden)
    load_into(net, weights)
    return net.eval().requires_grad_(False)


def calibration_of(weights: Weights) -> Calibration:
    """What makes probabilities of these weights' answers; careful where nobody calibrated them.

    Raises:
        KnownError: The card has it wrong.
    """
    said = weights.card.options.get("calibration", "")
    if not said:
        return CAUTIOUS
    try:
        return Calibration(tuple(float(value) for value in said.split()))
    except ValueError as error:
        raise KnownError(
            f"The calibration of {weights.card.name} cannot be read.",
            f"{len(FEATURES)} numbers are wanted, not {said!r}",
        ) from error


class _TowerRuntime(SyncRuntime):
    """Both towers as graphs in ONNX Runtime, on the calling thread."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.calibration = calibration_of(weights)
        self._reach = _BODY_REACH + _whole(weights, "seen_pictures")
        self._seeing = open_session(_graph_of(weights, "see"), 1)
        self._hearing = open_session(_graph_of(weights, "hear"), 1)

    def _see(self, crops: NDArray[np.uint8]) -> Floats:
        found = [np.empty((0, _whole(self.weights, "width")), np.float32)]
        for start in range(0, len(crops), AT_A_TIME):
            low = max(0, start - self._reach)
            high = min(len(crops), start + AT_A_TIME + self._reach)
            [rows] = self._seeing.run(["rows"], {"crops": crops[low:high]})
            found.append(rows[start - low : start - low + AT_A_TIME])
        return np.concatenate(found)

    def _hear(self, samples: Floats, rate: int) -> Floats:
        bands = sync_bands(samples, rate)
        if not len(bands):
            return np.empty((0, _whole(self.weights, "width")), np.float32)
        rows: Floats = self._hearing.run(["rows"], {"bands": bands})[0]
        return rows


def _graph_of(weights: Weights, tower: Tower) -> bytes:
    def export(path: Path) -> None:
        from core.models.export_sync import export_tower

        export_tower(load_net(weights), tower, path)

    return kept_graph(weights, export, tower)


def _whole(weights: Weights, option: str) -> int:
    try:
        return int(weights.card.options[option])
    except (KeyError, ValueError) as error:
        raise KnownError(
            f"The weights {weights.card.name} are for a network not known here."
        ) from error
