"""`onglass watch`: a folder whose files are analysed as they arrive."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.status import Status

from core.analysis.plan import choose
from core.catalog.profile_file import load_profile
from core.cli.output import (
    ProfileOption,
    StoreOption,
    progress_console,
    report_console,
    where_store,
)
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.scan.watch.examine import WorkerExaminer
from core.scan.watch.journal import Journal, Outcome
from core.scan.watch.report import FORMATS
from core.scan.watch.watcher import News, Round, Watcher, WatchPlan
from core.store.store import Store

ReportName = StrEnum("ReportName", {name: name for name in FORMATS})  # type: ignore[misc]

_SHORTEST_S = 0.2
_LONGEST_S = 5.0


def watch(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder, with those below it.")],
    profile: ProfileOption = "",
    detectors: Annotated[
        str, typer.Option("--detectors", help="Only these, with commas between.")
    ] = "",
    store: StoreOption = "",
    settle: Annotated[
        float,
        typer.Option(
            "--settle",
            metavar="SECONDS",
            min=0.0,
            help="A file is complete once size and time stamp stood still for so long.",
        ),
    ] = 10.0,
    done: Annotated[
        Path | None, typer.Option("--done", help="Where files without a flag go.")
    ] = None,
    flagged: Annotated[
        Path | None, typer.Option("--flagged", help="Where files with flags go.")
    ] = None,
    failed: Annotated[
        Path | None, typer.Option("--failed", help="Where files go that cannot be analysed.")
    ] = None,
    tag: Annotated[
        bool,
        typer.Option("--tag", help="Leave files where they are and write a tag beside each."),
    ] = False,
    report: Annotated[
        list[ReportName] | None,
        typer.Option("--report", help="Write a report beside each file; may be repeated."),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Stop when all files that are there are dealt with.")
    ] = False,
) -> None:
    """Analyse files as they arrive in a folder, and move or tag them by what was found."""
    places = {Outcome.CLEAN: done, Outcome.FLAGGED: flagged, Outcome.FAILED: failed}
    # Where a folder is a link, the journal must know it by one name.
    targets = {key: path.expanduser().resolve() for key, path in places.items() if path is not None}
    if tag and targets:
        raise typer.BadParameter("files are either tagged or moved, not both")
    judged_by = load_profile(profile) if profile else DEFAULT_PROFILE
    wanted = tuple(filter(None, (name.strip() for name in detectors.split(","))))
    choose(judged_by, wanted)
    formats = tuple(dict.fromkeys(str(name) for name in report or ()))
    plan = WatchPlan(folder.expanduser().resolve(), settle, targets, tag, formats)
    with Store.open(where_store(store)) as opened:
        if opened.read_only:
            raise KnownError("The store can only be read, so nothing can be analysed into it.")
        with (
            Journal(plan.folder, opened.url) as journal,
            WorkerExaminer(opened, judged_by, wanted) as examiner,
            Teller(report_console(), progress_console()) as teller,
        ):
            well = run(Watcher(plan, opened, journal, examiner, teller.tell), plan, once=once)
    if once and (teller.failed or not well):
        raise typer.Exit(1)


def run(watcher: Watcher, plan: WatchPlan, *, once: bool) -> bool:
    """Look at the folder again and again.

    Args:
        watcher: Looks.
        plan: Says how long files stand still.
        once: Stop when nothing is left to do.

    Returns:
        Whether everything went where it belongs.
    """
    pause_s = min(max(plan.settle_s / 4, _SHORTEST_S), _LONGEST_S)
    while True:
        found: Round = watcher.round(time.monotonic())
        if once and not found.waiting:
            return not found.stuck and not found.unreadable
        time.sleep(pause_s)


class Teller:
    """Says what happens: outcomes on one console, trouble and progress on another.

    Args:
        reports: Takes outcomes.
        remarks: Takes trouble and progress.

    Attributes:
        failed: How many files failed.
    """

    def __init__(self, reports: Console, remarks: Console) -> None:
        self._reports, self._remarks = reports, remarks
        self._status = Status("", console=remarks)
        self.failed = 0

    def __enter__(self) -> Teller:
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def tell(self, news: News) -> None:
        """Say one thing."""
        name = escape(str(news.path))
        if news.progress is not None:
            if self._remarks.is_terminal:
                self._status.start()
                self._status.update(f"{name}: {news.progress.fraction:.0%}")
            return
        self._status.stop()
        if news.outcome is None:
            self._remarks.print(f"{name}: {escape(news.sentence)}", soft_wrap=True)
            return
        self.failed += news.outcome is Outcome.FAILED
        said = str(news.outcome)
        if news.findings:
            said += ", 1 flag" if news.findings == 1 else f", {news.findings} flags"
        if news.sentence:
            said += f": {escape(news.sentence)}"
        self._reports.print(f"{name}: {said}", soft_wrap=True)
