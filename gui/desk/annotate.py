"""Masks on the desk: the workspace opened and left, its frame, what becomes of strokes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer

from core.domain.mask import FrameState, LabelMap, MaskProject
from core.review.stroke import ActiveTime, MaskOverview, Stroke, fits
from gui import theme
from gui.annotate.canvas import FrameView
from gui.annotate.lane import FrameWish, MaskLane
from gui.annotate.look import MaskLook
from gui.annotate.place import MaskPlace
from gui.desk.annotate_file import MaskFiles
from gui.desk.annotate_round import MaskRounds
from gui.desk.annotate_tool import MaskTools
from gui.language import tr
from gui.player.picture_queue import Picture

if TYPE_CHECKING:
    from gui.annotate.bench import Bench
    from gui.desk.desk import Desk

_LOOK_MS = 1000
_SOON_MS = 150
_OPACITY_STEP = 0.1
_BRUSH_STEP = 1.25
_OPEN = (FrameState.PREDICTED, FrameState.PARTLY)


class AnnotateDesk(QObject):
    """The workspace for masks.

    Every finished stroke is kept at once; what is shown as kept is on the disk.

    Args:
        desk: The desk; owns this object.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.lane = MaskLane(self)
        self.files = MaskFiles(desk, self)
        self.bench: Bench | None = None
        self.overview: MaskOverview | None = None
        self.projects: tuple[MaskProject, ...] = ()
        self.time = ActiveTime()
        self._on = False
        self.tools = MaskTools(desk, self)
        self._why = ""
        self.rounds = MaskRounds(desk, self)
        self.picture: Picture | None = None
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._look_around)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(lambda: self._look_around(awaited=True))
        self._connect()
        self._connect_actions()

    # What there is

    @property
    def on(self) -> bool:
        """Whether the workspace is open."""
        return self._on

    @property
    def project(self) -> MaskProject | None:
        """The masks that are drawn on."""
        return self.lane.project

    @property
    def can_draw(self) -> bool:
        """Whether there are masks that can be drawn on."""
        return self._on and self.project is not None

    @property
    def idle(self) -> bool:
        """Whether nothing is being read, kept or cut."""
        cutting = self.bench is not None and not self.bench.idle
        return self.lane.idle and self.files.idle and not (self._soon.isActive() or cutting)

    @property
    def shown_pts(self) -> int | None:
        """PTS of the frame whose mask is on screen and can be drawn on; None without one."""
        bench, picture = self.bench, self.picture
        if bench is None or picture is None or bench.canvas.pts != picture.pts:
            return None
        return picture.pts

    def close(self) -> None:
        """Keep what is on its way, put the window back and end the threads."""
        for timer in (self._look, self._soon):
            timer.stop()
        self.leave()
        self.files.close()
        self.rounds.close()
        self.lane.close()
        bench, self.bench = self.bench, None
        if bench is not None:
            bench.close()

    def leave(self) -> None:
        """Close the workspace."""
        self._desk.actions["masks.open"].setChecked(False)

    # Opening and leaving

    def _on_switched(self, on: bool) -> None:
        if on == self._on:
            return
        if on:
            refused = self._refusal()
            if refused:
                self._desk.complain(refused)
                self.leave()
                return
            self._enter()
        else:
            self._go()
        self._desk.refresh_state()

    def _refusal(self) -> str:
        """Why the workspace cannot be opened; empty when it can."""
        desk = self._desk
        if desk.title is None:
            return tr("Open a title first; masks belong to its pictures.")
        if not desk.title.video:
            return tr("{name} has no pictures that could be labelled.", name=desk.title.name)
        if desk.review.archive is None:
            return tr("The store is not open, so nothing can be read from it or kept.")
        return ""

    def _enter(self) -> None:
        desk = self._desk
        desk.triage.mode.leave()
        self._on = True
        if self.bench is None:
            self.bench = self._make_bench()
        self.bench.enter()
        self._look.start()
        self._take_title()

    def _go(self) -> None:
        self._on = False
        self._look.stop()
        self.lane.choose(None)
        self.overview = None
        if self.bench is not None:
            self.bench.leave()

    def _make_bench(self) -> Bench:
        # Who never draws masks never waits for what draws them.
        from gui.annotate.bench import Bench

        desk = self._desk
        bench = Bench(desk.window, desk.parts, desk.actions, self)
        hand = bench.hand
        hand.allowed = self.may_draw
        hand.drawn.connect(self._on_drawn)
        hand.used.connect(self._touch)
        hand.dropped.connect(lambda: self.read(anew=True))
        hand.said.connect(desk.say)
        bench.panel.project_chosen.connect(self._on_project_chosen)
        bench.panel.show_kept(0)
        self.tools.furnish(bench)
        self.rounds.furnish(bench.rounds)
        return bench

    # Titles and masks of them

    def _take_title(self) -> None:
        """Read which masks the open title has."""
        desk, bench = self._desk, self.bench
        title, archive = desk.title, desk.review.archive
        if not self._on or bench is None or title is None or archive is None:
            return
        shown = desk.parts.picture.picture
        self.picture = shown if shown is not None and not shown.provisional else None
        self.lane.begin(archive.masks, desk.reviewer)
        bench.canvas.clear()
        bench.overlay.place = MaskPlace.of(title.video[0])
        bench.mode.restyle()
        self._choose(None)
        self.lane.ask(lambda room: room.projects(title.fingerprint), self._on_projects)

    def _on_projects(self, projects: tuple[MaskProject, ...], wanted: str = "") -> None:
        title = self._desk.title
        if title is None or not self._on:
            return
        self.projects = projects
        fitting = [one for one in projects if fits(one, title)]
        self._why = ""
        if projects and not fitting:
            self._why = tr(
                "The masks of this title belong to other pictures of it than those shown here, so "
                "they cannot be drawn on."
            )
        elif not projects and self._read_only:
            self._why = tr("This title has no masks, and the store can only be read here.")
        newest = fitting[-1] if fitting else None
        self._choose(next((one for one in fitting if one.id == wanted), newest))

    @property
    def _read_only(self) -> bool:
        archive = self._desk.review.archive
        return archive is not None and archive.read_only

    def _on_project_chosen(self, project_id: str) -> None:
        title = self._desk.title
        chosen = next((one for one in self.projects if one.id == project_id), None)
        if title is not None and chosen is not None and not fits(chosen, title):
            self._desk.say(
                tr(
                    "{name} belongs to other pictures of this title than those shown here.",
                    name=chosen.name,
                )
            )
            chosen = self.project
        self._choose(chosen)

    def _choose(self, project: MaskProject | None) -> None:
        bench = self.bench
        assert bench is not None
        bench.hand.drop()
        bench.canvas.clear()
        self.lane.choose(project)
        self.overview = None
        bench.panel.show_projects(self.projects, project.id if project else "", self._why)
        if project is not None:
            bench.panel.classes.set_classes(project.classes)
            self.lane.ask(lambda room: room.overview(project), self._on_overview)
        self._show_whole()
        self._desk.refresh_state()
        self.read()

    def made(self, project: MaskProject) -> None:
        """Go on with masks that were just made, or whose classes changed."""
        title = self._desk.title
        if title is not None:
            show = partial(self._on_projects, wanted=project.id)
            self.lane.ask(lambda room: room.projects(title.fingerprint), show)

    def _on_overview(self, overview: MaskOverview) -> None:
        project = self.project
        if self.bench is None or project is None or overview.project.id != project.id:
            return
        before, self.overview = self.overview, overview
        if overview.project != project:
            self.lane.project = overview.project
            self.bench.panel.classes.set_classes(overview.project.classes)
        self._show_whole()
        if before is not None:
            # Somebody else may have drawn on this very frame.
            self.read(anew=True)

    def look_soon(self) -> None:
        """See in a moment how far the whole is now."""
        self._soon.start()

    def _look_around(self, awaited: bool = False) -> None:
        if self._on and self.overview is not None:
            self.lane.look(self.overview, awaited)

    # The frame on screen

    @property
    def look(self) -> MaskLook:
        """How masks are drawn now."""
        project = self.project
        return MaskLook(project.classes if project else (), self.tools.kept.opacity)

    @property
    def base(self) -> Fraction:
        """Seconds per PTS unit of the pictures."""
        title = self._desk.title
        return title.video[0].base if title is not None and title.video else Fraction(1)

    @property
    def _round(self) -> int:
        """Number of the last round; 0 before the first."""
        last = self.overview.round if self.overview is not None else None
        return last.number if last is not None else 0

    @property
    def frame_times(self) -> NDArray[np.int64]:
        """PTS of all frames; empty while they are not known."""
        packets = self._desk.player.packets
        if packets is None:
            return np.zeros(0, np.int64)
        return np.asarray(packets.frame_pts, np.int64)

    def wish(self, pts: int) -> FrameWish:
        """How a frame is to be made ready."""
        times, kept = self.frame_times, self.tools.kept
        place = int(np.searchsorted(times, pts))
        before = int(times[place - 1]) if kept.before and 0 < place < len(times) else None
        after = int(times[place + 1]) if kept.after and place + 1 < len(times) else None
        return FrameWish(self.look, before, after)

    def _on_picture(self, picture: Picture) -> None:
        if not self._on or picture.provisional:
            return
        self.picture = picture
        self.read()

    def read(self, anew: bool = False) -> None:
        """Have the mask of the frame on screen read."""
        picture, bench = self.picture, self.bench
        if picture is None or bench is None or not self._on:
            return
        if bench.hand.busy or (bench.canvas.pts == picture.pts and not anew):
            return
        self.lane.read(picture.pts, self.wish(picture.pts))
        self.tools.want_pieces()

    def _on_frame_read(self, view: FrameView) -> None:
        picture, bench = self.picture, self.bench
        if picture is None or bench is None or not self._on:
            return
        if view.sheet.mask.pts != picture.pts or bench.hand.busy:
            return
        if view.look != self.look:
            self.read(anew=True)
            return
        bench.canvas.show(view)
        self._show_frame()
        bench.hand.refresh()

    def _show_frame(self) -> None:
        bench, pts = self.bench, self.shown_pts
        if bench is None:
            return
        view = bench.canvas.view
        if pts is None or view is None:
            bench.panel.show_frame(None)
        else:
            asked = self.overview.asked.get(pts, 0) if self.overview is not None else 0
            bench.panel.show_frame(view.sheet, asked, self.time.spent(pts))
        self.rounds.show()

    def _show_whole(self) -> None:
        """Show how far all frames are."""
        bench, title = self.bench, self._desk.title
        if bench is None or title is None or not title.video:
            return
        times, base = self.frame_times, self.base
        bench.panel.show_total(self.overview, len(times))
        if not len(times):
            return
        packets = self._desk.player.packets
        end = packets.end if packets is not None else int(times[-1])
        states = self.overview.states if self.overview else {}
        asked = self.overview.asked if self.overview else {}
        bench.mode.strip.show_states(times, end, base, states, asked)
        self._show_frame()

    def go_open(self, step: int) -> None:
        """Go to the next frame, or the one before, that is begun or predicted but not done."""
        overview = self.overview
        states = overview.states if overview is not None else {}
        self.go_among(
            sorted(pts for pts, state in states.items() if state in _OPEN),
            step,
            tr("No frame is begun or predicted and not done."),
        )

    def go_among(self, places: list[int], step: int, none: str) -> None:
        """Go to the next of these places from the frame on screen, or before it; past the end,
        from the other end."""
        if not places:
            self._desk.say(none)
            return
        here = self._desk.player.position.to(self.base).pts
        at = bisect_right(places, here) if step > 0 else bisect_left(places, here) - 1
        self._desk.player.pause()
        self._desk.player.seek_pts(places[at % len(places)])

    # Drawing

    def may_draw(self) -> bool:
        """Whether the frame can be drawn on now; says why not."""
        desk = self._desk
        if desk.player.playing:
            # The frame that is meant stands still from now on.
            desk.player.pause()
            return False
        if self._read_only:
            desk.say(tr("The store can only be read here, so masks cannot be changed."))
            return False
        return self.can_draw and self.shown_pts is not None

    def _touch(self) -> None:
        pts = self.shown_pts
        if pts is not None:
            self.time.touch(pts)

    def _on_drawn(self, labels: LabelMap, clicks: int | None) -> None:
        # The picture may have gone on under the hand: a stroke belongs to the frame it began on.
        pts = self.bench.canvas.pts if self.bench is not None else None
        if pts is not None:
            stroke = Stroke(pts, labels, clicks, self.time.take(pts), round=self._round)
            self.lane.draw(stroke, self.wish(pts))
        self.read()

    def finish(self) -> None:
        """Say that the frame is right; with a polygon begun, close that."""
        pts, bench = self.shown_pts, self.bench
        if bench is None or bench.hand.close_polygon() or pts is None or not self.may_draw():
            return
        self.lane.finish(pts, self.time.take(pts), self._round, self.wish(pts))

    def undo(self, again: bool = False) -> None:
        """Take back the last stroke of the frame, or do it again."""
        pts, bench = self.shown_pts, self.bench
        if bench is None or pts is None or bench.hand.busy:
            return
        if bench.hand.aiming:
            bench.hand.corner_back()
            return
        self._touch()
        self.lane.undo(pts, again, self.wish(pts))

    def _on_pending(self, pending: int) -> None:
        if self.bench is not None:
            self.bench.panel.show_kept(pending)
        if not pending:
            self.look_soon()

    def _on_lost(self, pts: int) -> None:
        if pts == self.shown_pts:
            self.read(anew=True)

    # Wiring

    def _connect(self) -> None:
        desk, lane = self._desk, self.lane
        lane.frame_read.connect(self._on_frame_read)
        lane.overview_read.connect(self._on_overview)
        lane.pending_changed.connect(self._on_pending)
        lane.failed.connect(desk.complain)
        lane.lost.connect(self._on_lost)
        desk.title_ready.connect(lambda _title: self._take_title())
        desk.player.frame_shown.connect(self._on_picture)
        desk.player.title_opened.connect(lambda _title: self._show_whole())
        desk.player.state_changed.connect(lambda playing, _speed: self._on_state(playing))
        desk.window.escaped.connect(self._on_escaped)
        theme.hub().changed.connect(self._restyle)

    def _connect_actions(self) -> None:
        actions = self._desk.actions
        to, switch = actions.connect_to, actions.connect_switch
        switch("masks.open", self._on_switched)
        to("masks.new", self.files.ask_new)
        to("masks.classes", self.files.ask_classes)
        to("masks.import", self.files.ask_import)
        to("masks.export", self.files.ask_export)
        to("masks.next_open", lambda: self.go_open(1))
        to("masks.previous_open", lambda: self.go_open(-1))
        to("draw.done", self.finish)
        to("draw.undo", self.undo)
        to("draw.redo", lambda: self.undo(again=True))
        actions["view.full_screen"].toggled.connect(lambda _on: self._arrange())
        actions["view.reset_layout"].triggered.connect(self._arrange)

    def _arrange(self) -> None:
        if self.bench is not None:
            self.bench.mode.arrange()

    def _restyle(self) -> None:
        if self.bench is not None:
            self.bench.mode.restyle()

    def _on_state(self, playing: bool) -> None:
        if self._desk.title is None:
            self.leave()
        elif not playing:
            self.tools.want_pieces()

    def _on_escaped(self) -> None:
        """Escape first gives a polygon up, then the workspace."""
        if self.bench is None or not self._on:
            return
        if self.bench.hand.aiming or self.bench.hand.busy:
            self.bench.hand.drop()
        else:
            self.leave()
