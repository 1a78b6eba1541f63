"""Several titles analysed again, one after the other, when a person asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.domain.errors import CancelledError
from core.domain.title import Title
from core.jobs.request import AnalyseRequest
from gui.bridge import WorkerBridge, explain

if TYPE_CHECKING:
    from gui.desk.desk import Desk


class Reanalysis(QObject):
    """A list of titles that is worked off in the background.

    Signals:
        moved: How many are done and of how many; 0 and 0 when it is over.

    Args:
        desk: The desk.
        worker: Analyses.
    """

    moved = Signal(int, int)

    def __init__(self, desk: Desk, worker: WorkerBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._worker = desk, worker
        self._titles: list[Title] = []
        self._done = 0
        self._job: int | None = None
        worker.finished.connect(self._on_finished)
        worker.failed.connect(self._on_failed)

    @property
    def progress(self) -> tuple[int, int]:
        """How many are done and of how many; 0 and 0 when none runs."""
        return (self._done, self._done + len(self._titles)) if self._job is not None else (0, 0)

    def start(self, titles: Sequence[Title]) -> None:
        """Analyse these again; files that are gone are passed over."""
        if self._job is None:
            self._titles = [title for title in titles if title.path.exists()]
            self._done = 0
            self._next()

    def stop(self) -> None:
        """Analyse no more; what is analysed already stays."""
        if self._job is not None:
            del self._titles[1:]
            self._worker.cancel(self._job)

    def close(self) -> None:
        """Tell nothing any more."""
        self._titles.clear()
        self._job = None

    def _next(self) -> None:
        archive = self._desk.review.archive
        if not self._titles or archive is None or archive.read_only:
            self._titles.clear()
            self._job = None
            self.moved.emit(0, 0)
            return
        every_frame = self._desk.settings.flag("analysis.every_frame")
        request = AnalyseRequest(
            self._titles[0].path,
            archive.url,
            self._desk.base_profile,
            resume=False,
            every_frame=every_frame,
        )
        self._job = self._worker.submit(request)
        self.moved.emit(*self.progress)

    def _on_finished(self, number: int, _result: object) -> None:
        if number == self._job:
            fingerprint = self._titles.pop(0).fingerprint
            self._done += 1
            title = self._desk.title
            if title is not None and title.fingerprint == fingerprint:
                self._desk.review.load_latest(fingerprint)
            self._next()

    def _on_failed(self, number: int, error: Exception) -> None:
        if number == self._job:
            self._titles.pop(0)
            if not isinstance(error, CancelledError):
                self._desk.complain(*explain(error))
            self._next()
