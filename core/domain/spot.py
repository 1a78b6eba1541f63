"""Spot checks as values: clips that were drawn, and what people saw in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.domain.time import Span


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip of a library.

    Attributes:
        fingerprint: Of the title.
        span: When, on the title's first stream.
        stratum: What it was drawn from, as `h264, silent`.
    """

    fingerprint: str
    span: Span
    stratum: str


@dataclass(frozen=True, slots=True)
class SpotPlan:
    """A draw of clips, fixed once it is made.

    Attributes:
        id: Unique id.
        name: What people call it.
        by: Who drew it.
        at: When, UTC.
        clip_s: Length of a clip in seconds.
        seed: Draws the same clips again from the same library.
        sizes: Clips of the library by stratum.
        clips: Those that were drawn, in the order in which they are shown.
    """

    id: str
    name: str
    by: str
    at: datetime
    clip_s: float
    seed: int
    sizes: Mapping[str, int]
    clips: tuple[Clip, ...]


@dataclass(frozen=True, slots=True)
class SpotAnswer:
    """What a person saw in a clip; of several by one person the last counts.

    Attributes:
        plan: Id of the plan.
        place: Of the clip in the plan, from 0.
        reviewer: Who.
        at: When, UTC.
        seen: Ids of the defects that were seen; empty means that all is well.
    """

    plan: str
    place: int
    reviewer: str
    at: datetime
    seen: frozenset[str] = frozenset()
