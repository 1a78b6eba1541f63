"""What became of findings between two analyses of a title: gained, lost, moved or the same.

The one place that says which findings of two lists are the same claim. Runs that are compared,
thresholds that are tried and weights that are examined all ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import scipy

from core.domain import lineage
from core.domain.finding import Finding
from core.domain.time import rescale
from core.domain.title import Title
from core.domain.verdict import Verdict

LEAST_IOU = 0.2
"""Two findings of one kind are the same claim from this temporal IoU on."""

NEAR_S = 0.5
"""So are short ones whose middles lie no further apart."""

SAME_S = 0.02
"""Ends that differ by less than half a frame at 25 fps are the same."""


class Change(StrEnum):
    """What became of a finding."""

    GAINED = "gained"
    LOST = "lost"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Pairing:
    """One finding in one or both analyses.

    Attributes:
        change: What became of it.
        before: In the first; None when gained.
        after: In the second; None when lost.
    """

    change: Change
    before: Finding | None
    after: Finding | None

    @property
    def finding(self) -> Finding:
        """The newer of the two."""
        found = self.after or self.before
        assert found is not None
        return found


Fit = Callable[[Finding, Finding], float]
"""How well two findings of one detector, defect and stream are the same claim; 0 for not at all."""


def same_claim(one: Finding, other: Finding) -> float:
    """Temporal IoU where it is enough, or a little for short findings close by, else 0."""
    (a, b), (c, d) = _ends(one), _ends(other)
    shared, union = min(b, d) - max(a, c), max(b, d) - min(a, c)
    iou = shared / union if shared > 0 and union > 0 else float(union == 0)
    near = abs((a + b) / 2 - (c + d) / 2) <= NEAR_S and max(b - a, d - c) <= 2 * NEAR_S
    return max(iou, 1e-6) if iou >= LEAST_IOU or near else 0.0


def shared_share(one: Finding, other: Finding) -> float:
    """Temporal IoU, however little: for stretches that may show but a part of a finding."""
    return one.span.iou(other.span)


def pair_findings(
    before: Sequence[Finding], after: Sequence[Finding], fit: Fit = same_claim
) -> tuple[Pairing, ...]:
    """Pair the findings of two analyses one to one, by detector, defect and stream.

    Of all ways to pair those that may be the same claim, the one with the most pairs is taken,
    then the one that fits best.

    Args:
        before: Of the first.
        after: Of the second.
        fit: Which may be the same claim, up to 1.

    Returns:
        Every finding of both, in order of time.
    """
    kinds: dict[tuple[str, str, int], tuple[list[Finding], list[Finding]]] = defaultdict(
        lambda: ([], [])
    )
    for side, findings in enumerate((before, after)):
        for finding in findings:
            kinds[_kind(finding)][side].append(finding)
    pairings = [pairing for old, new in kinds.values() for pairing in _pair_kind(old, new, fit)]
    return tuple(sorted(pairings, key=lambda p: (p.finding.span.start_s, p.finding.detector)))


def pair_measured(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[Pairing, ...]:
    """Pair findings where only stretches of the title were measured anew.

    Any time in common makes the same claim, as a stretch may cut a finding. A part of a claim that
    is still made is neither gained nor lost.
    """

    def goes_on(finding: Finding, others: Sequence[Finding]) -> bool:
        return any(_kind(o) == _kind(finding) and shared_share(o, finding) > 0 for o in others)

    return tuple(
        p
        for p in pair_findings(before, after, shared_share)
        if (p.before and p.after) or not goes_on(p.finding, before if p.after else after)
    )


def changes_of(
    title: Title,
    pairings: Iterable[Pairing],
    verdicts: Sequence[Verdict],
    about: Callable[[Verdict, Finding], bool] = Verdict.matches,
) -> list[lineage.FindingChange]:
    """What became of a title's findings, with the picture to show and what people said.

    Args:
        title: Whose.
        pairings: In order of time.
        verdicts: The current ones, which say what a finding is worth.
        about: Whether a verdict speaks of a finding.
    """
    names = {Change.GAINED: lineage.Change.GAINED, Change.LOST: lineage.Change.LOST}
    return [
        lineage.FindingChange(
            names.get(pairing.change, lineage.Change.KEPT),
            title.fingerprint,
            title.name,
            pairing.finding,
            _shown(pairing.finding),
            next((v.decision for v in reversed(verdicts) if about(v, pairing.finding)), None),
        )
        for pairing in pairings
    ]


def _shown(finding: Finding) -> int:
    """The worst moment, within the finding, in its time base."""
    span, peak = finding.span, finding.evidence.peak
    return min(
        max(rescale(peak.pts, peak.base, span.base), span.start), max(span.end - 1, span.start)
    )


def _kind(finding: Finding) -> tuple[str, str, int]:
    return finding.detector, finding.defect, finding.stream


def _pair_kind(old: Sequence[Finding], new: Sequence[Finding], fit: Fit) -> Iterator[Pairing]:
    taken_old, taken_new = set(), set()
    if old and new:
        fits = np.array([[fit(one, other) for other in new] for one in old])
        worth = np.where(fits > 0, min(fits.shape) + 1.0 + fits, 0.0)
        rows, columns = scipy.optimize.linear_sum_assignment(worth, maximize=True)
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
            if fits[i, j] > 0:
                taken_old.add(i)
                taken_new.add(j)
                yield Pairing(_change(old[i], new[j]), old[i], new[j])
    for i, finding in enumerate(old):
        if i not in taken_old:
            yield Pairing(Change.LOST, finding, None)
    for j, finding in enumerate(new):
        if j not in taken_new:
            yield Pairing(Change.GAINED, None, finding)


def _ends(finding: Finding) -> tuple[float, float]:
    return finding.span.start_s, finding.span.end_s


def _change(one: Finding, other: Finding) -> Change:
    (a, b), (c, d) = _ends(one), _ends(other)
    same = abs(a - c) <= SAME_S and abs(b - d) <= SAME_S
    return Change.SAME if same else Change.MOVED
