"""Black frames: the picture goes dark between two frames."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Picture, PictureDamage

_BRIGHTEST = 0.25


class Black(PictureDamage):
    """Darkens each frame; at severity 1 to black, below it a rest of the picture shines through.

    The rest is a quarter of the brightness at severity 0 and falls with its square.
    """

    def apply(self, picture: Picture) -> Picture:
        """Darken one frame."""
        rest = _BRIGHTEST * (1.0 - self.severity) ** 2
        black = self.black
        return np.asarray(black + (picture.astype(np.float32) - black) * rest, picture.dtype)

    def parameters(self) -> dict[str, float | int | str]:
        """How much brightness is left."""
        return {"rest": _BRIGHTEST * (1.0 - self.severity) ** 2}
