"""Silence: the sound is gone."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Sound, SoundDamage

_LEAST_DB = 40.0
_MOST_DB = 100.0


class Silence(SoundDamage):
    """Mutes; at severity 1 to digital zero, at 0 by 40 dB, in between by up to 100 dB."""

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Mute the stretch."""
        return np.asarray(sound * self._gain(), np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """What the sound was multiplied by."""
        return {"gain": self._gain()}

    def _gain(self) -> float:
        if self.severity >= 1.0:
            return 0.0
        return float(10.0 ** (-(_LEAST_DB + (_MOST_DB - _LEAST_DB) * self.severity) / 20.0))
