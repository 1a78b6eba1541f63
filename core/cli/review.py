"""`onglass review`: opens the desk."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Annotated

import typer

from core.catalog.profile_file import load_profile
from core.cli.output import ProfileOption, StoreOption
from core.store.store import Store


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
        Store.open(store).close()
        arguments += ["--store", store]
    if profile:
        load_profile(profile)
        arguments += ["--profile", profile]
    if screenshot is not None:
        arguments += ["--screenshot", str(screenshot)]
    # Loaded by name: nothing under core knows Qt, and no other command should wait for it.
    desk = importlib.import_module("gui.app")
    raise typer.Exit(desk.main(arguments))
