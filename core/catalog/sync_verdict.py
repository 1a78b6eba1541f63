"""Sound against lips: four-second fragments in sync, out of sync or inconclusive, and why.

Offsets are in milliseconds with the sign of ITU-R BT.1359: above 0 the sound is early (it leads the
picture), below 0 it is late. They are told to about a frame of 25 a second, which is 40 ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from core.catalog.rule import Mask, Values
from core.catalog.spec import DetectorSpec
from core.domain.profile import Profile
from core.domain.time import Span
from core.domain.track import Track

FRAGMENT_S = 4
FRAME_MS = 40.0
HALF_FRAME_MS = FRAME_MS / 2
SLOTS = 3

_FARTHEST = 25
_APART = 3
_TIE = 0.75
_LEAST_SHARE = 0.25


class SyncState(StrEnum):
    """What can be said of a fragment."""

    IN_SYNC = "in_sync"
    OUT_OF_SYNC = "out_of_sync"
    INCONCLUSIVE = "inconclusive"


class Reason(IntEnum):
    """Why a row could not be judged, as the column `reason` numbers it."""

    JUDGED = 0
    NO_FACE = 1
    NO_TRACK = 2
    NO_SPEECH = 3
    TIE = 4
    AT_LIMIT = 5
    UNCERTAIN = 6


REASON_WORDS: dict[Reason, str] = {
    Reason.NO_FACE: "no face is to be seen",
    Reason.NO_TRACK: "no face is large and steady enough to read its lips",
    Reason.NO_SPEECH: "nobody is heard speaking",
    Reason.TIE: "two offsets are equally likely",
    Reason.AT_LIMIT: "the best offset lies at the end of what was searched",
    Reason.UNCERTAIN: "lips and sound do not match clearly at any offset",
}
"""In words, to follow "inconclusive: "; a judged row needs none."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far sound may be off.

    Attributes:
        id: Stable identifier.
        title: What people call it.
        early_ms: How early sound may come, above 0.
        late_ms: How late, below 0.
    """

    id: str
    title: str
    early_ms: float
    late_ms: float


TOLERANCES: tuple[Tolerance, ...] = (
    Tolerance("bt1359_detectable", "ITU-R BT.1359, detectable", 45.0, -125.0),
    Tolerance("bt1359_acceptable", "ITU-R BT.1359, acceptable", 90.0, -185.0),
    Tolerance("ebu_r37", "EBU R 37", 40.0, -60.0),
    Tolerance("atsc_is191", "ATSC IS-191", 15.0, -45.0),
)
"""The published tolerances that the desk offers, the default first."""


@dataclass(frozen=True, slots=True)
class Mode:
    """The offset that most of the weight agrees on.

    Attributes:
        offset_ms: Weighted mean of what agrees within a frame; 0 without weight.
        weight: How much weight agrees.
        rival: The most weight that agrees on an offset three frames away or more.
    """

    offset_ms: float
    weight: float
    rival: float

    @property
    def tied(self) -> bool:
        """Whether another offset has nearly as much weight."""
        return self.weight <= 0 or self.rival >= _TIE * self.weight


def weighted_mode(offsets_ms: Values, weights: Values) -> Mode:
    """The confidence-weighted mode of some offsets: of tracks, or of rows.

    Args:
        offsets_ms: Shape (n,).
        weights: Shape (n,), not negative; confidences, say.
    """
    offset, weight, rival = _modes(offsets_ms, weights, np.zeros(len(offsets_ms), np.int64), 1)
    return Mode(float(offset[0]), float(weight[0]), float(rival[0]))


def _modes(
    offsets_ms: Values, weights: Values, groups: NDArray[np.int64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Offset, weight and rival of the mode of each group, shape (count,) each."""
    values = offsets_ms.astype(np.float64)
    mass = weights.astype(np.float64)
    bins = np.clip(np.rint(values / FRAME_MS), -_FARTHEST, _FARTHEST).astype(np.int64) + _FARTHEST
    width = 2 * _FARTHEST + 1
    histogram = np.zeros((count, width + 2))
    np.add.at(histogram, (groups, bins + 1), mass)
    # Offsets between two frames fall on either side: neighbours count together.
    support = histogram[:, :-2] + histogram[:, 1:-1] + histogram[:, 2:]
    # Of equals the one nearest to being in sync is taken.
    order = np.argsort(np.abs(np.arange(width) - _FARTHEST), kind="stable")
    best = order[np.argmax(np.round(support[:, order], 9), axis=1)]
    rows = np.arange(count)
    weight = support[rows, best]
    far = np.abs(np.arange(width)[None] - best[:, None]) >= _APART
    rival = np.where(far, support, 0.0).max(axis=1)
    mine = np.abs(bins - best[groups]) <= 1
    total = np.zeros(count)
    np.add.at(total, groups[mine], (values * mass)[mine])
    return np.where(weight > 0, total / np.maximum(weight, 1e-12), 0.0), weight, rival


@dataclass(frozen=True, slots=True)
class Fragment:
    """Four seconds of a title, or what was measured of them.

    Attributes:
        span: When.
        first: Its first row.
        last: Its last row.
        state: What can be said of it.
        offset_ms: By how much the sound is early (above 0) or late; 0 when inconclusive.
        confidence: How sure that is within a frame, 0..1.
        sure_s: How long the rows last that it rests on.
        reason: Why it is inconclusive.
        resolved: Whether the offset is farther from both lines than half a frame.
    """

    span: Span
    first: int
    last: int
    state: SyncState
    offset_ms: float
    confidence: float
    sure_s: float
    reason: Reason
    resolved: bool

    @property
    def words(self) -> str:
        """Why it was judged so, in one sentence."""
        if self.state is SyncState.INCONCLUSIVE:
            return f"Inconclusive: {REASON_WORDS[self.reason]}."
        percent = f"{100 * self.confidence:.0f} % sure"
        if self.state is SyncState.OUT_OF_SYNC:
            return f"Out of sync: {offset_words(self.offset_ms)}, {percent}."
        if self.resolved:
            return f"In sync: {offset_words(self.offset_ms)}, {percent}."
        return (
            f"In sync as far as a frame of {FRAME_MS:.0f} ms tells: "
            f"{offset_words(self.offset_ms)}, {percent}."
        )


@dataclass(frozen=True, slots=True)
class Lines:
    """What is tolerated, and how sure one has to be.

    Attributes:
        early_ms: How early sound may come, above 0.
        late_ms: How late, below 0.
        confidence: What is less sure is inconclusive.
    """

    early_ms: float
    late_ms: float
    confidence: float

    @classmethod
    def of(cls, spec: DetectorSpec, profile: Profile) -> Lines:
        """The lines of a profile."""
        names = ("early_ms", "late_ms", "confidence")
        early, late, confidence = (spec.value(profile, name) for name in names)
        return cls(early, late, confidence)

    def judge(self, offset_ms: float, confidence: float = 1.0) -> SyncState:
        """An offset is out of sync where it passes a line by half a frame or more."""
        if confidence < self.confidence:
            return SyncState.INCONCLUSIVE
        within = self.late_ms - HALF_FRAME_MS < offset_ms < self.early_ms + HALF_FRAME_MS
        return SyncState.IN_SYNC if within else SyncState.OUT_OF_SYNC

    def resolved(self, offset_ms: float) -> bool:
        """Whether an offset is farther from both lines than half a frame."""
        return min(abs(offset_ms - line) for line in (self.early_ms, self.late_ms)) > HALF_FRAME_MS


def offset_words(offset_ms: float) -> str:
    """An offset as people say it: `the sound is 120 ms early`."""
    size = round(abs(offset_ms))
    if not size:
        return "the sound is with the picture"
    return f"the sound is {size} ms {'early' if offset_ms > 0 else 'late'}"


def sure_rows(track: Track, confidence: float) -> Mask:
    """Rows that were judged, and surely enough; shape (n,)."""
    return np.asarray(
        (track.metrics["reason"] < 0.5) & (track.metrics["confidence"] >= confidence), np.bool_
    )


def judge(track: Track, spec: DetectorSpec, profile: Profile) -> tuple[Fragment, ...]:
    """Judge a track fragment by fragment.

    Fragments are cut at multiples of four seconds of media time, so that they are the same whatever
    part of a title was measured. The offset of one is the confidence-weighted mode of its sure
    rows; with fewer than a quarter of its rows sure, or with two modes of about the same weight,
    it is inconclusive. It is out of sync where the offset passes a line by half a frame or more.

    Args:
        track: Of the detector `lipsync`.
        spec: Its spec.
        profile: The tolerance (`early_ms`, `late_ms`) and how sure rows have to be (`confidence`).
    """
    if not len(track):
        return ()
    cells = track.pts * track.base.numerator // (FRAGMENT_S * track.base.denominator)
    firsts = np.flatnonzero(np.diff(cells, prepend=cells[0] - 1))
    lasts = np.append(firsts[1:], len(cells)) - 1
    groups = np.repeat(np.arange(len(firsts)), lasts - firsts + 1)
    lines = Lines.of(spec, profile)
    sure = sure_rows(track, lines.confidence)
    weights = np.where(sure, np.maximum(track.metrics["confidence"], 1e-6), 0.0)
    offsets, mass, rivals = _modes(track.metrics["offset_ms"], weights, groups, len(firsts))
    lasting = np.where(sure, track.ends_s - track.starts_s, 0.0)
    count = len(firsts)
    rows, many = lasts - firsts + 1, np.bincount(groups, sure, count)
    enough = many >= np.maximum(_LEAST_SHARE * rows, 1)
    tied = (mass <= 0) | (rivals >= _TIE * mass)
    reasons = np.where(enough, np.where(tied, int(Reason.TIE), 0), _reasons(track, sure, groups))
    means = np.bincount(groups, weights, count) / np.maximum(many, 1)
    seconds = np.bincount(groups, lasting, count)
    columns = (firsts, lasts, offsets, means, seconds, reasons)
    return tuple(
        _fragment(track, lines, *row)
        for row in zip(*(column.tolist() for column in columns), strict=True)
    )


def _fragment(
    track: Track,
    lines: Lines,
    first: int,
    last: int,
    offset_ms: float,
    confidence: float,
    sure_s: float,
    reason: int,
) -> Fragment:
    span = track.span(first, last)
    if reason:
        state = SyncState.INCONCLUSIVE
        return Fragment(span, first, last, state, 0.0, 0.0, sure_s, Reason(reason), True)
    state, resolved = lines.judge(offset_ms), lines.resolved(offset_ms)
    return Fragment(
        span, first, last, state, offset_ms, confidence, sure_s, Reason.JUDGED, resolved
    )


def _reasons(track: Track, sure: Mask, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Why most of the rows of each fragment that are not sure were not judged."""
    told = np.clip(np.rint(track.metrics["reason"]), 0, len(Reason) - 1).astype(np.int64)
    # A row that was judged but not surely enough is uncertain.
    told = np.where(told == 0, int(Reason.UNCERTAIN), told)
    counts = np.zeros((int(groups[-1]) + 1, len(Reason)))
    np.add.at(counts, (groups[~sure], told[~sure]), 1.0)
    return np.asarray(np.argmax(counts, axis=1))


def fragment_at(fragments: tuple[Fragment, ...], seconds: float) -> Fragment | None:
    """The fragment that holds at an instant, or None where nothing was measured."""
    low, high = 0, len(fragments)
    while low < high:
        middle = (low + high) // 2
        if fragments[middle].span.start_s <= seconds:
            low = middle + 1
        else:
            high = middle
    if not low:
        return None
    found = fragments[low - 1]
    return found if seconds < found.span.end_s else None
