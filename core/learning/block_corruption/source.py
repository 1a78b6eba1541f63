"""Clean content to learn from: film, camera moves over photographs, and drawn scenes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError, KnownError
from core.domain.time import Span
from core.domain.title import Title
from core.media.probe import probe
from core.media.reader import VideoReader
from core.simulate.camera_move import PHOTO_SUFFIXES, camera_move, read_photo
from core.simulate.conversion import from_rgb
from core.simulate.kind import Picture
from core.simulate.scene import City, Crowd, Hills, Rain, Scene, Train, Water

RGB = NDArray[np.uint8]

DRAWN = "drawn_"
"""What the names of drawn scenes begin with."""

_SHORTEST_SIDE = 240
_GRAIN_PX = 16
_FINE = Fraction(1, 1_000_000)
_USUAL_RATE = 25
_MOVES = (10, 20, 40)
_SMALLER = (0.5, 0.95)
_SCENES: tuple[type[Scene], ...] = (City, Crowd, Hills, Rain, Train, Water)
_SCENE_SEEDS = range(1000, 1008)
_SCENE_FRAMES = 250


@dataclass(frozen=True, slots=True)
class Source:
    """A clean title, photograph or drawn scene.

    Attributes:
        name: Of the file, without folder and suffix, or of the scene; the split goes by it.
        path: The file; None for a drawn scene.
        title: What it was probed as; None for a photograph and a drawn scene.
        scene: What draws it; None for files.
        seed: Of the scene.
    """

    name: str
    path: Path | None = None
    title: Title | None = None
    scene: type[Scene] | None = None
    seed: int = 0

    @property
    def is_photo(self) -> bool:
        """Nothing in it moves by itself."""
        return self.title is None and self.scene is None


def sources_in(folders: Sequence[Path], drawn: bool = False) -> list[Source]:
    """Every title with pictures and every photograph beneath some folders, by name.

    Args:
        folders: Where to look.
        drawn: Add scenes that are drawn by code: other ones than those of the sample title, of the
            same kinds.

    Raises:
        KnownError: A folder is missing, or nothing is found in those that are named.
    """
    found: dict[str, Source] = {}
    for path in _files(folders):
        if path.suffix.lower() in PHOTO_SUFFIXES:
            found.setdefault(path.stem, Source(path.stem, path))
            continue
        try:
            title = probe(path)
        except KnownError:
            continue
        if title.video:
            found.setdefault(path.stem, Source(path.stem, path, title))
    if not found and (folders or not drawn):
        raise KnownError("There is no title with pictures and no photograph in these folders.")
    return [found[name] for name in sorted(found)] + (drawn_scenes() if drawn else [])


def drawn_scenes() -> list[Source]:
    """Scenes that are drawn by code: there on any machine."""
    return [
        Source(f"{DRAWN}{kind.name}_{seed}", scene=kind, seed=seed)
        for kind in _SCENES
        for seed in _SCENE_SEEDS
    ]


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        if not folder.is_dir():
            raise KnownError(f"There is no folder {folder}.")
        yield from sorted(path for path in folder.rglob("*") if path.is_file())


def stretch(
    source: Source,
    frames: int,
    window: tuple[int, int],
    smaller: bool,
    rng: np.random.Generator,
) -> list[Picture]:
    """Consecutive pictures of a source, or a part of them.

    Pictures of less than 240 lines or columns are enlarged.

    Args:
        source: Film, photograph or scene.
        frames: How many; film that ends sooner gives fewer, at least one.
        window: Largest width and height of what is cut out, somewhere.
        smaller: Make the whole picture smaller first, by some factor down to half.
        rng: Chooses where and when.

    Returns:
        4:2:0 pictures of 8 bits; width and height are multiples of 16.

    Raises:
        KnownError: Nothing can be decoded.
    """
    if source.scene is not None:
        scene, first = _scene(source.scene, source.seed), int(rng.integers(_SCENE_FRAMES))
        drawn = [scene.draw(first + frame) for frame in range(frames)]
        cut = _cut(drawn[0].shape, window, smaller, rng)
        return list(from_rgb(cut(picture) for picture in drawn))
    if source.path is None:
        raise BugError(f"the source {source.name} is neither a file nor a scene")
    if source.title is None:
        size = _whole_blocks(window)
        length = max(int(rng.choice(_MOVES)), frames)
        moves = camera_move(_photo(source.path), *size, length, int(rng.integers(1 << 30)))
        return list(islice(moves, length - frames, None))
    shown = list(_film(source.title, frames, rng))
    if not shown:
        raise KnownError(f"No picture of {source.name} can be decoded.")
    cut = _cut(shown[0].shape, window, smaller, rng)
    return list(from_rgb(cut(picture) for picture in shown))


@lru_cache(maxsize=4)
def _scene(kind: type[Scene], seed: int) -> Scene:
    return kind(seed)


@lru_cache(maxsize=4)
def _photo(path: Path) -> RGB:
    return read_photo(path)


def _film(title: Title, frames: int, rng: np.random.Generator) -> Iterator[RGB]:
    stream = title.video[0]
    rate = float(stream.rate) if stream.rate > 0 else _USUAL_RATE
    room_s = max(title.duration_s - (frames + 2) / rate, 0.0)
    start_s = title.start.seconds + float(rng.random()) * room_s
    span = Span.from_seconds(start_s, start_s + (frames + 4) / rate, _FINE)
    with VideoReader(title.path, stream) as reader:
        for frame in islice(reader.frames(span), frames):
            yield frame.rgb_stored()


@dataclass(frozen=True, slots=True)
class _Cut:
    """The same part of every picture, after making it smaller or larger."""

    size: tuple[int, int]
    left: int
    top: int
    width: int
    height: int

    def __call__(self, picture: RGB) -> RGB:
        if picture.shape[1::-1] != self.size:
            shrinks = self.size[0] < picture.shape[1]
            how = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
            picture = np.asarray(cv2.resize(picture, self.size, interpolation=how), np.uint8)
        rows = slice(self.top, self.top + self.height)
        return picture[rows, self.left : self.left + self.width]


def _cut(
    shape: tuple[int, ...], window: tuple[int, int], smaller: bool, rng: np.random.Generator
) -> _Cut:
    tall, wide = shape[:2]
    scale = max(_SHORTEST_SIDE / min(tall, wide), 1.0)
    if smaller:
        scale = max(float(rng.uniform(*_SMALLER)), _SHORTEST_SIDE / min(tall, wide))
    size = (round(wide * scale), round(tall * scale))
    width, height = (
        min(side, limit) for side, limit in zip(_whole_blocks(size), window, strict=True)
    )
    left = int(rng.integers(0, size[0] - width + 1))
    top = int(rng.integers(0, size[1] - height + 1))
    return _Cut(size, left, top, width, height)


def _whole_blocks(size: tuple[int, int]) -> tuple[int, int]:
    width, height = (side // _GRAIN_PX * _GRAIN_PX for side in size)
    return width, height
