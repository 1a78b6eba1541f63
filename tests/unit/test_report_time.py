"""Times of exports, read back: by OpenTimelineIO, by its readers of other formats, by webvtt-py."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import opentimelineio as otio
import pytest
import webvtt
from helpers.report_value import TIMINGS, Timing, frame_span, make_entry, make_report, timed_title

from core.domain.errors import KnownError
from core.domain.finding import Band
from core.domain.time import Span
from core.domain.verdict import Decision
from core.reports.clock import clock_of
from core.reports.format import FORMATS
from core.reports.report import Report

FRAMES = ((0, 1), (47, 50), (1799, 1801), (17982, 18010))


def report_of(timing: Timing, start: str = "") -> Report:
    entries = [
        make_entry(n, frame_span(timing, *frames), Decision.CONFIRM)
        for n, frames in enumerate(FRAMES, 1)
    ]
    return make_report(timing, entries, start=start)


def halves(timing: Timing) -> int:
    """Frames that timecode counts as one."""
    return 2 if timing.rate > 60 else 1


def counted(timing: Timing) -> list[tuple[int, int]]:
    """First and stop of every flag, in frames that are counted."""
    if timing.variable:
        rate = Fraction(24) / timing.rate
        return [(round(a * rate - Fraction(1, 2)), round(b * rate)) for a, b in FRAMES]
    n = halves(timing)
    return [(first // n, -(-stop // n)) for first, stop in FRAMES]


def text_of(name: str, report: Report) -> str:
    return FORMATS[name].make(report).decode()


@pytest.fixture(params=TIMINGS)
def timing(request: pytest.FixtureRequest) -> Timing:
    return TIMINGS[request.param]


def near(timing: Timing) -> int:
    """Frames by which a rate that varies may be off, as it has no frame numbers."""
    return 1 if timing.variable else 0


def test_timecode_of_the_edit_list_is_that_of_the_frames(timing: Timing) -> None:
    report = report_of(timing)
    lines = text_of("edl", report).splitlines()
    assert lines[1] == f"FCM: {'DROP FRAME' if timing.drop else 'NON-DROP FRAME'}"
    located = [line.split()[2] for line in lines if line.startswith("* LOC: ")]
    rate = float(report.clock.rate)
    first = round(otio.opentime.from_timecode(lines[3].split()[4], rate).value)
    read = [round(otio.opentime.from_timecode(code, rate).value) - first for code in located]
    for got, (wanted, _stop) in zip(read, counted(timing), strict=True):
        assert abs(got - wanted) <= near(timing)
    assert all((";" in code) is timing.drop for code in located)


def test_the_edit_list_is_read_by_opentimelineio(timing: Timing) -> None:
    report = report_of(timing)
    timeline = otio.adapters.read_from_string(
        text_of("edl", report), "cmx_3600", rate=float(report.clock.rate)
    )
    clip = next(iter(timeline.find_clips()))
    assert clip.name == "title.mp4"
    assert round(clip.duration().value) == report.clock.length
    if not timing.drop:  # its reader knows locators with colons alone
        assert len(clip.markers) == len(FRAMES)
        assert [marker.color for marker in clip.markers] == ["YELLOW"] * len(FRAMES)


def test_markers_of_opentimelineio_lie_on_the_frames(timing: Timing) -> None:
    report = report_of(timing)
    timeline = otio.adapters.read_from_string(text_of("otio", report), "otio_json")
    clip = next(iter(timeline.find_clips()))
    first = clip.available_range().start_time
    assert first == timeline.global_start_time
    for marker, (start, stop) in zip(clip.markers, counted(timing), strict=True):
        span = marker.marked_range
        assert abs((span.start_time - first).value - start) <= near(timing)
        assert abs((span.end_time_exclusive() - first).value - stop) <= near(timing)
    kept = clip.markers[1].metadata["onglass"]
    exact = report.entries[1].span
    assert (kept["start_pts"], kept["end_pts"]) == (exact.start, exact.end)


def test_markers_of_final_cut_lie_on_the_frames(timing: Timing) -> None:
    report = report_of(timing)
    timeline = otio.adapters.read_from_string(text_of("fcp7", report), "fcp_xml")
    markers = timeline.tracks.markers
    for marker, (start, stop) in zip(markers, counted(timing), strict=True):
        span = marker.marked_range
        assert abs(span.start_time.value - start) <= near(timing)
        assert abs(span.end_time_exclusive().value - stop) <= near(timing)
        assert abs(span.start_time.rate - float(report.clock.rate)) < 0.01
    assert timeline.global_start_time is not None
    assert round(timeline.global_start_time.value) == report.clock.first


def test_cues_and_labels_keep_the_times_to_the_millisecond(timing: Timing) -> None:
    report = report_of(timing)
    origin = report.title.start.exact
    cues = webvtt.from_string(text_of("webvtt", report)).captions
    rows = [line.split("\t") for line in text_of("audacity", report).splitlines()]
    for entry, cue, row in zip(report.entries, cues, rows, strict=True):
        start, end = (float(t.exact - origin) for t in (entry.span.start_time, entry.span.end_time))
        assert cue.start_in_seconds == int(start + 0.0005)
        milli = cue.start_time
        assert milli.milliseconds == round(start * 1000) % 1000
        assert float(row[0]) == pytest.approx(start, abs=2e-5)
        assert float(row[1]) == pytest.approx(end, abs=2e-5)


def test_json_and_csv_keep_every_tick(timing: Timing) -> None:
    report = report_of(timing)
    document = json.loads(text_of("json", report))
    table = list(csv.DictReader(io.StringIO(FORMATS["csv"].make(report).decode("utf-8-sig"))))
    for entry, listed, row in zip(report.entries, document["entries"], table, strict=True):
        for source in (listed, row):
            base = Fraction(source["time_base"])
            assert Span(int(source["start_pts"]), int(source["end_pts"]), base) == entry.span
            assert float(source["start_s"]) == entry.span.start_s
        assert row["timecode_in"] == listed["timecode_in"]


def test_timecode_agrees_with_what_a_file_is_said_to_begin_with() -> None:
    report = report_of(TIMINGS["29.97 drop"], start="01:00:00;00")
    listed = json.loads(text_of("json", report))["entries"]
    assert [e["timecode_in"] for e in listed] == [
        "01:00:00;00",
        "01:00:01;17",
        "01:00:59;29",
        "01:10:00;00",
    ]
    assert clock_of(report.title, start="01:00:00;00").drop_frame
    assert clock_of(timed_title(TIMINGS["25"]), start="10:00:00:00").timecode(1) == "10:00:00:01"


@pytest.mark.parametrize("start", ["1 o'clock", "00:00:00:25", "-00:00:01:00", "00:01:00;00"])
def test_a_start_that_does_not_exist_is_refused(start: str) -> None:
    timing = TIMINGS["29.97 drop" if ";" in start else "25"]
    with pytest.raises(KnownError, match="timecode"):
        clock_of(timed_title(timing), start=start)


def test_timecode_begins_anew_after_a_day() -> None:
    clock = clock_of(timed_title(TIMINGS["29.97 drop"]), True, "23:59:59;29")
    assert clock.timecode(1) == "00:00:00;00"
    clock = clock_of(timed_title(TIMINGS["25"]), start="23:59:59:24")
    assert clock.timecode(1) == "00:00:00:00"


def test_a_label_with_a_band_has_its_second_line() -> None:
    span = Span.from_seconds(1, 2, Fraction(1, 48000))
    entry = make_entry(1, span, defect="hum", stream=1, band=Band(49.5, 50.5))
    report = make_report(entries=[entry])
    lines = text_of("audacity", report).splitlines()
    assert lines[1] == "\\\t49.500000\t50.500000"


def test_sound_between_two_frames_covers_both() -> None:
    timing = TIMINGS["25"]
    span = Span.from_seconds(Fraction(101, 1000), Fraction(119, 1000), Fraction(1, 48000))
    assert clock_of(timed_title(timing)).frames(span) == (2, 3)
    span = Span.from_seconds(Fraction(1), Fraction(1), Fraction(1, 48000))
    assert clock_of(timed_title(timing)).frames(span) == (25, 26)
