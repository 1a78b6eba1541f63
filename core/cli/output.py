"""What commands share: consoles, JSON, and options that several of them take."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from core.config import paths
from core.config.settings import Settings
from core.domain.errors import KnownError

if TYPE_CHECKING:
    from rich.console import Console

StoreOption = Annotated[
    str,
    typer.Option(
        "--store", help="Database file or SQLAlchemy URL.", show_default="the one of the settings"
    ),
]
ProfileOption = Annotated[
    str,
    typer.Option("--profile", help="Name of a profile, or a TOML file.", show_default="default"),
]


def report_console() -> Console:
    """Writes reports for people to standard output."""
    # Who starts the desk does not wait for what formats tables.
    from rich.console import Console

    return Console(soft_wrap=not sys.stdout.isatty())


def progress_console() -> Console:
    """Writes progress and remarks to standard error."""
    from rich.console import Console

    return Console(stderr=True)


def write_json(document: Any, target: str = "-", indent: int | None = 2) -> None:
    """Write a document as JSON.

    Args:
        document: What `json` takes.
        target: A file, or `-` for standard output.
        indent: Spaces a level; None writes one line.

    Raises:
        KnownError: The file cannot be written.
    """
    if target == "-":
        sys.stdout.write(_as_text(document, indent, sys.stdout.encoding or "utf-8"))
        return
    try:
        Path(target).write_text(_as_text(document, indent, "utf-8"), "utf-8")
    except OSError as error:
        raise KnownError(f"The report cannot be written to {target}.", str(error)) from error


def write_text(path: Path, text: str) -> None:
    """Write a report for people, with the folders above it.

    Raises:
        KnownError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise KnownError(f"The report cannot be written to {path}.", str(error)) from error


def _as_text(document: Any, indent: int | None, encoding: str) -> str:
    """JSON as readable as an encoding allows: names of files need not fit into any."""
    text = json.dumps(document, indent=indent, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(document, indent=indent, ensure_ascii=True, allow_nan=False) + "\n"
    return text


def where_store(option: str) -> str:
    """The store that an option names; without one that of the settings, else the usual place.

    What of the settings cannot be used is said on standard error: another store may then be meant.
    """
    if option:
        return option
    settings = Settings.load()
    for sentence in settings.notices:
        print(sentence, file=sys.stderr)
    return settings.text("general.store") or str(paths.default_store())
