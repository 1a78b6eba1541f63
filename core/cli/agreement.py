"""`onglass agreement`: how far reviewers agree, by defect, and about what they do not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from core.cli.output import StoreOption, report_console, where_store, write_json
from core.domain.defect import DEFECTS
from core.domain.errors import KnownError
from core.domain.timecode import format_clock
from core.review.agreement import Agreement, Claim, Kappa, agreements
from core.review.second_look import shared_in
from core.store.store import Store


def agreement(
    defect: Annotated[str, typer.Option("--defect", help="Only about this defect.")] = "",
    reviewers: Annotated[
        list[str] | None, typer.Option("--reviewer", help="Only between these; may be repeated.")
    ] = None,
    store: StoreOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Say how far people who decided about the same flags agree, and list where they do not."""
    if defect and defect not in DEFECTS:
        raise KnownError(f"There is no defect named {defect}; `onglass detectors` lists them.")
    with Store.open(where_store(store), read_only=True, create=False) as opened:
        shared = shared_in(opened, reviewers or ())
    names = shared.names
    claims = tuple(claim for claim in shared.claims if not defect or claim.flag.defect == defect)
    found = agreements(claims)
    disputed = [claim for claim in claims if claim.disputed]
    if as_json:
        write_json(
            {
                "agreement": [_document(one) for one in found],
                "disputed": [_claim_document(claim, names) for claim in disputed],
            }
        )
        return
    if not claims:
        raise KnownError("No two people have decided about the same flag yet.")
    report_console().print(_table(found))
    if disputed:
        report_console().print(_disputed_table(disputed, names))


def _table(found: Iterable[Agreement]) -> Table:
    table = Table("Defect", "Between", "Claims", "Agree", "κ", "95 %")
    for one in found:
        title = DEFECTS[one.defect].title if one.defect in DEFECTS else one.defect or "All"
        table.add_row(title, "everybody (Fleiss)", *_cells(one.fleiss))
        for (first, second), kappa in one.cohen.items():
            table.add_row("", escape(f"{first}, {second} (Cohen)"), *_cells(kappa))
    return table


def _cells(kappa: Kappa) -> tuple[str, ...]:
    value = "–" if kappa.value is None else f"{kappa.value:.2f}"
    interval = "–" if kappa.low is None else f"{kappa.low:.2f} … {kappa.high:.2f}"
    return f"{kappa.claims}", f"{kappa.observed:.0%}", value, interval


def _disputed_table(claims: Iterable[Claim], names: dict[str, str]) -> Table:
    table = Table("Title", "At", "Defect", "Who says what", title="Disputed")
    for claim in claims:
        said = ", ".join(f"{name}: {decision}" for name, decision in sorted(claim.ratings.items()))
        defect = claim.flag.defect
        table.add_row(
            escape(names.get(claim.fingerprint, claim.fingerprint[:12])),
            format_clock(claim.flag.span.start_s),
            DEFECTS[defect].title if defect in DEFECTS else defect,
            escape(said),
        )
    return table


def _document(one: Agreement) -> dict[str, Any]:
    return {
        "defect": one.defect or None,
        "disputed": one.disputed,
        "fleiss": _kappa_document(one.fleiss),
        "cohen": [
            {"reviewers": list(pair), **_kappa_document(kappa)} for pair, kappa in one.cohen.items()
        ],
    }


def _kappa_document(kappa: Kappa) -> dict[str, Any]:
    return {
        "kappa": kappa.value,
        "low": kappa.low,
        "high": kappa.high,
        "observed": kappa.observed,
        "expected": kappa.expected,
        "claims": kappa.claims,
    }


def _claim_document(claim: Claim, names: dict[str, str]) -> dict[str, Any]:
    span = claim.flag.span
    return {
        "fingerprint": claim.fingerprint,
        "title": names.get(claim.fingerprint),
        "detector": claim.flag.detector,
        "defect": claim.flag.defect,
        "stream": claim.flag.stream,
        "start_pts": span.start,
        "end_pts": span.end,
        "time_base": str(span.base),
        "start_s": span.start_s,
        "end_s": span.end_s,
        "ratings": {name: str(decision) for name, decision in claim.ratings.items()},
    }
