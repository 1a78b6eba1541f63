"""Teach sessions from the desk: what to ask comes from the worker, answers go to the store."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from core.domain.errors import CancelledError, KnownError
from core.domain.question import Question, QuestionSet
from core.domain.title import Title
from core.jobs.progress import Progress
from core.jobs.request import SelectRequest, SelectResult
from gui.actions import ACTIONS
from gui.bridge import GuiLane, WorkerBridge, explain
from gui.desk.clip_file import there
from gui.desk.setting import time_format
from gui.language import mark, told, tr
from gui.player.engine import Player

if TYPE_CHECKING:
    from core.review.teach import Answer, Lesson, TeachBook
    from gui.desk.desk import Desk
    from gui.teach.dialog import TeachDialog
    from gui.teach.window import TeachWindow

T = TypeVar("T")

TRAIN = "learning.train"
NOTHING_OPEN = mark("No flag of this detector is undecided; analyse more titles first.")
"""What the worker says then."""


class TeachDesk(QObject):
    """Holds the dialog and the window of teach sessions, and a lane for what they ask.

    Args:
        desk: The desk; owns this object.
        worker: Chooses what to ask.
    """

    def __init__(self, desk: Desk, worker: WorkerBridge) -> None:
        super().__init__(desk)
        self._desk, self._worker = desk, worker
        self._lane = GuiLane("teach", self)
        self._book: TeachBook | None = None
        self._job: int | None = None
        self._last: tuple[str, int, bool] = ("", 0, False)
        self.dialog: TeachDialog | None = None
        self.window: TeachWindow | None = None
        worker.progressed.connect(self._on_progress)
        worker.finished.connect(self._on_finished)
        worker.failed.connect(self._on_failed)
        desk.actions.connect_to("review.teach", self.open)

    @property
    def idle(self) -> bool:
        """Whether nothing is being chosen, opened or stored."""
        return self._lane.pending == 0 and self._job is None

    def close(self) -> None:
        """Close the window; answers on their way are still stored."""
        window, self.window = self.window, None
        if window is not None:
            window.player.close()
            window.close()
        self._lane.drain()
        self._lane.close()

    def open(self) -> None:
        """Ask what to teach, or go back to the session that is open."""
        from gui.teach.dialog import TeachDialog

        if self.window is not None:
            self.window.raise_()
            self.window.activateWindow()
            return
        if self.dialog is None:
            title = self._desk.title
            name = title.name if title is not None else ""
            self.dialog = dialog = TeachDialog(name, self._desk.window)
            dialog.start_wanted.connect(self._start)
            dialog.finished.connect(self._on_dialog_closed)
            dialog.open()
        self._ask(lambda book: book.detectors(), self._on_detectors)

    def _ask(
        self,
        work: Callable[[TeachBook], T],
        answer: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        archive = self._desk.review.archive
        if archive is None:
            self._on_error(KnownError(tr("The store is not open, so nothing can be read from it.")))
            return
        if self._book is None:
            self._book = archive.teaching
        book = self._book
        self._lane.submit(lambda _token: work(book), answer, failed or self._on_error)

    # Choosing

    def _on_detectors(self, detectors: tuple[str, ...]) -> None:
        if self.dialog is not None:
            self.dialog.show_detectors(detectors)

    def _start(self, detector: str, count: int, only_open: bool) -> None:
        archive, title = self._desk.review.archive, self._desk.title
        if archive is None or self._job is not None:
            return
        self._last = (detector, count, only_open)
        only = (title.fingerprint,) if only_open and title is not None else ()
        if self.dialog is not None:
            self.dialog.show_busy(tr("Choosing what to ask …"))
        seed = secrets.randbelow(2**31)
        self._job = self._worker.submit(SelectRequest(archive.url, detector, count, seed, only))

    def _on_progress(self, job: int, progress: Progress) -> None:
        if job == self._job and self.dialog is not None:
            done = tr("{share:.0%} of the titles are read", share=progress.fraction)
            self.dialog.show_busy(f"{tr('Choosing what to ask …')} {done}")

    def _on_finished(self, job: int, result: object) -> None:
        if job == self._job and isinstance(result, SelectResult):
            self._job = None
            self._begin(result.asked)

    def _on_failed(self, job: int, error: Exception) -> None:
        if job != self._job:
            return
        self._job = None
        if not isinstance(error, CancelledError):
            self._on_error(error)

    def _on_dialog_closed(self) -> None:
        self.dialog = None
        if self._job is not None:
            self._worker.cancel(self._job)

    # A session

    def _begin(self, asked: QuestionSet) -> None:
        from gui.teach.window import TeachWindow

        self._desk.player.pause()
        player = Player()
        self.window = window = TeachWindow(asked, player, TRAIN in ACTIONS)
        window.clip_wanted.connect(self._open_clip)
        window.answered.connect(self._on_answered)
        window.undo_wanted.connect(self._on_undo)
        window.finished.connect(self._on_all_answered)
        window.closed.connect(self._on_window_closed)
        window.finish.close_wanted.connect(window.close)
        window.finish.more_wanted.connect(self._teach_more)
        window.finish.train_wanted.connect(self._train)
        if self.dialog is not None:
            self.dialog.accept()
        window.show()
        window.go(0)

    def _open_clip(self, place: int) -> None:
        window = self.window
        if window is None:
            return
        fingerprint = window.asked.questions[place].fingerprint

        def work(book: TeachBook) -> Title:
            title = book.title(fingerprint)
            if title is None:
                raise KnownError(tr("The title of this clip is not in the store any more."))
            return there(title)

        def failed(error: BaseException) -> None:
            if self.window is window:
                window.show_missing(place, told(explain(error)[0]))

        def opened(title: Title) -> None:
            if self.window is window:
                window.show_clip(place, title, time_format(self._desk.settings, title))

        self._ask(work, opened, failed)

    def _on_answered(self, place: int, answer: Answer) -> None:
        self._store(place, lambda book, one, by: book.answer(one, answer, by))

    def _on_undo(self, place: int) -> None:
        self._store(place, lambda book, one, by: book.take_back(one, by))

    def _store(self, place: int, work: Callable[[TeachBook, Question, str], None]) -> None:
        window, reviewer = self.window, self._desk.reviewer
        if window is None:
            return
        question = window.asked.questions[place]

        def failed(error: BaseException) -> None:
            if self.window is window:
                window.show_failure(place, told(explain(error)[0]))
            else:
                self._on_error(error)

        self._ask(
            lambda book: work(book, question, reviewer),
            lambda _none: self._desk.review.look(),
            failed,
        )

    def _on_all_answered(self) -> None:
        from core.review.teach import counted

        window = self.window
        if window is None:
            return

        def told_lesson(lesson: Lesson) -> None:
            if self.window is window:
                window.finish.show_lesson(counted(window.asked, window.answers), lesson)

        self._ask(
            lambda book: book.lesson(window.asked.detector),
            told_lesson,
            lambda error: window.finish.show_failure(told(explain(error)[0])),
        )

    def _teach_more(self) -> None:
        if self.window is not None:
            self.window.close()
        self.open()
        self._start(*self._last)

    def _train(self) -> None:
        if self.window is not None:
            self._desk.training.show_next(self.window.asked.detector)
            self.window.close()
        self._desk.actions[TRAIN].trigger()

    def _on_window_closed(self) -> None:
        if self.window is not None:
            self.window.player.close()
            self.window = None

    def _on_error(self, error: BaseException) -> None:
        sentence, details = explain(error)
        if self.dialog is not None and isinstance(error, KnownError):
            told_so = tr(NOTHING_OPEN) if sentence == NOTHING_OPEN else told(sentence)
            self.dialog.show_failure(told_so)
        else:
            self._desk.complain(sentence, details)
