"""Banding: smooth gradients become steps."""

from __future__ import annotations

import cv2
import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_FINEST, _COARSEST = 3.0, 16.0


class Banding(PictureDamage):
    """Rounds brightness and colour to steps of 3 levels (of 8 bits) at severity 0 to 16 at 1.

    `posterize` rounds every pixel, as when bits of the samples were lost. `lowrate` smooths what
    differs little from its surroundings first, and rounds only that, as a coder that has no bits
    for small differences does: detail stays, grain and gradients go.
    """

    VARIANTS = ("posterize", "lowrate")

    def apply(self, picture: Picture) -> Picture:
        """Round every plane of one frame."""
        step = self._step() * (1 << (picture.depth - 8))
        top = picture.top

        def rounded(plane: Plane) -> Plane:
            values = plane.astype(np.float32)
            if self.variant == "lowrate":
                return _without_small(values, step, top, plane)
            steps = np.rint(values / step) * step
            return np.asarray(np.clip(np.rint(steps), 0, top), plane.dtype)

        return picture.each(rounded)

    def parameters(self) -> dict[str, float | int | str]:
        """Height of the steps in levels of 8 bits."""
        return {"step": self._step()}

    def _step(self) -> float:
        return float(_FINEST * (_COARSEST / _FINEST) ** self.severity)


def _without_small(values: Plane, step: float, top: int, plane: Plane) -> Plane:
    smooth = cv2.GaussianBlur(values, (0, 0), max(plane.shape[0] / 240, 1.0))
    near = cv2.GaussianBlur(np.abs(values - smooth), (0, 0), max(plane.shape[0] / 240, 1.0))
    # Where the picture differs from its surroundings by more than grain it stays as it is.
    flat = np.clip(2.0 - near / (0.35 * step + 1.0), 0.0, 1.0)
    steps = np.rint(smooth / step) * step
    mixed = np.where(flat >= 0.5, steps, values)
    return np.asarray(np.clip(np.rint(mixed), 0, top), plane.dtype)
