"""Loudness: a programme too loud or too quiet, and peaks between the samples above full scale."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Sound, SoundDamage

_LEAST_UP_DB, _MOST_UP_DB = 8.0, 26.0
_LEAST_DOWN_DB, _MOST_DOWN_DB = 12.0, 32.0
_LEAST_OVER_DB, _MOST_OVER_DB = 0.4, 2.8
_CEILING = 0.7
_BURST_S = 0.006
_EVERY_S = 0.4


class Loudness(SoundDamage):
    """Meant for a whole programme: loudness is told of nothing less.

    * `loud`: turned up into a limiter at -3 dBFS, by 8 dB at severity 0 and 26 dB at 1.
    * `quiet`: turned down, by 12 dB at severity 0 and 32 dB at 1.
    * `peak`: some two bursts a second whose peaks fall between the samples, .4 dB above full scale
      at severity 0 and 2.8 dB at 1, while no sample passes it.
    """

    VARIANTS = ("loud", "quiet", "peak")
    WHOLE = True

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Damage the stretch."""
        if self.variant == "peak":
            return self._with_bursts(sound, rate)
        turned = sound * np.float32(10.0 ** (self._gain_db / 20.0))
        if self.variant == "loud":
            turned = np.tanh(turned / _CEILING) * np.float32(_CEILING)
        return np.asarray(turned, np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """How far it was turned, or how far the peaks pass full scale."""
        if self.variant == "peak":
            return {"true_peak_db": self._over_db}
        return {"gain_db": self._gain_db}

    @property
    def _gain_db(self) -> float:
        if self.variant == "quiet":
            return -(_LEAST_DOWN_DB + (_MOST_DOWN_DB - _LEAST_DOWN_DB) * self.severity)
        return _LEAST_UP_DB + (_MOST_UP_DB - _LEAST_UP_DB) * self.severity

    @property
    def _over_db(self) -> float:
        return _LEAST_OVER_DB + (_MOST_OVER_DB - _LEAST_OVER_DB) * self.severity

    def _with_bursts(self, sound: Sound, rate: int) -> Sound:
        """At a quarter of the sampling rate peaks can lie 3 dB higher than any sample."""
        damaged = np.array(sound, np.float32)
        length = min(max(round(_BURST_S * rate), 16), sound.shape[1])
        shape = np.hanning(length + 2)[1:-1]
        wave = shape * np.cos(np.pi / 2 * np.arange(length) + np.pi / 4)
        height = 10.0 ** (self._over_db / 20.0)
        at = 0
        while at + length <= sound.shape[1]:
            part = damaged[:, at : at + length]
            part *= (1.0 - shape).astype(np.float32)
            part += (height * wave).astype(np.float32)
            at += round(rate * _EVERY_S * self.rng.uniform(0.75, 1.25))
        return np.clip(damaged, -1.0, 1.0)
