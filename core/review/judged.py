"""What people decided about a detector's findings over a library, one answer a finding.

An answer is true where it was confirmed, creative intent included, for the detector was right to
see it; false where it was rejected as false positive or as not visible. Duplicates and *unsure* say
neither. Where people dispute, a settling verdict counts alone; without one nothing is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from core.catalog.table import DETECTORS
from core.domain.finding import Finding
from core.domain.run import Run, RunState
from core.domain.title import Title
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict, current_verdicts
from core.review.flag import Flag, merge

if TYPE_CHECKING:
    from core.store.store import Store


class Answer(StrEnum):
    """What people said about a flag, as far as a detector can learn from it."""

    CONFIRMED = "confirmed"
    INTENT = "intent"
    REJECTED = "rejected"
    MISSED = "missed"
    OPEN = "open"

    @property
    def true(self) -> bool | None:
        """Whether the detector was right to raise it; None where nobody can tell."""
        if self is Answer.OPEN:
            return None
        return self is not Answer.REJECTED


@dataclass(frozen=True, slots=True)
class Judged:
    """One flag with what people said about it.

    Attributes:
        fingerprint: Of the title.
        flag: The flag; of a missed defect, or where no finding matches any more, without a finding.
        answer: What they said.
        at: When the verdict that counts was given, UTC; None where there is none.
    """

    fingerprint: str
    flag: Flag
    answer: Answer
    at: datetime | None = None

    @property
    def finding(self) -> Finding | None:
        """The detector's claim."""
        return self.flag.finding


@dataclass(frozen=True, slots=True)
class TitleAnswers:
    """One title's flags of a detector, with the run that they come from.

    Attributes:
        title: The title.
        run: The newest whole analysis; None where nothing was analysed.
        judged: Its flags of the detector, decided or not, and what was marked as missed.
    """

    title: Title
    run: Run | None
    judged: tuple[Judged, ...]


def answer_of(verdicts: Iterable[Verdict]) -> tuple[Answer, datetime | None]:
    """What all verdicts about one flag say together.

    Args:
        verdicts: The current ones, of everybody.
    """
    told = list(verdicts)
    settled = [verdict for verdict in told if verdict.settles]
    said = {_answer(verdict) for verdict in (settled[-1:] or told)}
    at = max((verdict.at for verdict in told), default=None)
    return (said.pop() if len(said) == 1 else Answer.OPEN), at


def _answer(verdict: Verdict) -> Answer:
    if verdict.decision is Decision.MISSED:
        return Answer.MISSED
    if verdict.decision is Decision.CONFIRM:
        intent = verdict.disposition is Disposition.CREATIVE_INTENT
        return Answer.INTENT if intent else Answer.CONFIRMED
    if verdict.decision is Decision.REJECT and verdict.reason is not RejectReason.DUPLICATE:
        return Answer.REJECTED
    return Answer.OPEN


def answers_in(
    store: Store, detector: str, check: Callable[[], None] = lambda: None
) -> Iterator[TitleAnswers]:
    """What was decided about a detector's findings, title by title.

    Args:
        store: Where titles, runs and verdicts are.
        detector: Its id.
        check: Called before each title; may raise to stop.

    Raises:
        KnownError: The store cannot be read.
    """
    defects = DETECTORS[detector].defects if detector in DETECTORS else (detector,)
    for title in store.titles.all():
        check()
        run = whole_run(store.runs.of(title.fingerprint))
        found = [f for f in store.findings.of(run.id) if f.detector == detector] if run else []
        about = [
            verdict
            for verdict in current_verdicts(store.verdicts.of(title.fingerprint))
            if verdict.detector == detector
            or (verdict.decision is Decision.MISSED and verdict.defect in defects)
        ]
        if run is not None or about:
            flags = merge(found, about, "")
            yield TitleAnswers(title, run, tuple(_judged(title.fingerprint, f) for f in flags))


def whole_run(runs: Sequence[Run]) -> Run | None:
    """The newest finished analysis of the whole title."""
    done = (r for r in reversed(runs) if r.state is RunState.DONE and r.span is None)
    return next((run for run in done if not run.imported), None)


def _judged(fingerprint: str, flag: Flag) -> Judged:
    answer, at = answer_of(flag.others)
    return Judged(fingerprint, flag, answer, at)


def probability_of(finding: Finding) -> float:
    """What a finding claims as a probability: its metric where that is one, else its strength."""
    evidence, spec = finding.evidence, DETECTORS.get(finding.detector)
    if spec is None or not speaks_probability(finding.detector, evidence.metric):
        return finding.score
    scale = spec.metric(evidence.metric).high
    return min(max(evidence.peak_value / scale, 0.0), 1.0)


def speaks_probability(detector: str, metric: str) -> bool:
    """Whether a metric of a detector is a probability that was learned, not a measurement."""
    spec = DETECTORS.get(detector)
    if spec is None or detector not in LEARNED:
        return False
    found = next((m for m in spec.metrics if m.name == metric), None)
    return found is not None and (found.low, found.high, found.unit) == (0.0, 1.0, "")


LEARNED = ("block_corruption", "audio_artifact", "lipsync")
"""Detectors with a network of their own, whose curves are probabilities that were learned."""

TRAINED = ("block_corruption", "audio_artifact")
"""Detectors whose networks are trained further here; of all others thresholds are fitted."""
