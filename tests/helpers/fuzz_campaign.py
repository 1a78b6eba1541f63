"""Pushes hostile files through the worker that scans and watches what comes of each."""

from __future__ import annotations

import json
import os
import queue
import re
import shutil
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from helpers.fuzz_case import CAPTIONS, Case, Forge

from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.jobs.progress import Progress
from core.jobs.remote import RemoteWorker
from core.jobs.request import AnalyseRequest, AnalyseResult
from core.store.store import Store

FEW = ("black", "freeze", "silence", "clipping", "decode_error", "av_length")
NETWORKS = frozenset({"block_corruption", "audio_artifact", "lipsync", "caption_sync"})
PLAIN = tuple(name for name in DETECTORS if name not in NETWORKS)
_OF_CAPTIONS = ("caption_readability", "caption_encoding", "caption_missing")
_EVERY = 4
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
            detector's or the pass's own), `mute` (refused without a plain sentence).
        sentence: What a person is told.
        details: What a report of a mistake holds.
        seconds: How long it took.
        peak_mib: Most memory that the worker held meanwhile.
    """

    case: str
    container: str
    codec: str
    outcome: str
    sentence: str
    details: str
    seconds: float
    peak_mib: int


class Campaign:
    """One worker, one store, one file after the other.

    Args:
        folder: For the store and the files.
        limit_s: How long a file may take before its worker is ended.
        kinds: Only these kinds of files; empty means all.
    """

    def __init__(self, folder: Path, limit_s: float = 60.0, kinds: Sequence[str] = ()) -> None:
        self._folder = folder
        self._limit_s = limit_s
        self.forge = Forge(_fresh(folder / "clean"), kinds)
        self._url = f"sqlite:///{folder / 'store.sqlite'}"
        self._answers: queue.SimpleQueue[Progress | AnalyseResult | Exception] = queue.SimpleQueue()
        self._worker = RemoteWorker(
            lambda _job, progress: self._answers.put(progress),
            lambda _job, result: self._answers.put(result),  # type: ignore[arg-type]
            lambda _job, error: self._answers.put(error),
        )
        self._store = Store.open(self._url)
        self._number = 0

    def close(self) -> None:
        """End the worker and close the store."""
        self._worker.close()
        self._store.close()
        self.forge.close()

    def run(self, case: Case) -> Outcome:
        """Make the file of a case and push it through."""
        self._number += 1
        path = self.forge.make(case, _fresh(self._folder / "hostile"))
        codec = case.base.partition(":")[2] or f"{case.base} captions"
        detectors = FEW if self._number % _EVERY else PLAIN
        if case.base in CAPTIONS:
            detectors = _OF_CAPTIONS
        _forget_peak(self._worker.pid)
        began = time.monotonic()
        self._worker.submit(AnalyseRequest(path, self._url, detectors=detectors, resume=False))
        ended, stuck = self._wait(began)
        kind, sentence, details = self._judge(ended, stuck)
        taken = round(time.monotonic() - began, 2)
        peak = _peak_mib(self._worker.pid)
        return Outcome(str(case), case.container, codec, kind, sentence, details, taken, peak)

    def _wait(self, began: float) -> tuple[AnalyseResult | Exception, bool]:
        stuck = False
        while True:
            try:
                answer = self._answers.get(timeout=1.0)
            except queue.Empty:
                answer = Progress(0, 0)
            if not isinstance(answer, Progress):
                return answer, stuck
            pid = self._worker.pid
            if time.monotonic() - began > self._limit_s and pid is not None and not stuck:
                os.kill(pid, signal.SIGABRT)
                stuck = True

    def _judge(self, ended: AnalyseResult | Exception, stuck: bool) -> tuple[str, str, str]:
        if isinstance(ended, AnalyseResult):
            run = self._store.runs.get(ended.run_id)
            error = run.error if run is not None else "the run is not there"
            kind = "mistake" if "of its own" in error else "partly" if error else "analysed"
            return kind, error, ""
        if not isinstance(ended, KnownError):
            return "mistake", str(ended), getattr(ended, "details", "")
        sentence = ended.sentence
        if stuck:
            return "stuck", sentence, ended.details
        if "decoder crashed" in sentence or "ended from outside" in sentence:
            return "crashed", sentence, ended.details
        plain = _SENTENCE.fullmatch(sentence) and not _RAW.search(sentence)
        return ("refused" if plain else "mute"), sentence, ended.details


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
