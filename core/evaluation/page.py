"""The report as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from core.evaluation.plot import alarm_plot, point_plot, severity_plot
from core.evaluation.report import why_not_tried
from core.evaluation.run import Evaluated
from core.evaluation.score import (
    Alarms,
    DetectorReport,
    PeerScore,
    Score,
    off_photographs,
    pooled,
)
from core.evaluation.table import markdown

_STYLE = """
:root { --ours: #1f77b4; --theirs: #d2691e; color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin: 2rem 0 .3rem }
p { margin: .3rem 0 } .quiet { opacity: .7 }
.plots { display: flex; flex-wrap: wrap; gap: 1rem }
.plots svg { width: 300px; font-size: 9px; fill: currentColor }
.ours { color: var(--ours) } .theirs { color: var(--theirs) }
table { border-collapse: collapse; font-size: .85rem; margin: .6rem 0 }
td, th { border-bottom: 1px solid #8884; padding: .15rem .5rem; text-align: left }
"""


def html_page(evaluated: Evaluated, reports: Sequence[DetectorReport]) -> str:
    """The whole page: a section with plots for every detector, then the tables."""
    sections = "".join(_section(report, evaluated) for report in reports)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Onglass: accuracy</title><style>{_STYLE}</style></head><body>"
        "<h1>How well the detectors do</h1>"
        '<p><b class="ours">Onglass</b> beside <b class="theirs">FFmpeg</b> on the same files. A '
        "filled circle is Onglass under its default profile, or FFmpeg at the threshold that does "
        "best on these very data; a hollow one is FFmpeg at its defaults.</p>"
        f"{sections}{_tables(markdown(evaluated, reports))}</body></html>\n"
    )


def _section(report: DetectorReport, evaluated: Evaluated) -> str:
    why = why_not_tried(report.spec.id, evaluated)
    tried = f"<p>Not tried on damaged clips: {escape(why)}.</p>" if why else ""
    return (
        f'<section id="{escape(report.spec.id)}"><h2>{escape(report.spec.title)} '
        f'<span class="quiet">{escape(report.spec.id)}</span></h2>{tried}'
        f'<div class="plots">{_severities(report)}{_points(report)}{_alarms(report)}'
        f"{_decoys(report)}</div>"
        "</section>"
    )


def _severities(report: DetectorReport) -> str:
    bars = [
        (f"{severity:g}", score.recall, score.recall_interval)
        for severity, score in report.by_severity.items()
        if score.recall is not None
    ]
    return severity_plot(bars) if bars else ""


def _points(report: DetectorReport) -> str:
    peer = report.peer
    marked = {
        name: (score.recall, score.precision)
        for name, score in (
            ("FFmpeg, default", _score(peer.default if peer else None)),
            ("FFmpeg, best", _score(peer.best if peer else None)),
            ("Onglass", report.main),
        )
        if score.recall is not None and score.precision is not None
    }
    if not marked:
        return ""
    return point_plot(report.points, peer.points if peer else (), marked)


def _score(peer: PeerScore | None) -> Score:
    return Score() if peer is None else peer.score


def _alarms(report: DetectorReport) -> str:
    sides = [("Onglass", report.alarms)]
    if report.peer is not None:
        for name, score in (("default", report.peer.default), ("best", report.peer.best)):
            if score is not None:
                sides.append((f"FFmpeg, {name}", score.alarms))
    rows = _rates([(name, off_photographs(alarms)) for name, alarms in sides])
    return alarm_plot(rows) if rows else ""


def _decoys(report: DetectorReport) -> str:
    """Alarms on clean content that looks damaged; nothing for a detector not tried on it."""
    if not report.decoys:
        return ""
    best = report.peer.best if report.peer is not None else None
    sides = [("Onglass", report.decoys), ("FFmpeg, best", best.decoys if best is not None else {})]
    rows = _rates([(name, pooled(alarms.values())) for name, alarms in sides])
    return alarm_plot(rows, "On what only looks damaged")


def _rates(sides: Sequence[tuple[str, Alarms]]) -> list[tuple[str, float, float]]:
    """Name, alarms an hour and their bound, of sides that looked at something."""
    return [
        (name, alarms.rate, alarms.upper)
        for name, alarms in sides
        if alarms.rate is not None and alarms.upper is not None
    ]


def _tables(text: str) -> str:
    """The Markdown report, as far as it is headings, paragraphs, lists and tables."""
    parts: list[str] = []
    table: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            parts.append(_table(table))
            table = []
        if line.startswith("#"):
            parts.append(f"<h2>{_inline(line.lstrip('# '))}</h2>")
        elif line.strip():
            parts.append(f"<p>{_inline(line)}</p>")
    return "".join(parts)


def _table(lines: Sequence[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    head = "".join(f"<th>{_inline(cell)}</th>" for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[2:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    parts = escape(text).split("`")
    code = "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))
    bold = code.split("**")
    return "".join(f"<b>{p}</b>" if i % 2 else p for i, p in enumerate(bold))
