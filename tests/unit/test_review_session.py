"""A review session: what it shows, keeps, takes back, and says when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.review_value import (
    FINGERPRINT,
    decide_above,
    make_title,
    make_track,
    span,
)

from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.run import RunState
from core.domain.verdict import (
    Decision,
    Disposition,
    RejectReason,
    restoration,
    withdrawal,
)
from core.review.flag import Flag
from core.review.session import ReviewSession
from core.store.store import Store

CONFIRM, REJECT, WITHDRAWN = Decision.CONFIRM, Decision.REJECT, Decision.WITHDRAWN
STRICT = DEFAULT_PROFILE.with_threshold("black", "level", 0.99)
BLIND = DEFAULT_PROFILE.with_threshold("black", "level", 2.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as opened:
        yield opened


@pytest.fixture
def run_id(store: Store) -> str:
    """A finished run whose track rises above .5 about every six seconds."""
    store.titles.put(make_title())
    run = store.runs.start(FINGERPRINT, ("black",))
    track = make_track(0, 1500)
    store.tracks.append(run.id, track, done_s=60.0)
    findings = decide_above([track], DEFAULT_PROFILE, {})
    store.findings.replace(run.id, DEFAULT_PROFILE, findings)
    store.runs.finish(run.id, RunState.DONE)
    return run.id


def desk(store: Store, run_id: str, reviewer: str = "Ada") -> ReviewSession:
    session = ReviewSession(store, make_title(), reviewer, decide=decide_above)
    session.load_run(run_id)
    return session


@pytest.fixture
def session(store: Store, run_id: str) -> ReviewSession:
    return desk(store, run_id)


def states(session: ReviewSession) -> list[str]:
    return [flag.state for flag in session.flags]


def again(session: ReviewSession, flag: Flag) -> Flag:
    """The flag as it is shown now."""
    now = session.flag(flag.key)
    assert now is not None
    return now


def test_loaded_run_shows_its_findings_and_tracks(session: ReviewSession) -> None:
    assert len(session.flags) == len(session.findings) > 3
    assert [track.detector for track in session.tracks] == ["black"]
    assert set(states(session)) == {"undecided"}


def test_run_that_is_under_way_shows_what_its_tracks_say_so_far(store: Store) -> None:
    store.titles.put(make_title())
    run = store.runs.start(FINGERPRINT, ("black",))
    session = desk(store, run.id)
    assert session.flags == ()
    store.tracks.append(run.id, make_track(0, 200), done_s=8.0)
    session.load_run(run.id)
    assert len(session.flags) == 1


def test_run_of_another_title_is_refused(store: Store, session: ReviewSession) -> None:
    other = make_title("other")
    store.titles.put(other)
    for run_id in ("unknown", store.runs.start("other", ("black",)).id):
        with pytest.raises(KnownError, match="not in the store"):
            session.load_run(run_id)
    assert len(session.flags) > 3


def test_decision_is_in_the_store_with_everything_said(
    store: Store, session: ReviewSession
) -> None:
    flag = session.flags[1]
    verdict = session.decide(
        flag,
        CONFIRM,
        disposition=Disposition.FIX,
        severity=Severity.BLOCKER,
        comment="In the fade.",
    )
    assert store.verdicts.of(FINGERPRINT) == (verdict,)
    shown = again(session, flag)
    assert (shown.verdict, shown.severity, shown.decided) == (verdict, Severity.BLOCKER, True)
    assert (verdict.span, verdict.detector, verdict.reviewer) == (flag.span, "black", "Ada")
    assert states(session).count("undecided") == len(session.flags) - 1


def test_second_decision_about_a_flag_goes_on_with_its_subject(
    store: Store, session: ReviewSession
) -> None:
    first = session.decide(session.flags[0], CONFIRM)
    second = session.decide(session.flags[0], REJECT, reason=RejectReason.DUPLICATE)
    assert first.subject == second.subject
    assert session.flags[0].verdict == second
    assert session.rows_about(session.flags[0]) == (first, second)
    assert len(store.verdicts.of(FINGERPRINT)) == 2


def test_flag_from_before_a_decision_still_decides_the_same_flag(session: ReviewSession) -> None:
    stale = session.flags[0]
    first = session.decide(stale, CONFIRM)
    second = session.decide(stale, Decision.UNSURE)
    assert first.subject == second.subject


def test_what_does_not_go_together_is_refused_and_nothing_kept(
    store: Store, session: ReviewSession
) -> None:
    flag = session.flags[0]
    with pytest.raises(ValueError, match="reason"):
        session.decide(flag, REJECT)
    with pytest.raises(ValueError, match="disposition"):
        session.decide(flag, Decision.UNSURE, disposition=Disposition.FIX)
    with pytest.raises(ValueError, match="not missed"):
        session.decide(flag, Decision.MISSED)
    with pytest.raises(KnownError, match="undecided"):
        session.decide(flag, WITHDRAWN)
    assert store.verdicts.of(FINGERPRINT) == ()
    assert not session.can_undo


def test_decision_can_be_withdrawn_and_the_withdrawal_undone(session: ReviewSession) -> None:
    verdict = session.decide(session.flags[0], CONFIRM, comment="sure")
    session.decide(session.flags[0], WITHDRAWN)
    assert session.flags[0].state == "undecided"
    session.undo()
    restored = session.flags[0].verdict
    assert restored is not None
    assert (restored.decision, restored.comment) == (CONFIRM, "sure")
    assert restored.subject == verdict.subject


def test_missed_defect_is_a_flag_and_can_be_decided_again(session: ReviewSession) -> None:
    count = len(session.flags)
    session.mark_missed("silence", 1, span(10, 11), severity=Severity.ISSUE, comment="hole")
    (missed,) = (flag for flag in session.flags if flag.missed)
    session.decide(missed, Decision.MISSED, comment="a longer hole")
    (missed,) = (flag for flag in session.flags if flag.missed)
    assert missed.verdict is not None
    assert missed.verdict.comment == "a longer hole"
    session.undo()
    session.undo()
    assert len(session.flags) == count


def test_undo_goes_back_to_the_beginning_and_redo_to_the_end(
    store: Store, session: ReviewSession
) -> None:
    session.decide(session.flags[0], CONFIRM)
    session.decide(session.flags[0], REJECT, reason=RejectReason.NOT_VISIBLE)
    session.decide_many(session.flags[1:4], Decision.UNSURE)
    session.mark_missed("black", 0, span(50, 51))
    trail = [states(session)]
    while session.can_undo:
        session.undo()
        trail.append(states(session))
    assert len(trail) == 5
    assert set(trail[-1]) == {"undecided"}
    assert session.undo() is None
    for expected in reversed(trail[:-1]):
        session.redo()
        assert states(session) == expected
    assert session.redo() is None
    assert not session.can_redo
    assert len(store.verdicts.of(FINGERPRINT)) == 3 * 6


def test_every_undo_is_a_row_that_names_what_it_takes_back(
    store: Store, session: ReviewSession
) -> None:
    first = session.decide(session.flags[0], CONFIRM)
    undo = session.undo()
    redo = session.redo()
    assert undo is not None
    assert redo is not None
    assert store.verdicts.of(FINGERPRINT) == (first, undo, redo)
    assert (undo.undoes, redo.undoes) == (first.id, undo.id)
    assert (undo.decision, redo.decision) == (WITHDRAWN, CONFIRM)


def test_batch_is_one_step(store: Store, session: ReviewSession) -> None:
    flags = session.flags[:3]
    rows = session.decide_many([*flags, flags[0]], CONFIRM)
    assert len(rows) == 3
    session.undo()
    assert set(states(session)) == {"undecided"}
    assert not session.can_undo
    assert session.decide_many([], CONFIRM) == ()
    assert not session.can_undo


def test_new_decision_clears_what_could_be_redone(session: ReviewSession) -> None:
    session.decide(session.flags[0], CONFIRM)
    session.undo()
    session.decide(session.flags[1], CONFIRM)
    assert not session.can_redo


def test_flag_decided_again_after_undo_keeps_its_subject(session: ReviewSession) -> None:
    first = session.decide(session.flags[0], CONFIRM)
    session.undo()
    second = session.decide(session.flags[0], Decision.UNSURE)
    assert first.subject == second.subject
    session.undo()
    assert session.flags[0].state == "undecided"


def test_rescoring_shows_other_findings_and_stores_nothing(
    store: Store, session: ReviewSession, run_id: str
) -> None:
    before = session.findings
    after = session.rescore(STRICT)
    assert after == session.findings != before
    assert session.profile == STRICT
    assert store.findings.of(run_id) == before
    assert session.rescore(DEFAULT_PROFILE) == before


def test_verdict_is_an_orphan_while_its_finding_is_gone(session: ReviewSession) -> None:
    flag = session.flags[2]
    verdict = session.decide(flag, CONFIRM)
    session.rescore(BLIND)
    (orphan,) = session.flags
    assert (orphan.orphan, orphan.verdict) == (True, verdict)
    changed = session.decide(orphan, Decision.UNSURE)
    assert changed.subject == verdict.subject
    session.rescore(DEFAULT_PROFILE)
    back = again(session, flag)
    assert (back.verdict, back.orphan) == (changed, False)
    assert states(session).count("unsure") == 1


def test_adopted_profile_is_the_runs_answer_from_then_on(
    store: Store, session: ReviewSession, run_id: str
) -> None:
    found = session.adopt(STRICT)
    assert store.findings.of(run_id) == tuple(found)
    assert store.findings.profile_of(run_id) == STRICT
    fresh = ReviewSession(store, make_title(), "Ada", STRICT, decide=lambda *_: 1 / 0)
    fresh.load_run(run_id)
    assert fresh.findings == session.findings


def test_profile_cannot_be_adopted_before_there_is_a_run(store: Store) -> None:
    session = ReviewSession(store, make_title(), "Ada", decide=decide_above)
    with pytest.raises(KnownError, match="Analyse the title first"):
        session.adopt(STRICT)


def test_listeners_hear_of_every_change_until_they_stop(session: ReviewSession) -> None:
    heard: list[int] = []
    stop = session.subscribe(lambda: heard.append(len(session.flags)))
    session.decide(session.flags[0], CONFIRM)
    session.undo()
    session.rescore(STRICT)
    session.mark_missed("black", 0, span(1, 2))
    assert len(heard) == 4
    stop()
    stop()
    session.undo()
    assert len(heard) == 4


def test_decisions_are_found_again_in_a_new_session(store: Store, run_id: str) -> None:
    first = desk(store, run_id)
    verdict = first.decide(first.flags[0], CONFIRM)
    second = desk(store, run_id)
    assert second.flags[0].verdict == verdict


def test_decision_that_the_store_refuses_is_not_shown(
    store: Store, session: ReviewSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.decide(session.flags[0], CONFIRM)
    before = session.flags

    def full(*_: object, **__: object) -> int:
        raise KnownError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(store.verdicts, "append", full)
        for attempt in (
            lambda: session.decide(session.flags[1], CONFIRM),
            lambda: session.mark_missed("black", 0, span(1, 2)),
            session.undo,
        ):
            with pytest.raises(KnownError, match="full"):
                attempt()
            assert session.flags == before
    session.undo()
    assert set(states(session)) == {"undecided"}


def test_session_on_a_store_opened_to_read_shows_and_refuses(
    store: Store, session: ReviewSession, run_id: str
) -> None:
    session.decide(session.flags[0], CONFIRM)
    with Store.open(store.url, read_only=True) as reader:
        quiet = desk(reader, run_id)
        assert quiet.read_only
        assert quiet.flags[0].state == "confirm"
        with pytest.raises(KnownError, match="reading only"):
            quiet.decide(quiet.flags[1], CONFIRM)


# Another day ----------------------------------------------------------------------------------


def test_steps_of_an_earlier_session_are_undone_and_done_again_batches_as_one(
    session: ReviewSession, store: Store, run_id: str
) -> None:
    session.decide(session.flags[0], CONFIRM, comment="first")
    session.decide_many(session.flags[1:4], Decision.UNSURE)
    session.decide(session.flags[0], WITHDRAWN)
    session.undo()
    later = desk(store, run_id)
    assert (later.can_undo, later.can_redo) == (True, True)
    later.undo()
    assert states(later)[:4] == ["confirm", *["undecided"] * 3]
    latest = desk(store, run_id)
    latest.undo()
    assert not latest.can_undo
    assert set(states(latest)) == {"undecided"}
    for expected in (["confirm", "undecided"], ["confirm", "unsure"], ["undecided", "unsure"]):
        latest = desk(store, run_id)
        latest.redo()
        assert states(latest)[:2] == expected
    assert not desk(store, run_id).can_redo


def test_withdrawal_that_was_done_again_is_not_taken_for_an_undo(
    session: ReviewSession, store: Store, run_id: str
) -> None:
    session.decide(session.flags[0], CONFIRM)
    session.decide(session.flags[0], WITHDRAWN)
    session.undo()
    session.redo()
    later = desk(store, run_id)
    assert not later.can_redo
    later.undo()
    assert later.flags[0].state == "confirm"


def test_undo_after_a_restart_leaves_others_alone_and_never_overrides_another_desk(
    session: ReviewSession, store: Store, run_id: str
) -> None:
    session.decide(session.flags[0], CONFIRM)
    bela = desk(store, run_id, "Béla")
    theirs = bela.decide(bela.flags[0], Decision.UNSURE)
    later = desk(store, run_id)
    session.refresh()
    session.decide(session.flags[0], REJECT, reason=RejectReason.DUPLICATE)
    with pytest.raises(KnownError, match="another desk"):
        later.undo()
    assert not later.can_undo
    latest = desk(store, run_id)
    latest.undo()
    latest.undo()
    assert (latest.flags[0].verdict, latest.flags[0].others) == (None, (theirs,))


def test_rows_that_name_what_stood_last_can_be_undone_one_by_one(
    session: ReviewSession, store: Store, run_id: str
) -> None:
    """As earlier versions wrote them: each undo names the row before it, whatever that was."""
    first = session.decide(session.flags[0], CONFIRM)
    second = session.decide(session.flags[0], Decision.UNSURE)
    back = restoration(first, second)
    store.verdicts.append(back)
    store.verdicts.append(withdrawal(back))
    later = desk(store, run_id)
    trail = []
    while later.can_undo:
        later.undo()
        trail.append(later.flags[0].state)
    assert trail == ["confirm", "undecided"]


def test_reviewer_of_a_store_opened_to_read_has_nothing_to_undo(
    session: ReviewSession, store: Store, run_id: str
) -> None:
    session.decide(session.flags[0], CONFIRM)
    with Store.open(store.url, read_only=True) as reader:
        assert not desk(reader, run_id).can_undo


# Two desks --------------------------------------------------------------------------------------


@pytest.fixture
def other(store: Store, session: ReviewSession, run_id: str) -> ReviewSession:
    return desk(store, run_id)


def test_refresh_picks_up_what_another_desk_decided(
    session: ReviewSession, other: ReviewSession
) -> None:
    heard: list[None] = []
    other.subscribe(lambda: heard.append(None))
    assert not other.refresh()
    verdict = session.decide(session.flags[0], CONFIRM)
    assert other.refresh()
    assert other.flags[0].verdict == verdict
    assert len(heard) == 1


def test_two_desks_of_one_reviewer_make_one_verdict_of_a_flag(
    session: ReviewSession, other: ReviewSession
) -> None:
    first = session.decide(session.flags[0], CONFIRM)
    second = other.decide(other.flags[0], Decision.UNSURE)
    session.refresh()
    assert first.subject == second.subject
    assert session.flags[0].verdict == other.flags[0].verdict == second
    other.undo()
    session.refresh()
    assert session.flags[0].state == "confirm"


def test_desks_of_two_reviewers_do_not_touch_each_other(store: Store, run_id: str) -> None:
    ada, bela = desk(store, run_id), desk(store, run_id, "Béla")
    mine = ada.decide(ada.flags[0], CONFIRM)
    theirs = bela.decide(bela.flags[0], Decision.UNSURE)
    ada.refresh()
    assert (ada.flags[0].verdict, ada.flags[0].others) == (mine, (theirs,))
    ada.undo()
    assert (ada.flags[0].verdict, ada.flags[0].others) == (None, (theirs,))


def test_undo_never_overrides_another_desk_and_says_so(
    store: Store, session: ReviewSession, other: ReviewSession
) -> None:
    session.decide(session.flags[1], CONFIRM)
    session.decide(session.flags[0], CONFIRM)
    other.decide(other.flags[0], Decision.UNSURE)
    count = len(store.verdicts.of(FINGERPRINT))
    with pytest.raises(KnownError, match="another desk"):
        session.undo()
    assert len(store.verdicts.of(FINGERPRINT)) == count
    assert session.flags[0].state == "unsure"
    session.undo()
    assert states(session)[:2] == ["unsure", "undecided"]
    assert not session.can_undo


def test_redo_never_overrides_another_desk_and_says_so(
    session: ReviewSession, other: ReviewSession
) -> None:
    session.decide(session.flags[0], CONFIRM)
    session.undo()
    other.decide(other.flags[0], Decision.UNSURE)
    with pytest.raises(KnownError, match="another desk"):
        session.redo()
    assert session.flags[0].state == "unsure"
    assert not session.can_redo


def test_undo_of_an_older_step_never_takes_back_what_it_restored_of_another_desk(
    session: ReviewSession, other: ReviewSession
) -> None:
    session.decide(session.flags[0], CONFIRM)
    other.decide(other.flags[0], Decision.UNSURE)
    session.decide(session.flags[0], REJECT, reason=RejectReason.DUPLICATE)
    session.undo()
    assert session.flags[0].state == "unsure"
    with pytest.raises(KnownError, match="another desk"):
        session.undo()
    assert session.flags[0].state == "unsure"


def test_rules_of_the_catalog_decide_by_default(store: Store, run_id: str) -> None:
    session = ReviewSession(store, make_title(), "Ada", Profile("none", "None"))
    assert session.rescore(DEFAULT_PROFILE) == ()
