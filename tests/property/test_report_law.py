"""Whatever is written and whenever it is, text formats give back every flag in its place."""

from __future__ import annotations

import csv
import html
import io
import json
from fractions import Fraction

import opentimelineio as otio
import webvtt
from helpers.report_value import TIMINGS, make_entry, make_report
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.time import Span
from core.domain.timecode import FRAME_SLACK
from core.domain.verdict import Decision
from core.reports.format import FORMATS
from core.reports.report import Entry, Report
from core.reports.wording import clean, one_line

_TEXT = st.text(st.characters(), max_size=60)
_BASES = st.sampled_from([Fraction(1, 90000), Fraction(1, 1000), Fraction(1001, 30000)])


@st.composite
def reports(draw: st.DrawFn) -> Report:
    timing = TIMINGS[draw(st.sampled_from(sorted(TIMINGS)))]
    entries: list[Entry] = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        base = draw(_BASES)
        start = timing.start_s + draw(st.integers(0, 1_100_000)) / Fraction(1000)
        span = Span.from_seconds(start, start + draw(st.integers(0, 9000)) * base, base)
        decision = draw(st.sampled_from([Decision.CONFIRM, Decision.REJECT, Decision.MISSED]))
        comment = draw(_TEXT)
        entries.append(make_entry(number, span, decision, comment=comment, note=draw(_TEXT)))
    return make_report(timing, entries)


def _comment(entry: Entry) -> str:
    return entry.verdicts[0].comment


def _told(entry: Entry) -> str:
    note = "" if entry.finding is None else entry.finding.evidence.note
    return one_line(_comment(entry)) or one_line(note)


@settings(max_examples=60)
@given(reports())
def test_json_and_csv_give_back_text_and_ticks(report: Report) -> None:
    listed = json.loads(FORMATS["json"].make(report))["entries"]
    text = FORMATS["csv"].make(report).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for entry, item, row in zip(report.entries, listed, rows, strict=True):
        assert item["verdicts"][0]["comment"] == _comment(entry)
        assert not row["comment"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert row["comment"] in (clean(_comment(entry)), f"'{clean(_comment(entry))}")
        for source in (item, row):
            base = Fraction(source["time_base"])
            assert Span(int(source["start_pts"]), int(source["end_pts"]), base) == entry.span


@settings(max_examples=60)
@given(reports())
def test_lines_of_labels_cues_and_locators_stay_lines(report: Report) -> None:
    wanted = [_told(entry) for entry in report.entries]
    labels = FORMATS["audacity"].make(report).decode().split("\n")[:-1]
    assert len(labels) == len(wanted)
    cues = webvtt.from_string(FORMATS["webvtt"].make(report).decode()).captions
    assert len(cues) == len(wanted)
    lines = FORMATS["edl"].make(report).decode().split("\r\n")
    located = [line for line in lines if line.startswith("* LOC: ")]
    assert len(located) == len(wanted)
    assert len(lines) == len(wanted) + 6
    for text, label, cue, line in zip(wanted, labels, cues, located, strict=True):
        assert label.endswith(text)
        assert line.endswith(text)
        assert html.unescape(cue.raw_text).endswith(text)


@settings(max_examples=40)
@given(reports())
def test_markers_hold_their_flag_whole(report: Report) -> None:
    clock = report.clock
    timeline = otio.adapters.read_from_string(FORMATS["otio"].make(report).decode(), "otio_json")
    markers = next(iter(timeline.find_clips())).markers
    cut = otio.adapters.read_from_string(FORMATS["fcp7"].make(report).decode(), "fcp_xml")
    for entry, marker, other in zip(report.entries, markers, cut.tracks.markers, strict=True):
        start, stop = clock.frames(entry.span)
        # No more than the rounding of the span's own time base may be cut off.
        slack = max(entry.span.base * clock.rate, FRAME_SLACK)
        assert start <= (entry.span.start_time.exact - clock.origin) * clock.rate + slack
        assert stop >= (entry.span.end_time.exact - clock.origin) * clock.rate - slack
        assert marker.marked_range.duration.value == stop - start
        assert other.marked_range.start_time.value == start
        assert other.marked_range.end_time_exclusive().value == stop
        assert marker.comment == _told(entry)
