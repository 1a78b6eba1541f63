"""Reports tell how far the sound is off: as measured, and as reviewers heard it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from helpers.report_value import TIMINGS, frame_span, make_entry, make_report
from pypdf import PdfReader

from core.domain.verdict import Decision
from core.reports.html_page import html_page
from core.reports.json_document import json_document
from core.reports.pdf import pdf
from core.reports.report import Entry, Report

SPAN = frame_span(TIMINGS["25"], 100, 300)


def entry(comment: str = "", decision: Decision | None = Decision.CONFIRM) -> Entry:
    made = make_entry(1, SPAN, decision, defect="av_sync", comment=comment)
    if made.finding is None:
        return made
    evidence = replace(made.finding.evidence, metric="offset_ms", peak_value=118.2, threshold=45.0)
    return replace(made, finding=replace(made.finding, evidence=evidence))


def said(report: Report) -> dict[str, Any]:
    (only,) = json.loads(json_document(report))["entries"]
    found: dict[str, Any] = only["sync"]
    return found


def test_json_tells_both_offsets_and_the_line() -> None:
    assert said(make_report(entries=[entry("lips ahead; offset +130 ms")])) == {
        "measured_offset_ms": 118.2,
        "tolerance_ms": 45.0,
        "heard": [{"reviewer": "Ada", "offset_ms": 130}],
    }


def test_a_missed_defect_tells_what_was_heard_alone() -> None:
    assert said(make_report(entries=[entry("offset -80 ms", Decision.MISSED)])) == {
        "measured_offset_ms": None,
        "tolerance_ms": None,
        "heard": [{"reviewer": "Ada", "offset_ms": -80}],
    }


def test_other_defects_tell_no_offset_whatever_their_comments_say() -> None:
    black = make_entry(1, SPAN, Decision.CONFIRM, comment="offset +40 ms")
    assert said(make_report(entries=[black])) is None


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_page_and_document_tell_both_offsets(form: str) -> None:
    report = make_report(entries=[entry("offset +130 ms")])
    if form == "html":
        text = html_page(report).decode()
    else:
        text = PdfReader(io.BytesIO(pdf(report))).pages[0].extract_text()
    words = " ".join(text.split())
    assert "Offset of the sound (early above 0): +118 ms measured, +130 ms heard by Ada" in words
