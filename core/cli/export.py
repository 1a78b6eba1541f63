"""`onglass export`: reports on one title, and what other programs read."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from core.cli.output import StoreOption, where_store
from core.config.settings import Settings
from core.domain.errors import KnownError
from core.reports.format import FORMATS, Format, format_of
from core.reports.gather import Wish, find_subject, gather_report
from core.reports.output import check_target, write_whole
from core.reports.picture import with_pictures
from core.reports.report import Only
from core.store.store import Store

FormatName = StrEnum("FormatName", {name: name for name in FORMATS})  # type: ignore[misc]


def export(
    subject: Annotated[
        str, typer.Argument(metavar="TITLE_FILE|RUN", help="A title, or the id of an analysis.")
    ],
    format_name: Annotated[FormatName, typer.Option("--format", help="What to write.")],
    out: Annotated[
        str,
        typer.Option("--out", metavar="FILE|-", help="Where to; - is standard output."),
    ],
    store: StoreOption = "",
    only: Annotated[Only, typer.Option("--only", help="Which flags to list.")] = Only.ALL,
    reviewer: Annotated[
        str, typer.Option("--reviewer", help="Count only the verdicts of this person.")
    ] = "",
    drop_frame: Annotated[
        bool | None,
        typer.Option(
            "--drop-frame/--no-drop-frame",
            help="Count timecode in drop-frame at 29.97 and 59.94.",
            show_default="as the desk does",
        ),
    ] = None,
    start_timecode: Annotated[
        str,
        typer.Option(
            "--start-timecode",
            metavar="HH:MM:SS:FF",
            help="Timecode of the first frame.",
            show_default="its time",
        ),
    ] = "",
    pictures: Annotated[
        bool, typer.Option("--pictures/--no-pictures", help="Show pictures, in HTML and PDF.")
    ] = True,
) -> None:
    """Write what was found and decided about a title; an existing file is never replaced."""
    chosen = format_of(str(format_name))
    target = None if out == "-" else Path(out)
    if target is not None:
        check_target(target, overwrite=False)
    if drop_frame is None:
        drop_frame = Settings.load().flag("player.drop_frame")
    wish = Wish(only, reviewer, drop_frame, start_timecode, chosen.pictures)
    data = _made(chosen, subject, where_store(store), wish, pictures)
    if target is None:
        sys.stdout.buffer.write(data)
    else:
        write_whole(data, target)


def _made(chosen: Format, subject: str, where: str, wish: Wish, pictures: bool) -> bytes:
    with Store.open(where, read_only=True, create=False) as store:
        title, run = find_subject(store, subject)
        report = gather_report(store, title, run, wish)
    if pictures and chosen.pictures:
        report = with_pictures(report)
    for note in report.notes[len(title.notes) :]:
        print(note, file=sys.stderr)
    if report.run is None and not report.entries:
        raise KnownError(f"{title.name} was neither analysed nor reviewed; there is no report.")
    return chosen.make(report)
