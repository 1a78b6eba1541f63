"""A review session: one reviewer at one title.

The desk calls these use cases from one thread and listens to changes. A decision shows in `flags`
only once the store has it on disk; when that fails nothing changes and the error says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.domain.defect import Severity
from core.domain.errors import KnownError
from core.domain.finding import Finding
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.run import Run
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.domain.verdict import (
    Decision,
    Disposition,
    RejectReason,
    Verdict,
    current_verdicts,
    withdrawal,
)
from core.review.claim import Decide, claims, decide_by_catalog
from core.review.flag import Board, Flag, is_same_claim
from core.review.history import Change, History
from core.review.outside import imports_of
from core.review.piece import gather
from core.store.codec import plain_text
from core.store.store import Store
from core.store.verdict import After, OutdatedError

Listener = Callable[[], None]


class ReviewSession:
    """One reviewer at one title; to be used from one thread.

    Args:
        store: Where verdicts go.
        title: What is reviewed.
        reviewer: Who.
        profile: What decides, until another is tried.
        decide: Replaces the rules of the catalog.
    """

    def __init__(
        self,
        store: Store,
        title: Title,
        reviewer: str,
        profile: Profile = DEFAULT_PROFILE,
        *,
        decide: Decide = decide_by_catalog,
    ) -> None:
        self.title = title
        self.reviewer = plain_text(reviewer)
        self._store = store
        self._profile = profile
        self._decide = decide
        self._run: Run | None = None
        self._tracks: tuple[Track, ...] = ()
        self._findings: tuple[Finding, ...] = ()
        self._imported: tuple[Finding, ...] = ()
        self._board = Board()
        self._flags: tuple[Flag, ...] = ()
        self._by_key: dict[str, Flag] = {}
        self._rows: list[Verdict] = []
        self._heads: dict[str, Verdict] = {}
        self._seen = 0
        self._listeners: list[Listener] = []
        if not store.read_only and store.titles.get(title.fingerprint) is None:
            store.titles.put(title)
        self._pull()
        self._history = History.replay(row for row in self._rows if row.reviewer == self.reviewer)
        self._take_imports()
        self._rebuild()

    # What there is ---------------------------------------------------------------------------

    @property
    def flags(self) -> tuple[Flag, ...]:
        """All flags by time; the same tuple until something changes."""
        return self._flags

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the machine claims under the present profile."""
        return self._findings

    @property
    def tracks(self) -> tuple[Track, ...]:
        """What was measured in the loaded run."""
        return self._tracks

    @property
    def run(self) -> Run | None:
        """The run that is loaded."""
        return self._run

    @property
    def profile(self) -> Profile:
        """The profile that decided `findings`."""
        return self._profile

    @property
    def read_only(self) -> bool:
        """Whether decisions cannot be kept."""
        return self._store.read_only

    @property
    def can_undo(self) -> bool:
        """Whether the reviewer has a step to take back, of this session or of one before."""
        return self._history.can_undo and not self._store.read_only

    @property
    def can_redo(self) -> bool:
        """Whether the reviewer has a step to do again."""
        return self._history.can_redo and not self._store.read_only

    def flag(self, key: str) -> Flag | None:
        """The flag with this key."""
        return self._by_key.get(key)

    def rows_about(self, flag: Flag) -> tuple[Verdict, ...]:
        """Everything that was ever decided about a flag, undone decisions too, in order."""
        subjects = {v.subject for v in (flag.verdict, *flag.others) if v is not None}
        subjects |= {head.subject for head in self._heads.values() if is_same_claim(head, flag)}
        return tuple(row for row in self._rows if row.subject in subjects)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every change of flags, findings or tracks.

        Returns:
            Call it to stop listening.
        """
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    # Findings --------------------------------------------------------------------------------

    def load_run(self, run_id: str) -> None:
        """Take tracks and findings from a run, finished or not.

        A run of a stretch is shown on top of the whole title's (see `core.review.piece`).
        Findings that the present profile decided are read; else it decides now.

        Raises:
            KnownError: There is no such run, or what it stored is damaged.
        """
        run = self._store.runs.get(run_id)
        if run is None or run.fingerprint != self.title.fingerprint:
            raise KnownError("This analysis is not in the store any more.", f"run {run_id}")
        run, tracks, pieced = gather(self._store, run)
        kept = self._store.findings.profile_of(run.id)
        if not pieced and kept is not None and kept.hash == self._profile.hash:
            findings = self._store.findings.of(run.id)
        else:
            findings = self._claims(run, tracks, self._profile)
        self._run, self._tracks = run, tracks
        self._replace_findings(findings, self._profile)

    def rescore(self, profile: Profile) -> tuple[Finding, ...]:
        """Decide anew with another profile; nothing is decoded, nothing stored.

        Returns:
            The findings that are shown now.
        """
        findings = self._claims(self._run, self._tracks, profile)
        self._replace_findings(findings, profile)
        return findings

    def adopt(self, profile: Profile) -> tuple[Finding, ...]:
        """Decide anew with another profile and keep its findings as the run's answer.

        Raises:
            KnownError: No run is loaded, or the store cannot be written.
        """
        if self._run is None:
            raise KnownError("Analyse the title first; there is nothing to decide anew.")
        findings = self._claims(self._run, self._tracks, profile)
        self._store.findings.replace(self._run.id, profile, findings)
        self._replace_findings(findings, profile)
        return findings

    def refresh_imports(self) -> None:
        """Pick up what was imported or taken out since.

        Raises:
            KnownError: The store cannot be read.
        """
        self._take_imports()
        self._show()

    # Decisions -------------------------------------------------------------------------------

    def decide(
        self,
        flag: Flag,
        decision: Decision,
        *,
        reason: RejectReason | None = None,
        disposition: Disposition | None = None,
        severity: Severity | None = None,
        comment: str = "",
        settles: bool = False,
    ) -> Verdict:
        """Decide about one flag; the row is on the disk when this returns.

        Args:
            flag: As `flags` gave it.
            decision: `WITHDRAWN` takes the present decision back to undecided.
            reason: Why, for a rejection.
            disposition: What to do, for a confirmation.
            severity: How bad; None leaves it to the profile.
            comment: Free text.
            settles: It is the last word where people dispute.

        Raises:
            KnownError: The store cannot be written, or there is nothing to withdraw.
            ValueError: Reason or disposition do not go with the decision, or a finding is said
                to have been missed.
        """
        return self.decide_many(
            [flag],
            decision,
            reason=reason,
            disposition=disposition,
            severity=severity,
            comment=comment,
            settles=settles,
        )[0]

    def decide_many(
        self,
        flags: Iterable[Flag],
        decision: Decision,
        *,
        reason: RejectReason | None = None,
        disposition: Disposition | None = None,
        severity: Severity | None = None,
        comment: str = "",
        settles: bool = False,
    ) -> tuple[Verdict, ...]:
        """Decide the same about several flags, in one transaction and one step of undo.

        Raises:
            KnownError: As `decide`; then none of them is decided.
            ValueError: As `decide`.
        """
        chosen = list({flag.key: flag for flag in flags}.values())
        if decision is Decision.MISSED and not all(flag.missed for flag in chosen):
            raise ValueError("a detector found this, so it was not missed")

        def plan() -> list[Change]:
            taken: set[str] = set()
            changes = []
            for flag in chosen:
                present = self._by_key.get(flag.key, flag)
                before = self._last_row(present, taken)
                if decision is Decision.WITHDRAWN:
                    after = _withdrawn(present)
                else:
                    after = Verdict(
                        fingerprint=self.title.fingerprint,
                        stream=present.stream,
                        defect=present.defect,
                        detector=present.detector,
                        span=present.span,
                        decision=decision,
                        reviewer=self.reviewer,
                        reason=reason,
                        disposition=disposition,
                        severity=severity,
                        comment=comment,
                        settles=settles,
                    )
                    if before is not None:
                        after = replace(after, subject=before.subject)
                taken.add(after.subject)
                changes.append(Change(before, after))
            return changes

        return self._act(plan)

    def mark_missed(
        self,
        defect: str,
        stream: int,
        span: Span,
        *,
        disposition: Disposition | None = None,
        severity: Severity | None = None,
        comment: str = "",
    ) -> Verdict:
        """Say that a stretch is broken although no detector found it.

        Raises:
            KnownError: The store cannot be written.
        """
        verdict = Verdict(
            fingerprint=self.title.fingerprint,
            stream=stream,
            defect=defect,
            detector="",
            span=span,
            decision=Decision.MISSED,
            reviewer=self.reviewer,
            disposition=disposition,
            severity=severity,
            comment=comment,
        )
        return self._act(lambda: [Change(None, verdict)])[0]

    def undo(self) -> Verdict | None:
        """Take the reviewer's last step back, by appending rows that say so.

        Returns:
            The last row appended; None when the beginning is reached.

        Raises:
            KnownError: The store cannot be written, or another desk has decided since.
        """
        if not self._history.can_undo:
            return None
        rows = self._append(lambda: self._history.undo_rows(self._heads))
        self._history.undone(rows)
        self._show()
        return rows[-1]

    def redo(self) -> Verdict | None:
        """Do the step again that was undone last.

        Returns:
            The last row appended; None when nothing was undone since the last decision.

        Raises:
            KnownError: The store cannot be written, or another desk has decided since.
        """
        if not self._history.can_redo:
            return None
        rows = self._append(lambda: self._history.redo_rows(self._heads))
        self._history.redone(rows)
        self._show()
        return rows[-1]

    def refresh(self) -> bool:
        """Pick up what other desks have decided.

        Returns:
            Whether there was anything.

        Raises:
            KnownError: The store cannot be read.
        """
        if not self._pull():
            return False
        self._show()
        return True

    # Inside ----------------------------------------------------------------------------------

    def _take_imports(self) -> None:
        imports = imports_of(self._store, self.title.fingerprint)
        self._imported = tuple(finding for one in imports for finding in one.findings)
        self._board = Board((*self._findings, *self._imported))

    def _claims(
        self, run: Run | None, tracks: Sequence[Track], profile: Profile
    ) -> tuple[Finding, ...]:
        return claims(self._decide, self.title, run, tracks, profile)

    def _act(self, plan: Callable[[], list[Change]]) -> tuple[Verdict, ...]:
        planned: list[Change] = []

        def rows() -> tuple[Verdict, ...]:
            planned[:] = plan()
            return tuple(change.after for change in planned)

        appended = self._append(rows)
        if appended:
            step = zip(planned, appended, strict=True)
            self._history.record(tuple(Change(change.before, row) for change, row in step))
            self._show()
        return appended

    def _append(self, plan: Callable[[], Sequence[Verdict]]) -> tuple[Verdict, ...]:
        """Append what `plan` gives, planned on all rows that the store has at that moment."""
        try:
            rows = self._at_once(plan())
            try:
                last = self._store.verdicts.append(*rows, seen=self._seen)
            except OutdatedError:
                # Where others never stop deciding, only who holds the pen gets a word in.
                last, rows = self._store.verdicts.append_planned(
                    self.title.fingerprint, lambda after: self._caught_up(after, plan)
                )
            if rows:
                self._take(rows, last)
            return rows
        except KnownError:
            self._show()  # Rows of others may have come in; a step they overtook is forgotten.
            raise

    def _caught_up(
        self, after: After, plan: Callable[[], Sequence[Verdict]]
    ) -> tuple[Verdict, ...]:
        """What `plan` gives once the rows of others are taken in."""
        last, others = after(self._seen)
        if others:
            self._take(others, last)
            self._rebuild()
        return self._at_once(plan())

    def _at_once(self, rows: Sequence[Verdict]) -> tuple[Verdict, ...]:
        """The rows with one time of their own: by it they are known as one step later on."""
        at = datetime.now(UTC)
        last = next((r.at for r in reversed(self._rows) if r.reviewer == self.reviewer), None)
        if last == at:
            at += timedelta(microseconds=1)  # Some clocks tick only sixty times a second.
        return tuple(replace(row, at=at) for row in rows)

    def _last_row(self, flag: Flag, taken: set[str]) -> Verdict | None:
        """The last row of the subject that a decision about `flag` goes on with.

        A flag whose decision was undone goes on with the same subject, so that its rows stay
        together and two desks cannot both restore one.
        """
        if flag.verdict is not None:
            return self._heads.get(flag.verdict.subject, flag.verdict)
        undone = [
            head
            for head in self._heads.values()
            if head.decision is Decision.WITHDRAWN
            and head.reviewer == self.reviewer
            and head.subject not in taken
            and is_same_claim(head, flag)
        ]
        return max(undone, key=lambda head: head.span.iou(flag.span), default=None)

    def _pull(self) -> bool:
        last, rows = self._store.verdicts.after(self.title.fingerprint, self._seen)
        if rows:
            self._take(rows, last)
        return bool(rows)

    def _take(self, rows: Sequence[Verdict], last: int) -> None:
        self._rows.extend(rows)
        self._heads.update((row.subject, row) for row in rows)
        self._seen = last

    def _replace_findings(self, findings: tuple[Finding, ...], profile: Profile) -> None:
        self._findings, self._profile = findings, profile
        self._board = Board((*findings, *self._imported))
        self._show()

    def _show(self) -> None:
        self._rebuild()
        self._notify()

    def _rebuild(self) -> None:
        current = current_verdicts(self._rows)
        self._flags = self._board.merge(current, self.reviewer)
        self._by_key = {flag.key: flag for flag in self._flags}

    def _notify(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _withdrawn(flag: Flag) -> Verdict:
    if flag.verdict is None:
        raise KnownError("This flag is undecided, so there is nothing to take back.")
    # It is a decision of its own, not the undoing of one (see `core.review.history`).
    return replace(withdrawal(flag.verdict), undoes="")
