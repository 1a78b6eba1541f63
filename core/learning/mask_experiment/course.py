"""The whole experiment: every video, every way of asking, every seed; each kept once it is done."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from core.domain.errors import KnownError
from core.learning.mask_experiment.baseline import from_nothing, key_frames
from core.learning.mask_experiment.protocol import Protocol
from core.learning.mask_experiment.rounds import Course, Ground, Learner, Point, repeat
from core.learning.mask_experiment.sequence import Footage, Shelf, is_there, read_footage
from core.learning.work_folder import claim, write_whole

Progress = Callable[[float, str], None]
MakeLearner = Callable[[Footage, Course, int], Learner]
"""A fresh network for a video, a way of asking and a seed."""

VERSION = 1
"""Of the table that is written, and of what is kept on the way."""

_IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What to do and where.

    Attributes:
        protocol: What was fixed beforehand.
        data: Folder that the films and labelled videos of the protocol lie in; none leaves the
            drawn scenes.
        work: What is done is kept here; an interrupted experiment goes on from there.
        seeds: Of the repetitions.
        courses: How many ways of asking, the most important ones.
        minutes: No further repetition begins after so long; what there is by then is reported.
        frames: The first so many of each video.
    """

    protocol: Protocol
    data: Path | None
    work: Path
    seeds: tuple[int, ...]
    courses: int
    minutes: float = math.inf
    frames: int = 1_000_000


@dataclass(frozen=True, slots=True)
class _Task:
    shelf: Shelf
    course: Course
    seed: int

    @property
    def key(self) -> str:
        return _plain(f"{self.shelf.name} {self.course.name} {self.seed}")


def experiment(order: Order, learner: MakeLearner, progress: Progress) -> dict[str, Any]:
    """Run it, or go on with it.

    Args:
        order: What to do.
        learner: Makes the networks.
        progress: Told the share that is done and what is going on; what it raises ends the work.

    Returns:
        All that was found, for JSON: see `docs/annotation-experiment.md`.

    Raises:
        KnownError: There is no video to label, or the folder is of another experiment.
    """
    until = time.monotonic() + 60 * order.minutes
    shelves = [_cut(one, order.frames) for one in order.protocol.videos]
    there = [shelf for shelf in shelves if is_there(shelf, order.data)]
    if not there:
        raise KnownError("None of the protocol's videos is there.")
    claim(order.work, _stamp(order), "figures")
    grounds = _Grounds(order)
    simple = {}
    for number, shelf in enumerate(there):
        progress(0.0, f"{shelf.name}, {number + 1} of {len(there)}")
        simple[shelf.name] = _kept(
            order.work / f"{_plain(shelf.name)}.json", partial(_simple, grounds, shelf, order)
        )
    tasks = list(_tasks(order, there))
    runs = []
    for number, task in enumerate(tasks):
        path = order.work / f"{task.key}.json"
        if not path.is_file() and time.monotonic() > until:
            continue
        progress(number / len(tasks), task.key)
        runs.append(_kept(path, partial(_run, grounds, task, order, learner)))
    missing = [shelf.name for shelf in shelves if shelf not in there]
    return _table(order, simple, runs, missing, len(tasks))


def _tasks(order: Order, shelves: list[Shelf]) -> Iterator[_Task]:
    """The most important first, so that what is there at any time says something; a few for each
    video in a row, so that it need not be made again for each."""
    courses = order.protocol.courses[: order.courses]
    for seed in order.seeds:
        for first in range(0, len(courses), _IN_A_ROW):
            for shelf in shelves:
                for course in courses[first : first + _IN_A_ROW]:
                    yield _Task(shelf, course, seed)


class _Grounds:
    """Videos as they are needed, one at a time in memory."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._last: Ground | None = None

    def __call__(self, shelf: Shelf) -> Ground:
        if self._last is None or self._last.footage.shelf != shelf:
            self._last = None
            protocol = self._order.protocol
            footage = read_footage(shelf, self._order.data)
            self._last = Ground(footage, protocol.good_enough, protocol.targets)
        return self._last


def _simple(grounds: _Grounds, shelf: Shelf, order: Order) -> dict[str, Any]:
    """What needs no network: the video itself, drawing all of it, and key frames."""
    ground = grounds(shelf)
    count, height, width = ground.footage.truth.shape
    distances = [d for d in order.protocol.key_distances if d < count]
    return {
        "name": ground.footage.shelf.name,
        "kind": ground.footage.shelf.kind,
        "frames": count,
        "width": width,
        "height": height,
        "classes": ground.footage.class_count,
        "every_frame": ground.every_frame,
        "from_nothing": _point(from_nothing(ground)),
        "key_frames": {str(d): _point(key_frames(ground, d)) for d in distances},
    }


def _run(grounds: _Grounds, task: _Task, order: Order, learner: MakeLearner) -> dict[str, Any]:
    ground = grounds(task.shelf)
    made = learner(ground.footage, task.course, task.seed)
    points = repeat(ground, task.course, made, order.protocol.shares, task.seed)
    return {
        "video": task.shelf.name,
        "course": task.course.name,
        "granularity": str(task.course.granularity),
        "rule": task.course.rule,
        "consistency": task.course.consistency,
        "carried": task.course.carried,
        "seed": task.seed,
        "points": [_point(point) for point in points],
    }


def _point(point: Point) -> dict[str, Any]:
    """As JSON takes it: a target that cannot be reached is null."""
    table = asdict(point)
    table["finish"] = {
        f"{target:g}": None if math.isnan(clicks) else clicks
        for target, clicks in point.finish.items()
    }
    return {**table, "seconds": round(point.seconds, 2)}


def _kept(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What was found before, or is found now and then kept."""
    if not path.is_file():
        write_whole(path, json.dumps(make(), allow_nan=False) + "\n")
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KnownError(f"{path} cannot be read; delete it.", str(error)) from error
    return found


def _table(
    order: Order,
    simple: dict[str, dict[str, Any]],
    runs: list[dict[str, Any]],
    missing: list[str],
    wanted: int,
) -> dict[str, Any]:
    return {
        "version": VERSION,
        "title": order.protocol.title,
        "targets": list(order.protocol.targets),
        "shares": list(order.protocol.shares),
        "good_enough": order.protocol.good_enough,
        "videos": list(simple.values()),
        "missing": missing,
        "runs": runs,
        "runs_wanted": wanted,
    }


def _cut(shelf: Shelf, frames: int) -> Shelf:
    return replace(shelf, count=min(shelf.count, frames))


def _stamp(order: Order) -> str:
    """All that what is kept follows from; which seeds and courses are run may grow."""
    protocol = order.protocol
    return json.dumps(
        {
            "version": VERSION,
            "targets": protocol.targets,
            "good_enough": protocol.good_enough,
            "shares": protocol.shares,
            "keys": protocol.key_distances,
            "frames": order.frames,
            "data": order.data is not None,
        }
    )


def _plain(text: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in text.lower())
