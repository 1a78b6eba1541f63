"""Manual checks: what a person must answer before a title is done, whatever the detectors say.

A check is put as a flag over the whole title. Confirming it says that there is a defect, rejecting
it that all is well; so answers, undo, reports and agreement are those of all flags.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from core.domain.defect import Severity
from core.domain.finding import Evidence, Finding
from core.domain.time import MediaTime, Span
from core.domain.title import Title

PREFIX = "check."


@dataclass(frozen=True, slots=True)
class Check:
    """One question of a profile.

    Attributes:
        id: Stays the same while the words change; answers hang on it.
        ask: The question; yes means that there is a defect.
        defect: Which defect a yes is, an id of the taxonomy.
        severity: How bad a yes is.
    """

    id: str
    ask: str
    defect: str = "other"
    severity: Severity = Severity.ISSUE


def is_check(detector: str) -> bool:
    """Whether a finding of this detector is a question rather than a claim."""
    return detector.startswith(PREFIX)


def checks_of(title: Title, checks: tuple[Check, ...], profile: str = "") -> tuple[Finding, ...]:
    """The questions as findings over the whole title, on its first stream.

    Args:
        title: The title; one without streams is asked nothing.
        checks: What to ask, in order.
        profile: Hash of the profile that asks.
    """
    streams = (*title.video, *title.audio, *title.captions)
    if not streams:
        return ()
    base = streams[0].base
    start = MediaTime.from_seconds(title.start.exact, base).pts
    length = max(ceil(Fraction(title.duration_s) / base), 1)
    span = Span(start, start + length, base)
    return tuple(
        Finding(
            f"{PREFIX}{check.id}",
            check.defect,
            streams[0].index,
            span,
            1.0,
            check.severity,
            Evidence("", MediaTime(start, base), 0.0, 0.0, check.ask),
            profile=profile,
        )
        for check in checks
    )
