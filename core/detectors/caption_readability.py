"""Caption readability: how much text there is, for how long, and what comes next to it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.detectors.base import Detector, Row, Sample
from core.domain.media import Cue

_LONGEST_S = 60.0
_LEAST_CHARACTERS = 2
_LEAST_S = 0.02
_JOINED_S = 0.1
_TOGETHER_S = 0.05
_UNKNOWN_S = 5.0


class _Event(NamedTuple):
    """What shows in one place from one PTS on; an end of 0 is not known."""

    lines: tuple[str, ...]
    start_s: float
    end_s: float
    region: str


class CaptionReadabilityDetector(Detector):
    """Measures a row for all captions that start together.

    Lines of the same time and place count as one caption. Where captions roll up, so that one
    begins with lines of the one before, only what is new counts as text to read. A row is kept
    back until the next one says what gap there is.
    """

    id = "caption_readability"

    def reset(self) -> None:
        """Forget the caption before."""
        self._kept: tuple[int, list[_Event]] | None = None
        self._before: list[_Event] = []

    def measure(self, views: Mapping[str, Sample]) -> list[Row]:
        """The row of the captions before, now that it is known what follows."""
        sample = views["cues"]
        events = _events_of(sample.cues)
        if not events or (self._kept is not None and sample.pts <= self._kept[0]):
            return []
        rows = self._close(events)
        self._kept = (sample.pts, events)
        return rows

    def flush(self) -> list[Row]:
        """The row of the last captions."""
        return self._close([])

    def _close(self, following: list[_Event]) -> list[Row]:
        if self._kept is None:
            return []
        pts, events = self._kept
        row = Row(pts, _values(events, self._before, following))
        self._kept, self._before = None, events
        return [row]


def _events_of(cues: Sequence[Cue]) -> list[_Event]:
    places: dict[tuple[int, str], list[str]] = defaultdict(list)
    for cue in cues:
        lines = [line.strip() for line in cue.text.splitlines()]
        places[cue.span.end, cue.region] += [line for line in lines if line]
    if not cues:
        return []
    base, start = cues[0].span.base, cues[0].span.start_s
    # One unit is what a caption keeps whose track does not say how long it shows.
    return [
        _Event(
            tuple(lines), start, float(end * base) if end - cues[0].span.start > 1 else 0.0, region
        )
        for (end, region), lines in places.items()
        if lines
    ]


def _values(
    events: list[_Event], before: list[_Event], following: list[_Event]
) -> tuple[float, ...]:
    start_s = events[0].start_s
    next_s = following[0].start_s if following else start_s + _LONGEST_S
    rolls = any(_goes_on(theirs, mine) for mine in events for theirs in before) or any(
        _goes_on(mine, theirs) for mine in events for theirs in following
    )
    stays_s = min(next_s, start_s + _UNKNOWN_S)
    ends = [event.end_s or stays_s for event in events]
    counts = [_length("".join(_news(event, before))) for event in events]
    paces = [
        count / max(end_s - start_s, _LEAST_S)
        for count, end_s in zip(counts, ends, strict=True)
        if count >= _LEAST_CHARACTERS
    ]
    overlap_s = max(
        (
            end_s - next_s
            for event, end_s in zip(events, ends, strict=True)
            if any(event.region == theirs.region for theirs in following)
        ),
        default=0.0,
    )
    # What comes on in another place while this shows leaves no gap to judge.
    gap_s = next_s - max(ends)
    return (
        max(paces, default=0.0),
        float(max(_length(line) for event in events for line in event.lines)),
        float(max(len(event.lines) for event in events)),
        min(max(ends) - start_s, _LONGEST_S),
        min(max(gap_s, 0.0), _LONGEST_S) if gap_s >= 0 or overlap_s > 0 else _LONGEST_S,
        max(overlap_s, 0.0),
        float(_script("".join(line for event in events for line in event.lines))),
        float(rolls),
    )


def _goes_on(event: _Event, following: _Event) -> bool:
    """Whether the next caption repeats lines of this one, or adds to it until both go off."""
    if event.start_s < following.start_s < event.end_s:
        return abs(event.end_s - following.end_s) < _TOGETHER_S or _repeats(event, following)
    return _repeats(event, following)


def _repeats(event: _Event, following: _Event) -> bool:
    return event.region == following.region and _news(following, [event]) != following.lines


def _news(event: _Event, before: Sequence[_Event]) -> tuple[str, ...]:
    """The lines that did not show just before, in the same place."""
    for other in before:
        if other.region != event.region or event.start_s - other.end_s > _JOINED_S:
            continue
        for held in range(min(len(other.lines), len(event.lines)), 0, -1):
            if other.lines[-held:] == event.lines[:held]:
                return event.lines[held:]
        if len(other.lines) == len(event.lines) and event.lines[-1].startswith(other.lines[-1]):
            grown = event.lines[-1][len(other.lines[-1]) :]
            return (grown,) if other.lines[:-1] == event.lines[:-1] else event.lines
    return event.lines


def _length(text: str) -> int:
    """Characters that take room: marks that sit on others and marks of direction take none."""
    return sum(unicodedata.category(letter) not in ("Mn", "Me", "Cf") for letter in text)


def _script(text: str) -> int:
    """0 for alphabets, 1 for Chinese, 2 for Japanese, 3 for Korean, by what most letters are."""
    kinds = [_kind(ord(letter)) for letter in text if letter.isalpha()]
    wide = [kind for kind in kinds if kind]
    if 2 * len(wide) <= len(kinds):
        return 0
    if 3 in wide and wide.count(3) >= wide.count(1):
        return 3
    return 2 if 2 in wide else 1


def _kind(code: int) -> int:
    if 0x3040 <= code <= 0x30FF or 0x31F0 <= code <= 0x31FF or 0xFF66 <= code <= 0xFF9D:
        return 2
    if 0xAC00 <= code <= 0xD7AF or 0x1100 <= code <= 0x11FF or 0x3130 <= code <= 0x318F:
        return 3
    return int(0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF)
