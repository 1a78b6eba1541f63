"""What a batch will do: which files it means, and about how long it will take."""

from __future__ import annotations

import glob
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.domain.batch import Part, TaskState
from core.domain.errors import KnownError
from core.domain.title import Title
from core.media.folder import media_files
from core.store.store import Store

LIST_SUFFIXES = frozenset({".txt", ".lst", ".list"})
"""A file that ends so names titles, one a line; `#` begins a remark."""

_MOST_LIST_BYTES = 64 << 20
_GLOB = frozenset("*?[")
_RECENT_BATCHES = 5
_ENOUGH = 3
# Every detector, measured (docs/measurements.md): about the length of a 1080p25 title, and a
# share of it that does not depend on the size of the picture.
_FIXED_COST = 0.12
_PICTURE_COST = 1.0
_PICTURE_RATE = 1920 * 1080 * 25
_TITLE_COST_S = 0.5


def find_titles(names: Sequence[Path]) -> list[Path]:
    """The files that are meant: by name, in a folder, in a list, or by a pattern, each once.

    Args:
        names: Files, folders, lists (`LIST_SUFFIXES`), and patterns such as `reels/**/*.mxf`.

    Raises:
        KnownError: A folder, a list or a pattern names nothing, or a list cannot be read.
    """
    found: list[Path] = []
    for name in names:
        found.extend(_meant_by(name))
    return list(dict.fromkeys(found))


def is_many(name: Path) -> bool:
    """Whether a name stands for many titles: a folder, a list or a pattern."""
    return name.is_dir() or _is_list(name) or _is_pattern(name)


def _meant_by(name: Path) -> Iterable[Path]:
    if name.is_dir():
        inside = list(media_files(name))
        if not inside:
            raise KnownError(f"There is no media file in {name}.")
        return inside
    if _is_list(name):
        return _listed(name)
    if _is_pattern(name):
        matches = sorted(Path(path) for path in glob.glob(str(name), recursive=True))
        files = [path for path in matches if path.is_file()]
        if not files:
            raise KnownError(f"No file is named like {name}.")
        return files
    return [name]


def _is_list(name: Path) -> bool:
    return name.suffix.lower() in LIST_SUFFIXES and name.is_file() and name.stat().st_size > 0


def _is_pattern(name: Path) -> bool:
    return bool(_GLOB & set(str(name))) and not name.exists()


def _listed(name: Path) -> list[Path]:
    """The titles in a list; names that are relative start from the list's folder."""
    try:
        if name.stat().st_size > _MOST_LIST_BYTES:
            raise KnownError(f"{name.name} is too large to be a list of titles.")
        text = name.read_text("utf-8-sig", "surrogateescape")
    except OSError as error:
        raise KnownError(f"The list {name} cannot be read.", str(error)) from error
    lines = (line.strip() for line in text.splitlines())
    paths = [name.parent / line for line in lines if line and not line.startswith("#")]
    if not paths or "\0" in text:
        raise KnownError(f"{name.name} names no title; it should have a path a line.")
    return paths


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long a batch will take, more or less.

    Attributes:
        titles: How many titles can be analysed.
        title_s: Seconds of media in them.
        known: How many of them the store holds already.
        work_s: Seconds that one worker would need for the others.
        wall_s: Seconds with the workers that were asked for.
        measured: By the pace of earlier batches in this store; else by the table of costs.
    """

    titles: int
    title_s: float
    known: int
    work_s: float
    wall_s: float
    measured: bool


def estimate(
    titles: Sequence[Title],
    known: int,
    workers: int,
    pace: float | None,
    longest_s: float = math.inf,
) -> Estimate:
    """How long some titles will take.

    Args:
        titles: Those to be measured; what the store holds already costs next to nothing.
        known: How many others the store holds already.
        workers: Workers at once.
        pace: What `measured_pace` says; None goes by the table of costs.
        longest_s: Seconds of the longest piece, when long titles are divided.
    """
    costs = [
        _TITLE_COST_S + (title.duration_s * (_cost(title) if pace is None else pace))
        for title in titles
    ]
    work_s = sum(costs)
    shares = [
        cost * min(longest_s / max(title.duration_s, 1e-9), 1.0)
        for title, cost in zip(titles, costs, strict=True)
    ]
    # No more workers help than there are pieces: the longest one is waited for.
    wall_s = max(work_s / max(workers, 1), max(shares, default=0.0))
    total_s = sum(title.duration_s for title in titles)
    return Estimate(len(titles) + known, total_s, known, work_s, wall_s, pace is not None)


def _cost(title: Title) -> float:
    """Seconds of a worker for a second of a title, with every detector."""
    if not title.video:
        return _FIXED_COST
    stream = title.video[0]
    rate = stream.width * stream.height * float(stream.rate or 25)
    return _FIXED_COST + _PICTURE_COST * rate / _PICTURE_RATE


def measured_pace(store: Store, detectors: Sequence[str]) -> float | None:
    """Seconds of a worker for a second of media, as earlier batches of this store went.

    Args:
        store: The store.
        detectors: Only batches that measured these count.

    Returns:
        The median over titles; None where too few were measured.
    """
    paces: list[float] = []
    for batch in store.tasks.batches()[:_RECENT_BATCHES]:
        for task in store.tasks.of(batch.id, TaskState.DONE):
            if task.part is not Part.ALL or task.detectors != tuple(detectors):
                continue
            if task.started is None or task.finished is None:
                continue
            title = store.titles.get(task.fingerprint)
            run = store.runs.get(task.run)
            # A run that is older than its task was only decided anew.
            if title is None or run is None or run.started < task.started:
                continue
            if title.duration_s > 0:
                spent_s = (task.finished - task.started).total_seconds() - _TITLE_COST_S
                paces.append(max(spent_s, 0.0) / title.duration_s)
    if len(paces) < _ENOUGH:
        return None
    return sorted(paces)[len(paces) // 2]
