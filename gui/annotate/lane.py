"""Frames of masks between store and screen: strokes are kept in order, the newest reading wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from core.domain.mask import MaskProject
from core.review.stroke import FrameSheet, MaskOverview, Stroke
from gui.annotate.canvas import FrameView
from gui.annotate.look import MaskLook, Pixels, outline, tint
from gui.bridge import GuiLane, explain

if TYPE_CHECKING:
    from core.review.mask import MaskRoom

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FrameWish:
    """How a frame is to be made ready.

    Attributes:
        look: Its colours.
        before: PTS of the frame whose outlines are shown as the one before; None for none.
        after: Of the one after; None for none.
    """

    look: MaskLook
    before: int | None = None
    after: int | None = None


class MaskLane(QObject):
    """Reads and keeps the masks of one project at a time, off the GUI thread.

    Two threads: in one strokes are kept one after the other, and none is ever dropped; in the
    other frames are read, of which only the newest matters.

    Signals:
        frame_read: A `FrameView`.
        pending_changed: How many strokes are on their way.
        overview_read: A `MaskOverview`.
        failed: Sentence and details; a stroke may not have been kept.
        lost: PTS of a frame whose stroke was not kept.
    """

    frame_read = Signal(object)
    pending_changed = Signal(int)
    overview_read = Signal(object)
    failed = Signal(str, str)
    lost = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._keeping, self._reading = GuiLane("masks", self), GuiLane("mask frames", self)
        self._pending: Counter[int] = Counter()
        self._generation = 0
        self._writes = 0
        self._looking = self._awaited = False
        self._room: MaskRoom | None = None
        self.project: MaskProject | None = None
        self.by = ""

    @property
    def idle(self) -> bool:
        """Whether nothing is being kept or read, but for looking after others."""
        return (
            self._keeping.pending <= int(self._looking and not self._awaited)
            and self._reading.pending == 0
        )

    @property
    def pending(self) -> int:
        """Strokes on their way to the disk."""
        return sum(self._pending.values())

    def begin(self, room: MaskRoom, by: str) -> None:
        """Use this store from now on."""
        self._room, self.by = room, by

    def choose(self, project: MaskProject | None) -> None:
        """Go on with these masks; what belongs to others is still kept, but not shown."""
        self._generation += 1
        self.project = project

    def close(self) -> None:
        """Keep what is on its way and end the threads."""
        self._keeping.drain()
        self._keeping.close()
        self._reading.close()

    # Anything in order

    def ask(
        self,
        work: Callable[[MaskRoom], T],
        answer: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Have something done in the lane of strokes, after those on their way."""
        room = self._room
        if room is not None:
            self._keeping.submit(lambda _token: work(room), answer, failed or self._on_error)

    # Frames

    def read(self, pts: int, wish: FrameWish) -> None:
        """Read a frame; a stroke of it that is on its way brings the frame along anyhow."""
        room, project, by = self._room, self.project, self.by
        if room is None or project is None or self._pending[pts]:
            return
        generation, writes = self._generation, self._writes

        def work(_token: object) -> FrameView:
            return _ready(room, project, room.frame(project, pts, by), wish, by)

        def done(view: FrameView) -> None:
            if generation != self._generation:
                return
            if writes == self._writes and not self._pending[pts]:
                self.frame_read.emit(view)
            else:
                # A stroke was kept meanwhile; what was read may be older than it.
                self.read(pts, wish)

        self._reading.submit(work, done, self._on_error, newest=True)

    def draw(self, stroke: Stroke, wish: FrameWish) -> None:
        """Keep a stroke."""
        self._write(stroke.pts, wish, lambda room, project: room.draw(project, stroke, self.by))

    def finish(self, pts: int, seconds: float, round_: int, wish: FrameWish) -> None:
        """Keep that a frame is right as it is shown."""
        self._write(
            pts, wish, lambda room, project: room.finish(project, pts, self.by, seconds, round_)
        )

    def accept_asked(self, pts: int, seconds: float, wish: FrameWish) -> None:
        """Keep that what is shown where a frame is asked about is right."""
        self._write(
            pts, wish, lambda room, project: room.accept_asked(project, pts, self.by, seconds)
        )

    def undo(self, pts: int, again: bool, wish: FrameWish) -> None:
        """Take back the last stroke of a frame, or do it again."""
        self._write(pts, wish, lambda room, project: room.undo(project, pts, self.by, again))

    def look(self, known: MaskOverview, awaited: bool = False) -> None:
        """See how far the whole is, if anything was said since, here or at another desk.

        Args:
            known: What is known.
            awaited: Something is known to have been said, so the lane is busy until it is read.
        """
        room, generation = self._room, self._generation
        if room is None or (self._looking and not awaited):
            return
        self._looking, self._awaited = True, awaited

        def done(fresh: MaskOverview | None) -> None:
            self._looking = False
            if fresh is not None and generation == self._generation:
                self.overview_read.emit(fresh)

        def failed(error: BaseException) -> None:
            self._looking = False
            self._on_error(error)

        self._keeping.submit(lambda _token: room.news(known), done, failed)

    def _write(
        self,
        pts: int,
        wish: FrameWish,
        work: Callable[[MaskRoom, MaskProject], FrameSheet],
    ) -> None:
        room, project, by = self._room, self.project, self.by
        if room is None or project is None:
            return
        generation = self._generation

        def job(_token: object) -> FrameView:
            return _ready(room, project, work(room, project), wish, by)

        def over() -> None:
            self._writes += 1
            self._pending[pts] -= 1
            self.pending_changed.emit(self.pending)

        def done(view: FrameView) -> None:
            over()
            if generation == self._generation and not self._pending[pts]:
                self.frame_read.emit(view)

        def failed(error: BaseException) -> None:
            over()
            self._on_error(error)
            self.lost.emit(pts)

        self._pending[pts] += 1
        self.pending_changed.emit(self.pending)
        self._keeping.submit(job, done, failed)

    def _on_error(self, error: BaseException) -> None:
        self.failed.emit(*explain(error))


def _ready(
    room: MaskRoom, project: MaskProject, sheet: FrameSheet, wish: FrameWish, by: str
) -> FrameView:
    """A frame made ready to be painted."""

    def neighbour(pts: int | None, dashed: bool) -> Pixels | None:
        if pts is None:
            return None
        return outline(room.frame(project, pts, by).mask.labels, wish.look, dashed)

    mask = sheet.mask
    return FrameView(
        sheet,
        wish.look,
        tint(mask.labels, mask.by_person, wish.look),
        neighbour(wish.before, False),
        neighbour(wish.after, True),
    )
