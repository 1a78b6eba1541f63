"""Manual checks: a title is not done before a person has answered what the profile asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.review_value import FINGERPRINT, decide_above, make_title, make_track

from core.catalog.profile_file import list_profiles, load_profile, profile_of, save_profile
from core.domain.check import Check, checks_of, is_check
from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.run import RunState
from core.domain.verdict import Decision, RejectReason
from core.reports.gather import gather_report
from core.reports.report import OutcomeWord
from core.review.flag import Flag
from core.review.incident import group
from core.review.session import ReviewSession
from core.store.store import Store

ASKED = (
    Check("language", "Is it in another language?", "channel", Severity.BLOCKER),
    Check("text", "Is any text misspelt?"),
)
PROFILE = Profile("qc", "QC", checks=ASKED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "s.db") as store:
        store.titles.put(make_title())
        store.reviewers.ensure("ann")
        yield store


@pytest.fixture
def session(store: Store) -> ReviewSession:
    run = store.runs.start(FINGERPRINT, ["black"])
    store.tracks.append(run.id, make_track(0, 50))
    store.findings.replace(run.id, DEFAULT_PROFILE, [])
    store.runs.finish(run.id, RunState.DONE)
    session = ReviewSession(store, make_title(), "ann", decide=decide_above)
    session.load_run(run.id)
    session.adopt(PROFILE)
    return session


def asked(session: ReviewSession) -> list[Flag]:
    return [flag for flag in session.flags if is_check(flag.detector)]


def outcome(store: Store) -> OutcomeWord:
    run = store.runs.latest(FINGERPRINT)
    return gather_report(store, make_title(), run).outcome.word


def all_is_well(session: ReviewSession, *flags: Flag) -> None:
    session.decide_many(flags, Decision.REJECT, reason=RejectReason.FALSE_POSITIVE)


def test_each_question_is_a_flag_over_the_whole_title(session: ReviewSession) -> None:
    title = make_title()
    language, text = asked(session)
    assert language.finding is not None
    assert language.finding.evidence.note == "Is it in another language?"
    assert (language.defect, language.severity) == ("channel", Severity.BLOCKER)
    assert text.defect == "other"
    assert language.span.start_s == pytest.approx(title.start.seconds)
    assert language.span.duration_s == pytest.approx(title.duration_s, abs=0.1)


def test_a_title_is_done_only_when_all_questions_are_answered(
    store: Store, session: ReviewSession
) -> None:
    all_is_well(session, *(f for f in session.flags if not is_check(f.detector)))
    all_is_well(session, asked(session)[0])
    assert outcome(store) is OutcomeWord.INCOMPLETE
    all_is_well(session, asked(session)[1])
    assert outcome(store) is OutcomeWord.PASS
    session.undo()
    assert outcome(store) is OutcomeWord.INCOMPLETE
    session.decide(asked(session)[1], Decision.CONFIRM)
    assert outcome(store) is OutcomeWord.FAIL


def test_answers_outlive_other_thresholds_and_words(session: ReviewSession) -> None:
    all_is_well(session, *session.flags)
    reworded = tuple(replace(check, ask=check.ask + " Really?") for check in ASKED)
    session.adopt(replace(PROFILE, checks=reworded))
    assert [flag.state for flag in asked(session)] == ["reject", "reject"]
    session.rescore(DEFAULT_PROFILE)
    assert [flag.orphan for flag in asked(session)] == [True, True]


def test_the_store_keeps_what_a_profile_asks(store: Store, session: ReviewSession) -> None:
    run = session.run
    assert run is not None
    assert store.findings.profile_of(run.id) == PROFILE
    again = ReviewSession(store, make_title(), "ann", PROFILE, decide=decide_above)
    again.load_run(run.id)
    assert len(asked(again)) == 2


def test_a_question_is_never_part_of_an_incident(session: ReviewSession) -> None:
    for incident in group(session.flags):
        assert len(incident.flags) == 1 or not any(is_check(f.detector) for f in incident.flags)


def test_a_profile_without_questions_keeps_its_digest_and_asks_nothing() -> None:
    assert DEFAULT_PROFILE.hash == Profile("x", "X").hash
    assert PROFILE.hash != DEFAULT_PROFILE.hash
    assert checks_of(make_title(), ()) == ()


def test_profiles_that_ship_ask_in_known_words() -> None:
    for entry in list_profiles():
        profile = load_profile(entry.name)
        assert bool(profile.checks) is (entry.name != "default")


def test_a_profile_is_read_back_with_its_questions(tmp_path: Path) -> None:
    assert load_profile(save_profile(PROFILE, tmp_path / "qc.toml")).checks == ASKED


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        ("no", "must be tables"),
        ([{"id": "A b", "ask": "x"}], "one word"),
        ([{"id": "a", "ask": " "}], "must ask something"),
        ([{"id": "a", "ask": "x" * 301}], "must ask something"),
        ([{"id": "a", "ask": "x"}, {"id": "a", "ask": "y"}], "share an id"),
        ([{"id": "a", "ask": "x", "defect": "nope"}], "unknown defect nope"),
        ([{"id": "a", "ask": "x", "severity": "bad"}], "severity of a"),
        ([{"id": "a", "ask": "x", "why": "y"}], "unknown entry why"),
    ],
)
def test_questions_that_make_no_sense_are_refused(checks: object, sentence: str) -> None:
    with pytest.raises(KnownError, match=sentence):
        profile_of("qc", {"title": "QC", "checks": checks})
