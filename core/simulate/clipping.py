"""Clipping: too hot into a stage that cannot take it."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Sound, SoundDamage

_LEAST_SHARE = 0.01
_MOST_SHARE = 0.4
_FULL_SCALE = 0.98


class Clipping(SoundDamage):
    """Turns the sound up until a share of the samples passes full scale, and cuts them off flat.

    The share is 1 % at severity 0 and 40 % at 1; the channels are turned up together.
    """

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Clip the stretch; silence stays silence."""
        ceiling = float(np.quantile(np.abs(sound), 1.0 - self._share())) if sound.size else 0.0
        if ceiling <= 0.0:
            return sound
        return np.asarray(np.clip(sound / ceiling, -1.0, 1.0) * _FULL_SCALE, np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """Which part of the samples is cut."""
        return {"share": self._share()}

    def _share(self) -> float:
        return _LEAST_SHARE + (_MOST_SHARE - _LEAST_SHARE) * self.severity
