"""Camera moves over photographs: clean, richly textured pictures at any size and length.

The camera glides and zooms between two places of the photograph, starting and stopping softly. A
little new grain on every frame stands for the sensor, so that no two frames are the same. What is
made this way is clean content, but no film: nothing in it moves by itself, and figures measured on
it are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.simulate.conversion import from_rgb
from core.simulate.kind import Picture

PHOTO_SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})

_GRAIN = 1.2
_WIDEST = 1.0
_CLOSEST = 0.55
_LEAST_SIDE = 64


@dataclass(frozen=True, slots=True)
class Framing:
    """What the camera sees: a rectangle of the pictures' shape inside the photograph.

    Attributes:
        x: Centre, as a fraction of the room that is left to move in, 0..1.
        y: The same from top to bottom.
        zoom: Width of the view as a share of the widest that fits, 0..1.
    """

    x: float
    y: float
    zoom: float

    def towards(self, other: Framing, part: float) -> Framing:
        """A framing between two."""
        mix = [a + (b - a) * part for a, b in zip(self._values, other._values, strict=True)]
        return Framing(*mix)

    @property
    def _values(self) -> tuple[float, float, float]:
        return (self.x, self.y, self.zoom)


def read_photo(path: Path) -> NDArray[np.uint8]:
    """A photograph as RGB, shape (height, width, 3).

    Raises:
        KnownError: It cannot be read.
    """
    try:
        raw = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise KnownError(f"The photograph {path.name} cannot be read.", str(error)) from error
    photo = cv2.imdecode(raw, cv2.IMREAD_COLOR) if len(raw) else None
    if photo is None or min(photo.shape[:2]) < _LEAST_SIDE:
        raise KnownError(f"{path.name} is no photograph that a camera could move over.")
    return np.asarray(cv2.cvtColor(photo, cv2.COLOR_BGR2RGB), np.uint8)


def camera_move(
    photo: NDArray[np.uint8], width: int, height: int, frames: int, seed: int = 0
) -> Iterator[Picture]:
    """Move a camera over a photograph.

    Args:
        photo: RGB, shape (h, w, 3), of any size.
        width: Of the pictures, even.
        height: Of the pictures, even.
        frames: How many pictures.
        seed: Chooses where the move begins and ends, and the grain.

    Yields:
        4:2:0 pictures of 8 bits and nominal range.
    """
    yield from from_rgb(_views(photo, (width, height), frames, np.random.default_rng([seed, 31])))


def _views(
    photo: NDArray[np.uint8], size: tuple[int, int], frames: int, rng: np.random.Generator
) -> Iterator[NDArray[np.uint8]]:
    begin, end = _framing(rng), _framing(rng)
    source, widest = _fitted(photo, size, min(begin.zoom, end.zoom))
    for number in range(frames):
        part = number / max(frames - 1, 1)
        # Starts and stops as a hand or a motor does.
        view = begin.towards(end, part * part * (3.0 - 2.0 * part))
        picture = _seen(source, widest, view, size)
        grain = rng.normal(0.0, _GRAIN, (*picture.shape[:2], 1))
        yield np.asarray(np.clip(np.rint(picture + grain), 0, 255), np.uint8)


def _framing(rng: np.random.Generator) -> Framing:
    return Framing(rng.random(), rng.random(), rng.uniform(_CLOSEST, _WIDEST))


def _fitted(
    photo: NDArray[np.uint8], size: tuple[int, int], closest: float
) -> tuple[NDArray[np.uint8], float]:
    """The photograph at the size at which its closest view needs no enlarging, and the width of
    its widest view in pixels. Shrunk once by areas, so that the moves themselves do not alias."""
    tall, wide = photo.shape[:2]
    widest = min(wide, tall * size[0] / size[1])
    scale = size[0] / (widest * closest)
    if scale >= 1.0:
        return photo, widest
    shrunk = cv2.resize(
        photo, (round(wide * scale), round(tall * scale)), interpolation=cv2.INTER_AREA
    )
    return np.asarray(shrunk, np.uint8), min(shrunk.shape[1], shrunk.shape[0] * size[0] / size[1])


def _seen(
    photo: NDArray[np.uint8], widest: float, view: Framing, size: tuple[int, int]
) -> NDArray[np.uint8]:
    across = widest * view.zoom
    scale = across / size[0]
    left = (photo.shape[1] - across) * view.x
    top = (photo.shape[0] - across * size[1] / size[0]) * view.y
    # Maps pixels of the picture to places in the photograph, centre on centre.
    back = np.array(
        [[scale, 0.0, left + scale / 2 - 0.5], [0.0, scale, top + scale / 2 - 0.5]], np.float64
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(photo, back, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.uint8)
