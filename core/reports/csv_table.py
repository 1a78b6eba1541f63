"""The report as CSV (RFC 4180), one row a flag, for spreadsheets.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, quoted or not. Text
that begins so gets an apostrophe before it, which spreadsheets hide.
"""

from __future__ import annotations

import csv
import io

from core.domain.defect import DEFECTS
from core.reports.report import Entry, Report
from core.reports.wording import clean, comments, defect_title, note_of
from core.store.codec import fraction_text

COLUMNS = (
    *("number", "title", "kind", "defect", "defect_title", "medium", "detector", "stream"),
    *("timecode_in", "timecode_out", "start_s", "end_s"),
    *("start_pts", "end_pts", "time_base"),
    *("score", "severity", "state", "disposition", "reason", "reviewers", "comment", "note"),
    *("metric", "peak_s", "peak_value", "threshold", "low_hz", "high_hz", "channels"),
)
"""Names of the columns, which stand in the first row."""

# Tabs and line ends before one are skipped by some, so they count too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_table(report: Report) -> bytes:
    """The listed entries as UTF-8 with a byte order mark, by which Excel knows the encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in report.listed:
        row = _row(entry, report)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _row(entry: Entry, report: Report) -> dict[str, str | float | None]:
    first, stop = report.clock.frames(entry.span)
    known = DEFECTS.get(entry.defect)
    span = entry.span
    row: dict[str, str | float | None] = {
        "number": entry.number,
        "title": report.title.name,
        "kind": str(entry.kind),
        "defect": entry.defect,
        "defect_title": defect_title(entry.defect),
        "medium": str(known.medium) if known else "",
        "detector": entry.detector,
        "stream": entry.stream,
        "timecode_in": report.clock.timecode(first),
        "timecode_out": report.clock.timecode(stop),
        "start_s": span.start_s,
        "end_s": span.end_s,
        "start_pts": span.start,
        "end_pts": span.end,
        "time_base": fraction_text(span.base),
        "severity": entry.severity and str(entry.severity),
        "state": entry.state,
        "disposition": entry.disposition and str(entry.disposition),
        "reason": " ".join(sorted({str(v.reason) for v in entry.verdicts if v.reason})),
        "reviewers": "; ".join(verdict.reviewer for verdict in entry.verdicts),
        "comment": _comment(entry),
        "note": note_of(entry),
    }
    return {**dict.fromkeys(COLUMNS), **row, **_evidence(entry)}


def _comment(entry: Entry) -> str:
    said = comments(entry)
    if len(said) == 1:
        return said[0][1]
    return "\n".join(f"{reviewer}: {text}" for reviewer, text in said)


def _evidence(entry: Entry) -> dict[str, str | float | None]:
    if entry.finding is None:
        return {}
    evidence = entry.finding.evidence
    band = evidence.band
    return {
        "score": entry.finding.score,
        "metric": evidence.metric,
        "peak_s": evidence.peak.seconds,
        "peak_value": evidence.peak_value,
        "threshold": evidence.threshold,
        "low_hz": None if band is None else band.low_hz,
        "high_hz": None if band is None else band.high_hz,
        "channels": " ".join(str(channel + 1) for channel in evidence.channels),
    }


def _cell(value: str | float | None) -> str | float:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
