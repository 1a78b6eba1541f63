"""What a library says about a title in one line, and what is asked of the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.defect import Severity


class TitleState(StrEnum):
    """How far a title came, from the file to the last verdict."""

    NOT_ANALYSED = "not_analysed"
    FAILED = "failed"
    ANALYSING = "analysing"
    PARTLY = "partly"
    TO_REVIEW = "to_review"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    NO_FLAGS = "no_flags"


TO_DO = frozenset({TitleState.TO_REVIEW, TitleState.IN_REVIEW})
"""States in which a person can go on: analysed from end to end, flags undecided."""


class TitleOrder(StrEnum):
    """What the library is sorted by."""

    NAME = "name"
    FOLDER = "folder"
    DURATION = "duration"
    MEDIA = "media"
    STATE = "state"
    UNDECIDED = "undecided"
    WORST = "worst"
    REVIEWERS = "reviewers"
    OPENED = "opened"
    ANALYSED = "analysed"


class Dated(StrEnum):
    """Which date a query is about."""

    OPENED = "opened"
    ANALYSED = "analysed"


@dataclass(frozen=True, slots=True)
class TitleQuery:
    """Which titles are wanted, and in which order; an empty set means no restriction.

    Attributes:
        text: Words that must all occur in name, folder, format or reviewers.
        states: How far they came.
        defects: They have a flag of one of these.
        reviewers: One of these decided about them.
        folder: They lie in or below it; empty means anywhere.
        dated: Which date `since` and `before` are about.
        since: Not earlier; None means ever.
        before: Earlier; None means until now.
        order: What they are sorted by; titles that tie stand by name.
        descending: The other way round.
    """

    text: str = ""
    states: frozenset[TitleState] = frozenset()
    defects: frozenset[str] = frozenset()
    reviewers: frozenset[str] = frozenset()
    folder: str = ""
    dated: Dated = Dated.OPENED
    since: datetime | None = None
    before: datetime | None = None
    order: TitleOrder = TitleOrder.NAME
    descending: bool = False

    @property
    def restricts(self) -> bool:
        """Whether anything is left out at all."""
        sets = (self.states, self.defects, self.reviewers)
        return bool(self.text.split() or any(sets) or self.folder or self.since or self.before)


@dataclass(frozen=True, slots=True)
class DefectCount:
    """Flags of one defect.

    Attributes:
        flags: How many.
        undecided: How many of them nobody has decided.
    """

    flags: int
    undecided: int


@dataclass(frozen=True, slots=True)
class TitleCount:
    """What was counted about a title.

    Attributes:
        state: How far it came; `ANALYSING` is never counted, it is looked up.
        running: Its newest analysis has no end yet.
        run: Id of the analysis that the flags are of; empty when there is none.
        analysed: When that analysis ended.
        flags: How many, those that people added and orphans among them.
        undecided: How many nobody has decided.
        worst: Worst severity of the flags that are not rejected; None without such flags.
        defects: Flags by defect id.
        reviewers: Who has a verdict that counts, by name.
        error: One sentence of the newest analysis, when it failed.
    """

    state: TitleState = TitleState.NOT_ANALYSED
    running: bool = False
    run: str = ""
    analysed: datetime | None = None
    flags: int = 0
    undecided: int = 0
    worst: Severity | None = None
    defects: Mapping[str, DefectCount] = field(default_factory=dict)
    reviewers: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class TitleSummary:
    """One line of the library.

    Attributes:
        fingerprint: Of the title.
        name: File name.
        path: Where it was found last.
        duration_s: Its length.
        media: Codecs in a few words.
        width: Of the first picture stream in pixels; 0 without one.
        height: The same.
        size_bytes: Of the file.
        state: How far it came.
        done_s: Seconds that the newest analysis has measured while it has no end.
        flags: How many.
        undecided: How many nobody has decided.
        worst: Worst severity of the flags that are not rejected.
        reviewers: Who decided, in one text.
        opened: When it was opened last; None when never.
        analysed: When the analysis ended that is shown; None when there is none.
        error: One sentence, when the newest analysis failed.
        counted: False while flags and state are still to be counted.
    """

    fingerprint: str
    name: str
    path: str
    duration_s: float
    media: str
    width: int
    height: int
    size_bytes: int
    state: TitleState
    done_s: float
    flags: int
    undecided: int
    worst: Severity | None
    reviewers: str
    opened: datetime | None
    analysed: datetime | None
    error: str
    counted: bool
