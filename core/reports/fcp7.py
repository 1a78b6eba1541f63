"""The report as Final Cut Pro 7 XML (xmeml 5): the title as a sequence, each flag as a marker.

Premiere Pro, DaVinci Resolve and others read it.
"""

from __future__ import annotations

from xml.etree import ElementTree

from core.reports.clock import EditClock
from core.reports.report import Entry, Report
from core.reports.wording import file_url, label, one_line, told

_COLORS = {
    "RED": (220, 40, 40),
    "YELLOW": (230, 190, 30),
    "CYAN": (40, 180, 200),
    "GREEN": (60, 170, 80),
    "WHITE": (235, 235, 235),
}


def fcp7(report: Report) -> bytes:
    """The listed entries as UTF-8 XML; frames count from the first one of the title."""
    root = ElementTree.Element("xmeml", version="5")
    sequence = _below(root, "sequence")
    sequence.set("id", "title")
    _below(sequence, "name", one_line(report.title.name))
    _below(sequence, "duration", str(report.clock.length))
    _rate(sequence, report.clock)
    _timecode(sequence, report.clock)
    _media(_below(sequence, "media"), report)
    for entry in report.listed:
        _marker(sequence, entry, report.clock)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n{body}\n'.encode()


def _below(parent: ElementTree.Element, tag: str, text: str = "") -> ElementTree.Element:
    child = ElementTree.SubElement(parent, tag)
    child.text = text or None
    return child


def _rate(parent: ElementTree.Element, clock: EditClock) -> None:
    rate = _below(parent, "rate")
    _below(rate, "timebase", str(clock.nominal))
    _below(rate, "ntsc", "TRUE" if clock.ntsc else "FALSE")


def _timecode(parent: ElementTree.Element, clock: EditClock) -> None:
    timecode = _below(parent, "timecode")
    _rate(timecode, clock)
    _below(timecode, "string", clock.timecode(0))
    _below(timecode, "frame", str(clock.first))
    _below(timecode, "displayformat", "DF" if clock.drop_frame else "NDF")


def _media(media: ElementTree.Element, report: Report) -> None:
    """One track with the whole title as its clip."""
    title, clock = report.title, report.clock
    kind = _below(media, "video" if title.video else "audio")
    if title.video:
        width, height = title.video[0].width, title.video[0].height
        looks = _below(_below(kind, "format"), "samplecharacteristics")
        _rate(looks, clock)
        _below(looks, "width", str(width))
        _below(looks, "height", str(height))
    clip = _below(_below(kind, "track"), "clipitem")
    clip.set("id", "clip")
    _below(clip, "name", one_line(title.name))
    _below(clip, "duration", str(clock.length))
    _rate(clip, clock)
    for tag, frame in (("start", 0), ("end", clock.length), ("in", 0), ("out", clock.length)):
        _below(clip, tag, str(frame))
    file = _below(clip, "file")
    file.set("id", "file")
    _below(file, "name", one_line(title.name))
    _below(file, "pathurl", file_url(title.path))
    _below(file, "duration", str(clock.length))
    _rate(file, clock)
    _timecode(file, clock)


def _marker(sequence: ElementTree.Element, entry: Entry, clock: EditClock) -> None:
    start, stop = clock.frames(entry.span)
    marker = _below(sequence, "marker")
    _below(marker, "comment", told(entry))
    _below(marker, "name", label(entry))
    _below(marker, "in", str(start))
    _below(marker, "out", str(stop))
