"""The network that sees block corruption, loaded once a process and lent to all who ask.

Loading takes seconds and a network its memory, while an analysis and a map on demand may want one
at the same time; so there is one, and whoever asks waits for the picture that it is at.
"""

from __future__ import annotations

import threading
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.models.corruption_runtime import DETECTOR, Runtime, Seen, open_runtime
from core.models.weights import Weights, find

_loading = threading.Lock()


class SharedRuntime:
    """A runtime that several threads may ask, one after the other.

    Args:
        runtime: Lent to nobody else.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._asking = threading.Lock()

    @property
    def choice(self) -> str:
        """Which means it is."""
        return self._runtime.choice

    @property
    def weights(self) -> Weights:
        """Whose answers these are."""
        return self._runtime.weights

    def see(self, rgb: NDArray[np.uint8]) -> Seen:
        """Ask about a picture.

        Args:
            rgb: Shape (height, width, 3), of any size.
        """
        with self._asking:
            return self._runtime.see(rgb)


def shared_runtime() -> SharedRuntime:
    """The process's own; loaded when it is first asked for, and anew for other weights.

    Raises:
        KnownError: There are no weights, or they are not what their card tells of.
    """
    with _loading:
        weights = find(DETECTOR)
        return _loaded(weights.card.name, weights.tensors_sha256)


def missing_weights(detector: str = DETECTOR) -> str:
    """Why a detector's network cannot be had, in one sentence; empty when it can."""
    try:
        find(detector)
    except KnownError as error:
        return error.sentence
    return ""


def weights_hash(detector: str = DETECTOR) -> str:
    """Hash of the weights that are used for a detector; empty when there are none."""
    return "" if missing_weights(detector) else find(detector).tensors_sha256


@lru_cache(maxsize=1)
def _loaded(name: str, _digest: str) -> SharedRuntime:
    return SharedRuntime(open_runtime("auto", name))
