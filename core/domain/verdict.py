"""A verdict: what a person decided. Verdicts are appended, never changed.

Each row carries everything needed to understand it without the finding: title, stream, defect,
span. All rows about one flag by one reviewer share a `subject`; the last of them counts. Undo
and redo append a row that restores what held before.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.time import Span

ATTACH_IOU = 0.5


class Decision(StrEnum):
    """What a person decided about a stretch of a title."""

    CONFIRM = "confirm"
    REJECT = "reject"
    UNSURE = "unsure"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class RejectReason(StrEnum):
    """Why a finding was rejected."""

    FALSE_POSITIVE = "false_positive"
    NOT_VISIBLE = "not_visible"
    DUPLICATE = "duplicate"


class Disposition(StrEnum):
    """What is to be done about a confirmed defect."""

    FIX = "fix"
    CREATIVE_INTENT = "creative_intent"
    BEST_POSSIBLE = "best_possible"


def _new_id() -> str:
    return uuid.uuid4().hex


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row of a reviewer's decisions.

    Attributes:
        fingerprint: Of the title.
        stream: Container index of the stream.
        defect: Defect id.
        detector: Detector whose finding was judged; empty for a missed defect.
        span: When.
        decision: What was decided; `WITHDRAWN` takes a decision back to "undecided".
        reviewer: Who.
        reason: Why, on a rejection only.
        disposition: What to do, on a confirmation or a missed defect only.
        severity: How bad, as the person sees it; None when not said.
        comment: Free text.
        subject: Shared by all rows about one flag by one reviewer.
        undoes: Id of the row that this one takes back, when it is an undo or a redo.
        id: Unique id of the row.
        at: When it was decided, UTC.
        settles: It is the last word where people dispute: reports count it alone.
    """

    fingerprint: str
    stream: int
    defect: str
    detector: str
    span: Span
    decision: Decision
    reviewer: str
    reason: RejectReason | None = None
    disposition: Disposition | None = None
    severity: Severity | None = None
    comment: str = ""
    subject: str = field(default_factory=_new_id)
    undoes: str = ""
    id: str = field(default_factory=_new_id)
    at: datetime = field(default_factory=_now)
    settles: bool = False

    def __post_init__(self) -> None:
        if (self.reason is not None) != (self.decision is Decision.REJECT):
            raise ValueError("a reason belongs to a rejection, and every rejection needs one")
        may_dispose = self.decision in (Decision.CONFIRM, Decision.MISSED)
        if self.disposition is not None and not may_dispose:
            raise ValueError("a disposition belongs to a confirmed or missed defect")

    def matches(self, finding: Finding) -> bool:
        """Whether this is about `finding`: same detector, defect and stream, IoU at least .5."""
        return (
            self.detector == finding.detector
            and self.defect == finding.defect
            and self.stream == finding.stream
            and self.span.iou(finding.span) >= ATTACH_IOU
        )


def withdrawal(of: Verdict) -> Verdict:
    """A row that takes `of` back to "undecided"."""
    return replace(
        of,
        decision=Decision.WITHDRAWN,
        reason=None,
        disposition=None,
        severity=None,
        comment="",
        undoes=of.id,
        id=_new_id(),
        at=_now(),
    )


def restoration(previous: Verdict, undoes: Verdict) -> Verdict:
    """A row that says again what `previous` said, taking `undoes` back."""
    return replace(previous, undoes=undoes.id, id=_new_id(), at=_now())


def current_verdicts(rows: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts that count: the last row of each subject, withdrawn ones left out.

    Args:
        rows: All rows in the order in which they were appended.
    """
    last: dict[str, Verdict] = {}
    for row in rows:
        last[row.subject] = row
    return tuple(v for v in last.values() if v.decision is not Decision.WITHDRAWN)
