"""Videos whose masks are known in every frame: damaged by the simulator, or labelled by people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError, KnownError
from core.domain.mask import BACKGROUND, UNSAID
from core.learning.block_corruption.source import Source, drawn_scenes, stretch
from core.media.probe import probe
from core.simulate.bitstream import CODECS
from core.simulate.block_corruption import BlockCorruption, StreamCorruption
from core.simulate.conversion import to_rgb
from core.simulate.difference import mask_of
from core.simulate.kind import Picture

Kind = Literal["corruption", "labelled"]

_CELL_PX = 8
_TOUCHED = 0.25
_GROUP = 10
_GROWN = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One video of the experiment, as the protocol names it.

    Attributes:
        name: What the report calls it.
        kind: `corruption` is made here, `labelled` is read.
        source: A clean title below the data folder or the name of a drawn scene; or the folder of
            the frames.
        masks: Folder of the label maps, one PNG a frame.
        first: Number of the first frame.
        count: How many frames.
        step: Every so many frames.
        window: Largest width and height in pixels; of labelled frames the middle is taken.
        variant: How it is damaged.
        severity: 0..1.
        seed: Of damage and window.
        classes: Names by number, from the background on.
        values: Which value of a label map is which class; others are unsaid.
        start: What the network starts from.
    """

    name: str
    kind: Kind
    source: str
    masks: str = ""
    first: int = 0
    count: int = 40
    step: int = 1
    window: tuple[int, int] = (320, 192)
    variant: str = ""
    severity: float = 0.5
    seed: int = 0
    classes: tuple[str, ...] = ("clean", "corrupt")
    values: tuple[int, ...] = (0, 255)

    @property
    def start(self) -> Literal["corruption", "general"]:
        """What the network starts from."""
        return "corruption" if self.kind == "corruption" else "general"


@dataclass(frozen=True, slots=True, eq=False)
class Footage:
    """Frames and what is where in them.

    Attributes:
        shelf: What it was made from.
        frames: RGB, shape (n, height, width, 3).
        truth: Shape (n, height, width), `UNSAID` where nobody knows.
        wanted: The truth with the nearest class where nobody knows, which is easiest to draw.
    """

    shelf: Shelf
    frames: NDArray[np.uint8]
    truth: NDArray[np.uint8]
    wanted: NDArray[np.uint8] = field(repr=False)

    @property
    def class_count(self) -> int:
        """With the background."""
        return len(self.shelf.classes)


_made: Callable[..., Shelf] = Shelf


def shelf_of(table: Mapping[str, Any]) -> Shelf:
    """A video of a protocol's table.

    Raises:
        KeyError, TypeError, ValueError: Something is lacking or wrong.
    """
    plain = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    found: Shelf = _made(**plain)
    if found.kind not in ("corruption", "labelled"):
        raise ValueError(f"there is no kind {found.kind}")
    if found.kind == "labelled" and len(found.values) != len(found.classes):
        raise ValueError("a labelled video needs a value for each class")
    return found


def is_there(shelf: Shelf, data: Path | None) -> bool:
    """Whether a video can be made or read here."""
    if shelf.source in _drawn():
        return True
    return data is not None and (data / shelf.source).exists()


def read_footage(shelf: Shelf, data: Path | None) -> Footage:
    """Make or read a video; the same shelf gives the same one.

    Raises:
        KnownError: Files cannot be read, or do not belong together.
    """
    if shelf.kind == "corruption":
        frames, truth = _damaged(shelf, data)
    else:
        frames, truth = _labelled(shelf, _below(data, shelf))
    if not ((truth != BACKGROUND) & (truth != UNSAID)).any():
        raise KnownError(f"There is nothing to label in the video {shelf.name}.")
    return Footage(shelf, frames, truth, filled(truth))


def filled(truth: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Label maps with the nearest class where nothing is said, shape (n, height, width)."""
    return np.stack([_filled(one) for one in truth])


def _filled(truth: NDArray[np.uint8]) -> NDArray[np.uint8]:
    unsaid = truth == UNSAID
    if not unsaid.any():
        return truth
    if unsaid.all():
        return np.full_like(truth, BACKGROUND)
    _, nearest = cv2.distanceTransformWithLabels(
        unsaid.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    by_label = np.zeros(int(nearest.max()) + 1, np.uint8)
    by_label[nearest[~unsaid]] = truth[~unsaid]
    return np.asarray(by_label[nearest], np.uint8)


def _drawn() -> dict[str, Source]:
    return {source.name: source for source in drawn_scenes()}


def _below(data: Path | None, shelf: Shelf) -> Path:
    if data is None:
        raise BugError(f"{shelf.name} needs a data folder")
    return data


def _damaged(shelf: Shelf, data: Path | None) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Clean content with damage in its middle; what is wrong is known by difference."""
    source = _drawn().get(shelf.source)
    if source is None:
        path = _below(data, shelf) / shelf.source
        source = Source(path.stem, path, probe(path))
    rng = np.random.default_rng([shelf.seed, 41])
    clean = stretch(source, shelf.count, shelf.window, False, rng)
    edge = len(clean) // 8
    middle = clean[edge : len(clean) - edge]
    right, wrong = list(clean), list(clean)
    damaged = _corrupt(middle, shelf, clean[edge - 1] if edge else None)
    for place, (before, after) in enumerate(damaged, edge):
        right[place], wrong[place] = before, after
    truth = [_wrong_cells(before, after) for before, after in zip(right, wrong, strict=True)]
    return np.stack([to_rgb(picture) for picture in wrong]), np.stack(truth)


def _corrupt(
    pictures: Sequence[Picture], shelf: Shelf, previous: Picture | None
) -> list[tuple[Picture, Picture]]:
    if shelf.variant not in CODECS:
        painted = BlockCorruption(shelf.severity, shelf.seed, shelf.variant)
        return [(picture, painted.apply(picture)) for picture in pictures]
    stream = StreamCorruption(shelf.severity, shelf.seed, shelf.variant)
    if previous is not None:
        stream.before(previous)
    found = []
    for first in range(0, len(pictures), _GROUP):
        pairs = stream.apply_piece(pictures[first : first + _GROUP])
        found += [(pair.clean, pair.shown) for pair in pairs]
    return found


def _wrong_cells(clean: Picture, shown: Picture) -> NDArray[np.uint8]:
    """1 in cells of 8 x 8 pixels of which a quarter is wrong, gaps of a cell closed."""
    height, width = clean.height, clean.width
    if clean is shown:
        return np.zeros((height, width), np.uint8)
    size = (-(-width // _CELL_PX), -(-height // _CELL_PX))
    share = cv2.resize(mask_of(clean, shown), size, interpolation=cv2.INTER_AREA) / 255
    cells = cv2.morphologyEx((share >= _TOUCHED).astype(np.uint8), cv2.MORPH_CLOSE, _GROWN)
    grown = np.repeat(np.repeat(cells, _CELL_PX, 0), _CELL_PX, 1)
    return np.asarray(grown[:height, :width], np.uint8)


def _labelled(shelf: Shelf, data: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    kept = slice(shelf.first, shelf.first + shelf.count * shelf.step, shelf.step)
    masks = sorted((data / shelf.masks).glob("*.png"))[kept]
    pictures = {path.stem: path for path in (data / shelf.source).iterdir()}
    frames, truth = [], []
    for mask in masks:
        picture = cv2.imread(str(pictures.get(mask.stem, mask.parent)), cv2.IMREAD_COLOR)
        map_ = cv2.imread(str(mask), cv2.IMREAD_UNCHANGED)
        if picture is None or map_ is None or picture.shape[:2] != map_.shape:
            raise KnownError(f"The frame of the mask {mask.name} cannot be read.")
        cut = _middle(map_.shape, shelf.window)
        frames.append(np.ascontiguousarray(picture[..., ::-1][cut], np.uint8))
        truth.append(_numbers(np.asarray(map_[cut], np.uint8), shelf.values))
    if not frames:
        raise KnownError(f"There are no masks in {data / shelf.masks}.")
    return np.stack(frames), np.stack(truth)


def _middle(shape: tuple[int, ...], window: tuple[int, int]) -> tuple[slice, slice]:
    """The middle of a picture, at most as large as a window."""
    found = []
    for side, most in zip(shape[:2], reversed(window), strict=True):
        first = max(side - most, 0) // 2
        found.append(slice(first, first + min(side, most)))
    return found[0], found[1]


def _numbers(map_: NDArray[np.uint8], values: Sequence[int]) -> NDArray[np.uint8]:
    table = np.full(256, UNSAID, np.uint8)
    table[list(values)] = np.arange(len(values), dtype=np.uint8)
    return np.asarray(table[map_], np.uint8)
