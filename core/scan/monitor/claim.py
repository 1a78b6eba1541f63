"""From what the rules say of a moving window to findings that begin and end once.

The rules are asked again and again over the last minutes. What they claim at the newest edge may
still grow, or turn out harmless when more is seen; what they claim at the oldest edge was decided
before with all that came before it. So a claim is announced once it has stood for a while or has
ended, is finished once its end lies well behind the newest row, and what ended before the last
decision is never taken anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

from core.catalog.table import DETECTORS
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.time import Span

SETTLE_S = 3.0
"""So far behind the newest row a claim's end is final; rules look around by less."""

STEADY_S = 1.0
"""So long in stream time a claim that goes on must stand before it is announced."""

_TOUCH_S = 0.05


class Change(StrEnum):
    """What became of a finding."""

    OPENED = "opened"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(slots=True, eq=False)
class LiveFinding:
    """A finding of a stream.

    Attributes:
        number: Tells it from all others of this process.
        finding: As last decided; from its true start also when that has left the window.
        announced: It was told as opened.
        since_s: Newest row when it was first claimed, seconds of the stream's clock.
        carried: Its start has left the window.
    """

    number: int
    finding: Finding
    since_s: float
    announced: bool = False
    carried: bool = False


_numbers = count(1)


class ClaimBook:
    """Follows the findings of one stretch.

    Args:
        profile: Tells how far apart claims are joined.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._open: list[LiveFinding] = []
        self._done: list[LiveFinding] = []
        self._decided: dict[tuple[str, int], float] = {}

    def held_from_s(self) -> dict[tuple[str, int], float]:
        """Start of the earliest finding that is not finished, by detector and stream."""
        held: dict[tuple[str, int], float] = {}
        for live in self._open:
            key = (live.finding.detector, live.finding.stream)
            held[key] = min(live.finding.span.start_s, held.get(key, float("inf")))
        return held

    def carry(self, key: tuple[str, int], before_s: float) -> None:
        """Findings that began before a time keep their start whatever the rule still sees."""
        for live in self._open:
            finding = live.finding
            if (finding.detector, finding.stream) == key and finding.span.start_s < before_s:
                live.carried = True

    @property
    def going_on(self) -> tuple[LiveFinding, ...]:
        """Findings that were announced and are not finished."""
        return tuple(live for live in self._open if live.announced)

    def update(
        self,
        findings: Sequence[Finding],
        reached_s: Mapping[tuple[str, int], float],
        left_s: Mapping[tuple[str, int], float],
        closing: bool = False,
    ) -> list[tuple[Change, LiveFinding]]:
        """Hold a decision over the window against what is known.

        Args:
            findings: What the rules say now.
            reached_s: Start of the newest row by detector and stream.
            left_s: Where the window begins by detector and stream, where it does not show all.
            closing: Nothing follows: all is final.

        Returns:
            What changed, in the order of the stream.
        """
        rest = list(findings)
        seen: set[int] = set()
        for book in (self._open, self._done):
            for live in list(book):
                best = _best(live, rest)
                if best is None:
                    continue
                rest.remove(best)
                grows = best.span.end_s > live.finding.span.end_s + _TOUCH_S
                if book is self._open or grows:
                    self._take(live, best, _left(left_s, best))
                    seen.add(live.number)
                    if book is self._done:
                        self._done.remove(live)
                        self._open.append(live)
        changes = self._vanished(seen, left_s)
        for finding in rest:
            key = (finding.detector, finding.stream)
            known_s = self._decided.get(key, float("-inf")) - self._settle_s(finding)
            if finding.span.end_s > known_s and not self._is_part(finding):
                self._open.append(LiveFinding(next(_numbers), finding, reached_s.get(key, 0.0)))
        changes += self._settled(reached_s, closing)
        self._decided.update(reached_s)
        self._done = [
            live
            for live in self._done
            if live.finding.span.end_s > _left(left_s, live.finding) - _TOUCH_S
        ]
        return sorted(changes, key=lambda change: change[1].finding.span.start_s)

    def _take(self, live: LiveFinding, finding: Finding, left_s: float) -> None:
        before = live.finding
        if finding.span.start_s <= left_s + _TOUCH_S and before.span.start_s < finding.span.start_s:
            live.carried = True
        if live.carried:
            # The rule sees only the rest: what it said of the whole stays.
            span = Span(before.span.start, max(before.span.end, finding.span.end), before.span.base)
            worse = finding.severity.rank > before.severity.rank
            severity = finding.severity if worse else before.severity
            live.finding = replace(
                before, span=span, severity=severity, score=max(before.score, finding.score)
            )
        else:
            live.finding = finding

    def _vanished(
        self, seen: set[int], left_s: Mapping[tuple[str, int], float]
    ) -> list[tuple[Change, LiveFinding]]:
        """What the rules do not claim any more: it left the window, or was a mistake."""
        changes: list[tuple[Change, LiveFinding]] = []
        for live in list(self._open):
            if live.number in seen:
                continue
            self._open.remove(live)
            if live.announced:
                left = _left(left_s, live.finding)
                gone = live.carried or live.finding.span.end_s <= left + _TOUCH_S
                changes.append((Change.CLOSED if gone else Change.WITHDRAWN, live))
                if gone:
                    self._done.append(live)
        return changes

    def _settled(
        self, reached_s: Mapping[tuple[str, int], float], closing: bool
    ) -> list[tuple[Change, LiveFinding]]:
        changes: list[tuple[Change, LiveFinding]] = []
        for live in list(self._open):
            finding = live.finding
            reached = reached_s.get((finding.detector, finding.stream), float("-inf"))
            final = closing or finding.span.end_s <= reached - self._settle_s(finding)
            if not live.announced and (final or reached - live.since_s >= STEADY_S):
                live.announced = True
                changes.append((Change.OPENED, live))
            if final:
                self._open.remove(live)
                self._done.append(live)
                changes.append((Change.CLOSED, live))
        return changes

    def _settle_s(self, finding: Finding) -> float:
        """How far behind the newest row the end of a claim is final."""
        spec = DETECTORS[finding.detector]
        gaps = [
            spec.value(self._profile, t.name)
            for t in spec.thresholds
            if "gap" in t.name and t.unit == "s"
        ]
        return max([SETTLE_S, *(gap + 1.0 for gap in gaps)])

    def _is_part(self, finding: Finding) -> bool:
        """It lies within one whose beginning the rule no longer sees, or that was finished."""
        return any(
            _alike(live.finding, finding)
            and finding.span.end_s <= live.finding.span.end_s + _TOUCH_S
            and finding.span.start_s >= live.finding.span.start_s - _TOUCH_S
            for live in (*self._done, *(live for live in self._open if live.carried))
        )


def _left(left_s: Mapping[tuple[str, int], float], finding: Finding) -> float:
    return left_s.get((finding.detector, finding.stream), float("-inf"))


def _best(live: LiveFinding, findings: Sequence[Finding]) -> Finding | None:
    """The claim that continues a finding: of its kind, over much the same time and place."""
    alike = [
        finding
        for finding in findings
        if _alike(finding, live.finding)
        and finding.span.start_s <= live.finding.span.end_s + _TOUCH_S
        and finding.span.end_s >= live.finding.span.start_s - _TOUCH_S
    ]
    return max(alike, key=lambda f: _likeness(f, live.finding), default=None)


def _likeness(one: Finding, other: Finding) -> float:
    a, b = one.evidence.region, other.evidence.region
    apart = 0.0 if a is None or b is None else abs(a.left - b.left) + abs(a.top - b.top)
    return float(one.span.overlap(other.span)) - 1000.0 * apart


def _alike(one: Finding, other: Finding) -> bool:
    return (one.detector, one.defect, one.stream, one.evidence.channels) == (
        other.detector,
        other.defect,
        other.stream,
        other.evidence.channels,
    )
