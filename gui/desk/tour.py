"""Leads through the desk at the sample title, once, and again when asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.domain.verdict import Decision, Verdict
from core.review.flag import Flag
from gui.tour.step import DECIDED, SELECTED, STEPS

if TYPE_CHECKING:
    from gui.desk.desk import Desk

_WANTED = "general.tour"


class TourDesk(QObject):
    """Watches what a person does and goes on when the step was done.

    Args:
        desk: The desk; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk, self._bar = desk, desk.window.tour
        self._step: int | None = None
        self._sample: Path | None = None
        for action_id in {action for step in STEPS for action in step.done_by}:
            if action_id not in (SELECTED, DECIDED):
                desk.actions[action_id].triggered.connect(
                    lambda _checked=False, done=action_id: self._did(done)
                )
        desk.selection.changed.connect(self._on_selected)
        desk.review.recorded.connect(self._on_recorded)
        desk.snapshot_changed.connect(lambda _snapshot: self._offer())
        desk.actions.connect_to("help.tour", self.begin)
        self._bar.skipped.connect(self._go_on)
        self._bar.ended.connect(self.end)

    @property
    def step(self) -> int | None:
        """The step that shows, counted from 0; None outside the tour."""
        return self._step

    def expect(self, sample: Path | None) -> None:
        """Where the sample lies; who has not seen the tour gets it there."""
        self._sample = sample

    def begin(self) -> None:
        """Begin at the first step; without a title, at the sample."""
        if self._desk.title is None:
            self._desk.settings.set(_WANTED, True)
            self._desk.sample.open()
            return
        self._step = 0
        self._bar.show_step(0)

    def end(self) -> None:
        """Hide the tour and do not offer it again."""
        self._step = None
        self._bar.show_step(None)
        if self._desk.settings.flag(_WANTED):
            self._desk.settings.set(_WANTED, False)
            self._desk.save_settings()

    def _offer(self) -> None:
        desk = self._desk
        there = desk.title is not None and desk.title.path == self._sample
        if there and desk.snapshot.flags and desk.settings.flag(_WANTED) and self._step is None:
            self._sample = None
            self.begin()

    def _did(self, what: str) -> None:
        if self._step is not None and self._step < len(STEPS) and what in STEPS[self._step].done_by:
            self._go_on()

    def _go_on(self) -> None:
        if self._step is not None:
            self._step += 1
            self._bar.show_step(self._step)

    def _on_selected(self, flag: Flag | None) -> None:
        if flag is not None:
            self._did(SELECTED)

    def _on_recorded(self, verdict: Verdict | None) -> None:
        if verdict is not None and verdict.decision is not Decision.WITHDRAWN:
            self._did(DECIDED)
