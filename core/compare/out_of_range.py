"""Which pixels lie outside the codes that a programme may use: what false colour shows."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from core.compare.scope import limited_rgb
from core.compare.signal import Signal, StoredPicture

LOW, HIGH = 5, 246
"""The 8-bit codes that EBU R103 forgives, of luma and of R, G, B; 20 and 984 at 10 bits."""


class Zone(IntEnum):
    """Where a pixel's codes lie; in the order in which they are drawn."""

    INSIDE = 0
    DARK = 1
    """Below nominal black, forgiven by R103."""
    BRIGHT = 2
    """Above nominal white, forgiven by R103."""
    GAMUT = 3
    """R, G or B is beyond what R103 forgives, luma is not."""
    BELOW = 4
    """Luma below what R103 forgives."""
    ABOVE = 5
    """Luma above it."""


def luma_zones(signal: Signal) -> NDArray[np.uint8]:
    """The zone of each luma code; uint8, shape (levels,).

    In full range every code is nominal; only the two ends are told, for there picture is cut off.
    """
    codes = np.arange(signal.levels)
    zones = np.zeros(signal.levels, np.uint8)
    if signal.full_range:
        zones[0], zones[-1] = Zone.BELOW, Zone.ABOVE
        return zones
    low, high = LOW << (signal.depth - 8), HIGH << (signal.depth - 8)
    zones[codes < signal.black] = Zone.DARK
    zones[codes > signal.white] = Zone.BRIGHT
    zones[codes < low] = Zone.BELOW
    zones[codes > high] = Zone.ABOVE
    return zones


def out_of_range(picture: StoredPicture, rgb: NDArray[Any] | None = None) -> NDArray[np.uint8]:
    """The zone of each pixel.

    R, G and B are looked at once a chroma sample.

    Args:
        picture: The picture.
        rgb: What `limited_rgb` gave of it, where that is at hand.

    Returns:
        uint8, of the luma's shape.
    """
    zones = luma_zones(picture.signal)
    if picture.y.dtype == np.uint8:
        found = cv2.LUT(np.ascontiguousarray(picture.y), zones)
    else:
        found = zones[np.minimum(picture.y, len(zones) - 1)]
    if picture.cb is None:
        return np.asarray(found, np.uint8)
    outside = _outside_gamut(limited_rgb(picture) if rgb is None else rgb, picture.signal)
    if outside.any():
        beyond = cv2.resize(outside, picture.size, interpolation=cv2.INTER_NEAREST)
        # The mask is taken only where luma itself is not worse.
        found = np.where((beyond > 0) & (found < Zone.GAMUT), np.uint8(Zone.GAMUT), found)
    return np.asarray(found, np.uint8)


def shares(zones: NDArray[np.uint8]) -> dict[Zone, float]:
    """Share of the picture in each zone, 0..1."""
    counts = np.bincount(zones.ravel(), minlength=len(Zone))
    return {zone: float(counts[zone]) / max(zones.size, 1) for zone in Zone}


def _outside_gamut(rgb: NDArray[Any], signal: Signal) -> NDArray[np.uint8]:
    low, high = LOW << (signal.depth - 8), HIGH << (signal.depth - 8)
    inside = cv2.inRange(rgb, (low, low, low), (high, high, high))
    return np.asarray(cv2.bitwise_not(inside), np.uint8)
