"""Carrying an evaluation out: files over processes, results by file, resumable at any time."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.title import Title
from core.evaluation.clip import make_clip
from core.evaluation.data_set import Entry, is_data_set, read_data_set
from core.evaluation.decoy_clip import (
    EACH,
    HARD_NEGATIVES,
    MAKING,
    DecoyClip,
    Reel,
    make_decoy_clip,
    plan_decoys,
    scene_of,
)
from core.evaluation.excerpt import PHOTO_RATE, Excerpt, excerpt_of
from core.evaluation.matching import Stretch
from core.evaluation.peer import Peer
from core.evaluation.peer_table import PEERS
from core.evaluation.record import (
    REAL,
    REFERENCE,
    Result,
    claims_of,
    key_of,
    measured,
    module_digest,
    peer_traces,
)
from core.evaluation.reference import twin_of
from core.evaluation.source import Kind, Source, files_below, find_sources
from core.evaluation.trial import PICTURE_CODINGS, SECONDS, SOUND_CODINGS, Group, Trial, plan_trials
from core.media.audio import AudioReader
from core.media.probe import probe
from core.media.writer import VideoSettings, write_title
from core.simulate.conversion import packed
from core.simulate.inject import INJECTORS
from core.simulate.kind import Picture

QUIETEST = 1e-3
_PROBED_S = 10.0
_MAKING = (
    "core.evaluation.clip",
    "core.evaluation.excerpt",
    "core.simulate.kind",
    "core.simulate.conversion",
    "core.simulate.camera_move",
    "core.media.writer",
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be evaluated.

    Attributes:
        folders: Of clean titles, sounds and photographs; or data sets with a manifest.
        real: Files, or folders of files, that are really damaged.
        detectors: Ids.
        work: Where clips, tracks and traces are kept between runs.
        side: `dev`, `test` or `all`.
        each: Clips for every severity of every defect.
        seed: Draws sources, forms and places.
        peers: Run FFmpeg's filters, too.
        processes: How many work at once.
        decoys: Clips of every kind of clean content that looks damaged.
    """

    folders: tuple[Path, ...]
    real: tuple[Path, ...]
    detectors: tuple[str, ...]
    work: Path
    side: str = "test"
    each: int = 4
    seed: int = 1
    peers: bool = True
    processes: int = 0
    decoys: int = EACH


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of an order.

    Attributes:
        order: The order.
        sources: That were looked at.
        unread: Names of files that are no media.
        results: One a file.
    """

    order: Order
    sources: tuple[Source, ...]
    unread: tuple[str, ...]
    results: tuple[Result, ...]


Told = Callable[[int, int], None]
"""Told how many files are done, and of how many."""


def evaluate(order: Order, told: Told = lambda _done, _total: None) -> Evaluated:
    """Make the clips, measure everything, and run FFmpeg's filters over the same files.

    What lies in `order.work` from an earlier run is taken from there.

    Raises:
        KnownError: There is nothing to measure on, or a worker process died.
    """
    clean = [folder for folder in order.folders if not is_data_set(folder)]
    entries = [
        entry
        for folder in order.folders
        if is_data_set(folder)
        for entry in read_data_set(folder, order.side)
    ]
    sources, unread = find_sources(clean, order.side) if clean or not entries else ([], [])
    tasks: list[tuple[int, Work]] = list(_tasks(order, sources))
    tasks += [(1, partial(_judge, order, entry)) for entry in entries]
    order.work.mkdir(parents=True, exist_ok=True)
    total = sum(count for count, _ in tasks)
    results: dict[int, list[Result]] = {}
    done = 0
    told(done, total)
    for place, found in _carried_out([work for _, work in tasks], order.processes):
        results[place] = found
        done += tasks[place][0]
        told(done, total)
    gathered = tuple(result for place in sorted(results) for result in results[place])
    return Evaluated(order, tuple(sources), tuple(unread), gathered)


Work = Callable[[], list[Result]]


def _tasks(order: Order, sources: Sequence[Source]) -> Iterable[tuple[int, Work]]:
    """The work of one source at a time, with how many files it makes; the longest first."""
    trials = plan_trials(sources, order.detectors, order.each, order.seed)
    clips = [
        (len(some), partial(_try_source, order, source, tuple(some)))
        for source, some in (
            (source, [trial for _, trial in group]) for source, group in _grouped(trials)
        )
    ]
    yield from sorted(clips, key=lambda item: -item[0])
    for reel in plan_decoys(sources, order.detectors, order.decoys, order.seed):
        yield len(reel.clips), partial(_try_reel, order, reel)
    for source in sorted(sources, key=lambda s: -s.seconds):
        yield 1, partial(_watch_source, order, source)
    yield from _real_tasks(order, sources)


def _real_tasks(order: Order, sources: Sequence[Source]) -> Iterable[tuple[int, Work]]:
    """Damaged files, and those of their clean twins that are looked at for no other reason."""
    real = list(_real_files(order.real))
    folders = [folder for folder in order.folders if not is_data_set(folder)]
    files = [*real, *files_below(folders)] if real else []
    known = {*real, *(source.path for source in sources)}
    for path in real:
        twin = twin_of(path, files)
        yield 1, partial(_watch_real, order, path, "" if twin is None else twin.name)
        if twin is not None and twin not in known:
            known.add(twin)
            yield 1, partial(_watch_real, order, twin, "", REFERENCE)


def _grouped(trials: Sequence[tuple[Source, Trial]]) -> Iterable[tuple[Source, Any]]:
    for _name, group in groupby(trials, key=lambda item: item[0].path):
        some = list(group)
        yield some[0][0], some


def _real_files(paths: Sequence[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and p.name[0] != ".")
        elif path.exists():
            yield path
        else:
            raise KnownError(f"{path} is not there.")


def _carried_out(works: Sequence[Work], processes: int) -> Iterable[tuple[int, list[Result]]]:
    """The results of some work as they come, by its place."""
    processes = processes or os.cpu_count() or 1
    if processes == 1:
        for place, work in enumerate(works):
            yield place, work()
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin_worker) as pool:
        waiting: dict[Future[list[Result]], int] = {
            pool.submit(work): place for place, work in enumerate(works)
        }
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BrokenProcessPool as error:
            raise KnownError(
                "A process died while it measured; what was measured is kept for the next run.",
                str(error),
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _begin_worker() -> None:
    """Several processes share the machine's cores; each keeps to one for arithmetic."""
    cv2.setNumThreads(1)


def _try_source(order: Order, source: Source, trials: Sequence[Trial]) -> list[Result]:
    """The clips of one source: its excerpt is decoded once, and only when a clip is missing."""
    excerpts: dict[float, Excerpt] = {}

    def decoded(seconds: float) -> Excerpt:
        if seconds not in excerpts:
            excerpts[seconds] = excerpt_of(source, order.seed, seconds)
        return excerpts[seconds]

    return [_try(order, source, trial, decoded) for trial in trials]


Decoded = Callable[[float], Excerpt]
"""Gives the excerpt of so many seconds."""


def _try(order: Order, source: Source, trial: Trial, decoded: Decoded) -> Result:
    defect = trial.defect
    making = _MAKING if not defect else (*_MAKING, INJECTORS[defect].make.__module__)
    key = key_of("clip", trial, order.seed, _stamp(source.path), module_digest(*making))
    folder = order.work / key
    bare = Result(source.name, str(source.kind), trial.as_json())
    try:
        path, truth = _made(folder, trial, decoded)
        return _looked_at(order, path, folder, bare, {defect: truth} if defect else {})
    except KnownError as error:
        return _failed(bare, error)


def _made(folder: Path, trial: Trial, decoded: Decoded) -> tuple[Path, tuple[Stretch, ...]]:
    """The clip of a trial; the truth file is written last and says that the clip is whole."""
    truth_file = folder / "truth.json"
    if not truth_file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path, truth = make_clip(decoded(trial.seconds), trial, folder)
        truth_file.write_text(
            json.dumps({"file": path.name, "spans": truth, "trial": trial.as_json()}), "utf-8"
        )
    row = json.loads(truth_file.read_text("utf-8"))
    return folder / row["file"], tuple((float(a), float(b)) for a, b in row["spans"])


def _try_reel(order: Order, reel: Reel) -> list[Result]:
    """The clips of one excerpt, which is decoded only when a clip is missing."""

    @cache
    def scenes(second: bool) -> list[Picture]:
        source, place = (reel.other, reel.place + 1) if second else (reel.source, reel.place)
        clip = reel.clips[0]
        return scene_of(source, place, (clip.width, clip.height))

    return [_try_decoy(order, reel, clip, scenes) for clip in reel.clips]


def _try_decoy(
    order: Order, reel: Reel, clip: DecoyClip, scenes: Callable[[bool], list[Picture]]
) -> Result:
    stamps = (_stamp(reel.source.path), _stamp(reel.other.path))
    folder = order.work / key_of("decoy", clip, reel.place, stamps, module_digest(*MAKING))
    path = folder / "clip.mp4"
    bare = Result(clip.source, str(reel.source.kind), clip.as_json())
    tried = tuple(d for d in order.detectors if clip.decoy in HARD_NEGATIVES.get(d, ()))
    try:
        if not path.exists():
            make_decoy_clip(clip, scenes, path)
        return _looked_at(replace(order, detectors=tried), path, folder, bare, {})
    except KnownError as error:
        return _failed(bare, error)


def _judge(order: Order, entry: Entry) -> list[Result]:
    """A clip of a data set: a result for every defect that was made in it."""
    folder = order.work / key_of("entry", _stamp(entry.path), str(entry.path.parent))
    found = []
    for trial in entry.trials:
        bare = Result(entry.source, str(Kind.FILMED), trial)
        try:
            found.append(_looked_at(order, entry.path, folder, bare, dict(entry.truth)))
        except KnownError as error:
            found.append(_failed(bare, error))
    return found


def _watch_source(order: Order, source: Source) -> list[Result]:
    """A clean file as it is; a photograph under a moving camera, coded."""
    bare = Result(source.name, str(source.kind))
    if source.title is None:
        key = key_of("photo", order.seed, _stamp(source.path), module_digest(*_MAKING))
        path = order.work / key / "clip.mp4"
    else:
        key = key_of("clean", _stamp(source.path))
        path = source.path
    folder = order.work / key
    try:
        if source.title is None and not path.exists():
            _code_photo(source, order.seed, path)
        return [_looked_at(order, path, folder, bare, {})]
    except KnownError as error:
        return [_failed(bare, error)]


def _code_photo(source: Source, seed: int, path: Path) -> None:
    excerpt = excerpt_of(source, seed, SECONDS)
    partial_path = path.with_name("making.mp4")
    write_title(
        partial_path,
        (packed(picture) for picture in excerpt.pictures),
        excerpt.rate,
        settings=VideoSettings(source_format="yuv420p", crf=23, gop=round(2 * PHOTO_RATE)),
    )
    partial_path.replace(path)


def _watch_real(order: Order, path: Path, twin: str, kind: str = REAL) -> list[Result]:
    folder = order.work / key_of("real", _stamp(path))
    bare = Result(path.name, kind, twin=twin)
    try:
        return [_looked_at(order, path, folder, bare, {})]
    except KnownError as error:
        return [_failed(bare, error)]


def _looked_at(
    order: Order, path: Path, folder: Path, bare: Result, truth: dict[str, tuple[Stretch, ...]]
) -> Result:
    """Findings and traces of a file."""
    title = probe(path)
    tracks, faults = measured(title, order.detectors, folder)
    peers = _peers(order, bare) if order.peers else []
    return Result(
        bare.name,
        bare.kind,
        bare.trial,
        truth,
        _lengths(title, folder),
        claims_of(tracks, order.detectors),
        peer_traces(title, peers, folder),
        faults,
        bare.twin,
    )


def _failed(bare: Result, error: KnownError) -> Result:
    return replace(bare, faults=(error.sentence,))


def _peers(order: Order, bare: Result) -> list[Peer]:
    """Filters to run: those of the clip's defect, or all on clean files."""
    mine = [PEERS[name] for name in order.detectors if name in PEERS]
    if bare.kind in (REAL, REFERENCE):
        return []
    if bare.trial is None:
        return mine
    if bare.trial["group"] in (Group.VARIANT, Group.CODEC):
        return []
    defect = bare.trial["defect"]
    if defect:
        return [peer for peer in mine if DETECTORS[peer.detector].defect == defect]
    if bare.trial["coding"] in PICTURE_CODINGS:
        return [peer for peer in mine if peer.medium == "video"]
    if bare.trial["coding"] in SOUND_CODINGS:
        return [peer for peer in mine if peer.medium == "audio"]
    return mine


def _lengths(title: Title, folder: Path) -> dict[str, float]:
    """Seconds by medium; sound that is silent as it is takes no part."""
    lengths: dict[str, float] = {}
    if title.video:
        lengths["video"] = title.duration_s
    if title.audio and not _is_silent(title, folder):
        lengths["audio"] = title.duration_s
    if title.captions:
        lengths["caption"] = title.duration_s
    return lengths


def _is_silent(title: Title, folder: Path) -> bool:
    """Whether a title's first sound stream is silent from beginning to end."""
    known = folder / "silent.json"
    if known.exists():
        return bool(json.loads(known.read_text("utf-8")))
    stream = title.audio[0]
    silent = True
    with AudioReader(title.path, stream) as reader:
        for start_s in np.arange(0.0, title.duration_s, _PROBED_S):
            count = int(_PROBED_S * stream.sample_rate)
            samples = reader.read(title.start.seconds + float(start_s), count)
            if samples.size and float(np.abs(samples).max()) > QUIETEST:
                silent = False
                break
    folder.mkdir(parents=True, exist_ok=True)
    known.write_text(json.dumps(silent), "utf-8")
    return silent


def _stamp(path: Path) -> tuple[str, int, int]:
    """What tells whether a file is still the same."""
    status = path.stat()
    return (path.name, status.st_size, status.st_mtime_ns)
