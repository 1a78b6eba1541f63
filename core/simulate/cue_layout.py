"""Damage to how much captions ask of a reader, and to where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from core.domain.media import Cue
from core.domain.time import Span
from core.simulate.kind import CueDamage

_SLOWEST_CPS, _FASTEST_CPS = 21.0, 60.0
_LEAST_LINE, _MOST_LINE = 44, 120
_LEAST_OVERLAP, _MOST_OVERLAP = 0.1, 0.8
_LONGEST_SHORT_S, _SHORTEST_S = 0.7, 0.1
_FEWEST_LINES, _MOST_LINES = 3, 6
_NEAREST_PCT, _FARTHEST_PCT = 102, 160


class CueReading(CueDamage):
    """Captions that cannot be read.

    | Variant | Severity 0 | Severity 1 |
    |---|---|---|
    | `too_fast` | shown for as long as 21 characters a second take | 60 |
    | `too_long` | a line of 44 characters | 120 |
    | `overlapping` | split in two that overlap by a tenth of the time | by four fifths |
    | `too_short` | shown for .7 s | .1 s |
    | `too_many_lines` | three lines | six |
    """

    VARIANTS = ("too_fast", "too_long", "overlapping", "too_short", "too_many_lines")

    def apply(self, cues: Sequence[Cue]) -> list[Cue]:
        """Each caption damaged."""
        return [damaged for cue in cues for damaged in self._damaged(cue)]

    def spans(self, before: Sequence[Cue], after: Sequence[Cue]) -> list[tuple[float, float]]:
        """Each caption; the two that overlap are one."""
        shown = super().spans(before, after)
        if self.variant != "overlapping":
            return shown
        return [
            (first[0], second[1]) for first, second in zip(shown[::2], shown[1::2], strict=True)
        ]

    def parameters(self) -> dict[str, float | int | str]:
        """What the variant came to."""
        if self.variant == "too_fast":
            return {"cps": round(self._between(_SLOWEST_CPS, _FASTEST_CPS), 1)}
        if self.variant == "too_long":
            return {"characters": self._line()}
        if self.variant == "overlapping":
            return {"share": round(self._between(_LEAST_OVERLAP, _MOST_OVERLAP), 2)}
        if self.variant == "too_short":
            return {"seconds": round(self._between(_LONGEST_SHORT_S, _SHORTEST_S), 2)}
        return {"lines": self._lines()}

    def _damaged(self, cue: Cue) -> list[Cue]:
        if self.variant == "too_fast":
            pace = self._between(_SLOWEST_CPS, _FASTEST_CPS)
            return [_lasting(cue, len(cue.text.replace("\n", "")) / pace)]
        if self.variant == "too_short":
            return [_lasting(cue, self._between(_LONGEST_SHORT_S, _SHORTEST_S))]
        if self.variant == "overlapping":
            return self._split(cue)
        words = cue.text.split() or ["…"]
        if self.variant == "too_long":
            return [replace(cue, text=_repeated(words, self._line()))]
        wanted = [words[i % len(words)] for i in range(max(self._lines(), len(words)))]
        lines = [" ".join(wanted[i :: self._lines()]) for i in range(self._lines())]
        return [replace(cue, text="\n".join(lines))]

    def _split(self, cue: Cue) -> list[Cue]:
        words = cue.text.split()
        half = len(words) // 2
        first, second = " ".join(words[:half]) or cue.text, " ".join(words[half:])
        span = cue.span
        middle = (span.start + span.end) / 2
        reach = self._between(_LEAST_OVERLAP, _MOST_OVERLAP) * (span.end - span.start) / 2
        start = min(max(round(middle - reach), span.start + 1), max(span.end - 1, span.start + 1))
        end = max(round(middle + reach), start + 1)
        return [
            replace(cue, span=Span(span.start, end, span.base), text=first),
            replace(
                cue,
                span=Span(start, max(span.end, end + 1), span.base),
                text=second if half else f"… {second}",
            ),
        ]

    def _between(self, mild: float, strong: float) -> float:
        return mild + (strong - mild) * self.severity

    def _line(self) -> int:
        return round(self._between(_LEAST_LINE, _MOST_LINE))

    def _lines(self) -> int:
        return round(self._between(_FEWEST_LINES, _MOST_LINES))


class CuePosition(CueDamage):
    """Captions stand outside the picture: their region is named by where it lies.

    The name is a WebVTT setting: `line:102%` at severity 0, `line:160%` at 1, or the same with
    `position` for `beside`.
    """

    VARIANTS = ("below", "beside")

    def apply(self, cues: Sequence[Cue]) -> list[Cue]:
        """The same captions in another place."""
        return [replace(cue, region=self._region()) for cue in cues]

    def parameters(self) -> dict[str, float | int | str]:
        """The place."""
        return {"region": self._region()}

    def _region(self) -> str:
        place = round(_NEAREST_PCT + (_FARTHEST_PCT - _NEAREST_PCT) * self.severity)
        return f"{'line' if self.variant == 'below' else 'position'}:{place}%"


def _lasting(cue: Cue, seconds: float) -> Cue:
    span = cue.span
    ticks = max(round(Fraction(seconds) / span.base), 2)
    return replace(cue, span=Span(span.start, span.start + ticks, span.base))


def _repeated(words: Sequence[str], length: int) -> str:
    line = " ".join(words)
    index = 0
    while len(line) < length:
        line += " " + words[index % len(words)]
        index += 1
    return line
