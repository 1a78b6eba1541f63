"""Tracks of lip sync with known values, as the detector writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np

from core.catalog.rule_lipsync import LIPSYNC
from core.catalog.sync_verdict import Reason
from core.domain.track import Track

TICK = Fraction(1, 1000)
ROW_MS = 200

FACE = {"x": 0.4, "y": 0.2, "w": 0.2, "h": 0.3}
"""One face in the upper middle, as shares of the picture."""


def lip_track(
    seconds: float,
    offset_ms: float | Callable[[float], float] = 0.0,
    confidence: float = 0.9,
    reason: Callable[[float], Reason] = lambda _at_s: Reason.JUDGED,
    start_s: float = 0.0,
    face: Mapping[str, float] | None = FACE,
    stream: int = 0,
    base: Fraction = TICK,
) -> Track:
    """A track of one face.

    Args:
        seconds: How long it is.
        offset_ms: By how much the sound is early, at media time in seconds.
        confidence: Of all rows that are judged.
        reason: Why a row is not judged, at media time in seconds.
        start_s: Media time of the first row.
        face: Where the face is, as shares of the picture; None for no face.
        stream: Of the picture.
        base: Seconds per PTS unit.
    """
    count = round(seconds * 1000 / ROW_MS)
    times = start_s + np.arange(count) * ROW_MS / 1000
    pts = np.rint(times / float(base)).astype(np.int64)
    reasons = np.array([reason(float(at_s)) for at_s in times], np.float32)
    judged = reasons == 0
    offsets = np.array(
        [offset_ms(float(at_s)) if callable(offset_ms) else offset_ms for at_s in times]
    )
    metrics = {metric.name: np.zeros(count, np.float32) for metric in LIPSYNC.metrics}
    metrics["reason"] = reasons
    metrics["offset_ms"] = np.where(judged, offsets, 0.0).astype(np.float32)
    metrics["confidence"] = np.where(judged, confidence, 0.0).astype(np.float32)
    metrics["evidence_s"] = np.where(judged, 4.0, 0.0).astype(np.float32)
    for slot in (0, 1, 2):
        metrics[f"face{slot}_track"] = np.full(count, -1.0, np.float32)
    if face is not None:
        metrics["faces"] = np.ones(count, np.float32)
        metrics["face0_track"] = np.zeros(count, np.float32)
        for side, share in face.items():
            metrics[f"face0_{side}"] = np.full(count, share, np.float32)
        metrics["face0_offset_ms"] = metrics["offset_ms"].copy()
        metrics["face0_confidence"] = metrics["confidence"].copy()
    end = round((start_s + count * ROW_MS / 1000) / float(base))
    return Track("lipsync", stream, base, pts, end, metrics)
