"""What people write comes through every export as text, and runs nothing."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import opentimelineio as otio
import pytest
import webvtt
from helpers.report_value import (
    HOSTILE,
    TIMINGS,
    frame_span,
    hostile_report,
    make_entry,
    make_report,
)
from pypdf import PdfReader

from core.domain.errors import KnownError
from core.domain.time import Span
from core.domain.verdict import Decision
from core.reports import font
from core.reports.clock import clock_of
from core.reports.font import MISSING
from core.reports.format import FORMATS
from core.reports.report import Report
from core.reports.wording import clean, one_line


class Page(HTMLParser):
    """Collects text, elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.comments: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if ("class", "comment") in attrs:
            self._inside = True
            self.comments.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.comments[-1] += data


def made(name: str, report: Report) -> str:
    return FORMATS[name].make(report).decode()


@pytest.fixture(scope="module")
def hostile() -> Report:
    return hostile_report()


def test_json_says_every_text_exactly(hostile: Report) -> None:
    entries = json.loads(made("json", hostile))["entries"]
    assert [entry["verdicts"][0]["comment"] for entry in entries] == list(HOSTILE)


def test_no_cell_of_the_table_is_a_formula(hostile: Report) -> None:
    text = FORMATS["csv"].make(hostile).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    said = [row["comment"] for row in rows]
    assert [cell.removeprefix("'") for cell in said] == [clean(text) for text in HOSTILE]
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if re.match(r"[=+@\t\r\n-]", cell)]
    assert rows[3]["comment"].startswith("'=HYPERLINK")


def test_numbers_in_the_table_stay_numbers() -> None:
    timing = TIMINGS["25"]
    report = make_report(entries=[make_entry(1, frame_span(timing, -2, 3))])
    (row,) = csv.DictReader(io.StringIO(FORMATS["csv"].make(report).decode("utf-8-sig")))
    assert float(row["start_s"]) == -0.08


def test_the_page_holds_the_words_and_nothing_that_acts(hostile: Report) -> None:
    page = Page()
    text = made("html", hostile)
    page.feed(text)
    assert page.comments == [clean(comment) for comment in HOSTILE]
    assert not page.tags & {"script", "iframe", "object", "link", "a", "form", "base"}
    assert not [name for name in page.names if name.startswith("on")]
    assert all(link.startswith("data:image/jpeg;base64,") for link in page.links)
    assert "default-src 'none'" in html.unescape(text)
    assert not re.search(r"https?://(?!x\")", text.replace("http://x&quot;", ""))


def test_the_page_draws_the_curve_of_each_finding(hostile: Report) -> None:
    text = made("html", hostile)
    assert text.count("<svg") == sum(e.span.start_s < 62 for e in hostile.entries)
    assert "threshold 0.5" in text


def test_locators_and_cues_and_labels_are_one_line_each(hostile: Report) -> None:
    wanted = [one_line(comment) for comment in HOSTILE]
    lines = made("edl", hostile).splitlines()
    located = [line for line in lines if line.startswith("* LOC: ")]
    assert [line.split(" | ", 4)[-1] for line in located] == [f"{text}" for text in wanted]
    cues = webvtt.from_string(made("webvtt", hostile)).captions
    assert [html.unescape(cue.raw_text.split("\n", 1)[1]) for cue in cues] == wanted
    labels = [line.split("\t") for line in made("audacity", hostile).split("\n")[:-1]]
    assert [len(label) for label in labels] == [3] * len(HOSTILE)
    assert [label[2].split(" | ", 3)[-1] for label in labels] == wanted


def test_markers_carry_the_words(hostile: Report) -> None:
    wanted = [one_line(comment) for comment in HOSTILE]
    timeline = otio.adapters.read_from_string(made("otio", hostile), "otio_json")
    clip = next(iter(timeline.find_clips()))
    assert [marker.comment for marker in clip.markers] == wanted
    timeline = otio.adapters.read_from_string(made("fcp7", hostile), "fcp_xml")
    said = [marker.metadata["fcp_xml"].get("comment") for marker in timeline.tracks.markers]
    assert said == wanted


def test_the_document_says_the_words_and_holds_no_action(hostile: Report) -> None:
    data = FORMATS["pdf"].make(hostile)
    reader = PdfReader(io.BytesIO(data))
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))
    for comment in HOSTILE:
        if comment.isascii() and comment.isprintable():
            assert re.sub(r"\s+", "", comment) in text, comment
    assert "םלועםולש" in text or "שלוםעולם" in text
    assert "x" * 300 in text
    assert MISSING in text
    assert not re.search(rb"/JavaScript|/JS\b|/Launch|/URI|/EmbeddedFile|/Annot", data)
    # Where to begin to read, not what to do.
    assert isinstance(reader.root_object["/OpenAction"], list)


def test_the_document_has_cover_flags_and_method_of_many_pages() -> None:
    timing = TIMINGS["25"]
    entries = [
        make_entry(
            n, frame_span(timing, 60 * n, 60 * n + 9), Decision.CONFIRM, comment=f"note {n}."
        )
        for n in range(1, 41)
    ]
    reader = PdfReader(io.BytesIO(FORMATS["pdf"].make(make_report(timing, entries))))
    pages = [page.extract_text() for page in reader.pages]
    assert "Fail" in pages[0]
    assert "40 defects to fix." in pages[0]
    assert sum(f"note {n}." in page for n in range(1, 41) for page in pages) == 40
    assert "Method" in "".join(pages)
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    assert reader.metadata is not None
    assert reader.metadata.title == "title.mp4: quality report"


def test_a_long_comment_goes_on_over_pages_and_keeps_what_follows() -> None:
    words = [f"word{n}" for n in range(400)]
    timing = TIMINGS["25"]
    said = [" ".join(words), "after it"]
    entries = [
        make_entry(n, frame_span(timing, 60 * n, 60 * n + 9), Decision.CONFIRM, comment=comment)
        for n, comment in enumerate(said, 1)
    ]
    reader = PdfReader(io.BytesIO(FORMATS["pdf"].make(make_report(timing, entries))))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert [word for word in words if word not in text] == []
    assert "after it" in text


@pytest.mark.parametrize("name", FORMATS)
def test_sound_alone_is_reported_in_every_format(name: str) -> None:
    report = make_report(entries=[make_entry(1, Span(48000, 96000, Fraction(1, 48000)), stream=1)])
    title = replace(report.title, video=())
    data = FORMATS[name].make(replace(report, title=title, clock=clock_of(title))).decode("latin-1")
    if name == "edl":
        assert "001  AX       A     C        00:00:00:00 00:20:00:00" in data
        assert "* LOC: 00:00:01:00 YELLOW" in data
    elif name in ("otio", "fcp7"):
        read = otio.adapters.read_from_string(data, {"otio": "otio_json", "fcp7": "fcp_xml"}[name])
        assert [track.kind for track in read.tracks] == ["Audio"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_without_flags_is_whole_in_every_format(name: str) -> None:
    data = FORMATS[name].make(make_report())
    if name == "audacity":
        assert data == b""
    else:
        assert len(data) > 15


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_name_of_the_file_and_the_reviewer_breaks_nothing(name: str) -> None:
    span = frame_span(TIMINGS["25"], 1, 5)
    # Embedding fonts takes a while.
    for text in HOSTILE[::5] if name == "pdf" else HOSTILE:
        entry = make_entry(1, span, Decision.MISSED, reviewer=text, note=text)
        report = make_report(entries=[entry], notes=(text,))
        path = Path("/media") / text.replace("/", "∕").replace("\0", "")[:200]
        report = replace(report, title=replace(report.title, path=path))
        data = FORMATS[name].make(report)
        assert data
        if name in ("otio", "fcp7"):
            reader = {"otio": "otio_json", "fcp7": "fcp_xml"}[name]
            assert otio.adapters.read_from_string(data.decode(), reader).name == one_line(path.name)


def test_letters_that_cannot_be_unpacked_are_a_sentence(
    hostile: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setattr(font, "cache_dir", lambda: tmp_path / "cache")
    with pytest.raises(KnownError, match="cache folder"):
        FORMATS["pdf"].make(hostile)
