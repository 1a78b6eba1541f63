"""`onglass annotate experiment`: what masks over video cost in clicks."""

from __future__ import annotations

import math
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
        Path | None,
        typer.Option(
            "--data",
            metavar="DIR",
            help="Where the protocol's films and labelled videos lie.",
            show_default="only scenes that are drawn by code",
        ),
    ] = None,
    seeds: Seeds = 3,
    courses: Annotated[
        int,
        typer.Option(
            "--courses", min=1, help="How many of the protocol's ways of asking, from the first."
        ),
    ] = 1000,
    minutes: Annotated[
        float,
        typer.Option(
            "--minutes",
            min=0.0,
            help="Begin no further repetition after so long; the next run goes on.",
            show_default="no end",
        ),
    ] = math.inf,
    frames: Annotated[
        int, typer.Option("--frames", min=4, help="Of each video at most so many.")
    ] = 1000,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where figures and curves are kept; a run that was interrupted goes on.",
            show_default="below the cache folder",
        ),
    ] = None,
    markdown: Markdown = None,
    json_to: JsonTo = "",
    protocol: Protocol = None,
) -> None:
    """Count the clicks that masks of whole videos take with a reviewer who knows the truth.

    Videos are asked about in every granularity and by every rule, labelled frame by frame, and by
    key frames that the flow carries; what remains is corrected until the target is truly reached.
    """
    from core.learning.experiment.report import put_into
    from core.learning.mask_experiment.course import Order
    from core.learning.mask_experiment.course import experiment as run
    from core.learning.mask_experiment.finding import kinds
    from core.learning.mask_experiment.network import Networks
    from core.learning.mask_experiment.protocol import read_protocol
    from core.learning.mask_experiment.report import curves, sentence
    from core.learning.mask_experiment.report import markdown as tables

    fixed = read_protocol(protocol)
    if seeds > len(fixed.seeds):
        raise KnownError(f"The protocol names {len(fixed.seeds)} seeds, not {seeds}.")
    if data is not None and not data.is_dir():
        raise KnownError(f"There is no folder {data}.")
    folder = out or paths.cache_dir() / "learning" / "mask_experiment"
    order = Order(fixed, data, folder, fixed.seeds[:seeds], courses, minutes, frames)
    with told() as progress:
        table = run(order, Networks(folder / "seen"), progress)
    write_json(table, str(folder / "mask_experiment.json"), indent=1)
    for kind in kinds(table):
        write_text(folder / f"{kind}.svg", curves(table, kind))
    if markdown is not None:
        pictures = {k: f"images/{markdown.stem}-{k}.svg" for k in kinds(table)}
        for kind, picture in pictures.items():
            write_text(markdown.parent / picture, curves(table, kind))
        write_text(markdown, put_into(markdown, tables(table, pictures)))
    if json_to:
        write_json(table, json_to)
    if json_to != "-":
        report_console().print(sentence(table))
