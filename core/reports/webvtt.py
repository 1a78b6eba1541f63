"""The report as WebVTT: one cue a flag, for players that show captions or chapters.

Cue times count from the start of the title, as players count, in milliseconds.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from core.reports.report import Entry, Report
from core.reports.wording import label, one_line, told

_MILLI = 1000


def webvtt(report: Report) -> bytes:
    """The listed entries as UTF-8."""
    blocks = [f"WEBVTT - {_escaped(report.title.name)}"]
    blocks += [_cue(entry, report.title.start.exact) for entry in report.listed]
    return ("\n\n".join(blocks) + "\n").encode()


def _cue(entry: Entry, origin: Fraction) -> str:
    start = _milliseconds(entry.span.start_time.exact - origin)
    end = max(_milliseconds(entry.span.end_time.exact - origin), start + 1)
    lines = [f"{entry.number}", f"{_clock(start)} --> {_clock(end)}", _escaped(label(entry))]
    said = told(entry)
    if said:
        lines.append(_escaped(said))
    return "\n".join(lines)


def _milliseconds(seconds: Fraction) -> int:
    return max(floor(seconds * _MILLI + Fraction(1, 2)), 0)


def _clock(milliseconds: int) -> str:
    whole, milli = divmod(milliseconds, _MILLI)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}.{milli:03d}"


def _escaped(text: str) -> str:
    """One line in which nothing is markup, and no arrow ends a cue."""
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
