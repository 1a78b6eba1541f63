"""What a report gathers: findings with what people said of them, and what the whole comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.numbered import KINDS, check_of, write_numbered
from helpers.report_value import (
    TIMINGS,
    WHEN,
    frame_span,
    level_track,
    make_entry,
    make_report,
    make_run,
)
from helpers.review_value import FINGERPRINT, make_finding, make_title, make_track, make_verdict

from core.domain.defect import Severity
from core.domain.errors import CancelledError, KnownError
from core.domain.finding import Evidence, Finding
from core.domain.profile import DEFAULT_PROFILE
from core.domain.run import Run, RunState
from core.domain.time import MediaTime, Span
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict, withdrawal
from core.jobs.progress import CancelToken
from core.reports.curve import curve_of
from core.reports.gather import Wish, find_subject, gather_report
from core.reports.picture import with_pictures
from core.reports.report import Entry, Kind, Only, OutcomeWord, Report
from core.store.store import Store

TITLE = make_title()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as opened:
        opened.titles.put(TITLE)
        yield opened


def analysed(store: Store, *findings: Finding, state: RunState = RunState.DONE) -> Run:
    run = store.runs.start(FINGERPRINT, ["black"])
    store.tracks.append(run.id, make_track(0, 50))
    store.findings.replace(run.id, DEFAULT_PROFILE, findings)
    store.runs.finish(run.id, state)
    kept = store.runs.get(run.id)
    assert kept is not None
    return kept


def states(report: Report) -> list[str]:
    return [entry.state for entry in report.entries]


def test_findings_come_with_the_last_word_of_every_reviewer(store: Store) -> None:
    run = analysed(store, make_finding(1, 2), make_finding(5, 6), make_finding(8, 9))
    ada = make_verdict(1, 2, at=WHEN)
    bob = make_verdict(1, 2, reviewer="Bob", at=WHEN + timedelta(1))
    other = make_verdict(5, 6, reviewer="Bob")
    against = make_verdict(5, 6, Decision.REJECT, reason=RejectReason.DUPLICATE)
    store.verdicts.append(bob, ada, other, against)
    report = gather_report(store, TITLE, run)
    assert states(report) == ["confirm", "disputed", "undecided"]
    assert [v.reviewer for v in report.entries[0].verdicts] == ["Ada", "Bob"]
    assert report.counts["disputed"] == 1
    mine = gather_report(store, TITLE, run, Wish(reviewer="Ada"))
    assert states(mine) == ["confirm", "reject", "undecided"]


def test_an_undone_verdict_does_not_count(store: Store) -> None:
    run = analysed(store, make_finding(1, 2))
    verdict = make_verdict(1, 2)
    store.verdicts.append(verdict, withdrawal(verdict))
    assert states(gather_report(store, TITLE, run)) == ["undecided"]


def test_missed_defects_and_orphans_stay_in_sight(store: Store) -> None:
    run = analysed(store, make_finding(1, 2))
    missed = make_verdict(3, 4, Decision.MISSED, detector="")
    orphan = make_verdict(20, 21)
    store.verdicts.append(missed, orphan)
    report = gather_report(store, TITLE, run)
    assert [e.kind for e in report.entries] == [Kind.FINDING, Kind.MISSED, Kind.ORPHAN]
    assert [e.number for e in report.entries] == [1, 2, 3]
    confirmed = gather_report(store, TITLE, run, Wish(Only.CONFIRMED))
    assert [e.number for e in confirmed.listed] == [2, 3]
    assert len(confirmed.entries) == 3
    waiting = gather_report(store, TITLE, run, Wish(Only.UNDECIDED))
    assert [e.number for e in waiting.listed] == [1]


def test_another_profile_decides_anew_and_writes_nothing(store: Store) -> None:
    run = analysed(store, make_finding(1, 2))
    moved = DEFAULT_PROFILE.with_threshold("black", "min_length_s", 9.0)
    report = gather_report(store, TITLE, run, profile=moved)
    assert report.profile.hash == moved.hash
    assert report.entries == ()
    kept = store.findings.profile_of(run.id)
    assert kept is not None
    assert kept.hash == DEFAULT_PROFILE.hash


def test_a_format_without_curves_gives_the_same_flags_and_reads_no_tracks(store: Store) -> None:
    run = analysed(store, make_finding(1, 2), make_finding(5, 6))
    bare = gather_report(store, TITLE, run, Wish(curves=False))
    assert bare.tracks == ()
    assert bare.entries == gather_report(store, TITLE, run).entries


def test_a_stretch_analysed_later_lies_over_the_title(store: Store) -> None:
    run = analysed(store, make_finding(1, 2))
    piece = store.runs.start(FINGERPRINT, ["black"], Span(0, 400, Fraction(1, 1000)))
    store.tracks.append(piece.id, make_track(0, 10))
    store.findings.replace(piece.id, DEFAULT_PROFILE, [])
    store.runs.finish(piece.id, RunState.DONE)
    for curves in (True, False):
        # Decided anew from both tracks, which hold nothing that the rule calls black.
        report = gather_report(store, TITLE, store.runs.get(piece.id), Wish(curves=curves))
        assert report.run == run
        assert report.entries == ()


def test_a_reviewer_whom_nobody_knows_is_said_so(store: Store) -> None:
    with pytest.raises(KnownError, match="No reviewer named Zoe"):
        gather_report(store, TITLE, analysed(store), Wish(reviewer="Zoe"))


def test_a_title_is_found_by_run_and_by_the_path_it_had(store: Store) -> None:
    analysed(store, state=RunState.FAILED)
    run = analysed(store)
    analysed(store, state=RunState.CANCELLED)
    assert find_subject(store, run.id) == (TITLE, run)
    assert find_subject(store, str(TITLE.path)) == (TITLE, run)
    with pytest.raises(KnownError, match="no file and no analysis named"):
        find_subject(store, "elsewhere.mov")


# What the whole comes to


def judged(*decisions: Decision | None, **values: object) -> tuple[Entry, ...]:
    timing = TIMINGS["25"]
    return tuple(
        make_entry(n, frame_span(timing, 50 * n, 50 * n + 9), decision, **values)  # type: ignore[arg-type]
        for n, decision in enumerate(decisions, 1)
    )


CONFIRM, REJECT, UNSURE, MISSED = (
    Decision.CONFIRM,
    Decision.REJECT,
    Decision.UNSURE,
    Decision.MISSED,
)


@pytest.mark.parametrize(
    ("entries", "word"),
    [
        ((), OutcomeWord.PASS),
        (judged(REJECT, REJECT), OutcomeWord.PASS),
        (judged(CONFIRM, disposition=Disposition.CREATIVE_INTENT), OutcomeWord.REMARKS),
        (judged(CONFIRM, severity=Severity.FYI), OutcomeWord.REMARKS),
        (judged(REJECT, CONFIRM), OutcomeWord.FAIL),
        (judged(MISSED), OutcomeWord.FAIL),
        (judged(CONFIRM, UNSURE), OutcomeWord.INCOMPLETE),
        (judged(REJECT, None), OutcomeWord.INCOMPLETE),
    ],
)
def test_outcome(entries: tuple[Entry, ...], word: OutcomeWord) -> None:
    assert make_report(entries=entries).outcome.word is word


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        (None, "was not analysed"),
        (make_run(state=RunState.RUNNING), "had not finished"),
        (make_run(state=RunState.FAILED), "did not come to its end"),
        (make_run(span=Span(0, 9, Fraction(1))), "Only a stretch"),
    ],
)
def test_what_nobody_has_looked_at_never_passes(run: Run | None, sentence: str) -> None:
    outcome = make_report(run=run).outcome
    assert outcome.word is OutcomeWord.INCOMPLETE
    assert sentence in outcome.sentence


def test_severity_is_the_worst_that_people_said() -> None:
    (entry,) = judged(CONFIRM, severity=Severity.BLOCKER)
    said = [
        replace(entry.verdicts[0], severity=severity) for severity in (Severity.FYI, Severity.ISSUE)
    ]
    assert entry.severity is Severity.BLOCKER
    assert replace(entry, verdicts=tuple(said)).severity is Severity.ISSUE


# Curves and pictures


def test_the_curve_keeps_peaks_when_it_is_thinned() -> None:
    track = level_track(seconds=600)
    track.metrics["level"][7001] = 40.0
    entry = make_entry(1, Span(100, 14000, Fraction(1, 25)))
    curve = curve_of(entry, make_report(entries=[entry], tracks=(track,)))
    assert curve is not None
    assert len(curve.values) <= 240
    assert curve.values.max() == 40.0
    assert curve.flagged == (4.0, 560.0)
    assert 0 < curve.y(0.5) < curve.y(40.0) < 1


def test_no_track_gives_no_curve() -> None:
    entry = make_entry(1, Span(0, 50, Fraction(1, 25)))
    assert curve_of(entry, make_report(entries=[entry])) is None
    (missed,) = judged(MISSED)
    assert curve_of(missed, make_report(tracks=(level_track(),))) is None


def number_in(jpeg: bytes) -> int:
    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert grey is not None
    means = grey.reshape(3, 32, 4, 32)[:, 8:-8, :, 8:-8].mean((1, 3)).ravel()
    code = sum(int(mean > 125) << place for place, mean in enumerate(means))
    assert code & 15 == check_of(code >> 4)
    return code >> 4


@pytest.mark.parametrize("kind", ["late", "variable"])
def test_pictures_are_the_worst_frames_exactly(tmp_path: Path, kind: str) -> None:
    title = write_numbered(tmp_path / f"clip{KINDS[kind].suffix}", KINDS[kind])
    stream = title.video[0]
    start = stream.start_pts
    second = round(1 / stream.base)
    span = Span(start, start + second, stream.base)
    evidence = Evidence("level", MediaTime(start + second // 2, stream.base), 1.0, 0.5)
    finding = Finding("black", "black", stream.index, span, 0.5, Severity.ISSUE, evidence)
    sound = Verdict("f", 1, "hum", "", Span(0, 1, Fraction(1)), Decision.MISSED, "Ada")
    entries = (
        Entry(1, Kind.FINDING, span, "black", "black", stream.index, finding),
        Entry(
            2,
            Kind.MISSED,
            span.to(Fraction(1, 48000)),
            "hum",
            "",
            1,
            None,
            (sound,),
        ),
    )
    report = replace(make_report(entries=entries), title=title)
    pictures = with_pictures(report).pictures
    wanted = 12 if kind == "late" else 9
    assert {n: number_in(data) for n, data in pictures.items()} == {1: wanted, 2: wanted}


def test_a_file_that_is_gone_or_changed_costs_the_pictures_alone(tmp_path: Path) -> None:
    report = make_report(entries=judged(CONFIRM))
    told = with_pictures(report)
    assert told.notes[-1] == "title.mp4 was not at hand, so there are no pictures."
    path = tmp_path / "title.mp4"
    path.write_bytes(b"else")
    told = with_pictures(replace(report, title=replace(report.title, path=path)))
    assert "has changed since" in told.notes[-1]
    path.write_bytes(b"x" * report.title.size_bytes)
    told = with_pictures(replace(report, title=replace(report.title, path=path)))
    assert told.notes[-1] == "1 of the pictures cannot be decoded."
    assert told.pictures == {}


def test_cancelling_ends_the_reading_of_pictures(tmp_path: Path) -> None:
    title = write_numbered(tmp_path / "clip.mp4", KINDS["closed"], 5)
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        with_pictures(replace(make_report(entries=judged(CONFIRM)), title=title), token)
