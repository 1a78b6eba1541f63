"""What scans and exports write is what their published schemas say, no field more or less."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers.report_value import (
    TIMINGS,
    frame_span,
    hostile_report,
    make_entry,
    make_report,
    timed_title,
)
from jsonschema import Draft202012Validator, ValidationError

from core.cli.scan_report import Scanned, as_json
from core.domain.finding import Band
from core.domain.verdict import Decision
from core.reports.json_document import json_document
from manual import DOCS

SHOWN = [decision for decision in Decision if decision is not Decision.WITHDRAWN]


def strict(schema: Any) -> Any:
    """The schema with no field allowed that it does not name."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: strict(part) for key, part in schema.items()}
    if "properties" in schema and "required" in schema:
        made["additionalProperties"] = False
    return made


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((DOCS / "reference" / name).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(strict(schema))


def report(*decisions: Decision | None) -> dict[str, Any]:
    timing = TIMINGS["25"]
    entries = [
        make_entry(n, frame_span(timing, 50 * n, 50 * n + 10), decision, band=Band(50.0, 60.0))
        for n, decision in enumerate(decisions, 1)
    ]
    document: dict[str, Any] = json.loads(json_document(make_report(entries=entries)))
    return document


def test_a_report_is_what_its_schema_says() -> None:
    validator("report.schema.json").validate(report(None, *SHOWN))


def test_a_report_without_an_analysis_is_so_too() -> None:
    document = json.loads(json_document(make_report(run=None)))
    validator("report.schema.json").validate(document)


def test_hostile_text_keeps_to_the_schema() -> None:
    validator("report.schema.json").validate(json.loads(json_document(hostile_report())))


def test_the_offset_of_the_sound_keeps_to_the_schema() -> None:
    entry = make_entry(
        1,
        frame_span(TIMINGS["25"], 0, 50),
        Decision.CONFIRM,
        defect="av_sync",
        comment="offset +130 ms",
    )
    document = json.loads(json_document(make_report(entries=[entry])))
    assert document["entries"][0]["sync"]["heard"]
    validator("report.schema.json").validate(document)


def test_a_scan_is_what_its_schema_says() -> None:
    entry = make_entry(1, frame_span(TIMINGS["25"], 0, 50), band=Band(50.0, 60.0))
    assert entry.finding is not None
    good = Scanned(Path("a.mp4"), timed_title(TIMINGS["25"]), "r1", (entry.finding,))
    bad = Scanned(Path("b.mp4"), errors=["b.mp4 is not a media file."])
    counts = {"id": "b1", "name": "night", "done": 1, "failed": 1, "left": 0}
    schema = validator("scan.schema.json")
    schema.validate({"titles": [as_json(good), as_json(bad)], "batch": counts})
    schema.validate({"titles": []})


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(extra=1),
        lambda document: document.pop("outcome"),
        lambda document: document["entries"][0].update(state="fine"),
        lambda document: document["entries"][0]["finding"].update(score=1.5),
        lambda document: document["title"].update(start_time_base="0.04"),
    ],
    ids=["field more", "field less", "unknown word", "beyond its range", "no fraction"],
)
def test_what_differs_from_the_schema_is_told(change: Callable[[dict[str, Any]], object]) -> None:
    document = report(Decision.CONFIRM)
    change(document)
    with pytest.raises(ValidationError):
        validator("report.schema.json").validate(document)
