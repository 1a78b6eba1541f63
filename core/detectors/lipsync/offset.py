"""Finds by how much the sound of a face is early or late.

What is seen is laid over what is heard at every shift; where the two agree best is the offset. How
far that can be trusted is told by the curve's shape. A best shift at the end of the scan is no
evidence: the true one may lie beyond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import BugError
from core.models.sync_calibration import CAUTIOUS, Calibration, shape_of

LIMIT = 20
"""Frames of 40 ms that are scanned to either side."""

FRAME_MS = 40.0
"""Length of a frame."""

_LEAST_OVERLAP = 3
"""Frames below which a shift is not looked at."""

STEADY_FRAMES = 25
"""Frames from which on a track's own mean counts for half."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class SyncEstimate:
    """By how much sound and lips are apart.

    Attributes:
        offset_frames: Of 40 ms, with a fraction; above 0 the sound is early, below it is late.
        confidence: Probability that it is right within one frame, 0..1; 0 at the limit.
        curve: How well both agree at the offsets -limit..limit, about -1..1, shape
            (2 * limit + 1,); `-inf` where too little overlapped.
        at_limit: The best offset is the first or the last: the true one may lie beyond.
    """

    offset_frames: float
    confidence: float
    curve: Floats
    at_limit: bool

    @property
    def offset_ms(self) -> float:
        """The offset in milliseconds."""
        return self.offset_frames * FRAME_MS


def scan(
    seen: Floats,
    heard: Floats,
    limit: int = LIMIT,
    *,
    first: int = 0,
    calibration: Calibration = CAUTIOUS,
) -> SyncEstimate:
    """Lay what is seen over what is heard at every shift.

    Args:
        seen: Rows of `SyncRuntime.see`, 40 ms apart, shape (n, d).
        heard: Rows of `SyncRuntime.hear`, shape (m, d). Sound from `limit` frames before the face
            to as many after it makes every shift count alike; without it, shifts to the sides
            have less to go by.
        limit: Frames to scan to either side.
        first: Row of `heard` that is at the time of `seen[0]`.
        calibration: `SyncRuntime.calibration`, which makes the probability.

    Returns:
        The estimate; offset and confidence are 0 when nothing could be compared.
    """
    curve = agreement(seen, heard, limit, first)
    said = np.isfinite(curve)
    if not said.any() or np.ptp(curve[said]) <= 0:
        return SyncEstimate(0.0, 0.0, curve, False)
    best = int(np.argmax(curve))
    places = np.flatnonzero(said)
    at_limit = best in (places[0], places[-1])
    offset = best - limit + (0.0 if at_limit else _between(curve, best))
    shape = shape_of(curve[said], len(seen), _moves(seen), _moves(heard))
    sure = 0.0 if at_limit else calibration.probability(shape)
    return SyncEstimate(offset, sure, curve, at_limit)


def agreement(seen: Floats, heard: Floats, limit: int = LIMIT, first: int = 0) -> Floats:
    """How well both agree at each offset: the cosine over all rows that overlap.

    A track's mean is taken off both, the more the longer the track is: it says who speaks, not
    when. Shapes and arguments as in `scan`.
    """
    if seen.ndim != 2 or heard.ndim != 2 or seen.shape[1] != heard.shape[1]:
        raise BugError(f"{seen.shape} cannot be compared with {heard.shape}")
    curve = np.full(2 * limit + 1, -np.inf, np.float32)
    for offset in range(-limit, limit + 1):
        # An early sound is heard before its lips are seen.
        start = first - offset
        low, high = max(0, -start), min(len(seen), len(heard) - start)
        if high - low < min(_LEAST_OVERLAP, len(seen)) or high <= low:
            continue
        curve[offset + limit] = _cosine(
            seen[low:high].astype(np.float64), heard[start + low : start + high].astype(np.float64)
        )
    return curve


def _cosine(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    share = len(one) / (len(one) + STEADY_FRAMES)
    one = one - share * one.mean(axis=0)
    two = two - share * two.mean(axis=0)
    size = float(np.sqrt((one * one).sum() * (two * two).sum()))
    return float((one * two).sum()) / size if size > 0 else 0.0


def _moves(rows: Floats) -> float:
    """How much rows move about their mean: the root of the mean square."""
    return float(np.sqrt(np.mean(np.square(rows - rows.mean(axis=0)))))


def _between(curve: Floats, best: int) -> float:
    """Where between its neighbours a peak is: the top of the parabola through the three."""
    before, peak, after = (float(value) for value in curve[best - 1 : best + 2])
    bend = before - 2 * peak + after
    if not np.isfinite(bend) or bend >= 0:
        return 0.0
    return float(np.clip((before - after) / (2 * bend), -0.5, 0.5))
