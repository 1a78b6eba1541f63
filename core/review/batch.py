"""Batch verdicts: which flags one decision is about, and which it leaves alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.domain.verdict import Decision, Disposition, RejectReason
from core.review.flag import Flag


class Kept(StrEnum):
    """Why a batch leaves a flag alone."""

    DECIDED = "decided"
    SAME = "same"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Batch:
    """What one decision would do.

    Attributes:
        decided: Flags that it decides, in the order given.
        kept: Flags that it leaves alone, and why.
    """

    decided: tuple[Flag, ...] = ()
    kept: tuple[tuple[Flag, Kept], ...] = ()


def plan_batch(
    flags: Iterable[Flag],
    decision: Decision,
    reason: RejectReason | None = None,
    disposition: Disposition | None = None,
    *,
    overwrite: bool = False,
) -> Batch:
    """Sort flags into those that a decision is for and those that it leaves alone.

    What is decided already is never decided again unless it is asked for. What a person marked
    as missed is no claim of a detector, so that neither confirming nor rejecting in a batch is
    for it.

    Args:
        flags: What it is about; one that comes twice counts once.
        decision: What would be decided.
        reason: Why, on a rejection.
        disposition: What to do, on a confirmation.
        overwrite: Also decide what the session's reviewer has decided otherwise.
    """
    decided: list[Flag] = []
    kept: list[tuple[Flag, Kept]] = []
    for flag in {flag.key: flag for flag in flags}.values():
        why = _why_kept(flag, (decision, reason, disposition), overwrite)
        if why is None:
            decided.append(flag)
        else:
            kept.append((flag, why))
    return Batch(tuple(decided), tuple(kept))


def of_detector(flags: Iterable[Flag], detector: str, below: float = 1.0) -> tuple[Flag, ...]:
    """The findings of one detector whose score does not pass `below`, in the order given."""
    return tuple(
        flag
        for flag in flags
        if flag.detector == detector and flag.finding is not None and flag.finding.score <= below
    )


def _why_kept(
    flag: Flag,
    wanted: tuple[Decision, RejectReason | None, Disposition | None],
    overwrite: bool,
) -> Kept | None:
    if flag.missed:
        return Kept.MISSED
    verdict = flag.verdict
    if verdict is None:
        return None
    if not overwrite:
        return Kept.DECIDED
    said = (verdict.decision, verdict.reason, verdict.disposition)
    return Kept.SAME if said == wanted else None
