"""`onglass assign`: asks people to look at titles; without one, lists who is asked for what."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from core.cli.output import StoreOption, report_console, where_store, write_json
from core.domain.assignment import Assignment, AssignmentState, Role
from core.domain.errors import KnownError
from core.domain.title import Title
from core.media.probe import probe
from core.reports.gather import title_at
from core.review.reviewer import current_user
from core.store.store import Store

ROLE_TITLES = {
    Role.FIRST: "first look",
    Role.SECOND: "blind second look",
    Role.FINAL: "settle disputes",
}


def assign(
    titles: Annotated[
        list[str] | None, typer.Argument(metavar="[TITLE_FILE]...", help="Titles.")
    ] = None,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help="Who is asked.")] = "",
    role: Annotated[Role, typer.Option("--as", help="What for.")] = Role.FIRST,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Ask no longer.")] = False,
    reviewer: Annotated[str, typer.Option("--reviewer", help="List only this person's.")] = "",
    store: StoreOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Ask somebody to look at titles: first, a second time blindly, or to settle disputes."""
    if titles and not to.strip():
        raise KnownError("Say who is asked, with --to NAME.")
    with Store.open(where_store(store)) as opened:
        if titles:
            found = [_title(opened, Path(name)) for name in titles]
            state = AssignmentState.WITHDRAWN if withdraw else AssignmentState.OPEN
            now = datetime.now(UTC)
            opened.assignments.append(
                *(
                    Assignment(t.fingerprint, to.strip(), role, current_user(), now, state)
                    for t in found
                )
            )
        current = opened.assignments.current(reviewer=reviewer)
        names = {title.fingerprint: title.name for title in opened.titles.all()}
    _show(current, names, as_json)


def _title(store: Store, path: Path) -> Title:
    if not path.exists():
        return title_at(store, path)
    title = probe(path)
    if store.titles.get(title.fingerprint) is None:
        store.titles.put(title)
    return title


def _show(current: tuple[Assignment, ...], names: dict[str, str], as_json: bool) -> None:
    if as_json:
        write_json(
            {
                "assignments": [
                    {
                        "fingerprint": a.fingerprint,
                        "title": names.get(a.fingerprint),
                        "reviewer": a.reviewer,
                        "role": str(a.role),
                        "by": a.by,
                        "at": a.at.isoformat(),
                    }
                    for a in current
                ]
            }
        )
        return
    table = Table("Title", "Reviewer", "For", "Asked by", "At (UTC)")
    for a in current:
        title = names.get(a.fingerprint, a.fingerprint[:12])
        cells = (title, a.reviewer, ROLE_TITLES[a.role], a.by, f"{a.at:%F %H:%M}")
        table.add_row(*map(escape, cells))
    report_console().print(table if current else "Nobody is asked to look at anything.")
