"""Damage to when captions show: late, early, drifting apart, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from core.domain.media import Cue
from core.domain.time import Span
from core.simulate.kind import CueDamage

_LEAST_OFFSET_S = 0.6
_MOST_OFFSET_S = 6.0
_LEAST_SHARE = 0.25
_NEXT_TO_EACH_OTHER_S = 1.0


class CueShift(CueDamage):
    """Captions come too late or too early, by .6 s at severity 0 and 6 s at 1.

    `drift` starts in step and comes later and later, as after a wrong frame rate.
    """

    VARIANTS = ("late", "early", "drift")

    def apply(self, cues: Sequence[Cue]) -> list[Cue]:
        """The same captions at other times, none before zero."""
        if not cues:
            return []
        first, last = cues[0].span.start_s, max(cues[-1].span.start_s, cues[0].span.start_s + 1e-3)
        moved = []
        for cue in cues:
            part = (cue.span.start_s - first) / (last - first) if self.variant == "drift" else 1.0
            moved.append(_moved(cue, part * self._offset_s()))
        return moved

    def spans(self, before: Sequence[Cue], after: Sequence[Cue]) -> list[tuple[float, float]]:
        """One stretch, from the first caption to the last."""
        if not after:
            return []
        starts = [cue.span.start_s for cue in after]
        return [(min(starts), max(cue.span.end_s for cue in after))]

    def parameters(self) -> dict[str, float | int | str]:
        """By how much captions are off at the end; late is positive."""
        return {"offset_ms": round(1000 * self._offset_s())}

    def _offset_s(self) -> float:
        size = _LEAST_OFFSET_S + (_MOST_OFFSET_S - _LEAST_OFFSET_S) * self.severity
        return -size if self.variant == "early" else size


class CueLoss(CueDamage):
    """Captions are missing: one in four at severity 0, all at 1."""

    def apply(self, cues: Sequence[Cue]) -> list[Cue]:
        """The captions that are left."""
        if not cues:
            return []
        count = max(round(len(cues) * self._share()), 1)
        # In one piece: lost packets and forgotten scenes take neighbours.
        first = int(self.rng.integers(0, len(cues) - count + 1))
        return [*cues[:first], *cues[first + count :]]

    def spans(self, before: Sequence[Cue], after: Sequence[Cue]) -> list[tuple[float, float]]:
        """Where the missing ones were; those next to each other are one stretch."""
        joined: list[tuple[float, float]] = []
        for cue in before:
            if cue in after:
                continue
            start_s, end_s = cue.span.start_s, cue.span.end_s
            if joined and start_s - joined[-1][1] < _NEXT_TO_EACH_OTHER_S:
                joined[-1] = (joined[-1][0], end_s)
            else:
                joined.append((start_s, end_s))
        return joined

    def parameters(self) -> dict[str, float | int | str]:
        """Which part of the captions is missing."""
        return {"share": round(self._share(), 3)}

    def _share(self) -> float:
        return _LEAST_SHARE + (1.0 - _LEAST_SHARE) * self.severity


def _moved(cue: Cue, offset_s: float) -> Cue:
    span = cue.span
    ticks = max(round(Fraction(offset_s) / span.base), -span.start)
    return replace(cue, span=Span(span.start + ticks, span.end + ticks, span.base))
