"""A/V sync: the sound of a stretch comes too early or too late."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Sound, SoundDamage

_LEAST_S, _MOST_S = 0.08, 0.6


class SoundShift(SoundDamage):
    """Moves sound against the picture, by 80 ms at severity 0 and 600 ms at 1.

    Sound that is missing then is silent; which way it moves is up to the seed. `offset` moves all
    of the stretch alike, `drift` moves it more and more, `step` moves its second half.
    """

    VARIANTS = ("offset", "drift", "step")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """The same sound at other times."""
        count = sound.shape[1]
        index = np.arange(count, dtype=np.float64)
        shift = round(self._shift_s() * rate)
        share = np.ones(count)
        if self.variant == "drift":
            share = index / max(count - 1, 1)
        elif self.variant == "step":
            share = np.where(index >= count // 2, 1.0, 0.0)
        where = index - shift * share
        return np.stack(
            [np.interp(where, index, side, left=0.0, right=0.0) for side in sound]
        ).astype(np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """By how much at the most; sound that comes late is positive."""
        return {"offset_ms": round(1000 * self._shift_s())}

    def _shift_s(self) -> float:
        size = _LEAST_S + (_MOST_S - _LEAST_S) * self.severity
        return size if self.seed % 2 == 0 else -size
