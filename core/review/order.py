"""The orders of the queue.

An order looks at what the machine claims and at what other reviewers said, never at the verdicts
of the person who sits here: a queue that moved under the hands of who decides it would lose them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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
    USEFUL = "useful"


LIKE_S = 10.0
"""Flags of one detector and defect that begin within so many seconds are likely the same thing."""


def arrange(
    flags: Iterable[Flag],
    order: QueueOrder = QueueOrder.TIME,
    title_of: Callable[[Flag], str] | None = None,
) -> tuple[Flag, ...]:
    """Put flags in order.

    Args:
        flags: Of one title or of several, in any order.
        order: Worst first for severity and score, least sure first for uncertain, by name for
            defect and title. Most useful is least sure first as well, but what is likely the
            same thing comes one flag at a time: all other things stand before its second flag.
        title_of: Name of a flag's title. Flags of several titles that tie stay title by title.

    Returns:
        The same flags; in which order they came makes no difference.
    """
    name = title_of if title_of is not None else _no_title
    if order is QueueOrder.USEFUL:
        return _by_use(tuple(flags), name)
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


def _by_use(flags: Sequence[Flag], name: Callable[[Flag], str]) -> tuple[Flag, ...]:
    """Least sure first, in turns: the first flag of each thing, then the second of each, …"""
    kinds: dict[tuple[str, str, str, int], list[Flag]] = {}
    for flag in sorted(flags, key=place):
        kinds.setdefault((name(flag), flag.detector, flag.defect, flag.stream), []).append(flag)
    turns: list[tuple[int, float, str, Key, Flag]] = []
    for (title, *_), some in kinds.items():
        starts = [flag.span.start_s for flag in some]
        cuts = [i for i in range(1, len(some)) if starts[i] - starts[i - 1] > LIKE_S]
        for first, stop in zip([0, *cuts], [*cuts, len(some)], strict=True):
            alike = sorted(some[first:stop], key=lambda flag: (-uncertainty(flag), place(flag)))
            turns += [
                (turn, -uncertainty(flag), title, place(flag), flag)
                for turn, flag in enumerate(alike)
            ]
    return tuple(flag for *_, flag in sorted(turns, key=lambda it: it[:4]))


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
