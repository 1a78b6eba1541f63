"""What the queue leaves out, and where it goes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.domain.defect import DEFECTS, Severity
from core.review.flag import Flag


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
        also: What else a flag says, in the words of the screen.
    """

    text: str = ""
    detectors: frozenset[str] = frozenset()
    defects: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    severities: frozenset[Severity] = frozenset()
    min_score: float = 0.0
    also: Callable[[Flag], str] | None = field(default=None, compare=False)

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
        if self.also is not None:
            said = f"{said} {self.also(flag).casefold()}"
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
