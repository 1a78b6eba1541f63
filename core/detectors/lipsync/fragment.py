"""Puts what the tracks of a fragment say together: one offset, or the reason why there is none.

A fragment is four seconds, a hundred places of the grid. It lies around the moment that is asked
about, but no farther than the face's own track: within a shot of four seconds every moment is
judged by all of it. Of several faces the one counts that agrees with the sound: who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

FRAGMENT = 100
"""Places of the grid in a fragment: four seconds."""

LEAST_PLACES = 10
"""Places of a face, and of speech beside it, below which nothing is compared."""

UNCERTAIN_BELOW = 0.25
"""Confidence below which an offset is not told."""

_TIE = 0.75
_APART_MS = 60.0


class Reason(IntEnum):
    """Why there is no offset, as the metric tells it."""

    JUDGED = 0
    NO_FACE = 1
    NO_TRACK = 2
    NO_SPEECH = 3
    TIE = 4
    AT_LIMIT = 5
    UNCERTAIN = 6


@dataclass(frozen=True, slots=True)
class FaceEstimate:
    """What one face says of a fragment.

    Attributes:
        offset_ms: By how much the sound is early (above 0) or late.
        confidence: Probability that this is right within a frame, 0..1.
        evidence_s: How long the face was seen while somebody spoke.
        at_limit: The best offset lies at the end of the search.
    """

    offset_ms: float
    confidence: float
    evidence_s: float
    at_limit: bool = False


@dataclass(frozen=True, slots=True)
class SyncFragment:
    """What is known of a fragment.

    Attributes:
        reason: Why there is no offset, or that there is one.
        offset_ms: 0 when there is none.
        confidence: 0 when there is none.
        evidence_s: How long the face that counts was seen while somebody spoke.
    """

    reason: Reason
    offset_ms: float = 0.0
    confidence: float = 0.0
    evidence_s: float = 0.0


def window(place: int, first: int, last: int) -> tuple[int, int]:
    """The fragment around a place, within a track.

    Args:
        place: On the grid, within the track.
        first: The track's first place.
        last: The place after its last.

    Returns:
        Its first place and the one after its last; shorter than four seconds if the track is.
    """
    start = min(max(place - FRAGMENT // 2, first), max(last - FRAGMENT, first))
    return start, min(start + FRAGMENT, last)


def aggregate(
    faces: int, tracks: int, speech_s: float, estimates: Sequence[FaceEstimate]
) -> SyncFragment:
    """What a fragment says.

    Args:
        faces: How many faces are to be seen.
        tracks: How many of them are large enough and there for long enough.
        speech_s: How long somebody speaks within the fragment.
        estimates: Of the faces that could be compared with speech.
    """
    if speech_s < LEAST_PLACES / 25:
        return SyncFragment(Reason.NO_SPEECH)
    if not faces:
        return SyncFragment(Reason.NO_FACE)
    if not tracks:
        return SyncFragment(Reason.NO_TRACK)
    if not estimates:
        return SyncFragment(Reason.NO_SPEECH)
    ranked = sorted(estimates, key=lambda e: (-e.confidence, -e.evidence_s))
    best = ranked[0]
    if all(estimate.at_limit for estimate in ranked):
        return SyncFragment(Reason.AT_LIMIT, evidence_s=best.evidence_s)
    if best.confidence < UNCERTAIN_BELOW:
        return SyncFragment(Reason.UNCERTAIN, evidence_s=best.evidence_s)
    for other in ranked[1:]:
        differs = abs(other.offset_ms - best.offset_ms) > _APART_MS
        if differs and other.confidence >= _TIE * best.confidence:
            return SyncFragment(Reason.TIE, evidence_s=best.evidence_s)
    return SyncFragment(Reason.JUDGED, best.offset_ms, best.confidence, best.evidence_s)
