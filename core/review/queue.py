"""The order of the queue, what it leaves out, and where it goes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.defect import DEFECTS, Severity
from core.review.flag import UNDECIDED, Flag


class Order(StrEnum):
    """How the queue is sorted; flags that tie stand in order of time."""

    TIME = "time"
    SEVERITY = "severity"
    SCORE = "score"
    DEFECT = "defect"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Filter:
    """What stays in the queue; an empty set means no restriction.

    Attributes:
        text: Words that must all occur in what a flag says, in any order and case.
        detectors: Detector ids (empty id: missed defects).
        defects: Defect ids.
        states: Decisions in one word, or `undecided`.
        severities: Severities as `Flag.severity` gives them.
        min_score: Smallest score.
    """

    text: str = ""
    detectors: frozenset[str] = frozenset()
    defects: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    severities: frozenset[Severity] = frozenset()
    min_score: float = 0.0

    def keeps(self, flag: Flag) -> bool:
        """Whether a flag stays."""
        return (
            flag.score >= self.min_score
            and (not self.detectors or flag.detector in self.detectors)
            and (not self.defects or flag.defect in self.defects)
            and (not self.states or flag.state in self.states)
            and (not self.severities or flag.severity in self.severities)
            and (not self.text or self._says(flag))
        )

    def _says(self, flag: Flag) -> bool:
        said = text_of(flag)
        return all(word in said for word in self.text.casefold().split())


EVERYTHING = Filter()


def text_of(flag: Flag) -> str:
    """All that a flag says in words, in one case, for searching."""
    known = DEFECTS.get(flag.defect)
    words = [flag.defect, known.title if known else "", flag.detector, flag.state]
    words += [str(flag.severity or ""), "orphan" if flag.orphan else ""]
    if flag.finding is not None:
        words.append(flag.finding.evidence.note)
    for verdict in (flag.verdict, *flag.others):
        if verdict is not None:
            words += [verdict.comment, verdict.reviewer]
            words += [str(verdict.reason or ""), str(verdict.disposition or "")]
    return " ".join(words).casefold()


def arrange(
    flags: Iterable[Flag],
    order: Order = Order.TIME,
    keep: Filter = EVERYTHING,
    *,
    reverse: bool = False,
) -> tuple[Flag, ...]:
    """The queue as it is shown.

    Args:
        flags: All flags.
        order: Worst first for severity and score, by name for defect.
        keep: What stays.
        reverse: The other way round; flags that tie stay in order of time.
    """
    kept = sorted(filter(keep.keeps, flags), key=_time)
    return tuple(sorted(kept, key=_KEYS[order], reverse=reverse))


def next_undecided(queue: Sequence[Flag], key: str | None = None) -> Flag | None:
    """The undecided flag after one, going on from the start after the end.

    Args:
        queue: As shown.
        key: Key of the flag to go on from; None or an unknown one starts at the top.

    Returns:
        None when nothing else is undecided.
    """
    return _seek(queue, key, 1)


def previous_undecided(queue: Sequence[Flag], key: str | None = None) -> Flag | None:
    """The undecided flag before one, going on from the end before the start."""
    return _seek(queue, key, -1)


def _seek(queue: Sequence[Flag], key: str | None, step: int) -> Flag | None:
    here = next((i for i, flag in enumerate(queue) if flag.key == key), None)
    count = len(queue)
    if here is None:
        here = -1 if step > 0 else count
        reach = range(1, count + 1)
    else:
        reach = range(1, count)
    for distance in reach:
        flag = queue[(here + step * distance) % count]
        if not flag.decided:
            return flag
    return None


def _time(flag: Flag) -> tuple[float, float, str, str]:
    return (flag.span.start_s, flag.span.end_s, flag.detector, flag.key)


def _severity(flag: Flag) -> int:
    return -1 if flag.severity is None else flag.severity.rank


_KEYS: dict[Order, Callable[[Flag], float | int | str]] = {
    Order.TIME: lambda flag: flag.span.start_s,
    Order.SEVERITY: lambda flag: -_severity(flag),
    Order.SCORE: lambda flag: -flag.score,
    Order.DEFECT: lambda flag: (
        DEFECTS[flag.defect].title if flag.defect in DEFECTS else flag.defect
    ),
    Order.UNDECIDED: lambda flag: 0 if flag.state == UNDECIDED else 1,
}
