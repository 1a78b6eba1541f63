"""`onglass models`: weights of learned detectors, and a user's own."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Column, Table

from core.cli.output import report_console, write_json
from core.models import weights as room
from core.models.weights import Weights, installed, problems, unreadable

app = typer.Typer(help="Look after the weights of learned detectors.")

JsonFlag = Annotated[bool, typer.Option("--json", help="Write JSON.")]


@app.command("list")
def list_command(as_json: JsonFlag = False) -> None:
    """List the weights there are, from their cards."""
    found = installed()
    for error in unreadable():
        print(error.sentence, file=sys.stderr)
    if as_json:
        write_json({"weights": [describe(weights) for weights in found]})
        return
    name = Column("Weights", no_wrap=True)
    table = Table(name, "Network", "Licence", "Measured", "From", title="Weights")
    for weights in found:
        card = weights.card
        table.add_row(
            f"[bold]{card.name}[/bold]",
            " ".join([card.architecture, *_short(card.options)]),
            card.licence,
            "\n".join(f"{m.name} {m.value:.4g} {m.unit}".rstrip() for m in card.metrics),
            "added" if weights.own else "the product",
        )
    report_console().print(table)


@app.command("verify")
def verify_command(as_json: JsonFlag = False) -> None:
    """Hold every file of weights against the hash on its card."""
    found = [(weights, problems(weights)) for weights in installed()]
    wrong = [error.sentence for error in unreadable()]
    wrong += [problem for _, listed in found for problem in listed]
    if as_json:
        checked = [
            {"name": weights.card.name, "folder": str(weights.folder), "problems": listed}
            for weights, listed in found
        ]
        write_json({"ok": not wrong, "weights": checked})
    elif not found and not wrong:
        print("There are no weights.")
    else:
        for weights, listed in found:
            if not listed:
                print(f"{weights.card.name} is sound ({len(weights.card.files)} files).")
    for problem in wrong:
        print(problem, file=sys.stderr)
    if wrong:
        raise typer.Exit(1)


@app.command("add")
def add_command(
    file: Annotated[Path, typer.Argument(help="The card, or a file of weights beside it.")],
    as_json: JsonFlag = False,
) -> None:
    """Take in weights of your own: card and files, copied once their hashes are right."""
    added = room.add(file)
    if as_json:
        write_json(describe(added))
    else:
        print(f"{added.card.name} is now in {added.folder}.")


@app.command("convert")
def convert_command(
    file: Annotated[Path, typer.Argument(help="syncnet_v2.model, SyncNet's public checkpoint.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Where weights and card go.",
            show_default="the user's own weights",
        ),
    ] = None,
) -> None:
    """Make weights with a card of SyncNet's public checkpoint; only numbers are read of it."""
    from core.models.syncnet import take_checkpoint

    made = take_checkpoint(file, out or room.own_folder())
    print(f"{made.card.name} is in {made.folder}.")


def describe(weights: Weights) -> dict[str, Any]:
    """Weights as JSON."""
    card = weights.card
    return {
        "name": card.name,
        "detector": card.detector,
        "own": weights.own,
        "folder": str(weights.folder),
        "architecture": card.architecture,
        "options": dict(card.options),
        "licence": card.licence,
        "parent": card.parent or None,
        "proven": list(card.proven),
        "metrics": [
            {"name": m.name, "value": m.value, "unit": m.unit, "on": m.on} for m in card.metrics
        ],
        "files": dict(card.files),
    }


def _short(options: Mapping[str, str]) -> list[str]:
    """What a network is built with; not the numbers that its answers are calibrated by."""
    return [value for name, value in options.items() if name != "calibration"]
