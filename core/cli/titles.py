"""`onglass titles`: the library, for scripts and at a glance."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.table import Table

from core.cli.output import StoreOption, report_console, where_store, write_json
from core.domain.defect import DEFECTS
from core.domain.errors import KnownError
from core.domain.summary import TitleOrder, TitleQuery, TitleState, TitleSummary
from core.domain.timecode import format_clock
from core.review.library import Library
from core.store.store import Store

StateName = StrEnum("StateName", {state.name: state.value for state in TitleState})  # type: ignore[misc]
OrderName = StrEnum("OrderName", {order.name: order.value for order in TitleOrder})  # type: ignore[misc]

_PATIENCE_S = 3600.0
_BY_NAME = OrderName("name")


def titles(
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORD]…", help="Words in name, folder, format or reviewers."),
    ] = None,
    state: Annotated[
        list[StateName] | None, typer.Option("--state", help="Only titles that came so far.")
    ] = None,
    defect: Annotated[
        list[str] | None, typer.Option("--defect", help="Only titles with a flag of this defect.")
    ] = None,
    reviewer: Annotated[
        list[str] | None, typer.Option("--reviewer", help="Only titles that this person decided.")
    ] = None,
    folder: Annotated[str, typer.Option("--folder", help="Only titles in or below it.")] = "",
    sort: Annotated[OrderName, typer.Option("--sort", help="By what.")] = _BY_NAME,
    descending: Annotated[bool, typer.Option("--descending", help="The last first.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 lists all.")] = 0,
    store: StoreOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """List the titles of a store with how far each came."""
    unknown = sorted(set(defect or ()) - DEFECTS.keys())
    if unknown:
        raise KnownError(f"There is no defect called {unknown[0]}; `onglass detectors` lists them.")
    query = TitleQuery(
        text=" ".join(text or ()),
        states=frozenset(TitleState(str(name)) for name in state or ()),
        defects=frozenset(defect or ()),
        reviewers=frozenset(reviewer or ()),
        folder=folder,
        order=TitleOrder(str(sort)),
        descending=descending,
    )
    with Store.open(where_store(store), create=False) as opened:
        library = Library(opened)
        library.refresh(_PATIENCE_S)
        keys = library.keys(query)
        lines = library.lines(keys[:limit] if limit else keys)
        found = [lines[key] for key in keys if key in lines]
        if as_json:
            documents = [_document(line, library) for line in found]
            write_json({"count": len(keys), "titles": documents})
            return
    _print(found, len(keys))


def _document(line: TitleSummary, library: Library) -> dict[str, Any]:
    document = asdict(line)
    for key in ("opened", "analysed"):
        at = document[key]
        document[key] = at.isoformat() if at is not None else None
    document["state"] = str(line.state)
    document["worst"] = None if line.worst is None else str(line.worst)
    document["reviewers"] = [name for name in line.reviewers.split(", ") if name]
    defects = library.defects(line.fingerprint)
    document["defects"] = {
        defect: {"flags": flags, "undecided": undecided}
        for defect, (flags, undecided) in defects.items()
    }
    return document


def _print(lines: list[TitleSummary], count: int) -> None:
    table = Table("Title", "State", "Undecided", "Worst", "Length", "Reviewers", "Folder")
    for line in lines:
        table.add_row(
            line.name,
            str(line.state).replace("_", " "),
            f"{line.undecided} of {line.flags}" if line.flags else "",
            "" if line.worst is None else str(line.worst),
            format_clock(line.duration_s).partition(".")[0],
            line.reviewers,
            line.path.removesuffix(line.name),
        )
    console = report_console()
    console.print(table)
    more = count - len(lines)
    console.print(
        ("1 title" if count == 1 else f"{count} titles")
        + (f", {more} of them not shown" if more else "")
    )
