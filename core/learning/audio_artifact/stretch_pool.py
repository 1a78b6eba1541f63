"""The pool of stretches: what the network hears of their rows, on disk, made once.

As with the pool of seconds a stretch's number decides everything about it. Shards are asked one by
one: a whole side does not fit into memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.learning.audio_artifact.lesson import Lesson
from core.learning.audio_artifact.pool import stamp_of
from core.learning.audio_artifact.source import Recording
from core.learning.audio_artifact.stretch import Put, StretchOrigin, stretch_of
from core.learning.lesson_file import Side
from core.learning.work_folder import claim, each_done, write_whole
from core.models.artifact_feature import FEATURES, SLOW, features_of

NAMES = (*FEATURES, SLOW)
"""Of the features that are kept of a row."""

VERSION = 1
"""Grows whenever the same lesson and sources give other stretches."""

_TRUTH = ("state", "dose", "heard")


@dataclass(frozen=True, slots=True, eq=False)
class Shard:
    """Some stretches, one after the other.

    Attributes:
        features: By name, float16, shape (rows, *its own).
        origins: Where each stretch is from; they say how many rows each has.
        state: As in `Stretch`, shape (rows, 4).
        dose: As in `Stretch`, shape (rows, 4).
        heard: As in `Stretch`, shape (rows,).
    """

    features: Mapping[str, NDArray[np.float16]]
    origins: Sequence[StretchOrigin]
    state: NDArray[np.int8]
    dose: NDArray[np.float32]
    heard: NDArray[np.bool_]


def build_stretches(
    lesson: Lesson,
    recordings: Sequence[Recording],
    side: Side,
    folder: Path,
    *,
    processes: int = 1,
    progress: Callable[[float, str], None] | None = None,
) -> None:
    """Make the stretches of one side that are not there yet.

    Args:
        lesson: What is taught.
        recordings: Clean; of all sides.
        side: Which.
        folder: Of the pool.
        processes: How many work at a time.
        progress: Told the share that is done and what is being made.

    Raises:
        KnownError: There is no recording for this side, the folder cannot be written, or it holds
            stretches of another lesson or of other sources.
    """
    mine = [r for r in recordings if lesson.side_of(r.family) == side]
    if not mine:
        raise KnownError(f"None of the recordings is for the side “{side}”.")
    table: dict[str, Any] = {
        "version": VERSION,
        "length_s": lesson.stretch.length_s,
        "shard": lesson.stretch.shard,
    }
    table |= {
        "manners": dict(lesson.stretch.manners),
        "second": stamp_of(lesson, mine, tuple(FEATURES)),
    }
    claim(folder, json.dumps(table, sort_keys=True), "stretches")
    missing = [n for n in _numbers(lesson, side) if not _record(folder, n).is_file()]
    whole = len(_numbers(lesson, side))
    work = partial(_make_shard, lesson, mine, side, folder)
    for done, number in enumerate(each_done(work, missing, processes), start=1):
        if progress is not None:
            share = (whole - len(missing) + done) / whole
            progress(share, f"stretches up to {(number + 1) * lesson.stretch.shard}")


def shards_of(
    lesson: Lesson, side: Side, folder: Path, names: Sequence[str] = NAMES
) -> Iterator[Shard]:
    """All stretches of a side that were made.

    Raises:
        KnownError: Some are missing.
    """
    for number in _numbers(lesson, side):
        try:
            origins = [
                _origin(row) for row in json.loads(_record(folder, number).read_text("utf-8"))
            ]
            features = {name: np.load(_array(folder, number, name)) for name in names}
            truth = {name: np.load(_array(folder, number, name)) for name in _TRUTH}
        except (OSError, ValueError, KeyError) as error:
            raise KnownError(f"The stretches in {folder} cannot be read.", str(error)) from error
        yield Shard(features, origins, **truth)


def _numbers(lesson: Lesson, side: Side) -> range:
    return range(-(-lesson.stretch.count[side] // lesson.stretch.shard))


def _make_shard(
    lesson: Lesson, recordings: Sequence[Recording], side: Side, folder: Path, shard: int
) -> int:
    size = lesson.stretch.shard
    made = [
        stretch_of(lesson, recordings, side, number)
        for number in range(shard * size, (shard + 1) * size)
    ]
    heard = [features_of(each.windows, each.origin.rate, NAMES) for each in made]
    arrays: dict[str, NDArray[Any]] = {
        name: np.concatenate([each[name] for each in heard]) for name in NAMES
    }
    arrays |= {name: np.concatenate([getattr(each, name) for each in made]) for name in _TRUTH}
    try:
        for name, values in arrays.items():
            np.save(_array(folder, shard, name), values)
    except OSError as error:
        raise KnownError("The pool of stretches cannot be written.", str(error)) from error
    # Written last, so that a shard with a record is whole.
    write_whole(_record(folder, shard), json.dumps([asdict(each.origin) for each in made]))
    return shard


def _origin(table: dict[str, Any]) -> StretchOrigin:
    return StretchOrigin(**{**table, "put": tuple(Put(**put) for put in table["put"])})


def _record(folder: Path, shard: int) -> Path:
    return folder / f"{shard:05d}.json"


def _array(folder: Path, shard: int, name: str) -> Path:
    return folder / f"{shard:05d}.{name}.npy"
