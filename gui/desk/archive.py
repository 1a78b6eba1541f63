"""What the desk asks of the store, whoever keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from core.domain.assignment import Role
from core.domain.profile import Profile
from core.domain.run import Run
from core.domain.title import Title
from gui.desk.heat_lane import HeatMaps

if TYPE_CHECKING:
    from core.compare.run import TitleChange
    from core.reports.gather import Wish
    from core.reports.intake.take import Intake
    from core.reports.report import Report
    from core.review.backup import BackupRoom
    from core.review.channel import Wall
    from core.review.library import Library
    from core.review.mask import MaskRoom
    from core.review.outside import Import
    from core.review.second_look import Shared
    from core.review.session import ReviewSession
    from core.review.spot_book import SpotBook
    from core.review.teach import TeachBook
    from core.review.training import TrainingRoom


class Archive(Protocol):
    """What the desk asks of the store; used in the writer's lane only."""

    url: str
    notice: str
    read_only: bool
    backups: BackupRoom | None

    def session(self, title: Title, reviewer: str, profile: Profile) -> ReviewSession:
        """Open a session."""

    def finished_run(
        self, fingerprint: str, detectors: Sequence[str]
    ) -> tuple[Run, Profile | None] | None:
        """The newest finished whole run with all these detectors, and what decided it."""

    def latest_run(self, fingerprint: str) -> Run | None:
        """The newest run, whatever became of it."""

    def analyses(self, fingerprint: str) -> tuple[Run, ...]:
        """All analyses of a title, oldest first; may be used in any thread."""

    def changes(self, before: str, after: str) -> tuple[TitleChange, ...]:
        """What became of findings between two analyses, or in all titles; in any thread."""

    def heat(self, title: Title, run: Run) -> HeatMaps:
        """Where the heat maps of a run come from; may be used in any thread."""

    def imports(self, title: Title) -> tuple[Import, ...]:
        """What was imported to a title."""

    def keep_import(self, title: Title, intake: Intake, reviewer: str) -> tuple[Import, ...]:
        """Keep what a file says about a title; what was imported to it then."""

    def take_out_import(self, title: Title, run_id: str) -> tuple[Import, ...]:
        """Have an import count no more; what was imported to the title then."""

    @property
    def spots(self) -> SpotBook:
        """Spot checks; may be used in any thread."""

    @property
    def training(self) -> TrainingRoom:
        """What there is to learn from, and what was learned; may be used in any thread."""

    @property
    def teaching(self) -> TeachBook:
        """Answers of teach sessions; each is to be used in one thread."""

    @property
    def masks(self) -> MaskRoom:
        """Masks over video; may be used in any thread."""

    def shared(self) -> Shared:
        """What at least two people decided about; may be used in any thread."""

    def roles(self, fingerprint: str, reviewer: str) -> frozenset[Role]:
        """What somebody is asked to look at a title for."""

    def report(self, title: Title, run: Run | None, wish: Wish, profile: Profile) -> Report:
        """What was found and decided about a title; may be used in any thread."""

    def library(self) -> Library:
        """All titles of the store; may be used in any thread."""

    def wall(self) -> Wall:
        """All watched channels of the store; for one thread at a time."""

    def close(self, keep_copy: bool = True) -> None:
        """Let go of the store; keep a copy of it when it is time for one."""
