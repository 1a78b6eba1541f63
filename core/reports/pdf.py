"""The report as PDF, A4 upright: cover, flags with picture and curve, method and versions."""

from __future__ import annotations

import io
from collections.abc import Sequence

from core.domain.defect import Severity
from core.domain.timecode import format_clock
from core.reports.curve import curve_of
from core.reports.method import Row, facts, method_rows, version_rows
from core.reports.pdf_sheet import FAIL, PASS, QUIET, WARN, Color, Sheet
from core.reports.report import STATES, Entry, OutcomeWord, Report
from core.reports.sync import sync_line
from core.reports.wording import (
    ONLY_TITLES,
    STATE_TITLES,
    capital,
    comments,
    defect_title,
    detector_title,
    note_of,
    severity_title,
    state_title,
)

_TONES: dict[OutcomeWord, Color] = {
    OutcomeWord.INCOMPLETE: WARN,
    OutcomeWord.FAIL: FAIL,
    OutcomeWord.REMARKS: PASS,
    OutcomeWord.PASS: PASS,
}
_NUMBER_MM, _PICTURE_MM, _CLAIM_MM, _GAP_MM = 9.0, 42.0, 78.0, 4.0
_CURVE_MM = 17.0
_NAME_MM = 32.0
_LONG = 400


def pdf(report: Report) -> bytes:
    """The whole document."""
    sheet = Sheet(f"{report.title.name}: quality report", report.made)
    _cover(sheet, report)
    _flags(sheet, report)
    _method(sheet, report)
    return sheet.finished()


def _cover(sheet: Sheet, report: Report) -> None:
    outcome = report.outcome
    sheet.line("Quality report", size=9, color=QUIET)
    sheet.line(report.title.name, size=17, bold=True)
    sheet.gap(3)
    sheet.callout(outcome.title, outcome.sentence, _TONES[outcome.word])
    sheet.gap(3)
    sheet.tiles([(str(report.counts[state]), STATE_TITLES[state]) for state in STATES])
    sheet.gap(4)
    _pairs(sheet, facts(report))
    listed = f"Lists {ONLY_TITLES[report.only]}"
    if report.reviewer:
        listed += f"; counts the verdicts of {report.reviewer} alone"
    sheet.gap(2)
    sheet.line(f"{listed}.", color=QUIET)
    for note in report.notes:
        sheet.line(note, color=QUIET)


def _pairs(sheet: Sheet, rows: Sequence[Row]) -> None:
    for name, value in rows:
        sheet.row([(_NAME_MM, name, True), (0.0, value, False)])


def _flags(sheet: Sheet, report: Report) -> None:
    sheet.heading("Flags")
    if not report.listed:
        sheet.line("There is none to list.")
    for entry in report.listed:
        _flag(sheet, entry, report)


def _flag(sheet: Sheet, entry: Entry, report: Report) -> None:
    """One flag in three columns, never torn between two pages unless it is longer than one."""
    claim_x = sheet.left + _NUMBER_MM + _PICTURE_MM + _GAP_MM
    verdict_x = claim_x + _CLAIM_MM + _GAP_MM
    claim, decision = _claim(entry, report), _decision(entry)
    curve = curve_of(entry, report)
    claim_mm = sheet.height(claim, _CLAIM_MM) + (_CURVE_MM + 2 if curve is not None else 0)
    verdict_mm = sheet.height(decision, sheet.right - verdict_x)
    picture = report.pictures.get(entry.number)
    size = sheet.picture_height(picture, _PICTURE_MM) if picture else 8.0
    top = sheet.begin_block(max(claim_mm, verdict_mm, size) + 2)
    sheet.put([(str(entry.number), 8.5, True, QUIET)], sheet.left, top, _NUMBER_MM)
    picture_x = sheet.left + _NUMBER_MM
    if picture:
        sheet.picture(io.BytesIO(picture), picture_x, top + 1, _PICTURE_MM)
    else:
        sheet.put([("no picture", 8, False, QUIET)], picture_x, top, _PICTURE_MM)
    below = sheet.put(claim, claim_x, top, _CLAIM_MM)
    if curve is not None:
        sheet.curve(curve, claim_x, below + 1, _CLAIM_MM, _CURVE_MM)
    sheet.put(decision, verdict_x, top, sheet.right - verdict_x)
    sheet.end_block()
    for reviewer, comment in _long_comments(entry):
        sheet.line(f"{reviewer}: {comment}", size=8.5)
        sheet.gap(1.5)
    sheet.rule()


Line = tuple[str, float, bool, Color]


def _claim(entry: Entry, report: Report) -> list[Line]:
    clock, span = report.clock, entry.span
    start, stop = clock.frames(span)
    told = detector_title(entry.detector)
    if entry.finding is not None:
        told += f" · score {entry.finding.score:.2f}"
    lines: list[Line] = [
        (defect_title(entry.defect), 9.5, True, Sheet.INK),
        (f"{clock.timecode(start)} – {clock.timecode(stop)}", 8.5, False, Sheet.INK),
        (f"{format_clock(span.start_s)} – {format_clock(span.end_s)}", 8, False, QUIET),
        (f"{told} · stream {entry.stream}", 8, False, QUIET),
    ]
    note = note_of(entry)
    if note:
        lines.append((note, 8.5, False, Sheet.INK))
    offset = sync_line(entry)
    if offset:
        lines.append((offset, 8.5, True, Sheet.INK))
    return lines


def _decision(entry: Entry) -> list[Line]:
    lines: list[Line] = [(capital(state_title(entry)), 9, True, Sheet.INK)]
    severity = severity_title(entry)
    if severity and entry.severity is not None:
        tones = {Severity.BLOCKER: FAIL, Severity.ISSUE: WARN, Severity.FYI: QUIET}
        lines.append((capital(severity), 8.5, True, tones[entry.severity]))
    for verdict in entry.verdicts:
        said = STATE_TITLES[str(verdict.decision)]
        who = f"{verdict.reviewer}: {said}, {verdict.at:%Y-%m-%d %H:%M} UTC"
        lines.append((who, 8, False, QUIET))
    for reviewer, comment in comments(entry):
        if len(comment) > _LONG:
            continue
        name = f"{reviewer}: " if len(entry.verdicts) > 1 else ""
        lines.append((f"{name}{comment}", 8.5, False, Sheet.INK))
    return lines


def _long_comments(entry: Entry) -> list[tuple[str, str]]:
    """Comments that would make a narrow column endless."""
    return [said for said in comments(entry) if len(said[1]) > _LONG]


def _method(sheet: Sheet, report: Report) -> None:
    sheet.heading("Method")
    sheet.line(
        "Detectors propose flags, people decide. A detector measures the title, and the profile's "
        "thresholds turn what it measured into flags. Nothing here certifies anything."
    )
    rows = method_rows(report)
    widths = (38.0, 74.0, 20.0)
    if rows:
        heads = ("Detector", "Thresholds", "Severity", "Source")
        sheet.row([(width, head, True) for width, head in zip((*widths, 0.0), heads, strict=True)])
    for row in rows:
        cells = (row.title, row.thresholds, row.severity)
        columns = [(width, cell, False) for width, cell in zip(widths, cells, strict=True)]
        sheet.row([*columns, (0.0, row.source, False)])
    sheet.heading("Versions")
    _pairs(sheet, version_rows(report))
