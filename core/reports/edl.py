"""The report as a CMX 3600 edit list: the title as one event, each flag as a locator.

Flags may overlap, events of an edit list may not; so the flags are the `* LOC:` lines below the one
event, which Avid and others read as markers. A locator has no length: where the flag ends stands
in its text.
"""

from __future__ import annotations

from core.reports.report import Entry, Report
from core.reports.wording import label, marker_color, one_line, told

_TITLE_LENGTH = 70


def edl(report: Report) -> bytes:
    """The listed entries as UTF-8 lines; `;` before the frames and `FCM` tell drop-frame."""
    clock, title = report.clock, report.title
    first, last = clock.timecode(0), clock.timecode(clock.length)
    counting = "DROP FRAME" if clock.drop_frame else "NON-DROP FRAME"
    channel = "V" if title.video else "A"
    name = one_line(title.name)
    lines = [
        f"TITLE: {name[:_TITLE_LENGTH]}",
        f"FCM: {counting}",
        "",
        f"001  AX       {channel:<5} C        {first} {last} {first} {last}",
        f"* FROM CLIP NAME: {name}",
        *(_locator(entry, report) for entry in report.listed),
    ]
    return ("\r\n".join(lines) + "\r\n").encode()


def _locator(entry: Entry, report: Report) -> str:
    start, stop = report.clock.frames(entry.span)
    text = f"{label(entry)} | to {report.clock.timecode(stop)}"
    said = told(entry)
    if said:
        text += f" | {said}"
    return f"* LOC: {report.clock.timecode(start)} {marker_color(entry):<7} {text}"
