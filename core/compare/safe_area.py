"""Safe areas of a picture, as shares of it."""

from __future__ import annotations

from enum import StrEnum

from core.domain.finding import Region

_CUT_ASPECT = 4 / 3


class SafeArea(StrEnum):
    """Areas that are drawn over the picture."""

    ACTION = "action"
    TITLE = "title"
    CUT = "cut"


_SHARES = {SafeArea.ACTION: 0.93, SafeArea.TITLE: 0.90}


def safe_area(area: SafeArea, width: int, height: int) -> Region | None:
    """Where an area lies in a displayed picture.

    Action-safe is the middle 93 % and title-safe the middle 90 % of both sides (EBU R95); the
    centre cut is the 4:3 picture in the middle of a wider one.

    Args:
        area: Which.
        width, height: Of the displayed picture in square pixels.

    Returns:
        The area; None where a picture is not wider than the cut.
    """
    if area is SafeArea.CUT:
        share = _CUT_ASPECT * height / max(width, 1)
        if share >= 1.0:
            return None
        return Region((1 - share) / 2, 0.0, (1 + share) / 2, 1.0)
    edge = (1 - _SHARES[area]) / 2
    return Region(edge, edge, 1 - edge, 1 - edge)
