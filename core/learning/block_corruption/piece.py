"""A piece to learn from or measure on: a few pictures in a row, damaged or not, and the truth.

Truth is known by difference from the same pictures without the damage. It is kept on a grid of
8 x 8 pixels, so that a crop anywhere has a map of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from core.learning.block_corruption.cell import cell_truth
from core.learning.block_corruption.lesson import KINDS, Lesson
from core.learning.block_corruption.source import Source, stretch
from core.learning.block_corruption.visible import GRID_PX, Truth, only_visible
from core.learning.lesson_file import Side
from core.simulate.bitstream import ALL_CODECS, corrupt
from core.simulate.block_corruption import BlockCorruption
from core.simulate.coding import decode, encode
from core.simulate.conversion import to_rgb
from core.simulate.decoy import DECOYS, decoy
from core.simulate.difference import mask_of
from core.simulate.kind import Picture

_PLAIN_CODECS = ("h264", "hevc", "mpeg2")
_TWINS = 1
_PLACES = 1009


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One picture and what is wrong with it.

    Attributes:
        rgb: Shape (height, width, 3).
        truth: On the grid of 8 x 8 pixels.
        damaged: It is of a damaged piece, whether or not damage shows in it.
    """

    rgb: NDArray[np.uint8]
    truth: Truth
    damaged: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a piece came from.

    Attributes:
        source: Name of the clean title or photograph.
        photo: It is a photograph.
        kind: One of `KINDS`.
        variant: The way of damaging; empty without damage.
        severity: 0..1; 0 without damage.
        decoy: What was done to the clean picture; empty for nothing.
        coded: What it was coded with besides, before and after the damage.
    """

    source: str
    photo: bool
    kind: str
    variant: str = ""
    severity: float = 0.0
    decoy: str = ""
    coded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Pictures of one piece.

    Attributes:
        origin: Where from.
        shown: In order of time, clean twins last; all of one size.
    """

    origin: Origin
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a piece is to be; what is left out is drawn.

    Attributes:
        kind: One of `KINDS`.
        variant: The way of damaging, or the decoy.
        severity: 0..1.
        window: Largest width and height; None is the lesson's.
        wreck: The key picture of a stream may be lost as well.
    """

    kind: str = ""
    variant: str = ""
    severity: float | None = None
    window: tuple[int, int] | None = None
    wreck: bool = False


def make_piece(
    lesson: Lesson,
    source: Source,
    side: Side,
    seed: int,
    asked: Asked = Asked(),
) -> Piece:
    """Make a piece; the same arguments give the same one.

    Args:
        lesson: What is taught.
        source: Clean content.
        side: What is held out from all sides but `test`.
        seed: Chooses everything that is not asked for.
        asked: What kind of piece it is to be.

    Raises:
        KnownError: The source cannot be decoded, or an encoder refuses.
    """
    rng = np.random.default_rng([lesson.seed, len(side), seed])
    variant, severity = asked.variant, asked.severity
    kind = asked.kind or str(rng.choice(KINDS, p=_normed([lesson.kinds[k] for k in KINDS])))
    smaller = bool(rng.random() < lesson.chances["made_smaller"]) and not source.is_photo
    clean = stretch(source, lesson.frames, asked.window or lesson.window, smaller, rng)
    origin = Origin(source.name, source.is_photo, kind)
    if kind == "decoy":
        often = _normed([lesson.often.get(name, 1.0) for name in DECOYS])
        name = variant or str(rng.choice(DECOYS, p=often))
        clean = decoy(name, clean, int(rng.integers(1 << 30)))
        origin = replace(origin, decoy=name)
        if rng.random() < lesson.chances["damaged_decoy"] and not variant:
            kind = str(rng.choice(("stream", "pixel")))
    if kind != "stream" and rng.random() < lesson.chances["coded_before"]:
        clean, codec = _coded(clean, rng)
        origin = replace(origin, coded=(codec,))
    shown = clean
    if kind in ("stream", "pixel"):
        low, high = lesson.severity
        severity = float(rng.uniform(low, high)) if severity is None else severity
        variant = variant or _variant(lesson, kind, side, rng)
        redraws = 0 if side == "test" else lesson.redraws
        seed = int(rng.integers(1 << 20))
        way = (variant, severity, seed)
        clean, shown, truths = _damaged(lesson, clean, way, redraws, asked.wreck)
        origin = replace(origin, variant=variant, severity=severity)
    else:
        truths = [truth_of(c, s, lesson) for c, s in zip(clean, shown, strict=True)]
    if rng.random() < lesson.chances["coded_after"]:
        shown, codec = _coded(shown, rng)
        origin = replace(origin, coded=(*origin.coded, codec))
    count = lesson.stream_kept if kind == "stream" and side != "test" else lesson.kept
    damaged = bool(origin.variant)
    return Piece(origin, tuple(_kept(count, clean, shown, truths, damaged, rng)))


def truth_of(clean: Picture, shown: Picture, lesson: Lesson) -> Truth:
    """Shares of visibly damaged and of touched pixels, on the grid."""
    if clean is shown:
        return np.zeros((*(-(-side // GRID_PX) for side in clean.luma.shape), 2), np.uint8)
    size = (-(-clean.width // GRID_PX), -(-clean.height // GRID_PX))
    layers = [
        cv2.resize(mask_of(clean, shown, codes), size, interpolation=cv2.INTER_AREA)
        for codes in (lesson.visible, lesson.touched)
    ]
    truth = np.asarray(np.stack(layers, axis=-1), np.uint8)
    return only_visible(clean, shown, truth, lesson.sight)


def _kept(
    count: int,
    clean: Sequence[Picture],
    shown: Sequence[Picture],
    truths: Sequence[Truth],
    damaged: bool,
    rng: np.random.Generator,
) -> list[Shown]:
    """Some of the pictures: of a damaged piece those with damage first, and a clean twin."""
    order = rng.permutation(len(shown))
    if damaged:
        order = order[np.argsort([not truths[i][..., 0].any() for i in order], kind="stable")]
    picked = sorted(int(i) for i in order[:count])
    kept = [Shown(to_rgb(shown[i]), truths[i], damaged) for i in picked]
    if damaged:
        none = np.zeros_like(truths[0])
        kept += [Shown(to_rgb(clean[i]), none, False) for i in picked[:_TWINS]]
    return kept


def _variant(lesson: Lesson, kind: str, side: Side, rng: np.random.Generator) -> str:
    """A way of damaging that this side may see; codecs by their shares."""
    known = lesson.variants(kind, side)
    if kind != "stream" or side == "test" or len(set(lesson.codecs.values())) == 1:
        return str(rng.choice(known))
    return str(rng.choice(known, p=_normed([lesson.codecs[codec] for codec in known])))


def _damaged(
    lesson: Lesson,
    clean: list[Picture],
    way: tuple[str, float, int],
    redraws: int,
    wreck: bool,
) -> tuple[list[Picture], list[Picture], list[Truth]]:
    """The pictures as they should be, as they are, and the truth.

    A stream whose damage nothing gives away is damaged anew elsewhere; as much as was asked for.
    """
    variant, severity, seed = way
    if variant not in ALL_CODECS:
        damage = BlockCorruption(severity, seed, variant)
        shown = [damage.apply(picture) for picture in clean]
        return clean, shown, [truth_of(c, s, lesson) for c, s in zip(clean, shown, strict=True)]
    for attempt in range(redraws + 1):
        done = corrupt(clean, variant, severity, seed * _PLACES + attempt, key=wreck)
        pairs = list(zip(done.clean, done.damaged, strict=True))
        truths = [truth_of(c, s, lesson) for c, s in pairs]
        if any(cell_truth(truth, lesson.cell).decided for truth in truths):
            break
    return list(done.clean), list(done.damaged), truths


def _coded(pictures: Sequence[Picture], rng: np.random.Generator) -> tuple[list[Picture], str]:
    """The pictures through an encoder and a decoder, without damage."""
    codec = str(rng.choice(_PLAIN_CODECS))
    coded = encode(pictures, codec, float(rng.random()), int(rng.integers(0, 3)))
    back = decode(coded, coded.packets, pictures[0])
    return [b if b is not None else p for b, p in zip(back, pictures, strict=True)], codec


def _normed(shares: Sequence[float]) -> list[float]:
    return [share / sum(shares) for share in shares]
