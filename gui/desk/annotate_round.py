"""Rounds of learning masks from the desk: asked of the second worker, shown when they are over."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPolygonF

from core.domain.errors import CancelledError
from core.jobs.progress import Progress
from core.jobs.request import MaskRoundRequest, MaskRoundResult
from core.review.stroke import answered, asked_pixels
from gui.annotate.piece import Piece
from gui.bridge import WorkerBridge, explain
from gui.language import tr

if TYPE_CHECKING:
    from gui.annotate.round_box import RoundBox
    from gui.desk.annotate import AnnotateDesk
    from gui.desk.desk import Desk


class MaskRounds(QObject):
    """Asks for rounds, one at a time; closing the workspace leaves one running.

    Args:
        desk: The desk.
        annotate: The workspace; owns this object.
    """

    def __init__(self, desk: Desk, annotate: AnnotateDesk) -> None:
        super().__init__(annotate)
        self._desk, self._annotate = desk, annotate
        self._worker: WorkerBridge | None = None
        self._job: int | None = None
        self.box: RoundBox | None = None
        to = desk.actions.connect_to
        to("masks.round", self.start)
        to("masks.next_asked", lambda: self.go_asked(1))
        to("masks.previous_asked", lambda: self.go_asked(-1))
        to("draw.asked", self.accept)

    @property
    def running(self) -> bool:
        """Whether a round runs."""
        return self._job is not None

    def close(self) -> None:
        """End the worker; what a round has seen in the frames is kept."""
        self._job = None
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()

    def furnish(self, box: RoundBox) -> None:
        """Connect the controls of a new workspace."""
        self.box = box
        box.stop_wanted.connect(self.stop)

    # A round

    def start(self) -> None:
        """Have the network learn from what was drawn."""
        title, project, box = self._desk.title, self._annotate.project, self.box
        archive = self._desk.review.archive
        if title is None or project is None or archive is None or box is None:
            return
        if self.running:
            self._desk.say(tr("A round is running already."))
            return
        request = MaskRoundRequest(
            archive.url,
            title.path,
            project.id,
            self._annotate.tools.kept.pieces,
            box.chosen_rule,
            box.budget.value(),
            secrets.randbelow(2**31),
        )
        # Strokes on their way are learned from as well.
        self._annotate.lane.ask(lambda _room: request, self._submit)
        box.show_running(True)

    def _submit(self, request: MaskRoundRequest) -> None:
        if self._worker is None:
            self._worker = worker = self._desk.doors.make_learner()
            worker.progressed.connect(self._on_progress)
            worker.finished.connect(self._on_finished)
            worker.failed.connect(self._on_failed)
        self._job = self._worker.submit(request)

    def stop(self) -> None:
        """Stop the round that runs."""
        if self._worker is not None and self._job is not None:
            if self.box is not None:
                self.box.show_stopping()
            self._worker.cancel(self._job)

    def _on_progress(self, job: int, progress: Progress) -> None:
        if job == self._job and self.box is not None:
            self.box.show_progress(progress)

    def _on_finished(self, job: int, result: object) -> None:
        if job == self._job and isinstance(result, MaskRoundResult):
            self._over()
            self._desk.say(
                tr(
                    "Round {number} is over; all frames are predicted anew.",
                    number=result.round_number,
                )
            )
            self._annotate.look_soon()

    def _on_failed(self, job: int, error: Exception) -> None:
        if job != self._job:
            return
        self._over()
        if isinstance(error, CancelledError):
            self._desk.say(tr("The round was stopped; nothing of the masks changed."))
        else:
            self._desk.complain(*explain(error))

    def _over(self) -> None:
        self._job = None
        if self.box is not None:
            self.box.show_running(False)

    # What it asks

    def show(self) -> None:
        """Show what came of the last round, and what it asks of the frame on screen."""
        annotate, bench = self._annotate, self._annotate.bench
        if bench is None:
            return
        overview = annotate.overview
        last = overview.round if overview is not None else None
        if self.box is not None:
            self.box.show_round(last, sum(overview.asked.values()) if overview is not None else 0)
        bench.mode.strip.show_unsure(last, annotate.base)
        bench.overlay.asked = self.outlines()
        self._desk.parts.picture.update()

    def outlines(self) -> tuple[QPolygonF, ...]:
        """Outlines of the regions of the frame on screen that are open yet."""
        annotate, bench = self._annotate, self._annotate.bench
        pts, overview, project = annotate.shown_pts, annotate.overview, annotate.project
        last = overview.round if overview is not None else None
        if bench is None or pts is None or last is None or project is None:
            return ()
        found: list[QPolygonF] = []
        for region in last.asked:
            if region.pts == pts and not answered(region, bench.canvas.by_person):
                at, pixels = asked_pixels(region, project.height, project.width)
                found += Piece(0, at, pixels).outlines()
        return tuple(found)

    def go_asked(self, step: int) -> None:
        """Go to the next frame, or the one before, that is asked about."""
        overview = self._annotate.overview
        asked = sorted(overview.asked) if overview is not None else []
        self._annotate.go_among(asked, step, tr("Nothing is asked; start a round."))

    def accept(self) -> None:
        """Accept what is shown in the asked regions of the frame, and go to the next."""
        annotate, overview = self._annotate, self._annotate.overview
        pts = annotate.shown_pts
        if pts is None or overview is None or not annotate.may_draw():
            return
        if not self.outlines():
            self._desk.say(tr("Nothing of this frame is asked about."))
            return
        annotate.lane.accept_asked(pts, annotate.time.take(pts), annotate.wish(pts))
        others = sorted(place for place in overview.asked if place != pts)
        if others:
            annotate.go_among(others, 1, "")
