"""Black frames: the picture goes dark."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Picture, PictureDamage

_BRIGHTEST = 0.25


class Black(PictureDamage):
    """Darkens each frame; at severity 1 to black, below it a rest of the picture shines through.

    The rest is a quarter of the brightness at severity 0 and falls with its square.
    """

    def apply(self, picture: Picture) -> Picture:
        """Darken one frame, and take its colour away as much."""
        rest = self._rest()
        planes = [
            np.asarray(np.rint(flat + (plane.astype(np.float32) - flat) * rest), plane.dtype)
            for plane, flat in zip(picture.planes, picture.filled(0.0).planes, strict=True)
        ]
        return picture.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)

    def parameters(self) -> dict[str, float | int | str]:
        """How much brightness is left."""
        return {"rest": self._rest()}

    def _rest(self) -> float:
        return _BRIGHTEST * (1.0 - self.severity) ** 2
