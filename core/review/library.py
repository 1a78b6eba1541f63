"""The library: all titles of a store, what is known of each, and where to go on.

What a line says is counted from the title's runs, findings and verdicts by the same rules as the
queue's, kept in the store, and counted again when something has changed (`core.store.summary`
tells). A flag is decided here once anybody decided it; a session asks only its own reviewer.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import Profile
from core.domain.run import Run, RunState
from core.domain.summary import (
    DefectCount,
    TitleCount,
    TitleQuery,
    TitleState,
    TitleSummary,
)
from core.domain.title import Title
from core.domain.verdict import Decision, Verdict, current_verdicts
from core.review.flag import Flag, merge
from core.review.piece import layers

if TYPE_CHECKING:
    from core.store.store import Store
    from core.store.summary import Stale

_CHUNK = 40
_BUDGET_S = 0.05
_NOBODY = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of a library offer.

    Attributes:
        folders: Folders by name, with how many titles lie in each itself.
        defects: Defects that any title has a flag of.
        reviewers: Who decided anything.
    """

    folders: tuple[tuple[str, int], ...]
    defects: tuple[str, ...]
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunLine:
    """One analysis of a title.

    Attributes:
        run: The analysis.
        profile: What decided its findings last; None when nothing did.
        findings: How many findings it has.
        shown: Whether the library's flags are of this one.
    """

    run: Run
    profile: Profile | None
    findings: int
    shown: bool


@dataclass(frozen=True, slots=True)
class TitleDetail:
    """What is known of one title beyond its line.

    Attributes:
        fingerprint: Of the title.
        path: Where it was found last.
        defects: Flags and undecided flags by defect, most flags first.
        runs: Its analyses, newest first.
    """

    fingerprint: str
    path: Path
    defects: dict[str, tuple[int, int]]
    runs: tuple[RunLine, ...]


class Library:
    """The titles of a store; any thread may use it.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    # What there is ---------------------------------------------------------------------------

    def refresh(self, budget_s: float = _BUDGET_S) -> int:
        """Count again what has changed, for about as long as is allowed.

        Args:
            budget_s: Seconds after which no further title is begun.

        Returns:
            How many titles are still to be counted; in a store that can only be read, all that
            have changed.

        Raises:
            KnownError: The store cannot be read or written.
        """
        end = time.monotonic() + budget_s
        while not self._store.read_only:
            stale = self._store.summaries.stale(_CHUNK)
            if not stale:
                return 0
            self._store.summaries.put(zip(stale, count_titles(self._store, stale), strict=True))
            if time.monotonic() >= end:
                break
        return self._store.summaries.stale_count()

    def keys(self, query: TitleQuery) -> tuple[str, ...]:
        """Fingerprints of the titles that a query keeps, in its order."""
        return self._store.summaries.keys(query)

    def lines(self, fingerprints: Sequence[str]) -> dict[str, TitleSummary]:
        """Lines of some titles by fingerprint."""
        return self._store.summaries.lines(fingerprints)

    def next_to_review(self, query: TitleQuery, fingerprint: str = "") -> TitleSummary | None:
        """The next title of a query with flags that nobody decided.

        Args:
            query: Which titles, in which order.
            fingerprint: Where to go on from; the beginning follows the end.
        """
        found = self._store.summaries.following(query, fingerprint)
        return None if found is None else self.lines([found])[found]

    def counts(self, query: TitleQuery) -> dict[TitleState, int]:
        """How many titles of a query are in each state."""
        return self._store.summaries.state_counts(query)

    def choices(self) -> Choices:
        """What the filters can offer."""
        summaries = self._store.summaries
        return Choices(summaries.folders(), summaries.defects(), summaries.reviewers())

    def defects(self, fingerprint: str) -> dict[str, tuple[int, int]]:
        """Flags and undecided flags of a title by defect, most flags first."""
        return self._store.summaries.defects_of(fingerprint)

    def pulse(self) -> tuple[int, int, float]:
        """Titles, changes and progress: differs when anything has changed."""
        return self._store.summaries.pulse()

    def detail(self, fingerprint: str) -> TitleDetail | None:
        """What is known of one title beyond its line; None when it is not in the store."""
        store = self._store
        title = store.titles.get(fingerprint)
        if title is None:
            return None
        runs = store.runs.of(fingerprint)
        shown = _shown(runs)
        tally = store.findings.tally([run.id for run in runs])
        lines = [
            RunLine(
                run,
                store.findings.profile_of(run.id),
                sum(count for _, _, count in tally.get(run.id, [])),
                run is shown,
            )
            for run in reversed(runs)
        ]
        defects = store.summaries.defects_of(fingerprint)
        return TitleDetail(fingerprint, title.path, defects, tuple(lines))

    # Files -----------------------------------------------------------------------------------

    def places(self) -> dict[str, tuple[str, int]]:
        """Where every title was found last, and how many bytes it has, by fingerprint."""
        return self._store.summaries.places()

    def add(self, titles: Sequence[Title]) -> int:
        """Enter titles, or note that known ones were found elsewhere; nobody has opened them.

        Returns:
            How many were not known before.

        Raises:
            KnownError: The store cannot be written.
        """
        known = set(self._store.summaries.lines([title.fingerprint for title in titles]))
        if titles:
            self._store.titles.put(*titles, opened=False)
        return len({title.fingerprint for title in titles} - known)

    def relocate(self, fingerprint: str, found: Title) -> None:
        """Note that a title was found elsewhere.

        Raises:
            KnownError: It is another title, or the store cannot be written.
        """
        if found.fingerprint != fingerprint:
            raise KnownError(
                f"{found.name} is another file: its content is not that of the missing title."
            )
        self._store.titles.put(found, opened=False)


# Counting -----------------------------------------------------------------------------------


def count_titles(store: Store, stale: Sequence[Stale]) -> list[TitleCount]:
    """Count what the library says about some titles.

    Raises:
        KnownError: The store cannot be read.
    """
    keys = [entry.title.fingerprint for entry in stale]
    runs = {key: store.runs.of(key) for key in keys}
    shown = {key: _shown(runs[key]) for key in keys}
    decided = store.summaries.verdict_counts(keys)
    imported = {key: _imported(store, key) for key in keys}
    plain = {
        key: run.id
        for key, run in shown.items()
        if run is not None
        and key not in decided
        and not imported[key]
        and not _has_pieces(runs[key], run)
    }
    tally = store.findings.tally(list(plain.values()))
    counts = []
    for key in keys:
        run = shown[key]
        if key in plain:
            defects, worst = _tallied(tally.get(plain[key], []))
            people: tuple[str, ...] = ()
        else:
            findings = (*(_claims(store, run) if run is not None else ()), *imported[key])
            current = current_verdicts(store.verdicts.of(key)) if key in decided else ()
            defects, worst = _counted(merge(findings, current, _NOBODY))
            people = tuple(sorted({verdict.reviewer for verdict in current}))
        counts.append(_count(runs[key], run, defects, worst, people))
    return counts


def _count(
    runs: Sequence[Run],
    shown: Run | None,
    defects: dict[str, DefectCount],
    worst: Severity | None,
    people: tuple[str, ...],
) -> TitleCount:
    flags = sum(count.flags for count in defects.values())
    undecided = sum(count.undecided for count in defects.values())
    newest = runs[-1] if runs else None
    failed = newest is not None and newest.state is RunState.FAILED
    return TitleCount(
        state=_state(runs, shown, flags, undecided),
        running=newest is not None and newest.state is RunState.RUNNING,
        run="" if shown is None else shown.id,
        analysed=None if shown is None else shown.finished,
        flags=flags,
        undecided=undecided,
        worst=worst,
        defects=defects,
        reviewers=people,
        error=newest.error if failed and newest is not None else "",
    )


def _state(runs: Sequence[Run], shown: Run | None, flags: int, undecided: int) -> TitleState:
    if shown is None:
        failed = bool(runs) and runs[-1].state is RunState.FAILED
        return TitleState.FAILED if failed else TitleState.NOT_ANALYSED
    if shown.span is not None or shown.state is not RunState.DONE:
        return TitleState.PARTLY
    if not flags:
        return TitleState.NO_FLAGS
    if not undecided:
        return TitleState.REVIEWED
    return TitleState.TO_REVIEW if undecided == flags else TitleState.IN_REVIEW


def _shown(runs: Sequence[Run]) -> Run | None:
    """The analysis whose flags count: the newest of the whole title, else the newest at all."""
    whole = [run for run in runs if run.state is RunState.DONE and run.span is None]
    if whole:
        return whole[-1]
    begun = [run for run in runs if run.state is not RunState.FAILED or run.done_s > 0]
    return begun[-1] if begun else None


def _imported(store: Store, fingerprint: str) -> tuple[Finding, ...]:
    """What lists from elsewhere claim about a title."""
    done = (run for run in store.runs.imports(fingerprint) if run.state is RunState.DONE)
    return tuple(claim for run in done for claim in store.findings.claims(run.id))


def _has_pieces(runs: Sequence[Run], run: Run) -> bool:
    """Whether stretches were analysed after a run, or instead of it."""
    place = [other.id for other in runs].index(run.id)
    return run.span is not None or any(other.span is not None for other in runs[place + 1 :])


def _claims(store: Store, run: Run) -> tuple[Finding, ...]:
    """Findings of a run; what stretches analysed later say stands in for what it says there."""
    below, *later = layers(store, run)
    claims = store.findings.claims(below.id)
    for piece in later:
        if piece.span is None or store.findings.profile_of(piece.id) is None:
            continue
        start, end, anew = piece.span.start_s, piece.span.end_s, frozenset(piece.detectors)
        kept = (
            claim
            for claim in claims
            if claim.detector not in anew or claim.span.end_s <= start or claim.span.start_s >= end
        )
        claims = (*kept, *store.findings.claims(piece.id))
    return claims


def _tallied(
    tally: Iterable[tuple[str, Severity, int]],
) -> tuple[dict[str, DefectCount], Severity | None]:
    """Flags by defect and the worst severity where nobody decided anything."""
    numbers: dict[str, int] = {}
    worst: Severity | None = None
    for defect, severity, count in tally:
        numbers[defect] = numbers.get(defect, 0) + count
        worst = _worse(worst, severity)
    return {defect: DefectCount(n, n) for defect, n in sorted(numbers.items())}, worst


def _counted(flags: Iterable[Flag]) -> tuple[dict[str, DefectCount], Severity | None]:
    """Flags by defect and the worst severity of those that are not rejected."""
    numbers: dict[str, list[int]] = {}
    worst: Severity | None = None
    for flag in flags:
        number = numbers.setdefault(flag.defect, [0, 0])
        number[0] += 1
        number[1] += not flag.others
        worst = _worse(worst, _severity(flag))
    return {defect: DefectCount(*n) for defect, n in sorted(numbers.items())}, worst


def _severity(flag: Flag) -> Severity | None:
    """The worst that people said, else what the profile proposes; None where all rejected."""
    kept: list[Verdict] = [v for v in flag.others if v.decision is not Decision.REJECT]
    if flag.others and not kept:
        return None
    said = [v.severity for v in kept if v.severity is not None]
    if said:
        return max(said, key=lambda severity: severity.rank)
    return None if flag.finding is None else flag.finding.severity


def _worse(one: Severity | None, other: Severity | None) -> Severity | None:
    if one is None or other is None:
        return one or other
    return one if one.rank >= other.rank else other
