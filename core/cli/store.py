"""`onglass store`: looking after the database of titles and verdicts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from core.cli.output import StoreOption, where_store, write_json
from core.domain.errors import KnownError
from core.store.backup import backup, restore, set_aside
from core.store.backup_list import BackupInfo, check_backup, compare, list_backups
from core.store.check import check_store
from core.store.export import export_lines, export_store
from core.store.store import Store, path_of

app = typer.Typer(help="Look after the store of titles, findings and verdicts.")

JsonFlag = Annotated[bool, typer.Option("--json", help="Write JSON.")]


@app.command("check")
def check_command(store: StoreOption = "", as_json: JsonFlag = False) -> None:
    """Check that the store is sound; changes nothing."""
    where = where_store(store)
    report = check_store(where)
    if as_json:
        write_json(
            {
                "store": where,
                "ok": report.ok,
                "schema": report.schema,
                "problems": list(report.problems),
                "counts": report.counts,
            }
        )
    elif report.ok:
        print(f"{where} is sound (schema {report.schema}).")
        for name, count in report.counts.items():
            print(f"  {name}: {count}")
    if not report.ok:
        for problem in report.problems:
            print(problem, file=sys.stderr)
        raise typer.Exit(1)


@app.command("backup")
def backup_command(
    store: StoreOption = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to; else the folder `backups` beside it.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Copy the store, also while the desk is open."""
    path = _file(where_store(store))
    made = backup(path, out) if out is not None else set_aside(path, "manual")
    if as_json:
        write_json({"store": str(path), "backup": str(made)})
    else:
        print(made)


@app.command("list")
def list_command(store: StoreOption = "", as_json: JsonFlag = False) -> None:
    """List the backups beside the store, and what going back to each would lose."""
    path = _file(where_store(store))
    rows = []
    for info in map(check_backup, list_backups(path)):
        lost = None if info.problem else compare(info.path, path).lost
        rows.append((info, lost))
    if as_json:
        write_json({"store": str(path), "backups": [_backup_values(*row) for row in rows]})
        return
    for info, lost in rows:
        state = info.problem or f"{info.verdicts} verdicts, {lost} less than now"
        print(f"{info.made:%Y-%m-%d %H:%M:%S}Z  {info.label:<15}  {info.path}: {state}")
    if not rows:
        print(f"{path} has no backups.")


def _backup_values(info: BackupInfo, lost: int | None) -> dict[str, object]:
    return {
        "path": str(info.path),
        "made": info.made.isoformat(),
        "label": info.label,
        "bytes": info.size_bytes,
        "schema": info.schema,
        "titles": info.titles,
        "verdicts": info.verdicts,
        "lost": lost,
        "problem": info.problem,
    }


@app.command("restore")
def restore_command(
    source: Annotated[Path, typer.Argument(help="A backup.")],
    store: StoreOption = "",
    as_json: JsonFlag = False,
) -> None:
    """Put a backup in the place of the store, which is set aside; close the desk before."""
    path = _file(where_store(store))
    former = restore(source, path)
    if as_json:
        write_json({"store": str(path), "set_aside": str(former) if former is not None else None})
        return
    print(f"{path} is as it was in {source}.")
    if former is not None:
        print(f"What stood there is now {former}.")


@app.command("export")
def export_command(
    store: StoreOption = "",
    out: Annotated[str, typer.Option("--out", metavar="FILE|-", help="Where to.")] = "-",
) -> None:
    """Write everything but the tracks as JSON lines; - is standard output."""
    with Store.open(where_store(store), read_only=True, create=False) as opened:
        if out == "-":
            for line in export_lines(opened):
                write_json(line, indent=None)
            return
        counts = export_store(opened, Path(out))
    print(", ".join(f"{count} {kind}" for kind, count in counts.items()), file=sys.stderr)


@app.command("upgrade")
def upgrade_command(store: StoreOption = "", as_json: JsonFlag = False) -> None:
    """Bring an older store up to date; a file is backed up first, a server is not."""
    where = where_store(store)
    Store.open(where, create=False, upgrade_server=True).close()
    report = check_store(where)
    if as_json:
        write_json({"store": where, "schema": report.schema})
    else:
        print(f"{where} has schema {report.schema}.")


def _file(where: str) -> Path:
    path = path_of(where)
    if path is None:
        raise KnownError("This works on SQLite files; use the tools of the database server.")
    return path
