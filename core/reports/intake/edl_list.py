"""Flags from a CMX 3600 edit list: its locators, or else its events.

Locators are the `* LOC:` lines that Avid and others write, ours too. They have no length; ours say
where the flag ends in their text, others are one frame long. A list without locators is read as
one flag an event, from record in to record out, with the comments below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction

from core.domain.errors import KnownError
from core.domain.title import Title
from core.reports.clock import EditClock, clock_of
from core.reports.intake.claim import (
    Claim,
    Reading,
    defect_of,
    note_of,
    refuse_many,
    severity_of,
)

_TIME = r"\d{2}:\d{2}:\d{2}[:;.,]\d{2}"
_COLORS = "RED|GREEN|BLUE|CYAN|MAGENTA|YELLOW|BLACK|WHITE"
_EVENT = re.compile(rf"^\s*\d{{1,6}}\s+\S.*?\s({_TIME})\s+({_TIME})\s+({_TIME})\s+({_TIME})\s*$")
_LOCATOR = re.compile(rf"^\*\s*(?i:LOC)\s*:\s*({_TIME})\s+(?:({_COLORS})\s+)?(.*)$")
_COMMENT = re.compile(r"^\*\s*(?:COMMENT|NOTE)?\s*:?\s*(.*)$", re.IGNORECASE)
_PLUMBING = re.compile(r"^\*\s*(FROM|TO) CLIP|^\*\s*(SOURCE FILE|KEY CLIP)", re.IGNORECASE)
_ENDS = re.compile(rf"^to ({_TIME})$")
_NAME = re.compile(r"^#\d+\s+")
_MOST_LINES = 1_000_000


@dataclass(slots=True)
class _Event:
    """One event, and what is written below it."""

    first: str
    last: str
    comments: list[str] = field(default_factory=list)


def read_edl(data: bytes, title: Title, start_timecode: str = "") -> Reading:
    """Read the locators, or the events, of an edit list.

    Args:
        data: The list; UTF-8 or Latin-1.
        title: Whose frames it counts.
        start_timecode: What it calls the title's first frame. Empty: the record in of the only
            event, where there is just one that holds all locators (as in lists of ours), else
            the first frame's time.

    Raises:
        KnownError: It holds neither locators nor events, or the timecode does not exist.
    """
    lines = _decoded(data).splitlines()
    if len(lines) > _MOST_LINES:
        raise KnownError("This edit list is too long to be read.")
    events, locators = _parsed(lines)
    if not events and not locators:
        raise KnownError("This is not an edit list: it holds neither events nor locators.")
    refuse_many(max(len(events), len(locators)))
    if not start_timecode and locators and len(events) == 1:
        start_timecode = events[0].first
    drop = any(line.strip().upper() == "FCM: DROP FRAME" for line in lines)
    clock = _clock(title, start_timecode, drop)
    read = (
        [_locator(clock, at, text) for at, text in locators]
        if locators
        else [_event(clock, event) for event in events]
    )
    claims = tuple(claim for claim in read if claim is not None)
    lost = len(read) - len(claims)
    notes = (f"{lost} of {len(read)} timecodes do not exist at this title's rate.",) if lost else ()
    return Reading(claims, notes)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _parsed(lines: list[str]) -> tuple[list[_Event], list[tuple[str, str]]]:
    events: list[_Event] = []
    locators: list[tuple[str, str]] = []
    for line in lines:
        located = _LOCATOR.match(line)
        event = _EVENT.match(line)
        if located is not None:
            locators.append((located[1], located[3]))
        elif event is not None:
            events.append(_Event(event[3], event[4]))
        elif events and line.startswith("*") and not _PLUMBING.match(line):
            comment = _COMMENT.match(line)
            if comment is not None and comment[1].strip():
                events[-1].comments.append(comment[1].strip())
    return events, locators


def _clock(title: Title, start: str, drop: bool) -> EditClock:
    if not start:
        return clock_of(title, drop)
    plain = re.sub(r"[;.,](?=\d{2}$)", ":", start)
    return clock_of(title, drop or ";" in start, plain)


def _locator(clock: EditClock, at: str, text: str) -> Claim | None:
    parts = [part.strip() for part in text.split("|")]
    ends = next((found[1] for part in parts if (found := _ENDS.match(part))), "")
    words = " | ".join(part for part in parts if part and not _ENDS.match(part))
    return _between(clock, at, ends, _NAME.sub("", words))


def _event(clock: EditClock, event: _Event) -> Claim | None:
    return _between(clock, event.first, event.last, " / ".join(event.comments))


def _between(clock: EditClock, first: str, last: str, text: str) -> Claim | None:
    start = clock.frame_at(first)
    if start is None:
        return None
    stop = clock.frame_at(last) if last else None
    if stop is not None and stop < start:
        stop += clock.day
    span = clock.times(start, max(start + 1, start + 1 if stop is None else stop))
    claim = Claim(span[0], span[1], defect_of(text), severity_of(text), note_of(text))
    return replace(claim, end=max(claim.end, claim.start + Fraction(1, 1000)))
