"""A stretch of sound that is heard in place of the title's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_FADE = 256


@dataclass(frozen=True, slots=True, eq=False)
class Substitute:
    """Samples to be heard instead, with a short cross-fade at either end.

    Attributes:
        first: Number of the first sample, counted from time zero at the stream's rate.
        samples: float32, shape (channels, n).
    """

    first: int
    samples: NDArray[np.float32]

    def over(self, samples: NDArray[np.float32], first: int) -> NDArray[np.float32]:
        """What is heard of a block of the title.

        Args:
            samples: The title's own, shape (channels, n).
            first: Number of its first sample.
        """
        count = self.samples.shape[1]
        low, high = max(first, self.first), min(first + samples.shape[1], self.first + count)
        if high <= low or len(samples) != len(self.samples):
            return samples
        place = np.arange(low - self.first, high - self.first)
        share = np.clip(np.minimum(place + 1, count - place) / _FADE, 0.0, 1.0).astype(np.float32)
        heard = samples.copy()
        own = samples[:, low - first : high - first]
        heard[:, low - first : high - first] = own + share * (self.samples[:, place] - own)
        return heard
