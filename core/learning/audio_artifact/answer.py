"""What somebody says of made seconds and of whole recordings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]

HOP_S = 0.5
"""Whole recordings are heard in seconds that overlap by half."""


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What somebody says of the first seconds of a pool.

    Attributes:
        name: Who.
        classes: Probabilities, shape (n, 5).
        artifacts: Probabilities, shape (n, 4).
    """

    name: str
    classes: Floats
    artifacts: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Listened:
    """What the network says of a recording, or of a piece of it.

    Attributes:
        name: Of the recording.
        family: What it is split by.
        kind: Speech, music, ambience or other.
        artifacts: Probabilities of every half second, shape (n, 4).
        classes: The same of the exclusive answer, shape (n, 5).
    """

    name: str
    family: str
    kind: str
    artifacts: Floats
    classes: Floats
