"""Phase: channels that cancel each other when they are played together."""

from __future__ import annotations

from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.simulate.kind import Sound, SoundDamage

_LEAST_DEG, _MOST_DEG = 130.0, 180.0
_LEAST_MS, _MOST_MS = 0.3, 3.0
_SWITCH_S = 0.005


class Phase(SoundDamage):
    """Turns every second channel against the one before it.

    `inverted` turns the phase of all frequencies, by 130° at severity 0 and 180° (a swapped pair
    of wires) at 1. `shifted` delays, by 0.3 ms at severity 0 and 3 ms at 1, so that a comb of
    frequencies cancels. It comes and goes within 5 ms, so that it does not click.
    """

    VARIANTS = ("inverted", "shifted")

    def apply(self, sound: Sound, rate: int) -> Sound:
        """Damage channels 2, 4 … of the stretch.

        Raises:
            KnownError: There is only one channel.
        """
        if len(sound) < 2:
            raise KnownError("Channels can only cancel each other where there are two.")
        damaged = np.array(sound, np.float32)
        wrong = (
            self._turned(damaged[1::2]) if self.variant == "inverted" else self._late(damaged, rate)
        )
        share = _ramp(sound.shape[1], round(_SWITCH_S * rate))
        damaged[1::2] += (wrong - damaged[1::2]) * share
        return damaged

    def parameters(self) -> dict[str, float | int | str]:
        """The angle, or the delay."""
        if self.variant == "inverted":
            return {"angle_deg": self._angle_deg}
        return {"delay_ms": self._delay_ms}

    @property
    def _angle_deg(self) -> float:
        return _LEAST_DEG + (_MOST_DEG - _LEAST_DEG) * self.severity

    @property
    def _delay_ms(self) -> float:
        return float(_LEAST_MS * (_MOST_MS / _LEAST_MS) ** self.severity)

    def _turned(self, sound: Sound) -> Sound:
        if self.severity >= 1.0:
            return -sound
        # A quadrature copy has every frequency a quarter turn later.
        spectrum = np.fft.rfft(sound.astype(np.float64))
        quadrature = np.fft.irfft(spectrum * -1j, sound.shape[1])
        angle = radians(self._angle_deg)
        turned = cos(angle) * sound + sin(angle) * quadrature
        return np.clip(turned, -1.0, 1.0).astype(np.float32)

    def _late(self, sound: Sound, rate: int) -> Sound:
        delay = min(max(round(self._delay_ms * rate / 1000.0), 1), sound.shape[1])
        late = np.zeros_like(sound[1::2])
        late[:, delay:] = sound[1::2, : sound.shape[1] - delay]
        # What was there before the stretch is not known; its own beginning stands for it.
        late[:, :delay] = sound[1::2, :delay][:, ::-1]
        return late


def _ramp(count: int, switch: int) -> NDArray[np.float32]:
    """1, but for rises from and falls to 0 at the ends."""
    place = np.arange(count, dtype=np.float32) + 0.5
    return np.asarray(np.clip(np.minimum(place, place[::-1]) / max(switch, 1), 0, 1), np.float32)
