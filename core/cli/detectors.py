"""`onglass detectors`: the table of detectors."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from core.catalog.spec import DetectorSpec
from core.catalog.table import DETECTORS
from core.cli.output import report_console, write_json


def detectors(
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """List the detectors with their metrics, thresholds and sources."""
    if as_json:
        write_json({"detectors": [describe(spec) for spec in DETECTORS.values()]})
        return
    table = Table(
        "Detector", "Defect", "Views", "Metrics", "Thresholds", "Source", title="Detectors"
    )
    for spec in DETECTORS.values():
        table.add_row(
            f"[bold]{spec.id}[/bold]\n{spec.title}",
            "\n".join(spec.defects),
            "\n".join(spec.views),
            "\n".join(_columns(spec)),
            "\n".join(_with_unit(f"{t.name} = {t.default:g}", t.unit) for t in spec.thresholds),
            spec.source,
        )
    report_console().print(table)


def describe(spec: DetectorSpec) -> dict[str, Any]:
    """A detector as JSON."""
    return {
        "id": spec.id,
        "defect": spec.defect,
        "also": list(spec.also),
        "title": spec.title,
        "help": spec.help,
        "views": list(spec.views),
        "metrics": [asdict(metric) for metric in spec.metrics],
        "maps": spec.maps,
        "thresholds": [asdict(threshold) for threshold in spec.thresholds],
        "severity": str(spec.severity),
        "after": list(spec.after),
        "source": spec.source,
        "weights": None,
    }


def _columns(spec: DetectorSpec) -> list[str]:
    metrics = [_with_unit(metric.name, metric.unit) for metric in spec.metrics]
    return [*metrics, "and a heat map"] if spec.maps else metrics


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}".rstrip()
