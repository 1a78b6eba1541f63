"""`onglass evaluate`: how well the detectors do, with FFmpeg's filters beside them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as ProgressBars
from rich.table import Table

from core.analysis.plan import able, choose
from core.catalog.table import DETECTORS
from core.cli.output import progress_console, report_console, write_json, write_text
from core.config import paths
from core.domain.profile import DEFAULT_PROFILE

if TYPE_CHECKING:
    from core.evaluation.score import DetectorReport


class Side(StrEnum):
    """Which sources are measured on."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"


def evaluate(
    data: Annotated[
        list[Path],
        typer.Option(
            "--data",
            metavar="DIR",
            help="A folder of clean titles, sounds and photographs, or a data set.",
        ),
    ],
    detectors: Annotated[
        str, typer.Option("--detectors", help="Only these, with commas between.")
    ] = "",
    real: Annotated[
        list[Path] | None,
        typer.Option("--real", metavar="PATH", help="Really damaged files, or folders of them."),
    ] = None,
    side: Annotated[
        Side, typer.Option("--side", help="Which side of the split by source title.")
    ] = Side.TEST,
    each: Annotated[
        int, typer.Option("--each", min=1, help="Clips for every severity of every defect.")
    ] = 4,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Draws sources and places.")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write report.json and report.html.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="Write the tables.")
    ] = None,
    json_to: Annotated[
        str, typer.Option("--json", metavar="FILE|-", help="Write JSON; - is standard output.")
    ] = "",
    work: Annotated[
        Path | None,
        typer.Option("--work", metavar="DIR", help="Where clips and tracks are kept between runs."),
    ] = None,
    peers: Annotated[
        bool, typer.Option("--peers/--no-peers", help="Run FFmpeg's filters, too.")
    ] = True,
    processes: Annotated[
        int, typer.Option("--processes", min=0, help="How many; 0 is one a core.")
    ] = 0,
    decoys: Annotated[
        int,
        typer.Option(
            "--decoys",
            min=0,
            help="Clips of every kind of clean content that looks damaged; 0 makes none.",
        ),
    ] = 8,
) -> None:
    """Measure the detectors on clean files and on damage made in them, beside FFmpeg's filters.

    Clips, tracks and what FFmpeg says are kept, so that an interrupted run goes on where it was
    and a changed rule is judged without decoding again.
    """
    # Here, so that other commands do not wait for it.
    from core.evaluation.page import html_page
    from core.evaluation.report import as_json, reports_of
    from core.evaluation.run import Order
    from core.evaluation.run import evaluate as carry_out
    from core.evaluation.table import markdown as as_markdown

    wanted = tuple(filter(None, (name.strip() for name in detectors.split(","))))
    specs, notes = able(choose(DEFAULT_PROFILE, wanted))
    for note in notes:
        typer.echo(note, err=True)
    here = [spec.id for spec in specs]
    order = Order(
        tuple(data),
        tuple(real or ()),
        tuple(name for name in (wanted or DETECTORS) if name in here),
        work or paths.cache_dir() / "evaluation",
        str(side),
        each,
        seed,
        peers,
        processes,
        decoys,
    )
    with _bars() as bars:
        task = bars.add_task("Measuring", total=1)
        evaluated = carry_out(
            order, lambda done, total: bars.update(task, completed=done, total=total)
        )
    reports = reports_of(evaluated)
    if out is not None or json_to:
        document = as_json(evaluated, reports)
        if out is not None:
            write_text(out / "report.html", html_page(evaluated, reports))
            write_json(document, str(out / "report.json"))
        if json_to:
            write_json(document, json_to)
    if markdown is not None:
        write_text(markdown, as_markdown(evaluated, reports))
    if json_to != "-":
        _print(report_console(), reports)


def _bars() -> ProgressBars:
    console = progress_console()
    return ProgressBars(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} files"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def _print(console: Console, reports: list[DetectorReport]) -> None:
    from core.evaluation.score import edges_ms, off_photographs, pooled

    table = Table(
        *("Detector", "Answered", "False", "F1", "Edges, ms", "Alarms on clean"),
        *("On what looks damaged", "FFmpeg F1"),
    )
    for report in reports:
        main, clean = report.main, off_photographs(report.alarms)
        edges = edges_ms((*main.start_errors_s, *main.end_errors_s))
        decoys = pooled(report.decoys.values())
        best = report.peer.best if report.peer is not None else None
        table.add_row(
            report.spec.id,
            f"{main.hits}/{main.truths}",
            str(main.false),
            "" if main.f1 is None else f"{main.f1:.2f}",
            "" if edges is None else f"{edges[0]:.0f} / {edges[1]:.0f}",
            f"{clean.count} in {clean.hours:.2f} h",
            f"{decoys.count} in {decoys.hours:.2f} h" if report.decoys else "",
            "" if best is None or best.score.f1 is None else f"{best.score.f1:.2f}",
        )
    console.print(table)
