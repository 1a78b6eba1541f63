"""Line dropout: single lines of the picture are lost, as where a tape has lost its coating."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_MOST_LINES = 12
_SHORTEST, _LONGEST = 0.35, 1.0
_WEAKEST = 0.35
_THICK_FROM = 900
_ABOVE = 2


class LineDropout(PictureDamage):
    """Loses other lines of each frame: 1 of them at severity 0, 12 at 1.

    Severity decides how long they are, too (a third of the width to all of it), and how much of
    the picture is gone (0.35 to all). Pictures of 900 lines or more lose two neighbouring lines
    each time, as when a tape was scaled up. The colour of lost lines goes where they are black or
    white; a repeated line takes the one above, whole, of brightness and colour.
    """

    VARIANTS = ("black", "white", "noise", "repeat")

    def apply(self, picture: Picture) -> Picture:
        """Lose some lines; those of the top and bottom edge stay."""
        luma = picture.luma.copy()
        chroma = tuple(plane.copy() for plane in picture.chroma or ())
        thick = self._thickness(picture.height)
        for _ in range(self._lines()):
            reach = max(picture.height - thick - _ABOVE, _ABOVE + 1)
            row = int(self.rng.integers(_ABOVE, reach))
            length = round(self._length() * picture.width)
            left = int(self.rng.integers(0, picture.width - length + 1))
            self._lose(luma, (row, row + thick), (left, left + length), picture)
            for plane in chroma:
                down, across = luma.shape[0] / plane.shape[0], luma.shape[1] / plane.shape[1]
                first = int(row / down)
                rows = (first, first + max(round(thick / down), 1))
                self._pale(plane, rows, (int(left / across), int((left + length) / across)))
        return picture.replaced(luma, (chroma[0], chroma[1]) if chroma else None)

    def parameters(self) -> dict[str, float | int | str]:
        """How many lines a frame, how long, and how much of the picture they hide."""
        return {"lines": self._lines(), "length": self._length(), "hidden": self._hidden()}

    def _lose(
        self, plane: Plane, rows: tuple[int, int], columns: tuple[int, int], picture: Picture
    ) -> None:
        lost = plane[slice(*rows), slice(*columns)]
        if self.variant == "repeat":
            lost[:] = plane[rows[0] - 1, slice(*columns)]
            return
        span = (picture.black, picture.white)
        shown = {
            "black": np.full(lost.shape, span[0]),
            "white": np.full(lost.shape, span[1]),
            "noise": self.rng.integers(span[0], span[1] + 1, lost.shape),
        }[self.variant]
        hidden = self._hidden()
        lost[:] = np.rint(lost * (1.0 - hidden) + shown * hidden).astype(plane.dtype)

    def _pale(self, plane: Plane, rows: tuple[int, int], columns: tuple[int, int]) -> None:
        lost = plane[slice(*rows), slice(*columns)]
        if self.variant == "repeat":
            lost[:] = plane[max(rows[0] - 1, 0), slice(*columns)]

    def _lines(self) -> int:
        return 1 + round((_MOST_LINES - 1) * self.severity)

    def _length(self) -> float:
        return _SHORTEST + (_LONGEST - _SHORTEST) * self.severity

    def _hidden(self) -> float:
        return _WEAKEST + (1.0 - _WEAKEST) * self.severity

    @staticmethod
    def _thickness(height: int) -> int:
        return 2 if height >= _THICK_FROM else 1
