"""Who is asked to look at a title, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody looks at a title for."""

    FIRST = "first"
    SECOND = "second"
    FINAL = "final"


class AssignmentState(StrEnum):
    """How it stands."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One wish that somebody looks at a title.

    Attributes:
        fingerprint: Of the title.
        reviewer: Who is asked.
        role: To look first, a second time without knowing what the first said, or to settle what
            they dispute.
        by: Who asks.
        at: When, UTC.
        state: How it stands.
    """

    fingerprint: str
    reviewer: str
    role: Role
    by: str
    at: datetime
    state: AssignmentState = AssignmentState.OPEN
