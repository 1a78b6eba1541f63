"""Wow: the speed wobbles, as of a tape that slips or a record off centre."""

from __future__ import annotations

from math import pi

import numpy as np

from core.simulate.kind import Sound, SoundDamage

_LEAST_PCT, _MOST_PCT = 0.2, 3.0
_RATES_HZ = {"wow": (0.5, 2.0), "flutter": (6.0, 12.0)}


class Wow(SoundDamage):
    """Wobbles the speed around the true one: slowly (`wow`) or quickly (`flutter`).

    The speed is off by up to .2 % at severity 0 (just audible on a piano) and 3 % (half a semitone)
    at 1. Both ends of the stretch are in time, so that nothing after it is shifted.
    """

    VARIANTS = ("wow", "flutter")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Wobble the stretch."""
        count = sound.shape[1]
        if count < 2:
            return np.array(sound, np.float32)
        low, high = _RATES_HZ[self.variant]
        seconds = count / rate
        # Whole turns bring the last sample back to its own place.
        turns = max(round(self.rng.uniform(low, high) * seconds), 1)
        depth = self._depth / (2 * pi * turns) * (count - 1)
        place = np.arange(count) / (count - 1)
        at = place * (count - 1) + depth * np.sin(2 * pi * turns * place)
        at = np.clip(at, 0, count - 1)
        return np.stack([_read_at(channel, at) for channel in sound])

    def parameters(self) -> dict[str, float | int | str]:
        """Largest deviation of the speed, as a fraction."""
        return {"speed": self._depth}

    @property
    def _depth(self) -> float:
        return (_LEAST_PCT + (_MOST_PCT - _LEAST_PCT) * self.severity) / 100.0


def _read_at(samples: Sound, at: Sound) -> Sound:
    """Values between samples, by Catmull and Rom's cubic, which keeps highs that lines lose."""
    padded = np.pad(samples.astype(np.float64), (1, 2), mode="edge")
    whole = at.astype(np.int64)
    part = at - whole
    a, b, c, d = (padded[whole + k] for k in range(4))
    cubic = b + 0.5 * part * (
        c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a))
    )
    return np.asarray(np.clip(cubic, -1.0, 1.0), np.float32)
