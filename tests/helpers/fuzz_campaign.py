"""Pushes hostile files through the driver of batches and watches what comes of each."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from helpers.fuzz_case import Case, Forge

from core.catalog.table import DETECTORS
from core.domain.batch import Task, TaskState
from core.scan.drive import TaskNews, drive
from core.scan.engine.local import LocalEngine
from core.scan.ledger import Order, make_batch
from core.store.store import Store

_OF_CAPTIONS = ("caption_readability", "caption_encoding", "caption_missing")
FEW = ("black", "freeze", "silence", "clipping", "decode_error", "av_length", *_OF_CAPTIONS)
NETWORKS = frozenset({"block_corruption", "audio_artifact", "lipsync", "caption_sync"})
PLAIN = tuple(name for name in DETECTORS if name not in NETWORKS)
_BATCH = 60
_ALL_EVERY = 3
_RANGES_EVERY = 4
_RANGE_S = 0.1
_SENTENCE = re.compile(r"[^\n\r\t]{12,400}\.")
_RAW = re.compile(r"Traceback|Errno|Error\b|\bNone\b|0x[0-9a-f]{4}|/(tmp|home|usr)/")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a hostile file.

    Attributes:
        case: Its recipe.
        container: Its form.
        codec: What its clean file is coded with.
        outcome: `analysed`, `partly` (with a sentence about the rest), `refused` (with a
            sentence), `crashed` (with a sentence), `stuck` (ended over its limit), `mistake` (a
            detector's or the pass's own), `mute` (refused without a plain sentence), `lost` (still
            waiting when the driver had ended).
        sentence: What a person is told.
        seconds: How long it took.
        peak_mib: Most memory that the worker held meanwhile.
    """

    case: str
    container: str
    codec: str
    outcome: str
    sentence: str
    seconds: float
    peak_mib: int


class Campaign:
    """One driver, one worker, one store; files in batches, some of them in ranges.

    Args:
        folder: For the store and the files.
        limit_s: How long a file may take before its worker is ended.
        kinds: Only these kinds of files; empty means all.
    """

    def __init__(self, folder: Path, limit_s: float = 60.0, kinds: Sequence[str] = ()) -> None:
        self._folder = folder
        self._limit_s = limit_s
        self.forge = Forge(_fresh(folder / "clean"), kinds)
        self._engine = LocalEngine(1)
        self._store = Store.open(f"sqlite:///{folder / 'store.sqlite'}")
        self._batches = 0
        self._peaks: dict[Path, int] = {}

    def close(self) -> None:
        """End the worker and close the store."""
        self._engine.close()
        self._store.close()
        self.forge.close()

    def run(self, cases: Iterable[Case]) -> Iterator[Outcome]:
        """Make the files of some cases and push them through the driver."""
        left = iter(cases)
        while some := list(islice(left, _BATCH)):
            yield from self._batch(some)

    def _batch(self, cases: Sequence[Case]) -> list[Outcome]:
        folder = _fresh(self._folder / "hostile")
        paths: dict[Path, Case] = {}
        for number, case in enumerate(cases):
            inside = folder / str(number)
            inside.mkdir()
            paths[self.forge.make(case, inside)] = case
        self._batches += 1
        order = Order(
            detectors=PLAIN if self._batches % _ALL_EVERY == 0 else FEW,
            split_s=_RANGE_S if self._batches % _RANGES_EVERY == 0 else 0.0,
            limit_s=self._limit_s,
            retries=0,
            fresh=True,
        )
        batch = make_batch(self._store, f"batch {self._batches}", list(paths), order)
        self._peaks.clear()
        drive(self._store, batch, self._engine, self._note)
        tasks: dict[Path, list[Task]] = {}
        for task in self._store.tasks.of(batch.id):
            tasks.setdefault(task.path, []).append(task)
        return [self._outcome(case, tasks[path]) for path, case in paths.items()]

    def _note(self, news: TaskNews) -> None:
        for pid in self._engine.pids:
            path = news.task.path
            if news.state == "began":
                _forget_peak(pid)
            else:
                self._peaks[path] = max(self._peaks.get(path, 0), _peak_mib(pid))

    def _outcome(self, case: Case, tasks: Sequence[Task]) -> Outcome:
        sentence = " ".join(dict.fromkeys(task.error for task in tasks if task.error))
        codec = case.base.partition(":")[2] or f"{case.base} captions"
        spent = sum(
            (task.finished - task.started).total_seconds()
            for task in tasks
            if task.finished is not None and task.started is not None
        )
        peak = self._peaks.get(tasks[0].path, 0)
        kind = _judge({task.state for task in tasks}, sentence)
        return Outcome(str(case), case.container, codec, kind, sentence, round(spent, 2), peak)


def _judge(states: set[TaskState], sentence: str) -> str:
    if states & {TaskState.WAITING, TaskState.RUNNING}:
        return "lost"
    if "mistake of its own" in sentence:
        return "mistake"
    if "longer than its limit" in sentence:
        return "stuck"
    if "decoder crashed" in sentence or "ended from outside" in sentence:
        return "crashed"
    if TaskState.FAILED not in states:
        return "partly" if sentence else "analysed"
    plain = _SENTENCE.fullmatch(sentence) and not _RAW.search(sentence)
    return "refused" if plain else "mute"


def report(outcomes: list[Outcome], path: Path) -> dict[str, object]:
    """Write every outcome as a line of JSON, and give the counts."""
    path.write_text("".join(json.dumps(asdict(each)) + "\n" for each in outcomes))
    seconds = sorted(each.seconds for each in outcomes)
    return {
        "files": len(outcomes),
        "containers": len({each.container for each in outcomes}),
        "codecs": len({name for each in outcomes for name in each.codec.split("+")}),
        "outcomes": dict(Counter(each.outcome for each in outcomes).most_common()),
        "by_container": _counts([(each.container, each.outcome) for each in outcomes]),
        "by_codec": _counts(
            [(name, each.outcome) for each in outcomes for name in each.codec.split("+")]
        ),
        "seconds": {
            "total": round(sum(seconds)),
            "p50": seconds[len(seconds) // 2],
            "p99": seconds[len(seconds) * 99 // 100],
            "max": seconds[-1],
        },
        "peak_mib": max(each.peak_mib for each in outcomes),
    }


def _counts(pairs: list[tuple[str, str]]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for name, outcome in pairs:
        found.setdefault(name, Counter())[outcome] += 1
    return {name: dict(found[name]) for name in sorted(found)}


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _forget_peak(pid: int | None) -> None:
    if pid is not None and Path(f"/proc/{pid}/clear_refs").exists():
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak_mib(pid: int | None) -> int:
    """Most resident memory since it was forgotten; 0 where the system does not tell."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+)", text)
    return int(found[1]) // 1024 if found else 0
