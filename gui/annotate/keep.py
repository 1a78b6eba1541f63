"""How a person likes to draw, kept with the layout of the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gui.annotate.look import LEAST_OPACITY, MOST_OPACITY, OPACITY
from gui.annotate.piece import SIZES

_KEY = "masks"
_BRUSH_PX = 24


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered.

    Attributes:
        brush_px: Width of the brush.
        opacity: Of masks.
        pieces: That are picked.
        before: Show outlines of the frame before.
        after: Show outlines of the frame after.
    """

    brush_px: int = _BRUSH_PX
    opacity: float = OPACITY
    pieces: str = SIZES[0]
    before: bool = False
    after: bool = False

    @classmethod
    def of(cls, layout: Mapping[str, str]) -> Kept:
        """Read it; what cannot be read is as at first."""
        parts = layout.get(_KEY, "").split(" ")
        try:
            brush, opacity, pieces, before, after = parts
            kept = cls(int(brush), float(opacity), pieces, before == "1", after == "1")
        except ValueError:
            return cls()
        sane = kept.pieces in SIZES and LEAST_OPACITY <= kept.opacity <= MOST_OPACITY
        return kept if sane and kept.brush_px > 0 else cls()

    def changed(self, **values: Any) -> Kept:
        """With other values."""
        return replace(self, **values)

    @property
    def layout(self) -> dict[str, str]:
        """As the settings keep it."""
        flags = f"{int(self.before)} {int(self.after)}"
        return {_KEY: f"{self.brush_px} {self.opacity:g} {self.pieces} {flags}"}
