"""`onglass learn experiment`: what choosing the questions saves, against asking by chance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.cli.experiment_option import JsonTo, Markdown, Protocol, Seeds
from core.cli.output import report_console, write_json, write_text
from core.cli.progress import told
from core.config import paths
from core.domain.errors import KnownError


def experiment(
    data: Annotated[
        list[Path] | None,
        typer.Option(
            "--data",
            metavar="DIR",
            help="A folder of clean titles and photographs; may be repeated.",
            show_default="scenes that are drawn by code",
        ),
    ] = None,
    seeds: Seeds = 5,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where figures, curves and what was looked at are kept; a run that was "
            "interrupted goes on.",
            show_default="below the cache folder",
        ),
    ] = None,
    markdown: Markdown = None,
    json_to: JsonTo = "",
    protocol: Protocol = None,
    tuning: Annotated[
        bool,
        typer.Option(
            "--tuning/--held-out",
            help="Run on the domain that choices are made on, or on the one that is reported.",
        ),
    ] = False,
) -> None:
    """Count the verdicts that block corruption needs on a codec and a generator it never saw.

    A reviewer who knows the truth is asked by chance, by margin, by a committee and as the product
    chooses; each repetition begins with the same verdicts for all.
    """
    from core.learning.experiment.course import Order, as_table, write
    from core.learning.experiment.course import experiment as run
    from core.learning.experiment.protocol import read_protocol
    from core.learning.experiment.report import curves, put_into, sentence
    from core.learning.experiment.report import markdown as tables

    fixed = read_protocol(protocol)
    if seeds > len(fixed.seeds):
        raise KnownError(f"The protocol names {len(fixed.seeds)} seeds, not {seeds}.")
    folder = out or paths.cache_dir() / "learning" / "experiment"
    order = Order(
        fixed, tuple(data or ()), folder, fixed.seeds[:seeds], "tuning" if tuning else "held_out"
    )
    with told() as progress:
        outcome = run(order, progress)
    write(outcome, folder)
    write_text(folder / "active_learning.svg", curves(outcome))
    if markdown is not None:
        picture = Path("images") / f"{markdown.stem}.svg"
        write_text(markdown.parent / picture, curves(outcome))
        write_text(markdown, put_into(markdown, tables(outcome, picture.as_posix())))
    if json_to:
        write_json(as_table(outcome), json_to)
    if json_to != "-":
        report_console().print(sentence(outcome))
