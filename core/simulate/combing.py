"""Combing: fields of different times woven into one picture, or shown in the wrong order."""

from __future__ import annotations

from collections import deque

import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_WEAKEST = 0.25
_RAREST_SWAP = 0.4


class Combing(PictureDamage):
    """Makes progressive frames look like interlaced ones that were treated wrongly.

    * `interlace`: every other row, of each plane, shows the frame before; at severity 0 a quarter
      of it only, as after a weak deinterlacer, at 1 all of it.
    * `field_order`: fields that were drawn to whole pictures come in the wrong order, so that
      motion jerks back and forth: of each pair of frames the later one is shown first. 40 % of the
      pairs at severity 0, all at 1.
    """

    VARIANTS = ("interlace", "field_order")

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        super().__init__(severity, seed, variant)
        self._past: deque[Picture] = deque(maxlen=4)
        self._count = 0
        self._swapped = True

    def before(self, picture: Picture) -> None:
        """Remember the frame whose field is woven in first."""
        self._past.append(picture)

    def apply(self, picture: Picture) -> Picture:
        """The frame with its comb, or the one that comes in its place."""
        self._past.append(picture)
        if self.variant == "field_order":
            return self._out_of_order()
        share = self._share()
        old = self._past[max(-2, -len(self._past))]
        planes = [
            _woven(new, past, share, picture.top)
            for new, past in zip(picture.planes, old.planes, strict=True)
        ]
        return picture.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)

    def parameters(self) -> dict[str, float | int | str]:
        """How much of the other field shows, or how many pairs are out of order."""
        if self.variant == "field_order":
            return {"swapped_share": self._swap_share()}
        return {"field_share": self._share()}

    def _out_of_order(self) -> Picture:
        second = self._count % 2 == 1
        if not second:
            self._swapped = self._count == 0 or self.rng.random() < self._swap_share()
        self._count += 1
        behind = (3 if second else 1) if self._swapped else 2
        return self._past[max(-1 - behind, -len(self._past))]

    def _share(self) -> float:
        return _WEAKEST + (1.0 - _WEAKEST) * self.severity

    def _swap_share(self) -> float:
        return _RAREST_SWAP + (1.0 - _RAREST_SWAP) * self.severity


def _woven(new: Plane, old: Plane, share: float, top: int) -> Plane:
    woven = new.copy()
    mixed = new[1::2] * (1.0 - share) + old[1::2] * share
    woven[1::2] = np.clip(np.rint(mixed), 0, top).astype(new.dtype)
    return np.asarray(woven)
