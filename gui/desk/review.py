"""The writer's lane: review sessions live in one thread, the GUI sees snapshots of them.

A verdict costs a synchronous write, so no key press waits for it: decisions queue up in order,
each is committed in turn, and only then does the snapshot show it. At quitting the queue is
drained.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from core.domain.defect import Severity
from core.domain.errors import BugError, KnownError
from core.domain.profile import DEFAULT_PROFILE, Profile
from core.domain.run import Run
from core.domain.time import Span
from core.domain.title import Title
from core.domain.track import Track
from core.domain.verdict import Decision, Disposition
from core.jobs.progress import CancelToken
from core.review.blind import blinded
from core.review.flag import Flag
from gui.bridge import GuiLane, explain
from gui.desk.archive import Archive
from gui.language import tr
from gui.verdict.choice import Choice

if TYPE_CHECKING:
    from core.review.outside import Import
    from core.review.session import ReviewSession

__all__ = ["Archive", "ReviewDesk", "Snapshot"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a session holds at one moment.

    Attributes:
        flags: All flags by time.
        tracks: What was measured.
        run: The analysis behind it, if any.
        profile: What decided the findings.
        can_undo: A step can be taken back.
        can_redo: A step can be done again.
        read_only: Decisions cannot be kept.
    """

    flags: tuple[Flag, ...] = ()
    tracks: tuple[Track, ...] = ()
    run: Run | None = None
    profile: Profile = DEFAULT_PROFILE
    can_undo: bool = False
    can_redo: bool = False
    read_only: bool = False

    def flag(self, key: str) -> Flag | None:
        """The flag with this key."""
        return next((flag for flag in self.flags if flag.key == key), None)


class ReviewDesk(QObject):
    """Runs a session in the writer's lane and tells the GUI thread what became of it.

    Signals:
        ready: The store is open; its `Archive`.
        changed: A new `Snapshot`.
        settled: Key of a flag that a decision was about, and whether it was stored.
        recorded: The verdict that the store has taken (of several the first), or None.
        pending_changed: How many decisions are on their way.
        run_found: What `find_run` found: the run and the profile that decided it, or None.
        asked: The `Role`s in which the reviewer is asked to look at the title, once it is open.
        failed: Sentence and details.

    Attributes:
        settling: Decisions from now on are the last word where people dispute.

    Args:
        open_archive: Opens the store; called in the lane.
        at_once: Open it now; else when `wake` is called or something is asked for.
    """

    ready = Signal(object)
    changed = Signal(object)
    settled = Signal(str, bool)
    recorded = Signal(object)
    pending_changed = Signal(int)
    run_found = Signal(object)
    asked = Signal(object)
    failed = Signal(str, str)

    def __init__(
        self,
        open_archive: Callable[[], Archive],
        parent: QObject | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        super().__init__(parent)
        self._lane = GuiLane("review", self)
        self._open_archive = open_archive
        self._archive: Archive | None = None
        self._session: ReviewSession | None = None
        self._generation = 0
        self.settling = False
        self._blind = False
        self._looking = 0
        self._deciding: list[str] = []
        self._wanted: Profile | None = None
        self._awake = False
        if at_once:
            self.wake()

    def wake(self) -> None:
        """Open the store, unless that was done."""
        if not self._awake:
            self._awake = True
            self._lane.submit(
                lambda _token: self._open(self._open_archive), self.ready.emit, self._on_error
            )

    # Read by the GUI thread

    @property
    def deciding(self) -> frozenset[str]:
        """Keys of flags whose decision is on its way."""
        return frozenset(self._deciding)

    @property
    def archive(self) -> Archive | None:
        """The store once it is open, for what of it may be used in any thread."""
        return self._archive

    @property
    def idle(self) -> bool:
        """Whether nothing is on its way."""
        return self._awake and self._lane.pending <= self._looking

    @property
    def busy(self) -> bool:
        """Whether the lane has anything to do, looking for others' rows included."""
        return self._lane.pending > 0

    # Titles and runs

    def open(self, title: Title, reviewer: str, profile: Profile) -> None:
        """Begin a session; what belongs to the one before is still written."""
        self._generation += 1

        def work(archive: Archive) -> None:
            self._session = archive.session(title, reviewer, profile)

        self._ask(work, shows=True)
        self._ask(lambda a: a.roles(title.fingerprint, reviewer), self.asked.emit)

    def leave(self) -> None:
        """End the session."""
        self._generation += 1

        def work(_archive: Archive) -> None:
            self._session = None

        self._ask(work)

    def find_run(self, fingerprint: str, detectors: Sequence[str]) -> None:
        """Ask for a finished run; `run_found` answers."""
        self._ask(lambda a: a.finished_run(fingerprint, detectors), self.run_found.emit)

    def load_run(self, run_id: str) -> None:
        """Take tracks and findings from a run, finished or not."""
        self._ask(lambda _a: self._current().load_run(run_id), shows=True)

    def load_latest(self, fingerprint: str) -> None:
        """Take what the newest run has stored so far, if it measured anything."""

        def work(archive: Archive) -> None:
            run = archive.latest_run(fingerprint)
            if run is not None and self._session is not None:
                self._session.load_run(run.id)

        self._ask(work, shows=True)

    def look(self) -> None:
        """Show what other desks have decided meanwhile, if anything."""
        generation = self._generation

        def work(_archive: Archive) -> bool:
            return self._session is not None and self._session.refresh()

        def done(result: tuple[bool, Snapshot]) -> None:
            self._looking -= 1
            if result[0] and generation == self._generation:
                self.changed.emit(result[1])

        def failed(error: BaseException) -> None:
            self._looking -= 1
            self._on_error(error)

        self._looking += 1
        self._submit(lambda _token: self._take(work), done, failed)

    def set_blind(self, on: bool) -> None:
        """Hide what others said about flags that are not decided yet, or show it again."""

        def work(_archive: Archive) -> None:
            self._blind = on

        self._ask(work, shows=True)

    # Decisions

    def choose(self, choice: Choice) -> None:
        """Store a decision."""
        self.choose_many([choice.flag], choice)

    def choose_many(self, flags: Sequence[Flag], choice: Choice) -> None:
        """Store one decision about several flags, as one step of undo."""
        settles = self.settling

        def work(_archive: Archive) -> object:
            rows = self._current().decide_many(
                flags,
                choice.decision,
                reason=choice.reason,
                disposition=choice.disposition,
                severity=choice.severity,
                comment=choice.comment,
                settles=settles,
            )
            return rows[0] if rows else None

        self._decide([flag.key for flag in flags], work)

    def withdraw_many(self, flags: Sequence[Flag]) -> None:
        """Make several flags undecided again, as one step of undo."""

        def work(_archive: Archive) -> object:
            return self._current().decide_many(flags, Decision.WITHDRAWN)[0]

        self._decide([flag.key for flag in flags], work)

    def withdraw(self, flag: Flag) -> None:
        """Make a flag undecided again."""
        self._decide([flag.key], lambda _a: self._current().decide(flag, Decision.WITHDRAWN))

    def mark_missed(
        self,
        defect: str,
        stream: int,
        span: Span,
        disposition: Disposition,
        severity: Severity,
        comment: str,
    ) -> None:
        """Store a defect that no detector found."""

        def work(_archive: Archive) -> object:
            return self._current().mark_missed(
                defect,
                stream,
                span,
                disposition=disposition,
                severity=severity,
                comment=comment,
            )

        self._decide([""], work)

    def undo(self) -> None:
        """Take the last step back."""
        self._decide([""], lambda _a: self._current().undo())

    def redo(self) -> None:
        """Do the last undone step again."""
        self._decide([""], lambda _a: self._current().redo())

    # Thresholds

    def preview(self, profile: Profile) -> None:
        """Show what another profile would find; of several wishes the last one is granted."""
        waiting = self._wanted is not None
        self._wanted = profile
        if not waiting:
            self._ask(lambda _a: self._grant(), shows=True)

    def adopt(self, profile: Profile) -> None:
        """Keep a profile's findings as the run's answer."""
        self._ask(lambda _a: self._current().adopt(profile), shows=True)

    def _grant(self) -> None:
        profile, self._wanted = self._wanted, None
        if profile is not None and self._session is not None:
            self._session.rescore(profile)

    # Lists from elsewhere

    def change_imports(
        self,
        work: Callable[[Archive], tuple[Import, ...]],
        answer: Callable[[tuple[Import, ...]], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Ask for, keep or take out imports, and show the flags that there are then."""
        generation = self._generation

        def changed(archive: Archive) -> tuple[Import, ...]:
            imports = work(archive)
            self._current().refresh_imports()
            return imports

        def done(result: tuple[tuple[Import, ...], Snapshot]) -> None:
            if generation == self._generation:
                self.changed.emit(result[1])
                answer(result[0])

        self._submit(lambda _token: self._take(changed), done, failed)

    # The store itself

    def swap(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Close the store, do `work` to it, and open it again, whatever came of that."""
        self._generation += 1

        def job(_token: CancelToken) -> T:
            # A copy that is made now could push out the very one that is gone back to.
            self._shut(keep_copy=False)
            try:
                return work()
            finally:
                self._open(self._open_archive)

        def reopened(end: Callable[[T], object]) -> Callable[[T], None]:
            def deliver(result: T) -> None:
                if self._archive is not None:
                    self.ready.emit(self._archive)
                end(result)

            return deliver

        self._submit(job, reopened(done), reopened(failed))  # type: ignore[arg-type]

    # The end

    def drain(self) -> None:
        """Wait until everything that was asked for is done."""
        self._lane.drain()

    def close(self) -> None:
        """Finish what was asked for, close the store and join the thread."""
        self._lane.drain()
        self._lane.submit(lambda _token: self._shut(), lambda _none: None, self._on_error)
        self._lane.drain()
        self._lane.close()

    def _shut(self, keep_copy: bool = True) -> None:
        self._session = None
        if self._archive is not None:
            self._archive.close(keep_copy)
            self._archive = None

    # In the lane

    def _open(self, open_archive: Callable[[], Archive]) -> Archive:
        self._archive = open_archive()
        return self._archive

    def _current(self) -> ReviewSession:
        if self._session is None:
            raise BugError("no session is open")
        return self._session

    def _take(self, work: Callable[[Archive], T]) -> tuple[T, Snapshot]:
        if self._archive is None:
            raise KnownError(tr("The store is not open, so nothing can be read from it or kept."))
        result = work(self._archive)
        session = self._session
        if session is None:
            return result, Snapshot()
        return result, Snapshot(
            blinded(session.flags) if self._blind else session.flags,
            session.tracks,
            session.run,
            session.profile,
            session.can_undo,
            session.can_redo,
            session.read_only,
        )

    # Back in the GUI thread

    def _submit(
        self,
        work: Callable[[CancelToken], T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        self.wake()
        self._lane.submit(work, done, failed)

    def _ask(
        self,
        work: Callable[[Archive], T],
        answer: Callable[[T], object] | None = None,
        shows: bool = False,
    ) -> None:
        generation = self._generation

        def done(result: tuple[T, Snapshot]) -> None:
            if generation == self._generation:
                if shows:
                    self.changed.emit(result[1])
                if answer is not None:
                    answer(result[0])

        self._submit(lambda _token: self._take(work), done, self._on_error)

    def _decide(self, keys: Sequence[str], work: Callable[[Archive], object]) -> None:
        generation = self._generation
        self._deciding.extend(keys)
        self.pending_changed.emit(len(self._deciding))

        def over(stored: bool) -> None:
            for key in keys:
                self._deciding.remove(key)
                self.settled.emit(key, stored)
            self.pending_changed.emit(len(self._deciding))

        def done(result: tuple[object, Snapshot]) -> None:
            over(stored=True)
            if generation == self._generation:
                self.changed.emit(result[1])
            self.recorded.emit(result[0])

        def failed(error: BaseException) -> None:
            over(stored=False)
            self._on_error(error)

        self._submit(lambda _token: self._take(work), done, failed)

    def _on_error(self, error: BaseException) -> None:
        self.failed.emit(*explain(error))
