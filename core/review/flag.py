"""Flags: what the queue shows, findings and verdicts brought together.

A verdict belongs to the finding of the same detector and stream that it overlaps by a temporal
IoU of at least .5. Of each reviewer, a finding takes at most one verdict and a verdict at most
one finding; where several would do, the best IoU wins, then the same defect, then the flag that
was decided later, then the earlier finding. What finds no finding stays in sight by itself: an
orphan, or a defect that a person marked as missed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.time import Span
from core.domain.verdict import ATTACH_IOU, Verdict

UNDECIDED = "undecided"
_SLACK_S = 1e-6

Place = tuple[float, float, str, str]
"""Where a flag stands among others: start and end in seconds, detector, key."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One entry of the queue.

    Attributes:
        key: Stays the same while decisions come and go: the finding's id, or for a flag without
            a finding the subject of its first verdict.
        span: When.
        defect: Defect id.
        detector: Detector id; empty for a missed defect.
        stream: Container index.
        finding: The machine's claim, if it makes one here now.
        verdict: What the session's reviewer decided, if anything.
        others: What other reviewers decided, in the order of their first decisions.
        orphan: Decided, but no finding matches any more.
        missed: Marked by a person, found by no detector.
    """

    key: str
    span: Span
    defect: str
    detector: str
    stream: int
    finding: Finding | None = None
    verdict: Verdict | None = None
    others: tuple[Verdict, ...] = ()
    orphan: bool = False
    missed: bool = False

    @property
    def decided(self) -> bool:
        """Whether the session's reviewer has decided."""
        return self.verdict is not None

    @property
    def state(self) -> str:
        """The decision in one word, or `undecided`."""
        return UNDECIDED if self.verdict is None else str(self.verdict.decision)

    @property
    def severity(self) -> Severity | None:
        """What the reviewer said, else what the profile proposes, else nothing."""
        if self.verdict is not None and self.verdict.severity is not None:
            return self.verdict.severity
        return None if self.finding is None else self.finding.severity

    @property
    def score(self) -> float:
        """The finding's strength; 1 without a finding, because a person vouches for it."""
        return 1.0 if self.finding is None else self.finding.score


def are_apart(one: Span, other: Span) -> bool:
    """Whether two spans do not even touch; cheap, to spare the exact overlap of most pairs."""
    if one.base == other.base:
        return one.end < other.start or other.end < one.start
    return one.end_time < other.start_time or other.end_time < one.start_time


def is_same_claim(verdict: Verdict, flag: Flag) -> bool:
    """Whether a verdict speaks about what a flag shows."""
    if are_apart(verdict.span, flag.span):
        return False
    if flag.finding is not None:
        return verdict.matches(flag.finding)
    return (verdict.detector, verdict.defect, verdict.stream) == (
        flag.detector,
        flag.defect,
        flag.stream,
    ) and verdict.span.iou(flag.span) >= ATTACH_IOU


def merge(
    findings: Sequence[Finding], current: Iterable[Verdict], reviewer: str
) -> tuple[Flag, ...]:
    """Bring findings and current verdicts together; see `Board`."""
    return Board(findings).merge(current, reviewer)


class Board:
    """Findings made ready to be brought together with verdicts, again and again.

    Args:
        findings: What the machine claims now, in any order.
    """

    def __init__(self, findings: Sequence[Finding] = ()) -> None:
        # Positions break ties, so they must not depend on how the findings came.
        self._findings = tuple(sorted(findings, key=_order))
        self._bare = _bare_flags(self._findings)
        self._places = [_place(flag) for flag in self._bare]
        self._groups = _grouped(self._findings)
        self._pairs: dict[str, list[tuple[float, int]]] = {}
        self._alone: list[tuple[Place, Flag]] = []
        self._alone_asked: tuple[str, ...] = ()

    def merge(self, current: Iterable[Verdict], reviewer: str) -> tuple[Flag, ...]:
        """Bring the findings and verdicts together.

        Args:
            current: The verdicts that count, of all reviewers, in the order of their first
                decisions (`core.domain.verdict.current_verdicts` gives them so).
            reviewer: Whose desk this is.

        Returns:
            Flags by time. Every finding and every verdict is in exactly one of them.
        """
        verdicts = list(current)
        attached: dict[int, list[Verdict]] = {}
        loose: list[tuple[int, Verdict]] = []
        for person in dict.fromkeys(v.reviewer for v in verdicts):
            theirs = [(i, v) for i, v in enumerate(verdicts) if v.reviewer == person]
            partner = self.assign([verdict for _, verdict in theirs])
            for position, (i, verdict) in enumerate(theirs):
                if position in partner:
                    attached.setdefault(partner[position], []).append(verdict)
                else:
                    loose.append((i, verdict))
        flags = list(self._bare)
        for f, some in attached.items():
            own, others = _by_owner(some, reviewer)
            flags[f] = replace(flags[f], verdict=own, others=others)
        loose.sort(key=lambda item: item[0])
        alone = self._alone_flags([verdict for _, verdict in loose], reviewer)
        placed = [*zip(self._places, flags, strict=True), *alone]
        placed.sort(key=lambda item: item[0])
        return tuple(flag for _, flag in placed)

    def _alone_flags(self, loose: Sequence[Verdict], reviewer: str) -> list[tuple[Place, Flag]]:
        """Flags that no finding supports; most decisions leave them as they are."""
        asked = (reviewer, *(verdict.id for verdict in loose))
        if asked != self._alone_asked:
            flags = [_loose_flag(some, reviewer) for some in _gather(loose)]
            self._alone = [(_place(flag), flag) for flag in flags]
            self._alone_asked = asked
        return self._alone

    def assign(self, verdicts: Sequence[Verdict]) -> dict[int, int]:
        """Which finding each verdict of one reviewer belongs to.

        Args:
            verdicts: Current ones, in the order of their first decisions.

        Returns:
            Position of the finding by position of the verdict; what has no partner is left out.
        """
        pairs = [
            (-iou, -v, f)
            for v, verdict in enumerate(verdicts)
            for iou, f in self._candidates(verdict)
        ]
        taken: set[int] = set()
        partner: dict[int, int] = {}
        for _, minus_v, f in sorted(pairs):
            if -minus_v not in partner and f not in taken:
                partner[-minus_v] = f
                taken.add(f)
        return partner

    def _candidates(self, verdict: Verdict) -> list[tuple[float, int]]:
        """Findings that a verdict may attach to: IoU, position."""
        known = self._pairs.get(verdict.id)
        if known is None:
            starts, members = self._groups.get((verdict.detector, verdict.stream), ([], []))
            _, earliest, latest = _reach(verdict.span)
            first, last = bisect_left(starts, earliest), bisect_right(starts, latest)
            known = [
                (verdict.span.iou(self._findings[f].span), f)
                for f in members[first:last]
                if verdict.matches(self._findings[f])
            ]
            self._pairs[verdict.id] = known
        return known


def _order(finding: Finding) -> tuple[float, float, str]:
    return (finding.span.start_s, finding.span.end_s, finding.id)


def _place(flag: Flag) -> Place:
    """Where a flag stands among others."""
    return (flag.span.start_s, flag.span.end_s, flag.detector, flag.key)


def _bare_flags(findings: Sequence[Finding]) -> list[Flag]:
    """One undecided flag a finding."""
    seen: dict[str, int] = {}
    flags = []
    for finding in findings:
        key = finding.id
        # Two channels may raise the very same claim.
        seen[key] = seen.get(key, 0) + 1
        flags.append(
            Flag(
                key=key if seen[key] == 1 else f"{key}#{seen[key]}",
                span=finding.span,
                defect=finding.defect,
                detector=finding.detector,
                stream=finding.stream,
                finding=finding,
            )
        )
    return flags


def _grouped(
    findings: Sequence[Finding],
) -> dict[tuple[str, int], tuple[list[float], list[int]]]:
    """Starts and positions of findings by detector and stream, in order of start."""
    members: dict[tuple[str, int], list[tuple[float, int]]] = {}
    for position, finding in enumerate(findings):
        place = (finding.span.start_s, position)
        members.setdefault((finding.detector, finding.stream), []).append(place)
    groups = {}
    for key, places in members.items():
        places.sort()
        groups[key] = ([start for start, _ in places], [position for _, position in places])
    return groups


def _reach(span: Span) -> tuple[float, float, float]:
    """Where a span starts, and between which seconds one must start to reach an IoU of .5 with it.

    Such a one is at most twice as long, and touches. Floats will do, because they only choose
    the pairs that are then compared exactly.
    """
    unit_s = float(span.base)
    start_s, end_s = span.start * unit_s, span.end * unit_s
    return start_s, 3 * start_s - 2 * end_s - _SLACK_S, end_s + _SLACK_S


def _gather(loose: Sequence[Verdict]) -> list[list[Verdict]]:
    """Put verdicts of several reviewers about one stretch together."""
    gathered: list[list[Verdict]] = []
    by_claim: dict[tuple[str, str, int], list[tuple[float, int]]] = {}
    for verdict in loose:
        claim = (verdict.detector, verdict.defect, verdict.stream)
        nearby = by_claim.setdefault(claim, [])
        begin, earliest, latest = _reach(verdict.span)
        first = bisect_left(nearby, (earliest, -1))
        best, best_iou = None, 0.0
        for start, place in islice(nearby, first, None):
            if start > latest:
                break
            some = gathered[place]
            if are_apart(verdict.span, some[0].span) or _has_spoken(verdict.reviewer, some):
                continue
            iou = verdict.span.iou(some[0].span)
            if iou >= ATTACH_IOU and iou > best_iou:
                best, best_iou = some, iou
        if best is None:
            best = []
            insort(nearby, (begin, len(gathered)))
            gathered.append(best)
        best.append(verdict)
    return gathered


def _has_spoken(reviewer: str, verdicts: Iterable[Verdict]) -> bool:
    return any(verdict.reviewer == reviewer for verdict in verdicts)


def _by_owner(
    verdicts: Sequence[Verdict], reviewer: str
) -> tuple[Verdict | None, tuple[Verdict, ...]]:
    own = next((v for v in verdicts if v.reviewer == reviewer), None)
    return own, tuple(v for v in verdicts if v.reviewer != reviewer)


def _loose_flag(verdicts: Sequence[Verdict], reviewer: str) -> Flag:
    """A flag that no finding supports."""
    own, others = _by_owner(verdicts, reviewer)
    shown = own or others[0]
    missed = shown.detector == ""
    return Flag(
        key=verdicts[0].subject,
        span=shown.span,
        defect=shown.defect,
        detector=shown.detector,
        stream=shown.stream,
        verdict=own,
        others=others,
        orphan=not missed,
        missed=missed,
    )
