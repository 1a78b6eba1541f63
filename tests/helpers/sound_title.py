"""A sound file on the disk with one defect in it, and the flag that an analysis would raise."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.domain.defect import Severity
from core.domain.finding import Band, Evidence, Finding
from core.domain.time import MediaTime, Span
from core.domain.title import Title
from core.media.probe import probe
from core.review.flag import Flag

RATE = 16_000
SECONDS = 6.0
CLICKS = (40_000, 41_111, 45_678)
"""Samples that are wrong in the title with clicks, in the second channel alone."""


def write_sound(path: Path, samples: NDArray[np.float32], rate: int = RATE) -> Title:
    """Write samples (channels, n) with 16 bits and look into the file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(samples))
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1).T * 32767).astype("<i2").tobytes())
    return probe(path)


def programme(seconds: float = SECONDS, rate: int = RATE) -> NDArray[np.float32]:
    """Two channels of a chord over faint noise, float32, shape (2, n)."""
    time = np.arange(round(seconds * rate)) / rate
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (221.0, 331.0, 557.0)) * 0.08
    grain = np.random.default_rng(7).standard_normal((2, len(time))) * 3e-4
    return np.asarray(chord + grain, np.float32)


def clicking() -> NDArray[np.float32]:
    """The programme with clicks in its second channel."""
    samples = programme()
    samples[1, list(CLICKS)] += 0.5
    return samples


def sound_flag(
    title: Title,
    defect: str,
    start_s: float,
    end_s: float,
    peak_s: float | None = None,
    *,
    detector: str = "",
    channels: Sequence[int] = (),
    band: Band | None = None,
) -> Flag:
    """A flag of the title's first sound."""
    stream = title.audio[0]
    base: Fraction = stream.base
    span = Span.from_seconds(start_s, end_s, base)
    peak = MediaTime.from_seconds(start_s if peak_s is None else peak_s, base)
    evidence = Evidence("m", peak, 1.0, 0.5, "A sentence.", None, band, tuple(channels))
    finding = Finding(detector or defect, defect, stream.index, span, 0.9, Severity.ISSUE, evidence)
    return Flag(finding.id, span, defect, detector or defect, stream.index, finding)
