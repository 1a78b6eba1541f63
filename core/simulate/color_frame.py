"""Colour frame: a flat colour, colour bars or a slate stands where the programme should be."""

from __future__ import annotations

from typing import ClassVar

import cv2
import numpy as np

from core.simulate.kind import Picture, PictureDamage, Plane

_LARGEST_REST = 0.1
_KR, _KB = 0.2126, 0.0722
_FLAT_COLORS = ((1, 1, 1), (0.5, 0.5, 0.5), (0, 0, 1), (0.75, 0, 0), (0, 0.75, 0.75), (0.9, 0.8, 0))
_BARS = ((1, 1, 1), (1, 1, 0), (0, 1, 1), (0, 1, 0), (1, 0, 1), (1, 0, 0), (0, 0, 1))
_BAR_LEVEL = 0.75
_WORDS = ("PROGRAMME  0127", "REEL 2  PART 4", "2.0 STEREO  25p", "NOT FOR AIR")
_SLATE_GROUND, _SLATE_INK = 0.12, 0.9


class ColorFrame(PictureDamage):
    """Puts one picture in the place of each frame; below severity 1 a rest shines through.

    The rest is 10 % of the picture's contrast at severity 0 and falls with the square to nothing.
    `green` is what decoders show when nothing came (all codes zero), `magenta` the same colour
    with its signs turned, `flat` one of white, grey, blue, red, cyan and yellow by the seed,
    `bars` seven bars of 75 %, and `slate` a card with four lines of words.
    """

    VARIANTS: ClassVar[tuple[str, ...]] = ("green", "magenta", "flat", "bars", "slate")
    _stands: tuple[Plane, ...] | None = None

    def apply(self, picture: Picture) -> Picture:
        """The same picture every time, with what shines through of this frame."""
        if self._stands is None or self._stands[0].shape != picture.luma.shape:
            self._stands = self._made(picture).planes
        rest = self._rest()
        planes = [
            np.asarray(np.rint(stands + (plane - stands.astype(np.float32)) * rest), plane.dtype)
            for plane, stands in zip(picture.planes, self._stands, strict=True)
        ]
        return picture.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)

    def parameters(self) -> dict[str, float | int | str]:
        """How much of the picture's contrast is left."""
        return {"variant": self.variant, "rest": self._rest()}

    def _rest(self) -> float:
        return _LARGEST_REST * (1.0 - self.severity) ** 2

    def _made(self, picture: Picture) -> Picture:
        if self.variant == "green":
            return picture.each(np.zeros_like)
        if self.variant == "magenta":
            return picture.filled(*_coded((0.8, 0.0, 0.8)))
        if self.variant == "flat":
            return picture.filled(*_coded(_FLAT_COLORS[self.seed % len(_FLAT_COLORS)]))
        return _bars(picture) if self.variant == "bars" else _slate(picture)


def _coded(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """R'G'B' of 0..1 as Y' of 0..1, Cb and Cr of -.5 .. .5 (ITU-R BT.709-6, 3.5)."""
    red, green, blue = rgb
    luma = _KR * red + (1.0 - _KR - _KB) * green + _KB * blue
    return luma, (blue - luma) / (2 * (1 - _KB)), (red - luma) / (2 * (1 - _KR))


def _bars(picture: Picture) -> Picture:
    bars = []
    for red, green, blue in _BARS:
        color = _coded((_BAR_LEVEL * red, _BAR_LEVEL * green, _BAR_LEVEL * blue))
        bars.append(picture.filled(*color).planes)

    def striped(index: int) -> Plane:
        plane = bars[0][index].copy()
        ends = np.round(np.linspace(0, plane.shape[1], len(bars) + 1)).astype(int)
        for bar, start, end in zip(bars, ends[:-1], ends[1:], strict=True):
            plane[:, start:end] = bar[index][:, start:end]
        return plane

    planes = [striped(i) for i in range(len(picture.planes))]
    return picture.replaced(planes[0], (planes[1], planes[2]) if len(planes) > 1 else None)


def _slate(picture: Picture) -> Picture:
    ground = picture.filled(_SLATE_GROUND)
    written = np.zeros(picture.luma.shape, np.uint8)
    scale = picture.height / 360
    thick = max(round(2 * scale), 1)
    for line, words in enumerate(_WORDS):
        at = (round(0.12 * picture.width), round((0.3 + 0.16 * line) * picture.height))
        cv2.putText(written, words, at, cv2.FONT_HERSHEY_SIMPLEX, scale, 1, thick)
    ink = picture.filled(_SLATE_INK).luma
    return ground.replaced(np.where(written > 0, ink, ground.luma))
