"""The report as one HTML file that needs nothing else, on screen and on paper.

Everything that people or files may have written is escaped, and the page forbids itself to run or
to load anything, so that opening a report is safe whoever made it.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape

from core.domain.timecode import format_clock
from core.reports.curve import curve_of, svg_of
from core.reports.method import Row, facts, method_rows, version_rows
from core.reports.report import STATES, Entry, Report
from core.reports.sync import sync_line
from core.reports.wording import (
    ONLY_TITLES,
    STATE_TITLES,
    capital,
    clean,
    comments,
    defect_title,
    detector_title,
    note_of,
    severity_title,
    state_title,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

_STYLE = """
:root { color-scheme: light dark; --line: #8885; --quiet: #5d6670; --fail: #b3261e;
  --pass: #1b6e3c; --warn: #8a5a00; --metric: #1f6fb2; --shade: #d9a02055; --card: #8881 }
@media (prefers-color-scheme: dark) { :root { --quiet: #a3acb5; --fail: #ff8a80; --pass: #7fd8a0;
  --warn: #f0c060; --metric: #74b9f0 } }
* { box-sizing: border-box }
body { font: 14px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem;
  padding: 0 1.2rem }
h1 { font-size: 1.5rem; margin: 0; overflow-wrap: anywhere }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .5rem }
p { margin: .25rem 0 } .quiet { color: var(--quiet) } .number { font-variant-numeric: tabular-nums }
.outcome { border-left: .45rem solid var(--warn); background: var(--card); padding: .7rem 1rem;
  margin: 1.2rem 0; font-size: 1.05rem }
.outcome b { font-size: 1.35rem; display: block; color: var(--warn) }
.fail { border-color: var(--fail) } .fail b { color: var(--fail) }
.pass { border-color: var(--pass) } .pass b { color: var(--pass) }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; list-style: none }
.counts li { background: var(--card); padding: .35rem .8rem }
.counts b { font-size: 1.25rem; display: block }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 }
td, th { border-bottom: 1px solid var(--line); padding: .4rem .6rem .4rem 0; text-align: left;
  vertical-align: top; overflow-wrap: anywhere }
.facts th { width: 9rem } .facts td, .facts th { padding-top: .15rem; padding-bottom: .15rem }
.flags { table-layout: fixed } .flags th:nth-child(1) { width: 5% }
.flags th:nth-child(2) { width: 22% } .flags th:nth-child(4) { width: 25% }
.flags img { width: 100%; height: auto; display: block }
.none { background: var(--card); color: var(--quiet); padding: 1.6rem .5rem; text-align: center }
.curve { width: 100%; max-width: 24rem; display: block; margin-top: .4rem; font-size: 9px;
  fill: var(--quiet) }
.curve polyline { fill: none; stroke: var(--metric); stroke-width: 1.2 }
.curve .threshold { stroke: var(--fail); stroke-dasharray: 4 3 }
.curve .flagged { fill: var(--shade) }
.comment { border-left: 3px solid var(--line); padding-left: .5rem; white-space: pre-wrap }
.blocker { color: var(--fail); font-weight: 600 } .issue { color: var(--warn); font-weight: 600 }
@media print { :root { color-scheme: light; --quiet: #5d6670; --fail: #b3261e; --pass: #1b6e3c;
  --warn: #8a5a00; --metric: #1f6fb2 }
  body { margin: 0; max-width: none; font-size: 10pt; padding: 0 }
  tr, .outcome { break-inside: avoid } thead { display: table-header-group }
  .outcome, .counts li, .curve .flagged { print-color-adjust: exact } @page { margin: 15mm } }
"""


def html_page(report: Report) -> bytes:
    """The whole page as UTF-8: cover, flags, method and versions."""
    name = _text(report.title.name)
    body = _cover(report) + _flags(report) + _method(report)
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name}: quality report</title><style>{_STYLE}</style></head>"
        f"<body>{body}</body></html>\n"
    )
    return page.encode()


def _text(text: str) -> str:
    return escape(clean(text))


def _cover(report: Report) -> str:
    outcome = report.outcome
    tone = {"fail": "fail", "incomplete": ""}.get(str(outcome.word), "pass")
    counts = "".join(
        f"<li><b>{report.counts[state]}</b>{STATE_TITLES[state]}</li>" for state in STATES
    )
    listed = f"Lists {ONLY_TITLES[report.only]}"
    if report.reviewer:
        listed += f"; counts the verdicts of <bdi>{_text(report.reviewer)}</bdi> alone"
    notes = "".join(f"<p class='quiet'><bdi>{_text(note)}</bdi></p>" for note in report.notes)
    return (
        f"<p class='quiet'>Quality report</p><h1><bdi>{_text(report.title.name)}</bdi></h1>"
        f'<div class="outcome {tone}"><b>{outcome.title}</b>{_text(outcome.sentence)}</div>'
        f'<ul class="counts">{counts}</ul>'
        f'<table class="facts">{_rows(facts(report))}</table>'
        f"<p class='quiet'>{listed}.</p>{notes}"
    )


def _rows(rows: tuple[Row, ...]) -> str:
    return "".join(
        f'<tr><th scope="row">{_text(name)}</th><td><bdi>{_text(value)}</bdi></td></tr>'
        for name, value in rows
    )


def _flags(report: Report) -> str:
    listed = report.listed
    if not listed:
        return "<h2>Flags</h2><p>There is none to list.</p>"
    rows = "".join(_flag(entry, report) for entry in listed)
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("#", "Picture", "Flag", "Verdict"))
    return f'<h2>Flags</h2><table class="flags"><thead><tr>{heads}</tr></thead>{rows}</table>'


def _flag(entry: Entry, report: Report) -> str:
    return (
        f'<tr><td class="number">{entry.number}</td><td>{_picture(entry, report)}</td>'
        f"<td>{_claim(entry, report)}</td><td>{_decision(entry)}</td></tr>"
    )


def _picture(entry: Entry, report: Report) -> str:
    data = report.pictures.get(entry.number)
    if data is None:
        return '<div class="none">no picture</div>'
    what = _text(f"{defect_title(entry.defect)}, flag {entry.number}")
    return f'<img alt="{what}" src="data:image/jpeg;base64,{b64encode(data).decode()}">'


def _claim(entry: Entry, report: Report) -> str:
    start, stop = report.clock.frames(entry.span)
    clock = report.clock
    times = (
        f"{clock.timecode(start)} – {clock.timecode(stop)}<br>"
        f'<span class="quiet">{format_clock(entry.span.start_s)} – '
        f"{format_clock(entry.span.end_s)}</span>"
    )
    source = _text(detector_title(entry.detector))
    if entry.finding is not None:
        source += f" · score {entry.finding.score:.2f}"
    curve = curve_of(entry, report)
    note, offset = note_of(entry), sync_line(entry)
    return (
        f"<b>{_text(defect_title(entry.defect))}</b>"
        f'<p class="number">{times}</p>'
        f'<p class="quiet">{source} · stream {entry.stream}</p>'
        + (f"<p><bdi>{_text(note)}</bdi></p>" if note else "")
        + (f'<p class="number"><b>{_text(offset)}</b></p>' if offset else "")
        + (svg_of(curve) if curve is not None else "")
    )


def _decision(entry: Entry) -> str:
    severity = severity_title(entry)
    parts = [f"<b>{_text(capital(state_title(entry)))}</b>"]
    if severity:
        parts.append(f'<p class="{entry.severity!s}">{_text(capital(severity))}</p>')
    for verdict in entry.verdicts:
        said = STATE_TITLES[str(verdict.decision)]
        parts.append(
            f'<p class="quiet"><bdi>{_text(verdict.reviewer)}</bdi>: {said}, '
            f"{verdict.at:%Y-%m-%d %H:%M} UTC</p>"
        )
    for reviewer, comment in comments(entry):
        name = f"{_text(reviewer)}: " if len(entry.verdicts) > 1 else ""
        parts.append(f'<p class="comment" dir="auto">{name}{_text(comment)}</p>')
    return "".join(parts)


def _method(report: Report) -> str:
    rows = "".join(
        f"<tr><td>{_text(row.title)}</td><td>{_text(row.thresholds)}</td>"
        f"<td>{_text(row.severity)}</td><td>{_text(row.source)}</td></tr>"
        for row in method_rows(report)
    )
    heads = ("Detector", "Thresholds", "Proposed severity", "Source")
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    table = f"<table><thead><tr>{head}</tr></thead>{rows}</table>" if rows else ""
    return (
        "<h2>Method</h2><p>Detectors propose flags, people decide. A detector measures the title, "
        "and the profile's thresholds turn what it measured into flags. Nothing here certifies "
        f"anything.</p>{table}"
        f'<h2>Versions</h2><table class="facts">{_rows(version_rows(report))}</table>'
    )
