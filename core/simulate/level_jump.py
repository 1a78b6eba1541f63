"""Level jump: somebody, or something, moves the fader."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Sound, SoundDamage

_LEAST_DB, _MOST_DB = 4.0, 20.0
_CEILING = 0.99
_KNEE = 0.8


class LevelJump(SoundDamage):
    """Turns all channels `down`, or `up`, by 4 dB at severity 0 and 20 dB at 1.

    What would pass full scale on the way up goes into a soft limiter.
    """

    VARIANTS = ("down", "up")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Turn the stretch."""
        turned = sound * np.float32(10.0 ** (self._gain_db / 20.0))
        size = np.abs(turned)
        over = np.maximum(size - _KNEE, 0.0) / (_CEILING - _KNEE)
        limited = np.where(size > _KNEE, _KNEE + (_CEILING - _KNEE) * np.tanh(over), size)
        return np.asarray(np.copysign(limited, turned), np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """How far."""
        return {"gain_db": self._gain_db}

    @property
    def _gain_db(self) -> float:
        size = _LEAST_DB + (_MOST_DB - _LEAST_DB) * self.severity
        return size if self.variant == "up" else -size
