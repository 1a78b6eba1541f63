"""Batch verdicts: which flags one decision is about, and which it leaves alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.domain.verdict import Decision
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


def plan_batch(flags: Iterable[Flag], decision: Decision, *, overwrite: bool = False) -> Batch:
    """Sort flags into those that a decision is for and those that it leaves alone.

    What is decided already is never decided again unless it is asked for. What a person marked
    as missed is no claim of a detector, so that neither confirming nor rejecting in a batch is
    for it.

    Args:
        flags: What it is about; one that comes twice counts once.
        decision: What would be decided.
        overwrite: Also decide what the session's reviewer has decided otherwise.
    """
    decided: list[Flag] = []
    kept: list[tuple[Flag, Kept]] = []
    for flag in {flag.key: flag for flag in flags}.values():
        reason = _reason(flag, decision, overwrite)
        if reason is None:
            decided.append(flag)
        else:
            kept.append((flag, reason))
    return Batch(tuple(decided), tuple(kept))


def of_detector(flags: Iterable[Flag], detector: str, below: float = 1.0) -> tuple[Flag, ...]:
    """The findings of one detector whose score does not pass `below`, in the order given."""
    return tuple(
        flag
        for flag in flags
        if flag.detector == detector and flag.finding is not None and flag.finding.score <= below
    )


def _reason(flag: Flag, decision: Decision, overwrite: bool) -> Kept | None:
    if flag.missed:
        return Kept.MISSED
    if flag.verdict is None:
        return None
    if not overwrite:
        return Kept.DECIDED
    return Kept.SAME if flag.verdict.decision is decision else None
