"""Clicks: pops of scratches and dirt, and samples that went wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.simulate.kind import Sound, SoundDamage

_LEAST = 0.08
_MOST = 0.9
_QUIET = 0.02
_RATES = {"click": 4.0, "crackle": 40.0, "digital": 4.0}
_EDGE_S = 0.01


class Clicks(SoundDamage):
    """Adds clicks all over the stretch, the first and the last within 10 ms of its ends.

    They are as high as 8 % of the stretch's peak at severity 0 and 90 % at 1 (its peak counts as
    .02 at least). Variants: `click`, four a second, damped swings of a tenth of a millisecond to
    half of one; `crackle`, forty a second, mostly smaller; `digital`, four a second, of a single
    sample. The seed chooses places, signs and shapes.
    """

    VARIANTS = ("click", "crackle", "digital")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Add the clicks to the stretch."""
        count = sound.shape[1]
        if not sound.size:
            return sound
        height = max(float(np.abs(sound).max()), _QUIET) * self._height()
        damaged = sound.astype(np.float64)
        for place in self._places(count, rate):
            pulse = self._pulse(rate)[: count - place]
            strength = height * self.rng.choice((-1.0, 1.0))
            if self.variant == "crackle":
                strength *= float(self.rng.uniform(0.3, 1.0))
            # Away from full scale, where there is room, so that no click is cut off.
            if abs(float(damaged[0, place]) + strength) > 1.0:
                strength = -strength
            damaged[:, place : place + len(pulse)] += strength * pulse
        return np.asarray(np.clip(damaged, -1.0, 1.0), np.float32)

    def parameters(self) -> dict[str, float | int | str]:
        """Kind, height against the stretch's peak, and how many a second."""
        return {
            "variant": self.variant,
            "height": self._height(),
            "clicks_per_s": _RATES[self.variant],
        }

    def _height(self) -> float:
        return float(_LEAST * (_MOST / _LEAST) ** self.severity)

    def _places(self, count: int, rate: int) -> list[int]:
        """One in each of as many equal parts, and one at either end."""
        parts = max(round(count / rate * _RATES[self.variant]), 1)
        inside = (np.arange(parts) + self.rng.uniform(0.1, 0.9, parts)) * count / parts
        edge = min(round(_EDGE_S * rate / 2), count // 2)
        places = np.concatenate(([edge], inside, [count - 1 - edge]))
        return sorted({int(place) for place in np.clip(places, 0, count - 1)})

    def _pulse(self, rate: int) -> NDArray[np.float64]:
        if self.variant == "digital":
            return np.ones(1)
        length_s = self.rng.uniform(0.0001, 0.0005)
        time = np.arange(max(round(4 * length_s * rate), 2)) / rate
        swing = np.cos(2 * np.pi * self.rng.uniform(0.1, 0.5) / length_s * time)
        return np.asarray(np.exp(-time / length_s * 2) * swing)
