"""`onglass scan`: analyses titles without the desk.

Titles are analysed by the worker process, as in the desk: a decoder that crashes on one file
costs that file. Runs go to the same store, so that the desk can open what was scanned.
"""

from __future__ import annotations

import queue
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as ProgressBars
from rich.table import Table

from core.analysis.plan import choose
from core.catalog.profile_file import load_profile
from core.cli.output import (
    ProfileOption,
    StoreOption,
    progress_console,
    report_console,
    where_store,
    write_json,
)
from core.domain.check import is_check
from core.domain.errors import CancelledError, KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.time import Span
from core.domain.timecode import format_clock
from core.domain.title import Title
from core.jobs.progress import Progress
from core.jobs.remote import RemoteWorker
from core.jobs.request import AnalyseRequest, AnalyseResult
from core.media.folder import media_files
from core.media.probe import probe
from core.store.store import Store

_BASE = Fraction(1, 1_000_000)
_FOREVER = 10**8
# Fraction also reads 1/0, and 1e999999999 until the memory is full.
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}")


class Engine(StrEnum):
    """What runs the analyses."""

    LOCAL = "local"


@dataclass(slots=True)
class Scanned:
    """What came of one title.

    Attributes:
        path: The file.
        title: What probing found; None when it failed.
        run_id: The run, when it came to an end.
        findings: What was found.
        notes: Sentences about what was left out.
        errors: Sentences; not empty means that the title failed, in whole or in part.
    """

    path: Path
    title: Title | None = None
    run_id: str = ""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    errors: list[str] = field(default_factory=list)


def scan(
    paths: Annotated[list[Path], typer.Argument(help="Titles, or folders of titles.")],
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
    engine: Annotated[Engine, typer.Option("--engine", help="What runs it.")] = Engine.LOCAL,
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
    files = find_media(paths)
    url = where_store(store)
    with Store.open(url) as opened:
        scanner = _Scanner(opened, judged_by, wanted, bounds, not fresh, every_frame)
        done = _scan_all(scanner, files)
    if json_to != "-":
        _print(report_console(), done)
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


def find_media(paths: Sequence[Path]) -> list[Path]:
    """The files that are named, and the media files in folders that are named, in order.

    Raises:
        KnownError: A folder holds no media.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = list(media_files(path))
        if not inside:
            raise KnownError(f"There is no media file in {path}.")
        found.extend(inside)
    return list(dict.fromkeys(found))


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
                    bars.update(task, completed=news.fraction, pace=_pace(news))
                else:
                    done.append(news)
            bars.remove_task(task)
    return done


def _pace(progress: Progress) -> str:
    left_s = progress.left_s
    if left_s is None:
        return ""
    return f"{progress.speed:.1f} x, {format_clock(left_s).partition('.')[0]} left"


def as_json(scanned: Scanned) -> dict[str, Any]:
    """What came of one title, as the JSON report says it."""
    title = scanned.title
    return {
        "path": str(scanned.path),
        "fingerprint": title.fingerprint if title is not None else None,
        "duration_s": title.duration_s if title is not None else None,
        "run": scanned.run_id or None,
        "notes": [*(title.notes if title is not None else ()), *scanned.notes],
        "findings": [finding_as_json(finding) for finding in scanned.findings],
        "errors": scanned.errors,
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """A finding as the JSON report says it: times in PTS with their base, and in seconds."""
    evidence = finding.evidence
    region, band = evidence.region, evidence.band
    return {
        "detector": finding.detector,
        "defect": finding.defect,
        "stream": finding.stream,
        "start_s": finding.span.start_s,
        "end_s": finding.span.end_s,
        "start_pts": finding.span.start,
        "end_pts": finding.span.end,
        "time_base": str(finding.span.base),
        "score": finding.score,
        "severity": str(finding.severity),
        "evidence": {
            "metric": evidence.metric,
            "peak_s": evidence.peak.seconds,
            "peak_pts": evidence.peak.to(finding.span.base).pts,
            "peak_value": evidence.peak_value,
            "threshold": evidence.threshold,
            "note": evidence.note,
            "region": region and [region.left, region.top, region.right, region.bottom],
            "band": band and [band.low_hz, band.high_hz],
            "channels": list(evidence.channels),
        },
    }


def _print(console: Console, done: Sequence[Scanned]) -> None:
    for item in done:
        table = Table(
            "From", "To", "Detector", "Severity", "Score", "Why", title=escape(item.path.name)
        )
        for finding in item.findings:
            table.add_row(
                format_clock(finding.span.start_s),
                format_clock(finding.span.end_s),
                finding.detector,
                str(finding.severity),
                f"{finding.score:.2f}",
                escape(finding.evidence.note),
            )
        if item.findings:
            console.print(table)
        elif not item.errors:
            console.print(f"{escape(item.path.name)}: nothing found.")
        for note in (*(item.title.notes if item.title is not None else ()), *item.notes):
            console.print(f"  {escape(note)}")
