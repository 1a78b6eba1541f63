"""What decoding yields: sound blocks, caption cues and decoder events, each with its PTS.

A decoded picture stays in the form its decoder gave it (`core.media`), because every conversion
costs; detectors see it through views.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.domain.time import Span


@dataclass(frozen=True, slots=True, eq=False)
class AudioBlock:
    """Consecutive samples of a sound stream.

    Attributes:
        stream: Container index.
        pts: PTS of the first sample, in units of `base`.
        base: Seconds per PTS unit.
        rate: Samples per second.
        samples: float32, shape (channels, n); full scale is ±1.
    """

    stream: int
    pts: int
    base: Fraction
    rate: int
    samples: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption on screen.

    Attributes:
        span: When it shows.
        text: Its lines, separated by newlines, without markup.
        region: Name of the region or position, or empty.
    """

    span: Span
    text: str
    region: str = ""


class DecodeFault(StrEnum):
    """What can be wrong with a stream, as the demuxer and decoder see it."""

    CORRUPT_PACKET = "corrupt_packet"
    DECODER_ERROR = "decoder_error"
    CORRUPT_FRAME = "corrupt_frame"
    CONCEALED = "concealed"
    MISSING_PTS = "missing_pts"
    NON_MONOTONIC_PTS = "non_monotonic_pts"
    GAP = "gap"
    OVERLAP = "overlap"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class DecodeEvent:
    """One fault met while reading.

    Attributes:
        stream: Container index.
        pts: Where, in units of `base`.
        base: Seconds per PTS unit.
        fault: What.
        extent_pts: How long it lasts when that is known (a gap, an overlap), else 0.
        message: The decoder's own words, or ours.
    """

    stream: int
    pts: int
    base: Fraction
    fault: DecodeFault
    extent_pts: int = 0
    message: str = ""
