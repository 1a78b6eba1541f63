"""Several reviewers at one title: what others decide shows soon, or not at all; disputes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from core.domain.assignment import Role
from gui.language import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk

LOOK_MS = 400
"""So that a change shows within a second also when looking takes a while."""


class NeighbourDesk(QObject):
    """Asks the store for rows of others as long as a title is open.

    Args:
        desk: The desk; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        desk.title_ready.connect(lambda _title: self._timer.start())
        desk.review.asked.connect(self._on_asked)
        desk.actions.connect_switch("review.blind", self._set_blind)
        desk.actions.connect_switch("review.settle", self._set_settling)

    @property
    def idle(self) -> bool:
        """Always: looking changes nothing that anybody waits for."""
        return True

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _look(self) -> None:
        if self._desk.title is None:
            self._timer.stop()
        elif not self._desk.review.busy:
            # What is on its way brings the rows of others along.
            self._desk.review.look()

    def _on_asked(self, roles: frozenset[Role]) -> None:
        """Look as was asked; who was asked for nothing looks as he likes."""
        actions = self._desk.actions
        if Role.FINAL in roles:
            actions["review.settle"].setChecked(True)
            self._desk.say(tr("You are asked to settle disputes at this title"))
        elif Role.SECOND in roles:
            actions["review.blind"].setChecked(True)
            self._desk.say(tr("You are asked for a second look; what others said is hidden"))

    def _set_blind(self, on: bool) -> None:
        desk = self._desk
        if desk.settings.flag("review.blind") != on:
            desk.settings.set("review.blind", on)
            desk.save_settings()
        desk.review.set_blind(on)

    def _set_settling(self, on: bool) -> None:
        desk = self._desk
        desk.review.settling = on
        if on and desk.actions["review.blind"].isChecked():
            # Who settles has to know what the others said.
            desk.actions["review.blind"].setChecked(False)
        name = tr("Reviewer: {reviewer}", reviewer=desk.reviewer)
        desk.window.reviewer.setText(f"{name} · {tr('settling')}" if on else name)
