"""What goes into the store comes out exactly as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from helpers.review_value import (
    BASE,
    FINGERPRINT,
    make_finding,
    make_title,
    make_track,
    make_verdict,
    span,
)
from sqlalchemy import delete, text, update

from core.domain.defect import Severity
from core.domain.errors import BugError, KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.run import RunState
from core.domain.track import Track, empty_track, join_tracks
from core.domain.verdict import Decision, Disposition, RejectReason
from core.store import run as run_module
from core.store.store import Store
from core.store.table import RunRow, TrackRow, VerdictRow
from core.store.verdict import OutdatedError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


@pytest.fixture
def run_id(store: Store) -> str:
    store.titles.put(make_title())
    return store.runs.start(FINGERPRINT, ("black", "freeze")).id


def same(one: Track, other: Track) -> bool:
    return (
        (one.detector, one.stream, one.base, one.end, list(one.metrics))
        == (other.detector, other.stream, other.base, other.end, list(other.metrics))
        and np.array_equal(one.pts, other.pts)
        and all(np.array_equal(one.metrics[m], other.metrics[m]) for m in one.metrics)
    )


def test_title_comes_back_as_it_was_put(store: Store) -> None:
    store.titles.put(make_title())
    assert store.titles.get(FINGERPRINT) == make_title()
    assert store.titles.get("unknown") is None


def test_title_that_moved_is_one_title_at_its_new_path(store: Store) -> None:
    store.titles.put(make_title())
    store.titles.put(make_title(path="/elsewhere/b.mov"))
    assert [str(t.path) for t in store.titles.all()] == ["/elsewhere/b.mov"]


def test_recent_titles_come_newest_first(store: Store) -> None:
    for name in ("a", "b", "c", "a"):
        store.titles.put(make_title(name))
    assert [t.fingerprint for t in store.titles.recent(2)] == ["a", "c"]


@pytest.mark.skipif(os.name == "nt", reason="file names are always Unicode there")
def test_title_whose_name_is_not_unicode_comes_back(store: Store) -> None:
    odd = make_title(path=os.fsdecode(b"/media/\xff\xfe.mov"))
    store.titles.put(odd)
    assert store.titles.get(FINGERPRINT) == odd


def test_run_comes_back_with_what_shaped_it(store: Store) -> None:
    store.titles.put(make_title())
    made = store.runs.start(
        FINGERPRINT, ("black", "freeze"), span(1, 2), {"black": "w1"}, {"version": "3"}
    )
    assert store.runs.get(made.id) == made
    store.runs.advance(made.id, 0.5)
    store.runs.finish(made.id, RunState.FAILED, "It broke.")
    kept = store.runs.get(made.id)
    assert kept is not None
    assert (kept.done_s, kept.state, kept.error) == (0.5, RunState.FAILED, "It broke.")
    assert kept.finished is not None
    assert kept.finished >= kept.started


def test_latest_run_is_the_one_started_last(store: Store) -> None:
    store.titles.put(make_title())
    first, second = (store.runs.start(FINGERPRINT, ("black",)) for _ in range(2))
    store.runs.finish(first.id, RunState.DONE)
    latest, done = store.runs.latest(FINGERPRINT), store.runs.latest_done(FINGERPRINT)
    assert latest is not None
    assert done is not None
    assert (latest.id, done.id) == (second.id, first.id)
    assert store.runs.latest("unknown") is None


def test_run_of_an_unknown_title_is_a_bug(store: Store) -> None:
    with pytest.raises(BugError):
        store.runs.start("unknown", ("black",))


def test_progress_of_an_unknown_run_is_a_bug(store: Store) -> None:
    with pytest.raises(BugError, match="no run"):
        store.runs.advance("unknown", 1.0)


def test_tracks_appended_in_chunks_come_back_joined(store: Store, run_id: str) -> None:
    chunks = [make_track(0, 50), make_track(2000, 30), make_track(3200, 1)]
    for i, chunk in enumerate(chunks):
        store.tracks.append(run_id, chunk, make_track(i * 4000, 100, "freeze"), done_s=float(i))
    black, freeze = store.tracks.load(run_id)
    assert same(black, join_tracks(chunks))
    assert len(freeze) == 300
    kept = store.runs.get(run_id)
    assert kept is not None
    assert kept.done_s == 2.0
    (only,) = store.tracks.load(run_id, ["freeze"])
    assert only.detector == "freeze"
    assert store.tracks.load("unknown") == ()


def test_track_without_rows_is_still_a_track(store: Store, run_id: str) -> None:
    store.tracks.append(run_id, empty_track("black", 0, BASE, ("level", "share")))
    (track,) = store.tracks.load(run_id)
    assert (len(track), list(track.metrics)) == (0, ["level", "share"])
    store.tracks.append(run_id, make_track(0, 5), empty_track("black", 0, BASE, ("level", "share")))
    (track,) = store.tracks.load(run_id)
    assert same(track, make_track(0, 5))


def test_progress_is_kept_only_together_with_its_tracks(store: Store, run_id: str) -> None:
    with pytest.raises(BugError):
        store.tracks.append("unknown", make_track(0, 5), done_s=1.0)
    assert store.tracks.load("unknown") == ()


def test_cutting_tracks_drops_what_starts_at_or_after_a_time(store: Store, run_id: str) -> None:
    store.tracks.append(run_id, make_track(0, 50), make_track(0, 1, "freeze", step=4000))
    store.tracks.append(run_id, make_track(2000, 50))
    store.tracks.truncate_after(run_id, Fraction(1))
    black, freeze = store.tracks.load(run_id)
    assert same(black, make_track(0, 25))
    assert freeze.end == 1000
    store.tracks.append(run_id, make_track(1000, 75))
    assert same(store.tracks.load(run_id, ["black"])[0], make_track(0, 100))


def test_chunk_that_was_damaged_is_noticed(store: Store, run_id: str) -> None:
    store.tracks.append(run_id, make_track(0, 50))
    store.database.write(lambda c: c.execute(update(TrackRow).values(first_pts=40)))
    with pytest.raises(KnownError, match="damaged"):
        store.tracks.load(run_id)


def test_findings_come_back_in_order_with_their_evidence(store: Store, run_id: str) -> None:
    findings = (make_finding(3, 4, profile="p", weights="w"), make_finding(1, 2, "freeze"))
    store.findings.replace(run_id, DEFAULT_PROFILE, findings)
    assert store.findings.of(run_id) == findings
    assert store.findings.of("unknown") == ()


def test_findings_of_the_profile_kept_last_are_the_answer(store: Store, run_id: str) -> None:
    strict = Profile("strict", "Strict", {"black": {"level": 0.1}}, {"black": Severity.BLOCKER})
    store.findings.replace(run_id, strict, [make_finding(1, 2), make_finding(5, 6)])
    store.findings.replace(run_id, DEFAULT_PROFILE, [make_finding(1, 2)])
    assert len(store.findings.of(run_id)) == 1
    assert len(store.findings.of(run_id, strict.hash)) == 2
    store.findings.replace(run_id, strict, [])
    assert store.findings.of(run_id) == ()
    assert store.findings.profile_of(run_id) == strict
    assert {p.name for p in store.findings.profiles()} == {"strict", "default"}


def test_verdicts_come_back_in_order_with_every_field(store: Store) -> None:
    rows = (
        make_verdict(0, 1, disposition=Disposition.FIX, severity=Severity.BLOCKER, comment="ü\n"),
        make_verdict(5, 6, Decision.REJECT, reason=RejectReason.NOT_VISIBLE, undoes="x"),
        make_verdict(2, 3, Decision.MISSED, detector="", reviewer="Béla"),
        make_verdict(2, 3, fingerprint="other"),
    )
    store.verdicts.append(*rows)
    assert store.verdicts.of(FINGERPRINT) == rows[:3]
    assert store.verdicts.all() == rows
    assert store.reviewers.all() == ("Ada", "Béla")


def test_text_that_no_database_takes_is_made_plain(store: Store) -> None:
    store.verdicts.append(make_verdict(comment="a\ud800b\0c"))
    assert store.verdicts.of(FINGERPRINT)[0].comment == "a?b\ufffdc"


def test_rows_after_a_number_are_those_not_seen_yet(store: Store) -> None:
    one, two = make_verdict(0, 1), make_verdict(1, 2)
    store.verdicts.append(one)
    seen, rows = store.verdicts.after(FINGERPRINT, 0)
    assert rows == (one,)
    store.verdicts.append(two)
    later, rows = store.verdicts.after(FINGERPRINT, seen)
    assert rows == (two,)
    assert store.verdicts.after(FINGERPRINT, later) == (later, ())


def test_writer_that_has_not_seen_all_rows_is_refused(store: Store) -> None:
    seen = store.verdicts.append(make_verdict(0, 1))
    store.verdicts.append(make_verdict(1, 2))
    with pytest.raises(OutdatedError):
        store.verdicts.append(make_verdict(2, 3), seen=seen)
    assert len(store.verdicts.of(FINGERPRINT)) == 2


def test_rows_of_one_call_are_appended_together_or_not_at_all(store: Store) -> None:
    first = make_verdict(0, 1)
    store.verdicts.append(first)
    with pytest.raises(BugError):
        store.verdicts.append(make_verdict(1, 2), first)
    assert store.verdicts.of(FINGERPRINT) == (first,)
    assert store.verdicts.append() == 0


def test_verdicts_refuse_every_kind_of_change(store: Store) -> None:
    row = make_verdict()
    store.verdicts.append(row)
    statements = (
        update(VerdictRow).values(comment="changed"),
        delete(VerdictRow),
        text("INSERT OR REPLACE INTO verdicts SELECT * FROM verdicts"),
        text(
            "REPLACE INTO verdicts SELECT seq + 9, id, subject, fingerprint, stream, defect, "
            "detector, span_start, span_end, span_base, decision, reviewer, reason, disposition, "
            "severity, comment, undoes, at, settles FROM verdicts"
        ),
    )
    for statement in statements:
        with pytest.raises(BugError, match="append-only"):
            store.database.write(lambda c, s=statement: c.execute(s))
    assert store.verdicts.of(FINGERPRINT) == (row,)


def test_interrupted_run_of_this_process_is_taken_over(store: Store, run_id: str) -> None:
    store.tracks.append(run_id, make_track(0, 50), done_s=2.0)
    taken = store.runs.resumable(FINGERPRINT, ("black", "freeze"))
    assert taken is not None
    assert (taken.id, taken.done_s, taken.state) == (run_id, 2.0, RunState.RUNNING)


def test_cancelled_run_can_be_gone_on_with(store: Store, run_id: str) -> None:
    store.runs.finish(run_id, RunState.CANCELLED)
    taken = store.runs.resumable(FINGERPRINT, ("black", "freeze"))
    assert taken is not None
    assert (taken.state, taken.finished) == (RunState.RUNNING, None)


@pytest.mark.parametrize("state", [RunState.DONE, RunState.FAILED])
def test_run_that_came_to_an_end_is_not_gone_on_with(
    store: Store, run_id: str, state: RunState
) -> None:
    store.runs.finish(run_id, state)
    assert store.runs.resumable(FINGERPRINT, ("black", "freeze")) is None


def test_run_of_another_request_is_not_gone_on_with(store: Store, run_id: str) -> None:
    resumable = store.runs.resumable
    assert resumable(FINGERPRINT, ("black",)) is None
    assert resumable(FINGERPRINT, ("black", "freeze"), span(0, 1)) is None
    assert resumable(FINGERPRINT, ("black", "freeze"), None, {"version": "2"}) is None
    assert resumable(FINGERPRINT, ("black", "freeze"), weights={"black": "w"}) is None
    assert resumable("other", ("black", "freeze")) is None


def owned_by(store: Store, worker: str) -> None:
    store.database.write(lambda c: c.execute(update(RunRow).values(worker=worker)))


def test_run_of_a_worker_that_lives_is_left_to_it(store: Store, run_id: str) -> None:
    host = run_module.this_worker().rpartition(":")[0]
    owned_by(store, f"{host}:{os.getppid()}")
    assert store.runs.resumable(FINGERPRINT, ("black", "freeze")) is None


@pytest.mark.skipif(os.name == "nt", reason="there, only silence tells")
def test_run_of_a_worker_that_died_is_taken_over(store: Store, run_id: str) -> None:
    host = run_module.this_worker().rpartition(":")[0]
    owned_by(store, f"{host}:{2**22 + 1}")
    assert store.runs.resumable(FINGERPRINT, ("black", "freeze")) is not None


def test_run_of_another_machine_is_taken_over_after_long_silence(
    store: Store, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owned_by(store, "elsewhere:1")
    assert store.runs.resumable(FINGERPRINT, ("black", "freeze")) is None
    monkeypatch.setattr(run_module, "SILENCE_S", -1.0)
    assert store.runs.resumable(FINGERPRINT, ("black", "freeze")) is not None
