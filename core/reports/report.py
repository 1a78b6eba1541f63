"""A report: what was found and decided about one title, as every format reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.defect import Severity
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.run import Run, RunState
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.domain.verdict import Decision, Disposition, Verdict
from core.reports.clock import EditClock

UNDECIDED = "undecided"
DISPUTED = "disputed"

STATES = ("confirm", "missed", "reject", "unsure", DISPUTED, UNDECIDED)
"""How an entry can stand, in the order in which reports count."""

_OPEN = frozenset({UNDECIDED, DISPUTED, str(Decision.UNSURE)})
_BROKEN = frozenset({str(Decision.CONFIRM), str(Decision.MISSED)})


class Only(StrEnum):
    """Which entries a report lists; its counts are of all of them."""

    ALL = "all"
    CONFIRMED = "confirmed"
    UNDECIDED = "undecided"


class Kind(StrEnum):
    """Where an entry comes from."""

    FINDING = "finding"
    MISSED = "missed"
    ORPHAN = "orphan"


class OutcomeWord(StrEnum):
    """What the whole comes to."""

    INCOMPLETE = "incomplete"
    FAIL = "fail"
    REMARKS = "pass_with_remarks"
    PASS = "pass"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the whole comes to, and why.

    Attributes:
        word: In one word.
        title: What people call it.
        sentence: Why.
    """

    word: OutcomeWord
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One flag: a finding with what people say, a missed defect, or a verdict left alone.

    Attributes:
        number: Place by time among all flags of the title, from 1; the same in every format.
        kind: Where it comes from.
        span: When.
        defect: Defect id.
        detector: Detector id; empty for a missed defect.
        stream: Container index.
        finding: The machine's claim, where one stands.
        verdicts: What people decided, each reviewer's last word, oldest first.
    """

    number: int
    kind: Kind
    span: Span
    defect: str
    detector: str
    stream: int
    finding: Finding | None = None
    verdicts: tuple[Verdict, ...] = ()

    @property
    def state(self) -> str:
        """One of `STATES`: what all who spoke agree on, `disputed`, or `undecided`."""
        said = {str(verdict.decision) for verdict in self._counting}
        if not said:
            return UNDECIDED
        return said.pop() if len(said) == 1 else DISPUTED

    @property
    def _counting(self) -> tuple[Verdict, ...]:
        """The newest word that settles a dispute, where there is one; else what everybody said."""
        settling = [verdict for verdict in self.verdicts if verdict.settles]
        return tuple(settling[-1:]) or self.verdicts

    @property
    def open(self) -> bool:
        """Whether somebody has yet to decide: undecided, unsure or disputed."""
        return self.state in _OPEN

    @property
    def broken(self) -> bool:
        """Whether people say that there is a defect: confirmed, or missed by all detectors."""
        return self.state in _BROKEN

    @property
    def severity(self) -> Severity | None:
        """The worst that people said, else what the profile proposed."""
        said = [v.severity for v in self._counting if v.severity is not None]
        if said:
            return max(said, key=lambda severity: severity.rank)
        return None if self.finding is None else self.finding.severity

    @property
    def disposition(self) -> Disposition | None:
        """What is to be done, as the newest verdict that says it has it; None when nobody said."""
        said = [v.disposition for v in self._counting if v.disposition is not None]
        return said[-1] if said else None

    @property
    def to_fix(self) -> bool:
        """Whether a defect is to be mended: nobody called it meant so or the best possible."""
        return self.broken and self.disposition in (None, Disposition.FIX)


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """What was found and decided about one title.

    Attributes:
        title: The title.
        run: The analysis; None when there is none.
        profile: What decided the findings.
        entries: All flags by time.
        clock: Counts frames for formats that know no PTS.
        made: When it was put together, UTC.
        only: Which entries are listed.
        reviewer: Whose verdicts count; empty means everybody's.
        tracks: What was measured.
        versions: Versions of what made this, by name.
        pictures: JPEG by number of the entry, for formats that show any.
        notes: Sentences that a reader should know.
    """

    title: Title
    run: Run | None
    profile: Profile
    entries: tuple[Entry, ...]
    clock: EditClock
    made: datetime
    only: Only = Only.ALL
    reviewer: str = ""
    tracks: tuple[Track, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[Entry, ...]:
        """The entries that were asked for."""
        if self.only is Only.CONFIRMED:
            return tuple(entry for entry in self.entries if entry.broken)
        if self.only is Only.UNDECIDED:
            return tuple(entry for entry in self.entries if entry.open)
        return self.entries

    @property
    def counts(self) -> dict[str, int]:
        """How many entries stand how, of all of them; every state is named."""
        counted = Counter(entry.state for entry in self.entries)
        return {state: counted[state] for state in STATES}

    @property
    def unanalysed(self) -> str:
        """One sentence about what nobody has looked at; empty when all was measured."""
        run = self.run
        if run is None:
            return "The title was not analysed."
        if run.state is RunState.RUNNING:
            return "The analysis had not finished."
        if run.state is not RunState.DONE:
            return "The analysis did not come to its end."
        if run.span is not None:
            return "Only a stretch of the title was analysed."
        return ""

    @property
    def outcome(self) -> Outcome:
        """What the whole comes to. What is open or unanalysed never passes."""
        waiting = sum(entry.open for entry in self.entries)
        fixes = [entry for entry in self.entries if entry.to_fix]
        grave = [entry for entry in fixes if entry.severity is not Severity.FYI]
        if self.unanalysed or waiting:
            parts = [self.unanalysed] if self.unanalysed else []
            if waiting:
                parts.append(f"{_flags(waiting)} of {len(self.entries)} still to be decided.")
            if grave:
                parts.append(f"{_defects(grave)} to fix so far.")
            return Outcome(OutcomeWord.INCOMPLETE, "Not complete", " ".join(parts))
        if grave:
            return Outcome(OutcomeWord.FAIL, "Fail", f"{_defects(grave)} to fix.")
        kept = sum(entry.broken for entry in self.entries)
        if kept:
            sentence = f"{kept} {'remark' if kept == 1 else 'remarks'}, nothing that must be fixed."
            return Outcome(OutcomeWord.REMARKS, "Pass with remarks", sentence)
        return Outcome(OutcomeWord.PASS, "Pass", "No defect was confirmed.")


def _flags(count: int) -> str:
    return f"{count} {'flag' if count == 1 else 'flags'}"


def _defects(entries: list[Entry]) -> str:
    blockers = sum(entry.severity is Severity.BLOCKER for entry in entries)
    text = f"{len(entries)} {'defect' if len(entries) == 1 else 'defects'}"
    if blockers:
        text += f", {blockers} of them {'a blocker' if blockers == 1 else 'blockers'},"
    return text
