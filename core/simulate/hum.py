"""Hum: the mains in the sound."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Sound, SoundDamage

_LEAST_DB = -40.0
_MOST_DB = -10.0
_QUIET = 1e-3
_HARMONICS = 8
_OFF = 1e-3
_DRIFT_HZ = 0.25
_DRIFT_PERIOD_S = 8.0
_MAINS_HZ = {"50": 50.0, "60": 60.0, "drifting": 50.0}


class Hum(SoundDamage):
    """Adds a tone of 50 or 60 Hz and its multiples up to the eighth, in all channels.

    Its level under that of the stretch is 40 dB at severity 0 and 10 dB at 1 (quieter programme
    than -60 dBFS counts as -60 dBFS). The seed chooses the strength of the multiples, the phases
    and, within .1 %, the frequency. Variants: `50`, `60`, and `drifting`, whose frequency swings
    around 50 Hz by .25 Hz within eight seconds.
    """

    VARIANTS = ("50", "60", "drifting")

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        super().__init__(severity, seed, variant)
        self._hertz = _MAINS_HZ[self.variant] * (1.0 + self.rng.uniform(-_OFF, _OFF))
        strengths = self.rng.uniform(0.3, 1.0, _HARMONICS) / np.arange(1, _HARMONICS + 1)
        self._multiples = np.stack((strengths, self.rng.uniform(0.0, 1.0, _HARMONICS)), axis=1)

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Add the hum to the stretch."""
        level = max(float(np.sqrt(np.mean(np.square(sound)))) if sound.size else 0.0, _QUIET)
        time = np.arange(sound.shape[1]) / rate
        turns = self._hertz * time
        if self.variant == "drifting":
            wave = np.cos(2 * np.pi * time / _DRIFT_PERIOD_S) - 1.0
            turns = turns - _DRIFT_HZ * _DRIFT_PERIOD_S / (2 * np.pi) * wave
        hum = np.zeros(len(time))
        for number, (strength, phase) in enumerate(self._multiples, start=1):
            if number * self._hertz < 0.45 * rate:
                hum += strength * np.sin(2 * np.pi * (number * turns + phase))
        # One power for all severities and seeds, whatever the multiples.
        power = float(np.sqrt(np.sum(np.square(self._multiples[:, 0])) / 2))
        hum *= level * 10.0 ** (self._level_db() / 20.0) / power
        return np.asarray(np.clip(sound + hum, -1.0, 1.0), np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """Frequency, band, and how far it lies under the programme."""
        return {
            "variant": self.variant,
            "hz": self._hertz,
            "low_hz": self._hertz,
            "high_hz": _HARMONICS * self._hertz,
            "level_db": self._level_db(),
        }

    def _level_db(self) -> float:
        return _LEAST_DB + (_MOST_DB - _LEAST_DB) * self.severity
