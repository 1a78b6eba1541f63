"""The pool: pieces on disk, made once, from which training draws crops.

A piece's number decides everything about it, so that pieces can be made in any order, by several
processes, and an interrupted pool goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.learning.block_corruption.lesson import Lesson
from core.learning.block_corruption.piece import Asked, Origin, Piece, make_piece
from core.learning.block_corruption.source import Source, sources_in
from core.learning.block_corruption.visible import Truth
from core.learning.lesson_file import Side
from core.learning.work_folder import claim, each_done, write_whole
from core.simulate.bitstream import CODECS
from core.simulate.block_corruption import BlockCorruption
from core.simulate.decoy import DECOYS

VERSION = 2
"""Grows whenever the same lesson and sources give other pieces."""

LARGEST = (1920, 1088)
"""Width and height of what is cut from a picture of the test side: as good as all of it."""

_TRAINING = frozenset(
    {"title", "pieces", "backbone", "examples", "crop", "batch", "whole_every", "whole_batch"}
    | {"fixed", "rate", "decay", "cell", "wrecks"}
)
_TRIES = 4
_SEVERITIES = (0.1, 0.35, 0.6, 0.85)
_EXAMINATION = tuple(
    Asked(kind, variant, severity, LARGEST)
    for kind, variants, severities in (
        ("stream", CODECS, _SEVERITIES),
        ("pixel", BlockCorruption.VARIANTS, _SEVERITIES),
        ("decoy", DECOYS, (None,)),
        ("clean", ("",) * 6, (None,)),
    )
    for variant in variants
    for severity in severities
)
_WRECKS = tuple(Asked("stream", severity=s, wreck=True) for s in (0.9, 1.0, 1.1))
_EXAMINED_WRECKS = tuple(
    replace(wreck, variant=codec, window=LARGEST) for codec in CODECS for wreck in _WRECKS
)
EXAMINATION_PIECES = len(_EXAMINATION)
"""After so many pieces of the test side everything was asked once."""
EXAMINATION_WRECKS = len(_EXAMINED_WRECKS)
"""After so many wrecks of the test side every codec was asked for at every severity."""

Asking = Callable[[int], Asked]
"""Says what the piece of a number is to be."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One picture of a pool.

    Attributes:
        folder: Of the pool.
        piece: Number of the piece.
        frame: Which of its pictures.
        origin: Where from.
        damaged: Something is visibly damaged.
        twin: A clean twin of a damaged picture.
        share: Share of pixels that are visibly damaged.
    """

    folder: Path
    piece: int
    frame: int
    origin: Origin
    damaged: bool
    twin: bool
    share: float

    def picture(self) -> NDArray[np.uint8]:
        """RGB, shape (height, width, 3), looked up on disk."""
        pictures = np.load(_pictures(self.folder, self.piece), mmap_mode="r")
        return np.asarray(pictures[self.frame])

    def truth(self) -> Truth:
        """On the grid of 8 x 8 pixels."""
        truths = np.load(_truths(self.folder, self.piece), mmap_mode="r")
        return np.asarray(truths[self.frame])


def build_pool(
    lesson: Lesson,
    folders: Sequence[Path],
    side: Side,
    out: Path,
    *,
    pieces: int | None = None,
    asking: Asking | None = None,
    processes: int = 1,
    progress: Callable[[float, str], None] | None = None,
) -> list[Entry]:
    """Make the pieces of one side that are not there yet.

    Args:
        lesson: What is taught.
        folders: Of clean content; each source is on one side.
        side: Which.
        out: Folder of the pool.
        pieces: How many; None is the lesson's number.
        asking: What each piece is to be; None draws it, and examines on the test side.
        processes: How many work at a time.
        progress: Told the share that is done and what is being made.

    Returns:
        All pictures of the pool.

    Raises:
        KnownError: There is no source for this side, the folder cannot be written, or it holds
            pieces of another lesson or of other sources.
    """
    sources = [s for s in sources_in(folders, lesson.drawn > 0) if lesson.side_of(s.name) == side]
    if not sources:
        raise KnownError(f"None of the sources is for the side “{side}”.")
    total = lesson.pieces if pieces is None else pieces
    claim(out, _stamp(lesson, sources))
    missing = [number for number in range(total) if not _record(out, number).is_file()]
    asking = asking or (asked_for if side == "test" else anything)
    work = partial(_write, lesson, sources, side, out, asking)
    for done, number in enumerate(each_done(work, missing, processes, _alone)):
        if progress is not None:
            progress((total - len(missing) + done + 1) / total, f"piece {number}")
    return list(entries(out, total))


def entries(folder: Path, pieces: int) -> Iterator[Entry]:
    """The pictures of a pool's first pieces, in order; pieces that failed are left out."""
    for number in range(pieces):
        path = _record(folder, number)
        if not path.is_file():
            continue
        table = json.loads(path.read_text("utf-8"))
        if not table["pictures"]:
            continue
        made = {**table["origin"], "coded": tuple(table["origin"]["coded"])}
        for frame, row in enumerate(table["pictures"]):
            share = float(row["share"])
            yield Entry(folder, number, frame, Origin(**made), share > 0, row["twin"], share)


def anything(_number: int) -> Asked:
    """A piece to learn from: all is drawn by the lesson's shares."""
    return Asked()


def wreck(number: int) -> Asked:
    """A stream to learn from of which little is left; severities in turn."""
    return _WRECKS[number % len(_WRECKS)]


def asked_for(number: int) -> Asked:
    """What a piece of the test side is, in turn: every way of damaging at every severity, every
    decoy, and plain pictures."""
    return _EXAMINATION[number % len(_EXAMINATION)]


def wreck_asked_for(number: int) -> Asked:
    """A wreck of the test side: every codec at every severity in turn."""
    return _EXAMINED_WRECKS[number % len(_EXAMINED_WRECKS)]


def piece_of(
    lesson: Lesson, sources: Sequence[Source], side: Side, number: int, asking: Asking
) -> Piece:
    """The piece of a number.

    Raises:
        KnownError: Several sources in a row cannot be used.
    """
    rng = np.random.default_rng([lesson.seed, len(side), number, 3])
    scenes = [source for source in sources if source.scene is not None]
    photos = [source for source in sources if source.is_photo]
    films = [source for source in sources if source.title is not None]
    asked = asking(number)
    for attempt in range(_TRIES):
        among = _among(films, photos, scenes, lesson, rng)
        source = among[int(rng.integers(len(among)))]
        try:
            return make_piece(lesson, source, side, number * _TRIES + attempt, asked)
        except KnownError as error:
            last = error
    raise last


def _among(
    films: Sequence[Source],
    photos: Sequence[Source],
    scenes: Sequence[Source],
    lesson: Lesson,
    rng: np.random.Generator,
) -> Sequence[Source]:
    if scenes and (rng.random() < lesson.drawn or not (films or photos)):
        return scenes
    return photos if photos and (not films or rng.random() < lesson.photos) else films


def _stamp(lesson: Lesson, sources: Sequence[Source]) -> str:
    """All that pieces follow from; how they are trained on is no part of it."""
    table = {name: value for name, value in asdict(lesson).items() if name not in _TRAINING}
    table |= {"version": VERSION, "sources": [source.name for source in sources]}
    return json.dumps(table, default=sorted, sort_keys=True)


def _alone() -> None:
    cv2.setNumThreads(1)


def _write(
    lesson: Lesson,
    sources: Sequence[Source],
    side: Side,
    out: Path,
    asking: Asking,
    number: int,
) -> int:
    try:
        piece = piece_of(lesson, sources, side, number, asking)
    except KnownError as error:
        _write_record(out, number, {"error": error.sentence, "pictures": []})
        return number
    _save(_pictures(out, number), np.stack([shown.rgb for shown in piece.shown]))
    _save(_truths(out, number), np.stack([shown.truth for shown in piece.shown]))
    rows = [
        {
            "share": round(float(shown.truth[..., 0].mean()) / 255.0, 6),
            "twin": bool(piece.origin.variant) and not shown.damaged,
        }
        for shown in piece.shown
    ]
    # Written last, so that a piece with a record is whole.
    _write_record(out, number, {"origin": asdict(piece.origin), "pictures": rows})
    return number


def _save(path: Path, array: NDArray[np.uint8]) -> None:
    try:
        np.save(path, array)
    except OSError as error:
        raise KnownError("The pool cannot be written.", str(error)) from error


def _write_record(folder: Path, number: int, table: dict[str, object]) -> None:
    write_whole(_record(folder, number), json.dumps(table))


def _record(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.json"


def _pictures(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.pictures.npy"


def _truths(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.truth.npy"
