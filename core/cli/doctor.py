"""`onglass doctor`: what this machine offers, and what is in the way."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from core.cli.output import StoreOption, report_console, where_store, write_json
from core.support.bundle import gather, write_bundle
from core.support.machine import examine


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
    bundle: Annotated[
        Path | None,
        typer.Option(
            "--bundle",
            metavar="OUT.zip",
            help="Save what support needs, without media and without names of titles or people.",
        ),
    ] = None,
    store: StoreOption = "",
) -> None:
    """Say which versions, codecs, devices and folders there are."""
    if bundle is not None:
        parts = gather(where_store(store))
        write_bundle(bundle, parts)
        if as_json:
            write_json({"bundle": str(bundle), "parts": {p.name: len(p.text) for p in parts}})
            return
        print(f"{bundle} holds:")
        for part in parts:
            print(f"  {part.name}: {part.told}")
        return
    report = examine()
    if as_json:
        write_json(report)
        return
    table = Table("What", "Found", title="Onglass doctor", show_header=False)
    for group, content in report.items():
        table.add_section()
        for name, value in content.items():
            table.add_row(f"{group}: {name}", _as_text(value))
    report_console().print(table)


def _as_text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_as_text(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return {True: "yes", False: "no", None: "none"}.get(value, str(value))
