"""A teach session: the flags that teach most, answered one after the other.

Answers are ordinary verdicts. Those of each title go through a review session of that title, so
that they are stored as safely as at the desk, undone like others, and seen by other desks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from core.catalog.table import DETECTORS
from core.domain.errors import KnownError
from core.domain.interval import wilson
from core.domain.question import Question, QuestionSet
from core.domain.title import Title
from core.domain.verdict import (
    Decision,
    Disposition,
    RejectReason,
    Verdict,
    current_verdicts,
)
from core.review.flag import merge
from core.review.library import Library
from core.review.session import ReviewSession
from core.store.question import drawn_by_chance

if TYPE_CHECKING:
    from core.store.question import Drawn
    from core.store.store import Store

_COUNT_S = 3.0
"""So long may titles be counted that changed; what is left counts as it was."""


class Answer(StrEnum):
    """What a person says about a question."""

    CONFIRM = "confirm"
    FALSE_POSITIVE = "false_positive"
    UNSURE = "unsure"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is known of a detector after a session.

    Attributes:
        detector: Its id.
        confirmed: Flags of it that anybody confirmed, in the store.
        rejected: Flags of it that anybody rejected as false positives.
        chance: Of the flags that were drawn by chance, ever: how many people confirmed.
        of_chance: How many of those were answered.
        low: Lower end of the 95 % interval of the share of flags that are real.
        high: Upper end.
    """

    detector: str
    confirmed: int
    rejected: int
    chance: int
    of_chance: int
    low: float
    high: float


class TeachBook:
    """Answers and what they taught, of one store; to be used from one thread.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sessions: dict[tuple[str, str], ReviewSession] = {}

    @property
    def url(self) -> str:
        """What opens the same store elsewhere."""
        return self._store.url

    def detectors(self) -> tuple[str, ...]:
        """Detectors with flags that nobody has decided, those with most first.

        Raises:
            KnownError: The store cannot be read.
        """
        Library(self._store).refresh(_COUNT_S)
        undecided = self._store.summaries.undecided()
        counts = {
            spec.id: sum(undecided.get(defect, 0) for defect in spec.defects)
            for spec in DETECTORS.values()
        }
        some = [detector for detector, count in counts.items() if count]
        return tuple(sorted(some, key=lambda detector: (-counts[detector], detector)))

    def title(self, fingerprint: str) -> Title | None:
        """A title, as it was found last."""
        return self._store.titles.get(fingerprint)

    def answer(self, question: Question, answer: Answer, reviewer: str) -> None:
        """Keep an answer as a verdict; it is on the disk when this returns.

        Args:
            question: What was asked.
            answer: `SKIP` stores nothing.
            reviewer: Who answers.

        Raises:
            KnownError: The store cannot be written, or the title is not in it any more.
        """
        if answer is Answer.SKIP:
            return
        session = self._session(question.fingerprint, reviewer)
        current = current_verdicts(self._store.verdicts.of(question.fingerprint))
        flags = merge([question.finding], current, session.reviewer)
        (flag,) = (flag for flag in flags if flag.finding is not None)
        session.refresh()
        if answer is Answer.CONFIRM:
            session.decide(flag, Decision.CONFIRM, disposition=Disposition.FIX)
        elif answer is Answer.FALSE_POSITIVE:
            session.decide(flag, Decision.REJECT, reason=RejectReason.FALSE_POSITIVE)
        else:
            session.decide(flag, Decision.UNSURE)

    def take_back(self, question: Question, reviewer: str) -> None:
        """Undo the reviewer's last answer, which was about this question.

        Raises:
            KnownError: The store cannot be written, or somebody has decided since.
        """
        self._session(question.fingerprint, reviewer).undo()

    def lesson(self, detector: str) -> Lesson:
        """What is known of a detector now.

        Raises:
            KnownError: The store cannot be read.
        """
        current = current_verdicts(self._store.verdicts.all())
        mine = [v for v in current if v.detector == detector]
        said = [real for real in map(_says, mine) if real is not None]
        drawn = [
            real for one in drawn_by_chance(detector) if (real := _answered(one, mine)) is not None
        ]
        low, high = wilson(sum(drawn), len(drawn))
        confirmed = sum(said)
        return Lesson(detector, confirmed, len(said) - confirmed, sum(drawn), len(drawn), low, high)

    def _session(self, fingerprint: str, reviewer: str) -> ReviewSession:
        key = (fingerprint, reviewer)
        if key not in self._sessions:
            title = self._store.titles.get(fingerprint)
            if title is None:
                raise KnownError("The title of this clip is not in the store any more.")
            self._store.reviewers.ensure(reviewer)
            self._sessions[key] = ReviewSession(self._store, title, reviewer)
        return self._sessions[key]


def counted(asked: QuestionSet, answers: Mapping[int, Answer]) -> Mapping[Answer, int]:
    """How often each answer was given in a session.

    Args:
        asked: What was asked.
        answers: By place of the question.
    """
    told: Sequence[Answer] = [answers.get(i, Answer.SKIP) for i in range(len(asked.questions))]
    return {answer: told.count(answer) for answer in Answer}


def _says(verdict: Verdict) -> bool | None:
    """Whether a verdict says that a flag is real; None where it says neither."""
    if verdict.decision is Decision.CONFIRM:
        return True
    wrong = verdict.reason is RejectReason.FALSE_POSITIVE
    return False if verdict.decision is Decision.REJECT and wrong else None


def _answered(drawn: Drawn, verdicts: Sequence[Verdict]) -> bool | None:
    """What people say about a flag that was drawn by chance; None while they do not agree."""
    said = {
        _says(verdict)
        for verdict in verdicts
        if (verdict.fingerprint, verdict.stream, verdict.defect)
        == (drawn.fingerprint, drawn.stream, drawn.defect)
        and verdict.span.iou(drawn.span) >= 0.5
    }
    return said.pop() if len(said) == 1 else None
