"""What the desk asks of the worker for a title, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from core.domain.errors import CancelledError
from core.domain.profile import Profile
from core.domain.time import Span
from core.domain.title import Title
from core.jobs.progress import Progress
from core.jobs.request import (
    AnalyseRequest,
    AnalyseResult,
    PrepareRequest,
    Request,
    SimulateRequest,
    SimulateResult,
)
from gui.bridge import WorkerBridge, explain
from gui.desk.job import JobsPanel
from gui.language import mark, told, tr

_LOOK_MS = 1500
_TELL_MS = 250


class _Kind(Enum):
    ANALYSE = mark("Analysis")
    PREPARE = mark("Waveform, thumbnails")
    SIMULATE = mark("Simulation")


@dataclass(frozen=True, slots=True)
class _Job:
    kind: _Kind
    title: Title
    span: Span | None = None


class AnalysisDesk(QObject):
    """Submits requests, shows them in the jobs panel, says when there is something to load.

    Signals:
        run_ready: Id of the run that ended.
        left_out: A sentence about a detector that lacks something here.
        look_again: The running analysis may have stored more; its title's fingerprint.
        covered: Seconds (start, end) that the running analysis has passed, or None.
        prepared: Caches of the title with this fingerprint are complete.
        preparing_failed: The same, with a sentence, when they could not be made.
        simulated: The `SimulateResult` of a damaged copy that is written.
        running_changed: Whether any job is not over.
        failed: Sentence and details.

    Attributes:
        unable: Detectors that the last analysis left out, with a sentence each.
    """

    run_ready = Signal(str)
    left_out = Signal(str)
    look_again = Signal(str)
    covered = Signal(object)
    prepared = Signal(str)
    preparing_failed = Signal(str, str)
    simulated = Signal(object)
    running_changed = Signal(bool)
    failed = Signal(str, str)

    def __init__(
        self, worker: WorkerBridge, panel: JobsPanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._panel = panel
        self.unable: Mapping[str, str] = {}
        self._jobs: dict[int, _Job] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_look)
        self._news: dict[int, Progress] = {}
        self._tell_timer = QTimer(self)
        self._tell_timer.setSingleShot(True)
        self._tell_timer.setInterval(_TELL_MS)
        self._tell_timer.timeout.connect(self._tell_progress)
        worker.progressed.connect(self._on_progress)
        worker.finished.connect(self._on_finished)
        worker.failed.connect(self._on_failed)
        panel.cancel_requested.connect(self.cancel)

    @property
    def running(self) -> bool:
        """Whether any job is not over."""
        return bool(self._jobs)

    @property
    def analysing(self) -> bool:
        """Whether an analysis is not over."""
        return any(job.kind is _Kind.ANALYSE for job in self._jobs.values())

    def prepare(self, title: Title) -> None:
        """Have waveform, spectrogram and thumbnails made."""
        self._submit(_Job(_Kind.PREPARE, title), PrepareRequest(title.path))

    def analyse(
        self,
        title: Title,
        store_url: str,
        profile: Profile,
        span: Span | None = None,
        resume: bool = True,
        every_frame: bool = False,
    ) -> None:
        """Have a title analysed; an analysis that still runs is stopped first."""
        for number, job in tuple(self._jobs.items()):
            if job.kind is _Kind.ANALYSE:
                self.cancel(number)
        request = AnalyseRequest(
            title.path, store_url, profile, span=span, resume=resume, every_frame=every_frame
        )
        self._submit(_Job(_Kind.ANALYSE, title, span), request)
        self.look_later(0.0)

    def simulate(self, title: Title, request: SimulateRequest) -> None:
        """Have a damaged copy of a title written."""
        self._submit(_Job(_Kind.SIMULATE, title), request)

    def cancel(self, number: int) -> None:
        """Stop a job."""
        self._panel.show_stopping(number)
        self._worker.cancel(number)

    def cancel_all(self) -> None:
        """Stop everything, as when a title is closed."""
        for number in tuple(self._jobs):
            self.cancel(number)

    def close(self) -> None:
        """Tell nothing any more: the desk is being left."""
        self._timer.stop()
        self._tell_timer.stop()

    def look_later(self, cost_s: float) -> None:
        """Ask to look again after a while; what takes long is done less often.

        Args:
            cost_s: How long the last look took.
        """
        if self.analysing:
            self._timer.start(max(_LOOK_MS, round(cost_s * 10_000)))

    def _submit(self, job: _Job, request: Request) -> None:
        number = self._worker.submit(request)
        self._jobs[number] = job
        name = tr(job.kind.value)
        part = tr("{job} of a stretch", job=name) if job.span is not None else name
        self._panel.add(number, part)
        self.running_changed.emit(True)

    def _on_look(self) -> None:
        for job in self._jobs.values():
            if job.kind is _Kind.ANALYSE:
                self.look_again.emit(job.title.fingerprint)

    def _on_progress(self, number: int, progress: Progress) -> None:
        """Show the first report at once, then the newest a few times a second."""
        self._news[number] = progress
        if not self._tell_timer.isActive():
            self._tell_progress()

    def _tell_progress(self) -> None:
        if self._news:
            news, self._news = self._news, {}
            for number, progress in news.items():
                self._show_progress(number, progress)
            self._tell_timer.start()

    def _show_progress(self, number: int, progress: Progress) -> None:
        self._panel.show_progress(number, progress)
        job = self._jobs.get(number)
        if job is not None and job.kind is _Kind.ANALYSE:
            start_s = job.span.start_s if job.span is not None else job.title.start.seconds
            self.covered.emit((start_s, start_s + progress.done_s))

    def _on_finished(self, number: int, result: object) -> None:
        job = self._drop(number, tr("done"))
        if job is None:
            return
        if isinstance(result, AnalyseResult):
            self.unable = result.left_out
            self.run_ready.emit(result.run_id)
            for sentence in result.left_out.values():
                self.left_out.emit(told(sentence))
        elif isinstance(result, SimulateResult):
            self.simulated.emit(result)
        else:
            self.prepared.emit(job.title.fingerprint)

    def _on_failed(self, number: int, error: Exception) -> None:
        stopped = isinstance(error, CancelledError)
        job = self._drop(number, tr("stopped") if stopped else tr("failed"))
        if job is None or stopped:
            return
        sentence, details = explain(error)
        if job.kind is _Kind.PREPARE:
            self.preparing_failed.emit(job.title.fingerprint, sentence)
        self.failed.emit(sentence, details)

    def _drop(self, number: int, how: str) -> _Job | None:
        job = self._jobs.pop(number, None)
        self._news.pop(number, None)
        if job is None:
            # Heat maps are asked for by others, and shown nowhere but over the picture.
            return None
        self._panel.remove(number, f"{tr(job.kind.value)} {how}")
        if not self.analysing:
            self._timer.stop()
            self.covered.emit(None)
        self.running_changed.emit(self.running)
        return job
