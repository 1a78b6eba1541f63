"""Which tools there are."""

from __future__ import annotations

from enum import StrEnum

LEAST_BRUSH_PX, MOST_BRUSH_PX = 1, 400


class Tool(StrEnum):
    """What the mouse does."""

    BRUSH = "brush"
    ERASER = "eraser"
    POLYGON = "polygon"
    RECTANGLE = "rectangle"
    FILL = "fill"
    PICK = "pick"
    ACCEPT = "accept"
