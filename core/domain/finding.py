"""A finding: the machine's claim that a stretch of a title is broken."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from core.domain.defect import Severity
from core.domain.time import MediaTime, Span


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle in the picture, as fractions 0..1 of width and height from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Band:
    """A range of frequencies in Hz."""

    low_hz: float
    high_hz: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a finding was raised.

    Attributes:
        metric: The metric whose curve shows it.
        peak: The worst instant.
        peak_value: The metric there, in the metric's unit.
        threshold: The threshold it was held against.
        note: One sentence in words; says the context too.
        region: Where in the picture, when that has a meaning.
        band: Where in the spectrum, when that has a meaning.
        channels: Audio channels concerned, counted from 0; empty means all or none.
    """

    metric: str
    peak: MediaTime
    peak_value: float
    threshold: float
    note: str = ""
    region: Region | None = None
    band: Band | None = None
    channels: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """The machine's claim.

    Attributes:
        detector: Detector id.
        defect: Defect id.
        stream: Container index of the stream.
        span: When.
        score: Strength in 0..1; grows with how far and how long the threshold was passed.
        severity: What the profile proposes.
        evidence: Why.
        weights: Hash of the weights that measured; empty for a detector without weights.
        profile: Hash of the profile that decided.
    """

    detector: str
    defect: str
    stream: int
    span: Span
    score: float
    severity: Severity
    evidence: Evidence
    weights: str = ""
    profile: str = ""

    @property
    def id(self) -> str:
        """Identifier within one title: the same claim always gets the same one."""
        text = (
            f"{self.detector}|{self.defect}|{self.stream}|"
            f"{self.span.start}|{self.span.end}|{self.span.base}"
        )
        return hashlib.sha256(text.encode()).hexdigest()[:16]
