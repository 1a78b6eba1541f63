"""A run: one analysis of one title, with everything needed to say how its tracks came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.time import Span

IMPORTED = "imported"
"""In the place of a detector: a list of flags that somebody else made."""


class RunState(StrEnum):
    """How far a run came."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis of one title.

    Attributes:
        id: Unique id.
        fingerprint: Of the title.
        detectors: Ids of the detectors that measure.
        state: How far it came; a run found `RUNNING` without a live worker was interrupted.
        started: When, UTC.
        finished: When it ended, UTC, or None.
        span: The stretch that was asked for; None means the whole title.
        done_s: Seconds from the stretch's start up to which tracks are stored, for resuming.
        error: One sentence, when it failed.
        weights: Hash of the weights by detector id, for those that have weights.
        settings: Versions and options that shaped the tracks, by name.
    """

    id: str
    fingerprint: str
    detectors: tuple[str, ...]
    state: RunState
    started: datetime
    finished: datetime | None = None
    span: Span | None = None
    done_s: float = 0.0
    error: str = ""
    weights: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def imported(self) -> bool:
        """Whether it measured nothing but holds findings from elsewhere."""
        return self.detectors == (IMPORTED,)
