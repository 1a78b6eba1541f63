"""The orders of the queue.

An order looks at what the machine claims and at what other reviewers said, never at the verdicts
of the person who sits here: a queue that moved under the hands of who decides it would lose them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from core.domain.defect import DEFECTS
from core.domain.verdict import Decision
from core.review.flag import Flag

Key = tuple[float, float, str, str]


class QueueOrder(StrEnum):
    """How the queue is sorted; flags that tie stand in order of time."""

    TIME = "time"
    SEVERITY = "severity"
    SCORE = "score"
    UNCERTAIN = "uncertain"
    DEFECT = "defect"
    TITLE = "title"


def arrange(
    flags: Iterable[Flag],
    order: QueueOrder = QueueOrder.TIME,
    title_of: Callable[[Flag], str] | None = None,
) -> tuple[Flag, ...]:
    """Put flags in order.

    Args:
        flags: Of one title or of several, in any order.
        order: Worst first for severity and score, least sure first for uncertain, by name for
            defect and title.
        title_of: Name of a flag's title. Flags of several titles that tie stay title by title.

    Returns:
        The same flags; in which order they came makes no difference.
    """
    name = title_of if title_of is not None else _no_title
    rank = _RANKS[order]

    def key(flag: Flag) -> tuple[float | str, str, Key]:
        if order is QueueOrder.TITLE:
            return name(flag).casefold(), name(flag), place(flag)
        return rank(flag), name(flag), place(flag)

    return tuple(sorted(flags, key=key))


def place(flag: Flag) -> Key:
    """Where a flag stands in order of time: start and end in seconds, detector, key."""
    return (flag.span.start_s, flag.span.end_s, flag.detector, flag.key)


def uncertainty(flag: Flag) -> float:
    """How much a flag needs a person: 0 for sure to 1, and 2 where people are at odds.

    A score says how far beyond its threshold a finding lies, so that the weakest is the least
    sure; what a person marked needs no second one. A reviewer who was unsure, or two who do not
    agree, ask for the next pair of eyes before any machine does.
    """
    said = {verdict.decision for verdict in flag.others}
    if Decision.UNSURE in said or len(said) > 1:
        return 2.0
    return 0.0 if flag.finding is None else 1.0 - flag.finding.score


def proposed_rank(flag: Flag) -> int:
    """Rank of the severity that the profile proposes; of a person's where no finding stands."""
    if flag.finding is not None:
        return flag.finding.severity.rank
    said = [v.severity for v in (*flag.others, flag.verdict) if v is not None]
    return max((severity.rank for severity in said if severity is not None), default=-1)


def _no_title(_flag: Flag) -> str:
    return ""


def _defect(flag: Flag) -> str:
    return (DEFECTS[flag.defect].title if flag.defect in DEFECTS else flag.defect).casefold()


_RANKS: dict[QueueOrder, Callable[[Flag], float | str]] = {
    QueueOrder.TIME: lambda flag: flag.span.start_s,
    QueueOrder.SEVERITY: lambda flag: -proposed_rank(flag),
    QueueOrder.SCORE: lambda flag: -flag.score,
    QueueOrder.UNCERTAIN: lambda flag: -uncertainty(flag),
    QueueOrder.DEFECT: _defect,
    QueueOrder.TITLE: _no_title,
}
