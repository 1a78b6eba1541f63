"""`onglass learn snapshot` and `learn select`: what verdicts teach, and what to ask next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from core.catalog.table import DETECTORS
from core.cli.output import StoreOption, report_console, where_store, write_json
from core.domain.errors import KnownError
from core.domain.sample import SampleKind, Side, Snapshot
from core.domain.timecode import format_clock
from core.learning.snapshot.file import document_of, keep
from core.learning.snapshot.take import take
from core.media.probe import probe
from core.store import question
from core.store.store import Store

LIBRARY = "library"
JsonFlag = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


def add_to(app: typer.Typer) -> None:
    """Enter both commands in `onglass learn`."""
    app.command("snapshot")(snapshot_command)
    app.command("select")(select_command)


def snapshot_command(
    detector: Annotated[
        str,
        typer.Option(
            "--detector", help="Which detector.", show_default="each that verdicts teach something"
        ),
    ] = "",
    store: StoreOption = "",
    as_json: JsonFlag = False,
) -> None:
    """Freeze what verdicts teach: samples, hashed and kept; what teaches nothing is named."""
    with Store.open(where_store(store), read_only=True, create=False) as opened:
        taken = [take(opened, name) for name in ([detector] if detector else DETECTORS)]
    kept = [one for one in taken if detector or one.samples or one.left_out]
    if not kept:
        raise KnownError("There are no verdicts to learn from yet.")
    for one in kept:
        keep(one)
    if as_json:
        documents = [document_of(one) for one in kept]
        write_json(documents[0] if detector else {"snapshots": documents})
        return
    table = Table("Detector", "Snapshot", *(f"{kind}" for kind in SampleKind), "Gold", "Left out")
    for one in kept:
        table.add_row(*_cells(one))
    report_console().print(table)
    if detector:
        for sentence, count in sorted(_reasons(kept[0]).items()):
            report_console().print(f"{count} left out: {sentence}", highlight=False)


def _cells(one: Snapshot) -> list[str]:
    counts = [str(one.count(kind)) for kind in SampleKind]
    left = sum(len(left.verdicts) for left in one.left_out)
    return [one.detector, one.id[:12], *counts, str(len(one.on(Side.GOLD))), str(left)]


def _reasons(one: Snapshot) -> Counter[str]:
    return Counter(left.sentence for left in one.left_out for _ in left.verdicts)


def select_command(
    detector: Annotated[str, typer.Option("--detector", help="Whose flags.")],
    budget: Annotated[int, typer.Option("--budget", min=1, help="How many to choose.")] = 20,
    title: Annotated[
        str, typer.Option("--title", metavar="FILE|library", help="Where to choose from.")
    ] = LIBRARY,
    seed: Annotated[int, typer.Option("--seed", help="Chooses the same again.")] = 0,
    store: StoreOption = "",
    as_json: JsonFlag = False,
) -> None:
    """Choose the flags whose verdicts teach most, and say why each was chosen."""
    # scikit-learn takes a second to import; other commands do without.
    from core.learning.choice.choose import choose

    titles = () if title == LIBRARY else (probe(Path(title)).fingerprint,)
    with Store.open(where_store(store), read_only=True, create=False) as opened:
        asked = choose(opened, detector, budget, seed, titles)
    question.keep(asked)
    if as_json:
        write_json(question.document_of(asked))
        return
    table = Table("", "Title", "From", "To", "Defect", "Unsure", "Why")
    for place, one in enumerate(asked.questions, 1):
        span = one.finding.span
        times = (format_clock(span.start_s), format_clock(span.end_s))
        row = (str(place), escape(one.title), *times, one.finding.defect)
        table.add_row(*row, f"{one.uncertainty:.0%}", one.sentence)
    report_console().print(table)
    report_console().print(
        f"{len(asked.questions)} of {asked.open} undecided flags; {asked.verdicts} samples so far.",
        highlight=False,
    )
