"""`onglass scan`: analyses titles without the desk.

Titles are analysed by worker processes, as in the desk: a decoder that crashes on one file costs
that file. Runs go to the same store, so that the desk can open what was scanned. One title goes
straight to its worker; many go through the ledger of a batch (`core.cli.batch`).
"""

from __future__ import annotations

import queue
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as ProgressBars

from core.analysis.plan import choose
from core.catalog.profile_file import load_profile
from core.cli.batch import BatchRequest, EngineName, run_batch
from core.cli.output import (
    ProfileOption,
    StoreOption,
    progress_console,
    report_console,
    where_store,
    write_json,
)
from core.cli.scan_report import Scanned, as_json, pace_text, print_scanned
from core.domain.check import is_check
from core.domain.errors import CancelledError, KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.time import Span
from core.domain.timecode import format_clock
from core.domain.title import Title
from core.jobs.progress import Progress
from core.jobs.remote import RemoteWorker
from core.jobs.request import AnalyseRequest, AnalyseResult
from core.media.probe import probe
from core.scan.ledger import RETRIES, Order
from core.scan.plan import find_titles, is_many
from core.store.store import Store

_BASE = Fraction(1, 1_000_000)
_FOREVER = 10**8
# Fraction also reads 1/0, and 1e999999999 until the memory is full.
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}")


def scan(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Titles, folders of titles, lists of titles (.txt: a path a line), or patterns "
            "in quotes such as 'reels/**/*.mxf'."
        ),
    ] = None,
    detectors: Annotated[
        str, typer.Option("--detectors", help="Only these, with commas between.")
    ] = "",
    profile: ProfileOption = "",
    stretch: Annotated[
        str,
        typer.Option(
            "--range",
            metavar="A-B",
            help="Only this stretch: seconds or H:MM:SS.mmm on the title's time line; "
            "either end may be left out.",
        ),
    ] = "",
    engine: Annotated[
        EngineName,
        typer.Option("--engine", help="What runs it: worker processes here, or a Ray cluster."),
    ] = EngineName.LOCAL,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=0, max=4096, help="Titles at once; 0 goes by the machine or cluster."
        ),
    ] = 0,
    batch: Annotated[
        str, typer.Option("--batch", metavar="NAME", help="What to call the batch.")
    ] = "",
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Go on with the batch of --batch, else with the newest unfinished one."
        ),
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="With --resume: try again what failed.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only look, and say how long it would take.")
    ] = False,
    split: Annotated[
        float,
        typer.Option(
            "--split",
            metavar="MINUTES",
            min=0,
            help="Divide longer titles into ranges of about so many minutes; 0 is never.",
        ),
    ] = 0.0,
    retries: Annotated[
        int,
        typer.Option(
            "--retries", min=0, max=100, help="How often to try again when a worker was lost."
        ),
    ] = RETRIES,
    priority: Annotated[
        int, typer.Option("--priority", help="Of these titles in their batch; higher is sooner.")
    ] = 0,
    limit: Annotated[
        float,
        typer.Option(
            "--limit",
            metavar="MINUTES",
            min=0,
            help="End a title that takes longer; 0 goes by its length.",
        ),
    ] = 0.0,
    store: StoreOption = "",
    json_to: Annotated[
        str, typer.Option("--json", metavar="FILE|-", help="Write JSON; - is standard output.")
    ] = "",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Measure again what the store holds already.")
    ] = False,
    every_frame: Annotated[
        bool,
        typer.Option(
            "--every-frame",
            help="Have the network look at every frame, not only where something changed: takes "
            "several times as long.",
        ),
    ] = False,
) -> None:
    """Analyse titles and report what is broken."""
    bounds = parse_range(stretch)
    wanted = tuple(filter(None, (name.strip() for name in detectors.split(","))))
    judged_by = load_profile(profile) if profile else DEFAULT_PROFILE
    choose(judged_by, wanted)
    names = list(paths or ())
    asked = batch or resume or dry_run or workers or split or priority or limit
    elsewhere = engine is not EngineName.LOCAL
    many = elsewhere or bool(asked) or len(names) > 1 or any(map(is_many, names))
    if not names and not resume:
        raise typer.BadParameter("name at least one title, folder, list or pattern")
    if many and not stretch:
        order = Order(judged_by, wanted, every_frame, split * 60, retries, limit * 60, fresh)
        request = BatchRequest(
            tuple(names), order, engine, workers, priority, batch, resume, retry_failed, dry_run
        )
        status = run_batch(request, where_store(store), json_to)
        if status:
            raise typer.Exit(status)
        return
    if asked or elsewhere:
        raise typer.BadParameter("a range of a title is analysed by itself, not in a batch")
    files = find_titles(names)
    url = where_store(store)
    with Store.open(url) as opened:
        scanner = _Scanner(opened, judged_by, wanted, bounds, not fresh, every_frame)
        done = _scan_all(scanner, files)
    if json_to != "-":
        print_scanned(report_console(), done)
    if json_to:
        write_json({"titles": [as_json(item) for item in done]}, json_to)
    if any(item.errors for item in done):
        for item in done:
            for sentence in item.errors:
                typer.echo(f"{item.path}: {sentence}", err=True)
        raise typer.Exit(1)


def parse_range(text: str) -> tuple[Fraction | None, Fraction | None]:
    """Read `A-B`, `A-` or `-B`.

    Returns:
        Start and end in seconds; None is open.

    Raises:
        typer.BadParameter: It is no range.
    """
    if not text:
        return None, None
    first, dash, second = text.partition("-")
    try:
        start, end = (_clock(part) if part.strip() else None for part in (first, second))
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a range such as 10-20 or 0:01:30-") from error
    if not dash or (start is None and end is None):
        raise typer.BadParameter(f"{text!r} is not a range such as 10-20 or 0:01:30-")
    if start is not None and end is not None and end <= start:
        raise typer.BadParameter(f"the range {text!r} ends before it begins")
    return start, end


def _clock(text: str) -> Fraction:
    seconds = Fraction(0)
    for part in text.strip().split(":"):
        if not _NUMBER.fullmatch(part):
            raise ValueError(text)
        seconds = seconds * 60 + Fraction(part)
    return seconds


class _Scanner:
    """Analyses one title after the other in a worker process."""

    def __init__(
        self,
        store: Store,
        profile: Profile,
        detectors: tuple[str, ...],
        bounds: tuple[Fraction | None, Fraction | None],
        resume: bool,
        every_frame: bool,
    ) -> None:
        self._store = store
        self._profile = profile
        self._detectors = detectors
        self._bounds = bounds
        self._resume = resume
        self._every_frame = every_frame
        self._answers: queue.SimpleQueue[Progress | AnalyseResult | Exception] = queue.SimpleQueue()
        self._worker = RemoteWorker(
            lambda _job, progress: self._answers.put(progress),
            lambda _job, result: self._take(result),
            lambda _job, error: self._answers.put(error),
        )

    def _take(self, result: object) -> None:
        assert isinstance(result, AnalyseResult)
        self._answers.put(result)

    def __enter__(self) -> _Scanner:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._worker.close()

    def scan(self, path: Path) -> Iterator[Progress | Scanned]:
        """Analyse one title: progress, then what came of it."""
        scanned = Scanned(path)
        try:
            scanned.title = probe(path)
            span = _span(scanned.title, self._bounds)
        except KnownError as error:
            scanned.errors.append(error.sentence)
            yield scanned
            return
        self._worker.submit(
            AnalyseRequest(
                path,
                self._store.url,
                self._profile,
                self._detectors,
                span,
                self._resume,
                self._every_frame,
            )
        )
        while isinstance(answer := self._answers.get(), Progress):
            yield answer
        self._conclude(scanned, answer)
        yield scanned

    def _conclude(self, scanned: Scanned, answer: AnalyseResult | Exception) -> None:
        if isinstance(answer, AnalyseResult):
            scanned.run_id = answer.run_id
            scanned.notes = tuple(answer.left_out.values())
            found = self._store.findings.of(answer.run_id)
            # What a profile asks people is no finding of an analysis.
            scanned.findings = tuple(f for f in found if not is_check(f.detector))
            run = self._store.runs.get(answer.run_id)
            if run is not None and run.error:
                scanned.errors.append(run.error)
        elif isinstance(answer, KnownError):
            scanned.errors.append(answer.sentence)
        elif isinstance(answer, CancelledError):
            scanned.errors.append("The analysis was cancelled.")
        else:
            raise answer


def _span(title: Title, bounds: tuple[Fraction | None, Fraction | None]) -> Span | None:
    start, end = bounds
    if start is None and end is None:
        return None
    first = max(start, title.start.exact) if start is not None else title.start.exact
    last = title.start.exact + Fraction(title.duration_s)
    if first >= last:
        raise KnownError(f"{title.name} ends before {format_clock(float(first))}.")
    return Span.from_seconds(first, end if end is not None else first + _FOREVER, _BASE)


def _scan_all(scanner: _Scanner, files: Sequence[Path]) -> list[Scanned]:
    done: list[Scanned] = []
    bars = ProgressBars(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} % {task.fields[pace]}"),
        console=progress_console(),
        transient=True,
        disable=not progress_console().is_terminal,
    )
    with scanner, bars:
        for path in files:
            task = bars.add_task(escape(path.name), total=1.0, pace="")
            for news in scanner.scan(path):
                if isinstance(news, Progress):
                    bars.update(task, completed=news.fraction, pace=pace_text(news))
                else:
                    done.append(news)
            bars.remove_task(task)
    return done
