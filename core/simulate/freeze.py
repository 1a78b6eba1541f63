"""Freeze: one frame stands for all of a stretch."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_LOUDEST_NOISE = 1.5


class Freeze(PictureDamage):
    """Repeats the last good frame; at the very beginning the first of its own.

    Below severity 1 each repetition gets new noise, as from an analogue path behind the fault:
    up to a standard deviation of 1.5 code values of 8 bits.
    """

    held: Picture | None = None

    def before(self, picture: Picture) -> None:
        """Hold that frame."""
        self.held = picture

    def apply(self, picture: Picture) -> Picture:
        """The frame that stands, whatever comes."""
        if self.held is None:
            self.held = picture
        sigma = self._noise() * (1 << (self.held.depth - 8))
        if sigma <= 0.0:
            return self.held
        top = self.held.top

        def noisy(plane: Plane) -> Plane:
            noise = self.rng.normal(0.0, sigma, plane.shape)
            return np.asarray(np.clip(np.rint(plane + noise), 0, top), plane.dtype)

        return self.held.each(noisy)

    def parameters(self) -> dict[str, float | int | str]:
        """How much noise the repetitions get."""
        return {"noise": self._noise()}

    def _noise(self) -> float:
        return _LOUDEST_NOISE * (1.0 - self.severity)
