"""Letterbox: black borders cover part of the picture, or the picture slides aside."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from core.domain.errors import KnownError
from core.simulate.difference import mask_of, share_of
from core.simulate.kind import Picture, PictureDamage, Plane

_SMALLEST = 0.03
_LARGEST = 0.14
_SHOWN = 0.0005


class Letterbox(PictureDamage):
    """Paints borders of nominal black over the picture; it is not made smaller.

    `letterbox` takes 3 % of the height at the top and as much at the bottom at severity 0, 14 % at
    1 (2.39:1 within 16:9 leaves 13 %); `pillarbox` the same of the width at both sides (4:3 within
    16:9 leaves 12.5 %). `shift` moves the picture down and to the right by as much of its height
    and width, with black where it was. Black on black is no damage: where the first frame would
    look the same, there are no borders to be had.
    """

    VARIANTS: ClassVar[tuple[str, ...]] = ("letterbox", "pillarbox", "shift")
    _is_seen = False

    def apply(self, picture: Picture) -> Picture:
        """Cover or move one frame.

        Raises:
            KnownError: Nobody would see it in the first frame.
        """
        damaged = self._damaged(picture)
        if not self._is_seen and share_of(mask_of(picture, damaged)) <= _SHOWN:
            raise KnownError("The picture is black already where its borders would be.")
        self._is_seen = True
        return damaged

    def _damaged(self, picture: Picture) -> Picture:
        planes = [
            self._changed(plane, int(flat.flat[0]))
            for plane, flat in zip(picture.planes, picture.filled(0.0).planes, strict=True)
        ]
        return picture.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)

    def parameters(self) -> dict[str, float | int | str]:
        """How deep each border is, as a part of the height or width."""
        return {"variant": self.variant, "border": self._border()}

    def _border(self) -> float:
        return _SMALLEST + (_LARGEST - _SMALLEST) * self.severity

    def _changed(self, plane: Plane, black: int) -> Plane:
        height, width = plane.shape
        down, across = max(round(self._border() * height), 1), max(round(self._border() * width), 1)
        changed = np.full_like(plane, black)
        if self.variant == "letterbox":
            changed[down : height - down] = plane[down : height - down]
        elif self.variant == "pillarbox":
            changed[:, across : width - across] = plane[:, across : width - across]
        else:
            changed[down:, across:] = plane[: height - down, : width - across]
        return changed
