"""The table of formats: the command, the dialog and the documentation derive from it.

A format is loaded when it is used: some bring libraries that take seconds to import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.domain.errors import BugError
from core.reports.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a report.

    Attributes:
        id: Stable identifier; names it on the command line.
        title: What people call it.
        suffix: How its files end, with the dot.
        help: One sentence: what it is for.
        make: Turns a report into the content of a file.
        pictures: It shows pictures and curves, so that they are worth reading.
    """

    id: str
    title: str
    suffix: str
    help: str
    make: Callable[[Report], bytes]
    pictures: bool = False


def _json(report: Report) -> bytes:
    from core.reports.json_document import json_document

    return json_document(report)


def _csv(report: Report) -> bytes:
    from core.reports.csv_table import csv_table

    return csv_table(report)


def _html(report: Report) -> bytes:
    from core.reports.html_page import html_page

    return html_page(report)


def _pdf(report: Report) -> bytes:
    from core.reports.pdf import pdf

    return pdf(report)


def _edl(report: Report) -> bytes:
    from core.reports.edl import edl

    return edl(report)


def _fcp7(report: Report) -> bytes:
    from core.reports.fcp7 import fcp7

    return fcp7(report)


def _otio(report: Report) -> bytes:
    from core.reports.otio import otio_timeline

    return otio_timeline(report)


def _webvtt(report: Report) -> bytes:
    from core.reports.webvtt import webvtt

    return webvtt(report)


def _audacity(report: Report) -> bytes:
    from core.reports.audacity import audacity

    return audacity(report)


def _table(*formats: Format) -> Mapping[str, Format]:
    table = {entry.id: entry for entry in formats}
    if len(table) != len(formats):
        raise BugError("two formats share an id")
    return MappingProxyType(table)


FORMATS = _table(
    Format("html", "HTML report", ".html", "One page to read and print.", _html, True),
    Format("pdf", "PDF report", ".pdf", "The same on paper.", _pdf, True),
    Format("json", "JSON", ".json", "Everything, for programs; times as PTS.", _json),
    Format("csv", "CSV", ".csv", "One row a flag, for spreadsheets.", _csv),
    Format("edl", "CMX3600 EDL", ".edl", "Locators for Avid and others.", _edl),
    Format("fcp7", "Final Cut Pro 7 XML", ".xml", "Markers for Premiere and Resolve.", _fcp7),
    Format("otio", "OpenTimelineIO", ".otio", "Markers for what reads OpenTimelineIO.", _otio),
    Format("webvtt", "WebVTT", ".vtt", "One cue a flag, for players.", _webvtt),
    Format("audacity", "Audacity labels", ".txt", "Labels with their bands.", _audacity),
)
"""All formats, in the order in which they are offered."""


def format_of(format_id: str) -> Format:
    """The format with this id.

    Raises:
        KeyError: There is none.
    """
    return FORMATS[format_id]
