"""The batch half of `onglass scan`: many titles through the ledger and an engine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as ProgressBars
from rich.table import Table

from core.cli.output import progress_console, report_console, write_json
from core.cli.scan_report import Scanned, as_json, pace_text, print_scanned
from core.domain.batch import Batch, Task, TaskState
from core.domain.check import is_check
from core.domain.errors import KnownError
from core.domain.timecode import format_clock
from core.domain.title import Title
from core.jobs.request import LookRequest, LookResult
from core.scan.drive import TaskNews, drive
from core.scan.engine.base import Ended, Engine
from core.scan.engine.local import LocalEngine
from core.scan.engine.ray import RayEngine
from core.scan.ledger import Order, Tally, finished_run, make_batch
from core.scan.plan import Estimate, estimate, find_titles, measured_pace
from core.store.store import Store

_MOST_PRINTED = 20
_LOOK_LIMIT_S = 300.0


class EngineName(StrEnum):
    """What runs the analyses."""

    LOCAL = "local"
    RAY = "ray"


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """What was asked for on the command line.

    Attributes:
        names: Files, folders, lists and patterns.
        order: How titles are analysed.
        engine: What runs them.
        workers: How many at once; 0 goes by the machine.
        priority: Higher is sooner.
        name: Of the batch; empty is the time of day, or with `resume` the newest one.
        resume: Go on with a batch rather than make one.
        retry_failed: With `resume`: try again what failed.
        dry_run: Only say what would be done.
    """

    names: tuple[Path, ...]
    order: Order
    engine: EngineName = EngineName.LOCAL
    workers: int = 0
    priority: int = 0
    name: str = ""
    resume: bool = False
    retry_failed: bool = False
    dry_run: bool = False


def run_batch(request: BatchRequest, where: str, json_to: str) -> int:
    """Do what was asked for.

    Args:
        request: What.
        where: The store.
        json_to: File of the JSON report, `-` for standard output, or empty.

    Returns:
        Exit status: 0 when every title was analysed whole, 1 when some were not, 130 when it was
        interrupted.

    Raises:
        KnownError: The store, the names or the engine are at fault.
    """
    with Store.open(where) as store:
        if request.dry_run:
            return _dry_run(store, request, json_to)
        files = [] if request.resume else find_titles(request.names)
        batch = _batch(store, request, files)
        with closing(_engine(request)) as engine:
            shown = _Shown(store, batch, engine.slots)
            try:
                with shown:
                    told = drive(store, batch, engine, shown.take)
            except KeyboardInterrupt:
                progress_console().print(
                    f"Interrupted. To go on: onglass scan --resume --batch {batch.id[:8]}",
                    highlight=False,
                )
                return 130
        given = {path.absolute(): path for path in files}
        _report(store, batch, told, shown.notes, given, json_to)
    return 1 if told.errors or told.failed else 0


def usual_workers() -> int:
    """Half of the cores, because one analysis keeps about two of them busy."""
    return max((os.cpu_count() or 2) // 2, 1)


def _engine(request: BatchRequest) -> Engine:
    workers = request.workers or usual_workers()
    if request.engine is EngineName.RAY:
        return RayEngine(request.workers, retries=request.order.retries)
    return LocalEngine(workers)


def _batch(store: Store, request: BatchRequest, files: Sequence[Path]) -> Batch:
    """The batch to work on."""
    if not request.resume:
        return make_batch(store, request.name, files, request.order, request.priority)
    if request.names:
        raise KnownError("A batch that is gone on with has its titles already; give none.")
    if request.name:
        batch = store.tasks.batch(request.name)
    else:
        batch = _newest_unfinished(store, request.retry_failed)
    if request.retry_failed:
        store.tasks.retry_failed(batch.id)
    return batch


def _newest_unfinished(store: Store, with_failed: bool) -> Batch:
    for batch in store.tasks.batches():
        counts = store.tasks.counts(batch.id)
        left = counts[TaskState.WAITING] + counts[TaskState.RUNNING]
        if left or (with_failed and counts[TaskState.FAILED]):
            return batch
    raise KnownError("No batch of this store has anything left to do.")


class _Shown:
    """Live progress: the batch, and what each worker is at."""

    def __init__(self, store: Store, batch: Batch, workers: int) -> None:
        self.notes: dict[Path, tuple[str, ...]] = {}
        console = progress_console()
        self._bars = ProgressBars(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[said]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._batch, self._workers = batch, workers
        counts = store.tasks.counts(batch.id)
        self._total = sum(counts.values()) - counts[TaskState.DROPPED]
        self._done = counts[TaskState.DONE]
        self._failed = counts[TaskState.FAILED]
        self._whole = self._bars.add_task(
            f"Batch {escape(batch.name)}", total=max(self._total, 1), said=""
        )
        self._lines: dict[str, TaskID] = {}

    def __enter__(self) -> _Shown:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def take(self, news: TaskNews) -> None:
        """Show what happened."""
        if news.notes:
            self.notes[news.task.path] = news.notes
        if news.state == "advanced" and news.progress is not None:
            line = self._line(news.task)
            said = pace_text(news.progress)
            self._bars.update(line, completed=news.progress.fraction, said=said)
        elif news.state == "began":
            self._line(news.task)
        else:
            self._end(news)
        self._bars.update(
            self._whole,
            total=max(self._total, 1),
            completed=self._done + self._failed,
            said=f"{self._done + self._failed} of {self._total}, {self._failed} failed",
        )

    def _line(self, task: Task) -> TaskID:
        if task.id not in self._lines:
            part = f" ({task.part})" if task.part else ""
            self._lines[task.id] = self._bars.add_task(
                f"  {escape(task.path.name)}{part}", total=1.0, said=""
            )
        return self._lines[task.id]

    def _end(self, news: TaskNews) -> None:
        line = self._lines.pop(news.task.id, None)
        if line is not None:
            self._bars.remove_task(line)
        if news.state == "done":
            self._done += 1
        elif news.state == "divided":
            self._total += news.parts - 1
        elif news.state == "failed":
            self._failed += 1
        if news.state in ("failed", "again") and not self._bars.disable:
            self._bars.console.print(
                f"{escape(news.task.path.name)}: {escape(news.sentence)}", highlight=False
            )


def _report(
    store: Store,
    batch: Batch,
    told: Tally,
    notes: dict[Path, tuple[str, ...]],
    given: dict[Path, Path],
    json_to: str,
) -> None:
    """Say what came of a batch, with the names of files as they were given."""
    if json_to:
        every = _by_path(store, batch)
        titles = [_scanned(store, path, tasks, told, notes) for path, tasks in every]
        for item in titles:
            item.path = given.get(item.path, item.path)
        counts = {"done": told.done, "failed": told.failed, "left": told.left}
        write_json(
            {
                "titles": [as_json(item) for item in titles],
                "batch": {"id": batch.id, "name": batch.name, **counts},
            },
            json_to,
        )
    if json_to != "-":
        _print(report_console(), store, batch, told, notes)
    for path, sentence in told.errors.items():
        typer.echo(f"{given.get(path, path)}: {sentence}", err=True)


def _by_path(store: Store, batch: Batch) -> list[tuple[Path, list[Task]]]:
    titles: dict[Path, list[Task]] = {}
    for task in store.tasks.of(batch.id):
        titles.setdefault(task.path, []).append(task)
    return list(titles.items())


def _scanned(
    store: Store,
    path: Path,
    tasks: Sequence[Task],
    told: Tally,
    notes: dict[Path, tuple[str, ...]],
) -> Scanned:
    fingerprint = next((t.fingerprint for t in tasks if t.fingerprint), "")
    run_id = next((t.run for t in tasks if t.run), "")
    found = store.findings.of(run_id) if run_id else ()
    return Scanned(
        path,
        store.titles.get(fingerprint) if fingerprint else None,
        run_id,
        # What a profile asks people is no finding of an analysis.
        tuple(f for f in found if not is_check(f.detector)),
        notes.get(path, ()),
        [told.errors[path]] if path in told.errors else [],
    )


def _print(
    console: Console,
    store: Store,
    batch: Batch,
    told: Tally,
    notes: dict[Path, tuple[str, ...]],
) -> None:
    titles = _by_path(store, batch)
    if len(titles) <= _MOST_PRINTED:
        items = [_scanned(store, path, tasks, told, notes) for path, tasks in titles]
        print_scanned(console, items)
    else:
        _print_counts(console, store, titles)
    console.print(
        f"Batch {escape(batch.name)} ({batch.id[:8]}): {told.done} titles analysed, "
        f"{told.failed} failed, {told.left} left.",
        highlight=False,
    )


def _print_counts(
    console: Console, store: Store, titles: Sequence[tuple[Path, Sequence[Task]]]
) -> None:
    """What was found, by defect: too many titles to print each."""
    runs = [run for _, tasks in titles if (run := next((t.run for t in tasks if t.run), ""))]
    flags: dict[str, int] = {}
    having: dict[str, int] = {}
    for tally in store.findings.tally(runs).values():
        for defect in {defect for defect, _, _ in tally}:
            having[defect] = having.get(defect, 0) + 1
        for defect, _, count in tally:
            flags[defect] = flags.get(defect, 0) + count
    table = Table("Defect", "Flags", "Titles")
    for defect in sorted(flags, key=lambda name: -having[name]):
        table.add_row(defect, str(flags[defect]), str(having[defect]))
    console.print(table if flags else "Nothing was found.")


# Dry run


def _dry_run(store: Store, request: BatchRequest, json_to: str) -> int:
    """Look at every title, write nothing, and say how long it would take."""
    files = find_titles(request.names)
    workers = request.workers or usual_workers()
    with closing(_engine(request)) as engine:
        looks = _look_at(engine, files, request.order)
    seen = {p: look for p, look in looks.items() if isinstance(look, LookResult)}
    troubles = {p: e.sentence for p, e in looks.items() if isinstance(e, KnownError)}
    fresh: dict[str, Title] = {}
    for look in seen.values():
        if request.order.fresh or finished_run(store, look) is None:
            fresh[look.title.fingerprint] = look.title
    detectors = next((look.detectors for look in seen.values()), ())
    split_s = request.order.split_s or float("inf")
    told = estimate(
        list(fresh.values()),
        len(seen) - len(fresh),
        workers,
        measured_pace(store, detectors),
        split_s,
    )
    if json_to:
        write_json(_estimate_json(told, files, seen, troubles, workers), json_to)
    if json_to != "-":
        _print_estimate(report_console(), told, troubles, workers)
    return 0


def _look_at(
    engine: Engine, files: Sequence[Path], order: Order
) -> dict[Path, LookResult | Exception]:
    found: dict[Path, LookResult | Exception] = {}
    waiting = {str(i): path.absolute() for i, path in enumerate(files)}
    names = dict(waiting)
    under_way: set[str] = set()
    while waiting or under_way:
        while waiting and len(under_way) < engine.slots:
            key, path = waiting.popitem()
            under_way.add(key)
            look = LookRequest(
                path, order.profile, order.detectors, order.every_frame, order.split_s
            )
            engine.submit(key, look, _LOOK_LIMIT_S)
        for news in engine.wait(0.25):
            if isinstance(news, Ended):
                under_way.discard(news.key)
                outcome = news.outcome
                if isinstance(outcome, LookResult | KnownError):
                    found[names[news.key]] = outcome
                elif isinstance(outcome, Exception):
                    raise outcome
    return {path: found[path] for path in names.values() if path in found}


def _estimate_json(
    told: Estimate,
    files: Sequence[Path],
    seen: dict[Path, LookResult],
    troubles: dict[Path, str],
    workers: int,
) -> dict[str, Any]:
    return {
        "files": len(files),
        "titles": told.titles,
        "known": told.known,
        "title_s": told.title_s,
        "workers": workers,
        "work_s": told.work_s,
        "wall_s": told.wall_s,
        "by": "measured pace" if told.measured else "table of costs",
        "ranges": {str(p): len(look.ranges) for p, look in seen.items() if look.ranges},
        "errors": {str(path): sentence for path, sentence in troubles.items()},
    }


def _print_estimate(
    console: Console, told: Estimate, troubles: dict[Path, str], workers: int
) -> None:
    by = "the pace of earlier batches here" if told.measured else "the table of costs"
    console.print(
        f"{told.titles} titles, {told.known} of them analysed already; the others last "
        f"{_clock(told.title_s)}.\n"
        f"About {_clock(told.work_s)} of one worker, {_clock(told.wall_s)} with {workers} "
        f"(by {by}).",
        highlight=False,
    )
    for path, sentence in troubles.items():
        console.print(f"Would fail: {escape(str(path))}: {escape(sentence)}", highlight=False)


def _clock(seconds: float) -> str:
    return format_clock(seconds).partition(".")[0]
