"""Answers of a teach session: ordinary verdicts, undone like others, and what they taught."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers.review_value import make_finding, make_title, make_verdict

from core.domain.errors import KnownError
from core.domain.profile import DEFAULT_PROFILE
from core.domain.question import Question, QuestionSet
from core.domain.run import RunState
from core.domain.verdict import Decision, Disposition, RejectReason, current_verdicts
from core.review.session import ReviewSession
from core.review.teach import Answer, TeachBook, counted
from core.store import question as question_file
from core.store.store import Store


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("ONGLASS_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.db") as opened:
        yield opened


def _ask(store: Store, chances: tuple[float, ...] = (0.0, 0.5, 0.5)) -> QuestionSet:
    """A question about a flag in each of some titles."""
    questions = []
    for number, chance in enumerate(chances):
        name, finding = f"title {number}", make_finding(5, 8)
        store.titles.put(make_title(name))
        run = store.runs.start(name, ["black"])
        store.findings.replace(run.id, DEFAULT_PROFILE, [finding])
        store.runs.finish(run.id, RunState.DONE)
        why = "audit" if chance else "uncertain"
        questions.append(Question(name, name, run.id, finding, 0.5, why, "Why.", chance))
    asked = QuestionSet("q", "black", datetime.now(UTC), 0, 9, 0, tuple(questions))
    question_file.keep(asked)
    return asked


@pytest.mark.parametrize(
    ("answer", "decision", "reason", "disposition"),
    [
        (Answer.CONFIRM, Decision.CONFIRM, None, Disposition.FIX),
        (Answer.FALSE_POSITIVE, Decision.REJECT, RejectReason.FALSE_POSITIVE, None),
        (Answer.UNSURE, Decision.UNSURE, None, None),
    ],
)
def test_an_answer_is_an_ordinary_verdict_about_the_flag(
    store: Store,
    answer: Answer,
    decision: Decision,
    reason: RejectReason | None,
    disposition: Disposition | None,
) -> None:
    one = _ask(store).questions[0]
    TeachBook(store).answer(one, answer, "Ada")
    (verdict,) = store.verdicts.all()
    said = (verdict.decision, verdict.reason, verdict.disposition, verdict.reviewer)
    assert said == (decision, reason, disposition, "Ada")
    assert verdict.matches(one.finding)
    assert verdict.fingerprint == one.fingerprint


def test_what_is_skipped_leaves_no_trace(store: Store) -> None:
    TeachBook(store).answer(_ask(store).questions[0], Answer.SKIP, "Ada")
    assert store.verdicts.all() == ()


def test_answers_are_taken_back_one_by_one_across_titles(store: Store) -> None:
    first, second, _ = _ask(store).questions
    book = TeachBook(store)
    book.answer(first, Answer.CONFIRM, "Ada")
    book.answer(second, Answer.UNSURE, "Ada")
    book.take_back(second, "Ada")
    assert [v.fingerprint for v in current_verdicts(store.verdicts.all())] == [first.fingerprint]
    book.take_back(first, "Ada")
    assert current_verdicts(store.verdicts.all()) == ()
    book.answer(first, Answer.FALSE_POSITIVE, "Ada")
    assert len({v.subject for v in store.verdicts.of(first.fingerprint)}) == 1


def test_a_flag_that_was_decided_meanwhile_is_decided_anew_not_twice(store: Store) -> None:
    one = _ask(store).questions[0]
    book = TeachBook(store)
    desk = ReviewSession(store, make_title(one.fingerprint), "Ada")
    desk.load_run(one.run)
    book.answer(one, Answer.UNSURE, "Ada")
    desk.refresh()
    desk.decide(desk.flags[0], Decision.CONFIRM, disposition=Disposition.FIX)
    book.answer(one, Answer.FALSE_POSITIVE, "Ada")
    (verdict,) = current_verdicts(store.verdicts.all())
    assert verdict.decision is Decision.REJECT
    desk.refresh()
    assert [flag.state for flag in desk.flags] == ["reject"]


def test_a_title_that_is_gone_is_a_sentence(store: Store) -> None:
    one = replace(_ask(store).questions[0], fingerprint="gone")
    with pytest.raises(KnownError, match="not in the store any more"):
        TeachBook(store).answer(one, Answer.CONFIRM, "Ada")


def test_detectors_with_undecided_flags_are_offered(store: Store) -> None:
    book = TeachBook(store)
    assert book.detectors() == ()
    asked = _ask(store)
    assert book.detectors() == ("black",)
    for one in asked.questions:
        book.answer(one, Answer.CONFIRM, "Ada")
    assert book.detectors() == ()


def test_only_what_chance_drew_speaks_for_the_rest(store: Store) -> None:
    asked = _ask(store)
    book = TeachBook(store)
    nothing = book.lesson("black")
    assert (nothing.of_chance, nothing.low, nothing.high) == (0, 0.0, 1.0)
    for one, answer in zip(
        asked.questions, (Answer.FALSE_POSITIVE, Answer.CONFIRM, Answer.CONFIRM), strict=True
    ):
        book.answer(one, answer, "Ada")
    lesson = book.lesson("black")
    assert (lesson.confirmed, lesson.rejected) == (2, 1)
    assert (lesson.chance, lesson.of_chance) == (2, 2)
    assert 0.2 < lesson.low < 0.9
    assert lesson.high == 1.0
    assert book.lesson("freeze").of_chance == 0


def test_a_flag_that_chance_drew_twice_counts_once_and_a_disputed_one_not(store: Store) -> None:
    asked = _ask(store)
    question_file.keep(replace(asked, id="again"))
    book = TeachBook(store)
    book.answer(asked.questions[1], Answer.CONFIRM, "Ada")
    book.answer(asked.questions[2], Answer.CONFIRM, "Ada")
    book.answer(asked.questions[2], Answer.FALSE_POSITIVE, "Bob")
    assert (book.lesson("black").chance, book.lesson("black").of_chance) == (1, 1)


def test_what_was_asked_may_be_damaged_and_is_said(store: Store) -> None:
    _ask(store)
    (path,) = question_file.folder().glob("*.json")
    path.write_text('{"detector": "black"}')
    with pytest.raises(KnownError, match="damaged"):
        TeachBook(store).lesson("black")


def test_verdicts_about_other_flags_do_not_count_as_answers(store: Store) -> None:
    asked = _ask(store)
    store.verdicts.append(make_verdict(50, 60, fingerprint=asked.questions[1].fingerprint))
    assert TeachBook(store).lesson("black").of_chance == 0


def test_what_was_not_answered_counts_as_skipped(store: Store) -> None:
    asked = _ask(store)
    assert counted(asked, {0: Answer.CONFIRM}) == {
        Answer.CONFIRM: 1,
        Answer.FALSE_POSITIVE: 0,
        Answer.UNSURE: 0,
        Answer.SKIP: 2,
    }
