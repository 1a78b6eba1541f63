"""The three kinds of damage: to pictures, to sound, and to the packets of a stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[Any]
"""uint8 or uint16, shape (height, width, 3) RGB or (height, width) luma."""

Sound = NDArray[np.float32]
"""float32, shape (channels, n); full scale is ±1."""


class _Damage:
    """What all kinds share.

    Args:
        severity: 0 (hardly there) to 1 (unmistakable).
        seed: The same seed gives the same damage.
    """

    def __init__(self, severity: float = 1.0, seed: int = 0) -> None:
        self.severity = min(max(severity, 0.0), 1.0)
        self.seed = seed
        self.rng = np.random.default_rng([seed, len(type(self).__name__)])

    def parameters(self) -> dict[str, float | int | str]:
        """What severity and seed came to."""
        return {}


class PictureDamage(_Damage, ABC):
    """Damages the frames of one stretch, given in order; make a new one for each stretch.

    Args:
        severity: 0 (hardly there) to 1 (unmistakable).
        seed: The same seed gives the same damage.
        black: Code value of black: 0 for RGB and full range, 16 for 8-bit luma of nominal range.
    """

    def __init__(self, severity: float = 1.0, seed: int = 0, *, black: int = 0) -> None:
        super().__init__(severity, seed)
        self.black = black

    @abstractmethod
    def apply(self, picture: Picture) -> Picture:
        """The damaged frame, of the same shape and type; the argument stays as it is."""


class SoundDamage(_Damage, ABC):
    """Damages one stretch of sound."""

    @abstractmethod
    def apply(self, sound: Sound, rate: int) -> Sound:
        """The damaged stretch, of the same shape; the argument stays as it is.

        Args:
            sound: Shape (channels, n).
            rate: Samples a second.
        """
