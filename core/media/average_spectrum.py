"""The average spectrum of a stretch of sound, fine enough to tell the lines of the mains apart."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

import numpy as np
import scipy
from numpy.typing import NDArray

from core.jobs.progress import CancelToken

LOWEST_DB = -140.0
_WINDOW_S = 0.7
_SHORTEST = 64


@dataclass(frozen=True, slots=True, eq=False)
class AverageSpectrum:
    """Power over frequency.

    Attributes:
        step_hz: From one bin to the next; the first is at 0 Hz.
        levels_db: float32, shape (bins,): the level of a sine in that bin, in dBFS.
    """

    step_hz: float
    levels_db: NDArray[np.float32]

    @property
    def high_hz(self) -> float:
        """Frequency of the last bin."""
        return self.step_hz * (len(self.levels_db) - 1)

    def levels_between(self, edges_hz: NDArray[np.float64]) -> NDArray[np.float32]:
        """The highest level from each edge to the next, in dBFS.

        Between two bins it is the level on the line from one to the other.

        Args:
            edges_hz: Increasing, shape (n + 1,).

        Returns:
            float32, shape (n,).
        """
        last = len(self.levels_db) - 1
        middles = (edges_hz[1:] + edges_hz[:-1]) / 2 / self.step_hz
        levels = np.interp(middles, np.arange(last + 1), self.levels_db).astype(np.float32)
        bins = np.clip(np.ceil(edges_hz / self.step_hz).astype(np.int64), 0, last)
        several = bins[1:] > bins[:-1]
        highest = np.maximum.reduceat(self.levels_db, bins)[:-1]
        levels[several] = highest[several]
        return levels

    def level_at(self, low_hz: float, high_hz: float) -> float:
        """The highest level between two frequencies, in dBFS."""
        return float(self.levels_between(np.array([low_hz, high_hz]))[0])


def average_spectrum(
    samples: NDArray[np.float32], rate: int, cancel: CancelToken | None = None
) -> AverageSpectrum | None:
    """Average the power of spectra that overlap by half (Welch 1967, Hann, about .7 s).

    Args:
        samples: Shape (n,).
        rate: Samples a second.
        cancel: Looked at for each spectrum.

    Returns:
        The spectrum; None for fewer than 64 samples. A stretch that is shorter than the window
        is taken whole.
    """
    if len(samples) < _SHORTEST:
        return None
    token = cancel or CancelToken()
    length = min(int(2 ** round(log2(_WINDOW_S * rate))), len(samples))
    window = np.hanning(length + 1)[:-1].astype(np.float32)
    starts = range(0, len(samples) - length + 1, max(length // 2, 1))
    total = np.zeros(length // 2 + 1)
    for start in starts:
        token.check()
        spectrum = scipy.fft.rfft(samples[start : start + length] * window)
        total += spectrum.real**2 + spectrum.imag**2
    power = total / len(starts) * (2.0 / float(window.sum(dtype=np.float64))) ** 2
    levels = 10.0 * np.log10(np.maximum(power, 10.0 ** (LOWEST_DB / 10.0)))
    return AverageSpectrum(rate / length, levels.astype(np.float32))
