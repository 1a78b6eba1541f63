"""Thresholds fitted to verdicts: asked of the worker, shown on the library, kept in the profile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.catalog.profile_file import save_profile
from core.domain.errors import KnownError
from core.domain.lineage import RefitProposal, WeightsComparison
from core.domain.profile import Profile
from core.jobs.request import RefitRequest
from gui.desk.training_job import Kind, Task
from gui.language import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.desk.training import TrainingDesk


class ThresholdDesk:
    """Proposals by detector; none is kept before a person applies it.

    Args:
        desk: The desk.
        training: Asks and shows.
    """

    def __init__(self, desk: Desk, training: TrainingDesk) -> None:
        self._desk, self._training = desk, training
        self._proposals: dict[str, tuple[RefitProposal, Profile]] = {}

    def fit(self) -> None:
        """Have thresholds of the shown detector fitted to the verdicts."""
        room, window = self._training.room, self._training.window
        if room is None or window is None:
            return
        profile = self._desk.base_profile
        self._proposals.pop(window.detector, None)
        request = RefitRequest(room.url, window.detector, profile)
        self._training.jobs.start(Task(Kind.FIT, window.detector, profile=profile), request)
        self.show()

    def take(self, task: Task, proposal: RefitProposal) -> None:
        """Take what was fitted."""
        profile = task.profile or self._desk.base_profile
        for change in proposal.changes:
            profile = profile.with_threshold(task.detector, change.name, change.after)
        self._proposals[task.detector] = (proposal, profile)
        self.show()

    def show(self) -> None:
        """Show the proposal for the shown detector, and what it changes on the library."""
        window = self._training.window
        if window is None:
            return
        detector = window.detector
        proposal, profile = self._proposals.get(detector, (None, None))
        running = self._training.jobs.runs(Kind.FIT, detector)
        window.thresholds.show_proposal(proposal, running)
        if self._desk.title is None:
            window.thresholds.try_out.setEnabled(False)
        if profile is None:
            return
        before, after = self._desk.base_profile, profile

        def decided(found: WeightsComparison) -> None:
            window = self._training.window
            if window is not None and window.detector == detector:
                window.thresholds.show_effect(found)

        self._training.ask(
            lambda room, token: room.rescored(detector, before, after, token.check), decided
        )

    def try_out(self) -> None:
        """Show on the open title what the proposal finds."""
        window = self._training.window
        if window is not None and window.detector in self._proposals:
            self._desk.review.preview(self._proposals[window.detector][1])
            self._training.say(tr("The queue shows what the proposal finds; nothing is kept."))

    def apply(self) -> None:
        """Keep the proposal in the desk's profile."""
        window = self._training.window
        if window is None or window.detector not in self._proposals:
            return
        proposal, fitted = self._proposals.pop(window.detector)
        base = self._desk.base_profile
        mine = dict(fitted.thresholds.get(window.detector, {}))
        profile = replace(base, thresholds={**base.thresholds, window.detector: mine})
        try:
            save_profile(profile)
        except KnownError as error:
            self._training.complain(error)
            return
        self._desk.set_profile(profile)
        self._training.ask(lambda room, _token: room.keep_calibration(proposal), lambda _none: None)
        self._training.say(
            tr("The profile {title} keeps these thresholds.", title=tr(profile.title))
        )
        self.show()
