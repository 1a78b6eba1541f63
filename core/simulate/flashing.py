"""Flashing: the whole picture changes between bright and dark, or red and dark, several times."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Picture, PictureDamage

_HALF_PERIOD_FRAMES = 2
_WEAKEST = {"luminance": 0.3, "red": 0.55}
_DIM = 0.1
_RED = (0.2126, -0.1146, 0.5)
"""Luma, Cb and Cr of pure red after ITU-R BT.709."""


class Flashing(PictureDamage):
    """Two frames bright, two frames dimmed, in turns: 6.25 flashes a second at 25 frames.

    * `luminance`: the bright frames are mixed with white.
    * `red`: they are mixed with pure red.

    The share is .3 (red .55) at severity 0 and 1 at 1; the others are dimmed by a tenth to a half.
    """

    VARIANTS = ("luminance", "red")

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        super().__init__(severity, seed, variant)
        self._count = 0

    def apply(self, picture: Picture) -> Picture:
        """Brighten or dim one frame."""
        bright = self._count // _HALF_PERIOD_FRAMES % 2 == 0
        self._count += 1
        if not bright:
            return _mixed(picture, picture.filled(0.0), _DIM + 0.4 * self.severity)
        light = picture.filled(1.0) if self.variant == "luminance" else picture.filled(*_RED)
        return _mixed(picture, light, self._share())

    def parameters(self) -> dict[str, float | int | str]:
        """How much light is mixed in, and the frames of a flash."""
        return {"share": self._share(), "period_frames": 2 * _HALF_PERIOD_FRAMES}

    def _share(self) -> float:
        weakest = _WEAKEST[self.variant]
        return weakest + (1.0 - weakest) * self.severity


def _mixed(picture: Picture, other: Picture, share: float) -> Picture:
    planes = [
        np.rint(mine * (1.0 - share) + theirs * share).astype(mine.dtype)
        for mine, theirs in zip(picture.planes, other.planes, strict=True)
    ]
    return picture.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)
