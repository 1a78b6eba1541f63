"""What a person chose in the verdict bar, before the store has it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.domain.defect import Severity
from core.domain.verdict import Decision, Disposition, RejectReason, Verdict
from core.review.flag import Flag


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision about one flag, complete.

    Attributes:
        flag: What it is about, as the person saw it.
        decision: What was decided.
        reason: Why, on a rejection.
        disposition: What to do, on a confirmation or missed defect.
        severity: How bad; None when not said.
        comment: Free text.
    """

    flag: Flag
    decision: Decision
    reason: RejectReason | None = None
    disposition: Disposition | None = None
    severity: Severity | None = None
    comment: str = ""

    @property
    def changes_nothing(self) -> bool:
        """The flag's verdict says the same already."""
        verdict = self.flag.verdict
        return verdict is not None and (
            (verdict.decision, verdict.reason, verdict.disposition)
            == (self.decision, self.reason, self.disposition)
            and (verdict.severity, verdict.comment) == (self.severity, self.comment)
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """Severity and comment for a flag that is not decided yet; stored with its decision."""

    severity: Severity | None = None
    comment: str = ""


def draft_of(flag: Flag) -> Draft:
    """What the flag's verdict says about severity and comment."""
    verdict = flag.verdict
    return Draft() if verdict is None else Draft(verdict.severity, verdict.comment)


def make_choice(
    flag: Flag,
    decision: Decision,
    draft: Draft,
    reason: RejectReason | None = None,
    disposition: Disposition | None = None,
) -> Choice:
    """Complete a decision: a rejection gets a reason, a confirmation a disposition.

    A missed defect stays one, whatever is confirmed about it.
    """
    if decision is Decision.CONFIRM and flag.missed:
        decision = Decision.MISSED
    if decision in (Decision.CONFIRM, Decision.MISSED):
        disposition = disposition or _kept(flag.verdict) or Disposition.FIX
    if decision is Decision.REJECT:
        reason = reason or RejectReason.FALSE_POSITIVE
    return Choice(flag, decision, reason, disposition, draft.severity, draft.comment)


def amended(flag: Flag, draft: Draft) -> Choice | None:
    """The flag's own decision with another severity or comment; None while undecided."""
    verdict = flag.verdict
    if verdict is None:
        return None
    same = Choice(flag, verdict.decision, verdict.reason, verdict.disposition)
    return replace(same, severity=draft.severity, comment=draft.comment)


def _kept(verdict: Verdict | None) -> Disposition | None:
    return verdict.disposition if verdict is not None else None
