"""The heat map over the picture: which map belongs to the frame on screen, and where it is from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPointF, QTimer

from core.catalog.table import DETECTORS
from core.domain.errors import CancelledError
from core.domain.heat import FULL
from core.domain.title import VideoStream
from core.domain.track import Track
from core.jobs.request import HeatRequest, HeatResult
from gui.actions import shown
from gui.bridge import WorkerBridge, explain
from gui.desk.heat_lane import HeatLane, HeatMaps, HeatWish
from gui.desk.review import Archive, Snapshot
from gui.key_held import HeldKeys
from gui.language import mark, told, tr
from gui.player.heat import HeatOverlay
from gui.player.heat_image import HeatLook, HeatPicture, HeatPlace, HeatStyle, heat_text
from gui.player.picture_queue import Picture

if TYPE_CHECKING:
    from gui.desk.desk import Desk

NOT_LOOKED = mark("no map: not looked at")
COMPUTING = mark("computing…")
EXACT = mark("map of this frame")

_DEBOUNCE_MS = 120
_SAVE_MS = 800
_OLDEST_S = 0.1
_GAP_S = 0.6
_AHEAD = 5
_STEP = 0.05


class HeatDesk(QObject):
    """Keeps the heat map in step with the picture.

    A stored map of exactly the frame on screen is shown at once. Without one, a paused frame is
    looked at by the worker; while playing, the map before stands in for a tenth of a second.

    Args:
        desk: The desk.
        worker: Looks at frames.
    """

    def __init__(self, desk: Desk, worker: WorkerBridge) -> None:
        super().__init__(desk)
        self._desk, self._worker = desk, worker
        self._view, self._panel = desk.parts.picture, desk.parts.player.heat
        self.overlay = HeatOverlay(self._view)
        self._view.add_overlay(self.overlay)
        self._lane = HeatLane(self)
        self._on = False
        self._full_screen = False
        self._archive: Archive | None = None
        self._run_id = ""
        self._stream: VideoStream | None = None
        self._frame: Picture | None = None
        self._rows = np.zeros(0, np.int64)
        self._computed: set[int] = set()
        self._troubles: dict[int, str] = {}
        self._job: int | None = None
        self._job_pts = 0
        self._wait = self._timer(_DEBOUNCE_MS, self._ask)
        self._save = self._timer(_SAVE_MS, desk.save_settings)
        self._connect(worker)
        self._connect_actions()
        self.apply_settings()

    def _timer(self, length_ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(length_ms)
        timer.timeout.connect(slot)
        return timer

    # What there is

    @property
    def shown(self) -> bool:
        """Whether the heat map is on."""
        return self._on

    @property
    def look(self) -> HeatLook:
        """How maps are drawn."""
        return self._panel.look

    @property
    def maps(self) -> HeatMaps | None:
        """Where stored maps come from."""
        return self._lane.source

    @property
    def asking(self) -> bool:
        """Whether the map of this frame is being computed, or is about to be."""
        return self._wait.isActive() or self._job is not None

    @property
    def idle(self) -> bool:
        """Whether no map is being computed, read or drawn."""
        return not self.asking and self._lane.idle

    @property
    def state(self) -> str:
        """What the screen says about the map over this frame."""
        return self._panel.state.text()

    def close(self) -> None:
        """Ask for nothing more and end the thread."""
        self._on = False
        self._wait.stop()
        self._save.stop()
        self._lane.close()

    # Titles and runs

    def _on_title(self) -> None:
        title = self._desk.title
        self._stream = title.video[0] if title is not None and title.video else None
        self._frame, self._run_id = None, ""
        self._rows = np.zeros(0, np.int64)
        self._computed.clear()
        self._troubles.clear()
        self._lane.set_source(None)
        self._drop_job()
        self._refresh()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        stream, run = self._stream, snapshot.run
        title = self._desk.title
        if stream is None or title is None:
            return
        tracks = [t for t in snapshot.tracks if _has_maps(t) and t.stream == stream.index]
        self._rows = tracks[0].pts if tracks else np.zeros(0, np.int64)
        run_id = run.id if run is not None else ""
        if run_id != self._run_id and self._archive is not None:
            self._run_id = run_id
            self._lane.set_source(self._archive.heat(title, run) if run else None)
        self._refresh()

    # Frames

    def _on_frame(self, frame: Picture) -> None:
        self._frame = frame
        self._refresh()

    def _on_state(self) -> None:
        if self._desk.title is None and self._stream is not None:
            self._on_title()
        self._refresh()

    def _pick(self, pts: int) -> int | None:
        """PTS of the frame whose map belongs over this one."""
        if pts in self._computed:
            return pts
        row = self._last_look(pts)
        if row is None or self._lane.missing(row) is not None:
            return None
        recent = self._desk.player.playing and self._age_s(row, pts) <= _OLDEST_S
        return row if row == pts or recent else None

    def _last_look(self, pts: int) -> int | None:
        """PTS of the last frame that was looked at, at or before this one."""
        number = int(np.searchsorted(self._rows, pts, side="right")) - 1
        return int(self._rows[number]) if number >= 0 else None

    def _age_s(self, row: int, pts: int) -> float:
        return float((pts - row) * self._stream.base) if self._stream is not None else 0.0

    def _refresh(self) -> None:
        """Show what there is for the frame on screen, and ask for what is not."""
        frame, stream = self._frame, self._stream
        if not self._on or stream is None or frame is None:
            self.overlay.set_stream(None)
            self._drop_job()
            self._tell("", quiet=True)
            return
        self.overlay.set_stream((stream.width, stream.height), stream.rotation)
        row = self._pick(frame.pts)
        place = HeatPlace(
            self._view.geometry_of_picture,
            (self._view.width(), self._view.height()),
            stream.rotation,
        )
        if row is None:
            self.overlay.set_picture(frame.pts, None)
            self._lane.want(self._wishes_ahead(frame.pts, place))
        else:
            wish = HeatWish(row, place, self.look)
            self.overlay.set_picture(frame.pts, self._lane.picture(wish) or self._standing_in(row))
            self._lane.want([wish, *self._wishes_ahead(row, place)])
        self._ask_later(frame, row)
        self.overlay.unknown = row is None and not self._desk.player.playing
        self._tell(self._told(frame, row), quiet=self._is_between(frame.pts))

    def _standing_in(self, row: int) -> HeatPicture | None:
        """The same map as it was drawn for another place or look, until it is drawn anew."""
        old = self.overlay.picture
        return old if old is not None and old.heat is self._lane.heat(row) else None

    def _wishes_ahead(self, pts: int, place: HeatPlace) -> list[HeatWish]:
        """Maps of frames that will be shown next, so that they are there in time."""
        player = self._desk.player
        if not player.playing:
            return []
        if player.speed < 0:
            stop = int(np.searchsorted(self._rows, pts, side="left"))
            coming = self._rows[max(stop - _AHEAD, 0) : stop][::-1]
        else:
            first = int(np.searchsorted(self._rows, pts, side="right"))
            coming = self._rows[first : first + _AHEAD]
        return [HeatWish(row, place, self.look) for row in coming.tolist()]

    def _told(self, frame: Picture, row: int | None) -> str:
        if row is None:
            sentence = self._troubles.get(frame.pts)
            if sentence:
                return tr("no map: {sentence}", sentence=told(sentence))
            if self._is_between(frame.pts):
                return tr(
                    "no map: last look {earlier}",
                    earlier=self._earlier(self._last_look(frame.pts), frame),
                )
            return tr(COMPUTING if self.asking or frame.provisional else NOT_LOOKED)
        if row != frame.pts:
            return tr("map of {earlier}", earlier=self._earlier(row, frame))
        heat = self._lane.heat(row)
        if heat is None:
            return tr(EXACT)
        highest = heat_text(float(heat.values.max()) / FULL)
        return f"{tr(EXACT)} · {tr('highest {value}', value=highest)}"

    def _is_between(self, pts: int) -> bool:
        """Whether it plays between two looks; a text over the picture at each gap would flicker."""
        row = self._last_look(pts)
        return row is not None and self._desk.player.playing and self._age_s(row, pts) <= _GAP_S

    def _earlier(self, row: int | None, frame: Picture) -> str:
        """How much earlier another frame was, in words."""
        age_s = self._age_s(row, frame.pts) if row is not None else 0.0
        return tr("{time} ms earlier", time=round(age_s * 1000))

    def _tell(self, text: str, quiet: bool) -> None:
        """Say it in the panel, and over the picture where it would be taken for clean."""
        self._panel.set_state(text[:1].upper() + text[1:])
        missing = not (text.startswith(tr(EXACT)) or quiet)
        self.overlay.state = text if missing or self._full_screen else ""
        self._view.update()

    # Maps on demand

    def _ask_later(self, frame: Picture, row: int | None) -> None:
        """A paused frame without a map is looked at once nobody moves on for a moment."""
        settled = not (self._desk.player.playing or frame.provisional)
        if row is not None or not settled or frame.pts in self._troubles:
            self._drop_job()
        elif self._job is None or self._job_pts != frame.pts:
            self._drop_job()
            self._wait.start()

    def _ask(self) -> None:
        title, frame = self._desk.title, self._frame
        if title is None or frame is None or self._stream is None:
            return
        self._job_pts = frame.pts
        self._job = self._worker.submit(HeatRequest(title.path, frame.pts, self._stream.index))

    def _drop_job(self) -> None:
        self._wait.stop()
        if self._job is not None:
            job, self._job = self._job, None
            self._worker.cancel(job)

    def _on_finished(self, job: int, result: object) -> None:
        if job == self._job and isinstance(result, HeatResult):
            self._job = None
            self._computed.add(self._job_pts)
            self._lane.put(self._job_pts, result.heat)
            self._refresh()

    def _on_failed(self, job: int, error: Exception) -> None:
        if job == self._job:
            self._job = None
            if not isinstance(error, CancelledError):
                self._troubles[self._job_pts] = explain(error)[0]
            self._refresh()

    # What people change

    def apply_settings(self) -> None:
        """Take over what the person set."""
        settings = self._desk.settings
        self._panel.set_look(
            HeatLook(
                settings.number("heat.threshold") / 100,
                settings.number("heat.opacity") / 100,
                HeatStyle(settings.text("heat.style")),
            )
        )
        self._desk.actions["view.heat"].setChecked(settings.flag("heat.shown"))
        self._refresh()

    def compute(self) -> None:
        """Show the map of exactly this frame, also where nobody looked before."""
        self._desk.player.pause()
        if self._frame is not None:
            self._troubles.pop(self._frame.pts, None)
        self._desk.actions["view.heat"].setChecked(True)
        self._refresh()

    def _on_switched(self, on: bool) -> None:
        self._on = on
        self._show_panel()
        self._keep("heat.shown", on)
        self._refresh()

    def _on_look(self, look: HeatLook) -> None:
        self._panel.set_look(look)
        self._keep("heat.threshold", round(look.threshold * 100))
        self._keep("heat.opacity", round(look.opacity * 100))
        self._keep("heat.style", look.style.value)
        if self._full_screen:
            said = tr(
                "from {threshold:.2f} · opacity {opacity:.0%}",
                threshold=look.threshold,
                opacity=look.opacity,
            )
            self._view.show_osd(said)
        self._refresh()

    def _keep(self, key: str, value: object) -> None:
        if self._desk.settings.get(key) != value:
            self._desk.settings.set(key, value)
            # A slider that is drawn along must not write a file at each step.
            self._save.start()

    def _change(self, threshold: float = 0.0, opacity: float = 0.0) -> None:
        look = self.look
        wanted = replace(
            look,
            threshold=min(max(round(look.threshold + threshold, 2), 0.05), 0.95),
            opacity=min(max(round(look.opacity + opacity, 2), 0.1), 1.0),
        )
        if self._on and wanted != look:
            self._on_look(wanted)

    def _next_style(self) -> None:
        styles = list(HeatStyle)
        following = styles[(styles.index(self.look.style) + 1) % len(styles)]
        if self._on:
            self._on_look(replace(self.look, style=following))

    # Wiring

    def _connect(self, worker: WorkerBridge) -> None:
        desk = self._desk
        worker.finished.connect(self._on_finished)
        worker.failed.connect(self._on_failed)
        desk.review.ready.connect(self._on_archive)
        desk.title_ready.connect(lambda _title: self._on_title())
        desk.snapshot_changed.connect(self._on_snapshot)
        desk.player.frame_shown.connect(self._on_frame)
        desk.player.state_changed.connect(lambda _playing, _speed: self._on_state())
        self._view.viewport_changed.connect(lambda _zoom: self._refresh())
        self._view.pointer_moved.connect(self._on_pointer)
        self._panel.look_changed.connect(self._on_look)
        self._lane.drawn.connect(self._on_drawn)

    def _connect_actions(self) -> None:
        actions = self._desk.actions
        actions.connect_switch("view.heat", self._on_switched)
        actions.connect_switch("view.full_screen", self._on_full_screen)
        actions.connect_to("view.heat_now", self.compute)
        actions.connect_to("view.heat_style", self._next_style)
        actions.connect_to("view.heat_up", lambda: self._change(threshold=_STEP))
        actions.connect_to("view.heat_down", lambda: self._change(threshold=-_STEP))
        actions.connect_to("view.heat_denser", lambda: self._change(opacity=_STEP))
        actions.connect_to("view.heat_lighter", lambda: self._change(opacity=-_STEP))
        hold, held = actions["view.heat_hold"], HeldKeys(self._desk.window)
        actions.connect_to("view.heat_hold", lambda: self._view.set_bare(held.holds(hold)))
        held.released.connect(lambda _key: self._view.set_bare(held.holds(hold)))
        actions.shortcuts_changed.connect(self._show_hints)
        self._show_hints()

    def _show_hints(self) -> None:
        def keys(*names: str) -> str:
            firsts = (self._desk.actions[f"view.heat_{name}"].shortcut() for name in names)
            return ", ".join(shown(key.toString()) for key in firsts if not key.isEmpty())

        self._panel.set_hints(keys("down", "up"), keys("lighter", "denser"), keys("style"))

    def _on_archive(self, archive: Archive) -> None:
        self._archive = archive

    def _on_full_screen(self, full: bool) -> None:
        self._full_screen = full
        self._show_panel()
        self._refresh()

    def _show_panel(self) -> None:
        self._panel.setVisible(self._on and not self._full_screen)

    def _on_pointer(self, place: QPointF | None) -> None:
        if self.overlay.set_pointer(place, self._view.geometry_of_picture) and self._on:
            self._view.update()

    def _on_drawn(self, pts: int) -> None:
        if self._frame is not None and self._pick(self._frame.pts) in (pts, None):
            self._refresh()


def _has_maps(track: Track) -> bool:
    return track.detector in DETECTORS and DETECTORS[track.detector].maps
