"""The pool: what the network hears of many seconds, on disk, made once.

A second's number decides everything about it, so that seconds can be made in any order, by several
processes, and an interrupted pool goes on where it was. Sound itself is not kept: it can be made
again from the number.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import KnownError
from core.learning.audio_artifact.lesson import CLASSES, Lesson
from core.learning.audio_artifact.second import Artifact, Origin, second_of
from core.learning.audio_artifact.source import Recording
from core.learning.lesson_file import Side
from core.learning.work_folder import claim, each_done, write_whole
from core.models.artifact_feature import ARTIFACTS, FEATURES, SHAPES, features_of

VERSION = 2
"""Grows whenever the same lesson and sources give other seconds."""

UNTOLD = -1
"""In place of a class where the exclusive answer is not asked: two artifacts, or a hidden one."""

_TRAINING = frozenset(
    {"title", "seconds", "hidden_db", "examples", "batch", "rate", "body_share", "decay"}
    | {"look_every", "stretch"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Seconds of one side.

    Attributes:
        features: By name, float16, shape (n, *its own), read from disk as they are used.
        origins: Where each is from.
        present: 0 or 1, shape (n, 4): which of `ARTIFACTS` were put in.
        counted: 0 or 1, shape (n, 4): 0 where one was put in that is hidden.
        classes: Shape (n,): index into `CLASSES`, or `UNTOLD`.
    """

    features: Mapping[str, NDArray[np.float16]]
    origins: Sequence[Origin]
    present: NDArray[np.float32]
    counted: NDArray[np.float32]
    classes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.origins)


def build_pool(
    lesson: Lesson,
    recordings: Sequence[Recording],
    side: Side,
    folder: Path,
    *,
    names: Sequence[str] = tuple(FEATURES),
    seconds: int | None = None,
    processes: int = 1,
    progress: Callable[[float, str], None] | None = None,
) -> Pool:
    """Make the seconds of one side that are not there yet.

    Args:
        lesson: What is taught.
        recordings: Clean; of all sides.
        side: Which.
        folder: Of the pool.
        names: Of the features that are wanted.
        seconds: How many; None is the lesson's number.
        processes: How many work at a time.
        progress: Told the share that is done and what is being made.

    Raises:
        KnownError: There is no recording for this side, the folder cannot be written, or it holds
            seconds of another lesson or of other sources.
    """
    mine = [r for r in recordings if lesson.side_of(r.family) == side]
    if not mine:
        raise KnownError(f"None of the recordings is for the side “{side}”.")
    total = lesson.seconds[side] if seconds is None else seconds
    claim(folder, stamp_of(lesson, mine, names), "seconds")
    shards = range(-(-total // lesson.shard))
    missing = [number for number in shards if not _record(folder, number).is_file()]
    work = partial(_make_shard, lesson, mine, side, folder, tuple(names))
    for done, number in enumerate(each_done(work, missing, processes), start=1):
        if progress is not None:
            share = (len(shards) - len(missing) + done) / len(shards)
            progress(share, f"seconds up to {(number + 1) * lesson.shard}")
    return read_pool(lesson, folder, total, names)


def read_pool(
    lesson: Lesson, folder: Path, seconds: int, names: Sequence[str] = tuple(FEATURES)
) -> Pool:
    """The first seconds of a pool that was made.

    Raises:
        KnownError: It lacks some of them.
    """
    shards = range(-(-seconds // lesson.shard))
    try:
        origins = list(
            chain.from_iterable(
                map(_origin, json.loads(_record(folder, number).read_text("utf-8")))
                for number in shards
            )
        )[:seconds]
        features = {
            name: np.concatenate([np.load(_array(folder, number, name)) for number in shards])
            for name in names
        }
    except (OSError, ValueError, KeyError) as error:
        raise KnownError(f"The pool in {folder} cannot be read.", str(error)) from error
    return pool_of(lesson, {k: v[:seconds] for k, v in features.items()}, origins)


def pool_of(
    lesson: Lesson, features: Mapping[str, NDArray[np.float16]], origins: Sequence[Origin]
) -> Pool:
    """A pool of features with what is true of them."""
    present = np.zeros((len(origins), len(ARTIFACTS)), np.float32)
    counted = np.ones_like(present)
    classes = np.zeros(len(origins), np.int64)
    for row, origin in enumerate(origins):
        for made in origin.artifacts:
            column = ARTIFACTS.index(made.name)
            present[row, column] = 1.0
            counted[row, column] = float(not hidden(lesson, made))
        if origin.artifacts:
            sure = len(origin.artifacts) == 1 and not hidden(lesson, origin.artifacts[0])
            classes[row] = CLASSES.index(origin.artifacts[0].name) if sure else UNTOLD
    return Pool(features, origins, present, counted, classes)


def hidden(lesson: Lesson, made: Artifact) -> bool:
    """Whether an artifact shows so little that it is neither taught nor called clean."""
    return made.shown_db < lesson.hidden_db


def _make_shard(
    lesson: Lesson,
    recordings: Sequence[Recording],
    side: Side,
    folder: Path,
    names: tuple[str, ...],
    shard: int,
) -> int:
    numbers = range(shard * lesson.shard, (shard + 1) * lesson.shard)
    made = [second_of(lesson, recordings, side, number) for number in numbers]
    arrays = {name: np.zeros((len(made), *SHAPES[name]), np.float16) for name in names}
    rates = np.array([origin.rate for _sound, origin in made])
    for rate in np.unique(rates).tolist():
        rows = np.flatnonzero(rates == rate)
        found = features_of(np.stack([made[row][0] for row in rows]), rate, names)
        for name, values in found.items():
            arrays[name][rows] = values
    try:
        for name, values in arrays.items():
            np.save(_array(folder, shard, name), values)
    except OSError as error:
        raise KnownError("The pool cannot be written.", str(error)) from error
    # Written last, so that a shard with a record is whole.
    write_whole(_record(folder, shard), json.dumps([asdict(origin) for _sound, origin in made]))
    return shard


def stamp_of(lesson: Lesson, recordings: Sequence[Recording], names: Sequence[str]) -> str:
    """All that seconds follow from; how they are trained on is no part of it."""
    table = {name: value for name, value in asdict(lesson).items() if name not in _TRAINING}
    sources = [[r.name, r.family, r.kind, *r.pieces] for r in recordings]
    table |= {"version": VERSION, "sources": sources}
    if tuple(names) != tuple(FEATURES):
        table["features"] = list(names)
    return json.dumps(table, default=sorted, sort_keys=True)


def _origin(table: dict[str, Any]) -> Origin:
    return Origin(**{**table, "artifacts": tuple(Artifact(**a) for a in table["artifacts"])})


def _record(folder: Path, shard: int) -> Path:
    return folder / f"{shard:05d}.json"


def _array(folder: Path, shard: int, name: str) -> Path:
    return folder / f"{shard:05d}.{name}.npy"
