"""Hiss: noise of tape, microphones and circuits behind the programme."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.simulate.kind import Sound, SoundDamage

_LEAST_DB = -45.0
_MOST_DB = -15.0
_QUIET = 1e-3
_LOW_HZ = 20.0
_TAPE_HZ = 3000.0


class Hiss(SoundDamage):
    """Adds noise, of its own in every channel.

    Its level under that of the stretch is 45 dB at severity 0 and 15 dB at 1 (quieter programme
    than -60 dBFS counts as -60 dBFS). Variants: `white`; `pink`, whose power falls by 3 dB an
    octave; `tape`, which rises by 6 dB an octave up to 3 kHz and is white above.
    """

    VARIANTS = ("white", "pink", "tape")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Add the noise to the stretch."""
        if not sound.size:
            return sound
        level = max(float(np.sqrt(np.mean(np.square(sound)))), _QUIET)
        hertz = np.maximum(np.fft.rfftfreq(sound.shape[1], 1.0 / rate), _LOW_HZ)
        spectrum = np.fft.rfft(self.rng.normal(size=sound.shape)) * self._shape(hertz)
        noise = np.fft.irfft(spectrum, sound.shape[1])
        noise *= level * 10.0 ** (self._level_db() / 20.0) / np.sqrt(np.mean(np.square(noise)))
        return np.asarray(np.clip(sound + noise, -1.0, 1.0), np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """Kind, band, and how far it lies under the programme."""
        low = {"white": _LOW_HZ, "pink": _LOW_HZ, "tape": _TAPE_HZ / 4}[self.variant]
        return {
            "variant": self.variant,
            "low_hz": low,
            "high_hz": 20_000.0,
            "level_db": self._level_db(),
        }

    def _shape(self, hertz: NDArray[np.float64]) -> NDArray[np.float64]:
        if self.variant == "pink":
            return np.asarray(hertz**-0.5)
        if self.variant == "tape":
            return np.asarray(np.minimum(hertz / _TAPE_HZ, 1.0))
        return np.ones_like(hertz)

    def _level_db(self) -> float:
        return _LEAST_DB + (_MOST_DB - _LEAST_DB) * self.severity
