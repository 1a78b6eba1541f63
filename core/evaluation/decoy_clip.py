"""Clean clips that only look damaged: which are made of what, and how they are made.

A source's excerpt is decoded once and shown in every way that `core.simulate.decoy` knows, so that
the clips of one decoy all come from different sources as far as there are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import chain, islice, zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zlib import crc32

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.title import Title
from core.evaluation.source import Kind, Source
from core.evaluation.trial import Group, usable
from core.media.reader import VideoReader
from core.media.writer import VideoSettings, write_title
from core.simulate.camera_move import camera_move, read_photo
from core.simulate.conversion import from_rgb, packed
from core.simulate.decoy import DECOYS, decoy
from core.simulate.kind import Picture

RATE = Fraction(25)
SECONDS = 10.0
SIZE = (640, 352)
LARGE_SIZE = (960, 544)
LARGE_EVERY = 8
EACH = 8
CRF = 20
_GOP = 50
_FINE = Fraction(1, 1_000_000)
_SPARE = 4

HARD_NEGATIVES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"block_corruption": DECOYS, "blockiness": DECOYS}
)
"""Decoys that detectors are tried on, by id: where what only looks damaged is what misleads them.
`blockiness` measures the coder's grid and stands beside `block_corruption` for comparison; real
coding blocks, as `low_bitrate` shows them, are its defect, not its mistake."""

MAKING = (
    __name__,
    *("core.media.writer", "core.simulate.camera_move", "core.simulate.conversion"),
    *("core.simulate.coding", "core.simulate.kind", "core.simulate.texture"),
    "core.simulate.decoy",
    *(f"core.simulate.decoy_{part}" for part in ("drawn", "effect", "paint", "screen", "treated")),
)
"""Modules that a clip depends on."""


@dataclass(frozen=True, slots=True)
class DecoyClip:
    """One clip that is to be made.

    Attributes:
        source: Name of the source file.
        other: Name of the source of a second scene, for decoys that show two.
        decoy: Which one.
        seed: Chooses its form.
        width: Most columns.
        height: Most rows.
        seconds: How long it is, where its source has as much.
    """

    source: str
    other: str
    decoy: str
    seed: int
    width: int
    height: int
    seconds: float = SECONDS

    def as_json(self) -> dict[str, Any]:
        """For keys and reports, with what `Trial.as_json` has of a clip without damage."""
        told = {"defect": "", "severity": 0.0, "variant": "", "coding": "h264"}
        return {**asdict(self), **told, "group": str(Group.DECOY)}


@dataclass(frozen=True, slots=True)
class Reel:
    """The clips that are made of one excerpt.

    Attributes:
        source: What is shown.
        place: Chooses the excerpt.
        other: A second scene, for decoys that show two.
        clips: One a decoy.
    """

    source: Source
    place: int
    other: Source
    clips: tuple[DecoyClip, ...]


def plan_decoys(
    sources: Sequence[Source], detectors: Sequence[str], each: int, seed: int
) -> list[Reel]:
    """The clips to make: film and photographs in turn, the longest film first.

    Args:
        sources: Clean ones.
        detectors: Ids; only those in `HARD_NEGATIVES` are tried.
        each: Clips of every decoy.
        seed: Draws sources, places and forms.

    Returns:
        One reel for each clip of a decoy; none where there is nothing to try or to make it of.
    """
    wanted = set(chain.from_iterable(HARD_NEGATIVES.get(name, ()) for name in detectors))
    shown = _in_turn(sources, seed)
    if not wanted or not shown:
        return []
    return [_reel(shown, number, sorted(wanted), seed) for number in range(each)]


def _in_turn(sources: Sequence[Source], seed: int) -> list[Source]:
    chance = np.random.default_rng([seed, crc32(b"decoys")])
    films = [s for s in usable(sources, "block_corruption") if s.kind is Kind.FILMED]
    photos = [s for s in sources if s.kind is Kind.PHOTO]
    films, photos = (
        [some[int(i)] for i in chance.permutation(len(some))] for some in (films, photos)
    )
    films.sort(key=lambda source: -min(source.seconds, SECONDS))
    pairs = zip_longest(films, photos)
    return [source for source in chain.from_iterable(pairs) if source is not None]


def _reel(shown: Sequence[Source], number: int, decoys: Sequence[str], seed: int) -> Reel:
    source, other = (shown[n % len(shown)] for n in (number, number + 1))
    size = LARGE_SIZE if (number + 1) % LARGE_EVERY == 0 else SIZE
    clips = tuple(
        DecoyClip(source.name, other.name, name, _seed(seed, number, name, source.name), *size)
        for name in decoys
    )
    return Reel(source, _seed(seed, number, source.name), other, clips)


def _seed(*parts: object) -> int:
    return crc32("|".join(map(str, parts)).encode()) % 1_000_000


def make_decoy_clip(
    clip: DecoyClip, scenes: Callable[[bool], Sequence[Picture]], path: Path
) -> None:
    """Make a clip: all its consecutive pictures at once, so that what moves goes on moving.

    Args:
        clip: What to make.
        scenes: Gives the pictures of the source, or (True) those of the second scene.
        path: Where to; written in one step.

    Raises:
        KnownError: The source cannot be decoded, or the clip cannot be written.
    """
    other = scenes(True) if clip.decoy == "wipe" else ()
    shown = decoy(clip.decoy, scenes(False), clip.seed, other=other)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name("making.mp4")
    settings = VideoSettings(source_format="yuv420p", crf=CRF, gop=_GOP, preset="superfast")
    write_title(partial, (packed(picture) for picture in shown), RATE, settings=settings)
    partial.replace(path)


def scene_of(source: Source, place: int, size: tuple[int, int]) -> list[Picture]:
    """Consecutive pictures of a source, as `SECONDS` at `RATE` show them; fewer of a shorter one.

    Film of about twice that rate or more loses pictures, other film is shown at another pace. The
    middle is cut out to the shape of `size`, and made smaller where it is larger, never larger.

    Raises:
        KnownError: Nothing can be decoded.
    """
    count = round(SECONDS * RATE)
    if source.title is None:
        return list(camera_move(read_photo(source.path), *size, count, place))
    pictures = list(from_rgb(_fitted(rgb, size) for rgb in _film(source.title, place, count)))
    if not pictures:
        raise KnownError(f"No picture of {source.name} can be decoded.")
    return pictures


def _film(title: Title, place: int, count: int) -> Iterator[NDArray[np.uint8]]:
    stream = title.video[0]
    rate = stream.rate if stream.rate > 0 else RATE
    step = max(round(rate / RATE), 1)
    room_s = max(title.duration_s - float(count * step / rate), 0.0)
    start_s = title.start.seconds + room_s * float(np.random.default_rng(place).random())
    span = Span.from_seconds(start_s, start_s + float((count * step + _SPARE) / rate), _FINE)
    with VideoReader(title.path, stream) as reader:
        for frame in islice(reader.frames(span), 0, count * step, step):
            yield frame.rgb_stored()


def _fitted(rgb: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """The middle of a picture in the shape of a size, at most that large; both sides are even."""
    tall, wide = rgb.shape[:2]
    share = min(wide / size[0], tall / size[1])
    left, top = (int((n - m * share) / 2) for n, m in ((wide, size[0]), (tall, size[1])))
    part = rgb[top : top + round(size[1] * share), left : left + round(size[0] * share)]
    if share > 1:
        return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    return np.ascontiguousarray(part[: part.shape[0] // 2 * 2, : part.shape[1] // 2 * 2])
