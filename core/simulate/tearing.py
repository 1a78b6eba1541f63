"""Tearing: parts of two frames in one picture, as when a screen is refreshed in mid-frame."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_TOP = 0.15
_SHALLOWEST, _DEEPEST = 0.35, 0.85
_MOST_LINES = 4
_SLOWEST_ROLL, _FASTEST_ROLL = 0.07, 0.13


class Tearing(PictureDamage):
    """Takes the upper part of each frame from the one before.

    * `single`: one line a frame, anywhere from 15 % of the height on.
    * `several`: two to four lines, between which old and new parts take turns.
    * `rolling`: one line that moves down by 7 to 13 % of the height each frame, and starts anew.

    Lines lie no lower than 35 % of the height at severity 0, 85 % at 1, so that more of the picture
    is late. Where nothing moves, nothing is to be seen.
    """

    VARIANTS = ("single", "several", "rolling")

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        super().__init__(severity, seed, variant)
        self._old: Picture | None = None
        self._at = float(self.rng.uniform(_TOP, self._lowest()))
        self._roll = float(self.rng.uniform(_SLOWEST_ROLL, _FASTEST_ROLL))

    def before(self, picture: Picture) -> None:
        """Remember what the first frame's older part shows."""
        self._old = picture

    def apply(self, picture: Picture) -> Picture:
        """The frame with its older parts."""
        old = self._old if self._old is not None else picture
        self._old = picture
        lines = self._lines()
        planes = [
            _torn(new, past, lines) for new, past in zip(picture.planes, old.planes, strict=True)
        ]
        return picture.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)

    def parameters(self) -> dict[str, float | int | str]:
        """How far down the lines may lie."""
        return {"lowest_line": self._lowest()}

    def _lowest(self) -> float:
        return _SHALLOWEST + (_DEEPEST - _SHALLOWEST) * self.severity

    def _lines(self) -> list[float]:
        if self.variant == "rolling":
            self._at += self._roll
            if self._at > self._lowest():
                self._at = _TOP
            return [self._at]
        count = 1 if self.variant == "single" else int(self.rng.integers(2, _MOST_LINES + 1))
        return sorted(float(at) for at in self.rng.uniform(_TOP, self._lowest(), count))


def _torn(new: Plane, old: Plane, lines: list[float]) -> Plane:
    """`old` above the first line, `new` below it, and so on in turns."""
    height = new.shape[0]
    torn = new.copy()
    edges = [0, *(round(at * height) for at in lines), height]
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        torn[start:end] = old[start:end]
    return np.asarray(torn)
