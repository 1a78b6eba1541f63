"""Blur: the picture loses its detail."""

from __future__ import annotations

from math import cos, pi, sin

import cv2
import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_HEIGHT = 720
_SIGMA = (0.9, 4.5)
_RADIUS = (1.8, 8.0)
_FACTOR = (1.5, 5.0)
_LENGTH = (4.0, 28.0)


class Blur(PictureDamage):
    """Makes every plane soft, in one of four ways; sizes are for 720 lines and grow with them.

    `gaussian`: standard deviation of 0.9 pixels at severity 0 to 4.5 at 1. `defocus`: a disc of
    radius 1.8 to 8. `upscale`: made smaller by 1.5 to 5 and larger again, cubic, whatever the
    height. `motion`: a line of 4 to 28 pixels in a direction that the seed chooses.
    """

    VARIANTS = ("gaussian", "defocus", "upscale", "motion")

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        super().__init__(severity, seed, variant)
        self._angle = float(self.rng.uniform(0.0, pi))

    def apply(self, picture: Picture) -> Picture:
        """Blur one frame; chroma of half the size by half as much."""
        return picture.each(
            lambda plane: self._soft(plane, plane.shape[0] / picture.height, picture.height)
        )

    def parameters(self) -> dict[str, float | int | str]:
        """How large the blur is, at 720 lines, and its direction where it has one."""
        ranges = {"gaussian": _SIGMA, "defocus": _RADIUS, "upscale": _FACTOR, "motion": _LENGTH}
        size = {f"{self.variant}_size": self._between(ranges[self.variant])}
        return {**size, **({"angle": self._angle} if self.variant == "motion" else {})}

    def _between(self, ends: tuple[float, float]) -> float:
        # Equal steps of severity are equal ratios.
        return float(ends[0] * (ends[1] / ends[0]) ** self.severity)

    def _soft(self, plane: Plane, part: float, height: int) -> Plane:
        scale = part * height / _HEIGHT
        if self.variant == "upscale":
            return _upscaled(plane, self._between(_FACTOR))
        if self.variant == "gaussian":
            sigma = max(self._between(_SIGMA) * scale, 0.35)
            return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REFLECT))
        if self.variant == "defocus":
            kernel = _disc(max(self._between(_RADIUS) * scale, 0.7))
        else:
            kernel = _line(max(self._between(_LENGTH) * scale, 2.0), self._angle)
        return np.asarray(cv2.filter2D(plane, -1, kernel, borderType=cv2.BORDER_REFLECT))


def _upscaled(plane: Plane, factor: float) -> Plane:
    height, width = plane.shape
    size = (max(round(width / factor), 1), max(round(height / factor), 1))
    small = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    # Cubic interpolation overshoots: above 8 bits nothing else would hold it back.
    return np.asarray(np.clip(large, plane.min(), plane.max()), plane.dtype)


def _disc(radius: float) -> Plane:
    reach = int(np.ceil(radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0.0, 1.0)
    return np.asarray(kernel / kernel.sum())


def _line(length: float, angle: float) -> Plane:
    reach = int(np.ceil(length / 2))
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    steps = np.linspace(-length / 2, length / 2, 8 * reach + 1)
    rows, columns = (
        np.rint(reach + steps * f(angle)).astype(int).clip(0, 2 * reach) for f in (sin, cos)
    )
    np.add.at(kernel, (rows, columns), 1.0)
    return np.asarray(kernel / kernel.sum())
