"""Freeze: one frame stands for all of a stretch."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Picture, PictureDamage

_LOUDEST_NOISE = 1.5


class Freeze(PictureDamage):
    """Repeats the frame it saw first; give it the last good frame by `hold`, if that shall stand.

    Below severity 1 each repetition gets new noise, as from an analogue path behind the fault:
    up to a standard deviation of 1.5 code values.
    """

    held: Picture | None = None

    def hold(self, picture: Picture) -> None:
        """Choose the frame that will stand."""
        self.held = picture

    def apply(self, picture: Picture) -> Picture:
        """The frame that stands, whatever comes."""
        if self.held is None:
            self.held = picture
        sigma = self._noise()
        if sigma <= 0.0:
            return self.held
        noise = self.rng.normal(0.0, sigma, self.held.shape)
        top = np.iinfo(self.held.dtype).max
        return np.asarray(np.clip(np.rint(self.held + noise), 0, top), self.held.dtype)

    def parameters(self) -> dict[str, float | int | str]:
        """How much noise the repetitions get."""
        return {"noise": self._noise()}

    def _noise(self) -> float:
        return _LOUDEST_NOISE * (1.0 - self.severity)
