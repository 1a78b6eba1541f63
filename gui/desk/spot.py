"""Spot checks from the desk: plans, the window of clips, and the estimate."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from core.domain.errors import KnownError
from core.domain.title import Title
from gui.bridge import GuiLane, explain
from gui.desk.clip_file import there
from gui.desk.setting import time_format
from gui.language import told, tr
from gui.player.engine import Player

if TYPE_CHECKING:
    from core.review.spot_book import SpotBook, SpotOrder, SpotProgress
    from core.review.spot_check import Miss
    from gui.desk.desk import Desk
    from gui.spot.dialog import SpotDialog
    from gui.spot.window import SpotWindow

T = TypeVar("T")


class SpotDesk(QObject):
    """Holds the dialog and the window of spot checks, and a lane for what they ask.

    Args:
        desk: The desk; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane = GuiLane("spot", self)
        self._plans: tuple[SpotProgress, ...] = ()
        self._looked: set[int] = set()
        self.dialog: SpotDialog | None = None
        self.window: SpotWindow | None = None
        desk.actions.connect_to("review.spot", self.open)

    @property
    def idle(self) -> bool:
        """Whether nothing is being drawn, opened or stored."""
        return self._lane.pending == 0

    def close(self) -> None:
        """Close the window; answers on their way are still stored."""
        window, self.window = self.window, None
        if window is not None:
            window.player.close()
            window.close()
        self._lane.drain()
        self._lane.close()

    def open(self) -> None:
        """Show the plans."""
        from gui.spot.dialog import SpotDialog

        if self.dialog is None:
            self.dialog = dialog = SpotDialog(self._desk.window)
            dialog.plan_wanted.connect(self._plan)
            dialog.start_wanted.connect(self._start)
            dialog.chosen.connect(self._estimate)
            dialog.finished.connect(self._on_dialog_closed)
            dialog.open()
        self._list()

    def _ask(
        self,
        work: Callable[[SpotBook], T],
        answer: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        archive = self._desk.review.archive
        if archive is None:
            self._on_error(KnownError(tr("The store is not open, so nothing can be read from it.")))
            return
        book = archive.spots
        self._lane.submit(lambda _token: work(book), answer, failed or self._on_error)

    # Plans

    def _list(self) -> None:
        reviewer = self._desk.reviewer
        self._ask(lambda book: book.progress(reviewer), self._on_listed)

    def _on_listed(self, plans: tuple[SpotProgress, ...]) -> None:
        self._plans = plans
        if self.dialog is not None:
            self.dialog.show_progress(plans)

    def _plan(self, order: SpotOrder) -> None:
        reviewer = self._desk.reviewer
        self._ask(lambda book: book.plan(order, reviewer), lambda _plan: self._list())

    def _estimate(self, number: int) -> None:
        progress = self._plans[number]
        self._ask(lambda book: book.misses(progress.plan), self._on_estimated)

    def _on_estimated(self, misses: tuple[Miss, ...]) -> None:
        if self.dialog is None:
            return
        self.dialog.show_misses(misses)
        if misses:
            count = misses[0].missed.looked
            self.dialog.say(tr("Of %n clips of analysed titles that somebody looked at", count))
        else:
            self.dialog.say(tr("Nobody has looked at a clip of an analysed title yet."))

    # Clips

    def _start(self, number: int) -> None:
        from gui.spot.window import SpotWindow

        if self.window is not None or not 0 <= number < len(self._plans):
            return
        progress = self._plans[number]
        self._desk.player.pause()
        self._looked = set(progress.looked)
        player = Player()
        self.window = window = SpotWindow(progress.plan, player)
        window.clip_wanted.connect(self._open_clip)
        window.answered.connect(self._on_answered)
        window.closed.connect(self._on_window_closed)
        window.set_looked(len(self._looked))
        if self.dialog is not None:
            self.dialog.accept()
        window.show()
        window.go(progress.next_place)

    def _open_clip(self, place: int) -> None:
        window = self.window
        if window is None:
            return
        clip = window.plan.clips[place]

        def work(book: SpotBook) -> Title:
            title = book.title(clip.fingerprint)
            if title is None:
                raise KnownError(tr("The title of this clip is not in the store any more."))
            return there(title)

        def failed(error: BaseException) -> None:
            if self.window is not None:
                self.window.show_missing(place, told(explain(error)[0]))

        def opened(title: Title) -> None:
            if self.window is not None:
                form = time_format(self._desk.settings, title)
                self.window.show_clip(place, title, form)

        self._ask(work, opened, failed)

    def _on_answered(self, place: int, seen: frozenset[str]) -> None:
        window, reviewer = self.window, self._desk.reviewer
        if window is None:
            return
        plan = window.plan

        def stored(_none: None) -> None:
            self._looked.add(place)
            if self.window is not None:
                self.window.set_looked(len(self._looked))

        self._ask(lambda book: book.answer(plan, place, reviewer, seen), stored)

    def _on_window_closed(self) -> None:
        if self.window is not None:
            self.window.player.close()
            self.window = None
            self.open()

    def _on_dialog_closed(self) -> None:
        self.dialog = None

    def _on_error(self, error: BaseException) -> None:
        sentence, details = explain(error)
        if self.dialog is not None and isinstance(error, KnownError):
            self.dialog.say(told(sentence))
        else:
            self._desk.complain(sentence, details)
