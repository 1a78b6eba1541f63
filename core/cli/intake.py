"""`onglass import`: takes flags that other programs wrote as findings of a title."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from core.cli.output import StoreOption, progress_console, report_console, where_store, write_json
from core.domain.defect import DEFECTS
from core.domain.errors import KnownError
from core.domain.timecode import format_clock
from core.domain.title import Title
from core.media.probe import probe
from core.reports.gather import title_at
from core.reports.intake.take import FORMATS, Intake, read_list
from core.review.outside import Import, imports_of, keep, take_out
from core.review.reviewer import current_user
from core.store.store import Store

ListFormat = StrEnum("ListFormat", {name: name for name in dict.fromkeys(FORMATS.values())})  # type: ignore[misc]


def import_list(
    title_file: Annotated[str, typer.Argument(metavar="TITLE_FILE", help="The title.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSON or an edit list.")
    ] = None,
    format_name: Annotated[
        ListFormat | None,
        typer.Option("--format", help="What the file is.", show_default="by its name"),
    ] = None,
    start_timecode: Annotated[
        str,
        typer.Option(
            "--start-timecode",
            metavar="HH:MM:SS:FF",
            help="What the edit list calls the first frame of the title.",
            show_default="as the list says, else its time",
        ),
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show, and keep nothing.")] = False,
    remove: Annotated[
        str, typer.Option("--remove", metavar="ID", help="Take an earlier import out again.")
    ] = "",
    store: StoreOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Take flags from a file as findings of a title; without a file, list what was imported."""
    with Store.open(where_store(store)) as opened:
        path = Path(title_file)
        title = probe(path) if path.exists() else title_at(opened, path)
        if remove:
            _remove(opened, title, remove)
        if file is None:
            _show_imports(imports_of(opened, title.fingerprint), as_json)
            return
        intake = read_list(file, title, str(format_name or ""), start_timecode)
        for note in intake.notes:
            progress_console().print(escape(note))
        if not dry_run:
            reviewer = current_user()
            keep(opened, title, intake.name, intake.digest, reviewer, intake.findings)
        _show_intake(intake, as_json)


def _remove(store: Store, title: Title, wanted: str) -> None:
    found = [i for i in imports_of(store, title.fingerprint) if i.id.startswith(wanted)]
    if len(found) != 1:
        raise KnownError(f"{title.name} has {len(found)} imports of the id {wanted}.")
    take_out(store, found[0].id)


def _show_imports(imports: tuple[Import, ...], as_json: bool) -> None:
    if as_json:
        write_json({"imports": [_import_document(one) for one in imports]})
        return
    table = Table("Id", "File", "Flags", "By", "At (UTC)")
    for one in imports:
        cells = (one.id[:12], one.name, str(len(one.findings)), one.by, f"{one.at:%F %H:%M}")
        table.add_row(*map(escape, cells))
    report_console().print(table if imports else "Nothing was imported to this title.")


def _import_document(one: Import) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "sha256": one.digest,
        "by": one.by,
        "at": one.at.isoformat(),
        "findings": len(one.findings),
    }


def _show_intake(intake: Intake, as_json: bool) -> None:
    if as_json:
        findings = [
            {
                "defect": f.defect,
                "stream": f.stream,
                "start_pts": f.span.start,
                "end_pts": f.span.end,
                "time_base": str(f.span.base),
                "start_s": f.span.start_s,
                "end_s": f.span.end_s,
                "severity": str(f.severity),
                "note": f.evidence.note,
            }
            for f in intake.findings
        ]
        write_json({"name": intake.name, "notes": list(intake.notes), "findings": findings})
        return
    table = Table("From", "To", "Defect", "Severity", "Note")
    for f in intake.findings:
        times = (format_clock(f.span.start_s), format_clock(f.span.end_s))
        words = (DEFECTS[f.defect].title, str(f.severity), f.evidence.note)
        table.add_row(*map(escape, (*times, *words)))
    report_console().print(table)
