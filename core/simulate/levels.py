"""Levels: the picture is driven beyond the codes that a programme may use."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from core.simulate.kind import Picture, PictureDamage, Plane

_LEAST_SHARE = 0.003
_LARGEST_SHARE = 0.3
_BLACK, _WHITE, _NEUTRAL = 16, 235, 128
_BELOW, _ABOVE, _CHROMA_REACH = 4, 248, 124
_SMALLEST_GAIN, _LARGEST_GAIN = 1.02, 24.0
_TO_FULL = 255 / 219
_TO_FULL_CHROMA = 255 / 224
_STAYS = 16 * _TO_FULL / (_TO_FULL - 1.0)
_LEAST_PART = 0.4


class Levels(PictureDamage):
    """Stretches luma or chroma so that a share of the picture lies outside EBU R103's limits.

    `white` lifts the bright end of luma, `black` lowers the dark end, `chroma` drives the colours;
    the share outside grows from 0.3 % at severity 0, which R103 forgives, to 30 % at 1. The first
    frame sets the gain, 1.02 to 24, for the whole stretch; a picture without colour keeps its
    chroma. `fullrange` writes full range into a picture that is declared otherwise: 40 % of the
    way at severity 0, wholly at 1; how much of it leaves the limits is up to the picture.
    """

    VARIANTS: ClassVar[tuple[str, ...]] = ("white", "black", "chroma", "fullrange")
    _gain: float | None = None

    def apply(self, picture: Picture) -> Picture:
        """Stretch one frame."""
        if self._gain is None:
            self._gain = min(max(self._needed(picture), _SMALLEST_GAIN), _LARGEST_GAIN)
        gain = self._gain
        pivots = {"white": _BLACK, "black": _WHITE, "fullrange": _STAYS}
        luma = picture.luma
        if self.variant in pivots:
            luma = _stretched(picture, luma, pivots[self.variant], gain)
        if self.variant == "fullrange":
            gain = 1.0 + self._part() * (_TO_FULL_CHROMA - 1.0)
        elif self.variant != "chroma":
            return picture.replaced(luma)
        if picture.chroma is None:
            return picture.replaced(luma)
        cb, cr = (_stretched(picture, plane, _NEUTRAL, gain) for plane in picture.chroma)
        return picture.replaced(luma, (cb, cr))

    def parameters(self) -> dict[str, float | int | str]:
        """The share of pixels aimed at, or how far it went towards full range; the gain in use."""
        aim = {"part": self._part()} if self.variant == "fullrange" else {"share": self._share()}
        return {"variant": self.variant, **aim, "gain": round(self._gain or 0.0, 4)}

    def _share(self) -> float:
        return float(_LEAST_SHARE * (_LARGEST_SHARE / _LEAST_SHARE) ** self.severity)

    def _part(self) -> float:
        return _LEAST_PART + (1.0 - _LEAST_PART) * self.severity

    def _needed(self, picture: Picture) -> float:
        """The gain that brings the share of pixels outside."""
        if self.variant == "fullrange":
            return 1.0 + self._part() * (_TO_FULL - 1.0)
        if self.variant == "chroma":
            if picture.chroma is None:
                return 1.0
            away = [np.abs(_codes(picture, plane) - _NEUTRAL) for plane in picture.chroma]
            edge = float(np.quantile(np.stack(away), 1.0 - self._share()))
            return _CHROMA_REACH / max(edge, 1.0)
        luma = _codes(picture, picture.luma)
        if self.variant == "white":
            edge = float(np.quantile(luma, 1.0 - self._share()))
            return (_ABOVE - _BLACK) / max(edge - _BLACK, 1.0)
        edge = float(np.quantile(luma, self._share()))
        return (_WHITE - _BELOW) / max(_WHITE - edge, 1.0)


def _codes(picture: Picture, plane: Plane) -> NDArray[np.float32]:
    """Codes at 8 bits."""
    return np.asarray(plane, np.float32) / np.float32(1 << (picture.depth - 8))


def _stretched(picture: Picture, plane: Plane, pivot: float, gain: float) -> NDArray[Any]:
    """Codes scaled about one that stays, cut off at both ends."""
    fixed = pivot * (1 << (picture.depth - 8))
    scaled = fixed + (np.asarray(plane, np.float32) - fixed) * gain
    return np.asarray(np.clip(np.rint(scaled), 0, picture.top), plane.dtype)
