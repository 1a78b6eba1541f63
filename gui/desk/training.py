"""Training from the desk: the window, what it asks of store and worker, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox

from core.domain.errors import KnownError
from core.domain.lineage import FindingChange
from core.domain.title import Title
from core.jobs.progress import CancelToken, Progress
from core.jobs.request import (
    CompareWeightsRequest,
    CompareWeightsResult,
    PromoteRequest,
    RefitResult,
    RetrainRequest,
    RetrainResult,
    RollbackRequest,
    WeightsResult,
)
from core.review.training import Lineage
from gui.bridge import GuiLane, WorkerBridge, explain
from gui.desk.offer import OfferDesk
from gui.desk.reanalysis import Reanalysis
from gui.desk.threshold import ThresholdDesk
from gui.desk.training_job import Kind, Task, TrainingJobs
from gui.language import told, tr
from gui.queue.flag_text import detector_title
from gui.training import word
from gui.training.picture import PictureLane

if TYPE_CHECKING:
    from core.review.training import Calibration, DetectorLine, TrainingRoom
    from gui.desk.desk import Desk
    from gui.training.window import TrainingWindow

T = TypeVar("T")

_LOOK_MS = 1000


class TrainingDesk(QObject):
    """Holds the window of training, a lane for what it reads, and the worker that trains.

    Closing the window leaves a training running; leaving the desk pauses it.

    Args:
        desk: The desk; owns this object.
        worker: Analyses titles again.
        make_learner: Makes a worker of its own for training, so that analysis goes on.
    """

    def __init__(
        self, desk: Desk, worker: WorkerBridge, make_learner: Callable[[], WorkerBridge]
    ) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lane = GuiLane("training", self)
        self._pictures = PictureLane(self)
        self.jobs = TrainingJobs(make_learner, self)
        self.again = Reanalysis(desk, worker, self)
        self.window: TrainingWindow | None = None
        self.question: QMessageBox | None = None
        self.lineage = Lineage()
        self._lines: tuple[DetectorLine, ...] = ()
        self._next = ""
        self._given_up: set[str] = set()
        self.fitted = ThresholdDesk(desk, self)
        self._wanted: FindingChange | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._look_at_training)
        self.offers = OfferDesk(desk, self)
        self._connect()

    def _connect(self) -> None:
        desk, jobs = self._desk, self.jobs
        desk.actions.connect_to("learning.train", self.open)
        desk.title_ready.connect(lambda _title: self._go())
        desk.snapshot_changed.connect(lambda _snapshot: self._select())
        jobs.progressed.connect(self._on_progress)
        jobs.finished.connect(self._on_finished)
        jobs.paused.connect(self._on_paused)
        jobs.failed.connect(self._on_failed)
        self.again.moved.connect(self._on_again)

    @property
    def idle(self) -> bool:
        """Whether nothing is being read or drawn; a training may run for long beside all else."""
        return self._lane.pending == 0 and self._pictures.idle

    def close(self) -> None:
        """Pause what trains, close the window and end the threads."""
        self._look.stop()
        self.offers.close()
        self.again.close()
        self.jobs.close()
        window, self.window = self.window, None
        if window is not None:
            window.close()
        self._pictures.close()
        self._lane.drain()
        self._lane.close()

    # The window

    def open(self) -> None:
        """Show the window."""
        from gui.training.window import TrainingWindow

        if self.window is None:
            self.window = window = TrainingWindow(self._desk.window)
            self._connect_window(window)
            window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.refresh()

    def show_next(self, detector: str) -> None:
        """Show this detector when the window opens next, or is filled anew."""
        self._next = detector

    def _connect_window(self, window: TrainingWindow) -> None:
        window.chosen.connect(lambda _detector: self._read_lineage())
        window.shown.connect(lambda _tab: self._fill())
        window.closed.connect(self._on_closed)
        window.progress.train_wanted.connect(lambda: self.train(window.detector))
        window.progress.resume_wanted.connect(self._resume)
        window.progress.pause_wanted.connect(self._pause)
        window.progress.stop_wanted.connect(self._give_up)
        window.gate.accepted.connect(self._accept)
        window.gate.refused.connect(self._refuse)
        window.changes.compare_wanted.connect(self._compare)
        window.changes.stop_wanted.connect(lambda: self.jobs.cancel(Kind.COMPARE, window.detector))
        window.thresholds.fit_wanted.connect(self.fitted.fit)
        window.thresholds.tried.connect(self.fitted.try_out)
        window.thresholds.applied.connect(self.fitted.apply)
        window.history.back_wanted.connect(self._roll_back)
        window.history.opened.connect(self._open_title)
        window.history.again_wanted.connect(lambda titles: self.again.start(titles))
        window.history.stop_wanted.connect(self.again.stop)
        for view in (window.changes.view, window.thresholds.changes):
            view.opened.connect(self._open_finding)
            view.model.picture_wanted.connect(self._want_picture)
            self._pictures.made.connect(view.model.set_picture)
            self._pictures.dropped.connect(view.model.forget)

    def _on_closed(self) -> None:
        self.window = None
        self._look.stop()

    @property
    def room(self) -> TrainingRoom | None:
        """Learning, once the store is open."""
        archive = self._desk.review.archive
        return archive.training if archive is not None else None

    def ask(
        self,
        work: Callable[[TrainingRoom, CancelToken], T],
        answer: Callable[[T], object],
        newest: bool = False,
    ) -> None:
        """Have something read off the GUI thread."""
        room = self.room
        if room is None:
            self.say(tr("The store is not open, so nothing can be read from it."))
            return
        self._lane.submit(lambda token: work(room, token), answer, self.complain, newest)

    def refresh(self) -> None:
        """Read again what there is."""
        self.ask(lambda room, token: room.overview(token.check), self._on_overview)

    def _on_overview(self, lines: tuple[DetectorLine, ...]) -> None:
        self._lines = lines
        if self.window is not None:
            chosen = self.window.detector
            self.window.show_lines(lines, self.jobs.training)
            self.window.choose(self._next)
            self._next = ""
            if chosen == self.window.detector:
                self._read_lineage()

    def _read_lineage(self) -> None:
        window = self.window
        if window is None:
            return
        detector = window.detector
        self.ask(lambda room, _token: room.lineage(detector), self._on_lineage)
        self._fill()

    def _on_lineage(self, lineage: Lineage) -> None:
        self.lineage = lineage
        window = self.window
        if window is None:
            return
        running = self.jobs.runs(Kind.TRAIN, window.detector)
        deciding = self.jobs.runs(Kind.DECIDE, window.detector)
        window.show_lineage(lineage, running, deciding)
        window.history.show_again(*self.again.progress)
        archive = self._desk.review.archive
        writable = archive is not None and not archive.read_only
        window.progress.set_enabled(writable, "" if writable else tr("The store is read only"))
        self._show_comparison()
        self._look.start() if running else self._look.stop()

    def _fill(self) -> None:
        """Fill the tab that is shown where that costs something."""
        window = self.window
        if window is None or window.line is None:
            return
        detector = window.detector
        if window.tabs.currentWidget() is window.scores:
            window.scores.show_waiting()

            def counted(found: Calibration) -> None:
                if self.window is not None and self.window.detector == detector:
                    self.window.scores.show_calibration(detector, found)

            self.ask(lambda room, token: room.calibration(detector, token.check), counted)
        elif window.tabs.currentWidget() is window.thresholds:
            self.fitted.show()

    # Training

    def train(self, detector: str, training: str = "") -> None:
        """Begin a training, or go on with one."""
        room, running = self.room, self.jobs.training
        if room is None:
            return
        if running:
            self.say(tr("{name} is being trained already.", name=detector_title(running)))
            return
        request = RetrainRequest(room.url, detector, training=training)
        self.jobs.start(Task(Kind.TRAIN, detector, training), request)
        self.say(tr("{name} is being trained.", name=detector_title(detector)))
        self.refresh()

    def _resume(self) -> None:
        window, newest = self.window, self.lineage.newest
        if window is not None and newest is not None:
            self.train(window.detector, newest.id)

    def _pause(self) -> None:
        if self.window is not None:
            self.jobs.cancel(Kind.TRAIN, self.window.detector)

    def _give_up(self) -> None:
        window = self.window
        if window is None:
            return
        detector = window.detector
        if self.jobs.runs(Kind.TRAIN, detector):
            self._given_up.add(detector)
            self.jobs.cancel(Kind.TRAIN, detector)
        else:
            self._drop(detector)

    def _drop(self, detector: str) -> None:
        self.ask(lambda room, _token: room.give_up(detector), lambda _none: self.refresh())

    def _look_at_training(self) -> None:
        """Read the curves of the running training."""
        window = self.window
        if window is None or self._lane.pending:
            return
        detector = window.detector
        self.ask(lambda room, _token: room.newest(detector), self._on_looked)

    def _on_looked(self, training: object) -> None:
        window = self.window
        if window is not None and self.jobs.runs(Kind.TRAIN, window.detector):
            window.progress.show_training(training, running=True)  # type: ignore[arg-type]

    # The worker's answers

    def _on_progress(self, task: Task, progress: Progress) -> None:
        window = self.window
        if window is None or window.detector != task.detector:
            return
        if task.kind is Kind.TRAIN:
            window.progress.show_progress(progress)
        elif task.kind is Kind.COMPARE:
            stage = f"{100 * progress.fraction:.0f} %"
            if progress.left_s is not None:
                length = word.span_text(progress.left_s)
                stage = tr("{stage}; about {length} left", stage=stage, length=length)
            candidate = self.lineage.newest.candidate if self.lineage.newest else ""
            window.changes.show_state(candidate, running=True, stage=stage)

    def _on_finished(self, task: Task, result: object) -> None:
        name = detector_title(task.detector)
        if isinstance(result, RetrainResult):
            said = (
                tr("{name} was trained: it passes the gate and waits for you.", name=name)
                if result.passes
                else tr("{name} was trained: it does not pass the gate.", name=name)
            )
            self.say(said)
        elif isinstance(result, WeightsResult):
            self.say(tr("{name} measures with {weights} now.", name=name, weights=result.name))
        elif isinstance(result, CompareWeightsResult):
            self.jobs.keep(result.comparison)
        elif isinstance(result, RefitResult):
            self.fitted.take(task, result.proposal)
        self.refresh()

    def _on_paused(self, task: Task) -> None:
        if task.kind is Kind.TRAIN and task.detector in self._given_up:
            self._given_up.discard(task.detector)
            self._drop(task.detector)
        elif task.kind is Kind.TRAIN:
            self.say(tr("The training of {name} is paused.", name=detector_title(task.detector)))
        self.refresh()

    def _on_failed(self, task: Task, error: Exception) -> None:
        self._given_up.discard(task.detector)
        if task.kind is Kind.FIT and self.window is not None:
            self.window.thresholds.show_proposal(None)
        self.complain(error)
        self.refresh()

    # What a person decides

    def _accept(self) -> None:
        newest = self.lineage.newest
        if newest is not None and newest.gate is not None and newest.gate.passes:
            request = PromoteRequest(newest.id, self._desk.reviewer)
            self.jobs.start(Task(Kind.DECIDE, newest.detector, newest.id), request)
            self._read_lineage()

    def _refuse(self) -> None:
        newest = self.lineage.newest
        if newest is not None:
            wanted = newest.id
            self.ask(lambda room, _token: room.refuse(wanted), lambda _done: self.refresh())

    def _roll_back(self) -> None:
        window, back_to = self.window, self.lineage.back_to
        if window is None or not back_to:
            return
        detector, used = window.detector, self.lineage.in_use
        question = tr(
            "Measure with {before} again instead of {now}? Flags and verdicts stay as they are; "
            "{now} stays in the history.",
            before=back_to,
            now=used.name if used is not None else "",
        )
        request = RollbackRequest(detector, self._desk.reviewer)
        self._confirm(
            question,
            tr("Roll back"),
            lambda: self.jobs.start(Task(Kind.DECIDE, detector), request),
        )

    def _confirm(self, question: str, yes: str, act: Callable[[], object]) -> None:
        box = QMessageBox(QMessageBox.Icon.Question, "Onglass", question, parent=self.window)
        box.setObjectName("confirm")
        button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        button.clicked.connect(act)
        box.finished.connect(self._on_answered)
        self.question = box
        box.open()

    def _on_answered(self) -> None:
        box, self.question = self.question, None
        if box is not None:
            box.deleteLater()

    # What changes on the library

    def _compare(self) -> None:
        room, newest = self.room, self.lineage.newest
        if room is not None and newest is not None:
            request = CompareWeightsRequest(room.url, newest.id)
            self.jobs.start(Task(Kind.COMPARE, newest.detector, newest.id), request)
            self._show_comparison()

    def _show_comparison(self) -> None:
        window, newest = self.window, self.lineage.newest
        if window is None:
            return
        found = self.jobs.comparison(newest.id) if newest is not None else None
        running = self.jobs.runs(Kind.COMPARE, window.detector)
        if running and newest is not None:
            window.changes.show_state(newest.candidate, running=True)
        empty = "" if running else tr("Nobody has looked yet.")
        if found is not self.jobs.shown or found is None:
            self.jobs.shown = found
            window.changes.view.show_comparison(found, empty)

    def _want_picture(self, change: FindingChange) -> None:
        room, window = self.room, self.window
        if room is not None and window is not None:
            self._pictures.want(change, room.title, window.devicePixelRatioF())

    def _open_finding(self, change: FindingChange) -> None:
        self._wanted = change
        self._open_title(change.fingerprint)

    def _open_title(self, fingerprint: str) -> None:
        title = self._desk.title
        if title is not None and title.fingerprint == fingerprint:
            self._go()
            self._select()
            self._desk.window.activateWindow()
            return
        self.ask(lambda room, _token: room.title(fingerprint), self._on_title_found)

    def _on_title_found(self, title: Title | None) -> None:
        if title is None or not title.path.exists():
            name = title.name if title is not None else tr("This title")
            self.say(tr("{name} is not where it was; the library finds it again.", name=name))
            return
        self._desk.open_path(title.path)
        self._desk.window.activateWindow()

    def _go(self) -> None:
        """Show the moment that was asked for, once its title is open."""
        wanted, title = self._wanted, self._desk.title
        if wanted is not None and title is not None and title.fingerprint == wanted.fingerprint:
            self._desk.selection.seek(wanted.finding.span.start_s)

    def _select(self) -> None:
        """Select the flag that was asked for, where the open title still has it."""
        wanted, desk = self._wanted, self._desk
        if wanted is None or desk.title is None or desk.title.fingerprint != wanted.fingerprint:
            return
        near = [
            flag
            for flag in desk.snapshot.flags
            if flag.detector == wanted.finding.detector and flag.span.iou(wanted.finding.span) > 0
        ]
        if desk.snapshot.run is not None:
            self._wanted = None
        if near:
            desk.parts.queue.select(max(near, key=lambda f: f.span.iou(wanted.finding.span)).key)

    def _on_again(self, done: int, count: int) -> None:
        if self.window is not None:
            self.window.history.show_again(done, count)
        if not count:
            self.refresh()

    # Saying

    def say(self, text: str) -> None:
        """Say something in the window and below the desk."""
        if self.window is not None:
            self.window.say(text)
        self._desk.say(text)

    def complain(self, error: BaseException) -> None:
        """Show an error."""
        sentence, details = explain(error)
        if self.window is not None and isinstance(error, KnownError):
            self.window.say(told(sentence))
        else:
            self._desk.complain(sentence, details)
