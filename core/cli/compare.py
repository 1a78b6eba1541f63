"""`onglass compare`: findings gained, lost and moved between two analyses or two stores."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Annotated

import typer
from rich.table import Table

from core.cli.output import StoreOption, report_console, where_store, write_json
from core.compare.run import (
    LATEST,
    PREVIOUS,
    TitleChange,
    change_document,
    compare_libraries,
    compare_runs,
    find_run,
    totals,
)
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.finding_pair import Change
from core.store.store import Store

CHANGED = 3
"""Exit status when something was gained, lost or moved."""

_PICKS = (LATEST, PREVIOUS)
_SIGNS = {Change.GAINED: "+", Change.LOST: "-", Change.MOVED: "~", Change.SAME: "="}


def compare(
    before: Annotated[
        str,
        typer.Argument(
            metavar="RUN_A",
            help="An analysis: its id, TITLE_FILE, TITLE_FILE#NUMBER; or latest or previous of "
            "every title.",
        ),
    ] = "",
    after: Annotated[str, typer.Argument(metavar="RUN_B", help="The other one.")] = "",
    store: StoreOption = "",
    other_store: Annotated[
        str, typer.Option("--other-store", help="Where RUN_B is.", show_default="the same store")
    ] = "",
    json_out: Annotated[
        str, typer.Option("--json", metavar="FILE|-", help="Write JSON; - is standard output.")
    ] = "",
    same: Annotated[
        bool, typer.Option("--same", help="List findings that did not change as well.")
    ] = False,
) -> None:
    """Compare two analyses, or two of every title: what was gained, lost, moved.

    Exit 0 when nothing changed, 3 when something did.
    """
    changes = _compared(before, after, where_store(store), other_store)
    if json_out:
        write_json(change_document(changes, same), json_out)
    if json_out != "-":
        _print(changes, same)
    found = totals(changes)
    if any(found[change] for change in (Change.GAINED, Change.LOST, Change.MOVED)):
        raise typer.Exit(CHANGED)


def _compared(before: str, after: str, where: str, other: str) -> Sequence[TitleChange]:
    whole = before in (*_PICKS, "") and after in (*_PICKS, "")
    if whole and not other and (before or LATEST) == (after or LATEST):
        raise KnownError(
            "Name two analyses, or another store, or previous and latest for every title."
        )
    with ExitStack() as stack:
        first = stack.enter_context(Store.open(where, read_only=True, create=False))
        second = first
        if other:
            second = stack.enter_context(Store.open(other, read_only=True, create=False))
        if whole:
            return compare_libraries(first, second, (before or LATEST, after or LATEST))
        if not before or not after:
            raise KnownError("Name two analyses.")
        return [compare_runs((first, *find_run(first, before)), (second, *find_run(second, after)))]


def _print(changes: Sequence[TitleChange], same: bool) -> None:
    console = report_console()
    for each in changes:
        if not each.compared:
            console.print(f"{each.name}: only one of the two analyses is there", markup=False)
            continue
        shown = [p for p in each.pairings if same or p.change is not Change.SAME]
        counts = ", ".join(f"{each.count(change)} {change}" for change in Change)
        console.print(f"{each.name}: {counts}", markup=False)
        if each.unlike:
            names = ", ".join(each.unlike)
            console.print(f"  not compared, only one run asked them: {names}", markup=False)
        if shown:
            table = Table("", "Defect", "Detector", "Before", "After", box=None, pad_edge=False)
            for pairing in shown:
                table.add_row(
                    f"{_SIGNS[pairing.change]} {pairing.change}",
                    pairing.finding.defect,
                    pairing.finding.detector,
                    _span(pairing.before),
                    _span(pairing.after),
                )
            console.print(table)
    if len(changes) > 1:
        found = totals(changes)
        words = ", ".join(f"{found[change]} {change}" for change in Change)
        console.print(f"All {len(changes)} titles: {words}", markup=False)


def _span(finding: Finding | None) -> str:
    if finding is None:
        return "–"
    return f"{finding.span.start_s:.3f} – {finding.span.end_s:.3f} s"
