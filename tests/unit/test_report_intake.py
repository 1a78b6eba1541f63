"""Lists of flags from elsewhere: times, defects and words are understood, or it is said."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from helpers.report_value import (
    TIMINGS,
    frame_span,
    hostile_report,
    make_entry,
    make_report,
    timed_title,
)

from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.run import IMPORTED
from core.domain.title import Title
from core.domain.verdict import Decision
from core.reports.clock import clock_of
from core.reports.edl import edl
from core.reports.intake import claim, take
from core.reports.intake.take import UNNAMED, Intake, read_list
from core.reports.json_document import json_document

TITLE = timed_title(TIMINGS["25"])

FOREIGN = """TITLE: QC
FCM: NON-DROP FRAME

001  AX       V     C        00:00:00:00 00:00:01:00 01:00:10:00 01:00:11:12
* FROM CLIP NAME: black frames.mov
* COMMENT: Dropout in the left channel, blocker
002  AX       AA    C        00:00:00:00 00:00:01:00 01:00:20:00 01:00:20:00
"""


def written(folder: Path, name: str, data: object) -> Path:
    path = folder / name
    raw = data if isinstance(data, bytes) else data.encode() if isinstance(data, str) else None
    path.write_bytes(json.dumps(data).encode() if raw is None else raw)
    return path


def taken(folder: Path, data: object, name: str = "list.json", title: Title = TITLE) -> Intake:
    return read_list(written(folder, name, data), title)


@pytest.mark.parametrize("name", TIMINGS)
@pytest.mark.parametrize("form", ["json", "edl"])
def test_what_was_exported_comes_back_in_its_frames(tmp_path: Path, name: str, form: str) -> None:
    timing = TIMINGS[name]
    spans = [frame_span(timing, 10, 11), frame_span(timing, 1799, 1803), frame_span(timing, 0, 90)]
    report = make_report(timing, [make_entry(i, span) for i, span in enumerate(spans, 1)])
    data = json_document(report) if form == "json" else edl(report)
    intake = taken(tmp_path, data, f"list.{form}", report.title)
    clock = clock_of(report.title, timing.drop)
    got = sorted(clock.frames(finding.span) for finding in intake.findings)
    assert got == sorted(clock.frames(span) for span in spans)
    assert {f.detector for f in intake.findings} == {IMPORTED}
    assert {f.defect for f in intake.findings} == {report.entries[0].defect}


def test_exact_times_of_the_same_time_base_stay_as_they_are(tmp_path: Path) -> None:
    span = frame_span(TIMINGS["25"], 5, 9)
    report = make_report(TIMINGS["25"], [make_entry(1, span)])
    assert taken(tmp_path, json_document(report)).findings[0].span == span


def test_words_of_a_report_come_along(tmp_path: Path) -> None:
    span = frame_span(TIMINGS["25"], 5, 9)
    report = make_report(
        TIMINGS["25"], [make_entry(1, span, Decision.CONFIRM, comment="look left")]
    )
    assert taken(tmp_path, json_document(report)).findings[0].evidence.note == "look left"


def test_a_plain_list_needs_times_alone(tmp_path: Path) -> None:
    listed = [
        {"start_s": 1.5, "end_s": 2, "defect": "Freeze", "severity": "Blocker", "note": "stuck"},
        {"start_s": 3, "end_s": 4},
        {"start_s": 5, "end_s": 6, "defect": "clicks", "score": 0.25},
    ]
    intake = taken(tmp_path, listed)
    frozen, unnamed, clicks = intake.findings
    assert (frozen.defect, frozen.severity, frozen.evidence.note) == (
        "freeze",
        Severity.BLOCKER,
        "stuck",
    )
    assert (frozen.span.start_s, frozen.span.end_s) == (1.5, 2.0)
    assert unnamed.defect == UNNAMED
    assert clicks.score == 0.25
    assert clicks.stream == TITLE.audio[0].index
    assert any("Without a known defect: 1" in note for note in intake.notes)


def test_of_a_scan_of_many_titles_the_right_one_is_taken(tmp_path: Path) -> None:
    def one(fingerprint: str, at: float) -> dict[str, object]:
        found = [{"defect": "black", "start_s": at, "end_s": at + 1}]
        return {"path": "x.mp4", "fingerprint": fingerprint, "findings": found}

    scan = {"titles": [one("00" * 32, 1), one(TITLE.fingerprint, 7)]}
    assert [f.span.start_s for f in taken(tmp_path, scan).findings] == [7.0]
    with pytest.raises(KnownError, match="2 titles"):
        taken(tmp_path, {"titles": [one("00" * 32, 1), one("11" * 32, 7)]})


def test_a_list_about_another_file_is_taken_and_said(tmp_path: Path) -> None:
    report = make_report(TIMINGS["25"], [make_entry(1, frame_span(TIMINGS["25"], 5, 9))])
    other = replace(TITLE, fingerprint="cd" * 32)
    intake = taken(tmp_path, json_document(report), title=other)
    assert any("another file" in note for note in intake.notes)


def test_events_of_a_list_without_locators_are_flags(tmp_path: Path) -> None:
    path = written(tmp_path, "qc.edl", FOREIGN)
    dropout, other = read_list(path, TITLE, start_timecode="01:00:00:00").findings
    assert (dropout.defect, dropout.severity) == ("dropout", Severity.BLOCKER)
    assert (dropout.span.start_s, dropout.span.end_s) == (10.0, 11.48)
    assert (other.span.start_s, other.span.end_s) == (20.0, 20.04)


def test_what_lies_outside_is_left_out_and_said(tmp_path: Path) -> None:
    path = written(tmp_path, "qc.edl", FOREIGN)
    with pytest.raises(KnownError, match=r"All 2 flags .* outside"):
        read_list(path, TITLE)
    listed = [{"start_s": 1, "end_s": 2}, {"start_s": 99_999, "end_s": 100_000}]
    assert any("1 of 2 lie outside" in note for note in taken(tmp_path, listed).notes)


def test_what_reaches_beyond_the_end_is_cut_there(tmp_path: Path) -> None:
    (found,) = taken(tmp_path, [{"start_s": 1199, "end_s": 5000}]).findings
    assert found.span.end_s == pytest.approx(1200.0)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.json", b"\xff\xfe\x00", "not JSON"),
        ("a.json", "[" * 100_000, "not JSON"),
        ("a.json", '[{"start_s": NaN, "end_s": 2}]', "not JSON"),
        ("a.json", {"hello": 1}, "no list of flags"),
        ("a.json", 7, "no list of flags"),
        ("a.json", [], "lists no flags"),
        ("a.json", [{"start_s": 2, "end_s": 1}, {"start_s": "x"}, 3], "lists no flags"),
        ("a.edl", "no edit list", "not an edit list"),
        ("a.edl", b"", "not an edit list"),
        ("a.docx", "x", "neither JSON nor an edit list"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, data: object, sentence: str
) -> None:
    with pytest.raises(KnownError, match=sentence):
        read_list(written(tmp_path, name, data), TITLE)


def test_files_and_lists_that_are_too_large_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim, "MOST_CLAIMS", 2)
    with pytest.raises(KnownError, match="2 at most"):
        taken(tmp_path, [{"start_s": i, "end_s": i + 1} for i in range(3)])
    monkeypatch.setattr(take, "MOST_BYTES", 1 << 10)
    with pytest.raises(KnownError, match="larger"):
        taken(tmp_path, " " * 2000)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        read_list(tmp_path / "gone.json", TITLE)


def test_hostile_words_come_in_as_words(tmp_path: Path) -> None:
    report = hostile_report()
    for form, data in (("json", json_document(report)), ("edl", edl(report))):
        intake = taken(tmp_path, data, f"list.{form}", report.title)
        assert len(intake.findings) == len({f.id + f.evidence.note for f in intake.findings})
        assert all("\n" not in f.evidence.note for f in intake.findings)
        assert all(len(f.evidence.note) <= 2000 for f in intake.findings)


@pytest.mark.parametrize("name", TIMINGS)
def test_a_timecode_names_the_frame_that_it_was_written_for(name: str) -> None:
    timing = TIMINGS[name]
    clock = clock_of(timed_title(timing), timing.drop)
    for frame in (0, 1, 29, 1798, 1799, 1800, 1801, 17_981, 17_982, 17_984, 28_000):
        assert clock.frame_at(clock.timecode(frame)) == frame
    assert clock.frame_at("99:99:99:99") is None
    start, stop = clock.times(7, 8)
    assert stop - start == 1 / Fraction(clock.rate)
