"""Deciding many flags: orders and incidents of the queue, batches, pace and triage mode."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from core.review.batch import Batch, plan_batch
from core.review.order import QueueOrder
from core.review.pace import Pace, Progress
from gui.language import tr
from gui.triage.ahead import ReadAhead
from gui.triage.mode import TriageMode
from gui.triage.ruling import Ruling
from gui.verdict.choice import Choice

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.desk.review import Snapshot


class TriageDesk(QObject):
    """Carries decisions about several flags to the session, and keeps the queue as it is wanted.

    Args:
        desk: The desk.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._queue = desk.parts.queue
        self._pace = Pace()
        self._fingerprint = ""
        self._connect()
        self.mode = TriageMode(desk)
        self.ahead = ReadAhead(desk)

    def _connect(self) -> None:
        actions, queue = self._desk.actions, self._queue
        actions.connect_to("review.order", self._next_order)
        actions.connect_to("review.batch", self.open_batch)
        actions.connect_switch("review.incidents", self._on_grouped)
        queue.incidents.setDefaultAction(actions["review.incidents"])
        actions["review.incidents"].setIconText(tr("Incidents"))
        queue.order_chosen.connect(self._keep_order)
        actions.connect_to("review.withdraw", self.withdraw)
        self._desk.parts.verdict.chosen.connect(self._on_chosen)
        self._desk.snapshot_changed.connect(self._on_snapshot)

    @property
    def idle(self) -> bool:
        """Whether nothing is being read ahead."""
        return self.ahead.idle

    def close(self) -> None:
        """Let go of what is read ahead."""
        self.ahead.close()

    # The queue

    def apply_settings(self) -> None:
        """Take over the order that the person chose."""
        self._queue.set_order(QueueOrder(self._desk.settings.text("review.order")))

    def _next_order(self) -> None:
        order = self._queue.orders.after(self._queue.model.order)
        self._queue.set_order(order)
        self._keep_order(order)
        self._desk.say(tr("Order: {order}", order=self._queue.orders.currentText()))

    def _keep_order(self, order: QueueOrder) -> None:
        self._keep("review.order", order.value)

    def _on_grouped(self, on: bool) -> None:
        self._queue.set_grouped(on)
        self._keep("review.incidents", on)

    def _keep(self, key: str, value: object) -> None:
        if self._desk.settings.get(key) != value:
            self._desk.settings.set(key, value)
            self._desk.save_settings()

    # Decisions

    def _on_chosen(self, choice: Choice) -> None:
        if self.choose(choice):
            self._go_on()

    def _go_on(self) -> None:
        if self._desk.actions["review.advance"].isChecked():
            self._queue.select_next_undecided(self._desk.review.deciding)

    def choose(self, choice: Choice) -> bool:
        """Store a decision about the selected flag, or about all of the incident it stands for.

        Returns:
            Whether something undecided was decided, so that the desk may go on.
        """
        scope = self._queue.scope()
        if len(scope) < 2 or choice.flag.key not in {flag.key for flag in scope}:
            was_undecided = not choice.flag.decided
            self._desk.review.choose(choice)
            self._note(int(was_undecided))
            return was_undecided
        batch = plan_batch(scope, choice.decision)
        if not batch.decided:
            self._desk.parts.verdict.settle(choice.flag.key, True)
            key = self._desk.actions["review.fold"].shortcut().toString()
            self._desk.say(
                tr("All of this incident is decided; {key} opens it to change one.", key=key)
            )
            return False
        self._store(batch, choice)
        return True

    def _store(self, batch: Batch, choice: Choice) -> None:
        # The flag that is looked at comes first: an undo goes back to it.
        flags = sorted(batch.decided, key=lambda flag: flag.key != choice.flag.key)
        self._desk.review.choose_many(flags, choice)
        self._note(sum(not flag.decided for flag in flags))
        self._desk.say(
            tr(
                "Decided together: {decided}; left alone: {kept}",
                decided=len(flags),
                kept=len(batch.kept),
            )
        )

    def withdraw(self) -> None:
        """Make the selected flag, or all of its incident, undecided again."""
        decided = [flag for flag in self._queue.scope() if flag.decided]
        if len(decided) == 1:
            self._desk.review.withdraw(decided[0])
        elif decided:
            self._desk.review.withdraw_many(decided)

    def open_batch(self) -> None:
        """Ask which flags to decide at once."""
        from gui.triage.batch_dialog import BatchDialog, Candidates

        queue, desk = self._queue, self._desk
        candidates = Candidates(queue.scope(), queue.model.kept(), queue.model.entries)
        dialog = BatchDialog(candidates, desk.parts.clock, desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._on_batch)
        # Where no window manager gives it back, the keyboard would be nowhere.
        dialog.finished.connect(lambda _result: desk.window.activateWindow())
        dialog.open()

    def _on_batch(self, batch: Batch, ruling: Ruling) -> None:
        choice = Choice(batch.decided[0], ruling.decision, ruling.reason, ruling.disposition)
        self._store(batch, choice)
        self._go_on()

    # Pace

    @property
    def progress(self) -> Progress:
        """How far the reviewer is with the title."""
        flags, deciding = self._desk.snapshot.flags, self._desk.review.deciding
        left = sum(not flag.decided and flag.key not in deciding for flag in flags)
        return self._pace.progress(len(flags) - left, left)

    def _note(self, flags: int) -> None:
        self._pace.note(time.monotonic(), flags)

    def _on_snapshot(self, _snapshot: Snapshot) -> None:
        title = self._desk.title
        if title is not None and title.fingerprint != self._fingerprint:
            self._fingerprint = title.fingerprint
            self._pace.clear()
