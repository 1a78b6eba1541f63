"""`onglass review`: opens the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.cli.desk import start_desk
from core.cli.output import ProfileOption, StoreOption


def review(
    files: Annotated[list[Path] | None, typer.Argument(help="Titles to open.")] = None,
    store: StoreOption = "",
    profile: ProfileOption = "",
    screenshot: Annotated[
        Path | None,
        typer.Option(
            "--screenshot",
            help="Wait for the analysis, save the window as PNG and leave; needs no display.",
        ),
    ] = None,
) -> None:
    """Open the desk."""
    arguments = [str(file) for file in files or []]
    # What was asked for by name and cannot be had ends here; the desk would go on without it.
    if store:
        from core.store.store import Store

        Store.open(store).close()
        arguments += ["--store", store]
    if profile:
        from core.catalog.profile_file import load_profile

        load_profile(profile)
        arguments += ["--profile", profile]
    if screenshot is not None:
        arguments += ["--screenshot", str(screenshot)]
    raise typer.Exit(start_desk(arguments))


def alone() -> typer.Typer:
    """A program of this one command, which answers as the one of all commands does."""
    program = typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich"
    )
    # With a callback it stays a command that is named, although it is the only one.
    program.callback()(lambda: None)
    program.command("review")(review)
    return program
