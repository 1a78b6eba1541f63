"""The store as the desk reaches it. Imported when the store is opened, not before."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.compare.run import (
    LATEST,
    PREVIOUS,
    TitleChange,
    compare_libraries,
    compare_runs,
    find_run,
)
from core.domain.assignment import Role
from core.domain.errors import KnownError
from core.domain.profile import Profile
from core.domain.run import Run, RunState
from core.domain.title import Title
from core.review.backup import BackupRoom
from core.review.channel import Wall
from core.review.heat import HeatSource
from core.review.library import Library
from core.review.mask import MaskRoom
from core.review.outside import Import, imports_of, keep, take_out
from core.review.second_look import Shared, shared_in
from core.review.session import ReviewSession
from core.review.spot_book import SpotBook
from core.review.teach import TeachBook
from core.review.training import TrainingRoom
from core.store.backup import automatic_backup
from core.store.store import Store

if TYPE_CHECKING:
    from core.reports.gather import Wish
    from core.reports.intake.take import Intake
    from core.reports.report import Report

_log = logging.getLogger(__name__)


class StoreArchive:
    """The store as the desk's use cases need it."""

    def __init__(self, where: str | Path) -> None:
        self._store = Store.open(where)
        self.url = self._store.url
        self.notice = self._store.notice
        self.read_only = self._store.read_only
        self.backups = BackupRoom(self._store.path) if self._store.path is not None else None

    def session(self, title: Title, reviewer: str, profile: Profile) -> ReviewSession:
        """Open a session; the reviewer is entered in the store."""
        if not self._store.read_only:
            self._store.reviewers.ensure(reviewer)
            self._store.titles.put(title)
        return ReviewSession(self._store, title, reviewer, profile)

    def finished_run(
        self, fingerprint: str, detectors: Sequence[str]
    ) -> tuple[Run, Profile | None] | None:
        """The newest finished run of the whole title with all these detectors."""
        for run in reversed(self._store.runs.of(fingerprint)):
            complete = run.state is RunState.DONE and run.span is None
            if complete and set(detectors) <= set(run.detectors):
                return run, self._store.findings.profile_of(run.id)
        return None

    def latest_run(self, fingerprint: str) -> Run | None:
        """The newest run."""
        return self._store.runs.latest(fingerprint)

    def analyses(self, fingerprint: str) -> tuple[Run, ...]:
        """All analyses of a title, oldest first."""
        return self._store.runs.of(fingerprint)

    def changes(self, before: str, after: str) -> tuple[TitleChange, ...]:
        """What became of the findings between two analyses, or in every title without ids."""
        if not before:
            return compare_libraries(self._store, self._store, (PREVIOUS, LATEST))
        first, second = (find_run(self._store, run) for run in (before, after))
        return (compare_runs((self._store, *first), (self._store, *second)),)

    def heat(self, title: Title, run: Run) -> HeatSource:
        """Where the heat maps of a run come from."""
        return HeatSource(self._store, title, run)

    def library(self) -> Library:
        """All titles of the store."""
        return Library(self._store)

    def wall(self) -> Wall:
        """All watched channels of the store."""
        return Wall(self._store)

    def imports(self, title: Title) -> tuple[Import, ...]:
        """What was imported to a title."""
        return imports_of(self._store, title.fingerprint)

    def keep_import(self, title: Title, intake: Intake, reviewer: str) -> tuple[Import, ...]:
        """Keep what a file says about a title."""
        keep(self._store, title, intake.name, intake.digest, reviewer, intake.findings)
        return self.imports(title)

    def take_out_import(self, title: Title, run_id: str) -> tuple[Import, ...]:
        """Have an import count no more."""
        take_out(self._store, run_id)
        return self.imports(title)

    @property
    def spots(self) -> SpotBook:
        """Spot checks."""
        return SpotBook(self._store)

    @property
    def training(self) -> TrainingRoom:
        """What there is to learn from, and what was learned."""
        return TrainingRoom(self._store)

    @property
    def teaching(self) -> TeachBook:
        """Answers of teach sessions."""
        return TeachBook(self._store)

    @property
    def masks(self) -> MaskRoom:
        """Masks over video."""
        return MaskRoom(self._store)

    def shared(self) -> Shared:
        """What at least two people decided about."""
        return shared_in(self._store)

    def roles(self, fingerprint: str, reviewer: str) -> frozenset[Role]:
        """What somebody is asked to look at a title for."""
        return frozenset(a.role for a in self._store.assignments.current(fingerprint, reviewer))

    def report(self, title: Title, run: Run | None, wish: Wish, profile: Profile) -> Report:
        """What was found and decided about a title."""
        # Only who exports waits for what it brings.
        from core.reports.gather import gather_report

        return gather_report(self._store, title, run, wish, profile)

    def close(self, keep_copy: bool = True) -> None:
        """Close the store, and keep a copy of it if the last one is a day old."""
        path = None if self._store.read_only or not keep_copy else self._store.path
        self._store.close()
        if path is not None:
            try:
                automatic_backup(path)
            except KnownError as error:
                # Nothing is lost: the store itself is closed and whole.
                _log.warning("no backup was made: %s", error.sentence)
