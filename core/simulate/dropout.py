"""Dropout: the sound is cut and comes back."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Sound, SoundDamage

_LEAST_DB = 30.0
_MOST_DB = 90.0
_FADE_S = 0.004
_FLOOR_DB = -62.0


class Dropout(SoundDamage):
    """Turns the stretch down, abruptly at both ends, in all channels.

    By 30 dB at severity 0, by 90 dB below 1, wholly at 1. Variants: `zero` cuts from one sample to
    the next; `fade` has ramps of 4 ms; `noise-floor` leaves the white noise of a circuit at
    -62 dBFS in its place.
    """

    VARIANTS = ("zero", "fade", "noise-floor")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Cut the stretch."""
        count = sound.shape[1]
        gain = np.full(count, self._gain())
        if self.variant == "fade":
            ramp = np.linspace(1.0, gain[0] if count else 0.0, round(_FADE_S * rate) + 2)[1:-1]
            ramp = ramp[: count // 2]
            gain[: len(ramp)], gain[count - len(ramp) :] = ramp, ramp[::-1]
        cut = sound * gain
        if self.variant == "noise-floor":
            cut += self.rng.normal(0.0, 10.0 ** (_FLOOR_DB / 20.0), sound.shape)
        return np.asarray(np.clip(cut, -1.0, 1.0), np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """What the sound was multiplied by."""
        return {"variant": self.variant, "gain": self._gain()}

    def _gain(self) -> float:
        if self.severity >= 1.0:
            return 0.0
        return float(10.0 ** (-(_LEAST_DB + (_MOST_DB - _LEAST_DB) * self.severity) / 20.0))
