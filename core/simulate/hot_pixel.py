"""Hot and dead pixels: single pixels of the sensor or the panel that do not follow the picture."""

from __future__ import annotations

import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_MOST_PIXELS = 6
_WEAKEST = 0.3
_SPILL = 0.4
_MARGIN = 0.05
_ON = 0.6
_REST = 0.15
_TRIES = 16
_SPILLS_FROM = 900


class HotPixel(PictureDamage):
    """Makes the same few pixels white (`stuck`), black (`dead`) or white on and off (`flicker`).

    Severity decides how many (1 at severity 0, 6 at 1) and how much of the picture they hide (0.3
    to all). From 900 lines on the four pixels beside get 0.4 of it, as a camera's interpolation of
    colours makes them; below, a pixel is alone. Dead pixels are put where the first frame is
    bright, the others where it is dark: nobody would see them elsewhere. One that flickers is on
    in 6 frames of 10 and hides 0.15 as much in between.
    """

    VARIANTS = ("stuck", "dead", "flicker")
    _places: tuple[tuple[int, int], ...] = ()

    def apply(self, picture: Picture) -> Picture:
        """Put the pixels into one frame; colour stays as it is."""
        self._places = self._places or self._choose(picture)
        luma = picture.luma.copy()
        goal = picture.black if self.variant == "dead" else picture.white
        for place in self._places:
            on = self.variant != "flicker" or self.rng.random() < _ON
            self._put(luma, place, goal, self._hidden() * (1.0 if on else _REST))
        return picture.replaced(luma)

    def parameters(self) -> dict[str, float | int | str]:
        """How many, how much they hide, and where the first is, in pixels from the top left."""
        return {
            "pixels": self._count(),
            "hidden": self._hidden(),
            **dict(zip(("row", "column"), self._places[0] if self._places else (), strict=False)),
        }

    def _choose(self, picture: Picture) -> tuple[tuple[int, int], ...]:
        """Of some places each, the one that suits best."""
        sign = 1 if self.variant == "dead" else -1
        chosen = []
        for _ in range(self._count()):
            rows, columns = (
                self.rng.integers(int(_MARGIN * side), int((1 - _MARGIN) * side), _TRIES)
                for side in (picture.height, picture.width)
            )
            best = int(np.argmax(sign * picture.luma[rows, columns].astype(np.int64)))
            chosen.append((int(rows[best]), int(columns[best])))
        return tuple(chosen)

    @staticmethod
    def _put(luma: Plane, place: tuple[int, int], goal: int, share: float) -> None:
        row, column = place
        beside = [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
        spills = beside if luma.shape[0] >= _SPILLS_FROM else []
        for spot, part in [(place, share), *((spot, share * _SPILL) for spot in spills)]:
            luma[spot] = round(float(luma[spot]) * (1.0 - part) + goal * part)

    def _count(self) -> int:
        return 1 + round((_MOST_PIXELS - 1) * self.severity)

    def _hidden(self) -> float:
        return _WEAKEST + (1.0 - _WEAKEST) * self.severity
