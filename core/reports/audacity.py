"""The report as Audacity labels; a flag with a band of frequencies has it as a second line.

Audacity puts the first sample of a file at 0, so labels count from the start of the first sound
stream, or of the title where there is no sound. Format: Audacity manual, "Importing and Exporting
Labels", "Extended format with frequency ranges".
"""

from __future__ import annotations

from fractions import Fraction

from core.reports.report import Entry, Report
from core.reports.wording import label, told


def audacity(report: Report) -> bytes:
    """The listed entries as UTF-8 lines of start, end and text with tabs between, in seconds."""
    audio = report.title.audio
    origin = audio[0].span.start_time.exact if audio else report.title.start.exact
    return "".join(_lines(entry, origin) for entry in report.listed).encode()


def _lines(entry: Entry, origin: Fraction) -> str:
    start = max(float(entry.span.start_time.exact - origin), 0.0)
    end = max(float(entry.span.end_time.exact - origin), start)
    said = told(entry)
    text = f"{label(entry)} | {said}" if said else label(entry)
    lines = f"{start:.6f}\t{end:.6f}\t{text}\n"
    band = entry.finding.evidence.band if entry.finding is not None else None
    if band is not None:
        lines += f"\\\t{band.low_hz:.6f}\t{band.high_hz:.6f}\n"
    return lines
