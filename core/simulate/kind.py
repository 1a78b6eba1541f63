"""The kinds of damage: to pictures, to sound and to captions, and what they are done to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.finding import Region
from core.domain.media import Cue

Plane = NDArray[Any]
"""uint8 or uint16, shape (height, width)."""

Sound = NDArray[np.float32]
"""float32, shape (channels, n); full scale is ±1."""

_BLACK, _WHITE, _NEUTRAL = 16, 235, 128
_COLOR_RANGE = 224
_GRAIN = 4


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture as its decoder gives it, in Y'CbCr, so that damage costs no conversion.

    Attributes:
        luma: Shape (h, w), uint8, or uint16 holding `depth` bits.
        chroma: Cb and Cr, each of shape (h / sy, w / sx); None when there is no colour.
        depth: Bits a sample.
        full_range: Codes 0 to the highest are used, not only 16..235 of 8 bits.
    """

    luma: Plane
    chroma: tuple[Plane, Plane] | None = None
    depth: int = 8
    full_range: bool = False

    @property
    def planes(self) -> tuple[Plane, ...]:
        """Luma, then Cb and Cr where there is colour."""
        return (self.luma, *(self.chroma or ()))

    @property
    def height(self) -> int:
        """Rows of luma."""
        return int(self.luma.shape[0])

    @property
    def width(self) -> int:
        """Columns of luma."""
        return int(self.luma.shape[1])

    @property
    def top(self) -> int:
        """The highest code."""
        return (1 << self.depth) - 1

    @property
    def black(self) -> int:
        """Luma code of black."""
        return 0 if self.full_range else _BLACK << (self.depth - 8)

    @property
    def white(self) -> int:
        """Luma code of white."""
        return self.top if self.full_range else _WHITE << (self.depth - 8)

    @property
    def neutral(self) -> int:
        """Chroma code without colour."""
        return _NEUTRAL << (self.depth - 8)

    def each(self, function: Callable[[Plane], Plane]) -> Picture:
        """The same done to every plane; type and depth stay."""
        return self.replaced(
            function(self.luma),
            None if self.chroma is None else (function(self.chroma[0]), function(self.chroma[1])),
        )

    def replaced(
        self, luma: Plane | None = None, chroma: tuple[Plane, Plane] | None = None
    ) -> Picture:
        """A copy with other planes; what is not given stays."""
        return replace(
            self,
            luma=self.luma if luma is None else luma,
            chroma=self.chroma if chroma is None else chroma,
        )

    def filled(self, luma: float, cb: float = 0.0, cr: float = 0.0) -> Picture:
        """A flat picture of the same shape.

        Args:
            luma: 0 (black) to 1 (white).
            cb: -.5 to .5.
            cr: -.5 to .5.
        """
        reach = self.top if self.full_range else _COLOR_RANGE << (self.depth - 8)
        codes = (cb * reach + self.neutral, cr * reach + self.neutral)
        flat = None
        if self.chroma is not None:
            flat = (_flat(self.chroma[0], codes[0]), _flat(self.chroma[1], codes[1]))
        return self.replaced(_flat(self.luma, self.black + luma * (self.white - self.black)), flat)

    def cut(self, region: Region) -> Picture:
        """The part of this picture that lies in a region, grown to whole samples of colour.

        Args:
            region: Fractions of width and height.
        """
        mine = [plane[_window(plane, self.luma, region)] for plane in self.planes]
        return self.replaced(mine[0], (mine[1], mine[2]) if len(mine) > 1 else None)

    def pasted(self, region: Region, part: Picture) -> Picture:
        """This picture with another part in the place of `cut(region)`."""
        mixed = []
        for mine, theirs in zip(self.planes, part.planes, strict=True):
            plane = mine.copy()
            plane[_window(mine, self.luma, region)] = theirs
            mixed.append(plane)
        return self.replaced(mixed[0], (mixed[1], mixed[2]) if len(mixed) > 1 else None)

    def within(self, region: Region, damaged: Picture) -> Picture:
        """This picture, with that part of it replaced by the same part of another.

        Args:
            region: Fractions of width and height.
            damaged: A picture of the same shape.
        """
        mixed = [
            _pasted(mine, theirs, region)
            for mine, theirs in zip(self.planes, damaged.planes, strict=True)
        ]
        return self.replaced(mixed[0], (mixed[1], mixed[2]) if len(mixed) > 1 else None)


def _flat(plane: Plane, code: float) -> Plane:
    return np.full_like(plane, round(code))


def _window(plane: Plane, luma: Plane, region: Region) -> tuple[slice, slice]:
    """Rows and columns of a plane that hold a region, alike in luma and colour."""
    edges = []
    sides = ((region.top, region.bottom), (region.left, region.right))
    for axis, (low, high) in enumerate(sides):
        size = luma.shape[axis]
        step = -(-size // plane.shape[axis])
        first = min(floor(low * size), size - 1) // _GRAIN * _GRAIN
        last = min(-(-ceil(high * size) // _GRAIN) * _GRAIN, size)
        edges.append(slice(first // step, -(-max(last, first + 1) // step)))
    return edges[0], edges[1]


def _pasted(mine: Plane, theirs: Plane, region: Region) -> Plane:
    height, width = mine.shape
    rows = slice(round(region.top * height), round(region.bottom * height))
    columns = slice(round(region.left * width), round(region.right * width))
    mixed = mine.copy()
    mixed[rows, columns] = theirs[rows, columns]
    return mixed


class Damage:
    """What all kinds share.

    Class attributes:
        VARIANTS: Names of the forms in which the defect is made; the first is the usual one.
        WHOLE: It means something only over a whole programme.

    Args:
        severity: 0 (hardly there) to 1 (unmistakable).
        seed: The same seed gives the same damage.
        variant: One of `VARIANTS`; empty takes the first.

    Raises:
        KnownError: There is no such variant.
    """

    VARIANTS: ClassVar[tuple[str, ...]] = ()
    WHOLE: ClassVar[bool] = False

    def __init__(self, severity: float = 1.0, seed: int = 0, variant: str = "") -> None:
        if variant and variant not in self.VARIANTS:
            known = ", ".join(self.VARIANTS) or "none"
            raise KnownError(f"There is no variant “{variant}” of this defect; there are: {known}.")
        self.severity = min(max(severity, 0.0), 1.0)
        self.seed = seed
        self.variant = variant or (self.VARIANTS[0] if self.VARIANTS else "")
        self.rng = np.random.default_rng([seed, len(type(self).__name__)])

    def parameters(self) -> dict[str, float | int | str]:
        """What severity and seed came to; `low_hz` and `high_hz` where a band has a meaning."""
        return {}


class PictureDamage(Damage, ABC):
    """Damages the frames of one stretch, given in order; make a new one for each stretch.

    Class attributes:
        LOCAL: Where a region is asked for, only that part of the picture is given, so that the
            severity holds for the part; else the whole picture is damaged and the part shown.
    """

    LOCAL: ClassVar[bool] = False

    def before(self, picture: Picture) -> None:
        """Be told the last frame before the stretch; there is none at the very beginning."""

    @abstractmethod
    def apply(self, picture: Picture) -> Picture:
        """The damaged frame, of the same shape, type and depth; the argument stays as it is."""


class SoundDamage(Damage, ABC):
    """Damages one stretch of sound."""

    @abstractmethod
    def apply(self, sound: Sound, rate: int) -> Sound:
        """The damaged stretch, of the same shape; the argument stays as it is.

        Args:
            sound: Shape (channels, n).
            rate: Samples a second.
        """


class CueDamage(Damage, ABC):
    """Damages the captions of one stretch."""

    @abstractmethod
    def apply(self, cues: Sequence[Cue]) -> list[Cue]:
        """What becomes of the cues that start in the stretch; may be more or fewer."""

    def spans(self, before: Sequence[Cue], after: Sequence[Cue]) -> list[tuple[float, float]]:
        """Where it shows, in seconds: on the cues as they are now, or as they were if gone."""
        return [(cue.span.start_s, cue.span.end_s) for cue in after or before]
