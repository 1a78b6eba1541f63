"""Clean content that looks damaged to a machine and is meant to be there.

A detector of corrupted blocks learns from these what it must leave alone. Nothing here is a defect:
every decoy imitates what editors, stations, games, stages, weather and thrifty encoders show.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from core.domain.errors import KnownError
from core.simulate.decoy_drawn import confetti, crowd, rain, snow, subtitle
from core.simulate.decoy_effect import glitch, wipe
from core.simulate.decoy_screen import checker, moire, slate, sprites
from core.simulate.decoy_treated import (
    blur_box,
    film_grain,
    interlaced,
    low_bitrate,
    mosaic,
    pixel_art,
    strobe,
)
from core.simulate.kind import Picture

Maker = Callable[[Sequence[Picture], np.random.Generator], list[Picture]]

_MAKERS: Mapping[str, Maker] = MappingProxyType(
    {
        "blur_box": blur_box,
        "checker": checker,
        "confetti": confetti,
        "crowd": crowd,
        "film_grain": film_grain,
        "glitch": glitch,
        "interlaced": interlaced,
        "low_bitrate": low_bitrate,
        "moire": moire,
        "mosaic": mosaic,
        "pixel_art": pixel_art,
        "rain": rain,
        "slate": slate,
        "snow": snow,
        "sprites": sprites,
        "strobe": strobe,
        "subtitle": subtitle,
        "wipe": wipe,
    }
)

DECOYS: tuple[str, ...] = tuple(_MAKERS)
"""Names of all, in alphabetical order."""


def decoy(
    name: str, pictures: Sequence[Picture], seed: int, *, other: Sequence[Picture] = ()
) -> list[Picture]:
    """Make pictures of a kind that only looks damaged.

    Args:
        name: One of `DECOYS`.
        pictures: Frames in order, all of one shape, 64 x 64 or larger; they stay as they are.
        seed: Chooses form, place, strength and motion; the same seed gives the same pictures.
        other: Another scene for what shows two of the same layout and depth (`wipe`).

    Returns:
        As many pictures, of the same shape, type and depth.

    Raises:
        KnownError: There is no such decoy.
    """
    if name not in _MAKERS:
        raise KnownError(f"There is no decoy “{name}”; there are: {', '.join(DECOYS)}.")
    if not pictures:
        return []
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    if name == "wipe":
        return wipe(pictures, rng, other)
    return _MAKERS[name](pictures, rng)
