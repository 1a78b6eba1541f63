"""The log of verdicts: what counts, and what undo leaves."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.domain.time import Span
from core.domain.verdict import (
    Decision,
    Disposition,
    RejectReason,
    Verdict,
    current_verdicts,
    restoration,
    withdrawal,
)


def _verdict(decision: Decision = Decision.CONFIRM, **kwargs: object) -> Verdict:
    span = Span(0, 10, Fraction(1, 25))
    return Verdict("f00d", 0, "black", "black", span, decision, "me", **kwargs)  # type: ignore[arg-type]


def test_the_last_row_of_a_subject_counts() -> None:
    first = _verdict(disposition=Disposition.FIX)
    second = _verdict(Decision.REJECT, reason=RejectReason.FALSE_POSITIVE, subject=first.subject)
    other = _verdict(Decision.UNSURE)
    assert current_verdicts([first, other, second]) == (second, other)


def test_a_withdrawn_decision_leaves_the_flag_undecided() -> None:
    first = _verdict(comment="dark", disposition=Disposition.FIX)
    undo = withdrawal(first)
    assert undo.undoes == first.id
    assert undo.disposition is None
    assert current_verdicts([first, undo]) == ()


def test_undoing_a_change_of_mind_restores_what_held_before() -> None:
    first = _verdict(comment="dark")
    second = _verdict(Decision.UNSURE, subject=first.subject)
    undo = restoration(first, undoes=second)
    (current,) = current_verdicts([first, second, undo])
    assert (current.decision, current.comment) == (Decision.CONFIRM, "dark")
    assert current.id not in (first.id, second.id)


def test_a_rejection_needs_a_reason_and_nothing_else_may_have_one() -> None:
    with pytest.raises(ValueError, match="reason"):
        _verdict(Decision.REJECT)
    with pytest.raises(ValueError, match="reason"):
        _verdict(reason=RejectReason.DUPLICATE)


def test_only_real_defects_get_a_disposition() -> None:
    with pytest.raises(ValueError, match="disposition"):
        _verdict(Decision.UNSURE, disposition=Disposition.FIX)
    assert _verdict(Decision.MISSED, disposition=Disposition.FIX).disposition is Disposition.FIX
